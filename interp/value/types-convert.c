// System.Convert and BitConverter.
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/number-style.h"
#include "interp/value/types-rows.h"

// --- System.Convert
// ----------------------------------------------------------------------------------------------------

static bool no_format(struct interp *in)
{
    return method_throw(in, &type_format_exception, "The text has not the form that is needed.");
}

// Unlike a cast, a text is read as Parse does.
static bool read_text(struct interp *in, value text, const struct type *to, value *ret)
{
    enum read_outcome outcome = number_read_styled(in, to, text, number_usual_style(to), ret);
    if (outcome == READ_WELL)
        return true;
    value_set(&in->thrown, value_null);
    if (outcome == READ_TOO_BIG)
        return method_throw(in, &type_overflow_exception, "The number does not fit.");
    return no_format(in);
}

static bool convert_to(struct interp *in, value v, const struct type *to, value *ret)
{
    if (v.kind == V_STRING && to->type_code >= 5 && to->type_code <= 15 && !to->enumeration)
        return read_text(in, v, to, ret);
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
TO(to_i16, I16)
TO(to_u16, U16) TO(to_i32, I32) TO(to_u32, U32) TO(to_i64, I64) TO(to_u64, U64) TO(to_f32, F32)
    TO(to_f64, F64) TO(to_decimal, DEC) TO(to_char, CHR) TO(to_date, DATE) METHOD(to_bool)
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
BASE(i16_base, I16, 16, true)
BASE(u16_base, U16, 16, false) BASE(i32_base, I32, 32, true) BASE(u32_base, U32, 32, false)
    BASE(i64_base, I64, 64, true) BASE(u64_base, U64, 64, false)

    // All of the bytes, or those that an offset and a length name.
    static bool part_of(struct interp *in, const value *args, size_t count, size_t *ret_from,
                        size_t *ret_size)
{
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The bytes must not be $null.");
    size_t all = args[0].array->count;
    int64_t from = count > 2 ? args[1].i : 0, size = count > 2 ? args[2].i : (int64_t)all;
    if (from < 0 || size < 0 || (uint64_t)(from + size) > all)
        return method_throw(in, &type_argument_range_exception, "There are not that many bytes.");
    return *ret_from = (size_t)from, *ret_size = (size_t)size, true;
}
enum { LINE = 76 };
static void break_lines(struct buf *text, struct buf *out)
{
    for (size_t at = 0; at < text->size; at += LINE) {
        size_t left = text->size - at;
        buf_add_text(out, at ? "\r\n" : "");
        buf_add(out, buf_text(text) + at, left < LINE ? left : LINE);
    }
    buf_free(text);
}
METHOD(to_base64)
{
    struct buf bytes = BUF_INIT, text = BUF_INIT, out = BUF_INIT;
    size_t from, size;
    (void)self;
    if (!part_of(in, args, count, &from, &size))
        return false;
    bool ok = bytes_add(in, &bytes, args[0].array->items + from, size);
    base64_encode(buf_text(&bytes), bytes.size, &text);
    buf_free(&bytes);
    if (args[count - 1].kind == V_ENUM && args[count - 1].i)
        break_lines(&text, &out);
    else
        out = text;
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
static bool hex_of(struct interp *in, const value *args, size_t count, bool upper, value *ret)
{
    struct buf out = BUF_INIT;
    size_t from, size;
    if (!part_of(in, args, count, &from, &size))
        return false;
    for (size_t i = from; i < from + size; i++)
        buf_printf(&out, upper ? "%02X" : "%02x", (unsigned)args[0].array->items[i].u);
    return buf_take(in, &out, ret);
}
METHOD(to_hex)
{
    return (void)self, hex_of(in, args, count, true, ret);
}
METHOD(to_hex_lower)
{
    return (void)self, hex_of(in, args, count, false, ret);
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
    UNUSED;
    if (args[1].kind != V_TYPE)
        return method_throw(in, &type_argument_null_exception, "A type is needed.");
    return convert_to(in, args[0], args[1].type, ret);
}
METHOD(change_code)
{
    static const struct type *const types[] = {
        [1] = OBJ, [3] = BOOLEAN, CHR, I8, U8, I16, U16, I32, U32, I64, U64, F32, F64, DEC, DATE, [18] = STR};
    UNUSED;
    uint64_t code = args[1].u;
    if (code >= sizeof types / sizeof *types || !types[code])
        return method_throw(in, &type_invalid_cast_exception, "Nothing can be converted to that.");
    return convert_to(in, args[0], types[code], ret);
}
METHOD(code_of)
{
    bool none = value_is_null(args[0]);
    return UNUSED, *ret = enum_value(&type_type_code, none ? 0 : value_type(args[0])->type_code), true;
}
METHOD(is_db_null)
{
    return UNUSED, *ret = value_bool(value_is_type(args[0], &type_dbnull)), true;
}
static bool db_null(struct interp *in, value self, value *ret)
{
    return (void)self, object_new(in, &type_dbnull, ret);
}
static const struct property convert_constants[] = {{"DBNull", db_null, NULL}, {0}};
#define LINES &type_base64_options
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
                                                {"ToBase64String", to_base64, STR, P(BYTES, LINES)},
                                                {"ToBase64String", to_base64, STR, P(BYTES, I32, I32)},
                                                {"ToBase64String", to_base64, STR, P(BYTES, I32, I32, LINES)},
                                                {"FromBase64String", from_base64, BYTES, P(STR)},
                                                {"ToHexString", to_hex, STR, P(BYTES)},
                                                {"ToHexString", to_hex, STR, P(BYTES, I32, I32)},
                                                {"ToHexStringLower", to_hex_lower, STR, P(BYTES)},
                                                {"ToHexStringLower", to_hex_lower, STR, P(BYTES, I32, I32)},
                                                {"FromHexString", from_hex, BYTES, P(STR)},
                                                {"ChangeType", change_type, OBJ, P(OBJ, TYP)},
                                                {"ChangeType", change_type, OBJ, P(OBJ, TYP, PROVIDER)},
                                                {"ChangeType", change_code, OBJ, P(OBJ, &type_type_code)},
                                                {"GetTypeCode", code_of, &type_type_code, P(OBJ)},
                                                {"IsDBNull", is_db_null, BOOLEAN, P(OBJ)},
                                                {0}};
const struct type_members full_convert = {NULL, convert_statics, NULL, convert_constants};

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
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The bytes must not be $null.");
    if (args[1].i < 0 || (size_t)args[1].i >= args[0].array->count)
        return out_of_range(in);
    if ((size_t)args[1].i + size > args[0].array->count)
        return method_throw(in, &type_argument_exception, "There are not enough bytes.");
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
READ(read_i32, 4, value_int((int32_t)bits))
READ(read_u32, 4, ((value){.kind = V_U32, .u = bits})) READ(read_i64, 8, value_long((int64_t)bits))
    READ(read_u64, 8, ((value){.kind = V_U64, .u = bits})) READ(read_bool, 1, value_bool(bits))
        READ(read_char, 2, ((value){.kind = V_CHAR, .i = (int64_t)bits})) METHOD(read_f64)
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
METHOD(bits_of_real) // what the bytes of one say as the other
{
    static const enum value_kind other[VALUE_KINDS] = {
        [V_F64] = V_I64, [V_I64] = V_F64, [V_F32] = V_I32, [V_I32] = V_F32};
    UNUSED;
    float f = (float)args[0].f;
    int32_t bits = (int32_t)args[0].i;
    *ret = (value){.kind = other[args[0].kind], .i = args[0].i};
    if (args[0].kind == V_F32)
        memcpy(&bits, &f, sizeof f), ret->i = bits;
    if (args[0].kind == V_I32)
        memcpy(&f, &bits, sizeof f), ret->f = f;
    return true;
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
                                            {"DoubleToInt64Bits", bits_of_real, I64, P(F64)},
                                            {"Int64BitsToDouble", bits_of_real, F64, P(I64)},
                                            {"SingleToInt32Bits", bits_of_real, I32, P(F32)},
                                            {"Int32BitsToSingle", bits_of_real, F32, P(I32)},
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
