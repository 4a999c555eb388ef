// base/number.h: PowerShell's number literals and the exact 128-bit decimal, without any interpreter.
//
// The lexer reads literals with it, and the interpreter converts strings to numbers with it, since
// PowerShell uses its literal scanner for both (spec: numeric literals, suffixes, multipliers).
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum number_type {
    NUM_I8, NUM_U8, NUM_I16, NUM_U16, NUM_I32, NUM_U32, NUM_I64, NUM_U64,
    NUM_F64, NUM_DECIMAL, NUM_BIGINT,
};

// .NET's System.Decimal: (-1)^negative * (hi:lo as 96-bit integer) / 10^scale, scale 0..28.
struct decimal {
    uint64_t lo;
    uint32_t hi;
    uint8_t scale;
    bool negative;
};

struct number {
    enum number_type type;
    union {
        int64_t i;  // signed kinds
        uint64_t u; // unsigned kinds
        double f;
        struct decimal decimal;
        struct { const char *digits; size_t size; bool negative; } big; // decimal digits, no sign; owned by `arena` given
    };
};

struct arena;

enum number_flag {
    NUMBER_SIGN = 1 << 0,    // a leading + or - may stand before the digits
    NUMBER_BLANKS = 1 << 1,  // white space around is ignored (conversion of strings)
};

// Reads all of text as one literal: [digits][.digits][e[±]digits] | 0x… | 0b…, suffix (y uy s us l ul u d n),
// multiplier (kb mb gb tb pb). False: not a number, or it does not fit its type (BadNumericConstant).
// With NUMBER_BLANKS an empty text is the integer 0. `arena` may be NULL: then a BigInteger is refused.
bool number_parse(const char *text, size_t size, unsigned flags, struct arena *arena, struct number *ret_number);

// Bytes at the start of text that have the form of such a literal, whether or not its value fits; 0: none. What
// follows must be judged by the caller. *ret_malformed: it began as a number and cannot be one (1e, 5kx).
size_t number_scan(const char *text, size_t size, unsigned flags, bool *ret_malformed);

bool decimal_from_text(const char *text, size_t size, struct decimal *ret_value); // [+-]digits[.digits][e[±]n]; rounds half even
bool decimal_from_double(double value, struct decimal *ret_value);               // as .NET: 15 significant digits
double decimal_to_double(struct decimal value);
size_t decimal_to_text(struct decimal value, char ret_text[40]); // keeps the scale: 1.10
bool decimal_add(struct decimal a, struct decimal b, struct decimal *ret_value); // false: overflow
bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *ret_value);
bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *ret_value);
bool decimal_divide(struct decimal a, struct decimal b, struct decimal *ret_value); // b is not 0
bool decimal_remainder(struct decimal a, struct decimal b, struct decimal *ret_value);
int decimal_compare(struct decimal a, struct decimal b);
struct decimal decimal_round(struct decimal value, int digits, bool away_from_zero);
bool decimal_to_int64(struct decimal value, int64_t *ret_value);   // rounds half even; false: out of range
bool decimal_to_uint64(struct decimal value, uint64_t *ret_value);
struct decimal decimal_from_int64(int64_t value);
struct decimal decimal_from_uint64(uint64_t value);

#endif
