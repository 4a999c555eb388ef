// interp/host/history.h: lines typed in this session, in memory only.
#ifndef INTERP_HOST_HISTORY_H
#define INTERP_HOST_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

enum { HISTORY_LINES = 500 };

struct history_line {
    char *text;
    size_t size;
};

struct history {
    struct history_line lines[HISTORY_LINES]; // oldest first
    size_t count;
};

// Empty lines and repetitions of the newest are not kept. Without memory nothing is.
void history_add(struct history *history, const char *text, size_t size);
void history_free(struct history *history);
// The newest line before index `from` that holds the text; false: none.
bool history_search(const struct history *history, size_t from, const char *text, size_t size,
                    size_t *ret_index);

#endif
