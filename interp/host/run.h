// interp/host/run.h: the texts that the broker sends, one after the other, until the session ends.
#ifndef INTERP_HOST_RUN_H
#define INTERP_HOST_RUN_H

#include "interp/host/wire-host.h"

// Runs every text; the result is the exit status of the session, by pwsh's rules for -Command and -File.
int run_texts(struct wire_host *wh);

// Runs one text; false where it did not end well.
bool run_one(struct wire_host *wh, const char *text, size_t size, const char *name, unsigned flags);

// The prompt loop: a terminal with an editor, or lines of standard input, which are then echoed behind the
// prompt. Both return whether the last text ended well.
bool prompt_loop(struct wire_host *wh);
// Standard input as one program, statement by statement, without prompts (-Command -).
bool piped_loop(struct wire_host *wh);

// host.read_line
bool prompt_read_line(void *context, const char *prompt, bool secret, char **ret_line, size_t *ret_size);

#endif
