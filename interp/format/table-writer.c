// interp/format/table-writer.c: rows of cells.
#include <string.h>

#include "base/mem.h"
#include "interp/format/writer.h"
#include "interp/value/error.h"

enum { SEPARATOR = 1, MIN_SCREEN = 5 };

bool sink_text(const struct line_sink *sink, struct text text)
{
    return sink->line(sink->context, text.at, text.size);
}

bool sink_blank(const struct line_sink *sink)
{
    return sink->line(sink->context, "", 0);
}

// Visible columns and the separators between them.
static size_t table_width(const size_t *widths, const bool *hidden, size_t count)
{
    size_t width = 0, visible = 0;
    for (size_t i = 0; i < count; i++) {
        if (hidden[i])
            continue;
        width += widths[i];
        visible++;
    }
    return visible ? width + (visible - 1) * SEPARATOR : 0;
}

// Hides or shrinks columns from the right until the rest fits.
static void trim(size_t *widths, bool *hidden, size_t count, size_t screen)
{
    for (size_t last = count; last > 0; last--) {
        size_t width = table_width(widths, hidden, count);
        if (width <= screen)
            return;
        size_t excess = width - screen;
        if (widths[last - 1] > excess) {
            widths[last - 1] -= excess;
            return;
        }
        hidden[last - 1] = true;
    }
}

// Columns without a width share what the others leave, one cell after the other.
static void share(size_t *widths, const size_t *asked, const bool *hidden, size_t count, size_t screen)
{
    size_t width = table_width(widths, hidden, count);
    while (width < screen)
        for (size_t i = 0; i < count && width < screen; i++)
            if (!asked[i]) {
                widths[i]++;
                width++;
            }
}

static void settle(size_t *widths, const size_t *asked, bool *hidden, size_t count, size_t screen)
{
    bool open = false;
    for (size_t i = 0; i < count; i++) {
        open |= !asked[i];
        widths[i] = asked[i] ? asked[i] : 1;
    }
    if (table_width(widths, hidden, count) > screen)
        trim(widths, hidden, count, screen);
    else if (open)
        share(widths, asked, hidden, count, screen);
    for (size_t i = 0; i < count; i++)
        if (hidden[i])
            widths[i] = 0;
}

bool table_writer_open(struct interp *in, const struct line_sink *sink, const size_t *widths,
                       const enum align *aligns, size_t count, struct table_writer *ret)
{
    *ret = (struct table_writer){.in = in, .sink = sink, .count = count};
    ret->disabled = count == 0 || sink->width < MIN_SCREEN;
    if (count == 0)
        return true;
    ret->widths = mem_new(count, sizeof *ret->widths);
    ret->aligns = mem_new(count, sizeof *ret->aligns);
    bool *hidden = mem_new(count, sizeof *hidden);
    if (ret->widths && ret->aligns && hidden) {
        memcpy(ret->aligns, aligns, count * sizeof *aligns);
        settle(ret->widths, widths, hidden, count, sink->width);
        ret->disabled |= hidden[0];
    }
    bool ok = ret->widths && ret->aligns && hidden;
    mem_free(hidden, count * sizeof *hidden);
    if (!ok)
        table_writer_close(ret);
    return ok || throw_memory(in);
}

void table_writer_close(struct table_writer *writer)
{
    mem_free(writer->widths, writer->count * sizeof *writer->widths);
    mem_free(writer->aligns, writer->count * sizeof *writer->aligns);
    *writer = (struct table_writer){0};
}

static bool finish(struct table_writer *writer, struct buf *line)
{
    bool ok = line->failed ? throw_full(writer->in, line)
                           : writer->sink->line(writer->sink->context, buf_text(line), line->size);
    buf_free(line);
    return ok;
}

// Only the last of all columns goes without padding: where that one is hidden, every row is padded.
static bool write_line(struct table_writer *writer, const struct text *cells)
{
    struct buf line = {0};
    bool first = true;
    for (size_t i = 0; i < writer->count; i++) {
        if (!writer->widths[i])
            continue;
        if (!first)
            buf_add_char(&line, ' ');
        first = false;
        if (writer->styled)
            buf_add_text(&line, STYLE_HEADING);
        text_field(&line, cells[i], writer->widths[i], writer->aligns[i], i + 1 < writer->count);
        if (writer->styled)
            buf_add_text(&line, STYLE_END);
    }
    return finish(writer, &line);
}

static void trim_end(struct buf *line, size_t from)
{
    while (line->size > from && line->data[line->size - 1] == ' ')
        line->size--;
}

// The walks of one wrapped row: a column without text left shows blanks where a later one still has some; the
// last one that has any ends without blanks.
static bool write_wrapped_line(struct table_writer *writer, struct line_walk *walks, size_t last_visible,
                               bool *ret_any)
{
    struct buf line = {0};
    size_t last = 0;
    *ret_any = false;
    for (size_t i = 0; i < writer->count; i++)
        if (writer->widths[i] && walks[i].more) {
            last = i;
            *ret_any = true;
        }
    if (!*ret_any)
        return true;
    for (size_t i = 0; i <= last; i++) {
        if (!writer->widths[i])
            continue;
        struct text part = {"", 0};
        bool has = line_walk_next(&walks[i], &part);
        if (writer->styled)
            buf_add_text(&line, STYLE_HEADING);
        size_t from = line.size;
        if (i > 0)
            buf_add_char(&line, ' ');
        text_field(&line, part, writer->widths[i], has ? writer->aligns[i] : ALIGN_LEFT, i < last_visible);
        if (i == last)
            trim_end(&line, from);
        if (writer->styled)
            buf_add_text(&line, STYLE_END);
    }
    return finish(writer, &line);
}

static bool write_wrapped(struct table_writer *writer, const struct text *cells)
{
    struct line_walk *walks = mem_new(writer->count, sizeof *walks);
    if (!walks)
        return throw_memory(writer->in);
    size_t last_visible = 0;
    for (size_t i = 0; i < writer->count; i++) {
        line_walk_start(&walks[i], cells[i], writer->widths[i], writer->widths[i]);
        if (writer->widths[i])
            last_visible = i;
    }
    bool ok = true, any = true;
    while (ok && any)
        ok = write_wrapped_line(writer, walks, last_visible, &any);
    mem_free(walks, writer->count * sizeof *walks);
    return ok;
}

bool table_write_row(struct table_writer *writer, const struct text *cells, bool wrap)
{
    if (writer->disabled)
        return true;
    return wrap ? write_wrapped(writer, cells) : write_line(writer, cells);
}

static size_t dashes_for(const struct table_writer *writer, struct text label, size_t column)
{
    size_t cells = text_cells(label), width = writer->widths[column];
    return cells > 0 && cells < width ? cells : width;
}

bool table_write_header(struct table_writer *writer, const struct text *labels)
{
    if (writer->disabled)
        return true;
    writer->styled = writer->sink->colour;
    if (!write_wrapped(writer, labels))
        return false;
    struct buf dashes = {0};
    struct text *rules = mem_new(writer->count, sizeof *rules);
    buf_add_repeat(&dashes, '-', writer->sink->width);
    bool ok = rules && !dashes.failed;
    for (size_t i = 0; ok && i < writer->count; i++)
        rules[i] = (struct text){buf_text(&dashes), dashes_for(writer, labels[i], i)};
    ok = ok ? write_line(writer, rules) : throw_memory(writer->in);
    writer->styled = false;
    mem_free(rules, writer->count * sizeof *rules);
    buf_free(&dashes);
    return ok;
}
