// Arrays, lists, queues and stacks, and what enumerates them.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/delegate.h"
#include "interp/value/items.h"
#include "interp/value/made.h"
#include "interp/value/types-rows.h"

static bool in_range(int64_t from, int64_t length, size_t count) { return from >= 0 && length >= 0 && (uint64_t)(from + length) <= count; }

// --- Lists -----------------------------------------------------------------------------------------------------------

METHOD(list_add_item) {
    value item;
    UNUSED;
    if (!items_convert(in, self, args[0], &item)) return false;
    *ret = value_int((int32_t)self.array->count);
    bool ok = list_add(in, self.array, item);
    return value_drop(item), ok;
}
static bool add_one(struct interp *in, value self, value item) {
    value converted;
    if (!items_convert(in, self, item, &converted)) return false;
    bool ok = list_add(in, self.array, converted);
    return value_drop(converted), ok;
}
METHOD(list_add_range) { return UNUSED, list_each(in, args[0], add_one, self); }
METHOD(list_insert) {
    value item;
    UNUSED;
    if (args[0].i < 0 || (size_t)args[0].i > self.array->count) return items_range(in);
    if (!items_convert(in, self, args[1], &item)) return false;
    bool ok = items_put_in(in, self.array, (size_t)args[0].i, item);
    return value_drop(item), ok;
}
METHOD(list_insert_range) {
    UNUSED;
    value copy; // a list may be put into itself
    size_t at = (size_t)args[0].i;
    if (args[0].i < 0 || at > self.array->count) return items_range(in);
    if (!value_enumerable(args[1])) return true;
    if (!array_from(in, args[1].array->items, args[1].array->count, &copy)) return false;
    bool ok = true;
    for (size_t i = 0; ok && i < copy.array->count; i++) ok = items_put_in(in, self.array, at + i, copy.array->items[i]);
    return value_drop(copy), ok;
}
bool list_remove(struct interp *in, value self, const value *args, size_t count, value *ret) {
    ptrdiff_t at;
    UNUSED;
    if (!items_find(in, self.array, args[0], 0, &at)) return false;
    if (at >= 0) items_take_out(self.array, (size_t)at, 1);
    return *ret = value_bool(at >= 0), true;
}
METHOD(list_remove_at) {
    UNUSED;
    if (args[0].i < 0 || (size_t)args[0].i >= self.array->count) return items_range(in);
    return items_take_out(self.array, (size_t)args[0].i, 1), true;
}
METHOD(list_remove_range) {
    UNUSED;
    if (args[0].i < 0 || args[1].i < 0) return items_range(in);
    if (!in_range(args[0].i, args[1].i, self.array->count)) return method_throw(in, &type_argument_exception, "The range is outside of the collection.");
    return items_take_out(self.array, (size_t)args[0].i, (size_t)args[1].i), true;
}
bool list_clear(struct interp *in, value self, const value *args, size_t count, value *ret) { return UNUSED, items_take_out(self.array, 0, self.array->count), true; }
bool list_contains(struct interp *in, value self, const value *args, size_t count, value *ret) {
    ptrdiff_t at;
    UNUSED;
    return items_find(in, self.array, args[0], 0, &at) && (*ret = value_bool(at >= 0), true);
}
bool list_index_of(struct interp *in, value self, const value *args, size_t count, value *ret) {
    ptrdiff_t at;

    if (!items_find(in, self.array, args[0], count > 1 && args[1].i > 0 ? (size_t)args[1].i : 0, &at)) return false;
    return *ret = value_int((int32_t)at), true;
}
METHOD(list_last_index_of) {
    bool same = false;
    UNUSED;
    size_t i = self.array->count;
    while (i && !same && i--)
        if (i < self.array->count && !items_same(in, self.array->items[i], args[0], &same)) return false;
    return *ret = value_int(same ? (int32_t)i : -1), true;
}
bool list_to_array(struct interp *in, value self, const value *args, size_t count, value *ret) {
    UNUSED;
    if (!array_of(in, items_type(self), self.array->count, ret)) return false;
    for (size_t i = 0; i < self.array->count; i++) ret->array->items[i] = value_keep(self.array->items[i]);
    return true;
}
METHOD(list_reverse) { return UNUSED, items_reverse(self.array, 0, self.array->count), true; }

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
static bool copy_of(struct interp *in, const struct array *list, value *ret) { return array_from(in, list->items, list->count, ret); }
static void put_back(struct array *list, value sorted) {
    for (size_t i = 0; i < list->count && i < sorted.array->count; i++) value_set(&list->items[i], sorted.array->items[i]);
}
// Sorts copies, since the comparer may change what is sorted.
static bool sort_all(struct interp *in, struct array *keys, struct array *items, size_t from, size_t count, value comparer) {
    value own = value_null, own_items = value_null;
    if (!copy_of(in, keys, &own) || (items && !copy_of(in, items, &own_items))) return value_drop(own), false;
    size_t space = (keys->count + 1) * sizeof(value);
    struct sort sort = {in, own.array->items, items ? own_items.array->items : NULL, mem_new(1, space), items ? mem_new(1, space) : NULL, comparer, true};
    bool ok = sort.key_space && (!items || sort.item_space) ? sort_range(&sort, from, from + count) : throw_memory(in);
    mem_free(sort.key_space, space);
    mem_free(sort.item_space, space);
    put_back(keys, own);
    if (items) put_back(items, own_items);
    value_drop(own), value_drop(own_items);
    if (ok || value_is_null(in->thrown) || comparer.kind == V_SCRIPTBLOCK) return ok;
    value_set(&in->thrown, value_null);
    return method_throw(in, &type_invalid_operation_exception, "Two of the items cannot be compared.");
}
METHOD(list_sort) { return (void)ret, sort_all(in, self.array, NULL, 0, self.array->count, count ? delegate_block(args[0]) : value_null); }
METHOD(list_binary_search) {
    size_t low = 0, high = self.array->count;
    UNUSED;
    while (low < high && high <= self.array->count) { // a comparison may take items out
        size_t middle = low + (high - low) / 2;
        int which;
        if (!value_compare(in, self.array->items[middle], args[0], true, &which)) return false;
        if (!which) return *ret = value_int((int32_t)middle), true;
        if (which < 0) low = middle + 1;
        else high = middle;
    }
    return *ret = value_int(~(int32_t)low), true;
}
bool list_copy_to(struct interp *in, value self, const value *args, size_t count, value *ret) {
    size_t at = count > 1 ? (size_t)args[1].i : 0;
    (void)ret;
    if (count > 1 && args[1].i < 0) return items_range(in);
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
bool list_clone(struct interp *in, value self, const value *args, size_t count, value *ret) { return UNUSED, copy_list(in, self, 0, self.array->count, ret); }
METHOD(list_get_range) {
    UNUSED;
    if (args[0].i < 0 || args[1].i < 0) return items_range(in);
    if (!in_range(args[0].i, args[1].i, self.array->count)) return method_throw(in, &type_argument_exception, "The range is outside of the collection.");
    return copy_list(in, self, (size_t)args[0].i, (size_t)args[1].i, ret);
}
static bool test(struct interp *in, value block, value item, bool *ret) {
    value result, own = value_keep(item); // the block may take it out of the list
    bool ok = in->invoke_block && in->invoke_block(in, block, own, &own, 1, &result);
    value_drop(own);
    if (!ok) return false;
    *ret = value_truth(result);
    return value_drop(result), true;
}
METHOD(list_remove_all) {
    size_t before = self.array->count;
    bool out = false;
    UNUSED;
    for (size_t i = 0; i < self.array->count; i += !out) {
        if (!test(in, args[0], self.array->items[i], &out)) return false;
        if (out && i < self.array->count) items_take_out(self.array, i, 1);
    }
    return *ret = value_int((int32_t)before - (int32_t)self.array->count), true;
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
    return *ret = at < 0 || (size_t)at >= self.array->count ? value_null : value_keep(self.array->items[at]), true;
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
        if (!test(in, args[0], self.array->items[i], &yes) || (yes && i < self.array->count && !list_add(in, ret->array, self.array->items[i]))) return value_drop(*ret), false;
    return true;
}
METHOD(list_for_each) {
    UNUSED;
    for (size_t i = 0; i < self.array->count; i++) {
        bool ignored;
        if (!test(in, args[0], self.array->items[i], &ignored)) return false;
    }
    return true;
}
bool get_enumerator(struct interp *in, value self, const value *args, size_t count, value *ret) {
    UNUSED;
    if (!object_new(in, &type_array_enumerator, ret)) return false;
    AS(fields, *ret)->at[1] = value_int(-1);
    return array_from(in, self.array->items, self.array->count, &AS(fields, *ret)->at[0]);
}
METHOD(list_item) {
    UNUSED;
    if (args[0].i < 0 || (size_t)args[0].i >= self.array->count) return items_range(in);
    return *ret = value_keep(self.array->items[args[0].i]), true;
}
METHOD(list_set_item) {
    value item;
    UNUSED;
    if (args[0].i < 0 || (size_t)args[0].i >= self.array->count) return items_range(in);
    if (!items_convert(in, self, args[1], &item)) return false;
    value_set(&self.array->items[args[0].i], item);
    return value_drop(item), true;
}
bool list_nothing(struct interp *in, value self, const value *args, size_t count, value *ret) { return UNUSED, true; }

#define BLOCK &type_scriptblock
#define LIST_METHODS \
    {"AddRange", list_add_range, VOID, P(OBJ)}, {"Insert", list_insert, VOID, P(I32, OBJ)}, {"InsertRange", list_insert_range, VOID, P(I32, OBJ)}, \
    {"RemoveAt", list_remove_at, VOID, P(I32)}, {"RemoveRange", list_remove_range, VOID, P(I32, I32)}, {"Clear", list_clear, VOID}, \
    {"Contains", list_contains, BOOLEAN, P(OBJ)}, {"IndexOf", list_index_of, I32, P(OBJ)}, {"IndexOf", list_index_of, I32, P(OBJ, I32)}, \
    {"LastIndexOf", list_last_index_of, I32, P(OBJ)}, {"ToArray", list_to_array, OBJS}, {"Reverse", list_reverse, VOID}, {"Sort", list_sort, VOID}, \
    {"Sort", list_sort, VOID, P(OBJ)}, {"BinarySearch", list_binary_search, I32, P(OBJ)}, {"CopyTo", list_copy_to, VOID, P(ARR)}, \
    {"CopyTo", list_copy_to, VOID, P(ARR, I32)}, {"GetRange", list_get_range, OBJ, P(I32, I32)}, {"GetEnumerator", get_enumerator, OBJ}, \
    {"get_Item", list_item, OBJ, P(I32)}, {"set_Item", list_set_item, VOID, P(I32, OBJ)}, {"TrimToSize", list_nothing, VOID}, {"TrimExcess", list_nothing, VOID}
static const struct method array_list_methods[] = {{"Add", list_add_item, I32, P(OBJ)}, {"Remove", list_remove, VOID, P(OBJ)}, {"Clone", list_clone, OBJ}, {"ToArray", list_to_array_of, ARR, P(TYP)},
    {"SetRange", list_set_range, VOID, P(I32, OBJ)}, LIST_METHODS, {0}};
static const struct method array_list_statics[] = {{"Repeat", list_repeat, OBJ, P(OBJ, I32)}, {0}};
static const struct method list_methods[] = {{"Add", list_add_item, VOID, P(OBJ)}, {"Remove", list_remove, BOOLEAN, P(OBJ)}, LIST_METHODS,
    {"RemoveAll", list_remove_all, I32, P(BLOCK)}, {"Find", list_find, OBJ, P(BLOCK)}, {"FindAll", list_find_all, OBJ, P(BLOCK)},
    {"FindIndex", list_find_index, I32, P(BLOCK)}, {"Exists", list_exists, BOOLEAN, P(BLOCK)}, {"ForEach", list_for_each, VOID, P(BLOCK)},
    {"FindLast", list_find_last, OBJ, P(BLOCK)}, {"FindLastIndex", list_find_last_index, I32, P(BLOCK)}, {"TrueForAll", list_true_for_all, BOOLEAN, P(BLOCK)},
    {"ConvertAll", list_convert_all, OBJ, P(OBJ)}, {"EnsureCapacity", list_ensure_capacity, I32, P(I32)}, {0}};

bool list_new_empty(struct interp *in, value self, const value *args, size_t count, value *ret) {
    UNUSED;
    if (count && args[0].i < 0) return items_range(in);
    if (!list_new(in, self.type, ret)) return false;
    enum { RESERVED = 1 << 16 }; // what is asked for beyond that grows as it is needed
    return !count || ret->kind != V_LIST || args[0].i > RESERVED || list_reserve(in, ret->array, (size_t)args[0].i) || (value_drop(*ret), false);
}
METHOD(list_new_from) {
    UNUSED;
    if (!list_new(in, self.type, ret)) return false;
    if ((args[0].kind == V_ARRAY || args[0].kind == V_LIST) && !list_reserve(in, ret->array, args[0].array->count)) return value_drop(*ret), false;
    return list_each(in, args[0], add_one, *ret) || (value_drop(*ret), false);
}
static const struct method list_constructors[] = {{"new", list_new_empty, OBJ}, {"new", list_new_empty, OBJ, P(I32)}, {"new", list_new_from, OBJ, P(ARR)}, {"new", list_new_from, OBJ, P(SEQUENCE)}, {0}};
const struct type_members full_array_list = {array_list_methods, array_list_statics, list_constructors, NULL};
const struct type_members full_list = {list_methods, NULL, list_constructors, NULL};
const struct type_members full_list_string = {list_methods, NULL, list_constructors, NULL};
const struct type_members full_collection = {list_methods, NULL, list_constructors, NULL};
const struct type_members full_string_collection = {list_methods, NULL, list_constructors, NULL};
const struct type_members full_consolidated_string = {0};

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
static const struct method enumerator_methods[] = {{"MoveNext", move_next, BOOLEAN}, {"Reset", reset, VOID}, {"Dispose", list_nothing, VOID}, {0}};
const struct type_members full_array_enumerator = {enumerator_methods, NULL, NULL, NULL};
const struct type_members full_input_enumerator = {enumerator_methods, NULL, NULL, NULL};
bool enumerator_next(struct interp *in, value self, value *ret) {
    struct fields *own = AS(fields, self);
    if (own->at[0].kind != V_ARRAY && own->at[0].kind != V_LIST) return false;
    if (own->at[1].i < (int64_t)own->at[0].array->count) own->at[1].i++;
    return own->at[1].i < (int64_t)own->at[0].array->count && current(in, self, ret);
}
bool enumerator_to_string(struct interp *in, value self, value *ret) {
    struct value_walk walk;
    value item, list;
    if (!list_new(in, NULL, &list)) return false;
    value_walk_start(&walk, self);
    while (value_walk_next(in, &walk, &item)) list_add(in, list.array, item), value_drop(item);
    bool ok = value_to_string(in, list, ret);
    return value_drop(list), ok;
}
const struct type_members full_char_enumerator = {enumerator_methods, NULL, NULL, NULL};

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
    if (!items_convert(in, self, args[0], &item)) return false;
    value_set(&self.array->items[args[1].i], item);
    return value_drop(item), true;
}
METHOD(array_clone) {
    UNUSED;
    if (!array_of(in, items_type(self), self.array->count, ret)) return false;
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
METHOD(array_clear_own);
static const struct method array_methods[] = {{"GetLength", array_length, I32, P(I32)}, {"GetUpperBound", array_upper, I32, P(I32)}, {"GetLowerBound", array_lower, I32, P(I32)},
    {"GetLongLength", array_length, I32, P(I32)}, {"GetValue", array_value, OBJ, P(I32)}, {"SetValue", array_put, VOID, P(OBJ, I32)}, {"Clone", array_clone, OBJ},
    {"CopyTo", list_copy_to, VOID, P(ARR, I32)}, {"GetEnumerator", get_enumerator, OBJ}, {"Contains", list_contains, BOOLEAN, P(OBJ)}, {"IndexOf", list_index_of, I32, P(OBJ)},
    {"Add", array_fixed, I32, P(OBJ)}, {"Remove", array_fixed, VOID, P(OBJ)}, {"RemoveAt", array_fixed, VOID, P(I32)}, {"Insert", array_fixed, VOID, P(I32, OBJ)},
    {"Clear", array_clear_own, VOID}, {"Get", array_value, OBJ, P(I32)}, {"Set", array_put, VOID, P(I32, OBJ)}, {"Initialize", list_nothing, VOID}, {0}};

static bool is_array(struct interp *in, value v) {
    if (v.kind == V_ARRAY || v.kind == V_LIST) return true;
    return method_throw(in, &type_argument_null_exception, "An array is needed.");
}
METHOD(array_reverse) {
    (void)self, (void)ret;
    if (!is_array(in, args[0])) return false;
    int64_t from = count > 1 ? args[1].i : 0, length = count > 1 ? args[2].i : (int64_t)args[0].array->count;
    if (!in_range(from, length, args[0].array->count)) return items_range(in);
    return items_reverse(args[0].array, (size_t)from, (size_t)length), true;
}
METHOD(array_sort) {
    (void)self, (void)ret;
    if (!is_array(in, args[0])) return false;
    bool items = count == 2 && args[1].kind == V_ARRAY;
    if (items && args[1].array->count < args[0].array->count) return method_throw(in, &type_argument_exception, "There are fewer items than keys.");
    int64_t from = count == 3 ? args[1].i : 0, length = count == 3 ? args[2].i : (int64_t)args[0].array->count;
    if (!in_range(from, length, args[0].array->count)) return items_range(in);
    return sort_all(in, args[0].array, items ? args[1].array : NULL, (size_t)from, (size_t)length, count == 2 && !items ? args[1] : value_null);
}
METHOD(array_index_of) { return UNUSED, is_array(in, args[0]) && list_index_of(in, args[0], args + 1, count - 1, ret); }
METHOD(array_last_index_of) { return UNUSED, is_array(in, args[0]) && list_last_index_of(in, args[0], args + 1, count - 1, ret); }
METHOD(array_search) { return UNUSED, is_array(in, args[0]) && list_binary_search(in, args[0], args + 1, count - 1, ret); }
METHOD(array_copy) {
    UNUSED;
    bool offsets = count == 5;
    int64_t from = offsets ? args[1].i : 0, to = offsets ? args[3].i : 0, length = args[count - 1].i;
    value target = offsets ? args[2] : args[1], item;
    if (!is_array(in, args[0]) || !is_array(in, target)) return false;
    if (from < 0 || to < 0 || length < 0) return items_range(in);
    if (!in_range(from, length, args[0].array->count) || !in_range(to, length, target.array->count)) return method_throw(in, &type_argument_exception, "The range is outside of an array.");
    bool backwards = target.array == args[0].array && to > from;
    for (int64_t n = 0; n < length; n++) {
        int64_t i = backwards ? length - 1 - n : n;
        if (!items_convert(in, target, args[0].array->items[from + i], &item)) return false;
        value_set(&target.array->items[to + i], item);
        value_drop(item);
    }
    return true;
}
bool items_default(struct interp *in, const struct type *type, value *ret) {
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
        if (!items_default(in, items_type(args[0]), &zero)) return false;
        value_set(&args[0].array->items[i], zero);
        value_drop(zero);
    }
    return true;
}
METHOD(array_clear_own) { return (void)args, (void)count, array_clear(in, value_null, &self, 1, ret); }
METHOD(array_find) {
    return UNUSED, list_find(in, args[0], args + 1, 1, ret);
}
METHOD(array_find_all) {
    value list, copy;
    UNUSED;
    if (!list_new(in, NULL, &copy) || !list_each(in, args[0], add_one, copy)) return false;
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
    if (!member_named(in, args[0], "Value", &old)) return false;
    size_t before = value_enumerable(old) ? old.array->count : 0, n = (size_t)args[1].i;
    if (args[1].i < 0 || !array_of(in, value_enumerable(old) ? items_type(old) : OBJ, n, &made)) return value_drop(old), value_is_null(in->thrown) && items_range(in);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        if (i < before) made.array->items[i] = value_keep(old.array->items[i]);
        else ok = items_default(in, items_type(made), &made.array->items[i]);
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
    {"Resize", array_resize, VOID, P(REF, I32)}, {"FindLast", array_find_last, OBJ, P(ARR, BLOCK)}, {"FindLastIndex", array_find_last_index, I32, P(ARR, BLOCK)},
    {"TrueForAll", array_true_for_all, BOOLEAN, P(ARR, BLOCK)}, {"ForEach", array_for_each, VOID, P(ARR, BLOCK)}, {"ConvertAll", array_convert_all, OBJS, P(ARR, OBJ)},
    {"Fill", array_fill, VOID, P(ARR, OBJ)}, {"Fill", array_fill, VOID, P(ARR, OBJ, I32, I32)}, {0}};
const struct type_members full_array = {array_methods, array_statics, NULL, NULL};

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
    size_t lengths[MOST_RANK], all, rank = type_rank(type);
    if (count != rank || count > MOST_RANK)
        return throw_error(in, "MethodCountCouldNotFindBest", CAT_NotSpecified, value_null, "[%s] needs one length for each dimension.", type->name);
    if (!read_lengths(in, args, count, lengths, &all) || !array_of(in, type->element, all, ret)) return false;
    ret->object->type = type;
    ret->array->element = type->element == OBJ ? NULL : type->element;
    for (size_t i = 0; i < all; i++)
        if (!items_default(in, type->element, &ret->array->items[i])) return value_drop(*ret), false;
    if (rank < 2) return true;
    ret->array->lengths = mem_new(rank, sizeof(size_t));
    if (!ret->array->lengths) return value_drop(*ret), throw_memory(in);
    memcpy(ret->array->lengths, lengths, rank * sizeof(size_t));
    return ret->array->rank = rank, true;
}
