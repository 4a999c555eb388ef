// Numbers as the lexer and the conversions of strings read them, decimals and big integers: the first byte chooses,
// a newline parts two operands. What is written is read as the same again.
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "interp/value/bigint.h"
#include "interp/value/number-format.h"
#include "tests/fuzz/bare.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// What is a number has the form of one.
static void literal(const char *text, size_t size, unsigned flags)
{
    struct arena arena = ARENA_INIT;
    struct number number;
    bool malformed;
    size_t form = number_scan(text, size, flags, &malformed);
    if (form > size)
        abort();
    if (number_parse(text, size, flags, &arena, &number) && !(flags & NUMBER_BLANKS) && form != size)
        abort();
    arena_free(&arena);
    number_parse(text, size, flags, NULL, &number);
}

static void check_text(struct decimal value)
{
    char text[40];
    struct decimal again;
    size_t size = decimal_to_text(value, text);
    if (value.scale > 28 || size >= sizeof text || !decimal_from_text(text, size, &again) ||
        decimal_compare(value, again))
        abort();
}

static void decimals(const char *a, size_t a_size, const char *b, size_t b_size)
{
    struct decimal left, right, result;
    int64_t integer;
    uint64_t natural;
    if (!decimal_from_text(a, a_size, &left) || !decimal_from_text(b, b_size, &right))
        return;
    check_text(left);
    if (decimal_add(left, right, &result))
        check_text(result);
    if (decimal_subtract(left, right, &result))
        check_text(result);
    if (decimal_multiply(left, right, &result))
        check_text(result);
    bool zero = !right.hi && !right.lo;
    if (!zero && decimal_divide(left, right, &result))
        check_text(result);
    if (!zero && decimal_remainder(left, right, &result))
        check_text(result);
    if (decimal_to_int64(left, &integer) && decimal_compare(decimal_from_int64(integer), decimal_round(left, 0, false)))
        abort();
    decimal_to_uint64(left, &natural);
    decimal_from_double(decimal_to_double(left), &result);
    if (decimal_compare(left, right) != -decimal_compare(right, left))
        abort();
}

static bool big(const char *text, size_t size, value *ret)
{
    bool negative = size && *text == '-';
    if (size == negative || size > 400)
        return false;
    for (size_t i = negative; i < size; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return bigint_from_text(&bare, text + negative, size - negative, negative, ret);
}

static void big_operate(value a, value b)
{
    static const char operators[] = "+-*/%&|^";
    value result;
    for (const char *op = operators; *op; op++)
        if ((!strchr("/%", *op) || !bigint_is_zero(b)) && bigint_operate(&bare, *op, a, b, &result))
            value_drop(result);
    for (int by = -70; by <= 70; by += 35)
        if (bigint_shift(&bare, a, by, &result))
            value_drop(result);
    // (a + b) - b is a
    value sum;
    if (!bigint_operate(&bare, '+', a, b, &sum) || !bigint_operate(&bare, '-', sum, b, &result) ||
        bigint_compare(result, a) || bigint_hash(result) != bigint_hash(a))
        abort();
    value_drop(sum);
    value_drop(result);
}

static void big_text(value a)
{
    value text, again;
    struct buf out = {.limit = 1 << 16};
    if (!bigint_to_string(&bare, a, &text) || !big(value_text(text), text.string->size, &again) || bigint_compare(a, again))
        abort();
    number_format(&bare, a, "N3", 2, &out);
    buf_free(&out);
    bigint_to_double(a);
    value_drop(text);
    value_drop(again);
}

static void bigs(const char *a, size_t a_size, const char *b, size_t b_size)
{
    value left, right;
    if (!big(a, a_size, &left))
        return;
    if (a_size < 390)
        big_text(left);
    if (big(b, b_size, &right)) {
        big_operate(left, right);
        value_drop(right);
    }
    value_drop(left);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const char *text = (const char *)data + 1, *end = text + size - 1, *line = memchr(text, '\n', size - 1);
    const char *second = line ? line + 1 : end;
    size_t first = (size_t)((line ? line : end) - text);
    switch (data[0] % 6) {
    case 4:
        decimals(text, first, second, (size_t)(end - second));
        break;
    case 5:
        bare_start();
        bigs(text, first, second, (size_t)(end - second));
        bare_clear();
        break;
    default:
        literal(text, size - 1, data[0] % 6);
    }
    return 0;
}
