// base/mem.h: allocation that can be limited, and be made to fail by tests.
//
// Everything in jesh that allocates does it through these functions, so that the session's byte budget
// (profiles/limits.def) is held in one place and the n-th allocation can be made to fail.
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

// NULL when the budget or the system has no more; the bytes are zero.
void *mem_new(size_t count, size_t size);
// As realloc(3) with the old size given; new bytes are undefined. NULL leaves the old block as it was.
void *mem_resize(void *block, size_t old_bytes, size_t new_bytes);
// For a block of *capacity items that is full: room for twice as many, or for the first ones, and *capacity
// says so. NULL leaves both as they were.
void *mem_grow(void *block, size_t *capacity, size_t first, size_t item_bytes);
void mem_free(void *block, size_t bytes);

// Sets the budget in bytes (0: none) and returns the old one.
size_t mem_set_budget(size_t bytes);
// Once the budget is used up, what handles that needs a little memory itself: lets through that much more,
// until so much is free again.
void mem_open_reserve(void);
size_t mem_used(void);
size_t mem_peak(void);

// Tests only (built with -DJESH_TEST): fail the n-th allocation from now, counting from 1; 0 stops.
void mem_fail_at(size_t n);

#endif
