#include "interp/value/numeric.h"
#include "interp/value/enum.h"

#include <math.h>

#include "interp/eval/interp.h"
#include "interp/value/bigint.h"
#include "interp/value/error.h"
#include "interp/value/exceptions.h"
#include "interp/value/method.h"
#include "interp/value/types.h"

static value make_int(enum value_kind kind, int64_t i)
{
    return (value){.kind = (uint8_t)kind, .i = i};
}
static value make_uint(enum value_kind kind, uint64_t u)
{
    return (value){.kind = (uint8_t)kind, .u = u};
}

bool number_value(struct interp *in, const struct number *number, value *ret)
{
    static const uint8_t kinds[] = {
        [NUM_I8] = V_I8,   [NUM_U8] = V_U8,   [NUM_I16] = V_I16, [NUM_U16] = V_U16, [NUM_I32] = V_I32,
        [NUM_U32] = V_U32, [NUM_I64] = V_I64, [NUM_U64] = V_U64, [NUM_F64] = V_F64,
    };
    if (number->type == NUM_DECIMAL)
        return decimal_new(in, number->decimal, ret);
    if (number->type == NUM_BIGINT)
        return bigint_from_text(in, number->big.digits, number->big.size, number->big.negative, ret);
    *ret = (value){.kind = kinds[number->type], .i = number->i};
    return true;
}

static bool parse_text(struct interp *in, const struct string *text, value *ret)
{
    struct arena arena = ARENA_INIT;
    struct number number;
    bool ok = number_parse(text->text, text->size, NUMBER_SIGN | NUMBER_BLANKS, &arena, &number) &&
              number_value(in, &number, ret);
    arena_free(&arena);
    return ok;
}

// NULL: it does not stand for a number. The kinds that count as numbers on one side of an operator.
static bool plain_number(value v, value *ret)
{
    if (value_is_number(v))
        return *ret = value_keep(v), true;
    if (v.kind == V_BOOL)
        return *ret = value_int(v.b), true;
    if (v.kind == V_ENUM) {
        *ret = enum_to_number(v);
        if (ret->kind < V_I32)
            *ret = value_int((int32_t)v.i);
        return true;
    }
    if (v.kind == V_CHAR)
        return *ret = value_int((int32_t)v.i), true;
    if (value_is_null(v))
        return *ret = value_int(0), true;
    return false;
}

bool numeric_of(struct interp *in, value v, value *ret)
{
    if (plain_number(v, ret))
        return true;
    if (v.kind == V_STRING && parse_text(in, v.string, ret))
        return true;
    if (v.kind == V_STRING)
        return value_convert(in, v, &type_int, ret); // throws what a cast to int throws
    return throw_error(in, "InvalidCast", CAT_InvalidArgument, v, "This is not a number.");
}

static bool is_signed(value v)
{
    return v.kind == V_I8 || v.kind == V_I16 || v.kind == V_I32 || v.kind == V_I64;
}

static enum value_kind common_kind(value a, value b)
{
    uint8_t most = a.kind > b.kind ? a.kind : b.kind;
    bool negative = (is_signed(a) && a.i < 0) || (is_signed(b) && b.i < 0);
    if (most <= V_I32)
        return V_I32;
    if (most == V_U32)
        return negative ? V_I64 : V_U32;
    if (most == V_U64)
        return negative ? V_DECIMAL : V_U64;
    if (most == V_F32)
        return V_F64;
    if (most == V_BIGINT && a.kind == V_DECIMAL)
        return V_DECIMAL; // the left side decides between these two
    return (enum value_kind)most;
}

static double to_double(value v)
{
    if (v.kind == V_F64 || v.kind == V_F32)
        return v.f;
    if (v.kind == V_DECIMAL)
        return decimal_to_double(v.decimal->number);
    if (v.kind == V_BIGINT)
        return bigint_to_double(v);
    return is_signed(v) ? (double)v.i : (double)v.u;
}

static bool overflow(struct interp *in)
{
    throw_error(in, "RuntimeException", CAT_NotSpecified, value_null,
                "The value is too large or too small for a decimal.");
    if (exception_is_overflow)
        exception_is_overflow(in);
    return false;
}

static bool to_decimal(struct interp *in, value v, value *ret)
{
    struct decimal d;
    if (v.kind == V_DECIMAL)
        return *ret = value_keep(v), true;
    if (v.kind == V_F64 || v.kind == V_F32 || v.kind == V_BIGINT) {
        if (!decimal_from_double(to_double(v), &d))
            return overflow(in);
    } else
        d = is_signed(v) ? decimal_from_int64(v.i) : decimal_from_uint64(v.u);
    return decimal_new(in, d, ret);
}

static bool to_bigint(struct interp *in, value v, value *ret)
{
    if (v.kind == V_BIGINT)
        return *ret = value_keep(v), true;
    if (v.kind == V_F64 || v.kind == V_F32 || v.kind == V_DECIMAL)
        return bigint_from_double(in, to_double(v), ret);
    return is_signed(v) ? bigint_from_int(in, v.i, ret) : bigint_from_uint(in, v.u, ret);
}

static bool promote(struct interp *in, value v, enum value_kind to, value *ret)
{
    switch (to) {
    case V_DECIMAL:
        return to_decimal(in, v, ret);
    case V_BIGINT:
        return to_bigint(in, v, ret);
    case V_F64:
        return *ret = value_double(to_double(v)), true;
    default:
        return *ret = make_int(to, v.i), true; // the bits are the same: common_kind never loses a sign
    }
}

static bool promote_both(struct interp *in, value a, value b, value *ret_a, value *ret_b)
{
    enum value_kind kind = common_kind(a, b);
    if (!promote(in, a, kind, ret_a))
        return false;
    if (promote(in, b, kind, ret_b))
        return true;
    value_drop(*ret_a);
    return false;
}

bool numeric_operands(struct interp *in, value left, value right, value *ret_left, value *ret_right)
{
    value l, r;
    if (!value_is_number(left) && left.kind != V_CHAR)
        return false;
    if (value_is_null(right) || !plain_number(left, &l))
        return false;
    if (!plain_number(right, &r) && !(right.kind == V_STRING && parse_text(in, right.string, &r)))
        return value_drop(l), false;
    bool ok = promote_both(in, l, r, ret_left, ret_right);
    if (!ok) { // a double beyond a decimal's range is compared as a double
        value_set(&in->thrown, value_null);
        *ret_left = value_double(to_double(l));
        *ret_right = value_double(to_double(r));
        ok = true;
    }
    value_drop(l);
    value_drop(r);
    return ok;
}

int numeric_compare(value a, value b)
{
    if (a.kind == V_DECIMAL && b.kind == V_DECIMAL)
        return decimal_compare(a.decimal->number, b.decimal->number);
    if (a.kind == V_BIGINT && b.kind == V_BIGINT)
        return bigint_compare(a, b);
    if (a.kind >= V_F32 || b.kind >= V_F32) {
        double x = to_double(a), y = to_double(b);
        return x < y ? -1 : x > y ? 1 : x == y ? 0 : 2;
    }
    bool a_negative = is_signed(a) && a.i < 0, b_negative = is_signed(b) && b.i < 0;
    if (a_negative != b_negative)
        return a_negative ? -1 : 1;
    if (a_negative)
        return (a.i > b.i) - (a.i < b.i);
    return (a.u > b.u) - (a.u < b.u);
}

// --- Arithmetic
// ------------------------------------------------------------------------------------------------

// What is too large goes through a BigInteger, whose conversion to double cuts.
static double toward_zero(__int128 wide)
{
    double real = (double)wide;
    bool beyond = wide < 0 ? (__int128)real < wide : (__int128)real > wide;
    return beyond ? nextafter(real, 0) : real;
}

// Integers of one kind: in 128 bits, then back, or as a double where the kind is too narrow.
static bool settle(enum value_kind kind, __int128 wide, value *ret)
{
    if (kind == V_I32 && wide >= INT32_MIN && wide <= INT32_MAX)
        return *ret = make_int(kind, (int64_t)wide), true;
    if (kind == V_U32 && wide >= 0 && wide <= UINT32_MAX)
        return *ret = make_uint(kind, (uint64_t)wide), true;
    if (kind == V_I64 && wide >= INT64_MIN && wide <= INT64_MAX)
        return *ret = make_int(kind, (int64_t)wide), true;
    if (kind == V_U64 && wide >= 0 && wide <= UINT64_MAX)
        return *ret = make_uint(kind, (uint64_t)wide), true;
    return *ret = value_double(toward_zero(wide)), true;
}

static __int128 widen(value v)
{
    return is_signed(v) ? (__int128)v.i : (__int128)v.u;
}

static bool zero_divisor(struct interp *in)
{
    return throw_error(in, "RuntimeException", CAT_NotSpecified, value_null, "Attempted to divide by zero.");
}

static bool integers(struct interp *in, char op, value a, value b, value *ret)
{
    __int128 x = widen(a), y = widen(b);
    enum value_kind kind = (enum value_kind)a.kind;
    if ((op == '/' || op == '%') && !y)
        return zero_divisor(in);
    switch (op) {
    case '+':
        return settle(kind, x + y, ret);
    case '-':
        return settle(kind, x - y, ret);
    case '*': {
        __int128 product;
        if (__builtin_mul_overflow(x, y, &product))
            return *ret = value_double((double)x * (double)y), true;
        return settle(kind, product, ret);
    }
    case '/':
        return x % y ? (*ret = value_double((double)x / (double)y), true) : settle(kind, x / y, ret);
    default:
        return settle(kind, x % y, ret);
    }
}

static bool doubles(char op, double x, double y, value *ret)
{
    double result = op == '+'   ? x + y
                    : op == '-' ? x - y
                    : op == '*' ? x * y
                    : op == '/' ? x / y
                                : fmod(x, y);
    return *ret = value_double(result), true;
}

static bool decimals(struct interp *in, char op, struct decimal x, struct decimal y, value *ret)
{
    struct decimal result;
    if ((op == '/' || op == '%') && !y.lo && !y.hi)
        return zero_divisor(in);
    bool ok = op == '+'   ? decimal_add(x, y, &result)
              : op == '-' ? decimal_subtract(x, y, &result)
              : op == '*' ? decimal_multiply(x, y, &result)
              : op == '/' ? decimal_divide(x, y, &result)
                          : decimal_remainder(x, y, &result);
    return ok ? decimal_new(in, result, ret) : overflow(in);
}

static bool same_kind(struct interp *in, char op, value a, value b, value *ret)
{
    if (a.kind == V_F64)
        return doubles(op, a.f, b.f, ret);
    if (a.kind == V_DECIMAL)
        return decimals(in, op, a.decimal->number, b.decimal->number, ret);
    if (a.kind == V_BIGINT)
        return bigint_operate(in, op, a, b, ret);
    return integers(in, op, a, b, ret);
}

// A text that is no number fails as a cast to the other side's kind of number does.
static bool operand_of(struct interp *in, value v, value other, bool text_left, value *ret)
{
    if (v.kind != V_STRING || parse_text(in, v.string, ret))
        return v.kind == V_STRING || numeric_of(in, v, ret);
    if (other.kind == V_BIGINT && !text_left)
        return throw_error(in, "MethodArgumentConversionInvalidCastArgument", CAT_NotSpecified, v,
                           "This is not a number.");
    const struct type *to = other.kind == V_DECIMAL                      ? &type_decimal
                            : other.kind == V_F64 || other.kind == V_F32 ? &type_double
                            : other.kind == V_ENUM                       ? enum_type(other)
                                                                         : &type_int;
    if (!value_convert(in, v, to, ret))
        return false;
    if (ret->kind == V_ENUM)
        *ret = value_int((int32_t)ret->i);
    return true;
}

bool numeric_operand(struct interp *in, value v, value other, value *ret)
{
    return operand_of(in, v, other, false, ret);
}

static bool arithmetic(struct interp *in, char op, value left, value right, value *ret)
{
    value l, r, a, b;
    if (!operand_of(in, left, right, true, &l))
        return false;
    if (!operand_of(in, right, left, false, &r))
        return value_drop(l), false;
    bool ok = promote_both(in, l, r, &a, &b);
    value_drop(l);
    value_drop(r);
    if (!ok)
        return false;
    ok = same_kind(in, op, a, b, ret);
    value_drop(a);
    value_drop(b);
    return ok;
}

bool numeric_add(struct interp *in, value left, value right, value *ret)
{
    return arithmetic(in, '+', left, right, ret);
}
bool numeric_subtract(struct interp *in, value left, value right, value *ret)
{
    return arithmetic(in, '-', left, right, ret);
}
bool numeric_multiply(struct interp *in, value left, value right, value *ret)
{
    return arithmetic(in, '*', left, right, ret);
}
bool numeric_divide(struct interp *in, value left, value right, value *ret)
{
    return arithmetic(in, '/', left, right, ret);
}
bool numeric_remainder(struct interp *in, value left, value right, value *ret)
{
    return arithmetic(in, '%', left, right, ret);
}

bool numeric_negate(struct interp *in, value v, value *ret)
{
    value number;
    if (!numeric_of(in, v, &number))
        return false;
    bool ok = true;
    if (number.kind == V_F64 || number.kind == V_F32)
        *ret = value_double(-number.f);
    else
        ok = numeric_subtract(in, value_int(0), number, ret);
    value_drop(number);
    return ok;
}

// --- Bits
// ------------------------------------------------------------------------------------------------------

static bool out_of_range(struct interp *in, value v)
{
    return throw_error(in, "InvalidCastIConvertible", CAT_InvalidArgument, v,
                       "The number is too large for bit operations.");
}

// Reals become 64-bit integers, signed only where negative.
static bool whole_number(struct interp *in, value v, value *ret)
{
    if (v.kind < V_F32 || v.kind == V_BIGINT)
        return *ret = value_keep(v), true;
    if (v.kind == V_DECIMAL) {
        int64_t i;
        uint64_t u;
        if (decimal_to_uint64(v.decimal->number, &u))
            return *ret = make_uint(V_U64, u), true;
        return decimal_to_int64(v.decimal->number, &i) ? (*ret = make_int(V_I64, i), true)
                                                       : out_of_range(in, v);
    }
    double rounded = nearbyint(v.f);
    if (rounded >= 0 && rounded < 18446744073709551616.0)
        return *ret = make_uint(V_U64, (uint64_t)rounded), true;
    if (rounded < 0 && rounded >= -9223372036854775808.0)
        return *ret = make_int(V_I64, (int64_t)rounded), true;
    return out_of_range(in, v);
}

static bool whole_of(struct interp *in, value v, value *ret)
{
    value number;
    if (!numeric_of(in, v, &number))
        return false;
    bool ok = whole_number(in, number, ret);
    value_drop(number);
    return ok;
}

// The width of a bit operation: the signs of both count only where one of them is negative.
static enum value_kind bits_kind(value a, value b)
{
    uint8_t most = a.kind > b.kind ? a.kind : b.kind;
    bool negative = (is_signed(a) && a.i < 0) || (is_signed(b) && b.i < 0);
    if (most <= V_I32)
        return V_I32;
    if (most == V_U32)
        return negative ? V_I64 : V_U32;
    if (most == V_I64 || negative)
        return V_I64;
    return V_U64;
}

static bool is_real(value v)
{
    return v.kind == V_F32 || v.kind == V_F64 || v.kind == V_DECIMAL;
}

// What PowerShell answers where one side is no number; the ids are those of its own failures.
static bool no_bits(struct interp *in, value left, value right)
{
    if (left.kind == V_BIGINT && !is_real(right))
        return throw_error(in, "MethodArgumentConversionInvalidCastArgument", CAT_NotSpecified, right,
                           "This is not a whole number.");
    bool null_reference =
        (is_real(left) || is_real(right)) && left.kind != V_DATETIME && right.kind != V_DATETIME;
    if (null_reference)
        return throw_error(in, "System.NullReferenceException", CAT_OperationStopped, right,
                           "Bits are of whole numbers only.");
    return throw_error(in, "MethodNotFound", CAT_InvalidOperation, left, "Bits are of whole numbers only.");
}

static bool number_like(value v)
{
    return value_is_number(v) || value_is_null(v) || v.kind == V_BOOL || v.kind == V_CHAR || v.kind == V_ENUM;
}

static bool bits_of_numbers(struct interp *in, char op, value left, value right, value *ret)
{
    value a, b;
    if (!number_like(left) || !number_like(right))
        return no_bits(in, left, right);
    if ((left.kind == V_BIGINT && is_real(right)) || (right.kind == V_BIGINT && is_real(left)))
        return no_bits(in, left, right);
    if (left.kind == V_ENUM && right.kind == V_BIGINT)
        return no_bits(in, left, right);
    if (!whole_of(in, left, &a))
        return false;
    if (!whole_of(in, right, &b))
        return value_drop(a), false;
    bool ok = true;
    if (a.kind == V_BIGINT || b.kind == V_BIGINT) {
        value x, y;
        ok = promote_both(in, a, b, &x, &y);
        if (ok)
            ok = bigint_operate(in, op, x, y, ret), value_drop(x), value_drop(y);
    } else {
        uint64_t bits = op == '&' ? a.u & b.u : op == '|' ? a.u | b.u : a.u ^ b.u;
        *ret = make_uint(bits_kind(a, b), bits);
    }
    value_drop(a);
    value_drop(b);
    if (ok && left.kind == V_ENUM && ret->kind <= V_I64)
        *ret = enum_value(enum_type(left), (int32_t)ret->i);
    return ok;
}

static bool read_text(struct interp *in, value v, value other, value *ret)
{
    if (v.kind == V_STRING)
        return operand_of(in, v, other, true, ret);
    return *ret = value_keep(v), true;
}

// Strings are read as numbers before anything else is looked at.
bool numeric_bits(struct interp *in, char op, value left, value right, value *ret)
{
    value l, r;
    if (!read_text(in, left, right, &l))
        return false;
    if (!read_text(in, right, left, &r))
        return value_drop(l), false;
    bool ok = bits_of_numbers(in, op, l, r, ret);
    value_drop(l);
    value_drop(r);
    return ok;
}

bool numeric_not(struct interp *in, value v, value *ret)
{
    value a;
    if (!whole_of(in, v, &a))
        return false;
    if (a.kind == V_BIGINT) {
        bool ok = bigint_negate(in, a, ret);
        value minus_one = value_int(-1), negated = *ret, one;
        if (ok)
            ok = bigint_from_int(in, minus_one.i, &one) &&
                 (bigint_operate(in, '+', negated, one, ret) || (value_drop(one), false));
        if (ok)
            value_drop(negated), value_drop(one);
        return value_drop(a), ok;
    }
    if (a.kind <= V_I32)
        *ret = make_int(V_I32, (int32_t)~a.i);
    else if (a.kind == V_U32)
        *ret = make_uint(V_U32, (uint32_t)~a.u);
    else
        *ret = make_uint((enum value_kind)a.kind, ~a.u);
    return true;
}

static bool no_count(struct interp *in, value right)
{
    return throw_error(in, "ConvertToFinalInvalidCastException", CAT_InvalidArgument, right,
                       "The count of a shift is a number.");
}

static bool can_count(value v)
{
    return !conversion_rank || conversion_rank(v, &type_int) != RANK_NONE;
}

static bool no_shift(struct interp *in, value left, value right)
{
    bool dynamic = left.kind == V_ENUM || value_type(left) == &type_custom;
    if (dynamic && !can_count(right))
        return no_count(in, right);
    if (left.kind == V_ENUM)
        return throw_error(in, "System.InvalidOperationException", CAT_OperationStopped, left,
                           "An enum cannot be shifted.");
    bool undefined = (left.kind == V_BOOL || left.kind == V_CHAR) && number_like(right) &&
                     right.kind != V_DECIMAL && right.kind != V_ENUM;
    return throw_error(in, undefined ? "NotADefinedOperationForType" : "MethodNotFound", CAT_InvalidOperation,
                       left, "Only whole numbers can be shifted.");
}

static value shifted(value a, bool to_left, unsigned by)
{
    switch (a.kind) {
    case V_I8:
        return make_int(V_I8, (int8_t)(to_left ? a.u << by : (uint64_t)(a.i >> by)));
    case V_U8:
        return make_uint(V_U8, (uint8_t)(to_left ? a.u << by : a.u >> by));
    case V_I16:
        return make_int(V_I16, (int16_t)(to_left ? a.u << by : (uint64_t)(a.i >> by)));
    case V_U16:
        return make_uint(V_U16, (uint16_t)(to_left ? a.u << by : a.u >> by));
    case V_I32:
        return make_int(V_I32, (int32_t)(to_left ? a.u << by : (uint64_t)(a.i >> by)));
    case V_U32:
        return make_uint(V_U32, (uint32_t)(to_left ? a.u << by : a.u >> by));
    case V_I64:
        return make_int(V_I64, (int64_t)(to_left ? a.u << by : (uint64_t)(a.i >> by)));
    default:
        return make_uint(V_U64, to_left ? a.u << by : a.u >> by);
    }
}

static bool shift_bigint(struct interp *in, bool to_left, value left, value right, value *ret)
{
    int32_t count;
    if (value_to_int(in, right, &count))
        return bigint_shift(in, left, to_left ? count : -count, ret);
    value_set(&in->thrown, value_null);
    return throw_error(in, "MethodArgumentConversionInvalidCastArgument", CAT_NotSpecified, right,
                       "The count of a shift is a number.");
}

// Reals are rounded to int first. The count is masked by the width, as .NET does.
static bool shift_number(struct interp *in, bool to_left, value left, value right, value *ret)
{
    value a = left;
    int32_t count;
    if (left.kind == V_BIGINT)
        return shift_bigint(in, to_left, left, right, ret);
    if (!value_to_int(in, right, &count))
        return false;
    if (is_real(left) && !value_convert(in, left, &type_int, &a)) {
        value_set(&in->thrown, value_null);
        return throw_error(in, "ConvertToFinalInvalidCastException", CAT_InvalidArgument, left,
                           "The number is too large to be shifted.");
    }
    *ret = shifted(a, to_left, (unsigned)count & (a.kind <= V_U32 ? 0x1f : 0x3f));
    return true;
}

static bool shift_as_bigint(struct interp *in, bool to_left, value left, value right, value *ret)
{
    value big;
    if (!bigint_from_int(in, left.kind == V_BOOL ? left.b : left.i, &big))
        return false;
    bool ok = shift_bigint(in, to_left, big, right, ret);
    value_drop(big);
    return ok;
}

static bool shift(struct interp *in, bool to_left, value left, value right, value *ret)
{
    if ((left.kind == V_BOOL || left.kind == V_CHAR) && right.kind == V_BIGINT)
        return shift_as_bigint(in, to_left, left, right, ret);
    return value_is_number(left) ? shift_number(in, to_left, left, right, ret) : no_shift(in, left, right);
}

bool numeric_shift(struct interp *in, bool to_left, value left, value right, value *ret)
{
    value l, r;
    if (value_is_null(left))
        return !to_left || can_count(right) ? (*ret = value_int(0), true) : no_count(in, right);
    if (!read_text(in, left, right, &l))
        return false;
    if (!read_text(in, right, left, &r))
        return value_drop(l), false;
    bool ok = shift(in, to_left, l, r, ret);
    value_drop(l);
    value_drop(r);
    return ok;
}
