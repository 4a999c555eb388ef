// target[index].
#include "interp/eval/interp.h"
#include "interp/value/error.h"
#include "interp/value/method.h"
#include "interp/value/operate.h"
#include "interp/value/types.h"

static bool one_item(struct interp *in, value target, value index, value *ret)
{
    int32_t at;
    *ret = value_null;
    const struct type *key = target.kind == V_TABLE ? type_argument(target.object->type, 0) : NULL;
    if (key && key != &type_object && value_type(index) != key) {
        value own;
        if (!value_convert(in, index, key, &own))
            return false;
        const value *entry = table_get(target.table, own);
        value_drop(own);
        return entry ? (*ret = value_keep(*entry), true) : true;
    }
    if (target.kind == V_TABLE && !(target.table->ordered && value_is_number(index))) {
        const value *entry = table_get(target.table, index);
        return entry ? (*ret = value_keep(*entry), true) : true;
    }
    if (target.kind != V_TABLE && target.kind != V_STRING && !value_enumerable(target) &&
        !value_is_number(index))
        return true; // only item 0 of what is no collection
    if (!value_to_int(in, index, &at)) {
        if (index.kind != V_STRING)
            return false;
        value_set(&in->thrown, value_null); // a text that is no number names no element
        return true;
    }
    if (target.kind == V_TABLE) {
        const struct table_slot *slot = table_nth(target.table, at);
        return slot ? (*ret = value_keep(slot->val), true) : true;
    }
    int64_t count = target.kind == V_STRING    ? (int64_t)target.string->units
                    : value_enumerable(target) ? (int64_t)target.array->count
                                               : 1;
    int64_t from_start = at < 0 ? at + count : at;
    if (from_start < 0 || from_start >= count)
        return true;
    if (target.kind == V_STRING)
        return string_unit(target.string, (size_t)from_start, ret), true;
    return *ret = value_keep(value_enumerable(target) ? target.array->items[from_start] : target), true;
}

// $m[1, 2] where $m has two dimensions; outside of them is nothing.
static bool one_cell(struct interp *in, const struct array *array, value index, value *ret)
{
    size_t at = 0;
    int32_t one;
    if (!value_enumerable(index) || index.array->count != array->rank)
        return throw_error(in, "NeedMultidimensionalIndex", CAT_InvalidOperation, index,
                           "The array has %zu dimensions.", array->rank);
    *ret = value_null;
    for (size_t i = 0; i < array->rank; i++) {
        if (!value_to_int(in, index.array->items[i], &one))
            return false;
        int64_t from_start = one < 0 ? one + (int64_t)array->lengths[i] : one;
        if (from_start < 0 || (size_t)from_start >= array->lengths[i])
            return true;
        at = at * array->lengths[i] + (size_t)from_start;
    }
    return *ret = value_keep(array->items[at]), true;
}

static bool in_range(value target, value index)
{
    if (target.kind == V_TABLE || index.kind != V_I32)
        return true;
    int64_t count = target.kind == V_STRING    ? (int64_t)target.string->units
                    : value_enumerable(target) ? (int64_t)target.array->count
                                               : 1;
    return index.i < count && index.i >= -count;
}

// Types with an indexer of their own beside positions: groups by name, characters of a builder. The tables that
// programs index most are none of them.
static bool may_have_own(value target)
{
    if (!index_own || !value_is_heap(target) || target.kind < V_LIST)
        return false;
    return target.object->type != &type_hashtable && target.object->type != &type_ordered;
}

bool operate_index(struct interp *in, value target, value index, value *ret)
{
    if (value_is_null(target))
        return throw_error(in, "NullArray", CAT_InvalidOperation, value_null, "$null has no elements.");
    if (value_is_null(index))
        return throw_error(in, "NullArrayIndex", CAT_InvalidOperation, value_null, "$null is not an index.");
    if (may_have_own(target) && index_own(in, target, index, ret))
        return value_is_null(in->thrown);
    if (target.kind == V_ARRAY && target.array->rank > 1)
        return one_cell(in, target.array, index, ret);
    if (!value_enumerable(index))
        return one_item(in, target, index, ret);
    value list, item;
    if (!list_new(in, NULL, &list))
        return false;
    for (size_t i = 0; i < index.array->count; i++) {
        value own = index.array->items[i];
        if (!in_range(target, own))
            continue;
        if (!one_item(in, target, own, &item))
            return value_drop(list), false;
        bool ok = list_add(in, list.array, item);
        value_drop(item);
        if (!ok)
            return value_drop(list), false;
    }
    bool ok = array_from(in, list.array->items, list.array->count, ret);
    value_drop(list);
    return ok;
}
