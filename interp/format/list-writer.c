// interp/format/list-writer.c: "Name : value" lines, and running text within frames.
#include "interp/format/writer.h"
#include "interp/value/error.h"

#define SEPARATOR " : "
enum { SEPARATOR_CELLS = 3, MIN_LABEL = 1, MIN_VALUE = 1 };

static bool write_line(struct interp *in, const struct line_sink *sink, struct buf *line, struct text part)
{
    buf_add(line, part.at, part.size);
    if (line->failed)
        return throw_full(in, line);
    bool ok = sink->line(sink->context, buf_text(line), line->size);
    buf_clear(line);
    return ok;
}

static void add_label(struct buf *line, struct text label, size_t width, bool colour)
{
    size_t head = text_head(label, width);
    if (colour)
        buf_add_text(line, STYLE_HEADING);
    buf_add(line, label.at, head);
    buf_add_repeat(line, ' ', width - text_cells((struct text){label.at, head}));
    buf_add_text(line, SEPARATOR);
    if (colour)
        buf_add_text(line, STYLE_END);
}

static bool write_field(struct interp *in, const struct line_sink *sink, const struct field *field,
                        size_t label_width)
{
    struct buf line = {0};
    size_t indent = label_width + SEPARATOR_CELLS, width = sink->width - indent;
    struct line_walk walk;
    struct text part;
    add_label(&line, text_of(field->label), label_width, sink->colour);
    bool ok = true;
    for (line_walk_start(&walk, text_of(field->text), width, width); ok && line_walk_next(&walk, &part);) {
        if (line.size == 0)
            buf_add_repeat(&line, ' ', indent);
        ok = write_line(in, sink, &line, part);
    }
    buf_free(&line);
    return ok;
}

bool list_write(struct interp *in, const struct line_sink *sink, const struct field *fields, size_t count)
{
    if (sink->width < SEPARATOR_CELLS + MIN_LABEL + MIN_VALUE)
        return true; // nothing sensible fits
    size_t label_width = 0, widest = sink->width - SEPARATOR_CELLS - MIN_VALUE;
    for (size_t i = 0; i < count; i++) {
        size_t cells = text_cells(text_of(fields[i].label));
        if (cells > label_width)
            label_width = cells;
    }
    if (label_width > widest)
        label_width = widest;
    for (size_t i = 0; i < count; i++)
        if (!write_field(in, sink, &fields[i], label_width))
            return false;
    return true;
}

static bool flush(struct interp *in, const struct line_sink *sink, struct buf *pending, size_t indent)
{
    if (pending->failed)
        return throw_full(in, pending);
    struct buf line = {0};
    struct line_walk walk;
    struct text part;
    bool ok = true;
    size_t width = indent < sink->width ? sink->width - indent : 0;
    if (width == 0)
        buf_clear(pending); // no room at all: nothing is shown
    line_walk_start(&walk, (struct text){buf_text(pending), pending->size}, width, width);
    while (ok && line_walk_next(&walk, &part)) {
        buf_add_repeat(&line, ' ', indent);
        ok = write_line(in, sink, &line, part);
    }
    buf_free(&line);
    buf_clear(pending);
    return ok;
}

bool markup_write(struct interp *in, const struct line_sink *sink, const struct mark *marks, size_t count)
{
    struct buf pending = {0};
    size_t indent = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        struct text text = text_of(marks[i].text);
        switch (marks[i].kind) {
        case MARK_TEXT:
            buf_add(&pending, text.at, text.size);
            break;
        case MARK_NEWLINE:
            ok = flush(in, sink, &pending, indent);
            break;
        case MARK_FRAME:
            indent += marks[i].indent;
            break;
        case MARK_END_FRAME:
            indent -= marks[i].indent;
            break;
        }
    }
    ok = ok && flush(in, sink, &pending, indent); // what is left, and be it an empty line
    buf_free(&pending);
    return ok;
}
