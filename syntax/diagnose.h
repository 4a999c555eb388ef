// syntax/diagnose.h: the errors of one text, in the order in which PowerShell finds them.
#ifndef SYNTAX_DIAGNOSE_H
#define SYNTAX_DIAGNOSE_H

#include <stdbool.h>
#include <stdint.h>

#include "syntax/parser.h"

enum parse_error_id {
#define PARSE_ERROR(id, text) PE_##id,
#include "syntax/parse-errors.def"
#undef PARSE_ERROR
};

enum syntax_limit {
#define SYNTAX_LIMIT(name, value, id) LIMIT_##name = (value),
#include "syntax/limits.def"
#undef SYNTAX_LIMIT
};

struct extent {
    uint32_t start,
        end; // byte offsets; the end of the text is one past the last byte plus one, as in PowerShell
};

// Records an error unless the same one stands there already. Never fails: without memory, or over the limit,
// the error that is lost is not the first. Positions in UTF-16 units are filled in when the parse ends.
void diagnose(struct source *source, struct extent at, enum parse_error_id id, bool incomplete);

const char *parse_error_name(enum parse_error_id id);

#endif
