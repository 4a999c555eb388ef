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

static bool kernel_below(uint64_t bound, uint64_t *ret_number)
{
    uint64_t bits, uneven = bound ? -bound % bound : 0; // numbers below would favour the small ones
    do
        if (!random_bytes(&bits, sizeof bits))
            return false;
    while (bits < uneven);
    *ret_number = bound ? bits % bound : bits;
    return true;
}

// PowerShell makes its numbers of the generator's bytes.
static double seeded_unit(struct random_numbers *numbers)
{
    int32_t sample;
    do {
        random_fill(numbers, (uint8_t *)&sample, sizeof sample);
        sample += sample < 0 ? INT32_MAX : 0;
    } while (sample == INT32_MAX);
    return sample * (1.0 / INT32_MAX);
}

static uint64_t seeded_below(struct random_numbers *numbers, uint64_t bound)
{
    uint64_t bits, mask = bound ? UINT64_MAX >> __builtin_clzll(bound) : UINT64_MAX;
    if (bound && bound <= INT32_MAX)
        return (uint64_t)(seeded_unit(numbers) * (double)bound);
    do
        random_fill(numbers, (uint8_t *)&bits, sizeof bits);
    while (bound && (bits & mask) >= bound);
    return bits & mask;
}

bool random_below(const struct random *random, uint64_t bound, uint64_t *ret_number)
{
    if (!random->seeded)
        return kernel_below(bound, ret_number);
    return *ret_number = seeded_below(random->seeded, bound), true;
}

bool random_unit(const struct random *random, double *ret_number)
{
    uint64_t bits;
    if (random->seeded)
        return *ret_number = seeded_unit(random->seeded), true;
    if (!random_bytes(&bits, sizeof bits))
        return false;
    *ret_number = (double)(bits >> 11) * 0x1p-53;
    return true;
}
