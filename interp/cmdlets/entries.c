#include "interp/cmdlets/entries.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/types.h"

static int compare_text(struct interp *in, value a, value b, bool case_sensitive)
{
    value left, right;
    int order = 0;
    if (!value_to_string(in, a, &left))
        return 0;
    if (value_to_string(in, b, &right)) {
        size_t shorter = left.string->size < right.string->size ? left.string->size : right.string->size;
        order = case_sensitive ? memcmp(value_text(left), value_text(right), shorter)
                               : utf8_compare_ignore_case(value_text(left), left.string->size,
                                                          value_text(right), right.string->size);
        if (order == 0)
            order = (left.string->size > right.string->size) - (left.string->size < right.string->size);
        value_drop(right);
    }
    value_drop(left);
    return order;
}

static bool is_custom(value v)
{
    return v.kind == V_OBJECT && v.object->type == &type_custom;
}

int objects_compare(struct interp *in, value a, value b, bool case_sensitive)
{
    int order;
    if (value_is_null(a) && value_is_null(b))
        return 0;
    if (is_custom(a) && is_custom(b))
        return 0;
    if (value_compare(in, a, b, case_sensitive, &order))
        return order;
    value_set(&in->thrown, value_null); // they have no order of their own
    return compare_text(in, a, b, case_sensitive);
}

// What a script throws is told, and its key is nothing.
static bool evaluation_failed(struct command *cmd, const struct expression *by, value object, value *ret)
{
    value text = cmd->in->thrown.kind == V_ERROR ? value_keep(cmd->in->thrown.error->message) : value_null;
    bool go_on = expression_forgiven(cmd, by, ret) &&
                 cmd_error(cmd, "ExpressionEvaluation", CAT_InvalidResult, object, "%s", value_text(text));
    return value_drop(text), go_on;
}

static bool read_keys(struct command *cmd, const struct expressions *by, value object, value *keys)
{
    for (size_t i = 0; i < by->count; i++) {
        bool found;
        if (!expression_first(cmd->in, &by->items[i], object, &keys[i], &found)) {
            if (!evaluation_failed(cmd, &by->items[i], object, &keys[i]))
                return false;
            found = true;
        }
        if (!found)
            keys[i] = value_void;
    }
    return true;
}

static void entry_free(struct entry *entry, size_t keys)
{
    value_drop(entry->object);
    for (size_t i = 0; i < keys; i++)
        value_drop(entry->keys[i]);
    mem_free(entry->keys, keys * sizeof *entry->keys);
}

void entries_free(struct entries *entries)
{
    for (size_t i = 0; i < entries->count; i++)
        entry_free(&entries->items[i], entries->keys);
    mem_free(entries->items, entries->capacity * sizeof *entries->items);
    *entries = (struct entries){0};
}

static bool make_room(struct interp *in, struct entries *entries)
{
    if (entries->count < entries->capacity)
        return true;
    struct entry *items = mem_grow(entries->items, &entries->capacity, 16, sizeof *items);
    if (!items)
        return throw_memory(in);
    entries->items = items;
    return true;
}

bool entries_add(struct command *cmd, struct entries *entries, const struct expressions *by, value object)
{
    struct entry entry = {0};
    if (!make_room(cmd->in, entries))
        return false;
    entries->keys = by->count;
    if (by->count > 0 && !(entry.keys = mem_new(by->count, sizeof *entry.keys)))
        return throw_memory(cmd->in);
    entry.object = value_keep(object);
    if (!read_keys(cmd, by, object, entry.keys))
        return entry_free(&entry, by->count), false;
    entries->items[entries->count++] = entry;
    return true;
}

// Objects without the property come last, whatever the direction.
static int compare_key(const struct entry_order *order, value a, value b, bool descending)
{
    if (a.kind == V_VOID || b.kind == V_VOID)
        return (a.kind == V_VOID) - (b.kind == V_VOID);
    int result = objects_compare(order->in, a, b, order->case_sensitive);
    return descending ? -result : result;
}

int entry_compare(const struct entry_order *order, size_t keys, const struct entry *a, const struct entry *b)
{
    if (keys == 0)
        return compare_key(order, a->object, b->object, order->descending);
    for (size_t i = 0; i < keys; i++) {
        const struct expression *by = &order->by->items[i];
        int result =
            compare_key(order, a->keys[i], b->keys[i], by->has_order ? by->descending : order->descending);
        if (result)
            return result;
    }
    return 0;
}

// Comparing a number with a string depends on which comes first, so the order of comparisons is that of .NET:
// insertion for few items. Longer runs are merged.
enum { RUN = 16 };

static void sort_run(const struct entry_order *order, size_t keys, struct entry *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct entry entry = items[i];
        size_t at = i;
        for (; at > 0 && entry_compare(order, keys, &entry, &items[at - 1]) < 0; at--)
            items[at] = items[at - 1];
        items[at] = entry;
    }
}

static void merge(const struct entry_order *order, size_t keys, struct entry *items, size_t middle,
                  size_t count, struct entry *scratch)
{
    size_t left = 0, right = middle, at = 0;
    memcpy(scratch, items, middle * sizeof *items);
    while (left < middle && right < count)
        items[at++] =
            entry_compare(order, keys, &items[right], &scratch[left]) < 0 ? items[right++] : scratch[left++];
    while (left < middle)
        items[at++] = scratch[left++];
}

bool entries_sort(struct entries *entries, const struct entry_order *order)
{
    size_t count = entries->count;
    for (size_t at = 0; at < count; at += RUN)
        sort_run(order, entries->keys, entries->items + at, count - at < RUN ? count - at : RUN);
    if (count <= RUN)
        return true;
    struct entry *scratch = mem_new(count, sizeof *scratch);
    if (!scratch)
        return throw_memory(order->in);
    for (size_t width = RUN; width < count; width *= 2)
        for (size_t at = 0; at + width < count; at += 2 * width) {
            size_t end = at + 2 * width < count ? 2 * width : count - at;
            merge(order, entries->keys, entries->items + at, width, end, scratch);
        }
    mem_free(scratch, count * sizeof *scratch);
    return true;
}
