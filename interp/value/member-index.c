#include "interp/value/member-index.h"

#include "base/mem.h"
#include "base/utf8.h"

enum { FEW = 32 }; // searched in turn as fast

struct member_index {
    size_t slots;  // a power of two, at least twice the members
    uint32_t at[]; // a member's position + 1; 0: free
};

static size_t index_size(size_t slots)
{
    return sizeof(struct member_index) + slots * sizeof(uint32_t);
}

void member_index_drop(struct members *members)
{
    if (members->index)
        mem_free(members->index, index_size(members->index->slots));
    members->index = NULL;
}

static void insert(struct members *members, size_t position)
{
    struct member_index *index = members->index;
    size_t slot = value_hash(members->items[position].name) & (index->slots - 1);
    while (index->at[slot])
        slot = (slot + 1) & (index->slots - 1);
    index->at[slot] = (uint32_t)(position + 1);
}

static void build(struct members *members)
{
    size_t slots = 4 * FEW;
    member_index_drop(members);
    while (slots < 4 * members->count)
        slots *= 2;
    if (members->count >= UINT32_MAX / 8 || !(members->index = mem_new(1, index_size(slots))))
        return;
    members->index->slots = slots;
    for (size_t i = 0; i < members->count; i++)
        insert(members, i);
}

void member_index_add(struct members *members)
{
    if (members->count <= FEW)
        return;
    if (members->index && 2 * members->count <= members->index->slots)
        insert(members, members->count - 1);
    else
        build(members);
}

struct member *member_index_find(const struct members *members, const char *name, size_t size)
{
    const struct member_index *index = members->index;
    for (size_t slot = text_hash(name, size); index->at[slot &= index->slots - 1]; slot++) {
        struct member *member = &members->items[index->at[slot] - 1];
        const struct string *own = member->name.string;
        if (own->size == size && utf8_same_ignore_case(own->text, size, name, size))
            return member;
    }
    return NULL;
}
