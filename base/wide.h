// base/wide.h: unsigned integers of 256 bits, as exact decimal arithmetic needs them between its steps.
#ifndef BASE_WIDE_H
#define BASE_WIDE_H

#include <stdbool.h>
#include <stdint.h>

enum { WIDE_WORDS = 8 };

struct wide {
    uint32_t word[WIDE_WORDS]; // least significant first
};

struct wide wide_from(uint64_t lo, uint32_t hi); // hi:lo
bool wide_is_zero(const struct wide *value);
int wide_compare(const struct wide *a, const struct wide *b);
unsigned wide_bits(const struct wide *value);             // position of the highest set bit, 0 for zero
void wide_add(struct wide *value, const struct wide *more); // wraps beyond 256 bits
void wide_subtract(struct wide *value, const struct wide *less);
void wide_multiply_small(struct wide *value, uint32_t factor);
uint32_t wide_divide_small(struct wide *value, uint32_t divisor); // returns the remainder
struct wide wide_multiply(const struct wide *a, const struct wide *b);
struct wide wide_divide(const struct wide *a, const struct wide *b, struct wide *ret_remainder); // b is not 0

#endif
