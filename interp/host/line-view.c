#include "interp/host/line-view.h"

#include <utf8proc.h>

#include "base/utf8.h"

enum { TAB_CELLS = 4 };
static const char continuation[] = ">> ";

struct pen {
    unsigned row, column, columns;
};

unsigned line_cells(uint32_t codepoint)
{
    int cells = utf8proc_charwidth((utf8proc_int32_t)codepoint);
    return cells < 0 ? 0 : (unsigned)cells;
}

static void advance(struct pen *pen, unsigned cells)
{
    if (pen->column + cells > pen->columns) { // what does not fit goes to the next row as a whole
        pen->row++;
        pen->column = 0;
    }
    pen->column += cells;
}

static void draw_character(struct pen *pen, const char *text, size_t size, uint32_t codepoint,
                           struct buf *out)
{
    if (codepoint == '\n') {
        buf_add_text(out, "\r\n");
        buf_add_text(out, continuation);
        pen->row++;
        pen->column = sizeof continuation - 1;
    } else if (codepoint == '\t') {
        advance(pen, TAB_CELLS);
        buf_add_repeat(out, ' ', TAB_CELLS);
    } else {
        advance(pen, line_cells(codepoint));
        buf_add(out, text, size);
    }
}

static void draw_prompt(struct pen *pen, const char *prompt, struct buf *out)
{
    bool escape = false;
    buf_add_text(out, prompt);
    for (size_t used; *prompt; prompt += used) {
        uint32_t codepoint = utf8_decode(prompt, 4, &used); // NUL-terminated: a short character ends there
        if (codepoint == 0x1b)
            escape = true;
        else if (!escape)
            advance(pen, line_cells(codepoint));
        else if (codepoint >= '@' && codepoint <= '~' && codepoint != '[')
            escape = false;
    }
}

static void draw_search(struct pen *pen, const struct line *line, struct buf *out)
{
    struct buf prompt = BUF_INIT;
    buf_printf(&prompt, "(search) '%s': ", buf_text((struct buf *)&line->pattern));
    draw_prompt(pen, buf_text(&prompt), out);
    buf_free(&prompt);
}

static struct pen draw_text(struct pen *pen, const struct line *line, struct buf *out)
{
    const char *text = line->text.data;
    struct pen cursor = *pen;
    for (size_t at = 0, used; at < line->text.size; at += used) {
        uint32_t codepoint = utf8_decode(text + at, line->text.size - at, &used);
        if (at == line->cursor)
            cursor = *pen;
        draw_character(pen, text + at, used, codepoint, out);
    }
    return line->cursor == line->text.size ? *pen : cursor;
}

// A full row leaves the cursor pending at its edge; a blank and a return make it move on, as terminals agree.
static void settle(struct pen *pen, struct buf *out)
{
    if (pen->column < pen->columns)
        return;
    buf_add_text(out, " \r");
    pen->row++;
    pen->column = 0;
}

static void move_cursor(struct pen from, struct pen to, struct buf *out)
{
    if (to.column >= to.columns) {
        to.row++;
        to.column = 0;
    }
    if (from.row > to.row)
        buf_printf(out, "\x1b[%uA", from.row - to.row);
    buf_add_char(out, '\r');
    if (to.column)
        buf_printf(out, "\x1b[%uC", to.column);
}

void line_view_draw(struct line_view *view, const struct line *line, struct buf *out)
{
    struct pen pen = {.columns = view->columns ? view->columns : 80};
    if (view->row)
        buf_printf(out, "\x1b[%uA", view->row);
    buf_add_text(out, "\r\x1b[J");
    if (line->searching)
        draw_search(&pen, line, out);
    else
        draw_prompt(&pen, view->prompt, out);
    struct pen cursor = draw_text(&pen, line, out);
    settle(&pen, out);
    move_cursor(pen, cursor, out);
    view->row = cursor.row + (cursor.column >= cursor.columns);
}

void line_view_leave(struct line_view *view, const struct line *line, struct buf *out)
{
    struct line all = *line;
    all.cursor = all.text.size;
    all.searching = false;
    line_view_draw(view, &all, out);
    buf_add_text(out, "\r\n");
    view->row = 0;
}
