#include "base/wide.h"

struct wide wide_from(uint64_t lo, uint32_t hi)
{
    return (struct wide){{(uint32_t)lo, (uint32_t)(lo >> 32), hi}};
}

bool wide_is_zero(const struct wide *value)
{
    return wide_bits(value) == 0;
}

int wide_compare(const struct wide *a, const struct wide *b)
{
    for (int i = WIDE_WORDS - 1; i >= 0; i--)
        if (a->word[i] != b->word[i])
            return a->word[i] < b->word[i] ? -1 : 1;
    return 0;
}

unsigned wide_bits(const struct wide *value)
{
    for (int i = WIDE_WORDS - 1; i >= 0; i--)
        if (value->word[i])
            return (unsigned)i * 32 + 32 - (unsigned)__builtin_clz(value->word[i]);
    return 0;
}

void wide_add(struct wide *value, const struct wide *more)
{
    uint64_t carry = 0;
    for (int i = 0; i < WIDE_WORDS; i++) {
        carry += (uint64_t)value->word[i] + more->word[i];
        value->word[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

void wide_subtract(struct wide *value, const struct wide *less)
{
    uint64_t borrow = 0;
    for (int i = 0; i < WIDE_WORDS; i++) {
        uint64_t difference = (uint64_t)value->word[i] - less->word[i] - borrow;
        value->word[i] = (uint32_t)difference;
        borrow = difference >> 63;
    }
}

void wide_multiply_small(struct wide *value, uint32_t factor)
{
    uint64_t carry = 0;
    for (int i = 0; i < WIDE_WORDS; i++) {
        carry += (uint64_t)value->word[i] * factor;
        value->word[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

uint32_t wide_divide_small(struct wide *value, uint32_t divisor)
{
    uint64_t remainder = 0;
    for (int i = WIDE_WORDS - 1; i >= 0; i--) {
        remainder = remainder << 32 | value->word[i];
        value->word[i] = (uint32_t)(remainder / divisor);
        remainder %= divisor;
    }
    return (uint32_t)remainder;
}

struct wide wide_multiply(const struct wide *a, const struct wide *b)
{
    struct wide product = {{0}};
    for (int i = 0; i < WIDE_WORDS; i++) {
        uint64_t carry = 0;
        for (int j = 0; i + j < WIDE_WORDS; j++) {
            carry += (uint64_t)a->word[i] * b->word[j] + product.word[i + j];
            product.word[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
    }
    return product;
}

static void shift_left_one(struct wide *value, unsigned bit)
{
    for (int i = WIDE_WORDS - 1; i > 0; i--)
        value->word[i] = value->word[i] << 1 | value->word[i - 1] >> 31;
    value->word[0] = value->word[0] << 1 | bit;
}

// Bit by bit: a quotient of decimals has at most 192 of them, and a division of decimals is rare.
struct wide wide_divide(const struct wide *a, const struct wide *b, struct wide *ret_remainder)
{
    struct wide quotient = {{0}}, remainder = {{0}};
    for (unsigned i = wide_bits(a); i-- > 0;) {
        shift_left_one(&remainder, a->word[i / 32] >> i % 32 & 1);
        shift_left_one(&quotient, 0);
        if (wide_compare(&remainder, b) >= 0) {
            wide_subtract(&remainder, b);
            quotient.word[0] |= 1;
        }
    }
    *ret_remainder = remainder;
    return quotient;
}
