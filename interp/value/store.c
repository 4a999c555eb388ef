#include "interp/value/store.h"

#include "interp/value/error.h"
#include "interp/value/gate.h"
#include "interp/value/member.h"
#include "interp/value/set.h"
#include "interp/value/types.h"

static bool out_of_range(struct interp *in, value index, bool vector)
{
    return throw_error(in, vector ? "System.IndexOutOfRangeException" : "System.ArgumentOutOfRangeException", CAT_OperationStopped, index,
                       "The index is outside of the array.");
}

static bool position(struct interp *in, value index, size_t count, bool vector, size_t *ret)
{
    int64_t at;
    if (!value_to_long(in, index, &at))
        return false;
    if (at < 0)
        at += (int64_t)count;
    if (at < 0 || (uint64_t)at >= count)
        return out_of_range(in, index, vector);
    return *ret = (size_t)at, true;
}

static bool store_item(struct interp *in, struct array *array, size_t at, value v)
{
    value converted;
    const struct type *element = array->element ? array->element : type_argument(array->head.type, 0);
    if (!element || element == &type_object || element == &type_psobject)
        return value_set(&array->items[at], v), true;
    if (!value_convert(in, v, element, &converted))
        return false;
    value_drop(array->items[at]);
    array->items[at] = converted;
    return true;
}

// $m[1, 2] = 3 where $m has two dimensions.
static bool store_cell(struct interp *in, struct array *array, value indexes, value v)
{
    size_t at = 0, one;
    if (indexes.array->count != array->rank)
        return throw_error(in, "NeedMultidimensionalIndex", CAT_InvalidOperation, indexes,
                           "The array has %zu dimensions.", array->rank);
    for (size_t i = 0; i < array->rank; i++) {
        if (!position(in, indexes.array->items[i], array->lengths[i], true, &one))
            return false;
        at = at * array->lengths[i] + one;
    }
    return store_item(in, array, at, v);
}

static bool store_array(struct interp *in, value target, value index, value v)
{
    size_t at;
    if (index.kind == V_ARRAY && target.array->rank > 1)
        return store_cell(in, target.array, index, v);
    if (index.kind == V_ARRAY)
        return throw_error(in, "ArraySliceAssignmentFailed", CAT_InvalidOperation, index,
                           "Several elements cannot be assigned at once.");
    return position(in, index, target.array->count, target.kind == V_ARRAY, &at) && store_item(in, target.array, at, v);
}

static bool store_slot(struct interp *in, struct table *table, value index, value v)
{
    size_t at;
    if (!table->ordered || index.kind != V_I32)
        return table_set(in, table, index, v);
    if (!position(in, index, table->count, false, &at))
        return false;
    return value_set(&table_nth(table, (int64_t)at)->val, v), true;
}

bool store_index(struct interp *in, value target, value index, value v)
{
    if (value_is_null(target))
        return throw_error(in, "NullArray", CAT_InvalidOperation, value_null, "$null has no elements.");
    if (value_is_null(index))
        return throw_error(in, "NullArrayIndex", CAT_InvalidOperation, value_null, "$null is not an index.");
    if (target.kind == V_TABLE && dictionary_checks && dictionary_checks(target))
        return dictionary_put(in, target, index, v);
    if (target.kind == V_TABLE)
        return store_slot(in, target.table, index, v);
    if (target.kind == V_ARRAY || target.kind == V_LIST)
        return store_array(in, target, index, v);
    return throw_error(in, "CannotIndex", CAT_InvalidOperation, target,
                       "Elements of this object cannot be set.");
}

// Entries of a table and members that were added to this object are the program's own.
static bool may_set(struct interp *in, value target, const char *name, size_t size, bool is_static)
{
    if (is_static)
        return gate_set(in, target.kind == V_TYPE ? target.type : value_type(target));
    if (target.kind == V_TABLE || (value_is_heap(target) && member_find(value_members(in, target), name, size)))
        return true;
    return gate_set(in, value_type(target));
}

bool store_member(struct interp *in, value target, const char *name, size_t size, bool is_static, value v)
{
    if (v.kind == V_VOID)
        v = value_null;
    if (value_is_null(target))
        return throw_error(in, "PropertyNotFound", CAT_InvalidOperation, value_null,
                           "$null has no property '%.*s' to set.", (int)size, name);
    if (!may_set(in, target, name, size, is_static))
        return false;
    if (is_static)
        return throw_error(in, "PropertyAssignmentException", CAT_InvalidOperation, target,
                           "'%.*s' cannot be set.", (int)size, name);
    return member_set(in, target, name, size, v);
}
