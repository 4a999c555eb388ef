// interp/value/types-numbers.h: what several kinds of numbers have among their statics.
#ifndef INTERP_TYPES_NUMBERS_H
#define INTERP_TYPES_NUMBERS_H

#include "interp/value/objects.h"

// types-math.c. Of reals, the result is of the kind of the first argument.
method_function math_abs, math_sign, math_max, math_min, math_clamp, math_div_rem, math_max_magnitude,
    math_min_magnitude, math_round, math_sqrt, math_cbrt, math_sin, math_cos, math_tan, math_asin, math_acos,
    math_atan, math_sinh, math_cosh, math_tanh, math_asinh, math_acosh, math_atanh, math_exp, math_log,
    math_log10, math_log2, math_floor, math_ceiling, math_truncate, math_pow, math_atan2, math_log_base,
    math_remainder, math_copy_sign, math_hypot, math_degrees, math_radians, math_next_up, math_next_down,
    math_reciprocal, math_reciprocal_root;
method_function decimal_floor_value, decimal_ceiling_value, decimal_truncate_value, decimal_round_value;

// types-numbers.c: self is the type.
method_function number_parse_text, number_try_parse, number_add, number_subtract, number_multiply,
    number_divide, number_rest, number_negate, number_compare;

#define PARSES(type)                                                                                         \
    {"Parse", number_parse_text, type, P(STR)},                                                              \
        {"Parse", number_parse_text, type, P(STR, &type_number_styles)},                                     \
        {"Parse", number_parse_text, type, P(STR, PROVIDER)},                                                \
        {"Parse", number_parse_text, type, P(STR, &type_number_styles, PROVIDER)},                           \
        {"TryParse", number_try_parse, BOOLEAN, P(STR, REF)},                                                \
        {"TryParse", number_try_parse, BOOLEAN, P(STR, PROVIDER, REF)},                                      \
    {                                                                                                        \
        "TryParse", number_try_parse, BOOLEAN, P(STR, &type_number_styles, PROVIDER, REF)                    \
    }
#define ORDERED(type)                                                                                        \
    {"Max", math_max, type, P(type, type)}, {"Min", math_min, type, P(type, type)},                          \
        {"Clamp", math_clamp, type, P(type, type, type)},                                                    \
    {                                                                                                        \
        "Sign", math_sign, I32, P(type)                                                                      \
    }
#define REAL_ROWS(type)                                                                                      \
    ORDERED(type), {"Abs", math_abs, type, P(type)}, {"Round", math_round, type, P(type)},                   \
        {"Round", math_round, type, P(type, I32)},                                                           \
        {"Round", math_round, type, P(type, &type_midpoint_rounding)},                                       \
        {"Round", math_round, type, P(type, I32, &type_midpoint_rounding)},                                  \
        {"Floor", math_floor, type, P(type)}, {"Ceiling", math_ceiling, type, P(type)},                      \
        {"Truncate", math_truncate, type, P(type)}, {"Pow", math_pow, type, P(type, type)},                  \
        {"Sqrt", math_sqrt, type, P(type)}, {"Cbrt", math_cbrt, type, P(type)},                              \
        {"Exp", math_exp, type, P(type)}, {"Log", math_log, type, P(type)},                                  \
        {"Log", math_log_base, type, P(type, type)}, {"Log10", math_log10, type, P(type)},                   \
        {"Log2", math_log2, type, P(type)}, {"Sin", math_sin, type, P(type)},                                \
        {"Cos", math_cos, type, P(type)}, {"Tan", math_tan, type, P(type)},                                  \
        {"Asin", math_asin, type, P(type)}, {"Acos", math_acos, type, P(type)},                              \
        {"Atan", math_atan, type, P(type)}, {"Atan2", math_atan2, type, P(type, type)},                      \
        {"Sinh", math_sinh, type, P(type)}, {"Cosh", math_cosh, type, P(type)},                              \
        {"Tanh", math_tanh, type, P(type)}, {"Asinh", math_asinh, type, P(type)},                            \
        {"Acosh", math_acosh, type, P(type)}, {"Atanh", math_atanh, type, P(type)},                          \
        {"BitIncrement", math_next_up, type, P(type)}, {"BitDecrement", math_next_down, type, P(type)},      \
        {"MaxMagnitude", math_max_magnitude, type, P(type, type)},                                           \
        {"MinMagnitude", math_min_magnitude, type, P(type, type)},                                           \
    {                                                                                                        \
        "CopySign", math_copy_sign, type, P(type, type)                                                      \
    }
#define CONSTANT(name, v)                                                                                    \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, (void)self, *ret = (v), true;                                                       \
    }

#endif
