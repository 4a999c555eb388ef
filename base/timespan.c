// TimeSpan.ToString and TimeSpan.Parse of the invariant culture.
#include <string.h>

#include "base/datetime.h"

struct span_parts {
    bool negative;
    uint64_t days;
    int hours, minutes, seconds, fraction;
};

static struct span_parts span_split(int64_t ticks)
{
    uint64_t t = ticks < 0 ? -(uint64_t)ticks : (uint64_t)ticks;
    return (struct span_parts){
        .negative = ticks < 0,
        .days = t / (uint64_t)TICKS_PER_DAY,
        .hours = (int)(t / (uint64_t)TICKS_PER_HOUR % 24),
        .minutes = (int)(t / (uint64_t)TICKS_PER_MINUTE % 60),
        .seconds = (int)(t / (uint64_t)TICKS_PER_SECOND % 60),
        .fraction = (int)(t % (uint64_t)TICKS_PER_SECOND),
    };
}

static void fraction_digits(int fraction, char ret_digits[8])
{
    for (size_t i = 7; i-- > 0; fraction /= 10)
        ret_digits[i] = (char)('0' + fraction % 10);
    ret_digits[7] = '\0';
}

static bool format_constant(const struct span_parts *p, struct buf *out)
{
    if (p->negative)
        buf_add_char(out, '-');
    if (p->days)
        buf_printf(out, "%llu.", (unsigned long long)p->days);
    buf_printf(out, "%02d:%02d:%02d", p->hours, p->minutes, p->seconds);
    if (p->fraction)
        buf_printf(out, ".%07d", p->fraction);
    return !out->failed;
}

static bool format_general(const struct span_parts *p, bool whole, struct buf *out)
{
    char digits[8];
    size_t used = 7;
    fraction_digits(p->fraction, digits);
    while (!whole && used > 0 && digits[used - 1] == '0')
        used--;
    if (p->negative)
        buf_add_char(out, '-');
    if (p->days || whole)
        buf_printf(out, "%llu:", (unsigned long long)p->days);
    buf_printf(out, whole ? "%02d:%02d:%02d" : "%d:%02d:%02d", p->hours, p->minutes, p->seconds);
    if (used)
        buf_printf(out, ".%.*s", (int)used, digits);
    return !out->failed;
}

static bool add_fraction(const struct span_parts *p, char letter, size_t count, struct buf *out)
{
    char digits[8];
    if (count > 7)
        return false;
    fraction_digits(p->fraction, digits);
    while (letter == 'F' && count > 0 && digits[count - 1] == '0')
        count--;
    return buf_add(out, digits, count);
}

static bool add_field(const struct span_parts *p, char letter, size_t count, struct buf *out)
{
    int value = letter == 'h' ? p->hours : letter == 'm' ? p->minutes : p->seconds;
    if (letter == 'f' || letter == 'F')
        return add_fraction(p, letter, count, out);
    if (letter == 'd')
        return count <= 8 && buf_printf(out, "%0*llu", (int)count, (unsigned long long)p->days);
    return count <= 2 && buf_printf(out, "%0*d", (int)count, value);
}

static bool add_quoted(const char *format, size_t size, size_t *at, struct buf *out)
{
    char quote = format[(*at)++];
    while (*at < size && format[*at] != quote) {
        if (format[*at] == '\\' && ++*at == size)
            return false;
        buf_add_char(out, format[(*at)++]);
    }
    return (*at)++ < size;
}

// Unlike a date's, a time span's pattern has no bare literals: they are quoted or escaped.
static bool add_element(const struct span_parts *p, const char *format, size_t size, size_t *at,
                        struct buf *out)
{
    char c = format[*at];
    size_t count = 1;
    if (c == '\'' || c == '"')
        return add_quoted(format, size, at, out);
    if (c == '\\')
        return *at += 2, *at <= size && buf_add_char(out, format[*at - 1]);
    if (c == '%') {
        if (++*at == size || !strchr("dhmsfF", format[*at]))
            return false;
        return add_field(p, format[(*at)++], 1, out);
    }
    if (!c || !strchr("dhmsfF", c))
        return false;
    while (*at + count < size && format[*at + count] == c)
        count++;
    *at += count;
    return add_field(p, c, count, out);
}

bool span_format(int64_t ticks, const char *format, size_t size, struct buf *out)
{
    struct span_parts p = span_split(ticks);
    if (size == 0 || (size == 1 && strchr("ctT", *format) && *format))
        return format_constant(&p, out);
    if (size == 1)
        return (*format == 'g' || *format == 'G') && format_general(&p, *format == 'G', out);
    for (size_t at = 0; at < size;)
        if (!add_element(&p, format, size, &at, out))
            return false;
    return !out->failed;
}

// --- Reading
// --------------------------------------------------------------------------------------------------

struct span_reader {
    const char *at, *end;
    uint64_t numbers[5]; // in order of appearance; the fraction last
    char separators[4];
    size_t count;
    bool has_fraction, overflow;
};

static bool is_digit(const struct span_reader *in)
{
    return in->at < in->end && *in->at >= '0' && *in->at <= '9';
}

static bool read_number(struct span_reader *in)
{
    uint64_t value = 0;
    if (!is_digit(in) || in->count == 5)
        return false;
    for (; is_digit(in); in->at++) {
        value = value * 10 + (uint64_t)(*in->at - '0');
        if (value > 100000000)
            in->overflow = true, value = 100000000;
    }
    in->numbers[in->count++] = value;
    return true;
}

static bool read_fraction(struct span_reader *in)
{
    uint64_t value = 0;
    int digits = 0;
    for (; is_digit(in); in->at++, digits++) {
        if (digits < 7)
            value = value * 10 + (uint64_t)(*in->at - '0');
        else
            in->overflow = true; // more than 100 ns can hold
    }
    for (; digits > 0 && digits < 7; digits++)
        value *= 10;
    in->has_fraction = true;
    in->numbers[in->count++] = value;
    return digits > 0;
}

static bool read_parts(struct span_reader *in)
{
    if (!read_number(in))
        return false;
    while (in->at < in->end && (*in->at == ':' || *in->at == '.')) {
        size_t colons = 0;
        for (size_t i = 0; i + 1 < in->count; i++)
            colons += in->separators[i] == ':';
        char separator = *in->at++;
        in->separators[in->count - 1] = separator;
        if (separator == '.' && colons > 0)
            return in->count < 5 && read_fraction(in) && in->at == in->end;
        if (!read_number(in) || in->count == 5)
            return false;
    }
    return in->at == in->end;
}

// d | [d.]hh:mm[:ss[.f]] | d:hh:mm:ss[.f]
static bool arrange(const struct span_reader *in, uint64_t ret[5])
{
    size_t whole = in->count - in->has_fraction, at = 0;
    bool dotted = whole > 1 && in->separators[0] == '.';
    for (size_t i = 1; i + 1 < whole; i++)
        if (in->separators[i] == '.')
            return false;
    memset(ret, 0, 5 * sizeof *ret);
    if (whole == 1 && !in->has_fraction)
        return ret[0] = in->numbers[0], true;
    if (dotted && whole < 3)
        return false;
    if (in->has_fraction && whole < 3)
        return false;
    if (whole > 4)
        return false;
    if (dotted || whole == 4)
        ret[0] = in->numbers[at++];
    for (size_t i = 1; at < whole; i++)
        ret[i] = in->numbers[at++];
    if (in->has_fraction)
        ret[4] = in->numbers[whole];
    return true;
}

enum span_result span_parse(const char *text, size_t size, int64_t *ret_ticks)
{
    struct span_reader in = {.at = text, .end = text + size};
    uint64_t p[5];
    while (in.at < in.end && strchr(" \t\r\n", *in.at) && *in.at)
        in.at++;
    while (in.end > in.at && strchr(" \t\r\n", in.end[-1]) && in.end[-1])
        in.end--;
    bool negative = in.at < in.end && *in.at == '-';
    in.at += negative;
    if (!read_parts(&in) || !arrange(&in, p))
        return SPAN_BAD;
    if (in.overflow || p[0] > 10675199 || p[1] > 23 || p[2] > 59 || p[3] > 59)
        return SPAN_OVERFLOW;
    uint64_t ticks = p[0] * (uint64_t)TICKS_PER_DAY + p[1] * (uint64_t)TICKS_PER_HOUR +
                     p[2] * (uint64_t)TICKS_PER_MINUTE + p[3] * (uint64_t)TICKS_PER_SECOND + p[4];
    if (ticks > (uint64_t)INT64_MAX + negative)
        return SPAN_OVERFLOW;
    *ret_ticks = negative ? (int64_t)-ticks : (int64_t)ticks;
    return SPAN_OK;
}
