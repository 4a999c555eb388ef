#include "interp/cmdlets/random.h"

#include <errno.h>
#include <sys/random.h>

bool random_bytes(void *bytes, size_t size)
{
    char *at = bytes;
    while (size > 0) {
        ssize_t got = getrandom(at, size, 0);
        if (got < 0 && errno != EINTR)
            return false;
        at += got > 0 ? got : 0;
        size -= got > 0 ? (size_t)got : 0;
    }
    return true;
}

bool random_next(struct random *random, uint64_t *ret_bits)
{
    if (!random->seeded)
        return random_bytes(ret_bits, sizeof *ret_bits);
    uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15); // splitmix64
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    *ret_bits = z ^ (z >> 31);
    return true;
}

bool random_below(struct random *random, uint64_t bound, uint64_t *ret_number)
{
    uint64_t bits, uneven = bound ? -bound % bound : 0; // numbers below would favour the small ones
    do
        if (!random_next(random, &bits))
            return false;
    while (bits < uneven);
    *ret_number = bound ? bits % bound : bits;
    return true;
}

bool random_unit(struct random *random, double *ret_number)
{
    uint64_t bits;
    if (!random_next(random, &bits))
        return false;
    *ret_number = (double)(bits >> 11) * 0x1p-53;
    return true;
}
