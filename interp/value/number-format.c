// interp/value/number-format.c: the standard formats C D E F G N P R X B.
#include "interp/value/number-format.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "interp/value/bigint.h"
#include "interp/value/number-text.h"

enum { MAX_PRECISION = 100000, MAX_DIGITS = 780 };

static bool is_floating(value v)
{
    return v.kind == V_F32 || v.kind == V_F64;
}
static bool is_integer(value v)
{
    return (v.kind >= V_I8 && v.kind <= V_U64) || v.kind == V_BIGINT;
}

// Takes "-12.50" apart.
static bool read_plain(const char *text, size_t size, struct number_digits *ret)
{
    size_t at = 0;
    if (size && text[0] == '-') {
        ret->negative = true;
        at = 1;
    }
    for (bool point = false; at < size; at++) {
        if (text[at] == '.') {
            point = true;
        } else {
            if (!point)
                ret->scale++;
            buf_add_char(&ret->store, text[at]);
        }
    }
    size_t zeros = 0;
    while (zeros < ret->store.size && ret->store.data[zeros] == '0')
        zeros++;
    buf_drop_front(&ret->store, zeros);
    ret->scale -= (int)zeros;
    ret->count = (int)ret->store.size;
    if (!ret->count)
        ret->scale = 0;
    return !ret->store.failed;
}

static bool plain_text(struct interp *in, value v, struct buf *out)
{
    char text[40];
    if (v.kind == V_DECIMAL)
        return buf_add(out, text, decimal_to_text(v.decimal->number, text));
    if (v.kind == V_U64 || v.kind == V_U32 || v.kind == V_U16 || v.kind == V_U8)
        return buf_add_natural(out, v.u);
    if (v.kind != V_BIGINT)
        return buf_add_integer(out, v.i);
    value string;
    if (!bigint_to_string(in, v, &string))
        return false;
    buf_add(out, string.string->text, string.string->size);
    value_drop(string);
    return true;
}

bool number_digits_of(struct interp *in, value v, int precision, struct number_digits *ret)
{
    *ret = (struct number_digits){0};
    if (is_floating(v)) {
        struct digits digits; // a double has no more than 767 of them
        digits_of(v.f, precision < MAX_DIGITS ? precision : MAX_DIGITS, &digits);
        buf_add(&ret->store, digits.text, (size_t)digits.count);
        ret->count = digits.count;
        ret->scale = digits.count ? digits.scale : 0;
        ret->negative = signbit(v.f);
        ret->floating = true;
        return !ret->store.failed;
    }
    struct buf text = {0};
    bool ok = plain_text(in, v, &text) && read_plain(buf_text(&text), text.size, ret);
    buf_free(&text);
    return ok;
}

static void make_zero(struct number_digits *d)
{
    d->count = d->scale = 0;
    if (!d->floating)
        d->negative = false;
}

void number_digits_round(struct number_digits *d, int count)
{
    char *text = d->store.data;
    if (count < d->count && count >= 0) {
        bool up = text[count] >= '5';
        int i = count;
        while (up && i > 0 && text[i - 1] == '9')
            i--;
        if (up && i > 0) {
            text[i - 1]++;
        } else if (up) {
            text[0] = '1';
            d->scale++;
            i = 1;
        }
        d->count = up ? i : count;
    } else if (count < 0) {
        d->count = 0;
    }
    while (d->count > 0 && text[d->count - 1] == '0')
        d->count--;
    if (d->count == 0)
        make_zero(d);
}

// The digits with `decimals` places, "0.05", without sign; *ret_zero: nothing but zeros.
static bool add_fixed(struct interp *in, value v, int decimals, int shift, struct buf *out,
                      bool *ret_negative)
{
    if (is_floating(v)) {
        struct buf text = {0};
        struct number_digits d = {0};
        buf_printf(&text, "%.*f", decimals + shift, fabs(v.f));
        bool ok = !text.failed && read_plain(text.data, text.size, &d);
        *ret_negative = signbit(v.f);
        d.scale += d.count ? shift : 0;
        for (int at = d.scale > 0 ? 0 : d.scale - 1; ok && at < d.scale; at++)
            buf_add_char(out, at >= 0 && at < d.count ? d.store.data[at] : '0');
        if (ok && d.scale <= 0)
            buf_clear(out), buf_add_char(out, '0');
        if (decimals > 0)
            buf_add_char(out, '.');
        for (int at = d.scale; at < d.scale + decimals; at++)
            buf_add_char(out, at >= 0 && at < d.count ? d.store.data[at] : '0');
        buf_free(&d.store);
        buf_free(&text);
        return ok;
    }
    struct number_digits d;
    if (!number_digits_of(in, v, 0, &d))
        return false;
    if (d.count)
        d.scale += shift;
    number_digits_round(&d, d.scale + decimals);
    *ret_negative = d.negative;
    if (d.scale <= 0)
        buf_add_char(out, '0');
    for (int at = 0; at < d.scale; at++)
        buf_add_char(out, at < d.count ? d.store.data[at] : '0');
    if (decimals > 0)
        buf_add_char(out, '.');
    for (int at = d.scale; at < d.scale + decimals; at++)
        buf_add_char(out, at >= 0 && at < d.count ? d.store.data[at] : '0');
    buf_free(&d.store);
    return !out->failed;
}

static void add_grouped(struct buf *out, const char *text)
{
    size_t whole = strcspn(text, ".");
    for (size_t i = 0; i < whole; i++) {
        buf_add_char(out, text[i]);
        if ((whole - i - 1) % 3 == 0 && i + 1 < whole)
            buf_add_char(out, ',');
    }
    buf_add_text(out, text + whole);
}

static bool format_fixed(struct interp *in, value v, char letter, int precision, struct buf *out)
{
    struct buf text = {0};
    bool negative = false,
         ok = add_fixed(in, v, precision < 0 ? 2 : precision, letter == 'P' ? 2 : 0, &text, &negative);
    if (ok) {
        if (negative)
            buf_add_text(out, letter == 'C' ? "(" : "-");
        if (letter == 'C')
            buf_add_codepoint(out, 0xA4);
        if (letter == 'F')
            buf_add(out, text.data, text.size);
        else
            add_grouped(out, text.data);
        if (letter == 'P')
            buf_add_text(out, " %");
        if (negative && letter == 'C')
            buf_add_char(out, ')');
    }
    ok = ok && !text.failed;
    buf_free(&text);
    return ok;
}

static void add_exponent(struct buf *out, char letter, int exponent, int digits)
{
    buf_printf(out, "%c%c%0*d", letter, exponent < 0 ? '-' : '+', digits,
               exponent < 0 ? -exponent : exponent);
}

static bool format_scientific(struct interp *in, value v, char letter, int precision, struct buf *out)
{
    struct number_digits d;
    int decimals = precision < 0 ? 6 : precision;
    if (!number_digits_of(in, v, decimals + 1, &d))
        return false;
    number_digits_round(&d, decimals + 1);
    if (d.negative)
        buf_add_char(out, '-');
    buf_add_char(out, d.count ? d.store.data[0] : '0');
    if (decimals)
        buf_add_char(out, '.');
    for (int at = 1; at <= decimals; at++)
        buf_add_char(out, at < d.count ? d.store.data[at] : '0');
    add_exponent(out, letter, d.count ? d.scale - 1 : 0, 3);
    buf_free(&d.store);
    return true;
}

static void add_general(struct number_digits *d, char letter, int precision, struct buf *out)
{
    int exponent = d->scale - 1;
    bool scientific = d->count && (exponent >= precision || exponent < -4);
    if (d->negative)
        buf_add_char(out, '-');
    if (!d->count)
        buf_add_char(out, '0');
    if (!scientific && d->count && d->scale <= 0)
        buf_add_text(out, "0.");
    for (int zeros = d->scale; !scientific && zeros < 0; zeros++)
        buf_add_char(out, '0');
    int point = scientific ? 1 : d->scale;
    for (int at = 0; at < d->count || at < point; at++) {
        if (at == point && at > 0)
            buf_add_char(out, '.');
        buf_add_char(out, at < d->count ? d->store.data[at] : '0');
    }
    if (scientific)
        add_exponent(out, letter == 'g' ? 'e' : 'E', exponent, 2);
}

static bool format_general(struct interp *in, value v, char letter, int precision, struct buf *out)
{
    if (precision <= 0) {
        char text[DOUBLE_TEXT];
        if (!is_floating(v))
            return plain_text(in, v, out);
        return buf_add(out, text, double_text(v.f, v.kind == V_F32, true, text));
    }
    struct number_digits d;
    if (!number_digits_of(in, v, precision, &d))
        return false;
    number_digits_round(&d, precision);
    add_general(&d, letter, precision, out);
    buf_free(&d.store);
    return true;
}

static bool format_integer(struct interp *in, value v, int precision, struct buf *out)
{
    struct buf text = {0};
    bool ok = plain_text(in, v, &text);
    const char *digits = buf_text(&text);
    size_t size = text.size, minus = size && digits[0] == '-';
    if (minus)
        buf_add_char(out, '-');
    if (precision > 0 && size - minus < (size_t)precision)
        buf_add_repeat(out, '0', (size_t)precision - (size - minus));
    buf_add(out, digits + minus, size - minus);
    buf_free(&text);
    return ok;
}

static unsigned bits_of(value v)
{
    switch (v.kind) {
    case V_I8:
    case V_U8:
        return 8;
    case V_I16:
    case V_U16:
        return 16;
    case V_I32:
    case V_U32:
        return 32;
    default:
        return 64;
    }
}

// Two's complement in the width of the type, `shift` bits a digit.
static bool format_bits(value v, unsigned shift, bool lower, int precision, struct buf *out)
{
    uint64_t bits = v.u;
    char text[64];
    int count = 0;
    if (v.kind == V_BIGINT) {
        int64_t number;
        if (!bigint_to_int64(v, &number))
            return false;
        bits = (uint64_t)number;
    } else if (bits_of(v) < 64) {
        bits &= (UINT64_C(1) << bits_of(v)) - 1;
    }
    do
        text[count++] = (lower ? "0123456789abcdef" : "0123456789ABCDEF")[bits & ((1u << shift) - 1)];
    while (bits >>= shift);
    // A positive big number begins with a digit that shows its sign.
    if (v.kind == V_BIGINT && shift == 4 && strchr("89abcdefABCDEF", text[count - 1]))
        text[count++] = '0';
    if (precision > count)
        buf_add_repeat(out, '0', (size_t)(precision - count));
    while (count > 0)
        buf_add_char(out, text[--count]);
    return true;
}

static bool add_not_finite(value v, struct buf *out)
{
    return buf_add_text(out, isnan(v.f) ? "NaN" : v.f < 0 ? "-Infinity" : "Infinity");
}

bool number_format_standard(struct interp *in, value v, char letter, int precision, struct buf *out)
{
    if (precision > MAX_PRECISION)
        return false;
    char upper = (char)toupper((unsigned char)letter);
    switch (upper) {
    case 'C':
    case 'F':
    case 'N':
    case 'P':
        return format_fixed(in, v, upper, precision, out);
    case 'E':
        return format_scientific(in, v, letter, precision, out);
    case 'G':
        return format_general(in, v, letter, precision, out);
    case 'R':
        return format_general(in, v, letter == 'r' ? 'g' : 'G', 0, out);
    case 'D':
        return is_integer(v) && format_integer(in, v, precision, out);
    case 'X':
        return is_integer(v) && format_bits(v, 4, letter == 'x', precision, out);
    case 'B':
        return is_integer(v) && format_bits(v, 1, false, precision, out);
    default:
        return false;
    }
}

// "N2" is a letter and digits; everything else is custom.
static bool is_standard(const char *spec, size_t size, int *ret_precision)
{
    if (!isalpha((unsigned char)spec[0]))
        return false;
    *ret_precision = size > 1 ? 0 : -1;
    for (size_t i = 1; i < size; i++) {
        if (!isdigit((unsigned char)spec[i]))
            return false;
        if (*ret_precision <= MAX_PRECISION)
            *ret_precision = *ret_precision * 10 + (spec[i] - '0');
    }
    return true;
}

bool number_format(struct interp *in, value v, const char *spec, size_t size, struct buf *out)
{
    int precision;
    if (is_floating(v) && !isfinite(v.f))
        return add_not_finite(v, out);
    if (size == 0)
        return format_general(in, v, 'G', 0, out);
    if (is_standard(spec, size, &precision))
        return number_format_standard(in, v, spec[0], precision, out);
    return number_format_custom(in, v, spec, size, out);
}
