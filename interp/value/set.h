// interp/value/set.h: sets. jesh-full alone.
#ifndef INTERP_SET_H
#define INTERP_SET_H

#include "interp/value/objects.h"

struct set {
    struct array list; // in the order added, or sorted
    value index;       // TABLE of its items
};
void set_release(struct object *object);
extern const struct property set_properties[], linked_list_properties[], key_value_properties[];

// Dictionaries whose entries stand in the order of their keys.
bool table_is_sorted(value table);
// What the entries of such a table are; NULL: DictionaryEntry.
const struct type *table_entry_type(struct interp *in, const struct type *type) __attribute__((weak));
bool dictionary_checks(value v) __attribute__((weak)); // what is put into that table has its own rules: dictionary_put
bool dictionary_put(struct interp *in, value self, value key, value v) __attribute__((weak)); // converted to what it holds
// Name[arguments] of generics.def.
const struct type *generic_of(struct interp *in, const char *name, const struct type *const *arguments,
                              size_t count);

#endif
