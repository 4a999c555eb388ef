// interp/value/match-info.h: what Select-String finds: Microsoft.PowerShell.Commands.MatchInfo and its
// context.
#ifndef INTERP_MATCH_INFO_H
#define INTERP_MATCH_INFO_H

#include "interp/value/objects.h"

// Where a MatchInfo's properties stand among its fields.
enum {
    MATCH_IGNORE_CASE,
    MATCH_NUMBER,
    MATCH_LINE,
    MATCH_PATH,
    MATCH_PATTERN,
    MATCH_CONTEXT, // MatchInfoContext: its properties in the order of their names below; or $null
    MATCH_MATCHES,
};
enum { CONTEXT_BEFORE, CONTEXT_BEHIND, CONTEXT_SHOWN_BEFORE, CONTEXT_SHOWN_BEHIND };
#define MATCH_NO_FILE "InputStream"

// As ToString(directory) says it: files below the folder go by what follows it.
bool match_info_text(struct interp *in, value self, const char *directory, value *ret);

#endif
