// interp/host/filter.h: the second seccomp filter, put on by the interpreter itself before it hears anything.
//
// The escape probe links this very object: what holds the probe is what holds the interpreter.
#ifndef INTERP_HOST_FILTER_H
#define INTERP_HOST_FILTER_H

#include <stdbool.h>

#include "base/err.h"

// Reads the filter from a sealed memfd (SESSION_FILTER_FD), makes the process undumpable, installs the filter
// and closes the descriptor. Ids: FilterUnsealed, FilterMalformed, FilterRefused. On failure nothing may run.
bool filter_two(int fd, struct err *err);

#endif
