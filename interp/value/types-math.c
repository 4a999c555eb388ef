// System.Math, and what the number types have.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/bigint.h"
#include "interp/value/enum.h"
#include "interp/value/numeric.h"
#include "interp/value/types-rows.h"

static bool overflow(struct interp *in)
{
    return method_throw(in, &type_overflow_exception, "The result does not fit.");
}

#define REAL(name, expression)                                                                               \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        double x = args[0].f;                                                                                \
        return UNUSED, *ret = value_double(expression), true;                                                \
    }
REAL(math_sqrt, sqrt(x))
REAL(math_cbrt, cbrt(x))
REAL(math_sin, sin(x))
REAL(math_cos, cos(x))
REAL(math_tan, tan(x))
REAL(math_asin, asin(x))
REAL(math_acos, acos(x))
REAL(math_atan, atan(x))
REAL(math_sinh, sinh(x))
REAL(math_cosh, cosh(x))
REAL(math_tanh, tanh(x))
REAL(math_exp, exp(x))
REAL(math_log, log(x))
REAL(math_log10, log10(x))
REAL(math_log2, log2(x))
REAL(math_floor, floor(x))
REAL(math_ceiling, ceil(x))
REAL(math_truncate, trunc(x))
#define REAL2(name, expression)                                                                              \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        double x = args[0].f, y = args[1].f;                                                                 \
        return UNUSED, *ret = value_double(expression), true;                                                \
    }
REAL2(math_pow, pow(x, y))
REAL2(math_atan2, atan2(x, y))
REAL2(math_log_base, log(x) / log(y))
REAL2(math_remainder, remainder(x, y))
REAL2(math_copy_sign, copysign(x, y))

METHOD(decimal_floor_value)
{
    struct decimal d = args[0].decimal->number, r = decimal_round(d, 0, false);
    UNUSED;
    if (decimal_compare(r, d) > 0)
        decimal_subtract(r, decimal_from_int64(1), &r);
    return decimal_new(in, r, ret);
}
METHOD(decimal_ceiling_value)
{
    struct decimal d = args[0].decimal->number, r = decimal_round(d, 0, false);
    UNUSED;
    if (decimal_compare(r, d) < 0)
        decimal_add(r, decimal_from_int64(1), &r);
    return decimal_new(in, r, ret);
}
METHOD(decimal_truncate_value)
{
    return args[0].decimal->number.negative ? decimal_ceiling_value(in, self, args, count, ret)
                                            : decimal_floor_value(in, self, args, count, ret);
}

enum { TO_EVEN, AWAY, TO_ZERO, TO_NEGATIVE, TO_POSITIVE };
static double round_by(double x, int64_t mode)
{
    switch (mode) {
    case AWAY:
        return round(x);
    case TO_ZERO:
        return trunc(x);
    case TO_NEGATIVE:
        return floor(x);
    case TO_POSITIVE:
        return ceil(x);
    default:
        return nearbyint(x);
    }
}
// As .NET: scaled by a power of ten, rounded, scaled back.
METHOD(math_round)
{
    int64_t digits = count > 1 && args[1].kind == V_I32 ? args[1].i : 0,
            mode = args[count - 1].kind == V_ENUM ? args[count - 1].i : TO_EVEN;
    (void)self;
    if (digits < 0 || digits > 15)
        return method_throw(in, &type_argument_range_exception, "Digits are 0 to 15.");
    double x = args[0].f, scale = pow(10, (double)digits);
    if (fabs(x) < 1e16)
        x = round_by(x * scale, mode) / scale;
    return *ret = value_double(x), true;
}
METHOD(decimal_round_value)
{
    int64_t digits = count > 1 && args[1].kind == V_I32 ? args[1].i : 0,
            mode = args[count - 1].kind == V_ENUM ? args[count - 1].i : TO_EVEN;
    (void)self;
    if (digits < 0 || digits > 28)
        return method_throw(in, &type_argument_range_exception, "Digits are 0 to 28.");
    return decimal_new(in, decimal_round(args[0].decimal->number, (int)digits, mode == AWAY), ret);
}

static bool smallest(value v)
{
    switch (v.kind) {
    case V_I8:
        return v.i == INT8_MIN;
    case V_I16:
        return v.i == INT16_MIN;
    case V_I32:
        return v.i == INT32_MIN;
    default:
        return v.i == INT64_MIN;
    }
}
METHOD(math_abs)
{
    UNUSED;
    *ret = value_keep(args[0]);
    if (args[0].kind == V_F64 || args[0].kind == V_F32)
        ret->f = fabs(args[0].f);
    else if (args[0].kind == V_DECIMAL) {
        struct decimal d = args[0].decimal->number;
        d.negative = false;
        value_drop(*ret);
        return decimal_new(in, d, ret);
    } else if (smallest(args[0]))
        return overflow(in);
    else if (args[0].i < 0)
        ret->i = -args[0].i;
    return true;
}
METHOD(math_sign)
{
    int order;
    UNUSED;
    if (args[0].kind == V_F64 && isnan(args[0].f))
        return method_throw(in, &type_arithmetic_exception, "NaN has no sign.");
    order = numeric_compare(args[0], value_int(0));
    return *ret = value_int((order > 0) - (order < 0)), true;
}
static bool is_nan(value v)
{
    return (v.kind == V_F64 || v.kind == V_F32) && isnan(v.f);
}
METHOD(math_max)
{
    UNUSED;
    if (is_nan(args[0]))
        return *ret = args[0], true;
    return *ret = value_keep(is_nan(args[1]) || numeric_compare(args[0], args[1]) < 0 ? args[1] : args[0]),
           true;
}
METHOD(math_min)
{
    UNUSED;
    if (is_nan(args[0]))
        return *ret = args[0], true;
    return *ret = value_keep(is_nan(args[1]) || numeric_compare(args[0], args[1]) > 0 ? args[1] : args[0]),
           true;
}
METHOD(math_clamp)
{
    UNUSED;
    if (numeric_compare(args[1], args[2]) > 0)
        return method_throw(in, &type_argument_exception, "The least is above the most.");
    value v = numeric_compare(args[0], args[1]) < 0   ? args[1]
              : numeric_compare(args[0], args[2]) > 0 ? args[2]
                                                      : args[0];
    return *ret = value_keep(v), true;
}
METHOD(math_big_mul)
{
    return UNUSED, *ret = value_long(args[0].i * args[1].i), true;
}
METHOD(math_div_rem)
{
    value quotient, rest;
    (void)self;
    if (!args[1].i)
        return method_throw(in, &type_divide_exception, "Division by zero.");
    if (args[1].i == -1 && smallest(args[0]))
        return overflow(in);
    quotient = rest = args[0];
    quotient.i = args[0].i / args[1].i;
    rest.i = args[0].i % args[1].i;
    if (count == 3)
        return *ret = quotient, reference_set(in, args[2], rest);
    const char *name = args[0].kind == V_I64 ? "System.ValueTuple[long,long]" : "System.ValueTuple[int,int]";
    const struct type *pair = type_find_in(in, name, strlen(name));
    if (!pair || !object_new(in, pair, ret))
        return false;
    AS(fields, *ret)->at[0] = value_int(2);
    AS(fields, *ret)->at[1] = quotient;
    AS(fields, *ret)->at[2] = rest;
    return true;
}

#define NUMBERS1(name, call)                                                                                 \
    {name, call, I8, P(I8)}, {name, call, I16, P(I16)}, {name, call, I32, P(I32)},                           \
        {name, call, I64, P(I64)}, {name, call, F32, P(F32)}, {name, call, F64, P(F64)},                     \
    {                                                                                                        \
        name, call, DEC, P(DEC)                                                                              \
    }
#define SIGNS(name, call)                                                                                    \
    {name, call, I32, P(I8)}, {name, call, I32, P(I16)}, {name, call, I32, P(I32)},                          \
        {name, call, I32, P(I64)}, {name, call, I32, P(F32)}, {name, call, I32, P(F64)},                     \
    {                                                                                                        \
        name, call, I32, P(DEC)                                                                              \
    }
#define ALL_NUMBERS(row)                                                                                     \
    row(U8) row(I8) row(I16) row(U16) row(I32) row(U32) row(I64) row(U64) row(F32) row(F64) row(DEC)
#define MAX_ROW(type) {"Max", math_max, type, P(type, type)},
#define MIN_ROW(type) {"Min", math_min, type, P(type, type)},
#define CLAMP_ROW(type) {"Clamp", math_clamp, type, P(type, type, type)},
static const struct method math_statics[] = {
    ALL_NUMBERS(MAX_ROW) ALL_NUMBERS(MIN_ROW) ALL_NUMBERS(CLAMP_ROW) NUMBERS1("Abs", math_abs),
    SIGNS("Sign", math_sign),
    {"Round", math_round, F64, P(F64)},
    {"Round", math_round, F64, P(F64, I32)},
    {"Round", math_round, F64, P(F64, &type_midpoint_rounding)},
    {"Round", math_round, F64, P(F64, I32, &type_midpoint_rounding)},
    {"Round", decimal_round_value, DEC, P(DEC)},
    {"Round", decimal_round_value, DEC, P(DEC, I32)},
    {"Round", decimal_round_value, DEC, P(DEC, &type_midpoint_rounding)},
    {"Round", decimal_round_value, DEC, P(DEC, I32, &type_midpoint_rounding)},
    {"Floor", math_floor, F64, P(F64)},
    {"Floor", decimal_floor_value, DEC, P(DEC)},
    {"Ceiling", math_ceiling, F64, P(F64)},
    {"Ceiling", decimal_ceiling_value, DEC, P(DEC)},
    {"Truncate", math_truncate, F64, P(F64)},
    {"Truncate", decimal_truncate_value, DEC, P(DEC)},
    {"Pow", math_pow, F64, P(F64, F64)},
    {"Sqrt", math_sqrt, F64, P(F64)},
    {"Cbrt", math_cbrt, F64, P(F64)},
    {"Exp", math_exp, F64, P(F64)},
    {"Log", math_log, F64, P(F64)},
    {"Log", math_log_base, F64, P(F64, F64)},
    {"Log10", math_log10, F64, P(F64)},
    {"Log2", math_log2, F64, P(F64)},
    {"Sin", math_sin, F64, P(F64)},
    {"Cos", math_cos, F64, P(F64)},
    {"Tan", math_tan, F64, P(F64)},
    {"Asin", math_asin, F64, P(F64)},
    {"Acos", math_acos, F64, P(F64)},
    {"Atan", math_atan, F64, P(F64)},
    {"Atan2", math_atan2, F64, P(F64, F64)},
    {"Sinh", math_sinh, F64, P(F64)},
    {"Cosh", math_cosh, F64, P(F64)},
    {"Tanh", math_tanh, F64, P(F64)},
    {"IEEERemainder", math_remainder, F64, P(F64, F64)},
    {"CopySign", math_copy_sign, F64, P(F64, F64)},
    {"BigMul", math_big_mul, I64, P(I32, I32)},
    {"DivRem", math_div_rem, I32, P(I32, I32)},
    {"DivRem", math_div_rem, I64, P(I64, I64)},
    {"DivRem", math_div_rem, I32, P(I32, I32, REF)},
    {"DivRem", math_div_rem, I64, P(I64, I64, REF)},
    {0}};
#define CONSTANT(name, v)                                                                                    \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, (void)self, *ret = (v), true;                                                       \
    }
CONSTANT(math_pi, value_double(M_PI))
CONSTANT(math_e, value_double(M_E))
CONSTANT(math_tau, value_double(2 * M_PI))
static const struct property math_properties[] = {
    {"PI", math_pi, NULL}, {"E", math_e, NULL}, {"Tau", math_tau, NULL}, {0}};
const struct type_members full_math = {NULL, math_statics, NULL, math_properties};

// --- Parse, TryParse, MinValue, MaxValue of the number types
// -----------------------------------------------------------

enum { STYLE_HEX = 512 };

static bool all_hex(const char *text)
{
    size_t n = strspn(text, "0123456789abcdefABCDEF");
    return n && n <= 16 && !text[n];
}

// .NET's own parser knows no suffixes, no multipliers, no 0x.
static bool plain_number(const struct string *text, bool real)
{
    const char *at = text->text;
    bool digits = false;
    while (*at == ' ' || (*at >= 9 && *at <= 13))
        at++;
    if (*at == '-' || *at == '+')
        at++;
    for (; (*at >= '0' && *at <= '9') || (real && (*at == ',' || *at == '.')); at++)
        digits |= *at >= '0' && *at <= '9';
    if (digits && real && (*at | 32) == 'e') {
        at++;
        if (*at == '-' || *at == '+')
            at++;
        digits = *at >= '0' && *at <= '9';
        while (*at >= '0' && *at <= '9')
            at++;
    }
    while (*at == ' ' || (*at >= 9 && *at <= 13))
        at++;
    return digits && at == text->text + text->size;
}

static bool is_real_type(const struct type *type)
{
    return type == F64 || type == F32 || type == DEC;
}

enum outcome { PARSED, BAD_FORM, TOO_BIG };
static enum outcome read_number(struct interp *in, const struct type *type, value text, int64_t style,
                                value *ret);

// (5) is -5 where the style allows it, ¤ is dropped.
static bool in_parentheses(value text, int64_t style)
{
    size_t size = text.string->size;
    return style & 16 && size > 2 && value_text(text)[0] == '(' && value_text(text)[size - 1] == ')';
}
static enum outcome read_negative(struct interp *in, const struct type *type, value text, int64_t style,
                                  value *ret)
{
    value plain;
    if (!string_printf(in, &plain, "-%.*s", (int)text.string->size - 2, value_text(text) + 1))
        return TOO_BIG;
    enum outcome outcome = read_number(in, type, plain, style & ~16, ret);
    value_drop(plain);
    return outcome;
}
static enum outcome read_number(struct interp *in, const struct type *type, value text, int64_t style,
                                value *ret)
{
    bool special = (type == F64 || type == F32) && strpbrk(value_text(text), "NIni");
    if (in_parentheses(text, style))
        return read_negative(in, type, text, style, ret);
    if (style & STYLE_HEX && all_hex(value_text(text))) {
        uint64_t bits = strtoull(value_text(text), NULL, 16);
        value number = type == I32 ? value_int((int32_t)(uint32_t)bits) : value_long((int64_t)bits);
        return value_convert(in, number, type, ret) ? PARSED : (value_set(&in->thrown, value_null), TOO_BIG);
    }
    bool real = is_real_type(type);
    if (!special && !plain_number(text.string, real || style & 64))
        return BAD_FORM;
    struct decimal d;
    if (type == DEC && decimal_from_text(value_text(text), text.string->size, &d))
        return decimal_new(in, d, ret) ? PARSED : TOO_BIG;
    if (value_convert(in, text, type, ret))
        return PARSED;
    value_set(&in->thrown, value_null);
    return special ? BAD_FORM : TOO_BIG;
}
METHOD(number_parse_text)
{
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    switch (read_number(in, self.type, args[0], count > 1 && args[1].kind == V_ENUM ? args[1].i : 0, ret)) {
    case PARSED:
        return true;
    case TOO_BIG:
        return overflow(in);
    default:
        return method_throw(in, &type_format_exception, "'%s' is not such a number.", value_text(args[0]));
    }
}
METHOD(number_try_parse)
{
    value number;
    bool ok = args[0].kind == V_STRING &&
              read_number(in, self.type, args[0], count == 4 ? args[1].i : 0, &number) == PARSED;
    if (!ok && !value_convert(in, value_int(0), self.type, &number))
        return false;
    bool set = reference_set(in, args[count - 1], number);
    value_drop(number);
    return *ret = value_bool(ok), set;
}
#define PARSES(type)                                                                                         \
    {"Parse", number_parse_text, type, P(STR)},                                                              \
        {"Parse", number_parse_text, type, P(STR, &type_number_styles)},                                     \
        {"Parse", number_parse_text, type, P(STR, PROVIDER)},                                                \
        {"Parse", number_parse_text, type, P(STR, &type_number_styles, PROVIDER)},                           \
        {"TryParse", number_try_parse, BOOLEAN, P(STR, REF)},                                                \
    {                                                                                                        \
        "TryParse", number_try_parse, BOOLEAN, P(STR, &type_number_styles, PROVIDER, REF)                    \
    }
#define INTEGER(symbol, type, kind_, min, max, field)                                                        \
    CONSTANT(symbol##_min, ((value){.kind = kind_, .field = min}))                                           \
    CONSTANT(symbol##_max, ((value){.kind = kind_, .field = max}))                                           \
    static const struct property symbol##_constants[] = {                                                    \
        {"MinValue", symbol##_min, NULL}, {"MaxValue", symbol##_max, NULL}, {0}};                            \
    static const struct method symbol##_statics[] = {PARSES(type),                                           \
                                                     {"Max", math_max, type, P(type, type)},                 \
                                                     {"Min", math_min, type, P(type, type)},                 \
                                                     {"Abs", math_abs, type, P(type)},                       \
                                                     {0}};                                                   \
    const struct type_members full_##symbol = {NULL, symbol##_statics, NULL, symbol##_constants};
INTEGER(sbyte, I8, V_I8, INT8_MIN, INT8_MAX, i)
INTEGER(byte, U8, V_U8, 0, UINT8_MAX, u)
INTEGER(int16, I16, V_I16, INT16_MIN, INT16_MAX, i)
INTEGER(uint16, U16, V_U16, 0, UINT16_MAX, u)
INTEGER(int, I32, V_I32, INT32_MIN, INT32_MAX, i)
INTEGER(uint32, U32, V_U32, 0, UINT32_MAX, u)
INTEGER(long, I64, V_I64, INT64_MIN, INT64_MAX, i)
INTEGER(uint64, U64, V_U64, 0, UINT64_MAX, u)

METHOD(real_is_nan)
{
    return UNUSED, *ret = value_bool(isnan(args[0].f)), true;
}
METHOD(real_is_infinity)
{
    return UNUSED, *ret = value_bool(isinf(args[0].f)), true;
}
METHOD(real_is_finite)
{
    return UNUSED, *ret = value_bool(isfinite(args[0].f)), true;
}
METHOD(real_is_positive_infinity)
{
    return UNUSED, *ret = value_bool(isinf(args[0].f) && args[0].f > 0), true;
}
METHOD(real_is_negative_infinity)
{
    return UNUSED, *ret = value_bool(isinf(args[0].f) && args[0].f < 0), true;
}
#define REAL_TYPE(symbol, type, kind_, max, epsilon)                                                         \
    CONSTANT(symbol##_max, ((value){.kind = kind_, .f = max}))                                               \
    CONSTANT(symbol##_min, ((value){.kind = kind_, .f = -max}))                                              \
    CONSTANT(symbol##_epsilon, ((value){.kind = kind_, .f = epsilon}))                                       \
        CONSTANT(symbol##_nan, ((value){.kind = kind_, .f = NAN}))                                           \
            CONSTANT(symbol##_infinity, ((value){.kind = kind_, .f = INFINITY}))                             \
                CONSTANT(symbol##_minus,                                                                     \
                         ((value){.kind = kind_,                                                             \
                                  .f = -INFINITY})) static const struct property symbol##_constants[] = {    \
                    {"MinValue", symbol##_min, NULL},                                                        \
                    {"MaxValue", symbol##_max, NULL},                                                        \
                    {"Epsilon", symbol##_epsilon, NULL},                                                     \
                    {"NaN", symbol##_nan, NULL},                                                             \
                    {"PositiveInfinity", symbol##_infinity, NULL},                                           \
                    {"NegativeInfinity", symbol##_minus, NULL},                                              \
                    {0}};                                                                                    \
    static const struct method symbol##_statics[] = {                                                        \
        PARSES(type),                                                                                        \
        {"IsNaN", real_is_nan, BOOLEAN, P(type)},                                                            \
        {"IsInfinity", real_is_infinity, BOOLEAN, P(type)},                                                  \
        {"IsFinite", real_is_finite, BOOLEAN, P(type)},                                                      \
        {"IsPositiveInfinity", real_is_positive_infinity, BOOLEAN, P(type)},                                 \
        {"IsNegativeInfinity", real_is_negative_infinity, BOOLEAN, P(type)},                                 \
        {0}};                                                                                                \
    const struct type_members full_##symbol = {NULL, symbol##_statics, NULL, symbol##_constants};
REAL_TYPE(double, F64, V_F64, 1.7976931348623157e308, 4.94065645841247e-324)
REAL_TYPE(single, F32, V_F32, 3.40282346638528859e38, 1.401298464324817e-45)

static bool decimal_constant(struct interp *in, uint64_t lo, uint32_t hi, bool negative, value *ret)
{
    return decimal_new(in, (struct decimal){.lo = lo, .hi = hi, .negative = negative}, ret);
}
#define DECIMAL(name, lo, hi, negative)                                                                      \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)self, decimal_constant(in, lo, hi, negative, ret);                                      \
    }
DECIMAL(decimal_max, UINT64_MAX, UINT32_MAX, false)
DECIMAL(decimal_min, UINT64_MAX, UINT32_MAX, true)
DECIMAL(decimal_zero, 0, 0, false)
DECIMAL(decimal_one, 1, 0, false)
DECIMAL(decimal_minus_one, 1, 0, true)
static const struct property decimal_constants[] = {
    {"MaxValue", decimal_max, NULL}, {"MinValue", decimal_min, NULL},       {"Zero", decimal_zero, NULL},
    {"One", decimal_one, NULL},      {"MinusOne", decimal_minus_one, NULL}, {0}};
METHOD(decimal_bits)
{
    UNUSED;
    struct decimal d = args[0].decimal->number;
    if (!array_of(in, I32, 4, ret))
        return false;
    ret->array->items[0] = value_int((int32_t)(uint32_t)d.lo);
    ret->array->items[1] = value_int((int32_t)(uint32_t)(d.lo >> 32));
    ret->array->items[2] = value_int((int32_t)d.hi);
    ret->array->items[3] = value_int((int32_t)((uint32_t)d.scale << 16 | (d.negative ? 0x80000000u : 0)));
    return true;
}
METHOD(decimal_to_int)
{
    return UNUSED, value_convert(in, args[0], I32, ret);
}
#define ARITHMETIC(name, function)                                                                           \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        return UNUSED, function(in, args[0], args[1], ret);                                                  \
    }
ARITHMETIC(add, numeric_add)
ARITHMETIC(subtract, numeric_subtract)
ARITHMETIC(multiply, numeric_multiply)
ARITHMETIC(divide, numeric_divide)
ARITHMETIC(rest_of, numeric_remainder)
METHOD(negate)
{
    return UNUSED, numeric_negate(in, args[0], ret);
}
METHOD(decimal_compare_values)
{
    return UNUSED, *ret = value_int(numeric_compare(args[0], args[1])), true;
}
static const struct method decimal_statics[] = {
    PARSES(DEC),
    {"GetBits", decimal_bits, &type_int_array, P(DEC)},
    {"Round", decimal_round_value, DEC, P(DEC)},
    {"Round", decimal_round_value, DEC, P(DEC, I32)},
    {"Round", decimal_round_value, DEC, P(DEC, I32, &type_midpoint_rounding)},
    {"Floor", decimal_floor_value, DEC, P(DEC)},
    {"Ceiling", decimal_ceiling_value, DEC, P(DEC)},
    {"Truncate", decimal_truncate_value, DEC, P(DEC)},
    {"ToInt32", decimal_to_int, I32, P(DEC)},
    {"Add", add, DEC, P(DEC, DEC)},
    {"Subtract", subtract, DEC, P(DEC, DEC)},
    {"Multiply", multiply, DEC, P(DEC, DEC)},
    {"Divide", divide, DEC, P(DEC, DEC)},
    {"Remainder", rest_of, DEC, P(DEC, DEC)},
    {"Negate", negate, DEC, P(DEC)},
    {"Compare", decimal_compare_values, I32, P(DEC, DEC)},
    {0}};
const struct type_members full_decimal = {NULL, decimal_statics, decimal_constructors, decimal_constants};

// --- BigInteger
// ----------------------------------------------------------------------------------------------------------

METHOD(bigint_parse_text)
{
    const char *text = value_text(args[0]);
    UNUSED;
    while (*text == ' ')
        text++;
    bool negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    size_t size = strspn(text, "0123456789");
    if (!size || text[size])
        return method_throw(in, &type_format_exception, "'%s' is not a whole number.", value_text(args[0]));
    return bigint_from_text(in, text, size, negative, ret);
}
METHOD(bigint_pow)
{
    value result, base = value_keep(args[0]), next;
    int64_t exponent = args[1].i;
    UNUSED;
    bool ok = exponent >= 0 ? bigint_from_int(in, 1, &result)
                            : method_throw(in, &type_argument_range_exception, "The exponent is negative.");
    for (; ok && exponent; exponent >>= 1) {
        if (exponent & 1 && (ok = bigint_operate(in, '*', result, base, &next)))
            value_drop(result), result = next;
        if (ok && exponent > 1 && (ok = bigint_operate(in, '*', base, base, &next)))
            value_drop(base), base = next;
    }
    value_drop(base);
    if (ok)
        *ret = result;
    return ok;
}
METHOD(bigint_abs)
{
    UNUSED;
    value zero;
    if (!bigint_from_int(in, 0, &zero))
        return false;
    bool negative = bigint_compare(args[0], zero) < 0;
    value_drop(zero);
    return negative ? bigint_negate(in, args[0], ret) : (*ret = value_keep(args[0]), true);
}
METHOD(bigint_gcd)
{
    value a, b, rest;
    UNUSED;
    if (!bigint_abs(in, self, args, 1, &a))
        return false;
    if (!bigint_abs(in, self, args + 1, 1, &b))
        return value_drop(a), false;
    bool ok = true;
    while (ok && !bigint_is_zero(b)) {
        ok = bigint_operate(in, '%', a, b, &rest);
        if (ok)
            value_drop(a), a = b, b = rest;
    }
    value_drop(b);
    return *ret = a, ok;
}
METHOD(bigint_mod_pow)
{
    value result, base, next, exponent = args[1];
    int64_t e;
    UNUSED;
    if (!bigint_to_int64(exponent, &e) || e < 0)
        return method_throw(in, &type_argument_range_exception, "The exponent is out of range.");
    bool ok = bigint_from_int(in, 1, &result);
    if (!ok || !bigint_operate(in, '%', args[0], args[2], &base))
        return false;
    for (; ok && e; e >>= 1) {
        if (e & 1) {
            ok = bigint_operate(in, '*', result, base, &next);
            if (ok)
                value_drop(result), ok = bigint_operate(in, '%', next, args[2], &result), value_drop(next);
        }
        if (!ok)
            break;
        ok = bigint_operate(in, '*', base, base, &next);
        if (ok)
            value_drop(base), ok = bigint_operate(in, '%', next, args[2], &base), value_drop(next);
    }
    value_drop(base);
    return *ret = result, ok;
}
#define BIG_CONSTANT(name, n)                                                                                \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)self, bigint_from_int(in, n, ret);                                                      \
    }
BIG_CONSTANT(big_one, 1)
BIG_CONSTANT(big_zero, 0)
BIG_CONSTANT(big_minus, -1)
static const struct property bigint_constants[] = {
    {"One", big_one, NULL}, {"Zero", big_zero, NULL}, {"MinusOne", big_minus, NULL}, {0}};
static const struct method bigint_statics[] = {{"Parse", bigint_parse_text, BIG, P(STR)},
                                               {"Pow", bigint_pow, BIG, P(BIG, I32)},
                                               {"Abs", bigint_abs, BIG, P(BIG)},
                                               {"GreatestCommonDivisor", bigint_gcd, BIG, P(BIG, BIG)},
                                               {"ModPow", bigint_mod_pow, BIG, P(BIG, BIG, BIG)},
                                               {"Add", add, BIG, P(BIG, BIG)},
                                               {"Subtract", subtract, BIG, P(BIG, BIG)},
                                               {"Multiply", multiply, BIG, P(BIG, BIG)},
                                               {"Divide", divide, BIG, P(BIG, BIG)},
                                               {"Remainder", rest_of, BIG, P(BIG, BIG)},
                                               {"Negate", negate, BIG, P(BIG)},
                                               {"Max", math_max, BIG, P(BIG, BIG)},
                                               {"Min", math_min, BIG, P(BIG, BIG)},
                                               {0}};
METHOD(bigint_new)
{
    return UNUSED, value_convert(in, args[0], BIG, ret);
}
static const struct method bigint_constructors[] = {
    {"new", bigint_new, BIG, P(I32)}, {"new", bigint_new, BIG, P(I64)}, {"new", bigint_new, BIG, P(U64)},
    {"new", bigint_new, BIG, P(F64)}, {"new", bigint_new, BIG, P(DEC)}, {0}};
const struct type_members full_bigint = {NULL, bigint_statics, bigint_constructors, bigint_constants};

// --- Boolean
// -------------------------------------------------------------------------------------------------------------

static bool truth_text(value v, bool *ret)
{
    value text = v;
    if (value_is_text(text, "true"))
        return *ret = true, true;
    return value_is_text(text, "false") && (*ret = false, true);
}
METHOD(bool_parse)
{
    bool b;
    UNUSED;
    if (!truth_text(args[0], &b))
        return method_throw(in, &type_format_exception, "Neither True nor False.");
    return *ret = value_bool(b), true;
}
METHOD(bool_try_parse)
{
    bool b = false, ok = truth_text(args[0], &b);
    UNUSED;
    return *ret = value_bool(ok), reference_set(in, args[1], value_bool(b));
}
static bool true_text(struct interp *in, value self, value *ret)
{
    return (void)self, string_text(in, "True", ret);
}
static bool false_text(struct interp *in, value self, value *ret)
{
    return (void)self, string_text(in, "False", ret);
}
static const struct property bool_constants[] = {
    {"TrueString", true_text, NULL}, {"FalseString", false_text, NULL}, {0}};
static const struct method bool_statics[] = {
    {"Parse", bool_parse, BOOLEAN, P(STR)}, {"TryParse", bool_try_parse, BOOLEAN, P(STR, REF)}, {0}};
const struct type_members full_bool = {NULL, bool_statics, NULL, bool_constants};
