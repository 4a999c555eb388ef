// .NET's date and time formats, invariant culture.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interp/value/datetime.h"

static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
                                     "August", "September", "October", "November", "December"};
static const char *const week_days[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

static const char *standard_pattern(char spec) {
    switch (spec) {
    case 'd': return "MM/dd/yyyy";
    case 'D': return "dddd, dd MMMM yyyy";
    case 'f': return "dddd, dd MMMM yyyy HH:mm";
    case 'F':
    case 'U': return "dddd, dd MMMM yyyy HH:mm:ss";
    case 'g': return "MM/dd/yyyy HH:mm";
    case 'G': return "MM/dd/yyyy HH:mm:ss";
    case 'm':
    case 'M': return "MMMM dd";
    case 'o':
    case 'O': return "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK";
    case 'r':
    case 'R': return "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'";
    case 's': return "yyyy'-'MM'-'dd'T'HH':'mm':'ss";
    case 't': return "HH:mm";
    case 'T': return "HH:mm:ss";
    case 'u': return "yyyy'-'MM'-'dd HH':'mm':'ss'Z'";
    case 'y':
    case 'Y': return "yyyy MMMM";
    default: return NULL;
    }
}

static void pad(struct buf *out, int number, size_t width) { buf_printf(out, "%0*d", (int)width, number); }

static void name(struct buf *out, const char *text, size_t run) {
    buf_add(out, text, run == 3 ? 3 : strlen(text));
}

static void offset(struct buf *out, value date, size_t run) {
    int64_t minutes = (date.aux == DATE_UTC ? 0 : date_offset(date.i, false)) / TICKS_PER_SECOND / 60;
    char sign = minutes < 0 ? '-' : '+';
    int all = abs((int)minutes);
    if (run == 1) buf_printf(out, "%c%d", sign, all / 60);
    else if (run == 2) buf_printf(out, "%c%02d", sign, all / 60);
    else buf_printf(out, "%c%02d:%02d", sign, all / 60, all % 60);
}

static void fraction(struct buf *out, int32_t ticks, size_t run, bool trim) {
    char text[16];
    snprintf(text, sizeof text, "%07d", ticks);
    while (trim && run && text[run - 1] == '0') run--;
    if (trim && !run && out->size && out->data[out->size - 1] == '.') out->data[--out->size] = 0;
    buf_add(out, text, run);
}

static bool part(struct buf *out, value date, const struct date *d, char c, size_t run) {
    switch (c) {
    case 'd':
        if (run > 2) name(out, week_days[d->week_day], run);
        else pad(out, d->day, run);
        return true;
    case 'M':
        if (run > 2) name(out, months[d->month - 1], run);
        else pad(out, d->month, run);
        return true;
    case 'y': return pad(out, run <= 2 ? d->year % 100 : d->year, run), true;
    case 'H': return pad(out, d->hour, run > 2 ? 2 : run), true;
    case 'h': return pad(out, d->hour % 12 ? d->hour % 12 : 12, run > 2 ? 2 : run), true;
    case 'm': return pad(out, d->minute, run > 2 ? 2 : run), true;
    case 's': return pad(out, d->second, run > 2 ? 2 : run), true;
    case 'f':
    case 'F': return run <= 7 && (fraction(out, d->fraction, run, c == 'F'), true);
    case 't': return buf_add(out, d->hour < 12 ? "AM" : "PM", run == 1 ? 1 : 2), true;
    case 'z': return offset(out, date, run), true;
    case 'g': return buf_add_text(out, "A.D."), true;
    case 'K':
        for (; run; run--)
            if (date.aux == DATE_UTC) buf_add_char(out, 'Z');
            else if (date.aux == DATE_LOCAL) offset(out, date, 3);
        return true;
    default: return buf_add_repeat(out, c, run), true;
    }
}

// One quoted or escaped piece of a custom format. Returns its length, 0: not one, SIZE_MAX: not closed.
static size_t quoted(struct buf *out, const char *at, const char *end) {
    if (*at == '\\') return at + 1 < end ? (buf_add_char(out, at[1]), 2) : SIZE_MAX;
    if (*at != '\'' && *at != '"') return 0;
    for (const char *to = at + 1; to < end; to++) {
        if (*to == *at) return (size_t)(to - at) + 1;
        if (*to == '\\' && ++to == end) break;
        buf_add_char(out, *to);
    }
    return SIZE_MAX;
}

static bool custom(value date, const struct date *d, const char *spec, size_t size, struct buf *out) {
    const char *end = spec + size;
    for (const char *at = spec; at < end;) {
        size_t taken = quoted(out, at, end);
        if (taken == SIZE_MAX) return false;
        if (taken) {
            at += taken;
            continue;
        }
        if (*at == '%') { // a single letter alone would be a standard format
            if (++at == end || *at == '%') return false;
            continue;
        }
        size_t run = 1;
        while (strchr("dMyHhmsfFtzg", *at) && at + run < end && at[run] == *at) run++;
        if (!part(out, date, d, *at, run)) return false;
        at += run;
    }
    return true;
}

bool date_format(value date, const char *spec, size_t size, struct buf *out) {
    if (!size) spec = "G", size = 1;
    if (size == 1) {
        const char *pattern = standard_pattern(*spec);
        if (!pattern) return false;
        if (*spec == 'U') date = date_value(date_to_utc(date), DATE_UTC);
        spec = pattern;
        size = strlen(pattern);
    }
    struct date d = date_split(date.i);
    return custom(date, &d, spec, size, out);
}

struct span { bool negative; int days, hours, minutes, seconds, fraction; };

static struct span split(int64_t ticks) {
    uint64_t all = ticks < 0 ? -(uint64_t)ticks : (uint64_t)ticks, second = all / TICKS_PER_SECOND;
    return (struct span){ticks < 0, (int)(second / 86400), (int)(second / 3600 % 24), (int)(second / 60 % 60),
                         (int)(second % 60), (int)(all % TICKS_PER_SECOND)};
}

static void span_standard(const struct span *span, char spec, struct buf *out) {
    if (span->negative) buf_add_char(out, '-');
    if (spec == 'G') buf_printf(out, "%d:%02d:%02d:%02d.%07d", span->days, span->hours, span->minutes, span->seconds, span->fraction);
    if (spec == 'G') return;
    if (span->days) buf_printf(out, spec == 'g' ? "%d:" : "%d.", span->days);
    buf_printf(out, spec == 'g' ? "%d:%02d:%02d" : "%02d:%02d:%02d", span->hours, span->minutes, span->seconds);
    if (!span->fraction) return;
    char text[16];
    size_t length = (size_t)snprintf(text, sizeof text, "%07d", span->fraction);
    while (spec == 'g' && text[length - 1] == '0') length--;
    buf_add_char(out, '.');
    buf_add(out, text, length);
}

static bool span_part(const struct span *span, char c, size_t run, struct buf *out) {
    switch (c) {
    case 'd': return run <= 8 && (pad(out, span->days, run), true);
    case 'h': return run <= 2 && (pad(out, span->hours, run), true);
    case 'm': return run <= 2 && (pad(out, span->minutes, run), true);
    case 's': return run <= 2 && (pad(out, span->seconds, run), true);
    case 'f':
    case 'F': return run <= 7 && (fraction(out, span->fraction, run, c == 'F'), true);
    default: return false; // anything else has to be quoted
    }
}

bool timespan_format(int64_t ticks, const char *spec, size_t size, struct buf *out) {
    struct span span = split(ticks);
    if (!size) spec = "c", size = 1;
    if (size == 1) {
        if (!strchr("cgGtT", *spec)) return false;
        return span_standard(&span, *spec, out), true;
    }
    for (const char *at = spec, *end = spec + size; at < end;) {
        size_t taken = quoted(out, at, end), run = 1;
        if (taken == SIZE_MAX) return false;
        if (!taken && *at == '%') {
            at++;
            continue;
        }
        while (!taken && at + run < end && at[run] == *at) run++;
        if (!taken && !span_part(&span, *at, run, out)) return false;
        at += taken ? taken : run;
    }
    return true;
}
