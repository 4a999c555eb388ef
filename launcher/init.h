// launcher/init.h: the processes between the supervisor and the program.
#ifndef LAUNCHER_INIT_H
#define LAUNCHER_INIT_H

#include "launcher/steps.h"

// Pid 1 of the new namespaces: runs its steps, starts the program, forwards signals to it and reaps. Its end, with the
// program's exit status, ends every process inside.
_Noreturn void init_main(struct confine *confine);

// Starts the process that becomes the program, and waits until it has been executed or failed. On success
// confine->child and confine->pidfd are set (the pidfd only where `want_pidfd`).
bool program_spawn(struct confine *confine, bool want_pidfd, struct err *err);

int status_of_wait(int wait_status); // the exit status, or 128 + signal

#endif
