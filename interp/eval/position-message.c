// PositionMessage of InvocationInfo. jesh-full alone.
#include "interp/eval/position-message.h"

#include <string.h>

#include "base/buf.h"

enum { MOST = 69, BEFORE = 12, BEHIND = 8 }; // columns of the line that are shown, and least around the place

struct window { // of the line, in bytes
    size_t start, size;
    size_t before, marked; // from its start to the place; the place
};

static struct ast_text without_end(struct ast_text line)
{
    while (line.size && strchr(" \t\r\n\v\f", line.at[line.size - 1]))
        line.size--;
    return line;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

// Of a line that is too long: the place, something behind it, and as much as possible before it.
static struct window window_of(size_t size, size_t before, size_t marked)
{
    if (size <= MOST)
        return (struct window){0, size, before, marked};
    size_t after = size - least(size, before + marked), room = MOST - least(before, BEFORE);
    marked = least(marked, room);
    size_t suffix = least(least(after, BEHIND), room - marked);
    size_t prefix = least(before, MOST - marked - suffix);
    suffix = least(after, MOST - marked - prefix);
    return (struct window){before - prefix, prefix + marked + suffix, prefix, marked};
}

static void add_line(struct buf *out, struct ast_text line, struct window window)
{
    bool cut = window.start > 0, more = window.start + window.size < line.size;
    buf_printf(out, "%s%.*s%s\n+ ", cut ? "\xE2\x80\xA6 " : "", (int)window.size, line.at + window.start,
               more ? " \xE2\x80\xA6" : "");
    buf_add_repeat(out, ' ', window.before + (cut ? 2 : 0));
    buf_add_repeat(out, '~', window.marked);
}

bool position_message(struct interp *in, const struct place *place, struct ast_text line, value *ret)
{
    const struct source *source = place->source;
    struct position at = source_position(source, place->start);
    struct ast_text shown = without_end(line);
    struct buf out = BUF_INIT;
    size_t before = (size_t)(source->text + place->start - line.at);
    size_t size = place->end - place->start, most = shown.size - least(before, shown.size);
    if (source->name)
        buf_printf(&out, "At %s:%u char:%u\n+ ", source->name, at.line, at.column);
    else
        buf_printf(&out, "At line:%u char:%u\n+ ", at.line, at.column);
    add_line(&out, shown, window_of(shown.size, least(before, shown.size), least(size, most)));
    bool ok = string_new(in, buf_text(&out), out.size, ret);
    buf_free(&out);
    return ok;
}
