// launcher/session.h: one session from the command line to its exit status.
#ifndef LAUNCHER_SESSION_H
#define LAUNCHER_SESSION_H

#include <stdbool.h>

#include "base/err.h"
#include "launcher/options.h"

struct hooks;

// Loads the configuration, launches the interpreter behind its policy, brokers until the end, leaves nothing
// behind. False: there was no session, or it was ended; err->status is the exit status.
bool session_run(const struct options *options, const struct hooks *hooks, int *ret_status, struct err *err);

#endif
