// interp/format/text.c: cells, cuts and lines.
#include "interp/format/text.h"

#include <string.h>

#include "base/utf8.h"

static bool is_wide(uint32_t c)
{
    return c >= 0x1100 &&
           (c <= 0x115F || c == 0x2329 || c == 0x232A || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F) ||
            (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE10 && c <= 0xFE19) ||
            (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) ||
            c > 0xFFFF); // two UTF-16 units
}

// Bytes of an escape sequence (CSI … letter, or OSC … BEL/ST) at the start of text; 0: none.
static size_t escape_size(struct text text)
{
    if (text.size < 2 || text.at[0] != 0x1B)
        return 0;
    size_t i = 2;
    if (text.at[1] == '[') {
        while (i < text.size && (unsigned char)text.at[i] < 0x40)
            i++;
        return i < text.size ? i + 1 : 0;
    }
    if (text.at[1] != ']')
        return 0;
    while (i < text.size && text.at[i] != 0x07 && text.at[i] != 0x1B)
        i++;
    if (i == text.size)
        return 0;
    return text.at[i] == 0x1B && i + 1 < text.size ? i + 2 : i + 1;
}

// Size in bytes of the first unit of text and the cells it takes.
static size_t step(struct text text, size_t *ret_cells)
{
    if ((unsigned char)text.at[0] < 0x80) {
        size_t escape = escape_size(text);
        *ret_cells = escape == 0;
        return escape ? escape : 1;
    }
    size_t size;
    *ret_cells = is_wide(utf8_decode(text.at, text.size, &size)) ? 2 : 1;
    return size;
}

static struct text text_from(struct text text, size_t at)
{
    return (struct text){text.at + at, text.size - at};
}

size_t text_cells(struct text text)
{
    size_t cells = 0, one;
    for (size_t at = 0; at < text.size; cells += one)
        at += step(text_from(text, at), &one);
    return cells;
}

size_t text_head(struct text text, size_t cells)
{
    size_t at = 0, used = 0;
    while (at < text.size) {
        size_t one, size = step(text_from(text, at), &one);
        if (used + one > cells)
            break;
        used += one;
        at += size;
    }
    return at;
}

size_t text_tail(struct text text, size_t cells)
{
    size_t all = text_cells(text), at = 0;
    while (at < text.size && all > cells) {
        size_t one;
        at += step(text_from(text, at), &one);
        all -= one;
    }
    return text.size - at;
}

// What a cell shows of text that does not fit.
static void add_cut(struct buf *out, struct text text, size_t width, enum align align)
{
    size_t room = width > 1 ? width - 1 : width;
    if (align == ALIGN_RIGHT) {
        size_t tail = text_tail(text, room);
        if (width > 1)
            buf_add_text(out, ELLIPSIS);
        buf_add(out, text.at + text.size - tail, tail);
        return;
    }
    buf_add(out, text.at, text_head(text, room));
    if (width > 1)
        buf_add_text(out, ELLIPSIS);
}

static void add_padded(struct buf *out, struct text text, size_t missing, enum align align, bool pad)
{
    size_t left = align == ALIGN_RIGHT ? missing : align == ALIGN_CENTER ? missing / 2 : 0;
    buf_add_repeat(out, ' ', left);
    buf_add(out, text.at, text.size);
    if (pad)
        buf_add_repeat(out, ' ', missing - left);
}

// The text up to its first newline, with an ellipsis in scratch where there is one.
static struct text first_line(struct text text, struct buf *scratch)
{
    size_t end = 0;
    while (end < text.size && text.at[end] != '\n' && text.at[end] != '\r')
        end++;
    if (end == text.size)
        return text;
    buf_add(scratch, text.at, end);
    buf_add_text(scratch, ELLIPSIS);
    return (struct text){buf_text(scratch), scratch->size};
}

void text_field(struct buf *out, struct text text, size_t width, enum align align, bool pad)
{
    struct buf scratch = {0}, cut = {0};
    text = first_line(text, &scratch);
    if (text_cells(text) > width) {
        add_cut(&cut, text, width, align);
        text = (struct text){buf_text(&cut), cut.size};
    }
    size_t cells = text_cells(text);
    add_padded(out, text, cells < width ? width - cells : 0, align, pad);
    if (scratch.failed || cut.failed)
        out->failed = true;
    buf_free(&scratch);
    buf_free(&cut);
}

void line_walk_start(struct line_walk *walk, struct text text, size_t first, size_t next)
{
    *walk = (struct line_walk){
        .rest = text, .first = first ? first : 1, .next = next ? next : 1, .more = true, .first_line = true};
}

// Bytes before the next newline, and how many the newline takes (\r belongs to it).
static size_t line_size(struct text text, size_t *ret_newline)
{
    const char *end = memchr(text.at, '\n', text.size);
    *ret_newline = end ? 1 : 0;
    size_t size = end ? (size_t)(end - text.at) : text.size;
    if (end && size > 0 && text.at[size - 1] == '\r') {
        size--;
        ++*ret_newline;
    }
    return size;
}

bool line_walk_next(struct line_walk *walk, struct text *ret_line)
{
    if (!walk->more)
        return false;
    size_t newline, size = line_size(walk->rest, &newline);
    size_t width = walk->first_line ? walk->first : walk->next;
    size_t head = text_head((struct text){walk->rest.at, size}, width);
    walk->first_line = false;
    if (head == size) {
        *ret_line = (struct text){walk->rest.at, size};
        walk->rest = text_from(walk->rest, size + newline);
        walk->more = newline > 0;
        return true;
    }
    if (head == 0) { // a wide character where one cell is left
        size_t cells;
        head = step(walk->rest, &cells);
        *ret_line = (struct text){"?", 1};
    } else {
        *ret_line = (struct text){walk->rest.at, head};
    }
    walk->rest = text_from(walk->rest, head);
    walk->more = head < size || newline > 0;
    return true;
}
