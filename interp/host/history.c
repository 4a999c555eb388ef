#include "interp/host/history.h"

#include <string.h>

#include "base/mem.h"

static void drop_oldest(struct history *history)
{
    mem_free(history->lines[0].text, history->lines[0].size + 1);
    memmove(history->lines, history->lines + 1, (HISTORY_LINES - 1) * sizeof *history->lines);
    history->count--;
}

static bool is_newest(const struct history *history, const char *text, size_t size)
{
    const struct history_line *newest = history->count ? &history->lines[history->count - 1] : NULL;
    return newest && newest->size == size && !memcmp(newest->text, text, size);
}

void history_add(struct history *history, const char *text, size_t size)
{
    size_t blanks = 0;
    while (blanks < size && strchr(" \t\n", text[blanks]))
        blanks++;
    char *copy = blanks == size || is_newest(history, text, size) ? NULL : mem_new(1, size + 1);
    if (!copy)
        return;
    memcpy(copy, text, size);
    if (history->count == HISTORY_LINES)
        drop_oldest(history);
    history->lines[history->count++] = (struct history_line){copy, size};
}

void history_free(struct history *history)
{
    while (history->count) {
        struct history_line *line = &history->lines[--history->count];
        mem_free(line->text, line->size + 1);
    }
}

bool history_search(const struct history *history, size_t from, const char *text, size_t size,
                    size_t *ret_index)
{
    for (size_t i = from < history->count ? from : history->count; i-- > 0;) {
        if (!memmem(history->lines[i].text, history->lines[i].size, text, size))
            continue;
        *ret_index = i;
        return true;
    }
    return false;
}
