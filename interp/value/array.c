#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/cycles.h"
#include "interp/value/error.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

static bool too_many(struct interp *in, size_t count)
{
    uint64_t most = in->session ? in->session->limits[LIMIT_ITEMS] : 0;
    if (!most || count <= most)
        return false;
    return !throw_error(in, "CollectionLimit", CAT_LimitsExceeded, value_null,
                        "A collection of more than %llu objects is not allowed.", (unsigned long long)most);
}

static bool make(struct interp *in, enum value_kind kind, const struct type *type, size_t count, value *ret)
{
    size_t size = kind == V_LIST && type->size > sizeof(struct array) ? type->size : sizeof(struct array);
    struct array *array = too_many(in, count) ? NULL : heap_new(in, size, kind, type);
    if (!array)
        return false;
    array->items = count ? mem_new(count, sizeof(value)) : NULL; // zero bytes are $null
    if (count && !array->items) {
        cycles_free(array, size);
        return throw_memory(in);
    }
    array->count = array->capacity = count;
    array->element = type->element == &type_object ? NULL : type->element;
    *ret = (value){.kind = (uint8_t)kind, .array = array};
    return true;
}

bool array_new(struct interp *in, size_t count, value *ret)
{
    return make(in, V_ARRAY, &type_object_array, count, ret);
}

bool array_of(struct interp *in, const struct type *element, size_t count, value *ret)
{
    return make(in, V_ARRAY, type_array_of(element), count, ret);
}

bool array_from(struct interp *in, const value *items, size_t count, value *ret)
{
    if (!array_new(in, count, ret))
        return false;
    for (size_t i = 0; i < count; i++)
        ret->array->items[i] = value_keep(items[i]);
    return true;
}

bool list_new(struct interp *in, const struct type *type, value *ret)
{
    return make(in, V_LIST, type ? type : &type_array_list, 0, ret);
}

value list_become_array(value list)
{
    struct array *array = list.array;
    value *items =
        array->count ? mem_resize(array->items, array->capacity * sizeof(value), array->count * sizeof(value))
                     : NULL;
    if (items) { // else it stays as long as it is
        array->items = items;
        array->capacity = array->count;
    }
    array->head.kind = V_ARRAY;
    array->head.type = &type_object_array;
    return (value){.kind = V_ARRAY, .array = array};
}

bool list_add(struct interp *in, struct array *list, value item)
{
    if (list->count == list->capacity) {
        if (too_many(in, list->count + 1))
            return false;
        value *items = mem_grow(list->items, &list->capacity, 4, sizeof(value));
        if (!items)
            return throw_memory(in);
        list->items = items;
    }
    list->items[list->count++] = value_keep(item);
    return true;
}

bool list_take(struct interp *in, struct array *list, value item)
{
    bool ok = list_add(in, list, item);
    return value_drop(item), ok;
}

bool list_add_text(struct interp *in, struct array *list, const char *text, size_t size)
{
    value item;
    return string_new(in, text, size, &item) && list_take(in, list, item);
}

bool list_gather(struct interp *in, value *io_list, value item)
{
    return (!value_is_null(*io_list) || list_new(in, NULL, io_list)) && list_add(in, io_list->array, item);
}
