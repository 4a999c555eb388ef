// Equality, order and hashes by PowerShell's rules.
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/bigint.h"
#include "interp/value/enum.h"
#include "interp/value/error.h"
#include "interp/value/numeric.h"
#include "interp/value/types.h"

static int string_compare(value a, value b, bool case_sensitive)
{
    if (!case_sensitive)
        return utf8_compare_ignore_case(a.string->text, a.string->size, b.string->text, b.string->size);
    size_t least = a.string->size < b.string->size ? a.string->size : b.string->size;
    int order = memcmp(a.string->text, b.string->text, least);
    if (order)
        return order < 0 ? -1 : 1;
    return (a.string->size > b.string->size) - (a.string->size < b.string->size);
}

static bool string_same(value a, value b, bool case_sensitive)
{
    if (case_sensitive)
        return a.string->size == b.string->size && !memcmp(a.string->text, b.string->text, a.string->size);
    return utf8_same_ignore_case(a.string->text, a.string->size, b.string->text, b.string->size);
}

// Compares after converting the right side to a string, as every comparison with a string on the left does.
static bool with_string(struct interp *in, value left, value right, bool case_sensitive, int *ret_order,
                        bool *ret_same)
{
    value text;
    if (!value_to_string(in, right, &text))
        return false;
    *ret_same = string_same(left, text, case_sensitive);
    *ret_order = *ret_same ? 0 : string_compare(left, text, case_sensitive);
    value_drop(text);
    return true;
}

// An error while converting means "not equal".
static bool convert_quietly(struct interp *in, value v, const struct type *to, value *ret)
{
    if (value_convert(in, v, to, ret))
        return true;
    value_set(&in->thrown, value_null);
    return false;
}

static bool same_object(value a, value b)
{
    if (a.kind != b.kind)
        return false;
    if (a.kind == V_ENUM)
        return enum_same_type(a, b) && a.i == b.i;
    if (value_is_heap(a) && a.object != b.object && a.object->type == b.object->type && a.object->type->equal)
        return a.object->type->equal(a, b);
    if (a.kind == V_BOOL || a.kind == V_SWITCH)
        return a.b == b.b;
    return a.u == b.u;
}

// Numbers of one kind, most often Int32, need no promotion. False: of several, or no numbers.
static inline bool compare_plain(value left, value right, int *ret)
{
    if (left.kind != right.kind)
        return false;
    if (left.kind == V_I32 || left.kind == V_I64)
        return *ret = (left.i > right.i) - (left.i < right.i), true;
    if (left.kind != V_F64 || left.f != left.f || right.f != right.f)
        return false;
    return *ret = (left.f > right.f) - (left.f < right.f), true;
}

bool value_equal(struct interp *in, value left, value right, bool case_sensitive, bool *ret)
{
    int order;
    if (compare_plain(left, right, &order))
        return *ret = order == 0, true;
    if (left.kind == V_STRING && right.kind == V_STRING)
        return *ret = string_same(left, right, case_sensitive), true;
    if (value_is_null(left) || value_is_null(right)) {
        *ret = value_is_null(left) && value_is_null(right);
        return true;
    }
    if (left.kind == V_STRING)
        return with_string(in, left, right, case_sensitive, &order, ret);
    value l, r;
    if (left.kind == V_CHAR && right.kind == V_STRING) {
        if (!value_to_string(in, left, &l))
            return false;
        *ret = string_same(l, right, case_sensitive);
        return value_drop(l), true;
    }
    if (left.kind == V_CHAR && right.kind == V_CHAR && !case_sensitive)
        return *ret = utf8_upper((uint32_t)left.i) == utf8_upper((uint32_t)right.i), true;
    if (numeric_operands(in, left, right, &l, &r)) {
        *ret = numeric_compare(l, r) == 0;
        return value_drop(l), value_drop(r), true;
    }
    value_set(&in->thrown, value_null);
    if (left.kind == V_BOOL || left.kind == V_SWITCH)
        return *ret = left.b == value_truth(right), true;
    if (value_enumerable(left) || left.kind == V_TABLE || left.kind == right.kind) {
        *ret = same_object(left, right);
        return value_is_null(in->thrown); // by a class's own Equals
    }
    if (!convert_quietly(in, right, value_type(left), &r))
        return *ret = false, true;
    *ret = same_object(left, r);
    return value_drop(r), true;
}

static int sign_of_null(value number)
{ // how a number stands to $null: at least 0 is greater
    value zero = value_int(0);
    return numeric_compare(number, zero) >= 0 ? 1 : -1;
}

static bool compare_with_null(struct interp *in, value left, value right, int *ret)
{
    (void)in;
    if (value_is_null(left) && value_is_null(right))
        return *ret = 0, true;
    if (value_is_null(left))
        return *ret = value_is_number(right) ? -sign_of_null(right) : -1, true;
    return *ret = value_is_number(left) ? sign_of_null(left) : 1, true;
}

static bool incomparable(struct interp *in, value left)
{
    return throw_error(in, "NotIcomparable", CAT_InvalidOperation, left,
                       "A %s has no order, so it cannot be compared.", value_type(left)->name);
}

static bool comparison_failure(struct interp *in, value left, value right)
{
    return throw_error(in, "ComparisonFailure", CAT_InvalidOperation, left,
                       "A %s cannot be compared with a %s.", value_type(left)->name, value_type(right)->name);
}

static bool compare_same_type(struct interp *in, value left, value right, int *ret)
{
    if (left.kind == V_DATETIME || left.kind == V_TIMESPAN || left.kind == V_ENUM)
        return *ret = (left.i > right.i) - (left.i < right.i), true;
    if (left.kind == V_BOOL)
        return *ret = (int)left.b - (int)right.b, true;
    const struct type *type = value_is_heap(left) ? left.object->type : NULL;
    if (type && type->compare)
        return *ret = type->compare(left, right), value_is_null(in->thrown);
    return incomparable(in, left);
}

// A char is ordered among chars only; a text of one character and a small number are such.
static bool compare_char(struct interp *in, value left, value right, bool case_sensitive, int *ret)
{
    value r;
    if (!convert_quietly(in, right, &type_char, &r))
        return comparison_failure(in, left, right);
    int64_t a = left.i, b = r.i;
    if (!case_sensitive)
        a = utf8_upper((uint32_t)a), b = utf8_upper((uint32_t)b);
    return *ret = (a > b) - (a < b), true;
}

static bool has_order(value v)
{
    if (v.kind == V_DATETIME || v.kind == V_TIMESPAN || v.kind == V_ENUM || v.kind == V_BOOL)
        return true;
    return value_is_heap(v) && v.object->type->compare;
}

bool value_compare(struct interp *in, value left, value right, bool case_sensitive, int *ret)
{
    bool same;
    value l, r;
    if (compare_plain(left, right, ret))
        return true;
    if (value_is_null(left) || value_is_null(right))
        return compare_with_null(in, left, right, ret);
    if (left.kind == V_STRING)
        return with_string(in, left, right, case_sensitive, ret, &same);
    if (left.kind == V_CHAR)
        return compare_char(in, left, right, case_sensitive, ret);
    if (numeric_operands(in, left, right, &l, &r)) {
        *ret = numeric_compare(l, r);
        return value_drop(l), value_drop(r), true;
    }
    value_set(&in->thrown, value_null);
    if (value_is_number(left) && left.kind != V_BIGINT && right.kind == V_STRING)
        return value_convert(in, right, value_type(left), &r) && comparison_failure(in, left, right);
    if (value_is_number(left) || left.kind == V_CHAR)
        return comparison_failure(in, left, right);
    if (!has_order(left))
        return incomparable(in, left);
    if (left.kind == V_BOOL)
        return *ret = (int)left.b - (int)value_truth(right), true;
    if (!convert_quietly(in, right, value_type(left), &r))
        return comparison_failure(in, left, right);
    bool ok = compare_same_type(in, left, r, ret);
    value_drop(r);
    return ok;
}

uint32_t text_hash(const char *text, size_t count)
{
    uint32_t hash = 2166136261u;
    for (size_t at = 0; at < count;) {
        size_t size = 1;
        uint32_t c = (unsigned char)text[at];
        if (c >= 0x80)
            c = utf8_decode(text + at, count - at, &size);
        c = c < 0x80 ? (c >= 'a' && c <= 'z' ? c - 32 : c) : utf8_upper(c);
        hash = (hash ^ c) * 16777619u;
        at += size;
    }
    return hash ? hash : 1;
}

uint32_t value_hash(value v)
{
    if (v.kind == V_STRING) {
        if (!v.string->hash)
            v.string->hash = text_hash(v.string->text, v.string->size);
        return v.string->hash;
    }
    if (v.kind == V_DECIMAL)
        v = value_double(decimal_to_double(v.decimal->number));
    if (v.kind == V_BIGINT)
        return bigint_hash(v);
    if (v.kind == V_OBJECT && v.object->type->equal)
        return 7; // equal objects must share a hash; few are keys
    if (v.kind == V_BOOL || v.kind == V_SWITCH)
        return v.b ? 3 : 2;
    if (v.f == 0 && (v.kind == V_F64 || v.kind == V_F32))
        v.u = 0; // -0 equals 0
    uint64_t mixed = (v.u ^ (uint64_t)v.kind << 56) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(mixed >> 32) | 1;
}
