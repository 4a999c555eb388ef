// base/zone.h: local time without files: the time zone as POSIX writes it in TZ (1003.1 §8.3),
// "CET-1CEST,M3.5.0,M10.5.0/3".
//
// A session sees no /usr/share/zoneinfo; the launcher reads that rule outside (the last line of a TZif file,
// RFC 8536 §3.3) and hands it in as text.
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zone_change { // when daylight saving starts or ends, in local time before the change
    char form;       // 'M' month.week.day, 'J' day 1..365 without 29 February, 'N' day 0..365
    uint8_t month, week, weekday;
    uint16_t day;
    int32_t seconds; // after midnight, may be negative or beyond a day
};

struct zone {
    char name[8], summer_name[8];
    int32_t offset, summer_offset; // seconds east of UTC
    bool has_summer;
    struct zone_change start, end;
};

// False: not a POSIX rule; *ret_zone is untouched. An all-zero struct zone, and a NULL pointer, mean UTC.
bool zone_parse(const char *text, size_t size, struct zone *ret_zone);

// Seconds east of UTC that hold at an instant in UTC, or at a local time (the first of two where a time
// occurs twice).
int32_t zone_offset_utc(const struct zone *zone, int64_t utc_ticks);
int32_t zone_offset_local(const struct zone *zone, int64_t local_ticks);
bool zone_is_summer(const struct zone *zone, int64_t utc_ticks);

#endif
