// .NET's System.Decimal. Every operation works on 256-bit integers and ends in `fit`, which scales down and
// rounds half to even until 96 bits and 28 places hold the result.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/wide.h"

enum { MAX_SCALE = 28, BITS = 96, MAX_DIGITS = 29 };

static struct wide magnitude(struct decimal value)
{
    return wide_from(value.lo, value.hi);
}

static struct decimal pack(const struct wide *value, int scale, bool negative)
{
    return (struct decimal){
        .lo = (uint64_t)value->word[1] << 32 | value->word[0],
        .hi = value->word[2],
        .scale = (uint8_t)scale,
        .negative = negative,
    };
}

static void scale_up(struct wide *value, int places)
{
    for (; places >= 9; places -= 9)
        wide_multiply_small(value, 1000000000u);
    for (; places > 0; places--)
        wide_multiply_small(value, 10);
}

static void increment(struct wide *value)
{
    struct wide one = wide_from(1, 0);
    wide_add(value, &one);
}

// Drops `places` digits, rounding half to even; `rest` says that something not zero lies below the last
// digit.
static void drop_digits(struct wide *value, int places, bool rest)
{
    uint32_t digit = 0;
    for (; places > 0; places--) {
        rest = rest || digit;
        digit = wide_divide_small(value, 10);
    }
    if (digit > 5 || (digit == 5 && (rest || (value->word[0] & 1))))
        increment(value);
}

// Each try starts from the exact value, so that nothing is rounded twice.
static bool fit(struct wide value, int scale, bool negative, bool rest, struct decimal *ret_value)
{
    for (int drop = scale > MAX_SCALE ? scale - MAX_SCALE : 0; drop <= scale; drop++) {
        struct wide cut = value;
        drop_digits(&cut, drop, rest);
        if (wide_bits(&cut) <= BITS) {
            *ret_value = pack(&cut, scale - drop, negative);
            return true;
        }
    }
    return false;
}

static int align(struct decimal a, struct decimal b, struct wide *ret_a, struct wide *ret_b)
{
    int scale = a.scale > b.scale ? a.scale : b.scale;
    *ret_a = magnitude(a);
    *ret_b = magnitude(b);
    scale_up(ret_a, scale - a.scale);
    scale_up(ret_b, scale - b.scale);
    return scale;
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *ret_value)
{
    struct wide x, y;
    int scale = align(a, b, &x, &y);
    bool negative = a.negative;
    if (a.negative == b.negative) {
        wide_add(&x, &y);
    } else if (wide_compare(&x, &y) >= 0) {
        wide_subtract(&x, &y);
    } else {
        wide_subtract(&y, &x);
        x = y;
        negative = b.negative;
    }
    return fit(x, scale, negative && !wide_is_zero(&x), false, ret_value);
}

bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *ret_value)
{
    b.negative = !b.negative;
    return decimal_add(a, b, ret_value);
}

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *ret_value)
{
    struct wide x = magnitude(a), y = magnitude(b);
    struct wide product = wide_multiply(&x, &y);
    return fit(product, a.scale + b.scale, a.negative != b.negative, false, ret_value);
}

static void drop_zeros(struct decimal *value)
{
    struct wide rest = magnitude(*value);
    while (value->scale > 0) {
        struct wide next = rest;
        if (wide_divide_small(&next, 10))
            break;
        rest = next;
        *value = pack(&rest, value->scale - 1, value->negative);
    }
}

// An exact quotient keeps the scale that the operands give; any other one is as long as it can be, without
// zeros at its end.
bool decimal_divide(struct decimal a, struct decimal b, struct decimal *ret_value)
{
    int scale = a.scale - b.scale;
    struct wide x = magnitude(a), y = magnitude(b), rest;
    if (scale < 0) {
        scale_up(&x, -scale);
        scale = 0;
    }
    struct wide quotient = wide_divide(&x, &y, &rest);
    bool negative = a.negative != b.negative;
    if (wide_is_zero(&rest))
        return fit(quotient, scale, negative, false, ret_value);
    int more = MAX_SCALE + 1 - scale;
    scale_up(&x, more);
    quotient = wide_divide(&x, &y, &rest);
    if (!fit(quotient, scale + more, negative, !wide_is_zero(&rest), ret_value))
        return false;
    drop_zeros(ret_value);
    return true;
}

bool decimal_remainder(struct decimal a, struct decimal b, struct decimal *ret_value)
{
    struct wide x, y, rest;
    int scale = align(a, b, &x, &y);
    if (wide_compare(&x, &y) < 0) {
        *ret_value = a;
        return true;
    }
    wide_divide(&x, &y, &rest);
    return fit(rest, scale, a.negative, false, ret_value);
}

int decimal_compare(struct decimal a, struct decimal b)
{
    struct wide x, y;
    align(a, b, &x, &y);
    if (wide_is_zero(&x) && wide_is_zero(&y))
        return 0;
    if (a.negative != b.negative)
        return a.negative ? -1 : 1;
    return a.negative ? wide_compare(&y, &x) : wide_compare(&x, &y);
}

static void drop_half_up(struct wide *value, int places)
{
    uint32_t digit = 0;
    for (; places > 0; places--)
        digit = wide_divide_small(value, 10);
    if (digit >= 5)
        increment(value);
}

struct decimal decimal_round(struct decimal value, int digits, bool away_from_zero)
{
    if (value.scale <= digits)
        return value;
    struct wide cut = magnitude(value);
    if (away_from_zero)
        drop_half_up(&cut, value.scale - digits);
    else
        drop_digits(&cut, value.scale - digits, false);
    return pack(&cut, digits, value.negative);
}

bool decimal_to_uint64(struct decimal value, uint64_t *ret_value)
{
    struct decimal whole = decimal_round(value, 0, false);
    if (whole.hi || (whole.negative && whole.lo))
        return false;
    *ret_value = whole.lo;
    return true;
}

bool decimal_to_int64(struct decimal value, int64_t *ret_value)
{
    struct decimal whole = decimal_round(value, 0, false);
    if (whole.hi || whole.lo > (uint64_t)INT64_MAX + whole.negative)
        return false;
    *ret_value = (int64_t)(whole.negative ? 0 - whole.lo : whole.lo);
    return true;
}

struct decimal decimal_from_int64(int64_t value)
{
    uint64_t bits = (uint64_t)value;
    return (struct decimal){.lo = value < 0 ? 0 - bits : bits, .negative = value < 0};
}

struct decimal decimal_from_uint64(uint64_t value)
{
    return (struct decimal){.lo = value};
}

double decimal_to_double(struct decimal value)
{
    char text[40];
    decimal_to_text(value, text);
    double result;
    return sscanf(text, "%lf", &result) == 1 ? result : 0;
}

size_t decimal_to_text(struct decimal value, char ret_text[40])
{
    char digits[MAX_DIGITS + 1];
    int count = 0;
    struct wide rest = magnitude(value);
    do
        digits[count++] = (char)('0' + wide_divide_small(&rest, 10));
    while (count < MAX_DIGITS && (!wide_is_zero(&rest) || count <= value.scale));
    size_t size = 0;
    if (value.negative)
        ret_text[size++] = '-';
    while (count-- > 0) {
        ret_text[size++] = digits[count];
        if (count == value.scale && count > 0)
            ret_text[size++] = '.';
    }
    ret_text[size] = 0;
    return size;
}

bool decimal_from_double(double value, struct decimal *ret_value)
{
    char text[64];
    if (!isfinite(value))
        return false;
    int size = snprintf(text, sizeof text, "%.14e", value);
    struct decimal result;
    if (!decimal_from_text(text, (size_t)size, &result))
        return false;
    drop_zeros(&result);
    result.negative = result.negative && (result.lo || result.hi);
    *ret_value = result;
    return true;
}

struct decimal_scan {
    const char *at, *end;
    struct wide value;
    long scale; // digits of `value` after the point; negative: zeros to append
    int digits; // significant ones kept
    bool any, rest;
};

// Keeps a few digits more than can count; of the others only whether one was not zero.
static void scan_digit(struct decimal_scan *scan, char digit, bool fraction)
{
    scan->any = true;
    if (scan->digits >= 2 * MAX_DIGITS) {
        scan->rest = scan->rest || digit != '0';
        scan->scale -= !fraction;
        return;
    }
    struct wide more = wide_from((uint64_t)(digit - '0'), 0);
    wide_multiply_small(&scan->value, 10);
    wide_add(&scan->value, &more);
    scan->digits += scan->digits || digit != '0';
    scan->scale += fraction;
}

static void scan_digits(struct decimal_scan *scan, bool fraction)
{
    for (; scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9'; scan->at++)
        scan_digit(scan, *scan->at, fraction);
}

static bool take_sign(struct decimal_scan *scan)
{
    bool negative = scan->at < scan->end && *scan->at == '-';
    if (negative || (scan->at < scan->end && *scan->at == '+'))
        scan->at++;
    return negative;
}

static bool scan_exponent(struct decimal_scan *scan)
{
    if (scan->at == scan->end || (*scan->at | 0x20) != 'e')
        return true;
    scan->at++;
    bool negative = take_sign(scan);
    const char *digits = scan->at;
    long exponent = 0;
    for (; scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9'; scan->at++)
        if (exponent < 100000)
            exponent = exponent * 10 + *scan->at - '0';
    scan->scale += negative ? exponent : -exponent;
    return scan->at > digits;
}

static bool scan_finish(struct decimal_scan *scan, bool negative, struct decimal *ret_value)
{
    if (wide_is_zero(&scan->value)) {
        int scale = scan->scale < 0 ? 0 : scan->scale > MAX_SCALE ? MAX_SCALE : (int)scan->scale;
        *ret_value = pack(&scan->value, scale, negative);
        return true;
    }
    if (scan->scale < -MAX_DIGITS)
        return false;
    if (scan->scale < 0) {
        scale_up(&scan->value, (int)-scan->scale);
        scan->scale = 0;
    }
    if (scan->scale > 4 * MAX_DIGITS) { // far below the last place whatever its digits
        struct wide zero = {{0}};
        *ret_value = pack(&zero, MAX_SCALE, negative);
        return true;
    }
    return fit(scan->value, (int)scan->scale, negative, scan->rest, ret_value);
}

bool decimal_from_text(const char *text, size_t size, struct decimal *ret_value)
{
    struct decimal_scan scan = {.at = text, .end = text + size};
    bool negative = take_sign(&scan);
    scan_digits(&scan, false);
    if (scan.at < scan.end && *scan.at == '.') {
        scan.at++;
        scan_digits(&scan, true);
    }
    if (!scan.any || !scan_exponent(&scan) || scan.at != scan.end)
        return false;
    return scan_finish(&scan, negative, ret_value);
}
