// System.Convert and BitConverter.
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"

// --- System.Convert
// ----------------------------------------------------------------------------------------------------

static bool no_format(struct interp *in)
{
    return method_throw(in, &type_format_exception, "The text has not the form that is needed.");
}

// Unlike a cast, whole numbers are read from decimal digits alone.
static bool is_whole(const struct type *to)
{
    return to->type_code >= 5 && to->type_code <= 12;
}

static bool convert_to(struct interp *in, value v, const struct type *to, value *ret)
{
    int64_t number;
    if (v.kind == V_STRING && is_whole(to) && !enum_is_number(value_text(v), v.string->size))
        return no_format(in);
    if (v.kind == V_STRING && is_whole(to) && to != U64 &&
        (!enum_number(value_text(v), v.string->size, &number) ||
         !value_convert(in, value_long(number), to, ret)))
        return value_set(&in->thrown, value_null),
               method_throw(in, &type_overflow_exception, "The number does not fit.");
    if (v.kind == V_STRING && is_whole(to) && to != U64)
        return true;
    if (value_convert(in, v, to, ret))
        return true;
    bool text = v.kind == V_STRING;
    value_set(&in->thrown, value_null);
    if (text)
        return no_format(in);
    return method_throw(in, value_is_number(v) ? &type_overflow_exception : &type_invalid_cast_exception,
                        "The value cannot be converted.");
}
#define TO(name, type)                                                                                       \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        return UNUSED, convert_to(in, args[0], type, ret);                                                   \
    }
TO(to_i8, I8)
TO(to_u8, U8)
TO(to_i16, I16) TO(to_u16, U16) TO(to_i32, I32) TO(to_u32, U32) TO(to_i64, I64) TO(to_u64, U64)
    TO(to_f32, F32) TO(to_f64, F64) TO(to_decimal, DEC) TO(to_char, CHR) TO(to_date, DATE) METHOD(to_bool)
{
    UNUSED;
    if (args[0].kind != V_STRING)
        return *ret = value_bool(value_truth(args[0])), true;
    bool yes = value_is_text(args[0], "true");
    if (!yes && !value_is_text(args[0], "false"))
        return no_format(in);
    return *ret = value_bool(yes), true;
}
METHOD(to_text)
{
    return UNUSED, value_to_method_string(in, args[0], ret);
}

static bool good_base(struct interp *in, int64_t base)
{
    return base == 2 || base == 8 || base == 10 || base == 16 ||
           method_throw(in, &type_argument_exception, "The base is 2, 8, 10 or 16.");
}
// Negative numbers show their two's complement in the width of their type.
METHOD(to_text_base)
{
    char text[70], *at = text + sizeof text - 1;
    UNUSED;
    if (!good_base(in, args[1].i))
        return false;
    uint64_t mask = args[0].kind == V_U8    ? 0xff
                    : args[0].kind == V_I16 ? 0xffff
                    : args[0].kind == V_I32 ? 0xffffffff
                                            : UINT64_MAX;
    uint64_t base = (uint64_t)args[1].i,
             bits = base == 10 && args[0].i < 0 ? -(uint64_t)args[0].i : (uint64_t)args[0].i & mask;
    *at = 0;
    do
        *--at = "0123456789abcdef"[bits % base];
    while (bits /= base);
    if (base == 10 && args[0].i < 0)
        *--at = '-';
    return string_text(in, at, ret);
}
static bool from_base(struct interp *in, const value *args, const struct type *to, unsigned width,
                      bool is_signed, value *ret)
{
    char *end;
    if (!good_base(in, args[1].i))
        return false;
    if (value_is_null(args[0]))
        return convert_to(in, value_int(0), to, ret);
    const char *text = value_text(args[0]);
    if (args[1].i == 10)
        return convert_to(in, args[0], to, ret);
    if (args[1].i == 16 && text[0] == '0' && (text[1] | 32) == 'x')
        text += 2;
    uint64_t bits = strtoull(text, &end, (int)args[1].i);
    if (!*text || *end || *text == '-' || *text == ' ')
        return no_format(in);
    if (width < 64 && bits >> width)
        return method_throw(in, &type_overflow_exception, "The number does not fit.");
    uint64_t sign = UINT64_C(1) << (width - 1);
    value number = {.kind = is_signed ? V_I64 : V_U64, .u = is_signed ? (bits ^ sign) - sign : bits};
    return convert_to(in, number, to, ret);
}
#define BASE(name, type, width, is_signed)                                                                   \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        return UNUSED, from_base(in, args, type, width, is_signed, ret);                                     \
    }
BASE(i8_base, I8, 8, true)
BASE(u8_base, U8, 8, false)
BASE(i16_base, I16, 16, true) BASE(u16_base, U16, 16, false) BASE(i32_base, I32, 32, true)
    BASE(u32_base, U32, 32, false) BASE(i64_base, I64, 64, true) BASE(u64_base, U64, 64, false)

METHOD(to_base64)
{
    struct buf bytes = BUF_INIT, out = BUF_INIT;
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The bytes must not be $null.");
    bool ok = bytes_add(in, &bytes, args[0].array->items, args[0].array->count);
    base64_encode(buf_text(&bytes), bytes.size, &out);
    buf_free(&bytes);
    return ok ? buf_take(in, &out, ret) : (buf_free(&out), false);
}
METHOD(from_base64)
{
    struct buf out = BUF_INIT;
    UNUSED;
    if (!base64_decode(value_is_null(args[0]) ? "" : value_text(args[0]), true, &out))
        return buf_free(&out), no_format(in);
    return bytes_take(in, &out, ret);
}
METHOD(to_hex)
{
    struct buf out = BUF_INIT;
    UNUSED;
    for (size_t i = 0; i < args[0].array->count; i++)
        buf_printf(&out, "%02X", (unsigned)args[0].array->items[i].u);
    return buf_take(in, &out, ret);
}
METHOD(from_hex)
{
    struct buf out = BUF_INIT;
    UNUSED;
    size_t size = args[0].string->size;
    if (size % 2 || strspn(value_text(args[0]), "0123456789abcdefABCDEF") < size)
        return no_format(in);
    for (size_t i = 0; i < size; i += 2)
        buf_add_char(
            &out, (char)strtoul((char[]){value_text(args[0])[i], value_text(args[0])[i + 1], 0}, NULL, 16));
    return bytes_take(in, &out, ret);
}
METHOD(change_type)
{
    return UNUSED, convert_to(in, args[0], args[1].type, ret);
}
#define NUMBER(name, to, base, type)                                                                         \
    {name, to, type, P(OBJ)}, {name, to, type, P(OBJ, PROVIDER)},                                            \
    {                                                                                                        \
        name, base, type, P(STR, I32)                                                                        \
    }
static const struct method convert_statics[] = {NUMBER("ToSByte", to_i8, i8_base, I8),
                                                NUMBER("ToByte", to_u8, u8_base, U8),
                                                NUMBER("ToInt16", to_i16, i16_base, I16),
                                                NUMBER("ToUInt16", to_u16, u16_base, U16),
                                                NUMBER("ToInt32", to_i32, i32_base, I32),
                                                NUMBER("ToUInt32", to_u32, u32_base, U32),
                                                NUMBER("ToInt64", to_i64, i64_base, I64),
                                                NUMBER("ToUInt64", to_u64, u64_base, U64),
                                                {"ToSingle", to_f32, F32, P(OBJ)},
                                                {"ToDouble", to_f64, F64, P(OBJ)},
                                                {"ToDouble", to_f64, F64, P(OBJ, PROVIDER)},
                                                {"ToDecimal", to_decimal, DEC, P(OBJ)},
                                                {"ToChar", to_char, CHR, P(OBJ)},
                                                {"ToDateTime", to_date, DATE, P(OBJ)},
                                                {"ToDateTime", to_date, DATE, P(OBJ, PROVIDER)},
                                                {"ToBoolean", to_bool, BOOLEAN, P(OBJ)},
                                                {"ToString", to_text, STR, P(OBJ)},
                                                {"ToString", to_text, STR, P(OBJ, PROVIDER)},
                                                {"ToString", to_text_base, STR, P(U8, I32)},
                                                {"ToString", to_text_base, STR, P(I16, I32)},
                                                {"ToString", to_text_base, STR, P(I32, I32)},
                                                {"ToString", to_text_base, STR, P(I64, I32)},
                                                {"ToBase64String", to_base64, STR, P(BYTES)},
                                                {"FromBase64String", from_base64, BYTES, P(STR)},
                                                {"ToHexString", to_hex, STR, P(BYTES)},
                                                {"FromHexString", from_hex, BYTES, P(STR)},
                                                {"ChangeType", change_type, OBJ, P(OBJ, TYP)},
                                                {0}};
const struct type_members full_convert = {NULL, convert_statics, NULL, NULL};

// --- BitConverter
// --------------------------------------------------------------------------------------------------------

static bool out_of_range(struct interp *in)
{
    return method_throw(in, &type_argument_range_exception, "There are not enough bytes.");
}
METHOD(bits_text)
{
    struct buf out = BUF_INIT;
    size_t from = count > 1 ? (size_t)args[1].i : 0,
           most = count > 2 ? from + (size_t)args[2].i : args[0].array->count;
    (void)self;
    if (from > args[0].array->count || most > args[0].array->count)
        return out_of_range(in);
    for (size_t i = from; i < most; i++)
        buf_printf(&out, "%s%02X", i > from ? "-" : "", (unsigned)args[0].array->items[i].u);
    return buf_take(in, &out, ret);
}
static bool read_bytes(struct interp *in, const value *args, size_t size, uint64_t *ret)
{
    *ret = 0;
    if (args[1].i < 0 || (size_t)args[1].i + size > args[0].array->count)
        return out_of_range(in);
    for (size_t i = size; i-- > 0;)
        *ret = *ret << 8 | args[0].array->items[(size_t)args[1].i + i].u;
    return true;
}
#define READ(name, size, result)                                                                             \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        uint64_t bits;                                                                                       \
        UNUSED;                                                                                              \
        return read_bytes(in, args, size, &bits) && (*ret = (result), true);                                 \
    }
READ(read_i16, 2, ((value){.kind = V_I16, .i = (int16_t)bits}))
READ(read_u16, 2, ((value){.kind = V_U16, .u = bits}))
READ(read_i32, 4, value_int((int32_t)bits)) READ(read_u32, 4, ((value){.kind = V_U32, .u = bits}))
    READ(read_i64, 8, value_long((int64_t)bits)) READ(read_u64, 8, ((value){.kind = V_U64, .u = bits}))
        READ(read_bool, 1, value_bool(bits)) READ(read_char, 2, ((value){.kind = V_CHAR, .i = (int64_t)bits}))
            METHOD(read_f64)
{
    uint64_t bits;
    UNUSED;
    *ret = value_double(0);
    return read_bytes(in, args, 8, &bits) && (memcpy(&ret->f, &bits, 8), true);
}
METHOD(read_f32)
{
    uint64_t bits;
    float f;
    UNUSED;
    if (!read_bytes(in, args, 4, &bits))
        return false;
    memcpy(&f, &(uint32_t){(uint32_t)bits}, 4);
    return *ret = (value){.kind = V_F32, .f = f}, true;
}
METHOD(get_bytes)
{
    struct buf out = BUF_INIT;
    float f = (float)args[0].f;
    uint64_t bits = args[0].kind == V_BOOL ? args[0].b : args[0].u;
    static const size_t sizes[VALUE_KINDS] = {
        [V_BOOL] = 1, [V_CHAR] = 2, [V_I16] = 2, [V_U16] = 2, [V_I32] = 4,
        [V_U32] = 4,  [V_I64] = 8,  [V_U64] = 8, [V_F32] = 4, [V_F64] = 8};
    UNUSED;
    if (args[0].kind == V_F32)
        buf_add(&out, &f, 4);
    else
        buf_add(&out, &bits, sizes[args[0].kind]);
    return bytes_take(in, &out, ret);
}
static bool little(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_true, true;
}
static const struct property bit_properties[] = {{"IsLittleEndian", little, NULL}, {0}};
#define READS(name, call, type)                                                                              \
    {                                                                                                        \
        name, call, type, P(BYTES, I32)                                                                      \
    }
#define WRITES(type)                                                                                         \
    {                                                                                                        \
        "GetBytes", get_bytes, BYTES, P(type)                                                                \
    }
static const struct method bit_statics[] = {{"ToString", bits_text, STR, P(BYTES)},
                                            {"ToString", bits_text, STR, P(BYTES, I32)},
                                            {"ToString", bits_text, STR, P(BYTES, I32, I32)},
                                            READS("ToInt16", read_i16, I16),
                                            READS("ToUInt16", read_u16, U16),
                                            READS("ToInt32", read_i32, I32),
                                            READS("ToUInt32", read_u32, U32),
                                            READS("ToInt64", read_i64, I64),
                                            READS("ToUInt64", read_u64, U64),
                                            READS("ToDouble", read_f64, F64),
                                            READS("ToSingle", read_f32, F32),
                                            READS("ToBoolean", read_bool, BOOLEAN),
                                            READS("ToChar", read_char, CHR),
                                            WRITES(BOOLEAN),
                                            WRITES(CHR),
                                            WRITES(I16),
                                            WRITES(U16),
                                            WRITES(I32),
                                            WRITES(U32),
                                            WRITES(I64),
                                            WRITES(U64),
                                            WRITES(F32),
                                            WRITES(F64),
                                            {0}};
const struct type_members full_bit_converter = {NULL, bit_statics, NULL, bit_properties};
