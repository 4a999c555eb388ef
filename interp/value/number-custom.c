// interp/value/number-custom.c: custom number formats: placeholders 0 and #, sections, scaling, literals.
#include <string.h>

#include "base/utf8.h"
#include "interp/value/number-format.h"

#define PER_MILLE "\xE2\x80\xB0"

struct section {
    const char *at;
    size_t size;
};

// What a section asks for, found before anything is written.
struct plan {
    int digits;      // placeholders
    int point;       // placeholders before the decimal point
    int first, last; // the 0 placeholders nearest to the ends, as distance from the point
    int scale;       // powers of ten from % and trailing commas
    bool scientific, grouped;
};

// Bytes of the element at spec[at]: a quoted text, an escaped character, or one character.
static size_t element(const struct section *s, size_t at)
{
    char c = s->at[at];
    if (c == '\\')
        return at + 1 < s->size ? 2 : 1;
    if (c != '\'' && c != '"') {
        size_t size;
        utf8_decode(s->at + at, s->size - at, &size);
        return size;
    }
    size_t end = at + 1;
    while (end < s->size && s->at[end] != c)
        end++;
    return end < s->size ? end + 1 - at : s->size - at;
}

// The n-th section between semicolons; the first where there are fewer or, but for the first, it is empty.
static struct section section_find(const char *spec, size_t size, int n)
{
    struct section all = {spec, size};
    size_t start = 0;
    int number = 0;
    for (size_t at = 0; at <= size; at += at < size ? element(&all, at) : 1) {
        if (at < size && spec[at] != ';')
            continue;
        if (number == n)
            return at == start && n > 0 ? section_find(spec, size, 0)
                                        : (struct section){spec + start, at - start};
        number++;
        start = at + 1;
    }
    return section_find(spec, size, 0);
}

// Bytes of an exponent ("E+00") at this place; 0: none. *ret_zeros counts its digits.
static size_t exponent_size(const struct section *s, size_t at, int *ret_zeros, bool *ret_plus)
{
    size_t end = at + 1;
    *ret_plus = end < s->size && s->at[end] == '+';
    if (end < s->size && (s->at[end] == '+' || s->at[end] == '-'))
        end++;
    *ret_zeros = 0;
    while (end < s->size && s->at[end] == '0') {
        end++;
        ++*ret_zeros;
    }
    return *ret_zeros ? end - at : 0;
}

struct scan {
    int first, last, point, comma, commas;
};

static void scan_comma(struct plan *plan, struct scan *scan)
{
    if (plan->digits == 0 || scan->point >= 0)
        return;
    if (scan->comma >= 0 && scan->comma == plan->digits) {
        scan->commas++;
        return;
    }
    if (scan->comma >= 0)
        plan->grouped = true;
    scan->comma = plan->digits;
    scan->commas = 1;
}

static void scan_element(const struct section *s, size_t at, struct plan *plan, struct scan *scan)
{
    switch (s->at[at]) {
    case '#':
        plan->digits++;
        break;
    case '0':
        if (scan->first < 0)
            scan->first = plan->digits;
        scan->last = ++plan->digits;
        break;
    case '.':
        if (scan->point < 0)
            scan->point = plan->digits;
        break;
    case ',':
        scan_comma(plan, scan);
        break;
    case '%':
        plan->scale += 2;
        break;
    default:
        if (s->size - at >= 3 && !memcmp(s->at + at, PER_MILLE, 3))
            plan->scale += 3;
    }
}

static struct plan plan_of(const struct section *s)
{
    struct plan plan = {0};
    struct scan scan = {.first = -1, .point = -1, .comma = -1};
    for (size_t at = 0; at < s->size;) {
        int zeros;
        bool plus;
        size_t exponent = s->at[at] == 'E' || s->at[at] == 'e' ? exponent_size(s, at, &zeros, &plus) : 0;
        if (exponent)
            plan.scientific = true;
        else
            scan_element(s, at, &plan, &scan);
        at += exponent ? exponent : element(s, at);
    }
    plan.point = scan.point < 0 ? plan.digits : scan.point;
    if (scan.comma >= 0 && scan.comma == plan.point)
        plan.scale -= scan.commas * 3;
    else if (scan.comma >= 0)
        plan.grouped = true;
    plan.first = scan.first >= 0 && scan.first < plan.point ? plan.point - scan.first : 0;
    plan.last = scan.last > plan.point ? plan.point - scan.last : 0;
    return plan;
}

struct writer {
    const struct plan *plan;
    const struct number_digits *d;
    struct buf *out;
    int position; // places left before the point
    int adjust;   // digits of the number beyond the placeholders (> 0), or missing (< 0)
    int at;       // next digit
    bool point;
};

static void add_digit(struct writer *w, char c)
{
    buf_add_char(w->out, c);
    if (w->plan->grouped && w->position > 1 && (w->position - 1) % 3 == 0)
        buf_add_char(w->out, ',');
}

static void add_surplus(struct writer *w)
{
    for (; w->adjust > 0; w->adjust--, w->position--)
        add_digit(w, w->at < w->d->count ? w->d->store.data[w->at++] : '0');
}

static void add_placeholder(struct writer *w)
{
    char c = 0;
    if (w->adjust < 0) {
        w->adjust++;
        if (w->position <= w->plan->first)
            c = '0';
    } else if (w->at < w->d->count) {
        c = w->d->store.data[w->at++];
    } else if (w->position > w->plan->last) {
        c = '0';
    }
    if (c)
        add_digit(w, c);
    w->position--;
}

static void add_point(struct writer *w)
{
    if (w->position != 0 || w->point)
        return;
    if (w->plan->last >= 0 && !(w->plan->point < w->plan->digits && w->at < w->d->count))
        return;
    buf_add_char(w->out, '.');
    w->point = true;
}

static void add_literal(struct writer *w, const struct section *s, size_t at, size_t size)
{
    char c = s->at[at];
    if (c == ',')
        return;
    if (c == '\\')
        buf_add(w->out, s->at + at + 1, size - 1);
    else if (c == '\'' || c == '"')
        buf_add(w->out, s->at + at + 1, size - 1 - (size > 1 && s->at[at + size - 1] == c));
    else
        buf_add(w->out, s->at + at, size);
}

static size_t add_exponent(struct writer *w, const struct section *s, size_t at)
{
    int zeros, exponent = w->d->count ? w->d->scale - w->plan->point : 0;
    bool plus;
    size_t size = exponent_size(s, at, &zeros, &plus);
    if (!size)
        return 0;
    buf_printf(w->out, "%c%s%0*d", s->at[at],
               exponent < 0 ? "-"
               : plus       ? "+"
                            : "",
               zeros, exponent < 0 ? -exponent : exponent);
    return size;
}

static void write_section(struct writer *w, const struct section *s)
{
    for (size_t at = 0; at < s->size;) {
        char c = s->at[at];
        size_t size = c == 'E' || c == 'e' ? add_exponent(w, s, at) : 0;
        if (size) {
            at += size;
            continue;
        }
        size = element(s, at);
        if (c == '0' || c == '#' || c == '.')
            add_surplus(w);
        if (c == '0' || c == '#')
            add_placeholder(w);
        else if (c == '.')
            add_point(w);
        else
            add_literal(w, s, at, size);
        at += size;
    }
}

// Scales and rounds the digits to what the section shows.
static void fit(struct number_digits *d, const struct plan *plan)
{
    if (!d->count) {
        d->scale = 0;
        return;
    }
    d->scale += plan->scale;
    number_digits_round(d, plan->scientific ? plan->digits : d->scale + plan->digits - plan->point);
}

bool number_format_custom(struct interp *in, value v, const char *spec, size_t size, struct buf *out)
{
    struct number_digits d;
    if (!number_digits_of(in, v, v.kind == V_F32 ? 7 : 15, &d))
        return false;
    struct section first = section_find(spec, size, 0);
    struct section own = section_find(spec, size, !d.count ? 2 : d.negative ? 1 : 0);
    struct plan plan = plan_of(&own);
    fit(&d, &plan);
    if (!d.count && own.at != section_find(spec, size, 2).at) {
        own = section_find(spec, size, 2);
        plan = plan_of(&own);
    }
    struct writer w = {.plan = &plan, .d = &d, .out = out};
    w.position = plan.scientific || d.scale < plan.point ? plan.point : d.scale;
    w.adjust = plan.scientific ? 0 : d.scale - plan.point;
    if (d.negative && own.at == first.at)
        buf_add_char(out, '-');
    write_section(&w, &own);
    buf_free(&d.store);
    return true;
}
