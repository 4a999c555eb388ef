// What all collections share: conversion to the type of their items, finding, taking out, putting in.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/items.h"
#include "interp/value/made.h"
#include "interp/value/types-rows.h"

bool items_range(struct interp *in)
{
    return method_throw(in, &type_argument_range_exception, "The index is outside of the collection.");
}
bool items_empty(struct interp *in)
{
    return method_throw(in, &type_invalid_operation_exception, "The collection is empty.");
}

// What the collection holds: its element type, or that of its generic argument.
const struct type *items_type(value list)
{
    const struct type *type = list.object->type;
    return type->element ? type->element : type_argument(type, 0) ? type_argument(type, 0) : OBJ;
}

bool items_convert(struct interp *in, value list, value v, value *ret)
{
    const struct type *type = items_type(list);
    if (type == OBJ || (value_is_null(v) && conversion_rank(v, type) == RANK_NULL_TO_REFERENCE))
        return *ret = value_keep(v), true;
    if (value_convert(in, v, type, ret))
        return true;
    value_set(&in->thrown, value_null);
    const char *id =
        type->class ? "MethodCountCouldNotFindBest" : "MethodArgumentConversionInvalidCastArgument";
    return throw_error(in, id, CAT_NotSpecified, value_null, "The value does not go into this collection.");
}

bool list_reserve(struct interp *in, struct array *list, size_t capacity)
{
    if (capacity <= list->capacity)
        return true;
    value *items = mem_resize(list->items, list->capacity * sizeof(value), capacity * sizeof(value));
    if (!items)
        return throw_memory(in);
    return list->items = items, list->capacity = capacity, true;
}

bool items_same(struct interp *in, value a, value b, bool *ret)
{
    if (value_is_null(a) || value_is_null(b))
        return *ret = value_is_null(a) && value_is_null(b), true;
    if (a.kind != b.kind)
        return *ret = false, true;
    if (value_enumerable(a) || a.kind == V_TABLE)
        return *ret = a.object == b.object, true;
    return value_equal(in, a, b, true, ret);
}

bool items_find(struct interp *in, const struct array *list, value v, size_t from, ptrdiff_t *ret)
{
    bool same = false;
    for (size_t i = from; i < list->count; i++) {
        if (!items_same(in, list->items[i], v, &same))
            return false;
        if (same)
            return *ret = (ptrdiff_t)i, true;
    }
    return *ret = -1, true;
}

void items_take_out(struct array *list, size_t at, size_t count)
{
    if (!count)
        return; // a list that never held anything has no items to move
    for (size_t i = at; i < at + count; i++)
        value_drop(list->items[i]);
    memmove(list->items + at, list->items + at + count, (list->count - at - count) * sizeof(value));
    list->count -= count;
}

bool items_put_in(struct interp *in, struct array *list, size_t at, value v)
{
    if (!list_add(in, list, v))
        return false;
    memmove(list->items + at + 1, list->items + at, (list->count - 1 - at) * sizeof(value));
    list->items[at] = v; // the reference that list_add took
    return true;
}

void items_reverse(struct array *list, size_t from, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        value v = list->items[from + i];
        list->items[from + i] = list->items[from + count - 1 - i];
        list->items[from + count - 1 - i] = v;
    }
}

bool list_each(struct interp *in, value from, bool (*with)(struct interp *, value, value), value self)
{
    struct value_walk walk;
    value item;
    bool ok = true;
    if (value_is_null(from))
        return method_throw(in, &type_argument_null_exception, "The collection must not be $null.");
    value copy = value_null; // a list may be added to itself
    if (value_enumerable(from) && !array_from(in, from.array->items, from.array->count, &copy))
        return false;
    value_walk_start(&walk, value_is_null(copy) ? from : copy);
    while (ok && value_walk_next(in, &walk, &item)) {
        ok = with(in, self, item);
        value_drop(item);
    }
    return value_drop(copy), ok;
}
