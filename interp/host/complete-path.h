// interp/host/complete-path.h: completion of paths, through the providers that the session shows.
#ifndef INTERP_HOST_COMPLETE_PATH_H
#define INTERP_HOST_COMPLETE_PATH_H

#include "interp/host/complete.h"

// Adds what the word, as far as it is typed, may become; quoted where it must be. Adds nothing where no
// provider with paths is visible.
void complete_path(struct interp *in, const char *word, size_t size, struct arena *arena,
                   struct completions *ret);

#endif
