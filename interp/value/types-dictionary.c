// Dictionaries.
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/items.h"
#include "interp/value/exceptions.h"
#include "interp/value/made.h"
#include "interp/value/set.h"
#include "interp/value/types-rows.h"

extern const struct type_members full_sorted_dictionary, full_sorted_list;

bool table_is_sorted(value table)
{
    const struct type *type = table.object->type;
    return type->full == &full_sorted_dictionary || type->full == &full_sorted_list;
}

static bool null_key(struct interp *in)
{
    return method_throw(in, &type_argument_null_exception, "A key must not be $null.");
}
static bool as_key(struct interp *in, value self, value key, value *ret)
{
    const struct type *type = type_argument(self.object->type, 0);
    if (value_is_null(key))
        return null_key(in);
    return type && type != OBJ ? value_convert(in, key, type, ret) : (*ret = value_keep(key), true);
}
static bool as_value(struct interp *in, value self, value v, value *ret)
{
    const struct type *type = type_argument(self.object->type, 1);
    return type && type != OBJ ? value_convert(in, v, type, ret) : (*ret = value_keep(v), true);
}
// *ret_found: borrowed; NULL: not there.
static bool lookup(struct interp *in, value self, value key, const value **ret_found)
{
    value own;
    if (!as_key(in, self, key, &own))
        return false;
    *ret_found = table_get(self.table, own);
    return value_drop(own), true;
}
static bool put(struct interp *in, value self, value key, value v, bool replace, bool *ret_there)
{
    value own_key, own;
    if (!as_key(in, self, key, &own_key))
        return false;
    bool ok = as_value(in, self, v, &own);
    *ret_there = ok && table_get(self.table, own_key);
    if (ok && (replace || !*ret_there))
        ok = table_set(in, self.table, own_key, own) &&
             (*ret_there || !table_is_sorted(self) || table_sort_last(in, self.table));
    if (ok)
        value_drop(own);
    return value_drop(own_key), ok;
}
// "Command:Parameter", or Disabled.
static bool is_default_key(value key)
{
    if (key.kind != V_STRING)
        return false;
    const char *text = value_text(key), *colon = strchr(text, ':');
    return !strcasecmp(text, "Disabled") || (colon && colon > text && colon[1]);
}
bool dictionary_checks(value v)
{
    return type_argument(v.object->type, 0) || v.object->type == &type_default_parameters || table_is_sorted(v);
}
bool dictionary_put(struct interp *in, value self, value key, value v)
{
    bool there;
    if (self.object->type == &type_default_parameters && !is_default_key(key))
        return throw_error(in, key.kind == V_STRING ? "InvalidOperation" : "Argument",
                           key.kind == V_STRING ? CAT_InvalidOperation : CAT_InvalidArgument, key,
                           "A key names a command and a parameter.");
    return put(in, self, key, v, true, &there);
}
METHOD(table_add)
{
    bool there;
    UNUSED;
    if (self.object->type == &type_default_parameters && !is_default_key(args[0]))
        return method_throw(in, &type_ps_invalid_operation_exception, "A key names a command and a parameter.");
    if (!put(in, self, args[0], args[1], false, &there))
        return false;
    return !there || method_throw(in, &type_argument_exception, "The key is there already.");
}
METHOD(table_try_add)
{
    bool there;
    UNUSED;
    return put(in, self, args[0], args[1], false, &there) && (*ret = value_bool(!there), true);
}
METHOD(table_put)
{
    bool there;
    UNUSED;
    return put(in, self, args[0], args[1], true, &there);
}
METHOD(table_insert)
{
    UNUSED;
    bool there;
    size_t at = (size_t)args[0].i;
    if (args[0].i < 0 || at > self.table->count)
        return items_range(in);
    value keys, vals = value_null;
    if (!put(in, self, args[1], args[2], false, &there))
        return false;
    if (there)
        return method_throw(in, &type_argument_exception, "The key is there already.");
    // The entries that follow are taken out and put in again behind it.
    if (!list_new(in, NULL, &keys))
        return false;
    bool ok = list_new(in, NULL, &vals);
    size_t n = 0;
    for (size_t i = 0; ok && i < self.table->used; i++)
        if (self.table->slots[i].key.kind != V_VOID && n++ >= at &&
            n < self.table->count)
            ok = list_add(in, keys.array, self.table->slots[i].key) &&
                 list_add(in, vals.array, self.table->slots[i].val);
    for (size_t i = 0; ok && i < keys.array->count; i++) {
        table_remove(self.table, keys.array->items[i]);
        ok = table_set(in, self.table, keys.array->items[i], vals.array->items[i]);
    }
    value_drop(keys), value_drop(vals);
    return ok;
}
METHOD(table_drop)
{
    value key;
    UNUSED;
    if (!as_key(in, self, args[0], &key))
        return false;
    *ret = value_bool(table_remove(self.table, key));
    return value_drop(key), true;
}
METHOD(table_drop_out)
{
    value key;
    UNUSED;
    if (!as_key(in, self, args[0], &key))
        return false;
    const value *found = table_get(self.table, key);
    bool ok = reference_set(in, args[1], found ? *found : value_null);
    *ret = value_bool(table_remove(self.table, key));
    return value_drop(key), ok;
}
METHOD(table_drop_at)
{
    UNUSED;
    const struct table_slot *slot = table_nth(self.table, args[0].i);
    return slot ? table_remove(self.table, slot->key) : items_range(in);
}
METHOD(table_has)
{
    const value *found;
    UNUSED;
    return lookup(in, self, args[0], &found) && (*ret = value_bool(found), true);
}
METHOD(table_has_value)
{
    bool same = false;
    UNUSED;
    for (size_t i = 0; i < self.table->used && !same; i++)
        if (self.table->slots[i].key.kind != V_VOID &&
            !items_same(in, self.table->slots[i].val, args[0], &same))
            return false;
    return *ret = value_bool(same), true;
}
METHOD(table_clear)
{
    UNUSED;
    for (size_t i = 0; i < self.table->used; i++)
        if (self.table->slots[i].key.kind != V_VOID)
            table_remove(self.table, self.table->slots[i].key);
    return true;
}
static bool copy_table(struct interp *in, value from, value *ret)
{
    if (!table_new(in, from.table->ordered, ret))
        return false;
    ret->object->type = from.object->type;
    ret->table->case_sensitive = from.table->case_sensitive;
    return table_set_all(in, ret->table, from.table) || (value_drop(*ret), false);
}
METHOD(table_clone)
{
    return UNUSED, copy_table(in, self, ret);
}
METHOD(table_try_get)
{
    const value *found;
    UNUSED;
    if (!lookup(in, self, args[0], &found))
        return false;
    return *ret = value_bool(found), reference_set(in, args[1], found ? *found : value_null);
}
METHOD(table_get_or_add)
{
    bool there;
    UNUSED;
    if (!put(in, self, args[0], args[1], false, &there))
        return false;
    const value *found = table_get(self.table, args[0]);
    return *ret = found ? value_keep(*found) : value_null, true;
}
METHOD(table_item)
{
    const value *found;
    UNUSED;
    return lookup(in, self, args[0], &found) && (*ret = found ? value_keep(*found) : value_null, true);
}
// What a generic dictionary's entries are; NULL: DictionaryEntry.
const struct type *table_entry_type(struct interp *in, const struct type *type)
{
    return type_argument(type, 1) ? generic_of(in, "System.Collections.Generic.KeyValuePair", type->of, 2) : NULL;
}
static bool entry_new(struct interp *in, const struct type *type, const struct table_slot *slot, value *ret)
{
    if (!pair_new(in, slot->key, slot->val, ret))
        return false;
    if (type)
        ret->object->type = type;
    return true;
}
METHOD(table_entries)
{
    UNUSED;
    const struct type *entry = table_entry_type(in, self.object->type);
    if (!table_side_new(in, self, &type_table_enumerator, ret))
        return false;
    for (size_t i = 0; i < self.table->used; i++) {
        const struct table_slot *slot = &self.table->slots[i];
        value pair;
        if (slot->key.kind == V_VOID)
            continue;
        if (!entry_new(in, entry, slot, &pair))
            return value_drop(*ret), false;
        bool ok = list_add(in, ret->array, pair);
        value_drop(pair);
        if (!ok)
            return value_drop(*ret), false;
    }
    return true;
}
METHOD(table_copy_to)
{
    value entries;
    if (!table_entries(in, self, args, count, &entries))
        return false;
    bool ok = list_copy_to(in, entries, args, count, ret);
    return value_drop(entries), ok;
}
METHOD(table_at)
{
    UNUSED;
    const struct table_slot *slot = table_nth(self.table, args[0].i);
    return slot ? (*ret = value_keep(slot->val), true) : items_range(in);
}
METHOD(table_key_at)
{
    UNUSED;
    const struct table_slot *slot = table_nth(self.table, args[0].i);
    return slot ? (*ret = value_keep(slot->key), true) : items_range(in);
}
METHOD(table_index_of)
{
    UNUSED;
    int32_t n = 0;
    bool same = false;
    for (size_t i = 0; i < self.table->used; i++) {
        if (self.table->slots[i].key.kind == V_VOID)
            continue;
        if (!items_same(in, self.table->slots[i].key, args[0], &same))
            return false;
        if (same)
            return *ret = value_int(n), true;
        n++;
    }
    return *ret = value_int(-1), true;
}
#define TABLE_METHODS                                                                                        \
    {"Add", table_add, VOID, P(OBJ, OBJ)}, {"Clear", table_clear, VOID},                                     \
        {"Contains", table_has, BOOLEAN, P(OBJ)}, {"ContainsKey", table_has, BOOLEAN, P(OBJ)},               \
        {"GetEnumerator", table_entries, OBJ}, {"get_Item", table_item, OBJ, P(OBJ)},                        \
        {"set_Item", table_put, VOID, P(OBJ, OBJ)},                                                          \
    {                                                                                                        \
        "CopyTo", table_copy_to, VOID, P(ARR, I32)                                                           \
    }
static const struct method hashtable_methods[] = {TABLE_METHODS,
                                                  {"Remove", table_drop, VOID, P(OBJ)},
                                                  {"ContainsValue", table_has_value, BOOLEAN, P(OBJ)},
                                                  {"Clone", table_clone, OBJ},
                                                  {0}};
static const struct method ordered_methods[] = {TABLE_METHODS,
                                                {"Remove", table_drop, VOID, P(OBJ)},
                                                {"RemoveAt", table_drop_at, VOID, P(I32)},
                                                {"Insert", table_insert, VOID, P(I32, OBJ, OBJ)},
                                                {0}};
static const struct method dictionary_methods[] = {TABLE_METHODS,
                                                   {"Remove", table_drop, BOOLEAN, P(OBJ)},
                                                   {"Remove", table_drop_out, BOOLEAN, P(OBJ, REF)},
                                                   {"ContainsValue", table_has_value, BOOLEAN, P(OBJ)},
                                                   {"TryGetValue", table_try_get, BOOLEAN, P(OBJ, REF)},
                                                   {"TryAdd", table_try_add, BOOLEAN, P(OBJ, OBJ)},
                                                   {"TryRemove", table_drop_out, BOOLEAN, P(OBJ, REF)},
                                                   {"GetOrAdd", table_get_or_add, OBJ, P(OBJ, OBJ)},
                                                   {0}};

static bool table_make(struct interp *in, const struct type *type, bool cased, value *ret)
{
    if (!table_new(in, type == &type_ordered || type_argument(type, 0), ret))
        return false;
    ret->object->type = type;
    ret->table->ordered = type == &type_ordered;
    ret->table->case_sensitive = cased;
    return true;
}
static bool copy_entries(struct interp *in, value from, value to)
{
    bool there;
    for (size_t i = 0; from.kind == V_TABLE && i < from.table->used; i++)
        if (from.table->slots[i].key.kind != V_VOID &&
            !put(in, to, from.table->slots[i].key, from.table->slots[i].val, true, &there))
            return false;
    return true;
}
// PowerShell's @{} ignores case; .NET's constructors do not, unless a comparer says so.
METHOD(table_make_new)
{
    bool cased = true;
    for (size_t i = 0; i < count; i++)
        if (value_is_type(args[i], &type_string_comparer))
            cased = !AS(fields, args[i])->at[0].b;
    if (!table_make(in, self.type, cased, ret))
        return false;
    return !count || copy_entries(in, args[0], *ret) || (value_drop(*ret), false);
}
#define DICTIONARY &type_dictionary_interface
#define COMPARER &type_string_comparer
static const struct method table_constructors[] = {{"new", table_make_new, OBJ},
                                                   {"new", table_make_new, OBJ, P(I32)},
                                                   {"new", table_make_new, OBJ, P(DICTIONARY)},
                                                   {"new", table_make_new, OBJ, P(COMPARER)},
                                                   {"new", table_make_new, OBJ, P(I32, COMPARER)},
                                                   {"new", table_make_new, OBJ, P(DICTIONARY, COMPARER)},
                                                   {0}};
METHOD(default_parameters_new)
{
    if (!table_new(in, false, ret))
        return false;
    ret->object->type = &type_default_parameters;
    for (size_t i = 0; count && i < args[0].table->used; i++)
        if (args[0].table->slots[i].key.kind != V_VOID && !is_default_key(args[0].table->slots[i].key))
            return value_drop(*ret), method_throw(in, &type_ps_invalid_operation_exception, "A key names a command and a parameter.");
    (void)self;
    return !count || copy_entries(in, args[0], *ret) || (value_drop(*ret), false);
}
static const struct method default_parameters_constructors[] = {
    {"new", default_parameters_new, OBJ}, {"new", default_parameters_new, OBJ, P(DICTIONARY)}, {0}};
const struct type_members full_default_parameters = {.constructors = default_parameters_constructors};
// One thread runs a session, so that a synchronized table is the table; it only says that it is one.
METHOD(table_synchronized)
{
    UNUSED;
    if (!copy_table(in, args[0], ret))
        return false;
    ret->object->type = &type_sync_hashtable;
    return true;
}
static bool yes(struct interp *in, value self, value *ret)
{
    (void)in, (void)self;
    return *ret = value_true, true;
}
const struct property sync_hashtable_properties[] = {{"IsSynchronized", yes, NULL}, {0}};
static const struct method hashtable_statics[] = {
    {"Synchronized", table_synchronized, &type_hashtable, P(&type_hashtable)}, {0}};
const struct type_members full_hashtable = {hashtable_methods, hashtable_statics, table_constructors, NULL};
const struct type_members full_ordered = {ordered_methods, NULL, table_constructors, NULL};
const struct type_members full_dictionary = {dictionary_methods, NULL, table_constructors, NULL};
const struct type_members full_sync_hashtable = {hashtable_methods, NULL, NULL, NULL};

static const struct method sorted_methods[] = {TABLE_METHODS,
                                               {"Remove", table_drop, BOOLEAN, P(OBJ)},
                                               {"RemoveAt", table_drop_at, VOID, P(I32)},
                                               {"ContainsValue", table_has_value, BOOLEAN, P(OBJ)},
                                               {"TryGetValue", table_try_get, BOOLEAN, P(OBJ, REF)},
                                               {"TryAdd", table_try_add, BOOLEAN, P(OBJ, OBJ)},
                                               {"GetByIndex", table_at, OBJ, P(I32)},
                                               {"GetKey", table_key_at, OBJ, P(I32)},
                                               {"IndexOfKey", table_index_of, I32, P(OBJ)},
                                               {0}};
const struct type_members full_sorted_dictionary = {sorted_methods, NULL, table_constructors, NULL};

METHOD(key_value_new)
{
    UNUSED;
    value key, val;
    const struct type *of_key = type_argument(self.type, 0), *of_value = type_argument(self.type, 1);
    if (!value_convert(in, args[0], of_key ? of_key : OBJ, &key))
        return false;
    if (!value_convert(in, args[1], of_value ? of_value : OBJ, &val))
        return value_drop(key), false;
    bool ok = pair_new(in, key, val, ret);
    value_drop(key);
    value_drop(val);
    if (ok)
        ret->object->type = self.type;
    return ok;
}
static bool key_of(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(AS(pair, self)->key), true;
}
static bool value_of(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(AS(pair, self)->val), true;
}
static const struct method key_value_constructors[] = {{"new", key_value_new, OBJ, P(OBJ, OBJ)}, {0}};
const struct property key_value_properties[] = {{"Key", key_of, NULL}, {"Value", value_of, NULL}, {0}};
const struct type_members full_key_value_pair = {.constructors = key_value_constructors};
const struct type_members full_sorted_list = {sorted_methods, NULL, table_constructors, NULL};
METHOD(entry_make)
{
    UNUSED;
    return pair_new(in, args[0], count > 1 ? args[1] : value_null, ret);
}
static const struct method entry_constructors[] = {{"new", entry_make, OBJ, P(OBJ, OBJ)}, {0}};
const struct type_members full_dictionary_entry = {.constructors = entry_constructors};
