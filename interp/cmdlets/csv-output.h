// interp/cmdlets/csv-output.h: what ConvertTo-Csv and Export-Csv share: objects, one after the other, as
// lines.
#ifndef CMDLETS_CSV_OUTPUT_H
#define CMDLETS_CSV_OUTPUT_H

#include "interp/cmdlets/csv-write.h"
#include "interp/eval/command.h"

// The end of both commands' tables of parameters, from -Delimiter on; their sets are csv_output_sets.
enum csv_param {
    CSV_DELIMITER,
    CSV_USE_CULTURE,
    CSV_INCLUDE_TYPE,
    CSV_NO_TYPE,
    CSV_QUOTE_FIELDS,
    CSV_USE_QUOTES,
    CSV_NO_HEADER
};
#define CSV_OUTPUT_PARAMS                                                                                    \
    {"Delimiter", "char", NULL, 1, 0, 1}, {"UseCulture", "switch", NULL, PARAM_NAMED, 0, 2},                 \
        {"IncludeTypeInformation", "switch", "ITI", PARAM_NAMED, 0, 0},                                      \
        {"NoTypeInformation", "switch", "NTI", PARAM_NAMED, 0, 0},                                           \
        {"QuoteFields", "string[]", "QF", PARAM_NAMED, 0, 0},                                                \
        {"UseQuotes", "Microsoft.PowerShell.Commands.BaseCsvWritingCommand+QuoteKind",                       \
         "UQ",        PARAM_NAMED,                                                                           \
         0,           0},                                                                                    \
    {                                                                                                        \
        "NoHeader", "switch", NULL, PARAM_NAMED, 0, 0                                                        \
    }
extern const char *const csv_output_sets[];

struct csv_output {
    struct csv_writer writer; // its columns, where they are given beforehand, have no header
    unsigned first;           // where -Delimiter stands
    bool (*put)(struct command *cmd, const char *line, size_t size);
};

bool csv_output_begin(struct command *cmd,
                      struct csv_output *out); // throws what the parameters cannot say together
bool csv_output_add(struct command *cmd, struct csv_output *out, value object);
void csv_output_free(struct csv_output *out);

#endif
