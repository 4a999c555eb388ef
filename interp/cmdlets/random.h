// interp/cmdlets/random.h: random bytes and numbers.
#ifndef CMDLETS_RANDOM_H
#define CMDLETS_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "interp/value/seeded.h"

// From the kernel (getrandom, of right BASE); false: none to be had.
bool random_bytes(void *bytes, size_t size);

// A stream of numbers: of the kernel, or of a seed (then it is what .NET's Random gives).
struct random {
    struct random_numbers *seeded; // NULL: of the kernel
};
bool random_below(const struct random *random, uint64_t bound, uint64_t *ret_number); // evenly; bound 0: any
bool random_unit(const struct random *random, double *ret_number);                    // 0 ≤ x < 1

#endif
