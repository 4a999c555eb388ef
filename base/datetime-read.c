// What DateTime.Parse reads in the invariant culture: dates and times in any usual order, names of months and
// days, AM and PM, an offset. Numbers without separators (20240305) are not dates.
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/datetime.h"

struct reader {
    const char *at, *end;
    int numbers[3], digits[3]; // the date's numbers in order, and how many digits each had
    size_t number_count;
    int month;       // named, or 0
    size_t month_at; // numbers before the name
    int weekday;     // named, or -1
    bool has_time, has_offset;
    int hour, minute, second, fraction;
    bool carry; // the fraction rounded up to a whole second
    int offset;
};

static const char *const names[] = {"january",   "february", "march",  "april",     "may",
                                    "june",      "july",     "august", "september", "october",
                                    "november",  "december", "sunday", "monday",    "tuesday",
                                    "wednesday", "thursday", "friday", "saturday"};

static bool digit_at(const struct reader *in, size_t ahead)
{
    return in->at + ahead < in->end && isdigit((unsigned char)in->at[ahead]);
}

static bool take(struct reader *in, char c)
{
    if (in->at == in->end || *in->at != c)
        return false;
    in->at++;
    return true;
}

static bool clock_at(const struct reader *in) // h: or hh:
{
    size_t colon = digit_at(in, 1) ? 2 : 1;
    return digit_at(in, 0) && in->at + colon < in->end && in->at[colon] == ':';
}

static void skip_blanks(struct reader *in)
{
    while (in->at < in->end && (isspace((unsigned char)*in->at) || *in->at == ','))
        in->at++;
}

static bool read_digits(struct reader *in, int most, int *ret_value, int *ret_digits)
{
    int value = 0, count = 0;
    for (; digit_at(in, 0); in->at++, count++) {
        if (count == most)
            return false;
        value = value * 10 + (*in->at - '0');
    }
    *ret_value = value;
    *ret_digits = count;
    return count > 0;
}

static void read_fraction(struct reader *in)
{
    int count = 0;
    bool up = false;
    in->fraction = 0;
    for (; digit_at(in, 0); in->at++, count++) {
        if (count < 7)
            in->fraction = in->fraction * 10 + (*in->at - '0');
        else if (count == 7)
            up = *in->at >= '5';
    }
    for (; count < 7; count++)
        in->fraction *= 10;
    if (up && ++in->fraction == TICKS_PER_SECOND) {
        in->fraction = 0;
        in->carry = true;
    }
}

static bool read_clock(struct reader *in, int hour) // after "hour:"
{
    int digits;
    if (in->has_time || !read_digits(in, 2, &in->minute, &digits))
        return false;
    in->hour = hour;
    in->has_time = true;
    if (!take(in, ':'))
        return true;
    if (!read_digits(in, 2, &in->second, &digits))
        return false;
    if (in->at < in->end && (*in->at == '.' || *in->at == ',') && digit_at(in, 1)) {
        in->at++;
        read_fraction(in);
    }
    return true;
}

static bool add_number(struct reader *in, int value, int digits)
{
    if (in->number_count == 3)
        return false;
    in->numbers[in->number_count] = value;
    in->digits[in->number_count++] = digits;
    return true;
}

// A number and what its separator makes of it: part of a time, of a date, or a day or year beside a named
// month.
static bool read_number(struct reader *in)
{
    int value, digits;
    if (!read_digits(in, 9, &value, &digits) || digits > 4)
        return false;
    if (take(in, ':'))
        return read_clock(in, value);
    const char *at = in->at;
    while (at < in->end && *at == ' ')
        at++;
    if (!in->has_time && digits <= 2 && at + 1 < in->end && strchr("aApP", *at) && strchr("mM", at[1])) {
        in->hour = value;
        return in->has_time = true;
    }
    if (!add_number(in, value, digits))
        return false;
    if (in->at < in->end && strchr("/-.", *in->at) && *in->at)
        in->at++;
    return true;
}

static bool read_offset(struct reader *in)
{
    bool minus = *in->at++ == '-';
    int hours, minutes = 0, digits;
    if (in->has_offset || !read_digits(in, 4, &hours, &digits))
        return false;
    if (digits > 2) {
        minutes = hours % 100;
        hours /= 100;
    } else if (take(in, ':') && !read_digits(in, 2, &minutes, &digits)) {
        return false;
    }
    in->offset = (hours * 60 + minutes) * (minus ? -1 : 1);
    in->has_offset = true;
    return minutes < 60 && hours * 60 + minutes <= 14 * 60;
}

static bool set_half_day(struct reader *in, bool afternoon)
{
    if (!in->has_time || in->hour > (afternoon ? 23 : 12))
        return false;
    if (afternoon && in->hour < 12)
        in->hour += 12;
    else if (!afternoon && in->hour == 12)
        in->hour = 0;
    return true;
}

static bool set_name(struct reader *in, size_t name)
{
    if (name >= 12) {
        in->weekday = (int)name - 12;
        return true;
    }
    if (in->month)
        return false;
    in->month = (int)name + 1;
    in->month_at = in->number_count;
    return true;
}

static bool read_word(struct reader *in)
{
    const char *word = in->at;
    while (in->at < in->end && isalpha((unsigned char)*in->at))
        in->at++;
    size_t size = (size_t)(in->at - word);
    if (size == 1 && toupper((unsigned char)*word) == 'T')
        return in->number_count == 3 && clock_at(in);
    if ((size == 1 && toupper((unsigned char)*word) == 'Z') || (size == 3 && !strncasecmp(word, "GMT", 3)))
        return !in->has_offset && in->has_time && (in->has_offset = true);
    if ((size == 2 && toupper((unsigned char)word[1]) == 'M') || size == 1)
        return strchr("aApP", *word) && set_half_day(in, toupper((unsigned char)*word) == 'P');
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((size == 3 || size == strlen(names[i])) && !strncasecmp(word, names[i], size)) {
            if (in->at < in->end && strchr(".-/", *in->at) && *in->at)
                in->at++;
            return set_name(in, i);
        }
    return false;
}

static bool read_all(struct reader *in)
{
    for (skip_blanks(in); in->at < in->end; skip_blanks(in)) {
        bool fine = false;
        if (digit_at(in, 0))
            fine = read_number(in);
        else if (isalpha((unsigned char)*in->at))
            fine = read_word(in);
        else if ((*in->at == '+' || *in->at == '-') && digit_at(in, 1) &&
                 (in->has_time || in->number_count == 3))
            fine = read_offset(in);
        if (!fine)
            return false;
    }
    return true;
}

static int whole_year(int value, int digits)
{
    if (digits > 2)
        return value;
    return value < 50 ? 2000 + value : 1900 + value; // TwoDigitYearMax of the invariant calendar is 2049
}

static bool named_month(const struct reader *in, struct date_parts *date)
{
    date->month = in->month;
    if (in->number_count == 0)
        return date->day = 1, true;
    if (in->number_count == 1) {
        bool year = in->digits[0] > 2 || in->numbers[0] > 31;
        if (year)
            date->year = whole_year(in->numbers[0], in->digits[0]);
        date->day = year ? 1 : in->numbers[0];
        return true;
    }
    if (in->number_count == 3)
        return false;
    bool year_first = in->digits[0] > 2;
    date->year = whole_year(in->numbers[!year_first], in->digits[!year_first]);
    date->day = in->numbers[year_first];
    return true;
}

static bool numbered_month(const struct reader *in, struct date_parts *date)
{
    bool year_first = in->digits[0] > 2;
    if (in->number_count == 2) {
        bool year_last = in->digits[1] > 2;
        date->month = in->numbers[year_first];
        date->day = year_first || year_last ? 1 : in->numbers[1];
        if (year_first || year_last)
            date->year = whole_year(in->numbers[year_last], in->digits[year_last]);
        return true;
    }
    if (in->number_count != 3)
        return false;
    date->year = whole_year(in->numbers[year_first ? 0 : 2], in->digits[year_first ? 0 : 2]);
    date->month = in->numbers[year_first ? 1 : 0];
    date->day = in->numbers[year_first ? 2 : 1];
    return true;
}

static bool arrange(struct reader *in, int64_t now, struct date_parts *date)
{
    struct date_parts today;
    date_split(now, &today);
    *date = (struct date_parts){.year = today.year,
                                .hour = in->hour,
                                .minute = in->minute,
                                .second = in->second,
                                .fraction = in->fraction};
    if (in->month)
        return named_month(in, date);
    if (in->number_count)
        return numbered_month(in, date);
    date->month = today.month;
    date->day = today.day;
    return in->has_time;
}

bool date_read(const char *text, size_t size, int64_t now, struct date_text *ret_date)
{
    struct reader in = {.at = text, .end = text + size, .weekday = -1};
    struct date_parts date;
    int64_t ticks;
    while (in.end > in.at && in.end[-1] == '\0')
        in.end--;
    if (!read_all(&in) || !arrange(&in, now, &date) || !date_join(&date, &ticks))
        return false;
    ticks += in.carry ? TICKS_PER_SECOND : 0;
    date_split(ticks <= DATE_MAX_TICKS ? ticks : DATE_MAX_TICKS, &date);
    if (ticks > DATE_MAX_TICKS || (in.weekday >= 0 && in.weekday != date.weekday))
        return false;
    *ret_date = (struct date_text){ticks, in.has_offset, in.offset};
    return true;
}

// --- ISO 8601, as JSON writes it
// --------------------------------------------------------------------------------

static bool fixed(struct reader *in, int count, int *ret)
{
    int digits;
    const char *end = in->end;
    if (in->end - in->at < count)
        return false;
    in->end = in->at + count;
    bool fine = read_digits(in, count, ret, &digits) && digits == count;
    in->end = end;
    return fine;
}

static bool iso_zone(struct reader *in)
{
    int hours, minutes = 0;
    if (in->at == in->end)
        return true;
    in->has_offset = true;
    if (take(in, 'Z'))
        return in->at == in->end;
    bool minus = *in->at == '-';
    if (!take(in, '-') && !take(in, '+'))
        return false;
    if (!fixed(in, 2, &hours) || (in->at < in->end && ((take(in, ':') || true) && !fixed(in, 2, &minutes))))
        return false;
    in->offset = (hours * 60 + minutes) * (minus ? -1 : 1);
    return in->at == in->end && minutes < 60 && hours <= 14;
}

bool date_read_iso(const char *text, size_t size, struct date_text *ret_date)
{
    struct reader in = {.at = text, .end = text + size};
    struct date_parts p = {0};
    int64_t ticks;
    if (!fixed(&in, 4, &p.year) || !take(&in, '-') || !fixed(&in, 2, &p.month) || !take(&in, '-') ||
        !fixed(&in, 2, &p.day) || !take(&in, 'T') || !fixed(&in, 2, &p.hour) || !take(&in, ':') ||
        !fixed(&in, 2, &p.minute) || !take(&in, ':') || !fixed(&in, 2, &p.second))
        return false;
    if (take(&in, '.')) {
        if (!digit_at(&in, 0))
            return false;
        read_fraction(&in);
    }
    p.fraction = in.fraction;
    if (!iso_zone(&in) || !date_join(&p, &ticks) || in.carry)
        return false;
    *ret_date = (struct date_text){ticks, in.has_offset, in.offset};
    return true;
}

bool date_parse(const char *text, size_t size, const struct zone *zone, int64_t *ret_ticks,
                enum date_kind *ret_kind)
{
    struct date_text read;
    if (!date_read(text, size, date_to_local(date_now_utc(), DATE_UTC, zone), &read))
        return false;
    *ret_kind = read.has_offset ? DATE_LOCAL : DATE_UNSPECIFIED;
    int64_t utc = read.ticks - read.offset * TICKS_PER_MINUTE;
    if (read.has_offset && (utc < 0 || utc > DATE_MAX_TICKS))
        return false;
    *ret_ticks = read.has_offset ? date_to_local(utc, DATE_UTC, zone) : read.ticks;
    return true;
}
