// interp/format/text.h: text measured in screen cells: truncated, padded, split into lines; and values as
// such text.
#ifndef INTERP_FORMAT_TEXT_H
#define INTERP_FORMAT_TEXT_H

#include "base/buf.h"
#include "interp/value/value.h"

struct text {
    const char *at;
    size_t size;
}; // borrowed UTF-8

static inline struct text text_of(value v)
{
    return v.kind == V_STRING ? (struct text){v.string->text, v.string->size} : (struct text){"", 0};
}

#define ELLIPSIS "\xE2\x80\xA6"

// Cells on the screen: 2 for wide East Asian characters, one for each other UTF-16 unit, none for escape
// sequences.
size_t text_cells(struct text text);
// Bytes of the longest beginning (or end) of text that takes at most `cells` cells.
size_t text_head(struct text text, size_t cells);
size_t text_tail(struct text text, size_t cells);

enum align { ALIGN_UNDEFINED, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

// Appends text as one cell of a row, `width` cells wide: its first line, cut with an ellipsis where it is
// longer. Without pad nothing is added after the text.
void text_field(struct buf *out, struct text text, size_t width, enum align align, bool pad);

// Walks the lines that text gives when broken at newlines and, hard, at the width: the first line may have
// another width than those that follow. Empty text is one empty line.
struct line_walk {
    struct text rest;
    size_t first, next;
    bool more, in_line, first_line;
};
void line_walk_start(struct line_walk *walk, struct text text, size_t first, size_t next);
bool line_walk_next(struct line_walk *walk, struct text *ret_line);

// The text of a value in a cell or a list: collections as {a, b…} up to the limit (below 0: none), $null as
// "". In table cells fractions have two decimals.
bool text_of_value(struct interp *in, value v, long limit, bool in_table, value *ret_string);
// As given by a format string ("N2" or "{0:N2}"); falls back to text_of_value where it does not fit the
// value.
bool text_of_formatted(struct interp *in, value v, value format, long limit, value *ret_string);
long text_enumeration_limit(struct interp *in); // $FormatEnumerationLimit, 4 where it is not a number

// What formatting enumerates: collections and dictionaries, not strings.
bool text_enumerates(value v);
bool text_entries(struct interp *in, const struct table *table, value *ret_array); // of DictionaryEntry

#endif
