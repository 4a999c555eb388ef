// Sets: the items in order, and a table that finds them.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/delegate.h"
#include "interp/value/items.h"
#include "interp/value/made.h"
#include "interp/value/set.h"
#include "interp/value/types-rows.h"

extern const struct type_members full_sorted_set;

#define SET(v) ((struct set *)(v).object)

void set_release(struct object *object)
{
    value_drop(((struct set *)object)->index);
}

static bool is_set(value v)
{
    return v.kind == V_LIST && v.object->type->release == set_release;
}

static bool has(struct interp *in, value among, value v, bool *ret)
{
    ptrdiff_t at;
    if (is_set(among))
        return *ret = SET(among)->index.kind == V_TABLE && table_get(SET(among)->index.table, v), true;
    if (!items_find(in, among.array, v, 0, &at))
        return false;
    return *ret = at >= 0, true;
}

static bool index_of(struct interp *in, value set, value *ret)
{
    if (SET(set)->index.kind != V_TABLE) {
        if (!table_new(in, true, &SET(set)->index))
            return false;
        SET(set)->index.table->case_sensitive = true;
    }
    return *ret = SET(set)->index, true;
}

static bool is_sorted(value set)
{
    return set.object->type->full == &full_sorted_set;
}

// Where a sorted set has that item, or would have it.
static bool place_of(struct interp *in, const struct array *list, value item, size_t *ret)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order;
        if (!value_compare(in, list->items[middle], item, true, &order))
            return false;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return *ret = low, true;
}

static bool put_item(struct interp *in, value set, value item)
{
    value index;
    size_t at = set.array->count;
    if (!index_of(in, set, &index) || (is_sorted(set) && !place_of(in, set.array, item, &at)))
        return false;
    return table_set(in, index.table, item, value_true) && items_put_in(in, set.array, at, item);
}

METHOD(set_add)
{
    value item;
    bool there = false;
    UNUSED;
    if (!items_convert(in, self, args[0], &item))
        return false;
    bool ok = has(in, self, item, &there) && (there || put_item(in, self, item));
    value_drop(item);
    return *ret = value_bool(!there), ok;
}

// The item as the set has it: with a comparer that ignores case it may look otherwise.
static bool find_item(struct interp *in, value set, value item, ptrdiff_t *ret)
{
    const struct array *list = set.array;
    if (SET(set)->index.table->case_sensitive)
        return items_find(in, list, item, 0, ret);
    bool same = false;
    for (size_t i = 0; i < list->count; i++) {
        if (!value_equal(in, list->items[i], item, false, &same))
            return false;
        if (same)
            return *ret = (ptrdiff_t)i, true;
    }
    return *ret = -1, true;
}

METHOD(set_remove)
{
    bool there;
    ptrdiff_t at;
    UNUSED;
    if (!has(in, self, args[0], &there))
        return false;
    *ret = value_bool(there);
    if (!there)
        return true;
    if (!find_item(in, self, args[0], &at))
        return false;
    table_remove(SET(self)->index.table, args[0]);
    if (at >= 0)
        items_take_out(self.array, (size_t)at, 1);
    return true;
}
METHOD(set_contains)
{
    bool there;
    UNUSED;
    return has(in, self, args[0], &there) && (*ret = value_bool(there), true);
}
METHOD(set_clear)
{
    UNUSED;
    value_set(&SET(self)->index, value_null);
    return items_take_out(self.array, 0, self.array->count), true;
}
static bool set_add_one(struct interp *in, value self, value item)
{
    value ignored;
    return set_add(in, self, &item, 1, &ignored);
}
static bool set_remove_one(struct interp *in, value self, value item)
{
    value ignored;
    return set_remove(in, self, &item, 1, &ignored);
}
static bool set_toggle_one(struct interp *in, value self, value item)
{
    bool there;
    if (!has(in, self, item, &there))
        return false;
    return there ? set_remove_one(in, self, item) : set_add_one(in, self, item);
}
METHOD(set_union)
{
    return UNUSED, list_each(in, args[0], set_add_one, self);
}
METHOD(set_except)
{
    return UNUSED, list_each(in, args[0], set_remove_one, self);
}
METHOD(set_toggle)
{
    return UNUSED, list_each(in, args[0], set_toggle_one, self);
}
static bool as_list(struct interp *in, value v, value *ret)
{
    if (value_enumerable(v))
        return *ret = value_keep(v), true;
    return array_from(in, &v, 1, ret);
}
METHOD(set_intersect)
{
    value other;
    bool there = true, ok = true;
    UNUSED;
    if (!as_list(in, args[0], &other))
        return false;
    for (size_t i = 0; ok && i < self.array->count; i += there) {
        ok = has(in, other, self.array->items[i], &there);
        if (ok && !there)
            ok = set_remove_one(in, self, self.array->items[i]);
    }
    return value_drop(other), ok;
}
// How many of a's different items b has.
static bool shared(struct interp *in, value a, value b, size_t *ret_shared, size_t *ret_all)
{
    *ret_shared = *ret_all = 0;
    for (size_t i = 0; i < a.array->count; i++) {
        bool there;
        ptrdiff_t first;
        if (!items_find(in, a.array, a.array->items[i], 0, &first))
            return false;
        if ((size_t)first != i)
            continue;
        ++*ret_all;
        if (!has(in, b, a.array->items[i], &there))
            return false;
        *ret_shared += there;
    }
    return true;
}
enum relation { SUBSET, SUPERSET, EQUAL, OVERLAP, PROPER_SUBSET, PROPER_SUPERSET };
static bool relate(struct interp *in, value self, value with, enum relation relation, value *ret)
{
    value other;
    size_t both, others;
    if (!as_list(in, with, &other))
        return false;
    bool ok = shared(in, other, self, &both, &others);
    size_t own = self.array->count;
    bool sub = both == own, super = both == others;
    value_drop(other);
    switch (relation) {
    case SUBSET:
        return *ret = value_bool(sub), ok;
    case SUPERSET:
        return *ret = value_bool(super), ok;
    case EQUAL:
        return *ret = value_bool(sub && super), ok;
    case PROPER_SUBSET:
        return *ret = value_bool(sub && others > own), ok;
    case PROPER_SUPERSET:
        return *ret = value_bool(super && own > others), ok;
    default:
        return *ret = value_bool(both), ok;
    }
}
METHOD(set_subset)
{
    return UNUSED, relate(in, self, args[0], SUBSET, ret);
}
METHOD(set_superset)
{
    return UNUSED, relate(in, self, args[0], SUPERSET, ret);
}
METHOD(set_equals)
{
    return UNUSED, relate(in, self, args[0], EQUAL, ret);
}
METHOD(set_overlaps)
{
    return UNUSED, relate(in, self, args[0], OVERLAP, ret);
}
METHOD(set_proper_subset)
{
    return UNUSED, relate(in, self, args[0], PROPER_SUBSET, ret);
}
METHOD(set_proper_superset)
{
    return UNUSED, relate(in, self, args[0], PROPER_SUPERSET, ret);
}
METHOD(set_remove_where)
{
    value yes, kept;
    int32_t gone = 0;
    UNUSED;
    for (size_t i = 0; i < self.array->count;) {
        kept = value_keep(self.array->items[i]);
        bool ok = in->invoke_block && in->invoke_block(in, delegate_block(args[0]), kept, &kept, 1, &yes);
        bool out = ok && value_truth(yes);
        if (ok)
            value_drop(yes);
        ok = ok && (!out || set_remove_one(in, self, kept));
        value_drop(kept);
        if (!ok)
            return false;
        gone += out;
        i += !out;
    }
    return *ret = value_int(gone), true;
}
// Comparers of strings say whether letter case counts; without one it does.
METHOD(set_new)
{
    value index;
    if (!list_new(in, self.type, ret))
        return false;
    bool ok = index_of(in, *ret, &index);
    for (size_t i = 0; ok && i < count; i++)
        if (value_is_type(args[i], &type_string_comparer))
            index.table->case_sensitive = !AS(fields, args[i])->at[0].b;
    if (ok && count && value_enumerable(args[0]))
        ok = list_each(in, args[0], set_add_one, *ret);
    return ok || (value_drop(*ret), false);
}
METHOD(set_least)
{
    UNUSED;
    return *ret = self.array->count ? value_keep(self.array->items[0]) : value_null, true;
}
METHOD(set_most)
{
    UNUSED;
    size_t n = self.array->count;
    return *ret = n ? value_keep(self.array->items[n - 1]) : value_null, true;
}
static bool set_min(struct interp *in, value self, value *ret)
{
    return set_least(in, self, NULL, 0, ret);
}
static bool set_max(struct interp *in, value self, value *ret)
{
    return set_most(in, self, NULL, 0, ret);
}
static bool set_count(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_int((int32_t)self.array->count), true;
}
const struct property set_properties[] = {
    {"Count", set_count, NULL}, {"Min", set_min, NULL}, {"Max", set_max, NULL}, {0}};

#define SET_METHODS                                                                                          \
    {"Add", set_add, BOOLEAN, P(OBJ)}, {"Remove", set_remove, BOOLEAN, P(OBJ)},                              \
        {"Contains", set_contains, BOOLEAN, P(OBJ)}, {"Clear", set_clear, VOID},                             \
        {"UnionWith", set_union, VOID, P(SEQUENCE)}, {"ExceptWith", set_except, VOID, P(SEQUENCE)},          \
        {"IntersectWith", set_intersect, VOID, P(SEQUENCE)},                                                 \
        {"SymmetricExceptWith", set_toggle, VOID, P(SEQUENCE)},                                              \
        {"IsSubsetOf", set_subset, BOOLEAN, P(SEQUENCE)}, {"IsSupersetOf", set_superset, BOOLEAN, P(SEQUENCE)}, \
        {"IsProperSubsetOf", set_proper_subset, BOOLEAN, P(SEQUENCE)},                                       \
        {"IsProperSupersetOf", set_proper_superset, BOOLEAN, P(SEQUENCE)},                                   \
        {"SetEquals", set_equals, BOOLEAN, P(SEQUENCE)}, {"Overlaps", set_overlaps, BOOLEAN, P(SEQUENCE)},   \
        {"RemoveWhere", set_remove_where, I32, P(OBJ)}, {"GetEnumerator", get_enumerator, OBJ},              \
        {"CopyTo", list_copy_to, VOID, P(ARR)}, {"TrimExcess", list_nothing, VOID},                          \
    {                                                                                                        \
        "CopyTo", list_copy_to, VOID, P(ARR, I32)                                                            \
    }
static const struct method hash_methods[] = {SET_METHODS, {0}};
static const struct method sorted_methods[] = {SET_METHODS, {"get_Min", set_least, OBJ}, {"get_Max", set_most, OBJ}, {0}};
#define COMPARER &type_string_comparer
static const struct method set_constructors[] = {{"new", set_new, OBJ},
                                                 {"new", set_new, OBJ, P(I32)},
                                                 {"new", set_new, OBJ, P(COMPARER)},
                                                 {"new", set_new, OBJ, P(SEQUENCE)},
                                                 {"new", set_new, OBJ, P(SEQUENCE, COMPARER)},
                                                 {0}};
const struct type_members full_hash_set = {hash_methods, NULL, set_constructors, NULL};
const struct type_members full_sorted_set = {sorted_methods, NULL, set_constructors, NULL};
