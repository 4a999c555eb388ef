// Casts to numbers and characters.
#include "interp/value/cast.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/bigint.h"
#include "interp/value/numeric.h"
#include "interp/value/types.h"

struct range {
    double least, most;
    int64_t i_least;
    uint64_t u_most;
};

// Ranges of I8 … U64, by kind.
static const struct range ranges[] = {
    {-128, 127, INT8_MIN, INT8_MAX},
    {0, 255, 0, UINT8_MAX},
    {-32768, 32767, INT16_MIN, INT16_MAX},
    {0, 65535, 0, UINT16_MAX},
    {-2147483648.0, 2147483647.0, INT32_MIN, INT32_MAX},
    {0, 4294967295.0, 0, UINT32_MAX},
    {-9223372036854775808.0, 9223372036854774784.0, INT64_MIN, INT64_MAX},
    {0, 18446744073709549568.0, 0, UINT64_MAX},
};

static bool fit(value number, enum value_kind kind, value *ret)
{
    const struct range *range = &ranges[kind - V_I8];
    int64_t i = number.i;
    uint64_t u = number.u;
    bool has_sign =
        number.kind == V_I8 || number.kind == V_I16 || number.kind == V_I32 || number.kind == V_I64;
    if (number.kind == V_F32 || number.kind == V_F64) {
        double rounded = nearbyint(number.f); // the default rounding: half to even
        if (!(rounded >= range->least && rounded <= range->most))
            return false;
        *ret = range->least < 0 ? (value){.kind = (uint8_t)kind, .i = (int64_t)rounded}
                                : (value){.kind = (uint8_t)kind, .u = (uint64_t)rounded};
        return true;
    }
    if (number.kind == V_DECIMAL) {
        if (decimal_to_int64(number.decimal->number, &i))
            has_sign = true;
        else if (!decimal_to_uint64(number.decimal->number, &u))
            return false;
    } else if (number.kind == V_BIGINT) {
        if (bigint_to_int64(number, &i))
            has_sign = true;
        else if (!bigint_to_uint64(number, &u))
            return false;
    }
    if (has_sign ? (i < range->i_least || (i > 0 && (uint64_t)i > range->u_most)) : u > range->u_most)
        return false;
    *ret = (value){.kind = (uint8_t)kind, .u = has_sign ? (uint64_t)i : u};
    return true;
}

// "1,234" is a number for .NET's own parser, which is asked after the literal scanner.
static bool without_groups(const struct string *text, char plain[64], size_t *ret_size)
{
    size_t size = 0;
    bool seen_digit = false, comma = false;
    for (size_t i = 0; i < text->size; i++) {
        char c = text->text[i];
        if (c == ',' && seen_digit) {
            comma = true;
            continue;
        }
        if (size == 64 || c == ',')
            return false;
        if (c == '.')
            seen_digit = false;
        else if (c >= '0' && c <= '9')
            seen_digit = true;
        plain[size++] = c;
    }
    *ret_size = size;
    return comma;
}

static bool text_to_number(struct interp *in, const struct string *text, value *ret)
{
    struct arena arena = ARENA_INIT;
    struct number number;
    char plain[64];
    size_t size;
    bool ok = number_parse(text->text, text->size, NUMBER_SIGN | NUMBER_BLANKS, &arena, &number) ||
              (without_groups(text, plain, &size) &&
               number_parse(plain, size, NUMBER_SIGN | NUMBER_BLANKS, &arena, &number));
    ok = ok && number_value(in, &number, ret);
    arena_free(&arena);
    return ok;
}

// Of a type that .NET converts by itself, to no number though.
static bool has_convertible(value v)
{
    return v.kind == V_DATETIME || value_type(v) == &type_dbnull;
}

bool cast_to_integer(struct interp *in, value v, const struct type *to, enum value_kind kind, value *ret)
{
    value number;
    if (v.kind == V_SWITCH)
        return *ret = (value){.kind = (uint8_t)kind, .u = v.b}, true;
    if (v.kind == V_STRING) {
        if (!text_to_number(in, v.string, &number))
            return cast_refuse(in, "InvalidCastFromStringToInteger", v, to);
    } else if (value_is_number(v) || v.kind == V_BOOL || v.kind == V_CHAR || v.kind == V_ENUM ||
               value_is_null(v)) {
        if (!numeric_of(in, v, &number))
            return false;
    } else
        return cast_refuse(
            in, has_convertible(v) ? "InvalidCastIConvertible" : "ConvertToFinalInvalidCastException", v, to);
    bool ok = fit(number, kind, ret);
    value_drop(number);
    const char *id = v.kind == V_STRING ? "InvalidCastFromStringToInteger" : "InvalidCastIConvertible";
    return ok || cast_refuse(in, id, v, to);
}

static bool number_source(struct interp *in, value v, const struct type *to, const char *id, value *ret)
{
    if (v.kind == V_STRING)
        return text_to_number(in, v.string, ret) || cast_refuse(in, id, v, to);
    if (v.kind == V_SWITCH)
        return *ret = value_int(v.b), true;
    if (value_is_number(v) || v.kind == V_CHAR || v.kind == V_BOOL || v.kind == V_ENUM || value_is_null(v))
        return numeric_of(in, v, ret);
    if (cast_is_bag(v) && (to == &type_decimal || to == &type_bigint))
        return cast_refuse_bag(in, v, to);
    return cast_refuse(
        in, has_convertible(v) ? "InvalidCastIConvertible" : "ConvertToFinalInvalidCastException", v, to);
}

static double number_to_double(value v)
{
    switch (v.kind) {
    case V_F32:
    case V_F64:
        return v.f;
    case V_DECIMAL:
        return decimal_to_double(v.decimal->number);
    case V_BIGINT:
        return bigint_to_double(v);
    case V_U8:
    case V_U16:
    case V_U32:
    case V_U64:
        return (double)v.u;
    default:
        return (double)v.i;
    }
}

static bool special_real(const struct string *text, double *ret)
{
    static const struct {
        const char *text;
        double v;
    } table[] = {{"NaN", NAN},
                 {"Infinity", INFINITY},
                 {"-Infinity", -INFINITY},
                 {"+Infinity", INFINITY},
                 {"-NaN", NAN}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strlen(table[i].text) == text->size &&
            utf8_same_ignore_case(table[i].text, text->size, text->text, text->size))
            return *ret = table[i].v, true;
    return false;
}

bool cast_to_real(struct interp *in, value v, const struct type *to, value *ret)
{
    value number;
    double f;
    if (v.kind == V_STRING && special_real(v.string, &f)) {
        *ret = (value){.kind = to == &type_single ? V_F32 : V_F64, .f = f};
        return true;
    }
    if (!number_source(in, v, to, "InvalidCastFromStringToDoubleOrSingle", &number))
        return false;
    f = number_to_double(number);
    *ret = to == &type_single ? (value){.kind = V_F32, .f = (float)f} : value_double(f);
    value_drop(number);
    return true;
}

bool cast_to_decimal(struct interp *in, value v, value *ret)
{
    value number;
    struct decimal d;
    char plain[64];
    size_t size;
    if (v.kind == V_STRING && without_groups(v.string, plain, &size) && decimal_from_text(plain, size, &d))
        return decimal_new(in, d, ret);
    if (!number_source(in, v, &type_decimal, "InvalidCastFromStringToDecimal", &number))
        return false;
    if (v.kind != V_STRING && number.kind == V_DECIMAL)
        return *ret = number, true;
    bool ok = true;
    if (number.kind < V_F32 && v.kind != V_STRING)
        d = number.kind == V_U64 ? decimal_from_uint64(number.u) : decimal_from_int64(number.i);
    else
        ok = decimal_from_double(number_to_double(number), &d); // also texts: '1.10' is 1.1 (recorded)
    value_drop(number);
    return ok ? decimal_new(in, d, ret) : cast_refuse(in, "InvalidCastIConvertible", v, &type_decimal);
}

static bool bigint_from_decimal(struct interp *in, value number, value *ret)
{
    char text[40];
    decimal_to_text(number.decimal->number, text);
    bool negative = *text == '-';
    size_t digits = strcspn(text + negative, ".");
    value_drop(number);
    return bigint_from_text(in, text + negative, digits, negative, ret);
}

// Digits alone are taken as they are, if a decimal holds them; more are a double.
static bool bigint_from_digits(struct interp *in, const struct string *text, value *ret, bool *ret_ok)
{
    const char *at = text->text, *end = at + text->size;
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    while (at < end && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    bool negative = at < end && *at == '-';
    at += at < end && (*at == '-' || *at == '+');
    static const char most[] = "79228162514264337593543950335";
    while (at + 1 < end && *at == '0')
        at++;
    size_t size = (size_t)(end - at);
    if (!size || strspn(at, "0123456789") < size || size >= sizeof most ||
        (size + 1 == sizeof most && memcmp(at, most, size) > 0))
        return false;
    return *ret_ok = bigint_from_text(in, at, (size_t)(end - at), negative, ret), true;
}

bool cast_to_bigint(struct interp *in, value v, value *ret)
{
    value number;
    bool ok;
    if (v.kind == V_BIGINT)
        return *ret = value_keep(v), true;
    if (v.kind == V_STRING && bigint_from_digits(in, v.string, ret, &ok))
        return ok;
    if (!number_source(in, v, &type_bigint, "InvalidCastFromStringToInteger", &number))
        return false;
    if (number.kind == V_BIGINT)
        return *ret = number, true;
    if (number.kind == V_DECIMAL && v.kind != V_STRING)
        return bigint_from_decimal(in, number, ret);
    ok = number.kind >= V_F32        ? bigint_from_double(in, number_to_double(number), ret)
              : number.kind == V_U64 ? bigint_from_uint(in, number.u, ret)
                                     : bigint_from_int(in, number.i, ret);
    value_drop(number);
    return ok;
}

bool cast_to_char(struct interp *in, value v, value *ret)
{
    if (v.kind == V_CHAR)
        return *ret = v, true;
    if (v.kind == V_STRING) {
        if (v.string->units != 1)
            return cast_refuse(in, "InvalidCastParseTargetInvocation", v, &type_char);
        size_t size;
        *ret = (value){.kind = V_CHAR, .i = utf8_decode(v.string->text, v.string->size, &size)};
        return true;
    }
    if (value_is_null(v))
        return *ret = (value){.kind = V_CHAR}, true;
    if (v.kind == V_ENUM || (v.kind >= V_I8 && v.kind <= V_U64)) {
        value number = v.kind == V_ENUM ? value_int((int32_t)v.i) : v;
        if (!fit(number, V_U16, ret))
            return cast_refuse(in, "InvalidCastIConvertible", v, &type_char);
        ret->kind = V_CHAR;
        return true;
    }
    bool convertible = v.kind == V_BOOL || v.kind == V_F32 || v.kind == V_F64 || v.kind == V_DECIMAL ||
                       v.kind == V_BIGINT || v.kind == V_DATETIME;
    return cast_refuse(in, convertible ? "InvalidCastIConvertible" : "ConvertToFinalInvalidCastException", v,
                       &type_char);
}
