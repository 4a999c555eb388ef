// interp/host/line-view.h: draws a line that is being edited, over as many rows of the screen as it needs.
#ifndef INTERP_HOST_LINE_VIEW_H
#define INTERP_HOST_LINE_VIEW_H

#include "base/buf.h"
#include "interp/host/line.h"

struct line_view {
    const char *prompt; // may hold colours
    unsigned columns;   // 0: 80
    unsigned row;       // where the cursor is, counted from the row of the prompt
    bool colour;
};

// Appends what brings the screen from the last drawing to this one.
void line_view_draw(struct line_view *view, const struct line *line, struct buf *out);
// Appends what leaves the line as it stands and goes to a new row.
void line_view_leave(struct line_view *view, const struct line *line, struct buf *out);

// Cells that a character takes on a terminal: 0, 1 or 2.
unsigned line_cells(uint32_t codepoint);

#endif
