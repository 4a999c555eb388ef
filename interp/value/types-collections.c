// Arrays, lists, dictionaries, queues, stacks, sets, tuples; and .Where and .ForEach of every value.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/made.h"
#include "interp/value/operate.h"
#include "interp/value/types-rows.h"

static bool out_of_range(struct interp *in) { return method_throw(in, &type_argument_range_exception, "The index is outside of the collection."); }
static bool is_empty(struct interp *in) { return method_throw(in, &type_invalid_operation_exception, "The collection is empty."); }

// What the collection holds: its element type, or that of its generic argument.
static const struct type *item_type(value list) {
    const struct type *type = list.object->type;
    return type->element ? type->element : type->arguments[0] ? type->arguments[0] : OBJ;
}

static bool as_item(struct interp *in, value list, value v, value *ret) {
    const struct type *type = item_type(list);
    if (type == OBJ || (value_is_null(v) && conversion_rank(v, type) == RANK_NULL_TO_REFERENCE)) return *ret = value_keep(v), true;
    if (value_convert(in, v, type, ret)) return true;
    value_set(&in->thrown, value_null);
    return throw_error(in, "MethodArgumentConversionInvalidCastArgument", CAT_NotSpecified, value_null, "The value does not go into this collection.");
}

static bool same_item(struct interp *in, value a, value b, bool *ret) {
    if (value_is_null(a) || value_is_null(b)) return *ret = value_is_null(a) && value_is_null(b), true;
    if (a.kind != b.kind) return *ret = false, true;
    if (value_enumerable(a) || a.kind == V_TABLE) return *ret = a.object == b.object, true;
    return value_equal(in, a, b, true, ret);
}

static bool find(struct interp *in, const struct array *list, value v, size_t from, ptrdiff_t *ret) {
    bool same = false;
    for (size_t i = from; i < list->count; i++) {
        if (!same_item(in, list->items[i], v, &same)) return false;
        if (same) return *ret = (ptrdiff_t)i, true;
    }
    return *ret = -1, true;
}

static void take_out(struct array *list, size_t at, size_t count) {
    for (size_t i = at; i < at + count; i++) value_drop(list->items[i]);
    memmove(list->items + at, list->items + at + count, (list->count - at - count) * sizeof(value));
    list->count -= count;
}

static bool put_in(struct interp *in, struct array *list, size_t at, value v) {
    if (!list_add(in, list, v)) return false;
    memmove(list->items + at + 1, list->items + at, (list->count - 1 - at) * sizeof(value));
    list->items[at] = v; // the reference that list_add took
    return true;
}

// --- Lists -----------------------------------------------------------------------------------------------------------

METHOD(list_add_item) {
    value item;
    UNUSED;
    if (!as_item(in, self, args[0], &item)) return false;
    *ret = value_int((int32_t)self.array->count);
    bool ok = list_add(in, self.array, item);
    return value_drop(item), ok;
}
static bool each_item(struct interp *in, value from, bool (*with)(struct interp *, value, value), value self) {
    struct value_walk walk;
    value item;
    bool ok = true;
    if (value_is_null(from)) return method_throw(in, &type_argument_null_exception, "The collection must not be $null.");
    value copy = value_null; // a list may be added to itself
    if (value_enumerable(from) && !array_from(in, from.array->items, from.array->count, &copy)) return false;
    value_walk_start(&walk, value_is_null(copy) ? from : copy);
    while (ok && value_walk_next(in, &walk, &item)) {
        ok = with(in, self, item);
        value_drop(item);
    }
    return value_drop(copy), ok;
}
static bool add_one(struct interp *in, value self, value item) {
    value converted;
    if (!as_item(in, self, item, &converted)) return false;
    bool ok = list_add(in, self.array, converted);
    return value_drop(converted), ok;
}
METHOD(list_add_range) { return UNUSED, each_item(in, args[0], add_one, self); }
METHOD(list_insert) {
    value item;
    UNUSED;
    if (args[0].i < 0 || (size_t)args[0].i > self.array->count) return out_of_range(in);
    if (!as_item(in, self, args[1], &item)) return false;
    bool ok = put_in(in, self.array, (size_t)args[0].i, item);
    return value_drop(item), ok;
}
METHOD(list_insert_range) {
    UNUSED;
    size_t at = (size_t)args[0].i;
    if (args[0].i < 0 || at > self.array->count) return out_of_range(in);
    for (size_t i = 0; value_enumerable(args[1]) && i < args[1].array->count; i++)
        if (!put_in(in, self.array, at + i, args[1].array->items[i])) return false;
    return true;
}
METHOD(list_remove) {
    ptrdiff_t at;
    UNUSED;
    if (!find(in, self.array, args[0], 0, &at)) return false;
    if (at >= 0) take_out(self.array, (size_t)at, 1);
    return *ret = value_bool(at >= 0), true;
}
METHOD(list_remove_at) {
    UNUSED;
    if (args[0].i < 0 || (size_t)args[0].i >= self.array->count) return out_of_range(in);
    return take_out(self.array, (size_t)args[0].i, 1), true;
}
METHOD(list_remove_range) {
    UNUSED;
    if (args[0].i < 0 || args[1].i < 0) return out_of_range(in);
    if ((size_t)(args[0].i + args[1].i) > self.array->count) return method_throw(in, &type_argument_exception, "The range is outside of the collection.");
    return take_out(self.array, (size_t)args[0].i, (size_t)args[1].i), true;
}
METHOD(list_clear) { return UNUSED, take_out(self.array, 0, self.array->count), true; }
METHOD(list_contains) {
    ptrdiff_t at;
    UNUSED;
    return find(in, self.array, args[0], 0, &at) && (*ret = value_bool(at >= 0), true);
}
METHOD(list_index_of) {
    ptrdiff_t at;

    if (!find(in, self.array, args[0], count > 1 && args[1].i > 0 ? (size_t)args[1].i : 0, &at)) return false;
    return *ret = value_int((int32_t)at), true;
}
METHOD(list_last_index_of) {
    bool same = false;
    UNUSED;
    size_t i = self.array->count;
    while (i && !same && i--)
        if (!same_item(in, self.array->items[i], args[0], &same)) return false;
    return *ret = value_int(same ? (int32_t)i : -1), true;
}
METHOD(list_to_array) {
    UNUSED;
    if (!array_of(in, item_type(self), self.array->count, ret)) return false;
    for (size_t i = 0; i < self.array->count; i++) ret->array->items[i] = value_keep(self.array->items[i]);
    return true;
}
static void reverse(struct array *list, size_t from, size_t count) {
    for (size_t i = 0; i < count / 2; i++) {
        value v = list->items[from + i];
        list->items[from + i] = list->items[from + count - 1 - i];
        list->items[from + count - 1 - i] = v;
    }
}
METHOD(list_reverse) { return UNUSED, reverse(self.array, 0, self.array->count), true; }

// Merge sort: stable where .NET is not, and comparisons may throw.
struct sort { struct interp *in; value *keys, *items, *key_space, *item_space; value comparer; bool cased; };
static bool order(const struct sort *sort, value a, value b, int *ret) {
    value pair[2] = {a, b}, result;
    if (sort->comparer.kind != V_SCRIPTBLOCK) {
        if (value_is_null(a) || value_is_null(b)) return *ret = value_is_null(b) - value_is_null(a), true;
        return value_compare(sort->in, a, b, sort->cased, ret);
    }
    if (!sort->in->invoke_block || !sort->in->invoke_block(sort->in, sort->comparer, value_null, pair, 2, &result)) return false;
    int64_t n = 0;
    bool ok = value_to_long(sort->in, result, &n);
    value_drop(result);
    return *ret = ok ? (int)n : 0, ok;
}
static bool merge(struct sort *sort, size_t from, size_t middle, size_t end) {
    size_t left = from, right = middle, out = from;
    while (left < middle || right < end) {
        int which = left == middle ? 1 : right == end ? -1 : 0;
        if (!which && !order(sort, sort->keys[left], sort->keys[right], &which)) return false;
        size_t *at = which > 0 ? &right : &left;
        sort->key_space[out] = sort->keys[*at];
        if (sort->items) sort->item_space[out] = sort->items[*at];
        out++, ++*at;
    }
    memcpy(sort->keys + from, sort->key_space + from, (end - from) * sizeof(value));
    if (sort->items) memcpy(sort->items + from, sort->item_space + from, (end - from) * sizeof(value));
    return true;
}
static bool sort_range(struct sort *sort, size_t from, size_t end) {
    if (end - from < 2) return true;
    size_t middle = from + (end - from) / 2;
    return sort_range(sort, from, middle) && sort_range(sort, middle, end) && merge(sort, from, middle, end);
}
static bool sort_all(struct interp *in, struct array *keys, struct array *items, size_t from, size_t count, value comparer) {
    struct sort sort = {in, keys->items, items ? items->items : NULL, mem_new(keys->count + 1, sizeof(value)), NULL, comparer, true};
    if (items) sort.item_space = mem_new(keys->count + 1, sizeof(value));
    bool ok = sort.key_space && (!items || sort.item_space) ? sort_range(&sort, from, from + count) : throw_memory(in);
    mem_free(sort.key_space, (keys->count + 1) * sizeof(value));
    if (items) mem_free(sort.item_space, (keys->count + 1) * sizeof(value));
    if (ok || value_is_null(in->thrown) || comparer.kind == V_SCRIPTBLOCK) return ok;
    value_set(&in->thrown, value_null);
    return method_throw(in, &type_invalid_operation_exception, "Two of the items cannot be compared.");
}
METHOD(list_sort) { return (void)ret, sort_all(in, self.array, NULL, 0, self.array->count, count ? args[0] : value_null); }
METHOD(list_binary_search) {
    size_t low = 0, high = self.array->count;
    UNUSED;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int which;
        if (!value_compare(in, self.array->items[middle], args[0], true, &which)) return false;
        if (!which) return *ret = value_int((int32_t)middle), true;
        if (which < 0) low = middle + 1;
        else high = middle;
    }
    return *ret = value_int(~(int32_t)low), true;
}
METHOD(list_copy_to) {
    size_t at = count > 1 ? (size_t)args[1].i : 0;
    (void)ret;
    if (!value_enumerable(args[0]) || at + self.array->count > args[0].array->count) return method_throw(in, &type_argument_exception, "The target is too short.");
    for (size_t i = 0; i < self.array->count; i++) value_set(&args[0].array->items[at + i], self.array->items[i]);
    return true;
}
static bool copy_list(struct interp *in, value self, size_t from, size_t count, value *ret) {
    if (!list_new(in, self.object->type, ret)) return false;
    for (size_t i = from; i < from + count; i++)
        if (!list_add(in, ret->array, self.array->items[i])) return value_drop(*ret), false;
    return true;
}
METHOD(list_clone) { return UNUSED, copy_list(in, self, 0, self.array->count, ret); }
METHOD(list_get_range) {
    UNUSED;
    if (args[0].i < 0 || args[1].i < 0) return out_of_range(in);
    if ((size_t)(args[0].i + args[1].i) > self.array->count) return method_throw(in, &type_argument_exception, "The range is outside of the collection.");
    return copy_list(in, self, (size_t)args[0].i, (size_t)args[1].i, ret);
}
static bool test(struct interp *in, value block, value item, bool *ret) {
    value result;
    if (!in->invoke_block || !in->invoke_block(in, block, item, &item, 1, &result)) return false;
    *ret = value_truth(result);
    return value_drop(result), true;
}
METHOD(list_remove_all) {
    size_t before = self.array->count;
    bool out = false;
    UNUSED;
    for (size_t i = 0; i < self.array->count; i += !out) {
        if (!test(in, args[0], self.array->items[i], &out)) return false;
        if (out) take_out(self.array, i, 1);
    }
    return *ret = value_int((int32_t)(before - self.array->count)), true;
}
static bool first_match(struct interp *in, value self, value block, ptrdiff_t *ret) {
    bool yes = false;
    for (size_t i = 0; i < self.array->count; i++) {
        if (!test(in, block, self.array->items[i], &yes)) return false;
        if (yes) return *ret = (ptrdiff_t)i, true;
    }
    return *ret = -1, true;
}
METHOD(list_find) {
    ptrdiff_t at;
    UNUSED;
    if (!first_match(in, self, args[0], &at)) return false;
    return *ret = at < 0 ? value_null : value_keep(self.array->items[at]), true;
}
METHOD(list_find_index) {
    ptrdiff_t at;
    UNUSED;
    return first_match(in, self, args[0], &at) && (*ret = value_int((int32_t)at), true);
}
METHOD(list_exists) {
    ptrdiff_t at;
    UNUSED;
    return first_match(in, self, args[0], &at) && (*ret = value_bool(at >= 0), true);
}
METHOD(list_find_all) {
    bool yes = false;
    UNUSED;
    if (!list_new(in, self.object->type, ret)) return false;
    for (size_t i = 0; i < self.array->count; i++)
        if (!test(in, args[0], self.array->items[i], &yes) || (yes && !list_add(in, ret->array, self.array->items[i]))) return value_drop(*ret), false;
    return true;
}
METHOD(list_for_each) {
    UNUSED;
    for (size_t i = 0; i < self.array->count; i++) {
        value result;
        if (!in->invoke_block || !in->invoke_block(in, args[0], self.array->items[i], &self.array->items[i], 1, &result)) return false;
        value_drop(result);
    }
    return true;
}
METHOD(get_enumerator) {
    UNUSED;
    if (!object_new(in, &type_array_enumerator, ret)) return false;
    AS(fields, *ret)->at[1] = value_int(-1);
    return array_from(in, self.array->items, self.array->count, &AS(fields, *ret)->at[0]);
}
METHOD(list_item) {
    UNUSED;
    if (args[0].i < 0 || (size_t)args[0].i >= self.array->count) return out_of_range(in);
    return *ret = value_keep(self.array->items[args[0].i]), true;
}
METHOD(list_set_item) {
    value item;
    UNUSED;
    if (args[0].i < 0 || (size_t)args[0].i >= self.array->count) return out_of_range(in);
    if (!as_item(in, self, args[1], &item)) return false;
    value_set(&self.array->items[args[0].i], item);
    return value_drop(item), true;
}
METHOD(nothing) { return UNUSED, true; }

#define BLOCK &type_scriptblock
#define LIST_METHODS \
    {"AddRange", list_add_range, VOID, P(OBJ)}, {"Insert", list_insert, VOID, P(I32, OBJ)}, {"InsertRange", list_insert_range, VOID, P(I32, OBJ)}, \
    {"RemoveAt", list_remove_at, VOID, P(I32)}, {"RemoveRange", list_remove_range, VOID, P(I32, I32)}, {"Clear", list_clear, VOID}, \
    {"Contains", list_contains, BOOLEAN, P(OBJ)}, {"IndexOf", list_index_of, I32, P(OBJ)}, {"IndexOf", list_index_of, I32, P(OBJ, I32)}, \
    {"LastIndexOf", list_last_index_of, I32, P(OBJ)}, {"ToArray", list_to_array, OBJS}, {"Reverse", list_reverse, VOID}, {"Sort", list_sort, VOID}, \
    {"Sort", list_sort, VOID, P(OBJ)}, {"BinarySearch", list_binary_search, I32, P(OBJ)}, {"CopyTo", list_copy_to, VOID, P(ARR)}, \
    {"CopyTo", list_copy_to, VOID, P(ARR, I32)}, {"GetRange", list_get_range, OBJ, P(I32, I32)}, {"GetEnumerator", get_enumerator, OBJ}, \
    {"get_Item", list_item, OBJ, P(I32)}, {"set_Item", list_set_item, VOID, P(I32, OBJ)}, {"TrimToSize", nothing, VOID}, {"TrimExcess", nothing, VOID}
static const struct method array_list_methods[] = {{"Add", list_add_item, I32, P(OBJ)}, {"Remove", list_remove, VOID, P(OBJ)}, {"Clone", list_clone, OBJ}, LIST_METHODS, {0}};
static const struct method list_methods[] = {{"Add", list_add_item, VOID, P(OBJ)}, {"Remove", list_remove, BOOLEAN, P(OBJ)}, LIST_METHODS,
    {"RemoveAll", list_remove_all, I32, P(BLOCK)}, {"Find", list_find, OBJ, P(BLOCK)}, {"FindAll", list_find_all, OBJ, P(BLOCK)},
    {"FindIndex", list_find_index, I32, P(BLOCK)}, {"Exists", list_exists, BOOLEAN, P(BLOCK)}, {"ForEach", list_for_each, VOID, P(BLOCK)}, {0}};

METHOD(list_new_empty) {
    UNUSED;
    if (count && args[0].i < 0) return out_of_range(in);
    return list_new(in, self.type, ret);
}
METHOD(list_new_from) {
    UNUSED;
    if (!list_new(in, self.type, ret)) return false;
    return each_item(in, args[0], add_one, *ret) || (value_drop(*ret), false);
}
static const struct method list_constructors[] = {{"new", list_new_empty, OBJ}, {"new", list_new_empty, OBJ, P(I32)}, {"new", list_new_from, OBJ, P(ARR)}, {"new", list_new_from, OBJ, P(SEQUENCE)}, {0}};
const struct type_members full_array_list = {array_list_methods, NULL, list_constructors, NULL, false};
const struct type_members full_list = {list_methods, NULL, list_constructors, NULL, false};
const struct type_members full_list_string = {list_methods, NULL, list_constructors, NULL, false};
const struct type_members full_collection = {list_methods, NULL, list_constructors, NULL, false};

// --- Queues and stacks: a stack's top is its first item, as its enumeration shows it ------------------------------------

METHOD(queue_take) {
    UNUSED;
    if (!self.array->count) return is_empty(in);
    *ret = value_keep(self.array->items[0]);
    return take_out(self.array, 0, 1), true;
}
METHOD(queue_peek) {
    UNUSED;
    if (!self.array->count) return is_empty(in);
    return *ret = value_keep(self.array->items[0]), true;
}
static bool try_first(struct interp *in, value self, value reference, bool take, value *ret) {
    bool some = self.array->count;
    value first = some ? value_keep(self.array->items[0]) : value_null;
    if (some && take) take_out(self.array, 0, 1);
    bool ok = reference_set(in, reference, first);
    value_drop(first);
    return *ret = value_bool(some), ok;
}
METHOD(queue_try_take) { return UNUSED, try_first(in, self, args[0], true, ret); }
METHOD(queue_try_peek) { return UNUSED, try_first(in, self, args[0], false, ret); }
METHOD(stack_push) {
    value item;
    UNUSED;
    if (!as_item(in, self, args[0], &item)) return false;
    bool ok = put_in(in, self.array, 0, item);
    return value_drop(item), ok;
}
static bool push_one(struct interp *in, value self, value item) { return stack_push(in, self, &item, 1, &(value){0}); }
METHOD(stack_new_from) {
    UNUSED;
    if (!list_new(in, self.type, ret)) return false;
    return each_item(in, args[0], push_one, *ret) || (value_drop(*ret), false);
}
#define LINE_METHODS {"Clear", list_clear, VOID}, {"Contains", list_contains, BOOLEAN, P(OBJ)}, {"ToArray", list_to_array, OBJS}, \
    {"CopyTo", list_copy_to, VOID, P(ARR, I32)}, {"GetEnumerator", get_enumerator, OBJ}, {"Clone", list_clone, OBJ}, {"TrimExcess", nothing, VOID}
static const struct method queue_methods[] = {{"Enqueue", list_add_item, VOID, P(OBJ)}, {"Dequeue", queue_take, OBJ}, {"Peek", queue_peek, OBJ},
    {"TryDequeue", queue_try_take, BOOLEAN, P(REF)}, {"TryPeek", queue_try_peek, BOOLEAN, P(REF)}, LINE_METHODS, {0}};
static const struct method stack_methods[] = {{"Push", stack_push, VOID, P(OBJ)}, {"Pop", queue_take, OBJ}, {"Peek", queue_peek, OBJ},
    {"TryPop", queue_try_take, BOOLEAN, P(REF)}, {"TryPeek", queue_try_peek, BOOLEAN, P(REF)}, LINE_METHODS, {0}};
static const struct method stack_constructors[] = {{"new", list_new_empty, OBJ}, {"new", list_new_empty, OBJ, P(I32)}, {"new", stack_new_from, OBJ, P(SEQUENCE)}, {0}};
const struct type_members full_queue = {queue_methods, NULL, list_constructors, NULL, false};
const struct type_members full_stack = {stack_methods, NULL, stack_constructors, NULL, false};

// --- Sets: the items in order ---------------------------------------------------------------------------------------------

static bool has(struct interp *in, value set, value v, bool *ret) {
    ptrdiff_t at;
    if (!find(in, set.array, v, 0, &at)) return false;
    return *ret = at >= 0, true;
}
METHOD(set_add) {
    value item;
    bool there = false;
    UNUSED;
    if (!as_item(in, self, args[0], &item)) return false;
    bool ok = has(in, self, item, &there) && (there || list_add(in, self.array, item));
    value_drop(item);
    return *ret = value_bool(!there), ok;
}
static bool set_add_one(struct interp *in, value self, value item) {
    value ignored;
    return set_add(in, self, &item, 1, &ignored);
}
static bool set_remove_one(struct interp *in, value self, value item) {
    value ignored;
    return list_remove(in, self, &item, 1, &ignored);
}
static bool set_toggle_one(struct interp *in, value self, value item) {
    bool there;
    if (!has(in, self, item, &there)) return false;
    return there ? set_remove_one(in, self, item) : set_add_one(in, self, item);
}
METHOD(set_union) { return UNUSED, each_item(in, args[0], set_add_one, self); }
METHOD(set_except) { return UNUSED, each_item(in, args[0], set_remove_one, self); }
METHOD(set_toggle) { return UNUSED, each_item(in, args[0], set_toggle_one, self); }
static bool as_list(struct interp *in, value v, value *ret) {
    if (value_enumerable(v)) return *ret = value_keep(v), true;
    return array_from(in, &v, 1, ret);
}
METHOD(set_intersect) {
    value other;
    bool there = true, ok = true;
    UNUSED;
    if (!as_list(in, args[0], &other)) return false;
    for (size_t i = 0; ok && i < self.array->count; i += there) {
        ok = has(in, other, self.array->items[i], &there);
        if (ok && !there) take_out(self.array, i, 1);
    }
    return value_drop(other), ok;
}
// How many of a's different items b has.
static bool shared(struct interp *in, value a, value b, size_t *ret_shared, size_t *ret_all) {
    *ret_shared = *ret_all = 0;
    for (size_t i = 0; i < a.array->count; i++) {
        bool there;
        ptrdiff_t first;
        if (!find(in, a.array, a.array->items[i], 0, &first)) return false;
        if ((size_t)first != i) continue;
        ++*ret_all;
        if (!has(in, b, a.array->items[i], &there)) return false;
        *ret_shared += there;
    }
    return true;
}
enum relation { SUBSET, SUPERSET, EQUAL, OVERLAP, PROPER_SUBSET, PROPER_SUPERSET };
static bool relate(struct interp *in, value self, value with, enum relation relation, value *ret) {
    value other;
    size_t both, others;
    if (!as_list(in, with, &other)) return false;
    bool ok = shared(in, other, self, &both, &others);
    size_t own = self.array->count;
    bool sub = both == own, super = both == others;
    value_drop(other);
    switch (relation) {
    case SUBSET: return *ret = value_bool(sub), ok;
    case SUPERSET: return *ret = value_bool(super), ok;
    case EQUAL: return *ret = value_bool(sub && super), ok;
    case PROPER_SUBSET: return *ret = value_bool(sub && others > own), ok;
    case PROPER_SUPERSET: return *ret = value_bool(super && own > others), ok;
    default: return *ret = value_bool(both), ok;
    }
}
METHOD(set_subset) { return UNUSED, relate(in, self, args[0], SUBSET, ret); }
METHOD(set_superset) { return UNUSED, relate(in, self, args[0], SUPERSET, ret); }
METHOD(set_equals) { return UNUSED, relate(in, self, args[0], EQUAL, ret); }
METHOD(set_overlaps) { return UNUSED, relate(in, self, args[0], OVERLAP, ret); }
METHOD(set_proper_subset) { return UNUSED, relate(in, self, args[0], PROPER_SUBSET, ret); }
METHOD(set_proper_superset) { return UNUSED, relate(in, self, args[0], PROPER_SUPERSET, ret); }
METHOD(set_new_from) {
    UNUSED;
    if (!list_new(in, self.type, ret)) return false;
    return each_item(in, args[0], set_add_one, *ret) || (value_drop(*ret), false);
}
static const struct method set_methods[] = {{"Add", set_add, BOOLEAN, P(OBJ)}, {"Remove", list_remove, BOOLEAN, P(OBJ)}, {"Contains", list_contains, BOOLEAN, P(OBJ)},
    {"Clear", list_clear, VOID}, {"UnionWith", set_union, VOID, P(OBJ)}, {"ExceptWith", set_except, VOID, P(OBJ)}, {"IntersectWith", set_intersect, VOID, P(OBJ)},
    {"SymmetricExceptWith", set_toggle, VOID, P(OBJ)}, {"IsSubsetOf", set_subset, BOOLEAN, P(OBJ)}, {"IsSupersetOf", set_superset, BOOLEAN, P(OBJ)},
    {"IsProperSubsetOf", set_proper_subset, BOOLEAN, P(OBJ)}, {"IsProperSupersetOf", set_proper_superset, BOOLEAN, P(OBJ)}, {"SetEquals", set_equals, BOOLEAN, P(OBJ)},
    {"Overlaps", set_overlaps, BOOLEAN, P(OBJ)}, {"GetEnumerator", get_enumerator, OBJ}, {"CopyTo", list_copy_to, VOID, P(ARR)}, {0}};
static const struct method set_constructors[] = {{"new", list_new_empty, OBJ}, {"new", list_new_empty, OBJ, P(I32)}, {"new", set_new_from, OBJ, P(SEQUENCE)}, {0}};
const struct type_members full_hash_set = {set_methods, NULL, set_constructors, NULL, false};

// --- Dictionaries -----------------------------------------------------------------------------------------------------------

static bool null_key(struct interp *in) { return method_throw(in, &type_argument_null_exception, "A key must not be $null."); }
static bool as_key(struct interp *in, value self, value key, value *ret) {
    const struct type *type = self.object->type->arguments[0];
    if (value_is_null(key)) return null_key(in);
    return type && type != OBJ ? value_convert(in, key, type, ret) : (*ret = value_keep(key), true);
}
static bool as_value(struct interp *in, value self, value v, value *ret) {
    const struct type *type = self.object->type->arguments[1];
    return type && type != OBJ ? value_convert(in, v, type, ret) : (*ret = value_keep(v), true);
}
static bool put(struct interp *in, value self, value key, value v, bool replace, bool *ret_there) {
    value own_key, own;
    if (!as_key(in, self, key, &own_key)) return false;
    bool ok = as_value(in, self, v, &own);
    *ret_there = ok && table_get(self.table, own_key);
    if (ok && (replace || !*ret_there)) ok = table_set(in, self.table, own_key, own);
    if (ok) value_drop(own);
    return value_drop(own_key), ok;
}
METHOD(table_add) {
    bool there;
    UNUSED;
    if (!put(in, self, args[0], args[1], false, &there)) return false;
    return !there || method_throw(in, &type_argument_exception, "The key is there already.");
}
METHOD(table_try_add) {
    bool there;
    UNUSED;
    return put(in, self, args[0], args[1], false, &there) && (*ret = value_bool(!there), true);
}
METHOD(table_put) {
    bool there;
    UNUSED;
    return put(in, self, args[0], args[1], true, &there);
}
METHOD(table_insert) {
    UNUSED;
    bool there;
    size_t at = (size_t)args[0].i;
    if (args[0].i < 0 || at > self.table->count) return out_of_range(in);
    value keys, vals;
    if (!put(in, self, args[1], args[2], false, &there)) return false;
    if (there) return method_throw(in, &type_argument_exception, "The key is there already.");
    // The entries that follow are taken out and put in again behind it.
    if (!list_new(in, NULL, &keys) || !list_new(in, NULL, &vals)) return false;
    bool ok = true;
    size_t n = 0;
    for (size_t i = 0; ok && i < self.table->used; i++)
        if (self.table->slots[i].key.kind != V_VOID && n++ >= at && n <= self.table->count - 1 + (at == 0 ? 0 : 0))
            ok = list_add(in, keys.array, self.table->slots[i].key) && list_add(in, vals.array, self.table->slots[i].val);
    for (size_t i = 0; ok && i < keys.array->count; i++) {
        table_remove(self.table, keys.array->items[i]);
        ok = table_set(in, self.table, keys.array->items[i], vals.array->items[i]);
    }
    value_drop(keys), value_drop(vals);
    return ok;
}
METHOD(table_drop) {
    value key;
    UNUSED;
    if (!as_key(in, self, args[0], &key)) return false;
    *ret = value_bool(table_remove(self.table, key));
    return value_drop(key), true;
}
METHOD(table_drop_out) {
    value key;
    UNUSED;
    if (!as_key(in, self, args[0], &key)) return false;
    const value *found = table_get(self.table, key);
    bool ok = reference_set(in, args[1], found ? *found : value_null);
    *ret = value_bool(table_remove(self.table, key));
    return value_drop(key), ok;
}
METHOD(table_drop_at) {
    UNUSED;
    int64_t n = args[0].i;
    for (size_t i = 0; n >= 0 && i < self.table->used; i++)
        if (self.table->slots[i].key.kind != V_VOID && n-- == 0) return table_remove(self.table, self.table->slots[i].key), true;
    return out_of_range(in);
}
METHOD(table_has) {
    value key;
    UNUSED;
    if (!as_key(in, self, args[0], &key)) return false;
    *ret = value_bool(table_get(self.table, key));
    return value_drop(key), true;
}
METHOD(table_has_value) {
    bool same = false;
    UNUSED;
    for (size_t i = 0; i < self.table->used && !same; i++)
        if (self.table->slots[i].key.kind != V_VOID && !same_item(in, self.table->slots[i].val, args[0], &same)) return false;
    return *ret = value_bool(same), true;
}
METHOD(table_clear) {
    UNUSED;
    for (size_t i = 0; i < self.table->used; i++)
        if (self.table->slots[i].key.kind != V_VOID) table_remove(self.table, self.table->slots[i].key);
    return true;
}
static bool copy_table(struct interp *in, value from, value *ret) {
    if (!table_new(in, from.table->ordered, ret)) return false;
    ret->object->type = from.object->type;
    ret->table->case_sensitive = from.table->case_sensitive;
    for (size_t i = 0; i < from.table->used; i++)
        if (from.table->slots[i].key.kind != V_VOID && !table_set(in, ret->table, from.table->slots[i].key, from.table->slots[i].val)) return value_drop(*ret), false;
    return true;
}
METHOD(table_clone) { return UNUSED, copy_table(in, self, ret); }
METHOD(table_try_get) {
    value key;
    UNUSED;
    if (!as_key(in, self, args[0], &key)) return false;
    const value *found = table_get(self.table, key);
    value_drop(key);
    return *ret = value_bool(found), reference_set(in, args[1], found ? *found : value_null);
}
METHOD(table_get_or_add) {
    bool there;
    UNUSED;
    if (!put(in, self, args[0], args[1], false, &there)) return false;
    const value *found = table_get(self.table, args[0]);
    return *ret = found ? value_keep(*found) : value_null, true;
}
METHOD(table_item) {
    value key;
    UNUSED;
    if (!as_key(in, self, args[0], &key)) return false;
    const value *found = table_get(self.table, key);
    value_drop(key);
    return *ret = found ? value_keep(*found) : value_null, true;
}
METHOD(table_entries) {
    UNUSED;
    if (!list_new(in, &type_table_enumerator, ret)) return false;
    for (size_t i = 0; i < self.table->used; i++) {
        const struct table_slot *slot = &self.table->slots[i];
        value pair;
        if (slot->key.kind == V_VOID) continue;
        if (!pair_new(in, slot->key, slot->val, &pair)) return value_drop(*ret), false;
        bool ok = list_add(in, ret->array, pair);
        value_drop(pair);
        if (!ok) return value_drop(*ret), false;
    }
    return true;
}
METHOD(table_copy_to) {
    value entries;
    if (!table_entries(in, self, args, count, &entries)) return false;
    bool ok = list_copy_to(in, entries, args, count, ret);
    return value_drop(entries), ok;
}
#define TABLE_METHODS \
    {"Add", table_add, VOID, P(OBJ, OBJ)}, {"Clear", table_clear, VOID}, {"Contains", table_has, BOOLEAN, P(OBJ)}, {"ContainsKey", table_has, BOOLEAN, P(OBJ)}, \
    {"GetEnumerator", table_entries, OBJ}, {"get_Item", table_item, OBJ, P(OBJ)}, {"set_Item", table_put, VOID, P(OBJ, OBJ)}, \
    {"CopyTo", table_copy_to, VOID, P(ARR, I32)}
static const struct method hashtable_methods[] = {TABLE_METHODS, {"Remove", table_drop, VOID, P(OBJ)}, {"ContainsValue", table_has_value, BOOLEAN, P(OBJ)}, {"Clone", table_clone, OBJ}, {0}};
static const struct method ordered_methods[] = {TABLE_METHODS, {"Remove", table_drop, VOID, P(OBJ)}, {"RemoveAt", table_drop_at, VOID, P(I32)}, {"Insert", table_insert, VOID, P(I32, OBJ, OBJ)}, {0}};
static const struct method dictionary_methods[] = {TABLE_METHODS, {"Remove", table_drop, BOOLEAN, P(OBJ)}, {"Remove", table_drop_out, BOOLEAN, P(OBJ, REF)},
    {"ContainsValue", table_has_value, BOOLEAN, P(OBJ)}, {"TryGetValue", table_try_get, BOOLEAN, P(OBJ, REF)}, {"TryAdd", table_try_add, BOOLEAN, P(OBJ, OBJ)},
    {"TryRemove", table_drop_out, BOOLEAN, P(OBJ, REF)}, {"GetOrAdd", table_get_or_add, OBJ, P(OBJ, OBJ)}, {0}};

static bool table_make(struct interp *in, const struct type *type, bool cased, value *ret) {
    if (!table_new(in, type == &type_ordered || type->arguments[0], ret)) return false;
    ret->object->type = type;
    ret->table->ordered = type == &type_ordered;
    ret->table->case_sensitive = cased;
    return true;
}
static bool copy_entries(struct interp *in, value from, value to) {
    bool there;
    for (size_t i = 0; from.kind == V_TABLE && i < from.table->used; i++)
        if (from.table->slots[i].key.kind != V_VOID && !put(in, to, from.table->slots[i].key, from.table->slots[i].val, true, &there)) return false;
    return true;
}
// PowerShell's @{} ignores case; .NET's constructors do not, unless a comparer says so.
METHOD(table_make_new) {
    bool cased = true;
    for (size_t i = 0; i < count; i++)
        if (value_is_type(args[i], &type_string_comparer)) cased = !AS(fields, args[i])->at[0].b;
    if (!table_make(in, self.type, cased, ret)) return false;
    return !count || copy_entries(in, args[0], *ret) || (value_drop(*ret), false);
}
#define DICTIONARY &type_dictionary_interface
#define COMPARER &type_string_comparer
static const struct method table_constructors[] = {{"new", table_make_new, OBJ}, {"new", table_make_new, OBJ, P(I32)}, {"new", table_make_new, OBJ, P(DICTIONARY)},
    {"new", table_make_new, OBJ, P(COMPARER)}, {"new", table_make_new, OBJ, P(I32, COMPARER)}, {"new", table_make_new, OBJ, P(DICTIONARY, COMPARER)}, {0}};
METHOD(table_synchronized) { return UNUSED, *ret = value_keep(args[0]), true; }
static const struct method hashtable_statics[] = {{"Synchronized", table_synchronized, &type_hashtable, P(&type_hashtable)}, {0}};
const struct type_members full_hashtable = {hashtable_methods, hashtable_statics, table_constructors, NULL, true};
const struct type_members full_ordered = {ordered_methods, NULL, table_constructors, NULL, false};
const struct type_members full_dictionary = {dictionary_methods, NULL, table_constructors, NULL, false};

// --- Enumerators: at[0] the items, at[1] the position ---------------------------------------------------------------------

METHOD(move_next) {
    UNUSED;
    struct fields *own = AS(fields, self);
    if (own->at[1].i < (int64_t)own->at[0].array->count) own->at[1].i++;
    return *ret = value_bool(own->at[1].i < (int64_t)own->at[0].array->count), true;
}
METHOD(reset) { return UNUSED, AS(fields, self)->at[1].i = -1, true; }
static bool current(struct interp *in, value self, value *ret) {
    struct fields *own = AS(fields, self);
    (void)in;
    bool on = own->at[1].i >= 0 && own->at[1].i < (int64_t)own->at[0].array->count;
    return *ret = on ? value_keep(own->at[0].array->items[own->at[1].i]) : value_null, true;
}
const struct property enumerator_properties[] = {{"Current", current, NULL}, {0}};
static const struct method enumerator_methods[] = {{"MoveNext", move_next, BOOLEAN}, {"Reset", reset, VOID}, {"Dispose", nothing, VOID}, {0}};
const struct type_members full_array_enumerator = {enumerator_methods, NULL, NULL, NULL, false};
const struct type_members full_char_enumerator = {enumerator_methods, NULL, NULL, NULL, false};

// --- Arrays -----------------------------------------------------------------------------------------------------------------

static size_t rank_of(value self) { return self.array->rank > 1 ? self.array->rank : 1; }
static bool length_of(struct interp *in, value self, int64_t dimension, int32_t *ret) {
    if (dimension < 0 || (size_t)dimension >= rank_of(self)) return method_throw(in, &type_index_range_exception, "There is no such dimension.");
    return *ret = (int32_t)(rank_of(self) > 1 ? self.array->lengths[dimension] : self.array->count), true;
}
METHOD(array_length) {
    int32_t n = 0;
    UNUSED;
    return length_of(in, self, args[0].i, &n) && (*ret = value_int(n), true);
}
METHOD(array_upper) {
    int32_t n = 0;
    UNUSED;
    return length_of(in, self, args[0].i, &n) && (*ret = value_int(n - 1), true);
}
METHOD(array_lower) {
    int32_t n = 0;
    UNUSED;
    return length_of(in, self, args[0].i, &n) && (*ret = value_int(0), true);
}
METHOD(array_value) {
    UNUSED;
    if (args[0].i < 0 || (size_t)args[0].i >= self.array->count) return method_throw(in, &type_index_range_exception, "The index is outside of the array.");
    return *ret = value_keep(self.array->items[args[0].i]), true;
}
METHOD(array_put) {
    value item;
    UNUSED;
    if (args[1].i < 0 || (size_t)args[1].i >= self.array->count) return method_throw(in, &type_index_range_exception, "The index is outside of the array.");
    if (!as_item(in, self, args[0], &item)) return false;
    value_set(&self.array->items[args[1].i], item);
    return value_drop(item), true;
}
METHOD(array_clone) {
    UNUSED;
    if (!array_of(in, item_type(self), self.array->count, ret)) return false;
    ret->object->type = self.object->type;
    for (size_t i = 0; i < self.array->count; i++) ret->array->items[i] = value_keep(self.array->items[i]);
    if (self.array->rank < 2) return true;
    ret->array->lengths = mem_new(self.array->rank, sizeof(size_t));
    if (!ret->array->lengths) return value_drop(*ret), throw_memory(in);
    memcpy(ret->array->lengths, self.array->lengths, self.array->rank * sizeof(size_t));
    return ret->array->rank = self.array->rank, true;
}
METHOD(array_fixed) {
    return UNUSED, method_throw(in, &type_not_supported_exception, "An array has a fixed size.");
}
static const struct method array_methods[] = {{"GetLength", array_length, I32, P(I32)}, {"GetUpperBound", array_upper, I32, P(I32)}, {"GetLowerBound", array_lower, I32, P(I32)},
    {"GetLongLength", array_length, I32, P(I32)}, {"GetValue", array_value, OBJ, P(I32)}, {"SetValue", array_put, VOID, P(OBJ, I32)}, {"Clone", array_clone, OBJ},
    {"CopyTo", list_copy_to, VOID, P(ARR, I32)}, {"GetEnumerator", get_enumerator, OBJ}, {"Contains", list_contains, BOOLEAN, P(OBJ)}, {"IndexOf", list_index_of, I32, P(OBJ)},
    {"Add", array_fixed, I32, P(OBJ)}, {"Remove", array_fixed, VOID, P(OBJ)}, {"RemoveAt", array_fixed, VOID, P(I32)}, {"Insert", array_fixed, VOID, P(I32, OBJ)},
    {"Clear", array_fixed, VOID}, {"Get", array_value, OBJ, P(I32)}, {"Set", array_put, VOID, P(I32, OBJ)}, {"Initialize", nothing, VOID}, {0}};

static bool is_array(struct interp *in, value v) {
    if (v.kind == V_ARRAY || v.kind == V_LIST) return true;
    return method_throw(in, &type_argument_null_exception, "An array is needed.");
}
METHOD(array_reverse) {
    (void)self, (void)ret;
    if (!is_array(in, args[0])) return false;
    int64_t from = count > 1 ? args[1].i : 0, length = count > 1 ? args[2].i : (int64_t)args[0].array->count;
    if (from < 0 || length < 0 || (size_t)(from + length) > args[0].array->count) return out_of_range(in);
    return reverse(args[0].array, (size_t)from, (size_t)length), true;
}
METHOD(array_sort) {
    (void)self, (void)ret;
    if (!is_array(in, args[0])) return false;
    bool items = count == 2 && args[1].kind == V_ARRAY;
    if (items && args[1].array->count < args[0].array->count) return method_throw(in, &type_argument_exception, "There are fewer items than keys.");
    size_t from = count == 3 ? (size_t)args[1].i : 0, length = count == 3 ? (size_t)args[2].i : args[0].array->count;
    if (from + length > args[0].array->count) return out_of_range(in);
    return sort_all(in, args[0].array, items ? args[1].array : NULL, from, length, count == 2 && !items ? args[1] : value_null);
}
METHOD(array_index_of) { return UNUSED, is_array(in, args[0]) && list_index_of(in, args[0], args + 1, count - 1, ret); }
METHOD(array_last_index_of) { return UNUSED, is_array(in, args[0]) && list_last_index_of(in, args[0], args + 1, count - 1, ret); }
METHOD(array_search) { return UNUSED, is_array(in, args[0]) && list_binary_search(in, args[0], args + 1, count - 1, ret); }
METHOD(array_copy) {
    UNUSED;
    bool offsets = count == 5;
    size_t from = offsets ? (size_t)args[1].i : 0, to = offsets ? (size_t)args[3].i : 0, length = (size_t)args[count - 1].i;
    value target = offsets ? args[2] : args[1], item;
    if (!is_array(in, args[0]) || !is_array(in, target)) return false;
    if (from + length > args[0].array->count || to + length > target.array->count) return method_throw(in, &type_argument_exception, "The range is outside of an array.");
    bool backwards = target.array == args[0].array && to > from;
    for (size_t n = 0; n < length; n++) {
        size_t i = backwards ? length - 1 - n : n;
        if (!as_item(in, target, args[0].array->items[from + i], &item)) return false;
        value_set(&target.array->items[to + i], item);
        value_drop(item);
    }
    return true;
}
static bool default_item(struct interp *in, const struct type *type, value *ret) {
    const struct type *at = type;
    while (at && at != &type_value_type) at = at->base;
    return at ? type_zero(in, type, ret) : (*ret = value_null, true);
}
METHOD(array_clear) {
    UNUSED;
    if (!is_array(in, args[0])) return false;
    size_t from = count > 1 ? (size_t)args[1].i : 0, length = count > 1 ? (size_t)args[2].i : args[0].array->count;
    for (size_t i = from; i < from + length && i < args[0].array->count; i++) {
        value zero;
        if (!default_item(in, item_type(args[0]), &zero)) return false;
        value_set(&args[0].array->items[i], zero);
        value_drop(zero);
    }
    return true;
}
METHOD(array_find) {
    return UNUSED, list_find(in, args[0], args + 1, 1, ret);
}
METHOD(array_find_all) {
    value list, copy;
    UNUSED;
    if (!list_new(in, NULL, &copy) || !each_item(in, args[0], add_one, copy)) return false;
    bool ok = list_find_all(in, copy, args + 1, 1, &list);
    value_drop(copy);
    if (!ok) return false;
    ok = array_from(in, list.array->items, list.array->count, ret);
    return value_drop(list), ok;
}
METHOD(array_find_index) { return UNUSED, list_find_index(in, args[0], args + 1, 1, ret); }
METHOD(array_exists) { return UNUSED, list_exists(in, args[0], args + 1, 1, ret); }
METHOD(array_empty) { return UNUSED, array_new(in, 0, ret); }
METHOD(array_create) { return UNUSED, array_construct(in, type_array_of(args[0].type), args + 1, count - 1, ret); }
METHOD(array_resize) {
    value old, made;
    UNUSED;
    bool found;
    if (!member_get(in, args[0], "Value", 5, &old, &found)) return false;
    size_t before = value_enumerable(old) ? old.array->count : 0, n = (size_t)args[1].i;
    bool ok = array_of(in, value_enumerable(old) ? item_type(old) : OBJ, n, &made);
    for (size_t i = 0; ok && i < n; i++) {
        if (i < before) made.array->items[i] = value_keep(old.array->items[i]);
        else ok = default_item(in, item_type(made), &made.array->items[i]);
    }
    ok = ok && reference_set(in, args[0], made);
    value_drop(old);
    return value_drop(made), ok;
}
static const struct method array_statics[] = {{"Reverse", array_reverse, VOID, P(ARR)}, {"Reverse", array_reverse, VOID, P(ARR, I32, I32)}, {"Sort", array_sort, VOID, P(ARR)},
    {"Sort", array_sort, VOID, P(ARR, ARR)}, {"Sort", array_sort, VOID, P(ARR, OBJ)}, {"Sort", array_sort, VOID, P(ARR, I32, I32)}, {"IndexOf", array_index_of, I32, P(ARR, OBJ)},
    {"IndexOf", array_index_of, I32, P(ARR, OBJ, I32)}, {"LastIndexOf", array_last_index_of, I32, P(ARR, OBJ)}, {"BinarySearch", array_search, I32, P(ARR, OBJ)},
    {"Copy", array_copy, VOID, P(ARR, ARR, I32)}, {"Copy", array_copy, VOID, P(ARR, I32, ARR, I32, I32)}, {"Clear", array_clear, VOID, P(ARR)}, {"Clear", array_clear, VOID, P(ARR, I32, I32)},
    {"Find", array_find, OBJ, P(ARR, BLOCK)}, {"FindAll", array_find_all, OBJS, P(ARR, BLOCK)}, {"FindIndex", array_find_index, I32, P(ARR, BLOCK)},
    {"Exists", array_exists, BOOLEAN, P(ARR, BLOCK)}, {"Empty", array_empty, OBJS}, {"CreateInstance", array_create, ARR, P(TYP, I32)}, {"CreateInstance", array_create, ARR, P(TYP, I32, I32)},
    {"Resize", array_resize, VOID, P(REF, I32)}, {0}};
const struct type_members full_array = {array_methods, array_statics, NULL, NULL, true};

static bool read_lengths(struct interp *in, const value *args, size_t count, size_t *ret_lengths, size_t *ret_all) {
    *ret_all = 1;
    for (size_t i = 0; i < count; i++) {
        int64_t n = 0;
        if (!value_to_long(in, args[i], &n)) return false;
        if (n < 0) return method_throw(in, &type_overflow_exception, "A length must not be negative.");
        if (n && *ret_all > INT32_MAX / (size_t)n) return method_throw(in, &type_memory_exception, "The array is too large.");
        ret_lengths[i] = (size_t)n;
        *ret_all *= (size_t)n;
    }
    return true;
}
bool array_construct(struct interp *in, const struct type *type, const value *args, size_t count, value *ret) {
    size_t lengths[METHOD_PARAMETERS], all, rank = type_rank(type);
    if (count != rank || count > METHOD_PARAMETERS)
        return throw_error(in, "MethodCountCouldNotFindBest", CAT_NotSpecified, value_null, "[%s] needs one length for each dimension.", type->name);
    if (!read_lengths(in, args, count, lengths, &all) || !array_of(in, type->element, all, ret)) return false;
    ret->object->type = type;
    for (size_t i = 0; i < all; i++)
        if (!default_item(in, type->element, &ret->array->items[i])) return value_drop(*ret), false;
    if (rank < 2) return true;
    ret->array->lengths = mem_new(rank, sizeof(size_t));
    if (!ret->array->lengths) return value_drop(*ret), throw_memory(in);
    memcpy(ret->array->lengths, lengths, rank * sizeof(size_t));
    return ret->array->rank = rank, true;
}

// --- Tuples: at[0] how many; at[1]… the items ------------------------------------------------------------------------------

static bool tuple_make(struct interp *in, const struct type *type, const value *args, size_t count, value *ret) {
    if (!object_new(in, type, ret)) return false;
    AS(fields, *ret)->at[0] = value_int((int32_t)count);
    for (size_t i = 0; i < count; i++) AS(fields, *ret)->at[i + 1] = value_keep(args[i]);
    return true;
}
METHOD(tuple_create) { return tuple_make(in, self.type, args, count, ret); }
#define TUPLES(name, call) {name, call, OBJ, P(OBJ)}, {name, call, OBJ, P(OBJ, OBJ)}, {name, call, OBJ, P(OBJ, OBJ, OBJ)}, {name, call, OBJ, P(OBJ, OBJ, OBJ, OBJ)}, \
    {name, call, OBJ, P(OBJ, OBJ, OBJ, OBJ, OBJ)}, {name, call, OBJ, P(OBJ, OBJ, OBJ, OBJ, OBJ, OBJ)}, {name, call, OBJ, P(OBJ, OBJ, OBJ, OBJ, OBJ, OBJ, OBJ)}
static const struct method tuple_statics[] = {TUPLES("Create", tuple_create), {0}};
static const struct method tuple_constructors[] = {TUPLES("new", tuple_create), {0}};
const struct type_members full_tuple = {NULL, tuple_statics, tuple_constructors, NULL, false};
const struct type_members full_value_tuple = {NULL, tuple_statics, tuple_constructors, NULL, false};
#define ITEM(n) static bool tuple_item##n(struct interp *in, value self, value *ret) { return (void)in, *ret = value_keep(AS(fields, self)->at[n]), true; }
ITEM(1) ITEM(2) ITEM(3) ITEM(4) ITEM(5) ITEM(6) ITEM(7)
static bool tuple_length(struct interp *in, value self, value *ret) { return (void)in, *ret = AS(fields, self)->at[0], true; }
const struct property tuple_properties[] = {{"Item1", tuple_item1, NULL}, {"Item2", tuple_item2, NULL}, {"Item3", tuple_item3, NULL}, {"Item4", tuple_item4, NULL},
    {"Item5", tuple_item5, NULL}, {"Item6", tuple_item6, NULL}, {"Item7", tuple_item7, NULL}, {"Length", tuple_length, NULL}, {0}};
bool tuple_to_string(struct interp *in, value self, value *ret) {
    struct buf out = BUF_INIT;
    struct fields *own = AS(fields, self);
    bool ok = buf_add_char(&out, '(');
    for (int64_t i = 1; ok && i <= own->at[0].i; i++) {
        if (i > 1) buf_add_text(&out, ", ");
        ok = value_add_string(in, &out, own->at[i]);
    }
    buf_add_char(&out, ')');
    return ok ? buf_take(in, &out, ret) : (buf_free(&out), false);
}
bool tuple_equal(value a, value b) {
    struct fields *left = AS(fields, a), *right = AS(fields, b);
    if (left->at[0].i != right->at[0].i) return false;
    bool same = true;
    for (int64_t i = 1; same && i <= left->at[0].i; i++) {
        value x = left->at[i], y = right->at[i];
        if (x.kind == V_STRING && y.kind == V_STRING) same = x.string->size == y.string->size && !memcmp(value_text(x), value_text(y), x.string->size);
        else same = x.kind == y.kind && x.u == y.u;
    }
    return same;
}

// --- .Where and .ForEach -----------------------------------------------------------------------------------------------------

static bool invoke_on(struct interp *in, value block, value item, const value *args, size_t count, value *ret) {
    if (in->invoke_block) return in->invoke_block(in, block, item, args, count, ret);
    return throw_error(in, "NotBuilt", CAT_NotImplemented, value_null, "Script blocks are not part of this language mode.");
}
static bool add_results(struct interp *in, struct array *out, value result) {
    if (result.kind == V_VOID) return true;
    if (!value_enumerable(result)) return list_add(in, out, result);
    for (size_t i = 0; i < result.array->count; i++)
        if (!list_add(in, out, result.array->items[i])) return false;
    return true;
}
// A script block, a type, or the name of a property or method.
static bool for_one(struct interp *in, value item, value with, const value *rest, size_t count, struct array *out) {
    value result = value_void;
    bool ok, found = false;
    if (with.kind == V_SCRIPTBLOCK) ok = invoke_on(in, with, item, rest, count, &result);
    else if (with.kind == V_TYPE) ok = value_convert(in, item, with.type, &result);
    else if (method_exists(item, value_text(with), with.string->size)) ok = method_invoke(in, item, with, rest, count, &result);
    else if (count) {
        ok = member_set(in, item, value_text(with), with.string->size, rest[0]);
        found = true;
    } else {
        ok = member_get(in, item, value_text(with), with.string->size, &result, &found);
        if (ok && !found) result = value_void;
        if (ok && found) ok = list_add(in, out, result);
        return value_drop(result), ok;
    }
    if (ok) ok = with.kind == V_SCRIPTBLOCK ? add_results(in, out, result) : result.kind == V_VOID || list_add(in, out, result);
    return value_drop(result), ok;
}
static bool for_each(struct interp *in, value target, const value *args, size_t count, struct array *out) {
    struct value_walk walk;
    value item, with;
    bool ok = true;
    if (args[0].kind == V_SCRIPTBLOCK || args[0].kind == V_TYPE) with = value_keep(args[0]);
    else if (!value_to_string(in, args[0], &with)) return false;
    value_walk_start(&walk, target);
    while (ok && value_walk_next(in, &walk, &item)) {
        ok = for_one(in, item, with, args + 1, count - 1, out);
        value_drop(item);
    }
    return value_drop(with), ok;
}

enum where_mode { WHERE_DEFAULT, WHERE_FIRST, WHERE_LAST, WHERE_SKIP_UNTIL, WHERE_UNTIL, WHERE_SPLIT };
struct where { struct interp *in; value condition; int64_t most; enum where_mode mode; struct array *out, *rest; bool passed; };

static bool holds(struct where *where, value item, bool *ret) {
    value result;
    if (where->condition.kind != V_SCRIPTBLOCK) return *ret = value_truth(where->condition), true;
    if (!invoke_on(where->in, where->condition, item, NULL, 0, &result)) return false;
    *ret = value_truth(result);
    return value_drop(result), true;
}
// *ret_over: nothing that follows counts.
static bool where_one(struct where *where, value item, bool *ret_over) {
    bool yes = false;
    struct array *out = where->out;
    bool full = where->most && out->count >= (size_t)where->most;
    if (where->mode == WHERE_SKIP_UNTIL && where->passed) return *ret_over = full, full || list_add(where->in, out, item);
    if (where->mode == WHERE_SPLIT && full) return list_add(where->in, where->rest, item);
    if (full && where->mode != WHERE_LAST) return *ret_over = true;
    if (!holds(where, item, &yes)) return false;
    switch (where->mode) {
    case WHERE_UNTIL: return yes ? (*ret_over = true) : list_add(where->in, out, item);
    case WHERE_SKIP_UNTIL: return !yes || (where->passed = true, list_add(where->in, out, item));
    case WHERE_SPLIT: return list_add(where->in, yes ? out : where->rest, item);
    case WHERE_FIRST:
        if (yes && !where->most) *ret_over = true;
        return !yes || list_add(where->in, out, item);
    default: return !yes || list_add(where->in, out, item);
    }
}
static bool where_all(struct where *where, value target) {
    struct value_walk walk;
    value item;
    bool ok = true, over = false;
    value_walk_start(&walk, target);
    while (ok && !over && value_walk_next(where->in, &walk, &item)) {
        ok = where_one(where, item, &over);
        value_drop(item);
    }
    size_t keep = where->most ? (size_t)where->most : 1;
    if (ok && where->mode == WHERE_LAST && where->out->count > keep) take_out(where->out, 0, where->out->count - keep);
    return ok;
}
static bool where_mode_of(struct interp *in, value v, enum where_mode *ret) {
    static const char *const names[] = {"Default", "First", "Last", "SkipUntil", "Until", "Split"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (value_is_text(v, names[i])) return *ret = (enum where_mode)i, true;
    int64_t n;
    if (v.kind != V_STRING && value_to_long(in, v, &n) && n >= 0 && n <= WHERE_SPLIT) return *ret = (enum where_mode)n, true;
    value_set(&in->thrown, value_null);
    return throw_error(in, "MethodArgumentConversionInvalidCastArgument", CAT_NotSpecified, value_null, "There is no such mode of Where.");
}
bool collection_invoke(struct interp *in, value target, bool is_where, const value *args, size_t count, value *ret) {
    value out, rest = value_null;
    struct where where = {.in = in};
    if (!count || (is_where && count > 3)) return throw_error(in, "MethodCountCouldNotFindBest", CAT_NotSpecified, value_null, "Arguments are missing or too many.");
    if (is_where && count > 1 && !where_mode_of(in, args[1], &where.mode)) return false;
    if (is_where && count > 2 && !value_to_long(in, args[2], &where.most)) return false;
    if (value_is_null(target)) target = value_void;
    if (!list_new(in, &type_collection, &out)) return false;
    where.condition = args[0];
    where.out = out.array;
    bool ok = true;
    if (where.mode == WHERE_SPLIT && is_where) ok = list_new(in, &type_collection, &rest), where.rest = rest.array;
    ok = ok && (is_where ? where_all(&where, target) : for_each(in, target, args, count, out.array));
    if (ok && !value_is_null(rest)) ok = array_from(in, (value[]){out, rest}, 2, ret);
    else if (ok) *ret = value_keep(out);
    value_drop(rest);
    return value_drop(out), ok;
}
