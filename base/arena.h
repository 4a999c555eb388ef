// base/arena.h: memory that lives and dies together, for syntax trees and other immutable data.
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *first;
    size_t used;  // bytes handed out
    size_t limit; // bytes; 0: only the session's budget limits it
};

#define ARENA_INIT {0}

void *arena_new(struct arena *arena, size_t size); // zeroed, aligned for any type; NULL: limit or budget reached
char *arena_text(struct arena *arena, const char *text, size_t size); // a NUL-terminated copy, or NULL
void arena_free(struct arena *arena); // frees everything; the arena is then empty and usable again

#endif
