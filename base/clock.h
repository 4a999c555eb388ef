// base/clock.h: time that passes, whatever is done to the time of day.
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

uint64_t clock_ms(void);   // milliseconds of CLOCK_MONOTONIC
int64_t clock_ticks(void); // 100 ns of the same

#endif
