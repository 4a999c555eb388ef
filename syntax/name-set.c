#include "syntax/name-set.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

static uint32_t hash(struct ast_text name)
{
    uint32_t value = 2166136261u;
    size_t used;
    for (size_t at = 0; at < name.size; at += used)
        value = (value ^ utf8_upper(utf8_decode(name.at + at, name.size - at, &used))) * 16777619u;
    return value;
}

// The slot that holds the name, or the empty one where it would be.
static struct ast_text *slot_of(const struct name_set *set, struct ast_text name)
{
    uint32_t at = hash(name) & (set->capacity - 1);
    while (set->slots[at].at &&
           !utf8_same_ignore_case(set->slots[at].at, set->slots[at].size, name.at, name.size))
        at = (at + 1) & (set->capacity - 1);
    return &set->slots[at];
}

static bool grow(struct name_set *set)
{
    struct name_set bigger = {.capacity = set->capacity ? 2 * set->capacity : 16, .count = set->count};
    bigger.slots = mem_new(bigger.capacity, sizeof *bigger.slots);
    if (!bigger.slots)
        return false;
    for (uint32_t i = 0; i < set->capacity; i++)
        if (set->slots[i].at)
            *slot_of(&bigger, set->slots[i]) = set->slots[i];
    name_set_free(set);
    *set = bigger;
    return true;
}

bool name_set_add(struct name_set *set, struct ast_text name)
{
    if (2 * (set->count + 1) > set->capacity && !grow(set))
        return true;
    struct ast_text *slot = slot_of(set, name);
    if (slot->at)
        return false;
    *slot = name;
    set->count++;
    return true;
}

bool name_set_has(const struct name_set *set, struct ast_text name)
{
    return set->capacity && slot_of(set, name)->at;
}

void name_set_free(struct name_set *set)
{
    if (set->slots)
        mem_free(set->slots, set->capacity * sizeof *set->slots);
    *set = (struct name_set){0};
}

bool same_name(struct ast_text name, const char *other)
{
    return utf8_same_ignore_case(name.at, name.size, other, strlen(other));
}
