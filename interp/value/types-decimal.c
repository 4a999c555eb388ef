// How a System.Decimal is made of other numbers, and of its bits.
#include "interp/eval/interp.h"
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
const struct method decimal_constructors[] = {{"new", from_number, DEC, P(I32)},
                                              {"new", from_number, DEC, P(U32)},
                                              {"new", from_number, DEC, P(I64)},
                                              {"new", from_number, DEC, P(U64)},
                                              {"new", from_number, DEC, P(F32)},
                                              {"new", from_number, DEC, P(F64)},
                                              {"new", from_bits, DEC, P(&type_int_array)},
                                              {"new", from_words, DEC, P(I32, I32, I32, BOOLEAN, U8)},
                                              {0}};
