#include "interp/host/editor.h"

#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/utf8.h"
#include "interp/host/complete.h"
#include "interp/host/line-view.h"
#include "interp/host/line.h"
#include "syntax/parser.h"

enum { ESCAPE_MS = 50, KEYS_AT_ONCE = 4096, MOST_LISTED = 200 };

struct editor {
    struct wire_host *wh;
    struct line line;
    struct line_view view;
    struct keys keys;
    unsigned flags;
    bool listed; // the last key was Tab, and it was ambiguous
    struct buf out;
};

bool editor_incomplete(const char *text, size_t size)
{
    struct source *source;
    if (!parse(text, size, NULL, 0, &source, NULL))
        return false;
    bool incomplete = false, broken = false;
    for (size_t i = 0; i < source->error_count; i++) {
        incomplete |= source->errors[i].incomplete;
        broken |= !source->errors[i].incomplete;
    }
    source_free(source);
    return incomplete && !broken;
}

static void show(struct editor *e)
{
    fd_write_all(wire_host_terminal(e->wh), buf_text(&e->out), e->out.size);
    buf_clear(&e->out);
}

// What a secret looks like: as many stars as characters.
static void draw_secret(struct editor *e)
{
    struct line stars = e->line;
    size_t count = 0;
    for (size_t i = 0; i < e->line.text.size; i++)
        count += ((unsigned char)e->line.text.data[i] & 0xc0) != 0x80;
    stars.text = (struct buf)BUF_INIT;
    buf_add_repeat(&stars.text, '*', count);
    stars.cursor = stars.text.size;
    line_view_draw(&e->view, &stars, &e->out);
    buf_free(&stars.text);
}

static void draw(struct editor *e)
{
    e->view.columns = e->wh->columns;
    if (e->flags & EDIT_SECRET)
        draw_secret(e);
    else
        line_view_draw(&e->view, &e->line, &e->out);
    show(e);
}

static void leave(struct editor *e)
{
    if (e->flags & EDIT_SECRET)
        buf_add_text(&e->out, "\r\n");
    else
        line_view_leave(&e->view, &e->line, &e->out);
    buf_add_text(&e->out, "\x1b[?2004l");
    show(e);
}

static size_t cells_of(const char *text)
{
    size_t cells = 0, size = strlen(text);
    for (size_t at = 0, used; at < size; at += used)
        cells += line_cells(utf8_decode(text + at, size - at, &used));
    return cells;
}

static void list(struct editor *e, const struct completions *found)
{
    size_t widest = 1, count = found->count < MOST_LISTED ? found->count : MOST_LISTED;
    for (size_t i = 0; i < count; i++)
        widest = cells_of(found->texts[i]) > widest ? cells_of(found->texts[i]) : widest;
    size_t columns = (e->view.columns ? e->view.columns : 80) / (widest + 2);
    columns = columns ? columns : 1;
    size_t rows = (count + columns - 1) / columns;
    line_view_leave(&e->view, &e->line, &e->out);
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = row; i < count; i += rows) {
            buf_add_text(&e->out, found->texts[i]);
            if (i + rows < count)
                buf_add_repeat(&e->out, ' ', widest + 2 - cells_of(found->texts[i]));
        }
        buf_add_text(&e->out, "\r\n");
    }
    if (count < found->count)
        buf_printf(&e->out, "and %zu more\r\n", found->count - count);
}

// The longest beginning that all of them have, ignoring the case of ASCII.
static size_t common_size(const struct completions *found)
{
    size_t size = strlen(found->texts[0]);
    for (size_t i = 1; i < found->count; i++)
        while (size && (strlen(found->texts[i]) < size ||
                        !utf8_same_ignore_case(found->texts[0], size, found->texts[i], size)))
            size--;
    while (size && ((unsigned char)found->texts[0][size] & 0xc0) == 0x80)
        size--;
    return size;
}

static void tab(struct editor *e)
{
    struct arena arena = ARENA_INIT;
    struct completions found;
    const struct buf *text = &e->line.text;
    bool again = e->listed;
    e->listed = false;
    if (e->flags & EDIT_PROGRAM &&
        complete(&e->wh->in, text->data ? text->data : "", text->size, e->line.cursor, &arena, &found) &&
        found.count) {
        size_t common = common_size(&found);
        bool grows = found.count == 1 || common > found.end - found.start;
        if (grows)
            line_replace(&e->line, found.start, found.end, found.texts[0], common);
        else if (again)
            list(e, &found);
        e->listed = !grows;
    }
    arena_free(&arena);
}

static void clear_screen(struct editor *e)
{
    buf_add_text(&e->out, "\x1b[H\x1b[2J");
    e->view.row = 0;
}

// True when the line is finished.
static bool take(struct editor *e, struct key key, enum edit_result *ret)
{
    enum line_result result = line_take(&e->line, key);
    if (result != LINE_COMPLETE)
        e->listed = false;
    switch (result) {
    case LINE_ACCEPT:
        *ret = EDIT_LINE;
        if (!(e->flags & EDIT_PROGRAM) || !editor_incomplete(buf_text(&e->line.text), e->line.text.size))
            return true;
        line_insert(&e->line, "\n", 1);
        return false;
    case LINE_ABANDON:
        *ret = EDIT_ABANDONED;
        return true;
    case LINE_END:
        *ret = EDIT_ENDED;
        return true;
    case LINE_COMPLETE:
        tab(e);
        return false;
    case LINE_CLEAR:
        clear_screen(e);
        return false;
    default:
        return false;
    }
}

static bool take_typed(struct editor *e, enum edit_result *ret)
{
    struct buf *typed = &e->wh->typed;
    bool finished = false;
    size_t at = 0;
    for (struct key key; at < typed->size && !finished; at++)
        finished = keys_take(&e->keys, (unsigned char)typed->data[at], &key) && take(e, key, ret);
    buf_drop_front(typed, at); // what was typed ahead stays for the next line
    return finished;
}

static bool take_keys(struct editor *e, enum edit_result *ret)
{
    size_t got;
    if (!fd_read_some(STDIN_FILENO, KEYS_AT_ONCE, &e->wh->typed, &got) || got == 0) {
        *ret = EDIT_ENDED;
        return true;
    }
    bool finished = take_typed(e, ret);
    if (!finished)
        draw(e);
    return finished;
}

static bool wait(struct editor *e, enum edit_result *ret)
{
    struct key key;
    enum wire_event event = wire_host_wait(e->wh, keys_undecided(&e->keys) ? ESCAPE_MS : -1);
    switch (e->wh->in.interrupted ? EVENT_INTERRUPT : event) {
    case EVENT_KEYS:
        return take_keys(e, ret);
    case EVENT_NOTHING:
        return keys_timeout(&e->keys, &key) && take(e, key, ret);
    case EVENT_WINDOW:
        draw(e);
        return false;
    case EVENT_INTERRUPT:
        *ret = EDIT_ABANDONED;
        return true;
    default:
        *ret = EDIT_ENDED;
        return true;
    }
}

// While a line is edited Ctrl-C is a key like any other, in its turn among them; while a pipeline runs it
// signals.
static void set_signals(bool on)
{
    struct termios modes;
    if (tcgetattr(STDIN_FILENO, &modes))
        return;
    modes.c_lflag = on ? modes.c_lflag | ISIG : modes.c_lflag & ~(tcflag_t)ISIG;
    tcsetattr(STDIN_FILENO, TCSANOW, &modes);
}

enum edit_result editor_read(struct wire_host *wh, const char *prompt, unsigned flags, struct buf *ret_line)
{
    struct editor e = {.wh = wh, .flags = flags, .view = {.prompt = prompt, .columns = wh->columns}};
    enum edit_result result = EDIT_ENDED;
    static const struct history none = {.count = 0};
    wire_host_flush(wh);
    set_signals(false);
    line_start(&e.line, flags & EDIT_PROGRAM ? &wh->history : &none);
    buf_add_text(&e.out, "\x1b[?2004h");
    bool finished = take_typed(&e, &result);
    if (!finished)
        draw(&e);
    while (!finished)
        finished = wait(&e, &result);
    leave(&e);
    set_signals(true);
    wh->in.interrupted = 0;
    if (result == EDIT_LINE)
        buf_add(ret_line, buf_text(&e.line.text), e.line.text.size);
    line_free(&e.line);
    buf_free(&e.out);
    return result;
}
