#include "base/datetime.h"

#include <time.h>

enum { DAYS_PER_400_YEARS = 146097, DAYS_PER_100_YEARS = 36524, DAYS_PER_4_YEARS = 1461 };

static const int days_before[13] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

bool date_is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int before_month(int year, int month) // days of the year before the month, 1..13
{
    return days_before[month - 1] + (month > 2 && date_is_leap(year));
}

int date_month_days(int year, int month)
{
    return before_month(year, month + 1) - before_month(year, month);
}

static int64_t days_before_year(int year)
{
    int64_t y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400;
}

static int year_of_day(int64_t day, int *ret_day_of_year) // both from 0
{
    int64_t n400 = day / DAYS_PER_400_YEARS;
    day %= DAYS_PER_400_YEARS;
    int64_t n100 = day / DAYS_PER_100_YEARS < 4 ? day / DAYS_PER_100_YEARS : 3;
    day -= n100 * DAYS_PER_100_YEARS;
    int64_t n4 = day / DAYS_PER_4_YEARS;
    day %= DAYS_PER_4_YEARS;
    int64_t n1 = day / 365 < 4 ? day / 365 : 3;
    *ret_day_of_year = (int)(day - n1 * 365);
    return (int)(n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1);
}

void date_split(int64_t ticks, struct date_parts *ret_parts)
{
    struct date_parts p = {0};
    int64_t day = ticks / TICKS_PER_DAY, rest = ticks % TICKS_PER_DAY;
    int in_year;
    p.year = year_of_day(day, &in_year);
    p.day_of_year = in_year + 1;
    for (p.month = 1; before_month(p.year, p.month + 1) <= in_year; p.month++)
        ;
    p.day = in_year - before_month(p.year, p.month) + 1;
    p.weekday = (int)((day + 1) % 7); // 0001-01-01 was a Monday
    p.hour = (int)(rest / TICKS_PER_HOUR);
    p.minute = (int)(rest / TICKS_PER_MINUTE % 60);
    p.second = (int)(rest / TICKS_PER_SECOND % 60);
    p.fraction = (int)(rest % TICKS_PER_SECOND);
    *ret_parts = p;
}

bool date_join(const struct date_parts *p, int64_t *ret_ticks)
{
    if (p->year < 1 || p->year > 9999 || p->month < 1 || p->month > 12 || p->day < 1 ||
        p->day > date_month_days(p->year, p->month))
        return false;
    if (p->hour < 0 || p->hour > 23 || p->minute < 0 || p->minute > 59 || p->second < 0 || p->second > 59 ||
        p->fraction < 0 || p->fraction >= TICKS_PER_SECOND)
        return false;
    int64_t days = days_before_year(p->year) + before_month(p->year, p->month) + p->day - 1;
    *ret_ticks = days * TICKS_PER_DAY + p->hour * TICKS_PER_HOUR + p->minute * TICKS_PER_MINUTE +
                 p->second * TICKS_PER_SECOND + p->fraction;
    return true;
}

bool date_add_months(int64_t ticks, int months, int64_t *ret_ticks)
{
    struct date_parts p;
    date_split(ticks, &p);
    int64_t total = (int64_t)p.year * 12 + p.month - 1 + months;
    if (total < 12 || total >= 12 * 10000)
        return false;
    p.year = (int)(total / 12);
    p.month = (int)(total % 12) + 1;
    if (p.day > date_month_days(p.year, p.month))
        p.day = date_month_days(p.year, p.month);
    return date_join(&p, ret_ticks);
}

static int weeks_in_year(int year)
{
    int64_t first = days_before_year(year) % 7; // 0 Monday
    return first == 3 || (first == 2 && date_is_leap(year)) ? 53 : 52;
}

int date_iso_week(const struct date_parts *p, int *ret_year)
{
    int weekday = p->weekday ? p->weekday : 7;
    int week = (p->day_of_year - weekday + 10) / 7;
    *ret_year = p->year;
    if (week < 1) {
        *ret_year = p->year - 1;
        return p->year > 1 ? weeks_in_year(p->year - 1) : 52;
    }
    if (week > weeks_in_year(p->year)) {
        *ret_year = p->year + 1;
        return 1;
    }
    return week;
}

int64_t date_now_utc(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return UNIX_EPOCH_TICKS + now.tv_sec * TICKS_PER_SECOND + now.tv_nsec / 100;
}

static int64_t clamp(int64_t ticks)
{
    return ticks < 0 ? 0 : ticks > DATE_MAX_TICKS ? DATE_MAX_TICKS : ticks;
}

int64_t date_to_utc(int64_t ticks, enum date_kind kind, const struct zone *zone)
{
    return kind == DATE_UTC ? ticks : clamp(ticks - zone_offset_local(zone, ticks) * TICKS_PER_SECOND);
}

int64_t date_to_local(int64_t ticks, enum date_kind kind, const struct zone *zone)
{
    return kind == DATE_LOCAL ? ticks : clamp(ticks + zone_offset_utc(zone, ticks) * TICKS_PER_SECOND);
}
