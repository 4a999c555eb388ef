// The subtractive generator of 55 words that .NET has kept for seeds since its first version.
#include "interp/value/seeded.h"

#include <string.h>

enum { WORDS = 56, MSEED = 161803398, MBIG = INT32_MAX };

static int32_t wrap(int32_t number)
{
    return number < 0 ? number + MBIG : number;
}

void random_seed(struct random_numbers *numbers, int32_t seed)
{
    int32_t *words = numbers->seeds,
            last = MSEED - (seed == INT32_MIN ? INT32_MAX
                            : seed < 0        ? -seed
                                              : seed),
            next = 1;
    memset(words, 0, sizeof numbers->seeds);
    words[55] = last;
    for (int i = 1, at = 0; i < 55; i++) {
        at += 21;
        at -= at >= 55 ? 55 : 0;
        words[at] = next;
        next = wrap((int32_t)((uint32_t)last - (uint32_t)next));
        last = words[at];
    }
    for (int round = 1; round < 5; round++)
        for (int i = 1; i < WORDS; i++) {
            int other = i + 30;
            other -= other >= 55 ? 55 : 0;
            words[i] = wrap((int32_t)((uint32_t)words[i] - (uint32_t)words[1 + other]));
        }
    numbers->next = 0;
    numbers->pair = 21;
}

int32_t random_sample(struct random_numbers *numbers)
{
    if (++numbers->next >= WORDS)
        numbers->next = 1;
    if (++numbers->pair >= WORDS)
        numbers->pair = 1;
    int32_t sample =
        (int32_t)((uint32_t)numbers->seeds[numbers->next] - (uint32_t)numbers->seeds[numbers->pair]);
    if (sample == MBIG)
        sample--;
    return numbers->seeds[numbers->next] = wrap(sample);
}

double random_real(struct random_numbers *numbers)
{
    return random_sample(numbers) * (1.0 / MBIG);
}

// More than 2^31 wide: two samples, the second for the sign.
static double large_real(struct random_numbers *numbers)
{
    int32_t sample = random_sample(numbers);
    if (random_sample(numbers) % 2 == 0)
        sample = -sample;
    return (sample + (MBIG - 1.0)) / (2.0 * MBIG - 1.0);
}

int32_t random_between(struct random_numbers *numbers, int32_t low, int32_t high)
{
    int64_t range = (int64_t)high - low;
    if (range <= INT32_MAX)
        return (int32_t)(random_real(numbers) * (double)range) + low;
    return (int32_t)((int64_t)(large_real(numbers) * (double)range) + low);
}

uint64_t random_wide(struct random_numbers *numbers)
{
    uint64_t low = (uint32_t)random_between(numbers, 0, 1 << 22),
             middle = (uint32_t)random_between(numbers, 0, 1 << 22),
             high = (uint32_t)random_between(numbers, 0, 1 << 20);
    return low | middle << 22 | high << 44;
}

int64_t random_long(struct random_numbers *numbers, int64_t low, int64_t high)
{
    uint64_t range = (uint64_t)high - (uint64_t)low, number;
    if (range <= 1)
        return low;
    int bits = 64 - __builtin_clzll(range - 1);
    do
        number = random_wide(numbers) >> (64 - bits);
    while (number >= range);
    return (int64_t)((uint64_t)low + number);
}

void random_fill(struct random_numbers *numbers, uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)random_sample(numbers);
}
