// interp/value/items.h: what the families of collections share.
#ifndef INTERP_ITEMS_H
#define INTERP_ITEMS_H

#include "interp/value/objects.h"

bool items_range(struct interp *in); // throws: the index is outside; always false
bool items_empty(struct interp *in); // throws: nothing is in it; always false
const struct type *items_type(value list);
bool items_convert(struct interp *in, value list, value v, value *ret); // to the type of the list's items
bool items_same(struct interp *in, value a, value b, bool *ret);        // as .NET's Equals
bool items_find(struct interp *in, const struct array *list, value v, size_t from,
                ptrdiff_t *ret); // -1: not there
void items_take_out(struct array *list, size_t at, size_t count);
bool items_put_in(struct interp *in, struct array *list, size_t at, value v);
void items_reverse(struct array *list, size_t from, size_t count);
bool list_each(struct interp *in, value from, bool (*with)(struct interp *in, value self, value item),
               value self);
bool items_default(struct interp *in, const struct type *type, value *ret); // default(T)
bool list_reserve(struct interp *in, struct array *list, size_t capacity); // room for that many, not fewer than there are
method_function list_find_last, list_find_last_index, list_true_for_all, list_convert_all, list_ensure_capacity,
    list_to_array_of, list_repeat, list_set_range, array_find_last, array_find_last_index, array_true_for_all,
    array_for_each, array_fill, array_convert_all; // types-list-more.c
method_function list_nothing, list_to_array, list_clone, list_contains, list_clear, get_enumerator, list_copy_to, list_remove, list_new_empty,
    list_index_of; // as rows use them

#endif
