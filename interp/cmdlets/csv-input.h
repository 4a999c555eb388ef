// interp/cmdlets/csv-input.h: what ConvertFrom-Csv and Import-Csv share: a text of records, written as
// objects.
#ifndef CMDLETS_CSV_INPUT_H
#define CMDLETS_CSV_INPUT_H

#include "interp/eval/command.h"

struct csv_options {
    char delimiter[5]; // UTF-8
    value header;      // ARRAY of STRING; $null: the first record
};

// -Delimiter and -Header, by where they stand in the command's table.
void csv_options_read(const struct command *cmd, unsigned delimiter, unsigned header,
                      struct csv_options *ret);
bool csv_input_read(struct command *cmd, const struct csv_options *options, const char *text, size_t size);

#endif
