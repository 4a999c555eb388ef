// [Linq.Enumerable] over the collections of a script: every sequence is made at once, as an array.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/delegate.h"
#include "interp/value/items.h"
#include "interp/value/operate.h"
#include "interp/value/types-rows.h"

static bool call(struct interp *in, value with, value item, value other, size_t count, value *ret)
{
    value pair[2] = {item, other}, block = delegate_block(with);
    if (block.kind != V_SCRIPTBLOCK || !in->invoke_block)
        return method_throw(in, &type_argument_null_exception, "A function is needed.");
    return in->invoke_block(in, block, item, pair, count, ret);
}

static bool holds(struct interp *in, value with, value item, bool *ret)
{
    value result;
    if (!call(in, with, item, value_null, 1, &result))
        return false;
    *ret = value_truth(result);
    return value_drop(result), true;
}

// What a sequence has, as a list that the functions change; a string has its characters.
static bool items_of(struct interp *in, value from, value *ret)
{
    struct value_walk walk;
    value item, unit;
    bool ok = true;
    if (value_is_null(from))
        return method_throw(in, &type_argument_null_exception, "A sequence is needed.");
    if (!list_new(in, NULL, ret))
        return false;
    for (size_t i = 0; ok && from.kind == V_STRING && i < from.string->units; i++) {
        string_unit(from.string, i, &unit);
        ok = list_add(in, ret->array, unit);
    }
    value_walk_start(&walk, from);
    while (ok && from.kind != V_STRING && value_walk_next(in, &walk, &item)) {
        ok = list_add(in, ret->array, item);
        value_drop(item);
    }
    return ok || (value_drop(*ret), false);
}

// The list as what a function gives, or nobody's where it failed.
static bool as_array(bool ok, value list, value *ret)
{
    return ok ? (*ret = list_become_array(list), true) : (value_drop(list), false);
}

enum which { ALL, WHILE, AFTER };
static bool keep_where(struct interp *in, value from, value with, enum which mode, value *ret)
{
    value list, out = value_null;
    bool yes = false, open = mode != AFTER;
    if (!items_of(in, from, &list))
        return false;
    bool ok = list_new(in, NULL, &out);
    for (size_t i = 0; ok && i < list.array->count; i++) {
        if (mode == AFTER && open)
            yes = true;
        else
            ok = holds(in, with, list.array->items[i], &yes);
        if (mode == AFTER && !open && ok)
            yes = open = !yes;
        if (mode == WHILE && !yes)
            break;
        ok = ok && (!yes || list_add(in, out.array, list.array->items[i]));
    }
    value_drop(list);
    return as_array(ok, out, ret);
}
METHOD(where)
{
    return UNUSED, keep_where(in, args[0], args[1], ALL, ret);
}
METHOD(take_while)
{
    return UNUSED, keep_where(in, args[0], args[1], WHILE, ret);
}
METHOD(skip_while)
{
    return UNUSED, keep_where(in, args[0], args[1], AFTER, ret);
}
static bool map(struct interp *in, value from, value with, bool flat, value *ret)
{
    value list, out = value_null;
    if (!items_of(in, from, &list))
        return false;
    bool ok = list_new(in, NULL, &out);
    for (size_t i = 0; ok && i < list.array->count; i++) {
        value result = value_null;
        ok = call(in, with, list.array->items[i], value_null, 1, &result);
        for (size_t k = 0; ok && flat && value_enumerable(result) && k < result.array->count; k++)
            ok = list_add(in, out.array, result.array->items[k]);
        if (ok && !(flat && value_enumerable(result)))
            ok = list_add(in, out.array, result.kind == V_VOID ? value_null : result);
        value_drop(result);
    }
    value_drop(list);
    return as_array(ok, out, ret);
}
METHOD(select)
{
    return UNUSED, map(in, args[0], args[1], false, ret);
}
METHOD(select_many)
{
    return UNUSED, map(in, args[0], args[1], true, ret);
}

// --- Parts ---

static bool slice(struct interp *in, value from, int64_t first, int64_t count, bool from_end, value *ret)
{
    value list;
    if (!items_of(in, from, &list))
        return false;
    int64_t all = (int64_t)list.array->count;
    first = from_end ? all - first : first;
    first = first < 0 ? 0 : first > all ? all : first;
    count = count < 0 ? 0 : count > all - first ? all - first : count;
    bool ok = array_from(in, list.array->items + first, (size_t)count, ret);
    return value_drop(list), ok;
}
METHOD(take)
{
    return UNUSED, slice(in, args[0], 0, args[1].i, false, ret);
}
METHOD(skip)
{
    return UNUSED, slice(in, args[0], args[1].i, INT32_MAX, false, ret);
}
METHOD(take_last)
{
    return UNUSED, slice(in, args[0], args[1].i, INT32_MAX, true, ret);
}
METHOD(to_array)
{
    return UNUSED, slice(in, args[0], 0, INT32_MAX, false, ret);
}
METHOD(to_list)
{
    value list;
    UNUSED;
    if (!items_of(in, args[0], &list))
        return false;
    list.object->type = &type_list;
    return *ret = list, true;
}
METHOD(reverse)
{
    value list;
    UNUSED;
    if (!items_of(in, args[0], &list))
        return false;
    items_reverse(list.array, 0, list.array->count);
    return as_array(true, list, ret);
}
METHOD(concat)
{
    value list, more;
    UNUSED;
    if (!items_of(in, args[0], &list))
        return false;
    if (!items_of(in, args[1], &more))
        return value_drop(list), false;
    bool ok = true;
    for (size_t i = 0; ok && i < more.array->count; i++)
        ok = list_add(in, list.array, more.array->items[i]);
    value_drop(more);
    return as_array(ok, list, ret);
}

// --- Sets: a table says what was seen ---

enum { DISTINCT, UNION, INTERSECT, EXCEPT };
static bool note_all(struct interp *in, value list, struct table *seen)
{
    for (size_t i = 0; i < list.array->count; i++)
        if (!table_set(in, seen, list.array->items[i], value_true))
            return false;
    return true;
}
static bool by_set(struct interp *in, value left, value right, int how, value *ret)
{
    value seen, list = value_null, other = value_null, out = value_null;
    if (!table_new(in, true, &seen))
        return false;
    seen.table->case_sensitive = true;
    bool ok = items_of(in, left, &list) && (how == DISTINCT || items_of(in, right, &other)) && list_new(in, NULL, &out);
    if (ok && how >= INTERSECT)
        ok = note_all(in, other, seen.table);
    for (size_t pass = 0; ok && pass < (how == UNION ? 2u : 1u); pass++) {
        value from = pass ? other : list;
        for (size_t i = 0; ok && i < from.array->count; i++) {
            value item = from.array->items[i];
            bool there = table_get(seen.table, item);
            if (how == INTERSECT ? !there : there)
                continue;
            ok = list_add(in, out.array, item);
            if (how == INTERSECT)
                table_remove(seen.table, item);
            else
                ok = ok && table_set(in, seen.table, item, value_true);
        }
    }
    value_drop(seen);
    value_drop(list);
    value_drop(other);
    return as_array(ok, out, ret);
}
METHOD(distinct)
{
    return UNUSED, by_set(in, args[0], value_null, DISTINCT, ret);
}
METHOD(set_union)
{
    return UNUSED, by_set(in, args[0], args[1], UNION, ret);
}
METHOD(intersect)
{
    return UNUSED, by_set(in, args[0], args[1], INTERSECT, ret);
}
METHOD(except)
{
    return UNUSED, by_set(in, args[0], args[1], EXCEPT, ret);
}

// --- One answer ---

METHOD(count_items)
{
    value list;
    bool ok = count > 1 ? keep_where(in, args[0], args[1], ALL, &list) : items_of(in, args[0], &list);
    (void)self;
    if (!ok)
        return false;
    *ret = value_int((int32_t)list.array->count);
    return value_drop(list), true;
}
METHOD(any)
{
    value n;
    if (!count_items(in, self, args, count, &n))
        return false;
    return *ret = value_bool(n.i), true;
}
METHOD(all)
{
    value every, some;
    if (!count_items(in, self, args, 1, &every) || !count_items(in, self, args, count, &some))
        return false;
    return *ret = value_bool(every.i == some.i), true;
}
METHOD(contains)
{
    value list;
    ptrdiff_t at;
    UNUSED;
    if (!items_of(in, args[0], &list))
        return false;
    bool ok = items_find(in, list.array, args[1], 0, &at);
    value_drop(list);
    return ok && (*ret = value_bool(at >= 0), true);
}

static bool pick(struct interp *in, const value *args, size_t count, bool last, bool otherwise, value *ret)
{
    value list;
    bool ok = count > 1 ? keep_where(in, args[0], args[1], ALL, &list) : items_of(in, args[0], &list);
    if (!ok)
        return false;
    size_t n = list.array->count;
    *ret = n ? value_keep(list.array->items[last ? n - 1 : 0]) : value_null;
    value_drop(list);
    return n || otherwise || items_empty(in);
}
METHOD(first)
{
    return (void)self, pick(in, args, count, false, false, ret);
}
METHOD(first_or)
{
    return (void)self, pick(in, args, count, false, true, ret);
}
METHOD(last)
{
    return (void)self, pick(in, args, count, true, false, ret);
}
METHOD(last_or)
{
    return (void)self, pick(in, args, count, true, true, ret);
}
METHOD(element_at)
{
    value list;
    UNUSED;
    if (!items_of(in, args[0], &list))
        return false;
    bool there = args[1].i >= 0 && (size_t)args[1].i < list.array->count;
    if (there)
        *ret = value_keep(list.array->items[args[1].i]);
    value_drop(list);
    return there || items_range(in);
}

static bool fold(struct interp *in, value from, value with, value start, value *ret)
{
    value list, sum = value_keep(start), next;
    if (!items_of(in, from, &list))
        return value_drop(sum), false;
    bool ok = true, bare = start.kind == V_VOID;
    for (size_t i = 0; ok && i < list.array->count; i++) {
        if (bare) {
            value_set(&sum, list.array->items[i]);
            bare = false;
            continue;
        }
        ok = value_is_null(with) ? operate_add(in, sum, list.array->items[i], &next)
                                 : call(in, with, sum, list.array->items[i], 2, &next);
        if (ok) {
            value_drop(sum);
            sum = next;
        }
    }
    value_drop(list);
    return ok ? (*ret = sum, true) : (value_drop(sum), false);
}
METHOD(aggregate)
{
    value start = count > 2 ? args[1] : value_void;
    return (void)self, fold(in, args[0], args[count - 1], start, ret);
}
static bool mapped(struct interp *in, const value *args, size_t count, value *ret)
{
    return count > 1 ? map(in, args[0], args[1], false, ret) : (*ret = value_keep(args[0]), true);
}
METHOD(sum)
{
    value list;
    (void)self;
    if (!mapped(in, args, count, &list))
        return false;
    bool ok = fold(in, list, value_null, value_int(0), ret);
    return value_drop(list), ok;
}
METHOD(average)
{
    value list, total = value_null;
    double sum_of = 0;
    (void)self;
    if (!mapped(in, args, count, &list))
        return false;
    size_t n = value_enumerable(list) ? list.array->count : 1;
    bool ok = n ? fold(in, list, value_null, value_int(0), &total) && value_to_double(in, total, &sum_of)
                : items_empty(in);
    value_drop(list);
    value_drop(total);
    return ok && (*ret = value_double(sum_of / (double)n), true);
}
static bool extreme(struct interp *in, const value *args, size_t count, int sign, value *ret)
{
    value from, list, best = value_null;
    if (!mapped(in, args, count, &from))
        return false;
    bool ok = items_of(in, from, &list);
    value_drop(from);
    if (!ok)
        return false;
    for (size_t i = 0; ok && i < list.array->count; i++) {
        int order = sign;
        ok = !i || value_compare(in, list.array->items[i], best, true, &order);
        if (ok && order * sign > 0)
            best = list.array->items[i];
    }
    ok = ok && (list.array->count || items_empty(in));
    if (ok)
        *ret = value_keep(best);
    return value_drop(list), ok;
}
METHOD(min)
{
    return (void)self, extreme(in, args, count, -1, ret);
}
METHOD(max)
{
    return (void)self, extreme(in, args, count, 1, ret);
}
METHOD(same_sequence)
{
    value left, right;
    bool same = true, ok = true;
    UNUSED;
    if (!items_of(in, args[0], &left))
        return false;
    if (!items_of(in, args[1], &right))
        return value_drop(left), false;
    same = left.array->count == right.array->count;
    for (size_t i = 0; ok && same && i < left.array->count; i++)
        ok = items_same(in, left.array->items[i], right.array->items[i], &same);
    value_drop(left);
    value_drop(right);
    return *ret = value_bool(same), ok;
}

// --- Made from numbers, in pairs, in order ---

METHOD(range)
{
    UNUSED;
    if (args[1].i < 0)
        return items_range(in);
    if (!array_of(in, I32, (size_t)args[1].i, ret))
        return false;
    for (int64_t i = 0; i < args[1].i; i++)
        ret->array->items[i] = value_int((int32_t)(args[0].i + i));
    return true;
}
METHOD(repeat)
{
    UNUSED;
    if (args[1].i < 0)
        return items_range(in);
    if (!array_new(in, (size_t)args[1].i, ret))
        return false;
    for (int64_t i = 0; i < args[1].i; i++)
        ret->array->items[i] = value_keep(args[0]);
    return true;
}
METHOD(empty)
{
    return UNUSED, array_new(in, 0, ret);
}
METHOD(zip)
{
    value left, right, out = value_null;
    (void)self;
    if (!items_of(in, args[0], &left))
        return false;
    if (!items_of(in, args[1], &right))
        return value_drop(left), false;
    bool ok = list_new(in, NULL, &out);
    for (size_t i = 0; ok && i < left.array->count && i < right.array->count; i++) {
        value pair[2] = {left.array->items[i], right.array->items[i]}, one = value_null;
        ok = count > 2 ? call(in, args[2], pair[0], pair[1], 2, &one)
                       : type_construct(in, &type_value_tuple, pair, 2, &one);
        ok = ok && list_add(in, out.array, one);
        value_drop(one);
    }
    value_drop(left);
    value_drop(right);
    return as_array(ok, out, ret);
}
static bool ordered_by(struct interp *in, const value *args, bool down, value *ret)
{
    value keys, list, name, ignored;
    if (!map(in, args[0], args[1], false, &keys))
        return false;
    if (!items_of(in, args[0], &list))
        return value_drop(keys), false;
    list = list_become_array(list);
    if (down) // stable the other way round: the reverse of an ascending order of the reverse
        items_reverse(keys.array, 0, keys.array->count), items_reverse(list.array, 0, list.array->count);
    name = string_static(in, "Sort");
    bool ok = static_invoke(in, &type_array, name, (value[]){keys, list}, 2, &ignored);
    value_drop(name);
    value_drop(keys);
    if (down)
        items_reverse(list.array, 0, list.array->count);
    return ok ? (*ret = list, true) : (value_drop(list), false);
}
METHOD(order_by)
{
    return UNUSED, ordered_by(in, args, false, ret);
}
METHOD(order_by_descending)
{
    return UNUSED, ordered_by(in, args, true, ret);
}

#define ONE_OR_TWO(name, call, of) {name, call, of, P(OBJ)}, {name, call, of, P(OBJ, OBJ)}
static const struct method statics[] = {ONE_OR_TWO("Any", any, BOOLEAN),
                                        ONE_OR_TWO("Average", average, F64),
                                        ONE_OR_TWO("Count", count_items, I32),
                                        ONE_OR_TWO("First", first, OBJ),
                                        ONE_OR_TWO("FirstOrDefault", first_or, OBJ),
                                        ONE_OR_TWO("Last", last, OBJ),
                                        ONE_OR_TWO("LastOrDefault", last_or, OBJ),
                                        ONE_OR_TWO("LongCount", count_items, I64),
                                        ONE_OR_TWO("Max", max, OBJ),
                                        ONE_OR_TWO("Min", min, OBJ),
                                        ONE_OR_TWO("Single", first, OBJ),
                                        ONE_OR_TWO("SingleOrDefault", first_or, OBJ),
                                        ONE_OR_TWO("Sum", sum, OBJ),
                                        {"Aggregate", aggregate, OBJ, P(OBJ, OBJ)},
                                        {"Aggregate", aggregate, OBJ, P(OBJ, OBJ, OBJ)},
                                        {"All", all, BOOLEAN, P(OBJ, OBJ)},
                                        {"Cast", to_array, OBJS, P(OBJ)},
                                        {"Concat", concat, OBJS, P(OBJ, OBJ)},
                                        {"Contains", contains, BOOLEAN, P(OBJ, OBJ)},
                                        {"Distinct", distinct, OBJS, P(OBJ)},
                                        {"ElementAt", element_at, OBJ, P(OBJ, I32)},
                                        {"Empty", empty, OBJS},
                                        {"Except", except, OBJS, P(OBJ, OBJ)},
                                        {"Intersect", intersect, OBJS, P(OBJ, OBJ)},
                                        {"OrderBy", order_by, OBJS, P(OBJ, OBJ)},
                                        {"OrderByDescending", order_by_descending, OBJS, P(OBJ, OBJ)},
                                        {"Range", range, OBJS, P(I32, I32)},
                                        {"Repeat", repeat, OBJS, P(OBJ, I32)},
                                        {"Reverse", reverse, OBJS, P(OBJ)},
                                        {"Select", select, OBJS, P(OBJ, OBJ)},
                                        {"SelectMany", select_many, OBJS, P(OBJ, OBJ)},
                                        {"SequenceEqual", same_sequence, BOOLEAN, P(OBJ, OBJ)},
                                        {"Skip", skip, OBJS, P(OBJ, I32)},
                                        {"SkipWhile", skip_while, OBJS, P(OBJ, OBJ)},
                                        {"Take", take, OBJS, P(OBJ, I32)},
                                        {"TakeLast", take_last, OBJS, P(OBJ, I32)},
                                        {"TakeWhile", take_while, OBJS, P(OBJ, OBJ)},
                                        {"ToArray", to_array, OBJS, P(OBJ)},
                                        {"ToList", to_list, OBJ, P(OBJ)},
                                        {"Union", set_union, OBJS, P(OBJ, OBJ)},
                                        {"Where", where, OBJS, P(OBJ, OBJ)},
                                        {"Zip", zip, OBJS, P(OBJ, OBJ)},
                                        {"Zip", zip, OBJS, P(OBJ, OBJ, OBJ)},
                                        {0}};
const struct type_members full_linq = {.statics = statics};
