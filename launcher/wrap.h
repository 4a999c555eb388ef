// launcher/wrap.h: jesh --profile F -- PROGRAM ARGS: a native program under a profile's policy, held by one filter.
#ifndef LAUNCHER_WRAP_H
#define LAUNCHER_WRAP_H

#include <stdbool.h>

#include "base/err.h"

struct hooks;

struct wrap {
    const char *profile;   // path of the .pssc
    char *const *argv;     // PROGRAM ARGS, NULL at the end
    int status_fd;         // JSON lines are written there; -1: none
};

// Runs to the end. False: nothing ran, err->status is the exit status.
bool wrap_run(const struct wrap *wrap, const struct hooks *hooks, int *ret_status, struct err *err);

#endif
