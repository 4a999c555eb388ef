// Sets: the items in order.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/items.h"
#include "interp/value/made.h"
#include "interp/value/types-rows.h"

static bool has(struct interp *in, value set, value v, bool *ret)
{
    ptrdiff_t at;
    if (!items_find(in, set.array, v, 0, &at))
        return false;
    return *ret = at >= 0, true;
}
METHOD(set_add)
{
    value item;
    bool there = false;
    UNUSED;
    if (!items_convert(in, self, args[0], &item))
        return false;
    bool ok = has(in, self, item, &there) && (there || list_add(in, self.array, item));
    value_drop(item);
    return *ret = value_bool(!there), ok;
}
static bool set_add_one(struct interp *in, value self, value item)
{
    value ignored;
    return set_add(in, self, &item, 1, &ignored);
}
static bool set_remove_one(struct interp *in, value self, value item)
{
    value ignored;
    return list_remove(in, self, &item, 1, &ignored);
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
            items_take_out(self.array, i, 1);
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
METHOD(set_new_from)
{
    UNUSED;
    if (!list_new(in, self.type, ret))
        return false;
    return list_each(in, args[0], set_add_one, *ret) || (value_drop(*ret), false);
}
static const struct method set_methods[] = {{"Add", set_add, BOOLEAN, P(OBJ)},
                                            {"Remove", list_remove, BOOLEAN, P(OBJ)},
                                            {"Contains", list_contains, BOOLEAN, P(OBJ)},
                                            {"Clear", list_clear, VOID},
                                            {"UnionWith", set_union, VOID, P(OBJ)},
                                            {"ExceptWith", set_except, VOID, P(OBJ)},
                                            {"IntersectWith", set_intersect, VOID, P(OBJ)},
                                            {"SymmetricExceptWith", set_toggle, VOID, P(OBJ)},
                                            {"IsSubsetOf", set_subset, BOOLEAN, P(OBJ)},
                                            {"IsSupersetOf", set_superset, BOOLEAN, P(OBJ)},
                                            {"IsProperSubsetOf", set_proper_subset, BOOLEAN, P(OBJ)},
                                            {"IsProperSupersetOf", set_proper_superset, BOOLEAN, P(OBJ)},
                                            {"SetEquals", set_equals, BOOLEAN, P(OBJ)},
                                            {"Overlaps", set_overlaps, BOOLEAN, P(OBJ)},
                                            {"GetEnumerator", get_enumerator, OBJ},
                                            {"CopyTo", list_copy_to, VOID, P(ARR)},
                                            {0}};
static const struct method set_constructors[] = {{"new", list_new_empty, OBJ},
                                                 {"new", list_new_empty, OBJ, P(I32)},
                                                 {"new", set_new_from, OBJ, P(SEQUENCE)},
                                                 {0}};
const struct type_members full_hash_set = {set_methods, NULL, set_constructors, NULL, false};
