// interp/cmdlets/random.h: random bytes and numbers.
#ifndef CMDLETS_RANDOM_H
#define CMDLETS_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// From the kernel (getrandom, of right BASE); false: none to be had.
bool random_bytes(void *bytes, size_t size);

// A stream of numbers. One that was seeded always gives the same.
struct random {
    uint64_t state;
    bool seeded;
};
bool random_next(struct random *random, uint64_t *ret_bits);
bool random_below(struct random *random, uint64_t bound, uint64_t *ret_number); // evenly; bound 0: any
bool random_unit(struct random *random, double *ret_number);                    // 0 ≤ x < 1

#endif
