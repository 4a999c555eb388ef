#include "interp/value/bigint.h"

#include <math.h>
#include <string.h>
#include <tommath.h>

#include "base/arena.h"
#include "base/mem.h"
#include "interp/value/error.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

enum { MOST_BITS = 1 << 20 }; // a number of 128 KiB; multiplying two such takes milliseconds

struct bigint {
    struct object head;
    mp_int number;
};

void bigint_release(struct object *object)
{
    mp_clear(&((struct bigint *)object)->number);
    mem_free(object, sizeof(struct bigint));
}

static bool make(struct interp *in, value *ret, mp_int **ret_number)
{
    struct bigint *big = heap_new(in, sizeof *big, V_BIGINT, &type_bigint);
    if (!big)
        return false;
    if (mp_init(&big->number) != MP_OKAY) {
        mem_free(big, sizeof *big);
        return throw_memory(in);
    }
    *ret = (value){.kind = V_BIGINT, .bigint = big};
    *ret_number = &big->number;
    return true;
}

static const mp_int *number_of(value v)
{
    return &v.bigint->number;
}

bool bigint_from_text(struct interp *in, const char *digits, size_t size, bool negative, value *ret)
{
    value v;
    mp_int *number;
    if (size > MOST_BITS / 4)
        return throw_error(in, "NumberTooLong", CAT_LimitsExceeded, value_null,
                           "A number of %zu digits is too long.", size);
    if (!make(in, &v, &number))
        return false;
    struct arena arena = ARENA_INIT;
    char *text = arena_text(&arena, digits, size);
    bool ok = text && mp_read_radix(number, text, 10) == MP_OKAY;
    arena_free(&arena);
    if (ok && negative)
        ok = mp_neg(number, number) == MP_OKAY;
    if (!ok)
        return value_drop(v), throw_memory(in);
    return *ret = v, true;
}

bool bigint_from_int(struct interp *in, int64_t from, value *ret)
{
    mp_int *number;
    if (!make(in, ret, &number))
        return false;
    return mp_set_i64(number, from), true;
}

bool bigint_from_uint(struct interp *in, uint64_t from, value *ret)
{
    mp_int *number;
    if (!make(in, ret, &number))
        return false;
    return mp_set_u64(number, from), true;
}

bool bigint_from_double(struct interp *in, double from, value *ret)
{
    mp_int *number;
    if (!isfinite(from))
        return throw_error(in, "InvalidCastIConvertible", CAT_InvalidArgument, value_double(from),
                           "BigInteger has no infinities.");
    if (!make(in, ret, &number))
        return false;
    return mp_set_double(number, trunc(from)) == MP_OKAY || (value_drop(*ret), throw_memory(in));
}

bool bigint_to_string(struct interp *in, value v, value *ret)
{
    int size = 0;
    if (mp_radix_size(number_of(v), 10, &size) != MP_OKAY)
        return throw_memory(in);
    char *text = mem_new((size_t)size, 1);
    if (!text)
        return throw_memory(in);
    bool ok = mp_to_radix(number_of(v), text, (size_t)size, NULL, 10) == MP_OKAY ? string_text(in, text, ret)
                                                                                 : throw_memory(in);
    mem_free(text, (size_t)size);
    return ok;
}

double bigint_to_double(value v)
{
    return mp_get_double(number_of(v));
}

bool bigint_to_int64(value v, int64_t *ret)
{
    if (mp_count_bits(number_of(v)) > 63)
        return false;
    return *ret = mp_get_i64(number_of(v)), true;
}

bool bigint_to_uint64(value v, uint64_t *ret)
{
    if (number_of(v)->sign == MP_NEG || mp_count_bits(number_of(v)) > 64)
        return false;
    return *ret = mp_get_u64(number_of(v)), true;
}

int bigint_compare(value a, value b)
{
    return mp_cmp(number_of(a), number_of(b));
}

bool bigint_is_zero(value v)
{
    return number_of(v)->used == 0;
}

uint32_t bigint_hash(value v)
{
    return (uint32_t)mp_get_mag_u64(number_of(v)) * 2654435761u;
}

static mp_err operate(char op, const mp_int *a, const mp_int *b, mp_int *result)
{
    switch (op) {
    case '+':
        return mp_add(a, b, result);
    case '-':
        return mp_sub(a, b, result);
    case '*':
        return mp_mul(a, b, result);
    case '/':
        return mp_div(a, b, result, NULL);
    case '%':
        return mp_div(a, b, NULL, result);
    case '&':
        return mp_and(a, b, result);
    case '|':
        return mp_or(a, b, result);
    default:
        return mp_xor(a, b, result);
    }
}

bool bigint_operate(struct interp *in, char op, value a, value b, value *ret)
{
    value v;
    mp_int *number;
    if ((op == '/' || op == '%') && bigint_is_zero(b))
        return throw_error(in, "DotNetMethodException", CAT_NotSpecified, value_null,
                           "Attempted to divide by zero.");
    if (op == '*' && mp_count_bits(number_of(a)) + mp_count_bits(number_of(b)) > MOST_BITS)
        return throw_error(in, "NumberTooLong", CAT_LimitsExceeded, value_null,
                           "The product would be too long.");
    if (!make(in, &v, &number))
        return false;
    if (operate(op, number_of(a), number_of(b), number) != MP_OKAY)
        return value_drop(v), throw_memory(in);
    return *ret = v, true;
}

bool bigint_negate(struct interp *in, value v, value *ret)
{
    mp_int *number;
    if (!make(in, ret, &number))
        return false;
    return mp_neg(number_of(v), number) == MP_OKAY || throw_memory(in);
}

bool bigint_shift(struct interp *in, value v, int32_t by, value *ret)
{
    value result;
    mp_int *number;
    if (by > MOST_BITS)
        return throw_error(in, "NumberTooLong", CAT_LimitsExceeded, value_null,
                           "The number would be too long.");
    if (!make(in, &result, &number))
        return false;
    mp_err error = by >= 0 ? mp_mul_2d(number_of(v), by, number) : mp_signed_rsh(number_of(v), -by, number);
    if (error != MP_OKAY)
        return value_drop(result), throw_memory(in);
    return *ret = result, true;
}

// --- Size and bytes

bool bigint_is_odd(value v)
{
    return mp_isodd(number_of(v));
}

size_t bigint_bits(value v)
{
    return (size_t)mp_count_bits(number_of(v));
}

size_t bigint_ones(value v)
{
    size_t ones = 0;
    for (int i = 0; i < number_of(v)->used; i++)
        ones += (size_t)__builtin_popcountll(number_of(v)->dp[i]);
    return ones;
}

// A negative power of two needs one bit less than its magnitude.
size_t bigint_length(value v)
{
    size_t bits = bigint_bits(v);
    return bits - (number_of(v)->sign == MP_NEG && bigint_ones(v) == 1);
}

double bigint_scaled(value v, int bits)
{
    mp_int number;
    double result = 0;
    if (mp_init(&number) != MP_OKAY)
        return result;
    if (mp_div_2d(number_of(v), bits, &number, NULL) == MP_OKAY)
        result = mp_get_double(&number);
    mp_clear(&number);
    return result;
}

static bool add_bytes(const mp_int *number, size_t size, struct buf *out)
{
    unsigned char *bytes = mem_new(size, 1);
    size_t written = 0;
    if (!bytes)
        return false;
    bool ok = mp_to_ubin(number, bytes, size, &written) == MP_OKAY;
    for (size_t i = written; ok && i-- > 0;)
        buf_add_char(out, (char)bytes[i]);
    for (size_t i = written; ok && i < size; i++)
        buf_add_char(out, 0);
    mem_free(bytes, size);
    return ok && !out->failed;
}

bool bigint_to_bytes(value v, struct buf *out)
{
    size_t size = bigint_length(v) / 8 + 1;
    mp_int number;
    if (number_of(v)->sign != MP_NEG)
        return add_bytes(number_of(v), size, out);
    if (mp_init(&number) != MP_OKAY)
        return false;
    bool ok = mp_2expt(&number, (int)size * 8) == MP_OKAY &&
              mp_add(&number, number_of(v), &number) == MP_OKAY && add_bytes(&number, size, out);
    mp_clear(&number);
    return ok;
}

static bool read_bytes(mp_int *number, const unsigned char *bytes, size_t size)
{
    unsigned char *turned = mem_new(size + !size, 1);
    if (!turned)
        return false;
    for (size_t i = 0; i < size; i++)
        turned[i] = bytes[size - 1 - i];
    bool ok = mp_from_ubin(number, turned, size) == MP_OKAY;
    mem_free(turned, size + !size);
    return ok;
}

bool bigint_from_bytes(struct interp *in, const unsigned char *bytes, size_t size, value *ret)
{
    value made;
    mp_int *number, whole;
    if (!make(in, &made, &number))
        return false;
    if (mp_init(&whole) != MP_OKAY)
        return value_drop(made), throw_memory(in);
    bool ok = read_bytes(number, bytes, size);
    if (ok && size && bytes[size - 1] & 0x80)
        ok = mp_2expt(&whole, (int)size * 8) == MP_OKAY && mp_sub(number, &whole, number) == MP_OKAY;
    mp_clear(&whole);
    return ok ? (*ret = made, true) : (value_drop(made), throw_memory(in));
}
