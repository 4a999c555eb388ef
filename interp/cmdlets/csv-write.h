// interp/cmdlets/csv-write.h: objects as lines of comma-separated values.
#ifndef CMDLETS_CSV_WRITE_H
#define CMDLETS_CSV_WRITE_H

#include "base/buf.h"
#include "interp/value/value.h"

enum csv_quotes { CSV_NEVER, CSV_ALWAYS, CSV_AS_NEEDED };

struct csv_writer {
    struct interp *in;
    char delimiter[5]; // UTF-8
    enum csv_quotes quotes;
    value quote_fields; // ARRAY of names: only these are quoted; or $null
    value columns;      // LIST of STRING, taken from the first object; $null before
};

bool csv_columns(struct csv_writer *writer, value object); // fills columns
bool csv_header(struct csv_writer *writer, struct buf *out);
bool csv_row(struct csv_writer *writer, value object, struct buf *out);

#endif
