// The integers and the reals: reading, limits, and the questions about one number that .NET's generic
// mathematics asks.
#include "interp/value/types-numbers.h"

#include <math.h>

#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/number-style.h"
#include "interp/value/numeric.h"
#include "interp/value/types-rows.h"

PUBLIC_METHOD(number_parse_text)
{
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    bool styled = count > 1 && args[1].kind == V_ENUM;
    unsigned style = styled ? (unsigned)args[1].i : number_usual_style(self.type);
    switch (number_read_styled(in, self.type, args[0], style, ret)) {
    case READ_WELL:
        return true;
    case READ_TOO_BIG:
        value_set(&in->thrown, value_null);
        return method_throw(in, &type_overflow_exception, "The number does not fit.");
    default:
        return method_throw(in, &type_format_exception, "'%s' is not such a number.", value_text(args[0]));
    }
}
PUBLIC_METHOD(number_try_parse)
{
    value number;
    unsigned style = count == 4 ? (unsigned)args[1].i : number_usual_style(self.type);
    bool ok =
        args[0].kind == V_STRING && number_read_styled(in, self.type, args[0], style, &number) == READ_WELL;
    value_set(&in->thrown, value_null);
    if (!ok && !value_convert(in, value_int(0), self.type, &number))
        return false;
    bool set = reference_set(in, args[count - 1], number);
    value_drop(number);
    return *ret = value_bool(ok), set;
}

#define ARITHMETIC(name, function)                                                                           \
    PUBLIC_METHOD(name)                                                                                      \
    {                                                                                                        \
        return UNUSED, function(in, args[0], args[1], ret);                                                  \
    }
ARITHMETIC(number_add, numeric_add)
ARITHMETIC(number_subtract, numeric_subtract)
ARITHMETIC(number_multiply, numeric_multiply)
static bool by_zero(struct interp *in, value divisor)
{
    return numeric_compare(divisor, value_int(0)) == 0 &&
           !method_throw(in, &type_divide_exception, "Division by zero.");
}
PUBLIC_METHOD(number_divide)
{
    return UNUSED, !by_zero(in, args[1]) && numeric_divide(in, args[0], args[1], ret);
}
PUBLIC_METHOD(number_rest)
{
    return UNUSED, !by_zero(in, args[1]) && numeric_remainder(in, args[0], args[1], ret);
}
PUBLIC_METHOD(number_negate)
{
    return UNUSED, numeric_negate(in, args[0], ret);
}
PUBLIC_METHOD(number_compare)
{
    return UNUSED, *ret = value_int(numeric_compare(args[0], args[1])), true;
}

// --- Integers, by their bits

static unsigned width(value v) // in bits
{
    return v.kind == V_I8 || v.kind == V_U8     ? 8
           : v.kind == V_I16 || v.kind == V_U16 ? 16
           : v.kind == V_I32 || v.kind == V_U32 ? 32
                                                : 64;
}
static bool is_signed(value v)
{
    return v.kind == V_I8 || v.kind == V_I16 || v.kind == V_I32 || v.kind == V_I64;
}
static uint64_t bits_of(value v)
{
    return v.u & UINT64_MAX >> (64 - width(v));
}
static value of_bits(value like, uint64_t bits) // a number of that kind
{
    unsigned unused = 64 - width(like);
    if (is_signed(like))
        like.i = (int64_t)(bits << unused) >> unused;
    else
        like.u = bits << unused >> unused;
    return like;
}
static unsigned leading_zeros(value v)
{
    uint64_t bits = bits_of(v);
    return bits ? (unsigned)__builtin_clzll(bits) - (64 - width(v)) : width(v);
}
#define OF_BITS(name, expression)                                                                            \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        value v = args[0];                                                                                   \
        return UNUSED, *ret = of_bits(v, (uint64_t)(expression)), true;                                      \
    }
#define ASKED(name, expression)                                                                              \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        value v = args[0];                                                                                   \
        return UNUSED, *ret = value_bool(expression), true;                                                  \
    }
OF_BITS(pop_count, __builtin_popcountll(bits_of(v)))
OF_BITS(leading_zero_count, leading_zeros(v))
OF_BITS(trailing_zero_count, bits_of(v) ? (unsigned)__builtin_ctzll(bits_of(v)) : width(v))
ASKED(is_even, !(v.u & 1))
ASKED(is_odd, v.u & 1)
ASKED(is_power, (!is_signed(v) || v.i > 0) && __builtin_popcountll(v.u) == 1)
ASKED(is_below_zero, is_signed(v) && v.i < 0)
ASKED(is_not_below_zero, !is_signed(v) || v.i >= 0)
METHOD(log2_whole)
{
    UNUSED;
    if (is_signed(args[0]) && args[0].i < 0)
        return method_throw(in, &type_argument_range_exception, "The number is negative.");
    unsigned zeros = leading_zeros(args[0]), all = width(args[0]);
    return *ret = of_bits(args[0], zeros == all ? 0 : all - 1 - zeros), true;
}
static uint64_t rotated(value v, int64_t by)
{
    unsigned all = width(v), left = (unsigned)by & (all - 1);
    uint64_t bits = bits_of(v);
    return left ? bits << left | bits >> (all - left) : bits;
}
OF_BITS(rotate_left, rotated(v, args[1].i))
OF_BITS(rotate_right, rotated(v, -args[1].i))
METHOD(copy_sign)
{
    value v = args[0];
    UNUSED;
    if ((v.i < 0) == (args[1].i < 0))
        return *ret = v, true;
    value turned = of_bits(v, 0 - v.u);
    if (turned.i == v.i && v.i)
        return method_throw(in, &type_overflow_exception, "The number has no positive form.");
    return *ret = turned, true;
}
static uint64_t magnitude(value v)
{
    return is_signed(v) && v.i < 0 ? 0 - v.u : v.u;
}
METHOD(further)
{
    uint64_t a = magnitude(args[0]), b = magnitude(args[1]);
    return UNUSED, *ret = a > b || (a == b && args[0].i >= 0) ? args[0] : args[1], true;
}
METHOD(nearer)
{
    uint64_t a = magnitude(args[0]), b = magnitude(args[1]);
    return UNUSED, *ret = a < b || (a == b && args[0].i < 0) ? args[0] : args[1], true;
}

#define INTEGER(symbol, type, kind_, min, max, field)                                                        \
    CONSTANT(symbol##_min, ((value){.kind = kind_, .field = min}))                                           \
    CONSTANT(symbol##_max, ((value){.kind = kind_, .field = max}))                                           \
    static const struct property symbol##_constants[] = {                                                    \
        {"MinValue", symbol##_min, NULL}, {"MaxValue", symbol##_max, NULL}, {0}};                            \
    static const struct method symbol##_statics[] = {                                                        \
        PARSES(type),                                                                                        \
        ORDERED(type),                                                                                       \
        {"Abs", math_abs, type, P(type)},                                                                    \
        {"DivRem", math_div_rem, OBJ, P(type, type)},                                                        \
        {"PopCount", pop_count, type, P(type)},                                                              \
        {"LeadingZeroCount", leading_zero_count, type, P(type)},                                             \
        {"TrailingZeroCount", trailing_zero_count, type, P(type)},                                           \
        {"Log2", log2_whole, type, P(type)},                                                                 \
        {"RotateLeft", rotate_left, type, P(type, I32)},                                                     \
        {"RotateRight", rotate_right, type, P(type, I32)},                                                   \
        {"IsEvenInteger", is_even, BOOLEAN, P(type)},                                                        \
        {"IsOddInteger", is_odd, BOOLEAN, P(type)},                                                          \
        {"IsPow2", is_power, BOOLEAN, P(type)},                                                              \
        SIGNED_ROWS_##field(type){0}};                                                                       \
    const struct type_members full_##symbol = {NULL, symbol##_statics, NULL, symbol##_constants};
#define SIGNED_ROWS_u(type)
#define SIGNED_ROWS_i(type)                                                                                  \
    {"IsNegative", is_below_zero, BOOLEAN, P(type)}, {"IsPositive", is_not_below_zero, BOOLEAN, P(type)},    \
        {"CopySign", copy_sign, type, P(type, type)}, {"MaxMagnitude", further, type, P(type, type)},        \
        {"MinMagnitude", nearer, type, P(type, type)},
INTEGER(sbyte, I8, V_I8, INT8_MIN, INT8_MAX, i)
INTEGER(byte, U8, V_U8, 0, UINT8_MAX, u)
INTEGER(int16, I16, V_I16, INT16_MIN, INT16_MAX, i)
INTEGER(uint16, U16, V_U16, 0, UINT16_MAX, u)
INTEGER(int, I32, V_I32, INT32_MIN, INT32_MAX, i)
INTEGER(uint32, U32, V_U32, 0, UINT32_MAX, u)
INTEGER(long, I64, V_I64, INT64_MIN, INT64_MAX, i)
INTEGER(uint64, U64, V_U64, 0, UINT64_MAX, u)

// --- Reals

static bool is_subnormal(value v)
{
    return v.f != 0 && fabs(v.f) < (v.kind == V_F32 ? 0x1p-126 : 0x1p-1022);
}
static bool is_whole(value v)
{
    return isfinite(v.f) && v.f == trunc(v.f);
}
ASKED(real_is_nan, isnan(v.f))
ASKED(real_is_infinity, isinf(v.f))
ASKED(real_is_finite, isfinite(v.f))
ASKED(real_is_positive_infinity, isinf(v.f) && v.f > 0)
ASKED(real_is_negative_infinity, isinf(v.f) && v.f < 0)
ASKED(real_is_real, !isnan(v.f))
ASKED(real_is_negative, signbit(v.f))
ASKED(real_is_positive, !signbit(v.f))
ASKED(real_is_integer, is_whole(v))
ASKED(real_is_even, is_whole(v) && fmod(v.f, 2) == 0)
ASKED(real_is_odd, is_whole(v) && fmod(v.f, 2) != 0)
ASKED(real_is_normal, isfinite(v.f) && v.f != 0 && !is_subnormal(v))
ASKED(real_is_subnormal, is_subnormal(v))
ASKED(real_is_power, v.f > 0 && isfinite(v.f) && frexp(v.f, &(int){0}) == 0.5)

#define REAL_TYPE(symbol, type, kind_, max, epsilon)                                                         \
    CONSTANT(symbol##_max, ((value){.kind = kind_, .f = max}))                                               \
    CONSTANT(symbol##_min, ((value){.kind = kind_, .f = -max}))                                              \
    CONSTANT(symbol##_epsilon, ((value){.kind = kind_, .f = epsilon}))                                       \
    CONSTANT(symbol##_nan, ((value){.kind = kind_, .f = NAN}))                                               \
    CONSTANT(symbol##_infinity, ((value){.kind = kind_, .f = INFINITY}))                                     \
    CONSTANT(symbol##_minus, ((value){.kind = kind_, .f = -INFINITY}))                                       \
    CONSTANT(symbol##_pi, ((value){.kind = kind_, .f = LIKE_##symbol(M_PI)}))                                \
    CONSTANT(symbol##_e, ((value){.kind = kind_, .f = LIKE_##symbol(M_E)}))                                  \
    CONSTANT(symbol##_tau, ((value){.kind = kind_, .f = LIKE_##symbol(2 * M_PI)}))                           \
    CONSTANT(symbol##_minus_zero, ((value){.kind = kind_, .f = -0.0}))                                       \
    static const struct property symbol##_constants[] = {{"MinValue", symbol##_min, NULL},                   \
                                                         {"MaxValue", symbol##_max, NULL},                   \
                                                         {"Epsilon", symbol##_epsilon, NULL},                \
                                                         {"NegativeInfinity", symbol##_minus, NULL},         \
                                                         {"PositiveInfinity", symbol##_infinity, NULL},      \
                                                         {"NaN", symbol##_nan, NULL},                        \
                                                         {"NegativeZero", symbol##_minus_zero, NULL},        \
                                                         {"E", symbol##_e, NULL},                            \
                                                         {"Pi", symbol##_pi, NULL},                          \
                                                         {"Tau", symbol##_tau, NULL},                        \
                                                         {0}};                                               \
    static const struct method symbol##_statics[] = {                                                        \
        PARSES(type),                                                                                        \
        REAL_ROWS(type),                                                                                     \
        {"Hypot", math_hypot, type, P(type, type)},                                                          \
        {"Ieee754Remainder", math_remainder, type, P(type, type)},                                           \
        {"DegreesToRadians", math_radians, type, P(type)},                                                   \
        {"RadiansToDegrees", math_degrees, type, P(type)},                                                   \
        {"IsNaN", real_is_nan, BOOLEAN, P(type)},                                                            \
        {"IsInfinity", real_is_infinity, BOOLEAN, P(type)},                                                  \
        {"IsFinite", real_is_finite, BOOLEAN, P(type)},                                                      \
        {"IsPositiveInfinity", real_is_positive_infinity, BOOLEAN, P(type)},                                 \
        {"IsNegativeInfinity", real_is_negative_infinity, BOOLEAN, P(type)},                                 \
        {"IsRealNumber", real_is_real, BOOLEAN, P(type)},                                                    \
        {"IsNegative", real_is_negative, BOOLEAN, P(type)},                                                  \
        {"IsPositive", real_is_positive, BOOLEAN, P(type)},                                                  \
        {"IsInteger", real_is_integer, BOOLEAN, P(type)},                                                    \
        {"IsEvenInteger", real_is_even, BOOLEAN, P(type)},                                                   \
        {"IsOddInteger", real_is_odd, BOOLEAN, P(type)},                                                     \
        {"IsNormal", real_is_normal, BOOLEAN, P(type)},                                                      \
        {"IsSubnormal", real_is_subnormal, BOOLEAN, P(type)},                                                \
        {"IsPow2", real_is_power, BOOLEAN, P(type)},                                                         \
        {0}};                                                                                                \
    const struct type_members full_##symbol = {NULL, symbol##_statics, NULL, symbol##_constants};
#define LIKE_double(x) (x)
#define LIKE_single(x) (float)(x)
REAL_TYPE(double, F64, V_F64, 1.7976931348623157e308, 4.94065645841247e-324)
REAL_TYPE(single, F32, V_F32, 3.40282346638528859e38, 1.401298464324817e-45)
