#include "interp/value/datetime.h"

#include <time.h>

#include "interp/value/types.h"

static bool leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int date_days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap(year) ? 29 : days[month - 1];
}

static int64_t days_before_year(int year) {
    int64_t y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400;
}

static int year_of_day(int64_t day) {
    int year = (int)(day * 400 / 146097) + 1; // at most one off
    while (days_before_year(year) > day) year--;
    while (days_before_year(year + 1) <= day) year++;
    return year;
}

struct date date_split(int64_t ticks) {
    int64_t day = ticks / TICKS_PER_DAY, rest = ticks % TICKS_PER_DAY;
    struct date date = {.year = year_of_day(day), .month = 1, .week_day = (int)((day + 1) % 7)};
    int left = (int)(day - days_before_year(date.year));
    date.year_day = left + 1;
    while (left >= date_days_in_month(date.year, date.month)) left -= date_days_in_month(date.year, date.month++);
    date.day = left + 1;
    date.fraction = (int32_t)(rest % TICKS_PER_SECOND);
    int seconds = (int)(rest / TICKS_PER_SECOND);
    date.hour = seconds / 3600;
    date.minute = seconds / 60 % 60;
    date.second = seconds % 60;
    return date;
}

bool date_join(const struct date *date, int64_t *ret_ticks) {
    if (date->year < 1 || date->year > 9999 || date->month < 1 || date->month > 12 || date->day < 1 ||
        date->day > date_days_in_month(date->year, date->month) || date->hour < 0 || date->hour > 23 ||
        date->minute < 0 || date->minute > 59 || date->second < 0 || date->second > 59)
        return false;
    int64_t days = days_before_year(date->year) + date->day - 1;
    for (int month = 1; month < date->month; month++) days += date_days_in_month(date->year, month);
    int64_t seconds = date->hour * 3600 + date->minute * 60 + date->second;
    *ret_ticks = days * TICKS_PER_DAY + seconds * TICKS_PER_SECOND + date->fraction;
    return true;
}

value date_value(int64_t ticks, enum date_kind kind) {
    return (value){.kind = V_DATETIME, .aux = (uint32_t)kind, .i = ticks};
}

value timespan_value(int64_t ticks) { return (value){.kind = V_TIMESPAN, .i = ticks}; }

int64_t date_offset(int64_t ticks, bool from_utc) {
    time_t seconds = (time_t)((ticks - TICKS_OF_EPOCH) / TICKS_PER_SECOND);
    struct tm local;
    if (!localtime_r(&seconds, &local)) return 0;
    if (!from_utc) { // what was local is taken as UTC first; the second look is right except within a change of offset
        seconds -= local.tm_gmtoff;
        if (!localtime_r(&seconds, &local)) return 0;
    }
    return local.tm_gmtoff * (int64_t)TICKS_PER_SECOND;
}

int64_t date_to_utc(value date) {
    return date.aux == DATE_UTC ? date.i : date.i - date_offset(date.i, false);
}

value date_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t utc = TICKS_OF_EPOCH + now.tv_sec * (int64_t)TICKS_PER_SECOND + now.tv_nsec / 100;
    return date_value(utc + date_offset(utc, true), DATE_LOCAL);
}
