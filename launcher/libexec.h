// launcher/libexec.h: where the programs that jesh itself brings are found.
#ifndef LAUNCHER_LIBEXEC_H
#define LAUNCHER_LIBEXEC_H

#include <stdbool.h>

#include "base/err.h"

// Opens NAME ("jesh-restricted") with O_PATH: beside the running program (a build folder), else in libexec/jesh of the
// prefix that the program is installed in, else below JESH_LIBEXECDIR. The file and every folder above it must belong to
// root, or in the first two places to the owner of the running program, and be writable by nobody else. No variable of
// the environment is looked at. Ids: InterpreterMissing, InterpreterUntrusted.
bool libexec_open(const char *name, int *ret_fd, struct err *err);

#endif
