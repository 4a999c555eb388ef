// base/datetime.h: .NET's calendar: ticks of 100 ns since 0001-01-01, their parts, their texts.
//
// Formats and texts are those of the invariant culture, which is jesh's only one (spec: language-core §11.1).
#ifndef BASE_DATETIME_H
#define BASE_DATETIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/zone.h"

enum date_kind { DATE_UNSPECIFIED, DATE_UTC, DATE_LOCAL };

#define TICKS_PER_MILLISECOND INT64_C(10000)
#define TICKS_PER_SECOND INT64_C(10000000)
#define TICKS_PER_MINUTE (60 * TICKS_PER_SECOND)
#define TICKS_PER_HOUR (60 * TICKS_PER_MINUTE)
#define TICKS_PER_DAY (24 * TICKS_PER_HOUR)
#define DATE_MAX_TICKS INT64_C(3155378975999999999)
#define UNIX_EPOCH_TICKS INT64_C(621355968000000000)

struct date_parts {
    int year, month, day; // 1..9999, 1..12, 1..31
    int hour, minute, second;
    int fraction;             // ticks within the second
    int weekday, day_of_year; // 0 Sunday; 1..366
};

void date_split(int64_t ticks, struct date_parts *ret_parts);
bool date_join(const struct date_parts *parts,
               int64_t *ret_ticks); // weekday and day_of_year are not read; false: no such time
bool date_is_leap(int year);
int date_month_days(int year, int month);
bool date_add_months(int64_t ticks, int months,
                     int64_t *ret_ticks); // the 31st becomes the last day of a shorter month
int date_iso_week(const struct date_parts *parts, int *ret_year); // ISO 8601 week and the year it belongs to
int64_t date_now_utc(void);

// A time of `kind` as an instant in UTC, and back; UNSPECIFIED counts as local. Cut to the calendar's ends.
int64_t date_to_utc(int64_t ticks, enum date_kind kind, const struct zone *zone);
int64_t date_to_local(int64_t ticks, enum date_kind kind, const struct zone *zone);

// Appends DateTime.ToString(format) ("" is "G"). False: not a format, or `out` failed; then `out` may hold a
// part.
bool date_format(int64_t ticks, enum date_kind kind, const struct zone *zone, const char *format, size_t size,
                 struct buf *out);

// What [datetime]'text' reads. Texts with an offset or Z give local time; without a date: the day of now
// (local ticks).
struct date_text {
    int64_t ticks;
    bool has_offset;
    int offset; // minutes east of UTC
};
bool date_read(const char *text, size_t size, int64_t now, struct date_text *ret_date);
bool date_read_iso(const char *text, size_t size,
                   struct date_text *ret_date); // yyyy-MM-ddTHH:mm:ss[.f][Z|±hh:mm] only
bool date_parse(const char *text, size_t size, const struct zone *zone, int64_t *ret_ticks,
                enum date_kind *ret_kind);

// What DateTime.ParseExact reads by a custom or standard format; parts that the format lacks are today's.
struct date_exact {
    int64_t ticks;
    bool utc, has_offset; // a Z; an offset, in minutes east of UTC
    int offset;
};
bool date_read_exact(const char *text, size_t size, const char *format, int64_t now, struct date_exact *ret);

// TimeSpan: ToString(format) ("" is "c"), and what [timespan]'text' reads.
bool span_format(int64_t ticks, const char *format, size_t size, struct buf *out);
enum span_result { SPAN_OK, SPAN_BAD, SPAN_OVERFLOW };
enum span_result span_parse(const char *text, size_t size, int64_t *ret_ticks);

#endif
