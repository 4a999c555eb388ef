#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

enum { BLOCK = 8192 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

static struct arena_block *add_block(struct arena *arena, size_t size)
{
    size_t bytes = size > BLOCK ? size : BLOCK;
    struct arena_block *block = mem_new(1, sizeof *block + bytes);
    if (!block)
        return NULL;
    block->size = bytes;
    block->next = arena->first;
    arena->first = block;
    return block;
}

void *arena_new(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (arena->limit && arena->used + size > arena->limit)
        return NULL;
    struct arena_block *block = arena->first;
    if (!block || block->size - block->used < size)
        block = add_block(arena, size);
    if (!block)
        return NULL;
    void *bytes = block->bytes + block->used;
    block->used += size;
    arena->used += size;
    return bytes;
}

char *arena_text(struct arena *arena, const char *text, size_t size)
{
    char *copy = arena_new(arena, size + 1);
    if (copy && size)
        memcpy(copy, text, size);
    return copy;
}

void arena_free(struct arena *arena)
{
    while (arena->first) {
        struct arena_block *block = arena->first;
        arena->first = block->next;
        mem_free(block, sizeof *block + block->size);
    }
    arena->used = 0;
}
