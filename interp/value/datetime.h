// interp/value/datetime.h: System.DateTime and System.TimeSpan: ticks of 100 ns since 0001-01-01, proleptic Gregorian.
#ifndef INTERP_DATETIME_H
#define INTERP_DATETIME_H

#include "base/buf.h"
#include "interp/value/value.h"

enum { TICKS_PER_MILLISECOND = 10000, TICKS_PER_SECOND = 10000000 };
#define TICKS_PER_DAY (86400LL * TICKS_PER_SECOND)
#define TICKS_MAX 3155378975999999999LL  // 9999-12-31T23:59:59.9999999
#define TICKS_OF_EPOCH 621355968000000000LL // 1970-01-01

struct date { int year, month, day, hour, minute, second, week_day, year_day; int32_t fraction; }; // fraction: ticks

struct date date_split(int64_t ticks);
bool date_join(const struct date *date, int64_t *ret_ticks); // false: no such date; week_day and year_day are not read
int date_days_in_month(int year, int month);
value date_value(int64_t ticks, enum date_kind kind);
value timespan_value(int64_t ticks);

// Local time is that of the TZ variable or /etc/localtime as the process saw it when it started.
int64_t date_offset(int64_t ticks, bool from_utc); // local minus UTC at that moment, in ticks
int64_t date_to_utc(value date);
value date_now(void); // local

// The invariant culture's general parse. False: not a date.
bool date_parse(const char *text, size_t size, value *ret);
bool timespan_parse(const char *text, size_t size, int64_t *ret_ticks);

// A standard ("o") or custom ("yyyy-MM-dd") format. False: no such format.
bool date_format(value date, const char *spec, size_t size, struct buf *out);
bool timespan_format(int64_t ticks, const char *spec, size_t size, struct buf *out);

#endif
