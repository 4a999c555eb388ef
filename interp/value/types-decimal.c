// System.Decimal: made of other numbers and of its bits, and its statics.
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/types-numbers.h"
#include "interp/value/types-rows.h"

enum { SCALE_MOST = 28, SCALE_SHIFT = 16 };

METHOD(from_number)
{
    UNUSED;
    if (value_convert(in, args[0], DEC, ret))
        return true;
    value_set(&in->thrown, value_null);
    return method_throw(in, &type_overflow_exception, "The value is not within a decimal's range.");
}
static bool from_parts(struct interp *in, const int64_t part[3], bool negative, uint64_t scale, value *ret)
{
    struct decimal d = {.lo = (uint64_t)(uint32_t)part[1] << 32 | (uint32_t)part[0],
                        .hi = (uint32_t)part[2],
                        .scale = (uint8_t)scale,
                        .negative = negative};
    return decimal_new(in, d, ret);
}
METHOD(from_words)
{
    UNUSED;
    if (args[4].u > SCALE_MOST)
        return method_throw(in, &type_argument_range_exception, "A decimal has 28 places at most.");
    return from_parts(in, (int64_t[]){args[0].i, args[1].i, args[2].i}, args[3].b, args[4].u, ret);
}
METHOD(from_bits)
{
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The bits must not be $null.");
    const struct array *bits = args[0].array;
    uint32_t flags = bits->count == 4 ? (uint32_t)bits->items[3].i : UINT32_MAX;
    uint32_t scale = flags >> SCALE_SHIFT & 0xff;
    if (flags & 0x7f00ffff || scale > SCALE_MOST)
        return method_throw(in, &type_argument_exception, "These are not the bits of a decimal.");
    const value *part = bits->items;
    return from_parts(in, (int64_t[]){part[0].i, part[1].i, part[2].i}, flags >> 31, scale, ret);
}
static const struct method decimal_constructors[] = {{"new", from_number, DEC, P(I32)},
                                                     {"new", from_number, DEC, P(U32)},
                                                     {"new", from_number, DEC, P(I64)},
                                                     {"new", from_number, DEC, P(U64)},
                                                     {"new", from_number, DEC, P(F32)},
                                                     {"new", from_number, DEC, P(F64)},
                                                     {"new", from_bits, DEC, P(&type_int_array)},
                                                     {"new", from_words, DEC, P(I32, I32, I32, BOOLEAN, U8)},
                                                     {0}};

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
// Towards zero, as .NET's own casts go.
METHOD(decimal_to_number)
{
    (void)count;
    value whole;
    const struct type *to = self.type;
    if (to == F64 || to == F32)
        return value_convert(in, args[0], to, ret);
    if (!decimal_truncate_value(in, self, args, 1, &whole))
        return false;
    bool ok = value_convert(in, whole, to, ret);
    value_drop(whole);
    if (!ok)
        value_set(&in->thrown, value_null);
    return ok || method_throw(in, &type_overflow_exception, "The number does not fit.");
}
#define TO(name, to)                                                                                         \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        (void)self;                                                                                          \
        return decimal_to_number(in, (value){.kind = V_TYPE, .type = to}, args, count, ret);                 \
    }
TO(to_sbyte, I8)
TO(to_byte, U8)
TO(to_int16, I16)
TO(to_uint16, U16)
TO(to_int32, I32)
TO(to_uint32, U32)
TO(to_int64, I64)
TO(to_uint64, U64)
TO(to_single, F32)
TO(to_double, F64)
#define ASKED(name, expression)                                                                              \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        struct decimal d = args[0].decimal->number;                                                          \
        return UNUSED, *ret = value_bool(expression), true;                                                  \
    }
static bool is_whole(struct decimal d)
{
    return decimal_compare(d, decimal_round(d, 0, false)) == 0;
}
static bool halves(struct decimal d)
{
    struct decimal rest;
    return decimal_remainder(d, decimal_from_int64(2), &rest) && !rest.lo && !rest.hi;
}
ASKED(is_integer, is_whole(d))
ASKED(is_even, is_whole(d) && halves(d))
ASKED(is_odd, is_whole(d) && !halves(d))
ASKED(is_negative, d.negative)
ASKED(is_positive, !d.negative)
static bool scale_of(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = (value){.kind = V_U8, .u = self.decimal->number.scale}, true;
}
const struct property decimal_properties[] = {{"Scale", scale_of, NULL}, {0}};
static const struct method decimal_statics[] = {
    PARSES(DEC),
    {"GetBits", decimal_bits, &type_int_array, P(DEC)},
    {"Round", decimal_round_value, DEC, P(DEC)},
    {"Round", decimal_round_value, DEC, P(DEC, I32)},
    {"Round", decimal_round_value, DEC, P(DEC, I32, &type_midpoint_rounding)},
    {"Floor", decimal_floor_value, DEC, P(DEC)},
    {"Ceiling", decimal_ceiling_value, DEC, P(DEC)},
    {"Truncate", decimal_truncate_value, DEC, P(DEC)},
    {"Round", decimal_round_value, DEC, P(DEC, &type_midpoint_rounding)},
    {"ToSByte", to_sbyte, I8, P(DEC)},
    {"ToByte", to_byte, U8, P(DEC)},
    {"ToInt16", to_int16, I16, P(DEC)},
    {"ToUInt16", to_uint16, U16, P(DEC)},
    {"ToInt32", to_int32, I32, P(DEC)},
    {"ToUInt32", to_uint32, U32, P(DEC)},
    {"ToInt64", to_int64, I64, P(DEC)},
    {"ToUInt64", to_uint64, U64, P(DEC)},
    {"ToSingle", to_single, F32, P(DEC)},
    {"ToDouble", to_double, F64, P(DEC)},
    {"Abs", math_abs, DEC, P(DEC)},
    ORDERED(DEC),
    {"IsInteger", is_integer, BOOLEAN, P(DEC)},
    {"IsEvenInteger", is_even, BOOLEAN, P(DEC)},
    {"IsOddInteger", is_odd, BOOLEAN, P(DEC)},
    {"IsNegative", is_negative, BOOLEAN, P(DEC)},
    {"IsPositive", is_positive, BOOLEAN, P(DEC)},
    {"Add", number_add, DEC, P(DEC, DEC)},
    {"Subtract", number_subtract, DEC, P(DEC, DEC)},
    {"Multiply", number_multiply, DEC, P(DEC, DEC)},
    {"Divide", number_divide, DEC, P(DEC, DEC)},
    {"Remainder", number_rest, DEC, P(DEC, DEC)},
    {"Negate", number_negate, DEC, P(DEC)},
    {"Compare", number_compare, I32, P(DEC, DEC)},
    {0}};
const struct type_members full_decimal = {NULL, decimal_statics, decimal_constructors, decimal_constants};
