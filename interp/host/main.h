// interp/host/main.h: what both interpreters do; they differ in the commands that are linked in.
#ifndef INTERP_HOST_MAIN_H
#define INTERP_HOST_MAIN_H

#include "interp/eval/interp.h"

// Installs filter 2, says READY, runs what comes, and returns the exit status.
int host_main(const struct cmdlet *const *cmdlets, const struct provider *const *providers);

#endif
