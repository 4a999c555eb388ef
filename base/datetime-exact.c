// DateTime.ParseExact of the invariant culture: a custom format read backwards.
#include <string.h>
#include <strings.h>

#include "base/datetime.h"

enum { FRACTION_DIGITS = 7 }; // ticks

struct exact {
    const char *at, *end;
    struct date_parts parts;
    bool pm, has_pm, utc, has_offset;
    int offset;
};
static bool digits(struct exact *exact, size_t least, size_t most, int *ret)
{
    size_t n = 0;
    for (*ret = 0; n < most && exact->at < exact->end && *exact->at >= '0' && *exact->at <= '9'; n++)
        *ret = *ret * 10 + *exact->at++ - '0';
    return n >= least;
}
static bool name_of(struct exact *exact, const char *const *names, size_t count, size_t letters, int *ret)
{
    for (size_t i = 0; i < count; i++) {
        size_t size = letters ? letters : strlen(names[i]);
        if ((size_t)(exact->end - exact->at) >= size && !strncasecmp(exact->at, names[i], size))
            return exact->at += size, *ret = (int)i, true;
    }
    return false;
}
static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};
static const char *const days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                   "Thursday", "Friday", "Saturday"};
static bool fraction(struct exact *exact, size_t count, bool optional)
{
    int n = 0;
    size_t read = 0;
    if (count > FRACTION_DIGITS)
        return false;
    for (; read < count && exact->at < exact->end && *exact->at >= '0' && *exact->at <= '9'; read++)
        n = n * 10 + *exact->at++ - '0';
    if (read < count && !optional)
        return false;
    for (size_t i = read; i < FRACTION_DIGITS; i++)
        n *= 10;
    return exact->parts.fraction = n, true;
}
static bool read_offset(struct exact *exact, size_t count)
{
    int hours, minutes = 0;
    if (exact->at == exact->end || (*exact->at != '+' && *exact->at != '-'))
        return false;
    bool minus = *exact->at++ == '-';
    if (!digits(exact, count > 1 ? 2 : 1, 2, &hours))
        return false;
    if (count > 2 && (exact->at == exact->end || *exact->at++ != ':' || !digits(exact, 2, 2, &minutes)))
        return false;
    exact->has_offset = true;
    return exact->offset = (hours * 60 + minutes) * (minus ? -1 : 1), true;
}
static bool year(struct exact *exact, size_t count)
{
    if (!digits(exact, count < 3 ? count : count, count < 3 ? 2 : 4, &exact->parts.year))
        return false;
    if (count < 3)
        exact->parts.year += exact->parts.year < 50 ? 2000 : 1900;
    return true;
}
static bool specifier(struct exact *exact, char letter, size_t count)
{
    static const char *const halves[] = {"AM", "PM"};
    int n = 0;
    switch (letter) {
    case 'y':
        return year(exact, count);
    case 'M':
        if (count < 3)
            return digits(exact, count, 2, &exact->parts.month);
        return name_of(exact, months, 12, count == 3 ? 3 : 0, &n) && (exact->parts.month = n + 1, true);
    case 'd':
        return count < 3 ? digits(exact, count, 2, &exact->parts.day)
                         : name_of(exact, days, 7, count == 3 ? 3 : 0, &n);
    case 'H':
    case 'h':
        return digits(exact, count > 1 ? 2 : 1, 2, &exact->parts.hour);
    case 'm':
        return digits(exact, count > 1 ? 2 : 1, 2, &exact->parts.minute);
    case 's':
        return digits(exact, count > 1 ? 2 : 1, 2, &exact->parts.second);
    case 'f':
        return fraction(exact, count, false);
    case 'F':
        return fraction(exact, count, true);
    case 't':
        return name_of(exact, halves, 2, count == 1, &n) && (exact->has_pm = true, exact->pm = n, true);
    case 'z':
        return read_offset(exact, count);
    case 'K':
        if (exact->at < exact->end && *exact->at == 'Z')
            return exact->at++, exact->utc = true;
        return exact->at == exact->end || read_offset(exact, 3);
    default:
        return false;
    }
}
static const char *standard(char letter)
{
    switch (letter) {
    case 'd':
        return "MM/dd/yyyy";
    case 'D':
        return "dddd, dd MMMM yyyy";
    case 't':
        return "HH:mm";
    case 'T':
        return "HH:mm:ss";
    case 'g':
        return "MM/dd/yyyy HH:mm";
    case 'G':
        return "MM/dd/yyyy HH:mm:ss";
    case 's':
        return "yyyy'-'MM'-'dd'T'HH':'mm':'ss";
    case 'u':
        return "yyyy'-'MM'-'dd HH':'mm':'ss'Z'";
    case 'o':
    case 'O':
        return "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK";
    case 'r':
    case 'R':
        return "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'";
    default:
        return NULL;
    }
}
static bool read_exact(struct exact *exact, const char *format)
{
    while (*format) {
        char quote = *format == '\'' || *format == '"' ? *format++ : 0;
        if (quote) {
            for (; *format && *format != quote; format++)
                if (exact->at == exact->end || *exact->at++ != *format)
                    return false;
            if (*format)
                format++;
        } else if (strchr("yMdHhmsfFtzK", *format)) {
            size_t count = strspn(format, (char[]){*format, 0});
            if (!specifier(exact, *format, count))
                return false;
            format += count;
        } else {
            if (*format == '%') {
                format++;
                continue;
            }
            if (*format == '\\' && format[1])
                format++;
            if (exact->at == exact->end || *exact->at++ != *format++)
                return false;
        }
    }
    return exact->at == exact->end;
}

bool date_read_exact(const char *text, size_t size, const char *format, int64_t now, struct date_exact *ret)
{
    struct date_parts today;
    date_split(now, &today);
    bool has_date = strpbrk(format, "yMd");
    struct exact exact = {
        .at = text,
        .end = text + size,
        .parts = {.year = today.year, .month = has_date ? 1 : today.month, .day = has_date ? 1 : today.day}};
    if (!format[1] && standard(*format))
        format = standard(*format);
    if (!read_exact(&exact, format))
        return false;
    if (exact.has_pm)
        exact.parts.hour = exact.parts.hour % 12 + (exact.pm ? 12 : 0);
    if (!date_join(&exact.parts, &ret->ticks))
        return false;
    ret->utc = exact.utc;
    ret->has_offset = exact.has_offset;
    ret->offset = exact.offset;
    return true;
}
