#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/wide.h"

// What fits in 256 bits with any multiplier; and where quadratic work is refused.
enum { EXACT_DIGITS = 58, BIG_DIGITS = 20000 };

enum suffix { S_NONE, S_SIGNED = 1, S_SHORT = 2, S_LONG = 4, S_UNSIGNED = 8, S_DECIMAL = 16, S_BIG = 32 };

// A literal taken apart, nothing computed yet.
struct literal {
    const char *digits, *digits_end; // of a real: the whole text before the suffix, without its sign
    int base;
    unsigned suffix; // enum suffix, joined
    unsigned shift;  // the multiplier is 2^shift
    bool real, negative, malformed;
};

struct scan {
    const char *at, *end;
};

static char peek(const struct scan *scan, size_t ahead)
{
    return (size_t)(scan->end - scan->at) > ahead ? scan->at[ahead] : 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static int digit_value(char c, int base)
{
    int value = c >= '0' && c <= '9'                 ? c - '0'
                : lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10
                                                     : 99;
    return value < base ? value : -1;
}

static void skip_digits(struct scan *scan, int base)
{
    while (scan->at < scan->end && digit_value(*scan->at, base) >= 0)
        scan->at++;
}

// Bytes of a dash of any of PowerShell's four kinds.
static size_t dash_size(const struct scan *scan)
{
    if (peek(scan, 0) == '-')
        return 1;
    unsigned char last = (unsigned char)peek(scan, 2);
    return peek(scan, 0) == '\xE2' && peek(scan, 1) == '\x80' && last >= 0x93 && last <= 0x95 ? 3 : 0;
}

static void scan_sign(struct scan *scan, struct literal *literal)
{
    size_t dash = dash_size(scan);
    literal->negative = dash > 0;
    scan->at += dash ? dash : peek(scan, 0) == '+';
}

static void scan_exponent(struct scan *scan, struct literal *literal)
{
    scan->at++;
    literal->real = true;
    size_t dash = dash_size(scan);
    scan->at += dash ? dash : peek(scan, 0) == '+';
    const char *digits = scan->at;
    skip_digits(scan, 10);
    literal->malformed = scan->at == digits;
}

static void scan_after_point(struct scan *scan, struct literal *literal)
{
    bool needed = scan->at == literal->digits; // a point that begins the literal needs a digit
    scan->at++;
    literal->real = true;
    const char *digits = scan->at;
    skip_digits(scan, 10);
    literal->malformed = needed && scan->at == digits;
    if (!literal->malformed && lower(peek(scan, 0)) == 'e')
        scan_exponent(scan, literal);
}

static void scan_decimal(struct scan *scan, struct literal *literal)
{
    literal->base = 10;
    skip_digits(scan, 10);
    if (peek(scan, 0) == '.' && peek(scan, 1) != '.')
        scan_after_point(scan, literal);
    else if (lower(peek(scan, 0)) == 'e' && scan->at > literal->digits)
        scan_exponent(scan, literal);
}

static void scan_digits(struct scan *scan, struct literal *literal)
{
    char mark = peek(scan, 0) == '0' ? lower(peek(scan, 1)) : 0;
    literal->digits = scan->at;
    if (mark != 'x' && mark != 'b') {
        scan_decimal(scan, literal);
    } else {
        literal->base = mark == 'x' ? 16 : 2;
        literal->digits = scan->at += 2;
        skip_digits(scan, literal->base);
        literal->malformed = mark == 'b' && scan->at == literal->digits;
    }
    literal->digits_end = scan->at;
}

static unsigned suffix_of(char c)
{
    static const char letters[] = "ysludn";
    static const unsigned bits[] = {S_SIGNED, S_SHORT, S_LONG, S_UNSIGNED, S_DECIMAL, S_BIG};
    const char *found = c ? strchr(letters, lower(c)) : NULL;
    return found ? bits[found - letters] : S_NONE;
}

static void scan_suffix(struct scan *scan, struct literal *literal)
{
    literal->suffix = suffix_of(peek(scan, 0));
    if (!literal->suffix)
        return;
    scan->at++;
    unsigned second = suffix_of(peek(scan, 0));
    if (!second)
        return;
    scan->at++;
    if (literal->suffix != S_UNSIGNED || second > S_LONG)
        literal->malformed = true;
    literal->suffix |= second;
}

static void scan_multiplier(struct scan *scan, struct literal *literal)
{
    static const char letters[] = "kmgtp";
    char c = lower(peek(scan, 0));
    const char *found = c ? strchr(letters, c) : NULL;
    if (!found)
        return;
    scan->at++;
    literal->shift = 10 * (unsigned)(found - letters + 1);
    if (lower(peek(scan, 0)) == 'b')
        scan->at++;
    else
        literal->malformed = true;
}

static bool scan_literal(struct scan *scan, unsigned flags, struct literal *ret)
{
    *ret = (struct literal){0};
    if (flags & NUMBER_SIGN)
        scan_sign(scan, ret);
    char first = peek(scan, 0);
    if (first != '.' && (first < '0' || first > '9'))
        return false;
    scan_digits(scan, ret);
    if (!ret->malformed)
        scan_suffix(scan, ret);
    if (!ret->malformed)
        scan_multiplier(scan, ret);
    return true;
}

size_t number_scan(const char *text, size_t size, unsigned flags, bool *ret_malformed)
{
    struct scan scan = {text, text + size};
    struct literal literal;
    if (!scan_literal(&scan, flags, &literal))
        return 0;
    *ret_malformed = literal.malformed;
    return (size_t)(scan.at - text);
}

// An exact integer with a sign.
struct whole {
    struct wide magnitude;
    bool negative;
};

static struct wide power_of_two(unsigned bit)
{
    struct wide value = {{0}};
    value.word[bit / 32] = 1u << bit % 32;
    return value;
}

static struct wide shifted(struct wide value, unsigned shift)
{
    struct wide factor = power_of_two(shift);
    return wide_multiply(&value, &factor);
}

// The width in bits at which the highest bit of a hexadecimal or binary literal means its sign; 0: none.
static unsigned sign_width(const struct literal *literal, size_t digits)
{
    if (literal->base == 10 || literal->suffix & S_UNSIGNED)
        return 0;
    if (literal->base == 2)
        return digits == 8 || digits == 16 || digits == 32 || digits == 64 || digits == 96 || digits == 128
                   ? (unsigned)digits : 0;
    size_t expected = literal->suffix == S_SIGNED ? 2 : literal->suffix == S_SHORT ? 4
                      : literal->suffix == S_LONG || digits > 14 ? 16 : 8;
    return digits == expected ? (unsigned)digits * 4 : 0;
}

static void apply_sign_bit(struct whole *whole, unsigned width)
{
    if (!width || wide_bits(&whole->magnitude) != width)
        return;
    struct wide modulus = power_of_two(width);
    wide_subtract(&modulus, &whole->magnitude);
    whole->magnitude = modulus;
    whole->negative = !whole->negative;
}

// False: too long to be exact in 256 bits.
static bool whole_read(const struct literal *literal, struct whole *ret)
{
    const char *at = literal->digits;
    while (at < literal->digits_end && *at == '0')
        at++;
    if (literal->digits_end - at > (literal->base == 2 ? 192 : literal->base == 16 ? 48 : EXACT_DIGITS))
        return false;
    *ret = (struct whole){.negative = literal->negative};
    for (; at < literal->digits_end; at++) {
        struct wide digit = wide_from((uint64_t)digit_value(*at, literal->base), 0);
        wide_multiply_small(&ret->magnitude, (uint32_t)literal->base);
        wide_add(&ret->magnitude, &digit);
    }
    apply_sign_bit(ret, sign_width(literal, (size_t)(literal->digits_end - literal->digits)));
    ret->magnitude = shifted(ret->magnitude, literal->shift);
    return true;
}

static uint64_t low_word(const struct wide *value)
{
    return (uint64_t)value->word[1] << 32 | value->word[0];
}

static bool fits_signed(const struct whole *whole, unsigned bits)
{
    struct wide limit = power_of_two(bits - 1);
    int order = wide_compare(&whole->magnitude, &limit);
    return order < 0 || (order == 0 && whole->negative);
}

static bool fits_unsigned(const struct whole *whole, unsigned bits)
{
    return wide_bits(&whole->magnitude) <= bits && (!whole->negative || wide_is_zero(&whole->magnitude));
}

static bool as_signed(const struct whole *whole, enum number_type type, unsigned bits, struct number *ret)
{
    if (!fits_signed(whole, bits))
        return false;
    uint64_t low = low_word(&whole->magnitude);
    *ret = (struct number){.type = type, .i = (int64_t)(whole->negative ? 0 - low : low)};
    return true;
}

static bool as_unsigned(const struct whole *whole, enum number_type type, unsigned bits, struct number *ret)
{
    if (!fits_unsigned(whole, bits))
        return false;
    *ret = (struct number){.type = type, .u = low_word(&whole->magnitude)};
    return true;
}

static bool as_decimal(const struct whole *whole, struct number *ret)
{
    if (wide_bits(&whole->magnitude) > 96)
        return false;
    struct decimal value = {low_word(&whole->magnitude), whole->magnitude.word[2], 0,
                            whole->negative && !wide_is_zero(&whole->magnitude)};
    *ret = (struct number){.type = NUM_DECIMAL, .decimal = value};
    return true;
}

// Decimal digits of any length: limbs of nine digits, least significant first.
struct limbs {
    uint32_t *limb;
    size_t count, capacity;
};

static void limbs_multiply(struct limbs *limbs, uint32_t factor, uint32_t more)
{
    uint64_t carry = more;
    for (size_t i = 0; i < limbs->count; i++) {
        carry += (uint64_t)limbs->limb[i] * factor;
        limbs->limb[i] = (uint32_t)(carry % 1000000000u);
        carry /= 1000000000u;
    }
    if (carry && limbs->count < limbs->capacity)
        limbs->limb[limbs->count++] = (uint32_t)carry;
}

static bool limbs_text(const struct limbs *limbs, struct arena *arena, bool negative, struct number *ret)
{
    size_t size = limbs->count * 9;
    char *text = arena_new(arena, size + 1);
    if (!text)
        return false;
    for (size_t i = 0; i < size; i++) {
        uint32_t part = limbs->limb[i / 9];
        for (size_t j = i % 9; j > 0; j--)
            part /= 10;
        text[size - 1 - i] = (char)('0' + part % 10);
    }
    size_t zeros = strspn(text, "0");
    zeros -= zeros == size;
    *ret = (struct number){.type = NUM_BIGINT};
    ret->big.digits = text + zeros;
    ret->big.size = size - zeros;
    ret->big.negative = negative && text[zeros] != '0';
    return true;
}

static bool limbs_new(struct limbs *limbs, size_t digits)
{
    *limbs = (struct limbs){.count = 1, .capacity = digits / 9 + 8};
    limbs->limb = mem_new(limbs->capacity, sizeof *limbs->limb);
    return limbs->limb != NULL;
}

static void limbs_free(struct limbs *limbs)
{
    mem_free(limbs->limb, limbs->capacity * sizeof *limbs->limb);
}

static void limbs_shift(struct limbs *limbs, unsigned shift)
{
    for (; shift; shift -= 10)
        limbs_multiply(limbs, 1024, 0);
}

static bool big_from_literal(const struct literal *literal, struct arena *arena, struct number *ret)
{
    size_t digits = (size_t)(literal->digits_end - literal->digits);
    struct limbs limbs;
    if (digits > BIG_DIGITS || !limbs_new(&limbs, 2 * digits + 32))
        return false;
    for (const char *at = literal->digits; at < literal->digits_end; at++)
        limbs_multiply(&limbs, (uint32_t)literal->base, (uint32_t)digit_value(*at, literal->base));
    limbs_shift(&limbs, literal->shift);
    bool done = limbs_text(&limbs, arena, literal->negative, ret);
    limbs_free(&limbs);
    return done;
}

static bool big_from_whole(const struct whole *whole, struct arena *arena, struct number *ret)
{
    struct limbs limbs;
    if (!limbs_new(&limbs, 80))
        return false;
    struct wide rest = whole->magnitude;
    limbs.count = 0;
    while (!wide_is_zero(&rest) || !limbs.count)
        limbs.limb[limbs.count++] = wide_divide_small(&rest, 1000000000u);
    bool done = limbs_text(&limbs, arena, whole->negative, ret);
    limbs_free(&limbs);
    return done;
}

static bool literal_double(const struct literal *literal, double *ret)
{
    size_t size = (size_t)(literal->digits_end - literal->digits);
    char *copy = mem_new(1, size + 1);
    if (!copy)
        return false;
    size_t used = 0;
    for (const char *at = literal->digits; at < literal->digits_end; at++) {
        if (*at == '\xE2') { // a dash of another kind, in the exponent
            copy[used++] = '-';
            at += 2;
        } else {
            copy[used++] = *at;
        }
    }
    *ret = ldexp(strtod(copy, NULL), (int)literal->shift);
    mem_free(copy, size + 1);
    if (literal->negative)
        *ret = -*ret;
    return true;
}

static bool integer_without_suffix(const struct literal *literal, struct number *ret)
{
    struct whole whole;
    bool exact = whole_read(literal, &whole);
    if (exact && (as_signed(&whole, NUM_I32, 32, ret) || as_signed(&whole, NUM_I64, 64, ret)))
        return true;
    if (literal->base != 10)
        return false;
    if (exact && as_decimal(&whole, ret))
        return true;
    double value;
    if (!literal_double(literal, &value))
        return false;
    *ret = (struct number){.type = NUM_F64, .f = value};
    return true;
}

static bool whole_with_suffix(const struct whole *whole, unsigned suffix, struct number *ret)
{
    switch (suffix) {
    case S_SIGNED:
        return as_signed(whole, NUM_I8, 8, ret);
    case S_SIGNED | S_UNSIGNED:
        return as_unsigned(whole, NUM_U8, 8, ret);
    case S_SHORT:
        return as_signed(whole, NUM_I16, 16, ret);
    case S_SHORT | S_UNSIGNED:
        return as_unsigned(whole, NUM_U16, 16, ret);
    case S_LONG:
        return as_signed(whole, NUM_I64, 64, ret);
    case S_UNSIGNED:
        return as_unsigned(whole, NUM_U32, 32, ret) || as_unsigned(whole, NUM_U64, 64, ret);
    case S_LONG | S_UNSIGNED:
        return as_unsigned(whole, NUM_U64, 64, ret);
    default:
        return suffix == S_DECIMAL && as_decimal(whole, ret);
    }
}

// Sixteen hexadecimal digits (PowerShell counts a leading zero of its own) or sixty-four binary digits are
// a long even where they would fit into less.
static unsigned effective_suffix(const struct literal *literal)
{
    size_t digits = (size_t)(literal->digits_end - literal->digits);
    bool full =
        (literal->base == 16 && (digits == 15 || digits == 16)) || (literal->base == 2 && digits == 64);
    bool plain = literal->suffix == S_NONE || (literal->suffix == S_UNSIGNED && literal->base == 2);
    return full && plain ? literal->suffix | S_LONG : literal->suffix;
}

static bool read_integer(const struct literal *literal, struct arena *arena, struct number *ret)
{
    unsigned suffix = effective_suffix(literal);
    if (suffix == S_NONE)
        return integer_without_suffix(literal, ret);
    struct whole whole;
    bool exact = whole_read(literal, &whole);
    if (suffix != S_BIG)
        return exact && whole_with_suffix(&whole, suffix, ret);
    if (!arena)
        return false;
    return exact ? big_from_whole(&whole, arena, ret) : big_from_literal(literal, arena, ret);
}

// The integer nearest to a double is its mantissa times a power of two.
static bool whole_from_double(double value, struct whole *ret)
{
    value = nearbyint(value);
    if (!isfinite(value) || fabs(value) >= 0x1p200)
        return false;
    int exponent;
    uint64_t mantissa = (uint64_t)ldexp(frexp(fabs(value), &exponent), 53);
    ret->negative = value < 0;
    ret->magnitude = exponent >= 53 ? shifted(wide_from(mantissa, 0), (unsigned)exponent - 53)
                     : exponent > 0 ? wide_from(mantissa >> (53 - exponent), 0) : wide_from(0, 0);
    return true;
}

static bool big_from_double(double value, struct arena *arena, struct number *ret)
{
    struct whole whole;
    if (!arena || !isfinite(value))
        return false;
    if (whole_from_double(value, &whole))
        return big_from_whole(&whole, arena, ret);
    int exponent;
    uint64_t mantissa = (uint64_t)ldexp(frexp(fabs(value), &exponent), 53);
    struct limbs limbs;
    if (!limbs_new(&limbs, 400))
        return false;
    limbs_multiply(&limbs, 1, (uint32_t)(mantissa >> 32));
    limbs_multiply(&limbs, 1u << 16, 0);
    limbs_multiply(&limbs, 1u << 16, (uint32_t)mantissa);
    for (int i = 53; i < exponent; i++)
        limbs_multiply(&limbs, 2, 0);
    bool done = limbs_text(&limbs, arena, value < 0, ret);
    limbs_free(&limbs);
    return done;
}

static bool read_decimal(const struct literal *literal, struct number *ret)
{
    struct decimal value, factor = decimal_from_uint64((uint64_t)1 << literal->shift), product;
    if (!decimal_from_text(literal->digits, (size_t)(literal->digits_end - literal->digits), &value))
        return false;
    value.negative = literal->negative;
    if (!literal->shift)
        product = value;
    else if (!decimal_multiply(value, factor, &product))
        return false;
    *ret = (struct number){.type = NUM_DECIMAL, .decimal = product};
    return true;
}

static bool read_real(const struct literal *literal, struct arena *arena, struct number *ret)
{
    double value;
    struct whole whole;
    if (literal->suffix == S_DECIMAL)
        return read_decimal(literal, ret);
    if (!literal_double(literal, &value))
        return false;
    if (literal->suffix == S_BIG)
        return big_from_double(value, arena, ret);
    if (literal->suffix)
        return whole_from_double(value, &whole) && whole_with_suffix(&whole, literal->suffix, ret);
    *ret = (struct number){.type = NUM_F64, .f = value};
    return true;
}

static void trim(struct scan *scan)
{
    while (scan->at < scan->end && (*scan->at == ' ' || (*scan->at >= '\t' && *scan->at <= '\r')))
        scan->at++;
    while (scan->end > scan->at && (scan->end[-1] == ' ' || (scan->end[-1] >= '\t' && scan->end[-1] <= '\r')))
        scan->end--;
}

bool number_parse(const char *text, size_t size, unsigned flags, struct arena *arena,
                  struct number *ret_number)
{
    struct scan scan = {text, text + size};
    struct literal literal;
    if (flags & NUMBER_BLANKS) {
        trim(&scan);
        if (scan.at == scan.end) {
            *ret_number = (struct number){.type = NUM_I32};
            return true;
        }
    }
    if (!scan_literal(&scan, flags, &literal) || literal.malformed || scan.at != scan.end)
        return false;
    return literal.real ? read_real(&literal, arena, ret_number) : read_integer(&literal, arena, ret_number);
}
