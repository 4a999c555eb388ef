// interp/format/writer.h: the four shapes as lines.
#ifndef INTERP_FORMAT_WRITER_H
#define INTERP_FORMAT_WRITER_H

#include "interp/format/packet.h"

struct line_sink { // where finished lines go
    void *context;
    bool (*line)(void *context, const char *text,
                 size_t size); // without newline; false: stop, the error is thrown
    size_t width;              // columns that a line may take
    bool colour;               // headings and labels stand out
};
#define STYLE_HEADING "\x1b[32;1m"
#define STYLE_END "\x1b[0m"
bool sink_text(const struct line_sink *sink, struct text text);
bool sink_blank(const struct line_sink *sink);

// A table whose column widths are settled.
struct table_writer {
    struct interp *in;
    const struct line_sink *sink;
    size_t count;
    size_t *widths; // 0: the column is hidden
    enum align *aligns;
    bool disabled; // no column fits
    bool styled;   // the line being written is part of the header, in colour
};
// widths: what each column asks for, 0 where it takes a share of what is left. Both arrays are copied.
bool table_writer_open(struct interp *in, const struct line_sink *sink, const size_t *widths,
                       const enum align *aligns, size_t count, struct table_writer *ret);
void table_writer_close(struct table_writer *writer);
bool table_write_header(struct table_writer *writer, const struct text *labels);
bool table_write_row(struct table_writer *writer, const struct text *cells, bool wrap);

bool list_write(struct interp *in, const struct line_sink *sink, const struct field *fields, size_t count);
bool markup_write(struct interp *in, const struct line_sink *sink, const struct mark *marks, size_t count);

#endif
