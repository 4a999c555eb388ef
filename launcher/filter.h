// launcher/filter.h: the two seccomp filters of a policy as programs for the kernel.
//
// seccomp.c builds them (at build time for the sets of shipped rights, else in memory); seal.c moves and installs them.
#ifndef LAUNCHER_FILTER_H
#define LAUNCHER_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "profiles/policy.h"

struct filter {
    const void *code;  // an array of struct sock_filter
    size_t size;       // bytes
    bool owned;        // from mem_new: filter_free frees it; false: part of the program
};

bool filter_build(const struct policy *policy, enum filter_stage stage, struct filter *ret_filter, struct err *err);
void filter_free(struct filter *filter);

// A sealed, read-only memfd that holds the program, close-on-exec.
bool filter_seal(const struct filter *filter, int *ret_fd, struct err *err);

// Needs no_new_privs. What is not allowed by the program is over when this returns.
bool filter_install(const struct filter *filter, struct err *err);

#endif
