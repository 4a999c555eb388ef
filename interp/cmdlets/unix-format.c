#include "interp/cmdlets/unix-format.h"

#include <string.h>

// What a letter stands for: a .NET pattern, or NULL where a number is counted out below.
struct letter {
    char letter;
    const char *pattern;
};
static const struct letter letters[] = {
    {'A', "dddd"},     {'B', "MMMM"},        {'C', NULL},
    {'D', "MM/dd/yy"}, {'F', "yyyy-MM-dd"},  {'G', NULL},
    {'H', "HH"},       {'I', "hh"},          {'M', "mm"},
    {'R', "HH:mm"},    {'S', "ss"},          {'T', "HH:mm:ss"},
    {'U', NULL},       {'V', NULL},          {'W', NULL},
    {'X', "HH:mm:ss"}, {'Y', "yyyy"},        {'Z', "zz"},
    {'a', "ddd"},      {'b', "MMM"},         {'c', "ddd dd MMM yyyy HH:mm:ss"},
    {'d', "dd"},       {'e', NULL},          {'g', NULL},
    {'h', "MMM"},      {'j', NULL},          {'k', NULL},
    {'l', NULL},       {'m', "MM"},          {'n', NULL},
    {'p', "tt"},       {'r', "hh:mm:ss tt"}, {'s', NULL},
    {'t', NULL},       {'u', NULL},          {'w', NULL},
    {'x', "MM/dd/yy"}, {'y', "yy"},
};

static bool add_number(char letter, const struct date_parts *p, int64_t unix_seconds, struct buf *out)
{
    int iso_year, week = date_iso_week(p, &iso_year), hour = p->hour % 12 ? p->hour % 12 : 12;
    switch (letter) {
    case 'C':
        return buf_printf(out, "%d", p->year / 100);
    case 'G':
        return buf_printf(out, "%04d", iso_year);
    case 'V':
        return buf_printf(out, "%02d", week);
    case 'U':
    case 'W':
        return buf_printf(out, "%d", p->day_of_year / 7);
    case 'e':
        return buf_printf(out, "%2d", p->day);
    case 'g':
        return buf_printf(out, "%02d", iso_year % 100);
    case 'j':
        return buf_printf(out, "%03d", p->day_of_year);
    case 'k':
        return buf_printf(out, "%2d", p->hour);
    case 'l':
        return buf_printf(out, "%2d", hour);
    case 'n':
        return buf_add_char(out, '\n');
    case 's':
        return buf_printf(out, "%lld", (long long)unix_seconds);
    case 't':
        return buf_add_char(out, '\t');
    case 'u':
        return buf_printf(out, "%d", p->weekday ? p->weekday : 7);
    default:
        return buf_printf(out, "%d", p->weekday); // w
    }
}

static const struct letter *find(char c)
{
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i].letter == c)
            return &letters[i];
    return NULL;
}

bool unix_format(int64_t ticks, enum date_kind kind, const struct zone *zone, const char *format,
                 struct buf *out)
{
    struct date_parts parts;
    int64_t utc = date_to_utc(ticks, kind, zone);
    date_split(ticks, &parts);
    for (format += *format == '+'; *format; format++) {
        const struct letter *letter = *format == '%' && format[1] ? find(format[1]) : NULL;
        if (*format == '%' && format[1])
            format++; // a letter that stands for nothing is itself
        bool ok = !letter ? buf_add_char(out, *format)
                  : letter->pattern
                      ? date_format(ticks, kind, zone, letter->pattern, strlen(letter->pattern), out)
                      : add_number(letter->letter, &parts, (utc - UNIX_EPOCH_TICKS) / TICKS_PER_SECOND, out);
        if (!ok)
            return false;
    }
    return !out->failed;
}
