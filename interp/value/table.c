// Dictionaries: open addressing over an array of slots in order of insertion.
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/value/enum.h"
#include "interp/value/error.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

bool table_new(struct interp *in, bool ordered, value *ret)
{
    struct table *table = heap_new(in, sizeof *table, V_TABLE, ordered ? &type_ordered : &type_hashtable);
    if (!table)
        return false;
    table->ordered = ordered;
    *ret = (value){.kind = V_TABLE, .table = table};
    return true;
}

static bool same_text(const struct table *table, const struct string *key, const char *text, size_t size)
{
    if (table->case_sensitive)
        return key->size == size && !memcmp(key->text, text, size);
    return utf8_same_ignore_case(key->text, key->size, text, size);
}

// Keys are equal as .NET's Equals says, strings ignoring case: 1 and 1L are two keys.
static bool same_key(const struct table *table, value a, value b)
{
    if (a.kind != b.kind)
        return false;
    if (a.kind == V_STRING)
        return a.string == b.string || same_text(table, a.string, b.string->text, b.string->size);
    if (a.kind == V_ENUM && !enum_same_type(a, b))
        return false;
    if (a.kind == V_DECIMAL)
        return !decimal_compare(a.decimal->number, b.decimal->number);
    if (a.kind == V_F32 || a.kind == V_F64)
        return a.f == b.f;
    if (a.kind == V_BOOL || a.kind == V_SWITCH)
        return a.b == b.b;
    if (value_is_heap(a) && a.object->type->equal && a.object->type == b.object->type)
        return a.object->type->equal(a, b);
    return a.u == b.u;
}

static size_t probe(const struct table *table, value key, uint32_t hash)
{
    size_t mask = table->capacity * 2 - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        uint32_t slot = table->index[at];
        if (!slot)
            return at;
        const struct table_slot *entry = &table->slots[slot - 1];
        if (entry->hash == hash && entry->key.kind != V_VOID && same_key(table, entry->key, key))
            return at;
    }
}

static struct table_slot *find(const struct table *table, value key, uint32_t hash)
{
    if (!table->capacity)
        return NULL;
    uint32_t slot = table->index[probe(table, key, hash)];
    return slot ? &table->slots[slot - 1] : NULL;
}

const value *table_get(const struct table *table, value key)
{
    struct table_slot *slot = find(table, key, value_hash(key));
    return slot ? &slot->val : NULL;
}

const value *table_get_name(const struct table *table, const char *name, size_t size)
{
    uint32_t hash = text_hash(name, size);
    size_t mask = table->capacity * 2 - 1;
    for (size_t at = hash & mask; table->capacity && table->index[at]; at = (at + 1) & mask) {
        const struct table_slot *slot = &table->slots[table->index[at] - 1];
        if (slot->hash == hash && slot->key.kind == V_STRING && same_text(table, slot->key.string, name, size))
            return &slot->val;
    }
    return NULL;
}

const value *table_get_text(const struct table *table, const char *key)
{
    return table_get_name(table, key, strlen(key));
}

static void fill_index(struct table *table)
{
    size_t mask = table->capacity * 2 - 1;
    for (size_t i = 0; i < table->used; i++) {
        size_t at = table->slots[i].hash & mask;
        while (table->index[at])
            at = (at + 1) & mask;
        table->index[at] = (uint32_t)i + 1;
    }
}

static bool grow(struct interp *in, struct table *table)
{
    size_t capacity = table->count < table->capacity / 2 ? table->capacity
                      : table->capacity                  ? table->capacity * 2
                                                         : 4;
    struct table_slot *slots = mem_new(capacity, sizeof *slots);
    uint32_t *index = mem_new(capacity * 2, sizeof *index);
    if (!slots || !index) {
        mem_free(slots, capacity * sizeof *slots);
        mem_free(index, capacity * 2 * sizeof *index);
        return throw_memory(in);
    }
    size_t used = 0;
    for (size_t i = 0; i < table->used; i++)
        if (table->slots[i].key.kind != V_VOID)
            slots[used++] = table->slots[i];
    mem_free(table->slots, table->capacity * sizeof *slots);
    mem_free(table->index, table->capacity * 2 * sizeof *index);
    table->slots = slots;
    table->index = index;
    table->capacity = capacity;
    table->used = used;
    return fill_index(table), true;
}

bool table_set(struct interp *in, struct table *table, value key, value val)
{
    uint32_t hash = value_hash(key);
    struct table_slot *slot = find(table, key, hash);
    table->version += !slot || !type_argument(table->head.type, 0);
    if (slot)
        return value_set(&slot->val, val), true;
    if (table->used == table->capacity && !grow(in, table))
        return false;
    size_t at = probe(table, key, hash);
    table->slots[table->used] = (struct table_slot){value_keep(key), value_keep(val), hash};
    table->index[at] = (uint32_t)++table->used;
    table->count++;
    return true;
}

bool table_set_text(struct interp *in, struct table *table, const char *key, value val)
{
    value text;
    if (!string_text(in, key, &text))
        return false;
    bool ok = table_set(in, table, text, val);
    return value_drop(text), ok;
}

// The slot stays, so that the index and the order of the others hold; grow squeezes such slots out.
bool table_remove(struct table *table, value key)
{
    struct table_slot *slot = find(table, key, value_hash(key));
    if (!slot)
        return false;
    value old_key = slot->key, old_val = slot->val;
    slot->key = value_void;
    slot->val = value_null;
    table->count--;
    table->version++;
    value_drop(old_key);
    value_drop(old_val);
    return true;
}

struct table_slot *table_nth(const struct table *table, int64_t n)
{
    for (size_t i = 0; n >= 0 && i < table->used; i++)
        if (table->slots[i].key.kind != V_VOID && n-- == 0)
            return &table->slots[i];
    return NULL;
}

bool table_set_all(struct interp *in, struct table *table, const struct table *from)
{
    for (size_t i = 0; i < from->used; i++)
        if (from->slots[i].key.kind != V_VOID && !table_set(in, table, from->slots[i].key, from->slots[i].val))
            return false;
    return true;
}

bool table_sort_last(struct interp *in, struct table *table)
{
    struct table_slot last = table->slots[table->used - 1];
    size_t at = table->used - 1;
    for (; at > 0; at--) {
        int order = 1;
        value before = table->slots[at - 1].key;
        if (before.kind != V_VOID && !value_compare(in, before, last.key, true, &order))
            return false;
        if (order <= 0)
            break;
    }
    if (at == table->used - 1)
        return true;
    memmove(table->slots + at + 1, table->slots + at, (table->used - 1 - at) * sizeof last);
    table->slots[at] = last;
    memset(table->index, 0, table->capacity * 2 * sizeof *table->index);
    return fill_index(table), true;
}

void table_side_release(struct object *object)
{
    value_drop(((struct table_side *)object)->table);
}

bool table_side_new(struct interp *in, value table, const struct type *type, value *ret)
{
    if (!list_new(in, type, ret))
        return false;
    struct table_side *side = (struct table_side *)ret->object;
    side->table = value_keep(table);
    side->version = table.table->version;
    return true;
}

bool table_side_changed(value list)
{
    const struct table_side *side = (const struct table_side *)list.object;
    return list.kind == V_LIST && list.object->type->release == table_side_release &&
           side->version != side->table.table->version;
}
