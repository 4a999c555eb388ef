// DateTime.ToString of the invariant culture: one letter names a whole pattern, anything else is a pattern.
#include <stdlib.h>
#include <string.h>

#include "base/datetime.h"

static const char *const day_names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                        "Thursday", "Friday", "Saturday"};
static const char *const month_names[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};

struct standard {
    char letter;
    const char *pattern;
};
static const struct standard standards[] = {
    {'D', "dddd, dd MMMM yyyy"},
    {'F', "dddd, dd MMMM yyyy HH:mm:ss"},
    {'G', "MM/dd/yyyy HH:mm:ss"},
    {'M', "MMMM dd"},
    {'O', "yyyy-MM-ddTHH:mm:ss.fffffffK"},
    {'R', "ddd, dd MMM yyyy HH:mm:ss 'GMT'"},
    {'T', "HH:mm:ss"},
    {'U', "dddd, dd MMMM yyyy HH:mm:ss"},
    {'Y', "yyyy MMMM"},
    {'d', "MM/dd/yyyy"},
    {'f', "dddd, dd MMMM yyyy HH:mm"},
    {'g', "MM/dd/yyyy HH:mm"},
    {'m', "MMMM dd"},
    {'o', "yyyy-MM-ddTHH:mm:ss.fffffffK"},
    {'r', "ddd, dd MMM yyyy HH:mm:ss 'GMT'"},
    {'s', "yyyy-MM-ddTHH:mm:ss"},
    {'t', "HH:mm"},
    {'u', "yyyy-MM-dd HH:mm:ss'Z'"},
    {'y', "yyyy MMMM"},
};

struct formatting {
    struct date_parts parts;
    enum date_kind kind;
    int32_t offset; // seconds east of UTC
    struct buf *out;
};

static bool add_fraction(struct formatting *f, char letter, size_t count)
{
    char digits[8];
    if (count > 7)
        return false;
    int value = f->parts.fraction;
    for (size_t i = 7; i-- > 0; value /= 10)
        digits[i] = (char)('0' + value % 10);
    if (letter == 'F') // trailing zeros go, and so does the point before them
        while (count > 0 && digits[count - 1] == '0')
            count--;
    if (count == 0 && f->out->size > 0 && f->out->data[f->out->size - 1] == '.') {
        f->out->size--;
        f->out->data[f->out->size] = '\0';
    }
    return buf_add(f->out, digits, count);
}

static bool add_offset(struct formatting *f, size_t count)
{
    int minutes = abs(f->offset) / 60;
    char sign = f->offset < 0 ? '-' : '+';
    if (count == 1)
        return buf_printf(f->out, "%c%d", sign, minutes / 60);
    if (count == 2)
        return buf_printf(f->out, "%c%02d", sign, minutes / 60);
    return buf_printf(f->out, "%c%02d:%02d", sign, minutes / 60, minutes % 60);
}

static bool add_kind(struct formatting *f)
{
    if (f->kind == DATE_UNSPECIFIED)
        return true;
    return f->kind == DATE_UTC ? buf_add_char(f->out, 'Z') : add_offset(f, 3);
}

static bool add_padded(struct formatting *f, int value, size_t count)
{
    return buf_printf(f->out, "%0*d", (int)(count > 2 ? 2 : count), value);
}

static bool add_name(struct formatting *f, const char *name, size_t count)
{
    return count == 3 ? buf_add(f->out, name, 3) : buf_add_text(f->out, name);
}

static bool add_year(struct formatting *f, size_t count)
{
    if (count <= 2)
        return buf_printf(f->out, "%0*d", (int)count, f->parts.year % 100);
    return count <= 512 && buf_printf(f->out, "%0*d", (int)count, f->parts.year);
}

static bool add_field(struct formatting *f, char letter, size_t count)
{
    const struct date_parts *p = &f->parts;
    switch (letter) {
    case 'd':
        return count > 2 ? add_name(f, day_names[p->weekday], count) : add_padded(f, p->day, count);
    case 'M':
        return count > 2 ? add_name(f, month_names[p->month - 1], count) : add_padded(f, p->month, count);
    case 'y':
        return add_year(f, count);
    case 'h':
        return add_padded(f, p->hour % 12 ? p->hour % 12 : 12, count);
    case 'H':
        return add_padded(f, p->hour, count);
    case 'm':
        return add_padded(f, p->minute, count);
    case 's':
        return add_padded(f, p->second, count);
    case 't':
        return buf_add(f->out, p->hour < 12 ? "AM" : "PM", count > 1 ? 2 : 1);
    case 'g':
        return buf_add_text(f->out, "A.D.");
    case 'z':
        return add_offset(f, count);
    default:
        return add_fraction(f, letter, count); // f F
    }
}

// A quoted part at *at; quotes of the other kind and escapes stand for themselves.
static bool add_quoted(struct formatting *f, const char *format, size_t size, size_t *at)
{
    char quote = format[(*at)++];
    while (*at < size && format[*at] != quote) {
        if (format[*at] == '\\' && ++*at == size)
            return false;
        if (!buf_add_char(f->out, format[(*at)++]))
            return false;
    }
    return (*at)++ < size;
}

static size_t run_length(const char *format, size_t size, size_t at)
{
    size_t end = at;
    while (end < size && format[end] == format[at])
        end++;
    return end - at;
}

static bool add_pattern(struct formatting *f, const char *format, size_t size);

static bool add_single(struct formatting *f, const char *format, size_t size, size_t *at) // %x
{
    if (*at + 1 >= size || format[*at + 1] == '%')
        return false;
    *at += 2;
    return add_pattern(f, format + *at - 1, 1);
}

static bool add_element(struct formatting *f, const char *format, size_t size, size_t *at)
{
    char c = format[*at];
    if (strchr("dMyhHmstgzfF", c) && c) {
        size_t count = run_length(format, size, *at);
        *at += count;
        return add_field(f, c, count);
    }
    if (c == '\'' || c == '"')
        return add_quoted(f, format, size, at);
    if (c == '%')
        return add_single(f, format, size, at);
    if (c == '\\' && ++*at == size)
        return false;
    if (c == 'K')
        return (*at)++, add_kind(f);
    return buf_add_char(f->out, format[(*at)++]);
}

static bool add_pattern(struct formatting *f, const char *format, size_t size)
{
    for (size_t at = 0; at < size;)
        if (!add_element(f, format, size, &at))
            return false;
    return !f->out->failed;
}

static const char *standard_pattern(char letter)
{
    for (size_t i = 0; i < sizeof standards / sizeof *standards; i++)
        if (standards[i].letter == letter)
            return standards[i].pattern;
    return NULL;
}

bool date_format(int64_t ticks, enum date_kind kind, const struct zone *zone, const char *format, size_t size,
                 struct buf *out)
{
    struct formatting f = {.kind = kind, .out = out};
    const char *pattern = size == 0 ? standard_pattern('G') : size == 1 ? standard_pattern(*format) : format;
    if (!pattern)
        return false;
    if (size == 1 && *format == 'U') {
        ticks = date_to_utc(ticks, kind, zone);
        f.kind = DATE_UTC;
    }
    f.offset = f.kind == DATE_UTC ? 0 : zone_offset_local(zone, ticks);
    date_split(ticks, &f.parts);
    return add_pattern(&f, pattern, pattern == format ? size : strlen(pattern));
}
