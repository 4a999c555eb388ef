// System.Numerics.BigInteger.
#include <math.h>

#include "interp/eval/interp.h"
#include "interp/value/bigint.h"
#include "interp/value/enum.h"
#include "interp/value/numeric.h"
#include "interp/value/types-numbers.h"
#include "interp/value/types-rows.h"

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
// --- Size and bytes

static double natural_log(value v)
{
    int64_t bits = (int64_t)bigint_bits(v), more = bits > 1000 ? bits - 1000 : 0;
    return log(bigint_scaled(v, (int)more)) + (double)more * M_LN2;
}
METHOD(bigint_log)
{
    return UNUSED, *ret = value_double(natural_log(args[0])), true;
}
METHOD(bigint_log_of)
{
    return UNUSED, *ret = value_double(natural_log(args[0]) / log(args[1].f)), true;
}
METHOD(bigint_log_ten)
{
    double small = bigint_bits(args[0]) <= 1000 ? bigint_to_double(args[0]) : 0;
    return UNUSED, *ret = value_double(small ? log10(small) : natural_log(args[0]) / M_LN10), true;
}
METHOD(bigint_div_rem)
{
    value rest;
    (void)count;
    if (!number_rest(in, self, args, 2, &rest))
        return false;
    bool ok = number_divide(in, self, args, 2, ret) && reference_set(in, args[2], rest);
    return value_drop(rest), ok;
}
METHOD(bigint_bytes)
{
    struct buf out = BUF_INIT;
    (void)count, (void)args;
    return bigint_to_bytes(self, &out) ? bytes_take(in, &out, ret) : (buf_free(&out), throw_memory(in));
}
METHOD(bigint_bit_length)
{
    return UNUSED, *ret = value_long((int64_t)bigint_length(self)), true;
}
static int sign_of(value v)
{
    return numeric_compare(v, value_int(0));
}
static bool is_power_of_two(value v)
{
    return sign_of(v) > 0 && bigint_ones(v) == 1;
}
#define ASKED(name, expression)                                                                              \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        value v = args[0];                                                                                   \
        return UNUSED, *ret = value_bool(expression), true;                                                  \
    }
ASKED(is_even, !bigint_is_odd(v))
ASKED(is_odd, bigint_is_odd(v))
ASKED(is_power, is_power_of_two(v))
ASKED(is_negative, sign_of(v) < 0)
ASKED(is_positive, sign_of(v) >= 0)
#define PROPERTY(name, v)                                                                                    \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, *ret = (v), true;                                                                   \
    }
PROPERTY(get_even, value_bool(!bigint_is_odd(self)))
PROPERTY(get_one, value_bool(numeric_compare(self, value_int(1)) == 0))
PROPERTY(get_zero, value_bool(bigint_is_zero(self)))
PROPERTY(get_power, value_bool(is_power_of_two(self)))
PROPERTY(get_sign, value_int(sign_of(self)))
const struct property bigint_properties[] = {{"IsPowerOfTwo", get_power, NULL}, {"IsZero", get_zero, NULL},
                                             {"IsOne", get_one, NULL},          {"IsEven", get_even, NULL},
                                             {"Sign", get_sign, NULL},          {0}};
static const struct method bigint_methods[] = {
    {"ToByteArray", bigint_bytes, BYTES}, {"GetBitLength", bigint_bit_length, I64}, {0}};

static const struct method bigint_statics[] = {PARSES(BIG),
                                               {"Pow", bigint_pow, BIG, P(BIG, I32)},
                                               {"Abs", bigint_abs, BIG, P(BIG)},
                                               {"GreatestCommonDivisor", bigint_gcd, BIG, P(BIG, BIG)},
                                               {"ModPow", bigint_mod_pow, BIG, P(BIG, BIG, BIG)},
                                               {"Add", number_add, BIG, P(BIG, BIG)},
                                               {"Subtract", number_subtract, BIG, P(BIG, BIG)},
                                               {"Multiply", number_multiply, BIG, P(BIG, BIG)},
                                               {"Divide", number_divide, BIG, P(BIG, BIG)},
                                               {"Remainder", number_rest, BIG, P(BIG, BIG)},
                                               {"Negate", number_negate, BIG, P(BIG)},
                                               {"Compare", number_compare, I32, P(BIG, BIG)},
                                               {"Log", bigint_log, F64, P(BIG)},
                                               {"Log", bigint_log_of, F64, P(BIG, F64)},
                                               {"Log10", bigint_log_ten, F64, P(BIG)},
                                               {"DivRem", bigint_div_rem, BIG, P(BIG, BIG, REF)},
                                               {"IsEvenInteger", is_even, BOOLEAN, P(BIG)},
                                               {"IsOddInteger", is_odd, BOOLEAN, P(BIG)},
                                               {"IsPow2", is_power, BOOLEAN, P(BIG)},
                                               {"IsNegative", is_negative, BOOLEAN, P(BIG)},
                                               {"IsPositive", is_positive, BOOLEAN, P(BIG)},
                                               ORDERED(BIG),
                                               {0}};
METHOD(bigint_new)
{
    return UNUSED, value_convert(in, args[0], BIG, ret);
}
METHOD(bigint_of_bytes)
{
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The bytes must not be $null.");
    struct buf bytes = BUF_INIT;
    bool ok = bytes_add(in, &bytes, args[0].array->items, args[0].array->count) &&
              bigint_from_bytes(in, (const unsigned char *)buf_text(&bytes), bytes.size, ret);
    return buf_free(&bytes), ok;
}
static const struct method bigint_constructors[] = {{"new", bigint_new, BIG, P(U32)},
                                                    {"new", bigint_new, BIG, P(F32)},
                                                    {"new", bigint_of_bytes, BIG, P(BYTES)},
                                                    {"new", bigint_new, BIG, P(I32)},
                                                    {"new", bigint_new, BIG, P(I64)},
                                                    {"new", bigint_new, BIG, P(U64)},
                                                    {"new", bigint_new, BIG, P(F64)},
                                                    {"new", bigint_new, BIG, P(DEC)},
                                                    {0}};
const struct type_members full_bigint = {bigint_methods, bigint_statics, bigint_constructors,
                                         bigint_constants};
