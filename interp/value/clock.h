// interp/value/clock.h: what DateTimeOffset, DateOnly and TimeOnly share. Each holds in at[0] what its clock
// shows, as a date or a time span.
#ifndef INTERP_CLOCK_H
#define INTERP_CLOCK_H

#include "interp/value/objects.h"

#define DAY_ONLY &type_date_only
#define TIME_ONLY &type_time_only
#define CLOCK(v) AS(fields, v)->at[0].i

// A DateTimeOffset of what the clock shows and how far east it stands, in ticks.
bool date_offset_new(struct interp *in, int64_t clock, int64_t east, value *ret) __attribute__((weak));

bool clock_out_of_range(struct interp *in); // these throw, and are false
bool clock_bad_text(struct interp *in, value text);
bool clock_need_text(struct interp *in, value text); // true: it is not $null
bool clock_months_later(struct interp *in, value self, int64_t months, int64_t *ret);
bool clock_formatted(struct interp *in, value self, const char *spec, value *ret);
// What TryParse answers: takes `made` where ok, else the reference gets the type's zero.
bool clock_try_result(struct interp *in, value reference, bool ok, value made, const struct type *type,
                      value *ret);
method_function clock_text, clock_order, clock_equals;

#endif
