// launcher/libexec.h: where the programs that jesh itself brings are found.
#ifndef LAUNCHER_LIBEXEC_H
#define LAUNCHER_LIBEXEC_H

#include <stdbool.h>

#include "base/err.h"

// Opens NAME ("jesh-restricted") with O_PATH: below JESH_LIBEXECDIR where the running program is the installed one,
// else beside the running program. The file and, for the installed one, every folder above it must belong to root (or,
// beside a program run from a build folder, to the owner of that program) and be writable by nobody else. No variable
// of the environment is looked at. Ids: InterpreterMissing, InterpreterUntrusted.
bool libexec_open(const char *name, int *ret_fd, struct err *err);

#endif
