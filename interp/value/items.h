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
method_function list_nothing, list_to_array, list_clone, list_contains, list_clear, get_enumerator, list_copy_to, list_remove, list_new_empty,
    list_index_of; // as rows use them

#endif
