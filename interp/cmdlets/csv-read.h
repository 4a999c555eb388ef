// interp/cmdlets/csv-read.h: records of comma-separated values, as PowerShell splits them.
#ifndef CMDLETS_CSV_READ_H
#define CMDLETS_CSV_READ_H

#include "base/buf.h"

struct csv_field {
    size_t at, size;
}; // in the record's text

struct csv_record {
    struct buf text; // the fields, one after the other, each followed by a NUL
    struct csv_field *fields;
    size_t count, capacity;
};

struct csv_reader {
    const char *at, *end;
    const char *delimiter;
};

// The next record: quoted fields may hold delimiters, line ends and doubled quotes. Blanks before a field do
// not count, an empty last field neither. *ret_more false: the text has ended. False: no memory.
bool csv_next(struct csv_reader *reader, struct csv_record *record, bool *ret_more);
bool csv_is_blank(const struct csv_record *record); // a line of nothing
void csv_free(struct csv_record *record);

#endif
