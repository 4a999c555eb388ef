// What lists and arrays do with a block, item by item, and how they are copied into other kinds.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/delegate.h"
#include "interp/value/items.h"
#include "interp/value/set.h"
#include "interp/value/types-rows.h"

// The block may take the item out of the list, so that it is held meanwhile.
static bool ask(struct interp *in, value block, value item, value *ret)
{
    value own = value_keep(item);
    bool ok = in->invoke_block && in->invoke_block(in, delegate_block(block), own, &own, 1, ret);
    return value_drop(own), ok;
}
static bool holds(struct interp *in, value block, value item, bool *ret)
{
    value result;
    if (!ask(in, block, item, &result))
        return false;
    return *ret = value_truth(result), value_drop(result), true;
}
static bool is_list(struct interp *in, value v)
{
    return v.kind == V_ARRAY || v.kind == V_LIST ||
           method_throw(in, &type_argument_null_exception, "An array is needed.");
}
static bool last_match(struct interp *in, value list, value block, int64_t *ret)
{
    bool yes = false;
    for (size_t i = list.array->count; i-- > 0 && i < list.array->count;) {
        if (!holds(in, block, list.array->items[i], &yes))
            return false;
        if (yes)
            return *ret = (int64_t)i, true;
    }
    return *ret = -1, true;
}
PUBLIC_METHOD(list_find_last)
{
    int64_t at;
    UNUSED;
    if (!last_match(in, self, args[0], &at))
        return false;
    bool found = at >= 0 && (size_t)at < self.array->count;
    return found ? (*ret = value_keep(self.array->items[at]), true)
                 : items_default(in, items_type(self), ret);
}
PUBLIC_METHOD(list_find_last_index)
{
    int64_t at;
    UNUSED;
    return last_match(in, self, args[0], &at) && (*ret = value_int((int32_t)at), true);
}
PUBLIC_METHOD(list_true_for_all)
{
    bool yes = true;
    UNUSED;
    for (size_t i = 0; yes && i < self.array->count; i++)
        if (!holds(in, args[0], self.array->items[i], &yes))
            return false;
    return *ret = value_bool(yes), true;
}
static bool convert_each(struct interp *in, value from, value block, value to)
{
    value item, converted;
    for (size_t i = 0; i < from.array->count; i++) {
        if (!ask(in, block, from.array->items[i], &item))
            return false;
        bool ok = items_convert(in, to, item, &converted);
        value_drop(item);
        if (!ok || !list_take(in, to.array, converted))
            return false;
    }
    return true;
}
static const struct type *converted_type(value converter)
{
    const struct type *type = value_type(converter);
    return type && type_argument(type, 0) && type_argument(type, 1) ? type_argument(type, 1) : OBJ;
}
PUBLIC_METHOD(list_convert_all)
{
    const struct type *element = converted_type(args[0]);
    const struct type *type = generic_of(in, "System.Collections.Generic.List", &element, 1);
    UNUSED;
    if (!type || !list_new(in, type, ret))
        return false;
    return convert_each(in, self, args[0], *ret) || (value_drop(*ret), false);
}
PUBLIC_METHOD(list_ensure_capacity)
{
    UNUSED;
    if (args[0].i < 0)
        return items_range(in);
    size_t have = self.array->capacity, asked = (size_t)args[0].i;
    size_t doubled = have ? have * 2 : 4, wanted = asked > doubled ? asked : doubled;
    if (asked > have && !list_reserve(in, self.array, wanted))
        return false;
    return *ret = value_int((int32_t)self.array->capacity), true;
}
PUBLIC_METHOD(list_to_array_of)
{
    UNUSED;
    if (args[0].kind != V_TYPE)
        return method_throw(in, &type_argument_null_exception, "A type is needed.");
    if (!array_of(in, args[0].type, self.array->count, ret))
        return false;
    for (size_t i = 0; i < self.array->count; i++)
        if (!items_convert(in, *ret, self.array->items[i], &ret->array->items[i]))
            return value_drop(*ret), value_set(&in->thrown, value_null),
                   method_throw(in, &type_invalid_cast_exception, "An item is of another type.");
    return true;
}
PUBLIC_METHOD(list_repeat)
{
    UNUSED;
    if (args[1].i < 0)
        return items_range(in);
    if (!list_new(in, &type_array_list, ret))
        return false;
    for (int64_t i = 0; i < args[1].i; i++)
        if (!list_add(in, ret->array, args[0]))
            return value_drop(*ret), false;
    return true;
}
PUBLIC_METHOD(list_set_range)
{
    UNUSED;
    size_t at = (size_t)args[0].i;
    if (!value_enumerable(args[1]))
        return method_throw(in, &type_argument_null_exception, "A collection is needed.");
    if (args[0].i < 0 || at + args[1].array->count > self.array->count)
        return items_range(in);
    for (size_t i = 0; i < args[1].array->count; i++)
        value_set(&self.array->items[at + i], args[1].array->items[i]);
    return true;
}

// --- The same of arrays, as statics

#define STATIC_OF(name, method)                                                                              \
    PUBLIC_METHOD(name)                                                                                      \
    {                                                                                                        \
        return UNUSED, is_list(in, args[0]) && method(in, args[0], args + 1, count - 1, ret);                \
    }
STATIC_OF(array_find_last, list_find_last)
STATIC_OF(array_find_last_index, list_find_last_index)
STATIC_OF(array_true_for_all, list_true_for_all)
PUBLIC_METHOD(array_for_each)
{
    value ignored;
    UNUSED;
    if (!is_list(in, args[0]))
        return false;
    for (size_t i = 0; i < args[0].array->count; i++) {
        if (!ask(in, args[1], args[0].array->items[i], &ignored))
            return false;
        value_drop(ignored);
    }
    return true;
}
PUBLIC_METHOD(array_fill)
{
    value item;
    UNUSED;
    if (!is_list(in, args[0]))
        return false;
    int64_t from = count > 2 ? args[2].i : 0, size = count > 2 ? args[3].i : (int64_t)args[0].array->count;
    if (from < 0 || size < 0 || (uint64_t)(from + size) > args[0].array->count)
        return items_range(in);
    if (!items_convert(in, args[0], args[1], &item))
        return false;
    for (int64_t i = from; i < from + size; i++)
        value_set(&args[0].array->items[i], item);
    return value_drop(item), true;
}
PUBLIC_METHOD(array_convert_all)
{
    value list;
    UNUSED;
    const struct type *element = converted_type(args[1]);
    if (!is_list(in, args[0]))
        return false;
    const struct type *type = generic_of(in, "System.Collections.Generic.List", &element, 1);
    if (!type || !list_new(in, type, &list))
        return false;
    bool ok = convert_each(in, args[0], args[1], list) && list_to_array(in, list, NULL, 0, ret);
    return value_drop(list), ok;
}
