// interp/value/number-format.h: numbers by .NET's standard ("N2") and custom ("#,##0.00") formats, invariant
// culture.
#ifndef INTERP_NUMBER_FORMAT_H
#define INTERP_NUMBER_FORMAT_H

#include "base/buf.h"
#include "interp/value/value.h"

// value = 0.DIGITS * 10^scale; digits point into `store`; zero has none.
struct number_digits {
    struct buf store;
    int count, scale;
    bool negative;
    bool floating; // keeps the sign of a zero
};

// Exact digits of integers and decimals; those of a double to `precision` significant digits.
bool number_digits_of(struct interp *in, value v, int precision, struct number_digits *ret);
void number_digits_round(struct number_digits *digits, int count); // half away from zero

// False: no such format for this kind of number. `out` may then hold a part.
bool number_format_standard(struct interp *in, value v, char letter, int precision,
                            struct buf *out); // precision -1: none
bool number_format_custom(struct interp *in, value v, const char *spec, size_t size, struct buf *out);
bool number_format(struct interp *in, value v, const char *spec, size_t size, struct buf *out);

#endif
