// interp/host/line.h: one line that is being edited: its text, the cursor, history and search. Pure;
// line-view.c draws it.
#ifndef INTERP_HOST_LINE_H
#define INTERP_HOST_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "interp/host/history.h"
#include "interp/host/keys.h"

struct line {
    struct buf text; // may hold newlines
    size_t cursor;   // byte offset, never inside a character
    struct buf cut;  // what Ctrl-W, Ctrl-U and Ctrl-K took
    const struct history *history;
    size_t at;        // line of the history that is shown; history->count: the one that is being typed
    struct buf typed; // what was typed before history was shown
    bool searching;   // Ctrl-R
    struct buf pattern;
};

enum line_result {
    LINE_EDITING,  // draw again
    LINE_ACCEPT,   // Enter: run it, or add a newline where more is needed
    LINE_ABANDON,  // Ctrl-C
    LINE_END,      // Ctrl-D on an empty line
    LINE_COMPLETE, // Tab
    LINE_CLEAR,    // Ctrl-L: clear the screen, draw again
};

void line_start(struct line *line, const struct history *history);
void line_free(struct line *line);
enum line_result line_take(struct line *line, struct key key);
void line_insert(struct line *line, const char *text, size_t size);
void line_replace(struct line *line, size_t start, size_t end, const char *text,
                  size_t size); // cursor behind it

#endif
