// interp/value/seeded.h: the numbers that .NET's Random gives for a seed.
#ifndef INTERP_SEEDED_H
#define INTERP_SEEDED_H

#include "interp/value/types.h"

void random_seed(struct random_numbers *numbers, int32_t seed);
int32_t random_sample(struct random_numbers *numbers);                             // [0, INT32_MAX)
double random_real(struct random_numbers *numbers);                                // [0, 1)
int32_t random_between(struct random_numbers *numbers, int32_t low, int32_t high); // [low, high)
uint64_t random_wide(struct random_numbers *numbers);
int64_t random_long(struct random_numbers *numbers, int64_t low, int64_t high); // [low, high)

void random_fill(struct random_numbers *numbers, uint8_t *bytes, size_t size);

#endif
