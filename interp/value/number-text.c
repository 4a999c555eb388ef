#include "interp/value/number-text.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// From the %e form, whose digits the C library rounds correctly (half to even on the exact binary value).
static void from_exponent_form(const char *text, struct digits *ret)
{
    ret->negative = *text == '-';
    ret->count = 0;
    const char *at = text + ret->negative;
    for (; *at && *at != 'e'; at++)
        if (*at != '.')
            ret->text[ret->count++] = *at;
    ret->scale = *at ? atoi(at + 1) + 1 : 0;
    while (ret->count && ret->text[ret->count - 1] == '0')
        ret->count--;
    ret->text[ret->count] = 0;
    if (!ret->count)
        ret->scale = 0;
}

void digits_of(double v, int precision, struct digits *ret)
{
    char text[840];
    snprintf(text, sizeof text, "%.*e", precision - 1, v);
    from_exponent_form(text, ret);
}

void digits_shortest(double v, bool single, struct digits *ret)
{
    char text[64];
    int most = single ? 9 : 17;
    bool exact =
        fabs(v) >= (single ? FLT_MIN : DBL_MIN); // subnormal numbers have fewer digits to tell them apart
    for (int precision = !exact ? 1 : single ? 6 : 15; precision <= most; precision++) {
        snprintf(text, sizeof text, "%.*e", precision - 1, v);
        if (single ? strtof(text, NULL) == (float)v : strtod(text, NULL) == v)
            break;
    }
    from_exponent_form(text, ret);
}

static size_t special(double v, char *ret_text)
{
    return (size_t)sprintf(ret_text, "%s", isnan(v) ? "NaN" : v < 0 ? "-Infinity" : "Infinity");
}

static char *scientific(const struct digits *digits, char *out)
{
    *out++ = digits->text[0];
    if (digits->count > 1) {
        *out++ = '.';
        memcpy(out, digits->text + 1, (size_t)digits->count - 1);
        out += digits->count - 1;
    }
    int exponent = digits->scale - 1;
    return out + sprintf(out, "E%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
}

static char *fixed(const struct digits *digits, char *out)
{
    if (digits->scale <= 0)
        *out++ = '0';
    for (int i = 0; i < digits->scale; i++)
        *out++ = i < digits->count ? digits->text[i] : '0';
    if (digits->count > digits->scale) {
        *out++ = '.';
        for (int i = digits->scale; i < 0; i++)
            *out++ = '0';
        int from = digits->scale > 0 ? digits->scale : 0;
        memcpy(out, digits->text + from, (size_t)(digits->count - from));
        out += digits->count - from;
    }
    return out;
}

size_t double_text(double v, bool single, bool shortest, char ret_text[DOUBLE_TEXT])
{
    if (!isfinite(v))
        return special(v, ret_text);
    struct digits digits;
    int precision = single ? 7 : 15;
    if (shortest)
        digits_shortest(v, single, &digits);
    else
        digits_of(v, precision, &digits);
    int most = shortest && digits.count > precision ? digits.count : precision;
    char *out = ret_text;
    if (signbit(v))
        *out++ = '-';
    bool exponent = digits.count && (digits.scale > most || digits.scale < -3);
    out = exponent ? scientific(&digits, out) : fixed(&digits, out);
    *out = 0;
    return (size_t)(out - ret_text);
}
