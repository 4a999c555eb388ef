// Comparison operators, and the choice of an operator by its token.
#include "interp/eval/interp.h"
#include "interp/value/class.h"
#include "interp/value/error.h"
#include "interp/value/format.h"
#include "interp/value/numeric.h"
#include "interp/value/operate.h"
#include "interp/value/types.h"

static enum token_kind plain(enum token_kind op)
{
    static const uint8_t table[TOKEN_KINDS] = {
        [TOK_CEQ] = TOK_IEQ,
        [TOK_CNE] = TOK_INE,
        [TOK_CGE] = TOK_IGE,
        [TOK_CGT] = TOK_IGT,
        [TOK_CLT] = TOK_ILT,
        [TOK_CLE] = TOK_ILE,
        [TOK_CLIKE] = TOK_ILIKE,
        [TOK_CNOTLIKE] = TOK_INOTLIKE,
        [TOK_CMATCH] = TOK_IMATCH,
        [TOK_CNOTMATCH] = TOK_INOTMATCH,
        [TOK_CCONTAINS] = TOK_ICONTAINS,
        [TOK_CNOTCONTAINS] = TOK_INOTCONTAINS,
        [TOK_CIN] = TOK_IIN,
        [TOK_CNOTIN] = TOK_INOTIN,
        [TOK_CREPLACE] = TOK_IREPLACE,
        [TOK_CSPLIT] = TOK_ISPLIT,
    };
    return table[op] ? (enum token_kind)table[op] : op;
}

static bool is_enum_with(value a, value b, enum value_kind kind)
{
    return a.kind == V_ENUM && b.kind == kind;
}

static bool not_defined(struct interp *in, value v)
{
    return throw_error(in, "System.InvalidOperationException", CAT_OperationStopped, v,
                       "There is no such comparison between the two types.");
}

// Enums are ordered by their numbers.
static bool enum_order(struct interp *in, value left, value right, int *ret)
{
    value number;
    if (!numeric_operand(in, right, left, &number))
        return false;
    *ret = numeric_compare(value_int((int32_t)left.i), number);
    value_drop(number);
    return true;
}

static bool order_of(struct interp *in, value left, value right, bool cased, int *ret)
{
    bool with_null = is_enum_with(left, right, V_NULL) || is_enum_with(right, left, V_NULL);
    if (with_null)
        return not_defined(in, right);
    if (left.kind == V_ENUM && ((value_is_number(right) && right.kind != V_BIGINT) || right.kind == V_BOOL ||
                                right.kind == V_CHAR || right.kind == V_STRING))
        return enum_order(in, left, right, ret);
    if (value_type(left) == &type_custom && !value_is_null(right))
        return throw_error(in, "PSObjectCompareTo", CAT_NotSpecified, left, "A custom object has no order.");
    return value_compare(in, left, right, cased, ret);
}

static bool ordered(struct interp *in, enum token_kind op, value left, value right, bool cased, bool *ret)
{
    int order;
    if (!order_of(in, left, right, cased, &order))
        return false;
    if (order == 2)
        return *ret = false, true; // NaN
    *ret = op == TOK_IGT ? order > 0 : op == TOK_IGE ? order >= 0 : op == TOK_ILT ? order < 0 : order <= 0;
    return true;
}

static bool matches(struct interp *in, value left, value right, bool cased, bool scalar, bool *ret)
{
    value found;
    if (!operate_match(in, left, right, cased, ret, &found))
        return false;
    if (scalar && *ret)
        value_set(&in->matches, found);
    value_drop(found);
    return true;
}

static bool compare_one(struct interp *in, enum token_kind op, value left, value right, bool cased,
                        bool scalar, bool *ret)
{
    bool ok;
    bool compares = op != TOK_ILIKE && op != TOK_INOTLIKE && op != TOK_IMATCH && op != TOK_INOTMATCH;
    if (compares && is_enum_with(left, right, V_DECIMAL))
        return not_defined(in, right);
    switch (op) {
    case TOK_IEQ:
        return value_equal(in, left, right, cased, ret);
    case TOK_INE:
        ok = value_equal(in, left, right, cased, ret);
        break;
    case TOK_ILIKE:
        return operate_like(in, left, right, cased, ret);
    case TOK_INOTLIKE:
        ok = operate_like(in, left, right, cased, ret);
        break;
    case TOK_IMATCH:
        return matches(in, left, right, cased, scalar, ret);
    case TOK_INOTMATCH:
        ok = matches(in, left, right, cased, scalar, ret);
        break;
    default:
        return ordered(in, op, left, right, cased, ret);
    }
    if (ok)
        *ret = !*ret;
    return ok;
}

// -like hands on the texts that it compared (recorded), every other operator the elements.
static bool add_passed(struct interp *in, enum token_kind op, struct array *list, value item)
{
    value text;
    if (op != TOK_ILIKE && op != TOK_INOTLIKE)
        return list_add(in, list, item);
    if (!value_to_string(in, item, &text))
        return false;
    bool ok = list_add(in, list, text);
    value_drop(text);
    return ok;
}

static bool filter(struct interp *in, enum token_kind op, value left, value right, bool cased, value *ret)
{
    value list;
    if (!list_new(in, NULL, &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < left.array->count; i++) {
        bool pass;
        value item = value_keep(left.array->items[i]); // a class's own comparison may take it out of the list
        ok = compare_one(in, op, item, right, cased, false, &pass) &&
             (!pass || add_passed(in, op, list.array, item));
        value_drop(item);
    }
    if (ok)
        ok = array_from(in, list.array->items, list.array->count, ret);
    value_drop(list);
    return ok;
}

static bool membership(struct interp *in, enum token_kind op, value left, value right, bool cased, value *ret)
{
    bool found, swapped = op == TOK_IIN || op == TOK_INOTIN;
    if (!operate_contains(in, swapped ? right : left, swapped ? left : right, cased, &found))
        return false;
    return *ret = value_bool(found == (op == TOK_IIN || op == TOK_ICONTAINS)), true;
}

bool operate_compare(struct interp *in, enum token_kind op, value left, value right, value *ret)
{
    bool cased = token_flags(op) & TF_CASE, result;
    op = plain(op);
    if (op == TOK_IIN || op == TOK_INOTIN || op == TOK_ICONTAINS || op == TOK_INOTCONTAINS)
        return membership(in, op, left, right, cased, ret);
    if (value_enumerable(left))
        return filter(in, op, left, right, cased, ret);
    if (left.kind == V_VOID &&
        (op == TOK_ILIKE || op == TOK_INOTLIKE || op == TOK_IMATCH || op == TOK_INOTMATCH))
        return array_new(in, 0, ret); // what these are asked of is walked, and of nothing nothing passes
    if (!compare_one(in, op, left, right, cased, true, &result))
        return false;
    return *ret = value_bool(result), true;
}

static bool bits(struct interp *in, enum token_kind op, value left, value right, value *ret)
{
    char sign = op == TOK_BAND ? '&' : op == TOK_BOR ? '|' : '^';
    const char *method = op == TOK_BAND ? "op_BitwiseAnd" : op == TOK_BOR ? "op_BitwiseOr" : "op_ExclusiveOr";
    bool ok;
    if (class_operated(in, method, left, right, &ok, ret))
        return ok;
    return numeric_bits(in, sign, left, right, ret);
}

static bool shift(struct interp *in, bool up, value left, value right, value *ret)
{
    bool ok;
    if (class_operated(in, up ? "op_LeftShift" : "op_RightShift", left, right, &ok, ret))
        return ok;
    return numeric_shift(in, up, left, right, ret);
}

bool operate_format(struct interp *in, value left, value right, value *ret)
{
    value format;
    if (!value_to_string(in, left, &format))
        return false;
    bool many = right.kind == V_ARRAY && !right.array->element; // only object[] spreads
    bool ok = value_format_composite(in, value_text(format), format.string->size,
                                     many ? right.array->items : &right, many ? right.array->count : 1, ret);
    value_drop(format);
    return ok;
}

bool operate_binary(struct interp *in, enum token_kind op, value left, value right, value *ret)
{
    bool cased = token_flags(op) & TF_CASE;
    switch (plain(op)) {
    case TOK_PLUS:
        return operate_add(in, left, right, ret);
    case TOK_MINUS:
        return operate_subtract(in, left, right, ret);
    case TOK_MULTIPLY:
        return operate_multiply(in, left, right, ret);
    case TOK_DIVIDE:
        return operate_divide(in, left, right, ret);
    case TOK_REM:
        return operate_remainder(in, left, right, ret);
    case TOK_DOT_DOT:
        return operate_range(in, left, right, ret);
    case TOK_FORMAT:
        return operate_format(in, left, right, ret);
    case TOK_XOR:
        return *ret = value_bool(value_truth(left) != value_truth(right)), true;
    case TOK_BAND:
    case TOK_BOR:
    case TOK_BXOR:
        return bits(in, op, left, right, ret);
    case TOK_SHL:
    case TOK_SHR:
        return shift(in, op == TOK_SHL, left, right, ret);
    case TOK_JOIN:
        return operate_join(in, left, right, ret);
    case TOK_IS:
        return operate_is(in, left, right, ret);
    case TOK_ISNOT:
        return operate_is(in, left, right, ret) && (*ret = value_bool(!ret->b), true);
    case TOK_AS:
        return operate_as(in, left, right, ret);
    case TOK_IREPLACE:
        return operate_replace(in, left, right, cased, ret);
    case TOK_ISPLIT:
        return operate_split(in, left, right, cased, ret);
    default:
        return operate_compare(in, op, left, right, ret);
    }
}
