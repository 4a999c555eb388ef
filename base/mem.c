#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#include "base/slab.h"

// The one piece of process-wide state: a process is one session and has one budget.
static size_t budget, used, peak, reserve;
enum { RESERVE = 1024 * 1024 };

void mem_open_reserve(void)
{
    reserve = RESERVE;
}
#ifdef JESH_TEST
static size_t fail_countdown;

void mem_fail_at(size_t n)
{
    fail_countdown = n;
}

static int refused(void)
{
    return fail_countdown && --fail_countdown == 0;
}
#else
static int refused(void)
{
    return 0;
}
#endif

static int charge(size_t bytes)
{
    size_t total;
    if (refused() || __builtin_add_overflow(used, bytes, &total) || (budget && total > budget + reserve))
        return 0;
    used = total;
    if (used > peak)
        peak = used;
    return 1;
}

static int is_small(size_t bytes)
{
    return bytes - 1 < SLAB_MOST; // 0 is not
}

void *mem_new(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || !charge(bytes))
        return NULL;
    void *block = is_small(bytes) ? slab_take(bytes) : calloc(1, bytes ? bytes : 1);
    if (!block)
        used -= bytes;
    else if (is_small(bytes))
        memset(block, 0, bytes);
    return block;
}

static void *raw_new(size_t bytes)
{
    return is_small(bytes) ? slab_take(bytes) : malloc(bytes ? bytes : 1);
}

static void raw_free(void *block, size_t bytes)
{
    if (is_small(bytes))
        slab_give(block, bytes);
    else
        free(block);
}

static void *raw_resize(void *block, size_t old_bytes, size_t new_bytes)
{
    if (block && !is_small(old_bytes) && !is_small(new_bytes))
        return realloc(block, new_bytes ? new_bytes : 1);
    void *moved = raw_new(new_bytes);
    if (moved && block) {
        memcpy(moved, block, old_bytes < new_bytes ? old_bytes : new_bytes);
        raw_free(block, old_bytes);
    }
    return moved;
}

void *mem_resize(void *block, size_t old_bytes, size_t new_bytes)
{
    if (new_bytes > old_bytes && !charge(new_bytes - old_bytes))
        return NULL;
    void *moved = raw_resize(block, old_bytes, new_bytes);
    if (!moved && new_bytes > old_bytes)
        used -= new_bytes - old_bytes;
    if (moved && new_bytes < old_bytes)
        used -= old_bytes - new_bytes;
    return moved;
}

void *mem_grow(void *block, size_t *capacity, size_t first, size_t item_bytes)
{
    size_t more = *capacity ? *capacity * 2 : first;
    void *grown = mem_resize(block, *capacity * item_bytes, more * item_bytes);
    if (grown)
        *capacity = more;
    return grown;
}

void mem_free(void *block, size_t bytes)
{
    if (!block)
        return;
    used -= bytes;
    if (reserve && used + 2 * RESERVE < budget)
        reserve = 0;
    raw_free(block, bytes);
}

size_t mem_set_budget(size_t bytes)
{
    size_t old = budget;
    budget = bytes;
    return old;
}

size_t mem_used(void)
{
    return used;
}

size_t mem_peak(void)
{
    return peak;
}
