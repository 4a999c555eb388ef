// System.Math and System.MathF; the number types have much of it as their own (types-numbers.c).
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/bigint.h"
#include "interp/value/enum.h"
#include "interp/value/numeric.h"
#include "interp/value/types-numbers.h"
#include "interp/value/types-rows.h"

static bool overflow(struct interp *in)
{
    return method_throw(in, &type_overflow_exception, "The result does not fit.");
}

// A result of the kind of the argument.
static value real_like(value like, double f)
{
    like.f = like.kind == V_F32 ? (float)f : f;
    return like;
}
#define REAL(name, expression)                                                                               \
    PUBLIC_METHOD(name)                                                                                      \
    {                                                                                                        \
        double x = args[0].f;                                                                                \
        return UNUSED, *ret = real_like(args[0], expression), true;                                          \
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
REAL(math_asinh, asinh(x))
REAL(math_acosh, acosh(x))
REAL(math_atanh, atanh(x))
REAL(math_exp, exp(x))
REAL(math_log, log(x))
REAL(math_log10, log10(x))
REAL(math_log2, log2(x))
REAL(math_floor, floor(x))
REAL(math_ceiling, ceil(x))
REAL(math_truncate, trunc(x))
REAL(math_reciprocal, 1 / x)
REAL(math_reciprocal_root, 1 / sqrt(x))
REAL(math_degrees, x *(180 / M_PI))
REAL(math_radians, x *(M_PI / 180))
REAL(math_next_up, args[0].kind == V_F32 ? nextafterf((float)x, INFINITY) : nextafter(x, INFINITY))
REAL(math_next_down, args[0].kind == V_F32 ? nextafterf((float)x, -INFINITY) : nextafter(x, -INFINITY))
#define REAL2(name, expression)                                                                              \
    PUBLIC_METHOD(name)                                                                                      \
    {                                                                                                        \
        double x = args[0].f, y = args[1].f;                                                                 \
        return UNUSED, *ret = real_like(args[0], expression), true;                                          \
    }
REAL2(math_pow, pow(x, y))
REAL2(math_atan2, atan2(x, y))
REAL2(math_log_base, y == 1 ? NAN : log(x) / log(y))
REAL2(math_remainder, remainder(x, y))
REAL2(math_copy_sign, copysign(x, y))
REAL2(math_hypot, hypot(x, y))
METHOD(math_scale)
{
    return UNUSED, *ret = real_like(args[0], scalbn(args[0].f, (int)args[1].i)), true;
}
METHOD(math_log_whole) // of 0 and of NaN .NET has limits of its own
{
    double x = args[0].f;
    int exponent = x == 0 ? INT32_MIN : isfinite(x) ? ilogb(x) : INT32_MAX;
    return UNUSED, *ret = value_int(exponent), true;
}
METHOD(math_multiply_add)
{
    return UNUSED, *ret = real_like(args[0], fma(args[0].f, args[1].f, args[2].f)), true;
}

PUBLIC_METHOD(decimal_floor_value)
{
    struct decimal d = args[0].decimal->number, r = decimal_round(d, 0, false);
    UNUSED;
    if (decimal_compare(r, d) > 0)
        decimal_subtract(r, decimal_from_int64(1), &r);
    return decimal_new(in, r, ret);
}
PUBLIC_METHOD(decimal_ceiling_value)
{
    struct decimal d = args[0].decimal->number, r = decimal_round(d, 0, false);
    UNUSED;
    if (decimal_compare(r, d) < 0)
        decimal_add(r, decimal_from_int64(1), &r);
    return decimal_new(in, r, ret);
}
PUBLIC_METHOD(decimal_truncate_value)
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
PUBLIC_METHOD(math_round)
{
    int64_t digits = count > 1 && args[1].kind == V_I32 ? args[1].i : 0,
            mode = args[count - 1].kind == V_ENUM ? args[count - 1].i : TO_EVEN;
    (void)self;
    if (digits < 0 || digits > (args[0].kind == V_F32 ? 6 : 15))
        return method_throw(in, &type_argument_range_exception, "That many digits cannot be kept.");
    double x = args[0].f, scale = pow(10, (double)digits);
    if (fabs(x) < 1e16)
        x = round_by(x * scale, mode) / scale;
    return *ret = real_like(args[0], x), true;
}
PUBLIC_METHOD(decimal_round_value)
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
PUBLIC_METHOD(math_abs)
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
PUBLIC_METHOD(math_sign)
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
PUBLIC_METHOD(math_max)
{
    UNUSED;
    if (is_nan(args[0]))
        return *ret = args[0], true;
    return *ret = value_keep(is_nan(args[1]) || numeric_compare(args[0], args[1]) < 0 ? args[1] : args[0]),
           true;
}
PUBLIC_METHOD(math_min)
{
    UNUSED;
    if (is_nan(args[0]))
        return *ret = args[0], true;
    return *ret = value_keep(is_nan(args[1]) || numeric_compare(args[0], args[1]) > 0 ? args[1] : args[0]),
           true;
}
PUBLIC_METHOD(math_clamp)
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
METHOD(math_big_mul_natural)
{
    return UNUSED, *ret = (value){.kind = V_U64, .u = args[0].u * args[1].u}, true;
}
// Both results as one ValueTuple.
static bool two_values(struct interp *in, const struct type *type, value first, value second, value *ret)
{
    char name[80];
    snprintf(name, sizeof name, "System.ValueTuple[%s,%s]", type->name, type->name);
    const struct type *pair = type_find_in(in, name, strlen(name));
    if (!pair || !object_new(in, pair, ret))
        return false;
    AS(fields, *ret)->at[0] = value_int(2);
    AS(fields, *ret)->at[1] = first;
    AS(fields, *ret)->at[2] = second;
    return true;
}
PUBLIC_METHOD(math_div_rem)
{
    value quotient, rest;
    (void)self;
    if (!args[1].i)
        return method_throw(in, &type_divide_exception, "Division by zero.");
    quotient = rest = args[0];
    if (args[0].kind == V_U64) {
        quotient.u = args[0].u / args[1].u;
        rest.u = args[0].u % args[1].u;
    } else if (args[1].i == -1 && smallest(args[0])) {
        return overflow(in);
    } else {
        quotient.i = args[0].i / args[1].i;
        rest.i = args[0].i % args[1].i;
    }
    if (count == 3)
        return *ret = quotient, reference_set(in, args[2], rest);
    return two_values(in, value_type(args[0]), quotient, rest, ret);
}
METHOD(math_sin_cos)
{
    value sine = real_like(args[0], sin(args[0].f)), cosine = real_like(args[0], cos(args[0].f));
    return UNUSED, two_values(in, value_type(args[0]), sine, cosine, ret);
}
// Of two numbers the one that lies further from zero, or nearer to it.
static bool by_magnitude(value a, value b, bool most, value *ret)
{
    double x = fabs(a.f), y = fabs(b.f);
    bool first = isnan(a.f) || (x != y ? (x > y) == most : signbit(b.f) == most);
    return *ret = first ? a : b, true;
}
PUBLIC_METHOD(math_max_magnitude)
{
    return UNUSED, by_magnitude(args[0], args[1], true, ret);
}
PUBLIC_METHOD(math_min_magnitude)
{
    return UNUSED, by_magnitude(args[0], args[1], false, ret);
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
#define DIV_ROW(type) {"DivRem", math_div_rem, OBJ, P(type, type)},
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
    {"Asinh", math_asinh, F64, P(F64)},
    {"Acosh", math_acosh, F64, P(F64)},
    {"Atanh", math_atanh, F64, P(F64)},
    {"SinCos", math_sin_cos, OBJ, P(F64)},
    {"ScaleB", math_scale, F64, P(F64, I32)},
    {"ILogB", math_log_whole, I32, P(F64)},
    {"FusedMultiplyAdd", math_multiply_add, F64, P(F64, F64, F64)},
    {"BitIncrement", math_next_up, F64, P(F64)},
    {"BitDecrement", math_next_down, F64, P(F64)},
    {"ReciprocalEstimate", math_reciprocal, F64, P(F64)},
    {"ReciprocalSqrtEstimate", math_reciprocal_root, F64, P(F64)},
    {"MaxMagnitude", math_max_magnitude, F64, P(F64, F64)},
    {"MinMagnitude", math_min_magnitude, F64, P(F64, F64)},
    {"BigMul", math_big_mul, I64, P(I32, I32)},
    {"BigMul", math_big_mul_natural, U64, P(U32, U32)},
    DIV_ROW(I8) DIV_ROW(U8) DIV_ROW(I16) DIV_ROW(U16) DIV_ROW(I32) DIV_ROW(U32) DIV_ROW(I64)
        DIV_ROW(U64){"DivRem", math_div_rem, I32, P(I32, I32, REF)},
    {"DivRem", math_div_rem, I64, P(I64, I64, REF)},
    {0}};
CONSTANT(math_pi, value_double(M_PI))
CONSTANT(math_e, value_double(M_E))
CONSTANT(math_tau, value_double(2 * M_PI))
static const struct property math_properties[] = {
    {"PI", math_pi, NULL}, {"E", math_e, NULL}, {"Tau", math_tau, NULL}, {0}};
const struct type_members full_math = {NULL, math_statics, NULL, math_properties};

CONSTANT(mathf_pi, ((value){.kind = V_F32, .f = (float)M_PI}))
CONSTANT(mathf_e, ((value){.kind = V_F32, .f = (float)M_E}))
CONSTANT(mathf_tau, ((value){.kind = V_F32, .f = (float)(2 * M_PI)}))
static const struct property mathf_properties[] = {
    {"PI", mathf_pi, NULL}, {"E", mathf_e, NULL}, {"Tau", mathf_tau, NULL}, {0}};
static const struct method mathf_statics[] = {
    REAL_ROWS(F32), {"IEEERemainder", math_remainder, F32, P(F32, F32)}, {0}};
const struct type_members full_mathf = {NULL, mathf_statics, NULL, mathf_properties};
