// One pass strips what the style allows (blanks, signs, commas, parentheses), and leaves digits, a point and
// an exponent, which every kind of number reads in its own way.
#include "interp/value/number-style.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "interp/eval/interp.h"
#include "interp/value/bigint.h"
#include "interp/value/types-rows.h"

struct reading {
    const char *at, *end;
    unsigned style;
    bool sign, open, negative, money;
    struct buf out; // digits, perhaps with a point
    int64_t exponent;
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool allows(const struct reading *r, unsigned style)
{
    return r->style & style;
}

static bool take_currency(struct reading *r)
{
    static const char symbol[] = "\xc2\xa4";
    bool is = allows(r, STYLE_CURRENCY) && !r->money && r->end - r->at >= 2 && !memcmp(r->at, symbol, 2);
    r->at += is ? 2 : 0;
    return r->money |= is, is;
}

static bool take_sign(struct reading *r)
{
    if (r->sign || r->at == r->end || (*r->at != '-' && *r->at != '+'))
        return false;
    r->negative = *r->at++ == '-';
    return r->sign = true;
}

static void before(struct reading *r)
{
    for (; r->at < r->end;) {
        if (is_blank(*r->at) && allows(r, STYLE_LEADING_WHITE) && !r->sign)
            r->at++;
        else if (*r->at == '(' && allows(r, STYLE_PARENTHESES) && !r->sign)
            r->at++, r->sign = r->open = r->negative = true;
        else if (!(allows(r, STYLE_LEADING_SIGN) && take_sign(r)) && !take_currency(r))
            return;
    }
}

static bool digits(struct reading *r)
{
    bool some = false, point = false;
    for (; r->at < r->end; r->at++) {
        if (is_digit(*r->at))
            buf_add_char(&r->out, *r->at), some = true;
        else if (*r->at == '.' && allows(r, STYLE_POINT) && !point)
            buf_add_char(&r->out, '.'), point = true;
        else if (*r->at != ',' || !allows(r, STYLE_THOUSANDS) || !some || point)
            break;
    }
    return some;
}

enum { EXPONENT_MOST = 100000 };

static void exponent(struct reading *r)
{
    const char *at = r->at;
    if (!allows(r, STYLE_EXPONENT) || at == r->end || (*at | 32) != 'e')
        return;
    bool negative = ++at < r->end && *at == '-';
    at += at < r->end && (*at == '-' || *at == '+');
    if (at == r->end || !is_digit(*at))
        return;
    for (; at < r->end && is_digit(*at); at++)
        if (r->exponent < EXPONENT_MOST)
            r->exponent = r->exponent * 10 + (*at - '0');
    r->exponent = negative ? -r->exponent : r->exponent;
    r->at = at;
}

static bool behind(struct reading *r)
{
    for (; r->at < r->end;) {
        if (is_blank(*r->at) && allows(r, STYLE_TRAILING_WHITE))
            r->at++;
        else if (*r->at == ')' && r->open)
            r->at++, r->open = false;
        else if (!(allows(r, STYLE_TRAILING_SIGN) && take_sign(r)) && !take_currency(r))
            break;
    }
    while (r->at < r->end && !*r->at)
        r->at++;
    return r->at == r->end && !r->open;
}

// --- What each kind of number makes of it

// The digits of the whole part in *whole. False: something but zeros is behind the point.
static bool whole_digits(struct reading *r, struct buf *whole)
{
    const char *text = buf_text(&r->out), *point = strchr(text, '.');
    int64_t places = (int64_t)(point ? (size_t)(point - text) : r->out.size) + r->exponent;
    bool exact = true;
    for (const char *at = text; *at; at++) {
        if (*at == '.')
            continue;
        exact &= places-- > 0 || *at == '0';
        if (places >= 0 && (whole->size || *at != '0'))
            buf_add_char(whole, *at);
    }
    for (; places > 0 && whole->size && whole->size < 400; places--)
        buf_add_char(whole, '0');
    return exact;
}

static size_t width(const struct type *type) // in bytes
{
    return type == I8 || type == U8 ? 1 : type == I16 || type == U16 ? 2 : type == I32 || type == U32 ? 4 : 8;
}

static bool is_unsigned(const struct type *type)
{
    return type == U8 || type == U16 || type == U32 || type == U64;
}

static bool integer_value(struct interp *in, const struct type *type, uint64_t bits, bool minus, value *ret)
{
    value number = is_unsigned(type) ? (value){.kind = V_U64, .u = bits}
                                     : value_long((int64_t)(minus ? 0 - bits : bits));
    return value_convert(in, number, type, ret);
}

static enum read_outcome to_integer(struct interp *in, struct reading *r, const struct type *type, value *ret)
{
    struct buf whole = BUF_INIT;
    uint64_t most = UINT64_MAX >> (64 - 8 * width(type) + !is_unsigned(type)), bits = 0;
    most += r->negative && !is_unsigned(type);
    bool fits = whole_digits(r, &whole);
    for (size_t i = 0; fits && i < whole.size; i++) {
        unsigned digit = (unsigned)(buf_text(&whole)[i] - '0');
        fits = bits <= (most - digit) / 10 && digit <= most;
        bits = bits * 10 + digit;
    }
    fits &= !(is_unsigned(type) && r->negative && bits);
    buf_free(&whole);
    return fits && integer_value(in, type, bits, r->negative, ret) ? READ_WELL : READ_TOO_BIG;
}

static enum read_outcome to_bigint(struct interp *in, struct reading *r, value *ret)
{
    struct buf whole = BUF_INIT;
    bool ok = whole_digits(r, &whole);
    if (!whole.size)
        buf_add_char(&whole, '0');
    ok = ok && bigint_from_text(in, buf_text(&whole), whole.size, r->negative, ret);
    buf_free(&whole);
    return ok ? READ_WELL : READ_TOO_BIG;
}

static enum read_outcome to_other(struct interp *in, struct reading *r, const struct type *type, value *ret)
{
    struct decimal d;
    if (r->exponent)
        buf_printf(&r->out, "e%lld", (long long)r->exponent);
    if (type == DEC) {
        if (!decimal_from_text(buf_text(&r->out), r->out.size, &d))
            return READ_TOO_BIG;
        d.negative = r->negative;
        return decimal_new(in, d, ret) ? READ_WELL : READ_TOO_BIG;
    }
    double f = type == F32 ? strtof(buf_text(&r->out), NULL) : strtod(buf_text(&r->out), NULL);
    *ret = (value){.kind = type == F32 ? V_F32 : V_F64, .f = r->negative ? -f : f};
    return READ_WELL;
}

// --- Forms of their own

static int digit_of(char c, unsigned base)
{
    int digit = is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : 99;
    return digit < (int)base ? digit : -1;
}

// The bits of a BigInteger: the first digit's highest is its sign.
static enum read_outcome big_bits(struct interp *in, uint64_t bits, size_t count, value *ret)
{
    if (count > 64)
        return READ_TOO_BIG;
    bool minus = count < 64 ? bits >> (count - 1) & 1 : bits >> 63;
    int64_t number = (int64_t)(minus && count < 64 ? bits | UINT64_MAX << count : bits);
    return bigint_from_int(in, number, ret) ? READ_WELL : READ_TOO_BIG;
}

static enum read_outcome read_bits(struct interp *in, struct reading *r, const struct type *type, value *ret)
{
    unsigned per_digit = allows(r, STYLE_HEX) ? 4 : 1;
    uint64_t bits = 0;
    size_t count = 0;
    int digit;
    while (r->at < r->end && is_blank(*r->at) && allows(r, STYLE_LEADING_WHITE))
        r->at++;
    const char *first = r->at;
    bool over = false;
    for (; r->at < r->end && (digit = digit_of(*r->at, 1u << per_digit)) >= 0; r->at++, count += per_digit)
        over |= bits >> (64 - per_digit), bits = bits << per_digit | (unsigned)digit;
    if (r->at == first || !behind(r))
        return READ_NO_NUMBER;
    if (type == BIG)
        return over ? READ_TOO_BIG : big_bits(in, bits, count, ret);
    unsigned unused = 64 - 8 * (unsigned)width(type);
    if (over || (unused && bits >> (64 - unused)))
        return READ_TOO_BIG;
    bool plain = is_unsigned(type);
    return integer_value(in, type, plain ? bits : (uint64_t)((int64_t)(bits << unused) >> unused), false, ret)
               ? READ_WELL
               : READ_TOO_BIG;
}

static bool same_word(const char *text, size_t size, const char *word)
{
    return strlen(word) == size && !strncasecmp(text, word, size);
}

// NaN and the infinities.
static bool read_special(const struct reading *r, const struct type *type, value *ret)
{
    const char *from = r->at, *to = r->end;
    while (from < to && is_blank(*from))
        from++;
    while (to > from && is_blank(to[-1]))
        to--;
    bool minus = from < to && *from == '-', sign = minus || (from < to && *from == '+');
    size_t size = (size_t)(to - from) - sign;
    bool nan = same_word(from + sign, size, "NaN");
    *ret = (value){.kind = type == F32 ? V_F32 : V_F64, .f = nan ? NAN : minus ? -INFINITY : INFINITY};
    return nan || same_word(from + sign, size, "Infinity");
}

unsigned number_usual_style(const struct type *type)
{
    return type == DEC ? STYLE_NUMBER : type == F64 || type == F32 ? STYLE_FLOAT : STYLE_INTEGER;
}

static enum read_outcome read_digits(struct interp *in, struct reading *r, const struct type *type,
                                     value *ret)
{
    const char *start = r->at;
    bool real = type == F64 || type == F32;
    before(r);
    bool good = digits(r);
    if (good)
        exponent(r), good = behind(r);
    if (!good)
        return r->at = start, real && read_special(r, type, ret) ? READ_WELL : READ_NO_NUMBER;
    return type == BIG           ? to_bigint(in, r, ret)
           : real || type == DEC ? to_other(in, r, type, ret)
                                 : to_integer(in, r, type, ret);
}

enum read_outcome number_read_styled(struct interp *in, const struct type *type, value text, unsigned style,
                                     value *ret)
{
    const char *start = value_text(text);
    struct reading r = {.at = start, .end = start + text.string->size, .style = style, .out = BUF_INIT};
    enum read_outcome outcome =
        style & (STYLE_HEX | STYLE_BINARY) ? read_bits(in, &r, type, ret) : read_digits(in, &r, type, ret);
    buf_free(&r.out);
    return outcome;
}
