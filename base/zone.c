#include "base/zone.h"

#include <ctype.h>
#include <string.h>

#include "base/datetime.h"

struct reader {
    const char *at, *end;
};

static bool take(struct reader *in, char c)
{
    if (in->at == in->end || *in->at != c)
        return false;
    in->at++;
    return true;
}

static bool read_number(struct reader *in, int most, int *ret)
{
    int n = 0;
    const char *start = in->at;
    while (in->at < in->end && isdigit((unsigned char)*in->at) && in->at - start < 4)
        n = n * 10 + (*in->at++ - '0');
    if (in->at == start || n > most)
        return false;
    *ret = n;
    return true;
}

static bool read_name(struct reader *in, char ret_name[8])
{
    bool quoted = take(in, '<');
    size_t n = 0;
    while (in->at < in->end && n < 7 &&
           (isalpha((unsigned char)*in->at) ||
            (quoted && (isdigit((unsigned char)*in->at) || strchr("+-", *in->at)))))
        ret_name[n++] = *in->at++;
    ret_name[n] = '\0';
    return n >= (quoted ? 1 : 3) && (!quoted || take(in, '>'));
}

// [+-]hh[:mm[:ss]]; RFC 8536 allows up to 167 hours for the time of a change.
static bool read_time(struct reader *in, int32_t *ret_seconds)
{
    int hours = 0, minutes = 0, seconds = 0;
    bool minus = take(in, '-');
    if (!minus)
        take(in, '+');
    if (!read_number(in, 167, &hours) || (take(in, ':') && !read_number(in, 59, &minutes)) ||
        (take(in, ':') && !read_number(in, 59, &seconds)))
        return false;
    int32_t total = hours * 3600 + minutes * 60 + seconds;
    *ret_seconds = minus ? -total : total;
    return true;
}

static bool read_month_rule(struct reader *in, struct zone_change *ret)
{
    int month, week, weekday;
    if (!read_number(in, 12, &month) || month < 1 || !take(in, '.') || !read_number(in, 5, &week) ||
        week < 1 || !take(in, '.') || !read_number(in, 6, &weekday))
        return false;
    ret->form = 'M';
    ret->month = (uint8_t)month;
    ret->week = (uint8_t)week;
    ret->weekday = (uint8_t)weekday;
    return true;
}

static bool read_change(struct reader *in, struct zone_change *ret)
{
    int day = 0;
    ret->seconds = 7200;
    if (take(in, 'M')) {
        if (!read_month_rule(in, ret))
            return false;
    } else {
        ret->form = take(in, 'J') ? 'J' : 'N';
        if (!read_number(in, 365, &day))
            return false;
        ret->day = (uint16_t)day;
    }
    return !take(in, '/') || read_time(in, &ret->seconds);
}

static bool read_summer(struct reader *in, struct zone *zone)
{
    int32_t west;
    zone->has_summer = true;
    zone->summer_offset = zone->offset + 3600;
    if (!read_name(in, zone->summer_name))
        return false;
    if (in->at < in->end && *in->at != ',') {
        if (!read_time(in, &west))
            return false;
        zone->summer_offset = -west;
    }
    return take(in, ',') && read_change(in, &zone->start) && take(in, ',') && read_change(in, &zone->end);
}

bool zone_parse(const char *text, size_t size, struct zone *ret_zone)
{
    struct reader in = {text, text + size};
    struct zone zone = {0};
    int32_t west;
    if (!read_name(&in, zone.name) || !read_time(&in, &west))
        return false;
    zone.offset = -west;
    if (in.at < in.end && !read_summer(&in, &zone))
        return false;
    if (in.at != in.end)
        return false;
    *ret_zone = zone;
    return true;
}

static int change_day(const struct zone_change *change, int year) // day of the year from 0
{
    if (change->form == 'N')
        return change->day;
    if (change->form == 'J')
        return change->day - 1 + (date_is_leap(year) && change->day > 59);
    struct date_parts first = {.year = year, .month = change->month, .day = 1};
    int64_t ticks = 0;
    date_join(&first, &ticks);
    date_split(ticks, &first);
    int day = 1 + (change->weekday - first.weekday + 7) % 7 + 7 * (change->week - 1);
    while (day > date_month_days(year, change->month))
        day -= 7;
    return first.day_of_year - 1 + day - 1;
}

static int64_t change_ticks(const struct zone_change *change, int year)
{
    struct date_parts first = {.year = year, .month = 1, .day = 1};
    int64_t ticks = 0;
    date_join(&first, &ticks);
    return ticks + change_day(change, year) * TICKS_PER_DAY + change->seconds * TICKS_PER_SECOND;
}

static bool summer_at(const struct zone *zone, int64_t ticks, int32_t winter_shift, int32_t summer_shift)
{
    struct date_parts parts;
    if (!zone || !zone->has_summer || ticks < 0 || ticks > DATE_MAX_TICKS)
        return false;
    date_split(ticks, &parts);
    int64_t start = change_ticks(&zone->start, parts.year) - winter_shift * TICKS_PER_SECOND;
    int64_t end = change_ticks(&zone->end, parts.year) - summer_shift * TICKS_PER_SECOND;
    if (start <= end)
        return ticks >= start && ticks < end;
    return ticks >= start || ticks < end; // the southern half of the world
}

bool zone_is_summer(const struct zone *zone, int64_t utc_ticks)
{
    return zone && summer_at(zone, utc_ticks, zone->offset, zone->summer_offset);
}

int32_t zone_offset_utc(const struct zone *zone, int64_t utc_ticks)
{
    if (!zone)
        return 0;
    return zone_is_summer(zone, utc_ticks) ? zone->summer_offset : zone->offset;
}

int32_t zone_offset_local(const struct zone *zone, int64_t local_ticks)
{
    if (!zone)
        return 0;
    return summer_at(zone, local_ticks, 0, 0) ? zone->summer_offset : zone->offset;
}
