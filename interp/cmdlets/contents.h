// interp/cmdlets/contents.h: what Set-Content and Add-Content share.
#ifndef CMDLETS_CONTENTS_H
#define CMDLETS_CONTENTS_H

#include "interp/cmdlets/encodings.h"
#include "interp/cmdlets/items.h"
#include "interp/providers/content.h"

enum {
    CONTENT_VALUE = ITEM_PARAM_COUNT,
    CONTENT_PASS_THRU,
    CONTENT_FORCE_PARAM,
    CONTENT_NO_NEWLINE,
    CONTENT_ENCODING,
    CONTENT_AS_BYTES
};

#define CONTENT_PARAMS                                                                                       \
    ITEM_PARAMS(0),                                                                                          \
        {"Value",                                                                                            \
         "object[]",                                                                                         \
         NULL,                                                                                               \
         1,                                                                                                  \
         PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY |          \
             PARAM_ALLOW_EMPTY_COLLECTION,                                                                   \
         0},                                                                                                 \
        {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0}, {"Force", "switch", NULL, PARAM_NAMED, 0, 0},       \
        {"NoNewline", "switch", NULL, PARAM_NAMED, 0, 0},                                                    \
        {"Encoding", "System.Text.Encoding", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY,                     \
         0,          .rule = &encoding_rule},                                                                \
    {                                                                                                        \
        "AsByteStream", "switch", NULL, PARAM_NAMED, 0, 0                                                    \
    }

struct content_target {
    struct place place;
    struct content_writer writer;
};

// The items being written, open for as long as the paths stay the same.
struct contents {
    struct content_target *targets;
    size_t count;
    value paths; // whose targets these are
    value flat;  // LIST of values for flat items, or $null
};

// The parts of a cmdlet whose state is a struct contents.
bool contents_process(struct command *cmd, bool append);
bool contents_end(struct command *cmd); // hands flat items their values
void contents_clean(struct command *cmd);

#endif
