#include "interp/value/operate.h"

#include <string.h>

#include "base/buf.h"
#include "base/wildcard.h"
#include "interp/eval/interp.h"
#include "interp/value/bigint.h"
#include "interp/value/class.h"
#include "interp/value/enum.h"
#include "interp/value/error.h"
#include "interp/value/method.h"
#include "interp/value/numeric.h"
#include "interp/value/types.h"

enum { STRING_MOST = 0x3fffffdf }; // characters of .NET's longest string
enum { RESTRICTED_RESULT = 1024 }; // elements that a multiplication may give in RestrictedLanguage

static bool no_method(struct interp *in, value left, const char *method)
{
    const struct type *type = value_type(left);
    return throw_error(in, "MethodNotFound", CAT_InvalidOperation, left,
                       "A %s does not know the operation '%s'.", type ? type->name : "null", method);
}

static bool no_conversion(struct interp *in, value right, const char *method)
{
    const struct type *type = value_type(right);
    return throw_error(in, "MethodArgumentConversionInvalidCastArgument", CAT_NotSpecified, right,
                       "A %s cannot take part in the operation '%s'.", type ? type->name : "null", method);
}

static bool counts_as_number(value v)
{
    return value_is_number(v) || value_is_null(v) || v.kind == V_STRING || v.kind == V_BOOL ||
           v.kind == V_CHAR || v.kind == V_ENUM;
}

// --- Addition
// --------------------------------------------------------------------------------------------------

static bool concatenate(struct interp *in, value left, value right, value *ret)
{
    struct buf out = BUF_INIT;
    bool ok = value_add_string(in, &out, left) && value_add_string(in, &out, right);
    if (ok)
        ok = out.failed ? throw_full(in, &out) : string_new(in, buf_text(&out), out.size, ret);
    buf_free(&out);
    return ok;
}

static bool append(struct interp *in, value left, value right, value *ret)
{
    bool many = value_enumerable(right);
    size_t own = left.array->count, more = many ? right.array->count : right.kind != V_VOID;
    value sum;
    if (!array_new(in, own + more, &sum))
        return false;
    for (size_t i = 0; i < own; i++)
        sum.array->items[i] = value_keep(left.array->items[i]);
    for (size_t i = 0; i < more; i++)
        sum.array->items[own + i] = value_keep(many ? right.array->items[i] : right);
    return *ret = sum, true;
}

static bool add_entries(struct interp *in, struct table *to, const struct table *from)
{
    for (size_t i = 0; i < from->used; i++) {
        if (from->slots[i].key.kind == V_VOID)
            continue;
        if (table_get(to, from->slots[i].key))
            return throw_error(in, "System.ArgumentException", CAT_OperationStopped, value_null,
                               "Both tables hold the same key.");
        if (!table_set(in, to, from->slots[i].key, from->slots[i].val))
            return false;
    }
    return true;
}

static bool merge(struct interp *in, value left, value right, value *ret)
{
    value sum;
    if (right.kind != V_TABLE)
        return throw_error(in, "AddHashTableToNonHashTable", CAT_InvalidOperation, right,
                           "Only a table can be added to a table.");
    if (!table_new(in, left.object->type == &type_ordered, &sum))
        return false;
    if (!add_entries(in, sum.table, left.table) || !add_entries(in, sum.table, right.table))
        return value_drop(sum), false;
    return *ret = sum, true;
}

// Ticks that an operand of a date or time span stands for. False: it has no such meaning.
static bool ticks_of(struct interp *in, value v, int64_t *ret)
{
    value span;
    if (v.kind == V_TIMESPAN)
        return *ret = v.i, true;
    if (v.kind == V_ENUM)
        return *ret = v.i, true;
    if (v.kind == V_CHAR || (v.kind >= V_I8 && v.kind <= V_I64))
        return *ret = v.i, true;
    if (v.kind != V_STRING || !value_convert(in, v, &type_timespan, &span))
        return value_set(&in->thrown, value_null), false;
    return *ret = span.i, true;
}

static bool date_in_range(struct interp *in, int64_t ticks, enum date_kind kind, value *ret)
{
    if (ticks < 0 || ticks > DATE_MAX_TICKS)
        return throw_error(in, "DotNetMethodException", CAT_NotSpecified, value_null,
                           "The date would leave the calendar.");
    return *ret = value_date(ticks, kind), true;
}

static bool add_time(struct interp *in, value left, value right, int sign, const char *method, value *ret)
{
    int64_t ticks, sum;
    if (left.kind == V_DATETIME && sign < 0 && right.kind == V_DATETIME)
        return *ret = value_span(left.i - right.i), true;
    if (left.kind == V_DATETIME && sign < 0 && right.kind != V_TIMESPAN)
        return throw_error(in, "MethodCountCouldNotFindBest", CAT_NotSpecified, right,
                           "It is not clear how to subtract this from a date.");
    if (!ticks_of(in, right, &ticks))
        return no_conversion(in, right, method);
    if (sign < 0 ? __builtin_sub_overflow(left.i, ticks, &sum) : __builtin_add_overflow(left.i, ticks, &sum))
        return throw_error(in, "DotNetMethodException", CAT_NotSpecified, value_null,
                           "The time span would be too long.");
    if (left.kind == V_TIMESPAN)
        return *ret = value_span(sum), true;
    return date_in_range(in, sum, left.aux, ret);
}

// The left side becomes what the right one is: 2.5 is a day in February, 5 are ticks.
static bool number_with_time(struct interp *in, value left, value right, int sign, const char *method,
                             value *ret)
{
    value number, own;
    if (left.kind == V_ENUM)
        return no_method(in, left, method);
    if (left.kind == V_BOOL || left.kind == V_DECIMAL)
        return no_conversion(in, right, method);
    if (!numeric_of(in, left, &number))
        return false;
    bool fits = (right.kind != V_DATETIME || sign < 0) && value_convert(in, number, value_type(right), &own);
    value_drop(number);
    value_set(&in->thrown, value_null);
    if (!fits)
        return no_conversion(in, right, method);
    return *ret = value_span(sign > 0 ? own.i + right.i : own.i - right.i), true;
}

static bool not_defined(struct interp *in, value v)
{
    return throw_error(in, "System.InvalidOperationException", CAT_OperationStopped, v,
                       "There is no such operation between the two types.");
}

// The result is of the enum again.
static bool enum_operation(struct interp *in, value left, value right, binary_operator *operate,
                           const char *method, value *ret)
{
    value other, result;
    if (!counts_as_number(right) || right.kind == V_BIGINT)
        return no_method(in, left, method);
    if (right.kind == V_DECIMAL)
        return not_defined(in, right);
    if (!numeric_operand(in, right, left, &other))
        return false;
    bool ok = operate(in, value_int((int32_t)left.i), other, &result);
    value_drop(other);
    if (!ok)
        return false;
    if (result.kind != V_I32) {
        value_drop(result);
        return throw_error(in, "System.InvalidCastException", CAT_OperationStopped, right,
                           "The result does not fit the enum.");
    }
    return *ret = enum_value(enum_type(left), result.i), true;
}

static bool with_number(struct interp *in, value left, value right, binary_operator *operate,
                        const char *method, value *ret)
{
    value number;
    if (left.kind == V_ENUM)
        return enum_operation(in, left, right, operate, method, ret);
    if (left.kind == V_BOOL && right.kind == V_DECIMAL)
        return not_defined(in, right);
    if (left.kind == V_BOOL && right.kind == V_ENUM)
        right = value_bool(right.i);
    if (counts_as_number(right))
        return operate(in, left, right, ret);
    bool strict = left.kind == V_BIGINT || left.kind == V_DECIMAL;
    if (left.kind == V_STRING) { // what is on the left is converted first, and may fail first
        if (!numeric_of(in, left, &number))
            return false;
        value_drop(number);
    }
    return strict ? no_conversion(in, right, method) : no_method(in, left, method);
}

bool operate_add(struct interp *in, value left, value right, value *ret)
{
    bool ok;
    if (left.kind == V_I32 && right.kind == V_I32) {
        int64_t sum = left.i + right.i;
        *ret = sum == (int32_t)sum ? value_int((int32_t)sum) : value_double((double)sum);
        return true;
    }
    if (value_is_null(left))
        return *ret = value_keep(right.kind == V_VOID ? value_null : right), true;
    if (left.kind == V_STRING || left.kind == V_CHAR)
        return concatenate(in, left, right, ret);
    if (class_operated(in, "op_Addition", left, right, &ok, ret))
        return ok;
    if (value_enumerable(left))
        return append(in, left, right, ret);
    if (left.kind == V_TABLE)
        return merge(in, left, right, ret);
    if (left.kind == V_DATETIME || left.kind == V_TIMESPAN)
        return add_time(in, left, right, 1, "op_Addition", ret);
    if (!counts_as_number(left))
        return no_method(in, left, "op_Addition");
    if (right.kind == V_DATETIME || right.kind == V_TIMESPAN)
        return number_with_time(in, left, right, 1, "op_Addition", ret);
    return with_number(in, left, right, numeric_add, "op_Addition", ret);
}

bool operate_subtract(struct interp *in, value left, value right, value *ret)
{
    bool ok;
    if (class_operated(in, "op_Subtraction", left, right, &ok, ret))
        return ok;
    if (left.kind == V_DATETIME || left.kind == V_TIMESPAN)
        return add_time(in, left, right, -1, "op_Subtraction", ret);
    if (!counts_as_number(left))
        return no_method(in, left, "op_Subtraction");
    if (right.kind == V_DATETIME || right.kind == V_TIMESPAN)
        return number_with_time(in, left, right, -1, "op_Subtraction", ret);
    return with_number(in, left, right, numeric_subtract, "op_Subtraction", ret);
}

// --- Multiplication
// --------------------------------------------------------------------------------------------

static bool too_long(struct interp *in, enum mode_gate gate, size_t count)
{
    const char *id = count > RESTRICTED_RESULT ? mode_gate(in->mode, gate) : NULL;
    return id && !throw_error(in, id, CAT_InvalidOperation, value_null,
                              "The result would have %zu elements, more than %d.", count, RESTRICTED_RESULT);
}

static bool repeat_text(struct interp *in, value left, int32_t times, value *ret)
{
    size_t size = left.string->size, total;
    if (times < 0)
        return throw_error(in, "System.ArgumentOutOfRangeException", CAT_OperationStopped, value_null,
                           "A text cannot be repeated %d times.", times);
    int64_t units = (int64_t)left.string->units * times;
    if (units > STRING_MOST) // what .NET itself refuses
        return throw_error(
            in, units > INT32_MAX ? "System.ArgumentOutOfRangeException" : "System.OutOfMemoryException",
            CAT_OperationStopped, value_null, "The text would be too long.");
    if (__builtin_mul_overflow(size, (size_t)times, &total) || total > in->string_limit)
        return throw_error(in, "StringLimit", CAT_LimitsExceeded, value_null,
                           "The text would be longer than this session allows.");
    if (too_long(in, GATE_STRING_MULTIPLY, (size_t)left.string->units * (size_t)times))
        return false;
    struct buf out = BUF_INIT;
    buf_reserve(&out, total);
    for (int32_t i = 0; i < times; i++)
        buf_add(&out, left.string->text, size);
    bool ok = out.failed ? throw_full(in, &out) : string_new(in, buf_text(&out), out.size, ret);
    buf_free(&out);
    return ok;
}

static bool repeat_items(struct interp *in, value left, value right, value *ret)
{
    int64_t times;
    size_t total, own = left.array->count;
    value product;
    if (!value_to_long(in, right, &times))
        return false;
    if (times < 0)
        return throw_error(in, "InvalidCastIConvertible", CAT_InvalidArgument, right,
                           "A list cannot be repeated %lld times.", (long long)times);
    if (!own)
        return array_new(in, 0, ret);
    if (__builtin_mul_overflow(own, (size_t)times, &total) || total > INT32_MAX)
        return throw_error(in, "ConvertToFinalInvalidCastException", CAT_InvalidArgument, right,
                           "The list would be too long.");
    if (too_long(in, GATE_ARRAY_MULTIPLY, total) || !array_new(in, total, &product))
        return false;
    for (size_t i = 0; i < total; i++)
        product.array->items[i] = value_keep(left.array->items[i % own]);
    return *ret = product, true;
}

static bool scale_span(struct interp *in, value span, value factor, value *ret)
{
    double f;
    if (factor.kind == V_CHAR)
        factor = value_int((int32_t)factor.i);
    if (!counts_as_number(factor) && factor.kind != V_DATETIME)
        return throw_error(in, "MethodCountCouldNotFindBest", CAT_NotSpecified, factor,
                           "A time span is multiplied by a number.");
    if (!counts_as_number(factor) || !value_to_double(in, factor, &f))
        return value_set(&in->thrown, value_null), no_conversion(in, factor, "op_Multiply");
    double ticks = (double)span.i * f;
    if (!(ticks > -9.2e18 && ticks < 9.2e18))
        return throw_error(in, "DotNetMethodException", CAT_NotSpecified, value_null,
                           "The time span would be too long.");
    return *ret = value_span((int64_t)(ticks < 0 ? ticks - 0.5 : ticks + 0.5)), true;
}

static bool undefined_operation(struct interp *in, value left, const char *name)
{
    return throw_error(in, "NotADefinedOperationForType", CAT_InvalidOperation, left,
                       "[%s] is not defined for a %s.", name, value_type(left)->name);
}

bool operate_multiply(struct interp *in, value left, value right, value *ret)
{
    int32_t times;
    bool ok;
    if (value_is_null(left))
        return *ret = value_null, true;
    if (class_operated(in, "op_Multiply", left, right, &ok, ret))
        return ok;
    if (left.kind == V_STRING)
        return value_to_int(in, right, &times) && repeat_text(in, left, times, ret);
    if (value_enumerable(left))
        return repeat_items(in, left, right, ret);
    if (left.kind == V_TIMESPAN)
        return scale_span(in, left, right, ret);
    if (!counts_as_number(left))
        return no_method(in, left, "op_Multiply");
    if (right.kind == V_TIMESPAN && (left.kind == V_DECIMAL || left.kind == V_BIGINT))
        return no_conversion(in, right, "op_Multiply");
    if (right.kind == V_TIMESPAN)
        return left.kind == V_ENUM ? no_method(in, left, "op_Multiply") : scale_span(in, right, left, ret);
    if (left.kind == V_BOOL && right.kind == V_DECIMAL)
        return numeric_multiply(in, left, right, ret);
    if ((left.kind == V_BOOL || left.kind == V_CHAR) && (right.kind <= V_F64 || value_is_null(right)))
        return undefined_operation(in, left, "*");
    if ((left.kind == V_BOOL || left.kind == V_CHAR) && (right.kind == V_STRING || right.kind == V_ENUM))
        return no_method(in, left, "op_Multiply");
    return with_number(in, left, right, numeric_multiply, "op_Multiply", ret);
}

// The divisor is another time span, or a number; enums count as ticks.
static bool divide_span(struct interp *in, value span, value by, value *ret)
{
    double f;
    if (by.kind == V_TIMESPAN || by.kind == V_ENUM)
        return *ret = value_double((double)span.i / (double)by.i), true;
    if (by.kind == V_CHAR)
        by = value_int((int32_t)by.i);
    bool number = value_is_number(by) || by.kind == V_STRING || value_is_null(by);
    if (!number && by.kind != V_TABLE)
        return throw_error(in, "MethodCountCouldNotFindBest", CAT_NotSpecified, by,
                           "A time span is divided by a number or another one.");
    if (!number || !value_to_double(in, by, &f))
        return value_set(&in->thrown, value_null), no_conversion(in, by, "op_Division");
    return scale_span(in, span, value_double(1 / f), ret);
}

// Whole numbers count as ticks.
static bool divide_by_span(struct interp *in, value left, value span, value *ret)
{
    value number;
    if (left.kind == V_ENUM)
        return no_method(in, left, "op_Division");
    if (!numeric_of(in, left, &number))
        return false;
    bool whole = number.kind <= V_I64 && left.kind != V_BOOL;
    if (whole)
        *ret = value_double((double)number.i / (double)span.i);
    value_drop(number);
    return whole || no_conversion(in, span, "op_Division");
}

bool operate_divide(struct interp *in, value left, value right, value *ret)
{
    bool ok;
    if (class_operated(in, "op_Division", left, right, &ok, ret))
        return ok;
    if (left.kind == V_TIMESPAN)
        return divide_span(in, left, right, ret);
    if (!counts_as_number(left))
        return no_method(in, left, "op_Division");
    if (right.kind == V_TIMESPAN)
        return divide_by_span(in, left, right, ret);
    return with_number(in, left, right, numeric_divide, "op_Division", ret);
}

bool operate_remainder(struct interp *in, value left, value right, value *ret)
{
    bool ok;
    if (class_operated(in, "op_Modulus", left, right, &ok, ret))
        return ok;
    if (!counts_as_number(left))
        return no_method(in, left, "op_Modulus");
    return with_number(in, left, right, numeric_remainder, "op_Modulus", ret);
}

// --- The rest
// --------------------------------------------------------------------------------------------------

static bool letter(value v, int64_t *ret)
{
    if (v.kind == V_CHAR)
        return *ret = v.i, true;
    if (v.kind != V_STRING || v.string->units != 1 || !v.string->ascii)
        return false;
    char c = v.string->text[0];
    return (c < '0' || c > '9') && (*ret = (unsigned char)c, true);
}

// A text is a whole number in decimal digits, as for .NET's own conversion.
static bool text_bound(struct interp *in, value v, int32_t *ret)
{
    int64_t number;
    if (!enum_is_number(value_text(v), v.string->size))
        return throw_error(in, "System.FormatException", CAT_OperationStopped, v,
                           "A range is between two numbers.");
    if (enum_number(value_text(v), v.string->size, &number) && number == (int32_t)number)
        return *ret = (int32_t)number, true;
    return throw_error(in, "System.OverflowException", CAT_OperationStopped, v, "The bound is too large.");
}

static bool range_bound(struct interp *in, value v, int32_t *ret)
{
    if (v.kind == V_STRING)
        return text_bound(in, v, ret);
    if (v.kind != V_BIGINT && value_to_int(in, v, ret))
        return true;
    value_set(&in->thrown, value_null);
    bool large = value_is_number(v) && v.kind != V_BIGINT;
    return throw_error(in, large ? "System.OverflowException" : "System.InvalidCastException",
                       CAT_OperationStopped, v, "A range is between two numbers.");
}

bool operate_range(struct interp *in, value left, value right, value *ret)
{
    int64_t from, to;
    bool letters = letter(left, &from) && letter(right, &to);
    int32_t a, b;
    if (!letters) {
        if (!range_bound(in, left, &a) || !range_bound(in, right, &b))
            return false;
        from = a;
        to = b;
    }
    size_t count = (size_t)(from < to ? to - from : from - to) + 1;
    value range;
    if (!array_new(in, count, &range))
        return false;
    for (size_t i = 0; i < count; i++)
        range.array->items[i] =
            (value){.kind = letters ? V_CHAR : V_I32, .i = from < to ? from + (int64_t)i : from - (int64_t)i};
    return *ret = range, true;
}

static const struct type *type_operand(struct interp *in, value right, const char *id)
{
    if (right.kind == V_TYPE)
        return right.type;
    value text;
    if (value_is_null(right) || !value_to_string(in, right, &text))
        return throw_error(in, id, CAT_InvalidOperation, right, "The right side must be a type."), NULL;
    const struct type *type = type_find(value_text(text), text.string->size);
    value_drop(text);
    bool named = right.kind == V_STRING, as = !strcmp(id, "AsOperatorRequiresType");
    if (!type && named && as)
        throw_error(in, "InvalidCastFromStringToType", CAT_InvalidArgument, right, "There is no such type.");
    else if (!type)
        throw_error(in, named ? "RuntimeException" : id, named ? CAT_NotSpecified : CAT_InvalidOperation,
                    right, "The right side must be a type.");
    return type;
}

bool operate_is(struct interp *in, value left, value right, value *ret)
{
    const struct type *type = type_operand(in, right, "IsOperatorRequiresType");
    return type && (*ret = value_bool(value_is_type(left, type)), true);
}

bool operate_as(struct interp *in, value left, value right, value *ret)
{
    const struct type *type = type_operand(in, right, "AsOperatorRequiresType");
    if (!type)
        return false;
    if (value_convert(in, left, type, ret))
        return true;
    value_set(&in->thrown, value_null);
    return *ret = value_null, true;
}

static bool join(struct interp *in, value items, value separator, value *ret)
{
    struct value_walk walk;
    struct buf out = BUF_INIT;
    value item;
    bool ok = true, first = true, alone = items.kind == V_OBJECT && items.object->type == &type_custom;
    value_walk_start(&walk, items);
    while (ok && value_walk_next(in, &walk, &item)) {
        if (!first)
            ok = value_add_string(in, &out, separator);
        ok = ok && (alone ? value_add_string : value_add_item)(in, &out, item);
        first = false;
        value_drop(item);
        if (out.size > in->string_limit)
            break; // string_new says so
    }
    if (ok)
        ok = out.failed ? throw_full(in, &out) : string_new(in, buf_text(&out), out.size, ret);
    buf_free(&out);
    return ok;
}

bool operate_join(struct interp *in, value left, value right, value *ret)
{
    return join(in, left, right, ret);
}

// Its exception has a name of its own, its id has not.
static void bad_wildcard(struct interp *in, value glob)
{
    value id;
    throw_error(in, "WildcardPatternException", CAT_NotSpecified, value_null,
                "The wildcard pattern \"%s\" is not valid.", value_text(glob));
    if (in->thrown.object == in->out_of_memory.object || !string_text(in, "RuntimeException", &id))
        return;
    value_drop(in->thrown.error->id);
    in->thrown.error->id = id;
}

bool operate_like(struct interp *in, value left, value pattern, bool case_sensitive, bool *ret)
{
    value text, glob;
    if (!value_to_string(in, left, &text))
        return false;
    if (!value_to_string(in, pattern, &glob))
        return value_drop(text), false;
    bool valid = wildcard_valid(value_text(glob), glob.string->size);
    if (valid)
        *ret = wildcard_match(value_text(glob), glob.string->size, value_text(text), text.string->size,
                              !case_sensitive);
    else
        bad_wildcard(in, glob);
    value_drop(text);
    value_drop(glob);
    return valid;
}

bool operate_contains(struct interp *in, value collection, value item, bool case_sensitive, bool *ret)
{
    struct value_walk walk;
    value own;
    value_walk_start(&walk, collection);
    *ret = false;
    while (!*ret && value_walk_next(in, &walk, &own)) {
        bool ok = own.kind == V_ENUM && item.kind == V_DECIMAL
                      ? not_defined(in, item)
                      : value_equal(in, own, item, case_sensitive, ret);
        value_drop(own);
        if (!ok)
            return false;
    }
    return true;
}

static bool unary_number(struct interp *in, enum token_kind op, value operand, value *ret)
{
    bool ok;
    if (op == TOK_BNOT ? class_operated(in, "op_OnesComplement", operand, value_void, &ok, ret)
                       : class_operated(in, op == TOK_MINUS ? "op_Subtraction" : "op_Addition", value_int(0),
                                        operand, &ok, ret))
        return ok;
    if (operand.kind == V_TIMESPAN && op != TOK_BNOT && operand.i != INT64_MIN)
        return *ret = value_span(op == TOK_MINUS ? -operand.i : operand.i), true;
    if (op == TOK_BNOT)
        return counts_as_number(operand) ? numeric_not(in, operand, ret)
                                         : no_method(in, operand, "op_OnesComplement");
    if (!counts_as_number(operand))
        return no_method(in, operand, op == TOK_MINUS ? "op_Subtraction" : "op_Addition");
    return op == TOK_MINUS ? numeric_negate(in, operand, ret) : numeric_add(in, value_int(0), operand, ret);
}

bool operate_unary(struct interp *in, enum token_kind op, value operand, value *ret)
{
    switch (op) {
    case TOK_EXCLAIM:
    case TOK_NOT:
        return *ret = value_bool(!value_truth(operand)), true;
    case TOK_COMMA:
        return array_from(in, &operand, 1, ret);
    case TOK_JOIN:
        return join(in, operand, value_null, ret);
    case TOK_ISPLIT:
    case TOK_CSPLIT:
    case TOK_MINUS_SPLIT_UNARY:
        return operate_split_blanks(in, operand, ret);
    default:
        return unary_number(in, op, operand, ret);
    }
}
