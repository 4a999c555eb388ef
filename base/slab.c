#include "base/slab.h"

#include <stdlib.h>

#ifdef __SANITIZE_ADDRESS__
#define SLAB_OFF
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLAB_OFF
#endif
#endif

#ifdef SLAB_OFF // the sanitizer wants to see each block, and here each length is held to what was said
// Its header is not among gcc's.
size_t __sanitizer_get_allocated_size(const volatile void *block);

void *slab_take(size_t bytes)
{
    return malloc(bytes);
}

void slab_give(void *block, size_t bytes)
{
    if (__sanitizer_get_allocated_size(block) != bytes)
        abort();
    free(block);
}
#else

enum { CHUNK_LEAST = 8 * 1024, CHUNK_MOST = 64 * 1024, CLASSES = SLAB_MOST / SLAB_STEP };

struct free_block {
    struct free_block *next;
};

// One process is one session: mem.c's budget is one, and so is this.
static struct {
    struct free_block *free[CLASSES];
    char *at, *end; // what is left of the newest chunk
    size_t chunk;   // its bytes
} slabs;

static size_t class_of(size_t bytes)
{
    return (bytes - 1) / SLAB_STEP;
}

// What is left of the old chunk is a block of some class.
static void keep_rest(void)
{
    size_t rest = (size_t)(slabs.end - slabs.at);
    if (rest >= SLAB_STEP)
        slab_give(slabs.at, rest);
    slabs.at = slabs.end;
}

static int new_chunk(void)
{
    size_t bytes = slabs.chunk < CHUNK_LEAST  ? CHUNK_LEAST
                   : slabs.chunk < CHUNK_MOST ? slabs.chunk * 2
                                              : CHUNK_MOST;
    char *chunk = malloc(bytes);
    if (!chunk)
        return 0;
    keep_rest();
    slabs.at = chunk;
    slabs.end = chunk + bytes;
    slabs.chunk = bytes;
    return 1;
}

void *slab_take(size_t bytes)
{
    size_t class = class_of(bytes), size = (class + 1) * SLAB_STEP;
    struct free_block *block = slabs.free[class];
    if (block)
        return slabs.free[class] = block->next, block;
    if ((size_t)(slabs.end - slabs.at) < size && !new_chunk())
        return NULL;
    void *fresh = slabs.at;
    slabs.at += size;
    return fresh;
}

void slab_give(void *block, size_t bytes)
{
    struct free_block *free = block;
    free->next = slabs.free[class_of(bytes)];
    slabs.free[class_of(bytes)] = free;
}
#endif
