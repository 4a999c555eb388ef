// interp/host/complete.h: what may be typed at the cursor: visible commands and aliases, their parameters,
// and names of files where the session sees files. Nothing else exists for it.
#ifndef INTERP_HOST_COMPLETE_H
#define INTERP_HOST_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "interp/eval/interp.h"

enum { COMPLETIONS = 1000 };

struct completions {    // everything lives in the arena given
    size_t start, end;  // bytes of the text that a completion replaces
    const char **texts; // sorted ignoring case, each once
    size_t count;
};

bool complete(struct interp *in, const char *text, size_t size, size_t cursor, struct arena *arena,
              struct completions *ret);

#endif
