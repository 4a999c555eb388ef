// launcher/seccomp.h: what only the makers and testers of filters need beyond launcher/filter.h.
// seccomp.c is the only user of libseccomp.
#ifndef LAUNCHER_SECCOMP_H
#define LAUNCHER_SECCOMP_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "launcher/filter.h"

// The ready program for exactly these rows, made when jesh was built; false: there is none.
bool filter_lookup(const struct policy *policy, enum filter_stage stage, struct filter *ret_filter);

// Makes the program in memory and appends it to ret_bpf. Errors: FilterNotMade.
bool filter_compile(const struct policy *policy, enum filter_stage stage, struct buf *ret_bpf, struct err *err);

// The number of a call on this machine; negative: it has none, or libseccomp does not know it.
int filter_call_number(const char *name);

#endif
