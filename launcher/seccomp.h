// launcher/seccomp.h: filters as programs for the kernel. The only user of libseccomp.
//
// A compiled filter is an array of 8-byte BPF instructions (struct sock_filter), byte order of this machine.
#ifndef LAUNCHER_SECCOMP_H
#define LAUNCHER_SECCOMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "profiles/policy.h"

struct filter_code {
    const void *bytes; // whole instructions
    size_t size;       // in bytes
};

// The ready program for this filter, made when jesh was built; false: none was made for these very rows.
bool filter_lookup(const struct policy *policy, enum filter_number number, struct filter_code *ret_code);

// Makes the program in memory (0.2 ms for 130 rules) and appends it to ret_bpf. Errors: FilterNotMade.
bool filter_compile(const struct policy *policy, enum filter_number number, struct buf *ret_bpf, struct err *err);

// Looked up, or else compiled into `scratch`, which the caller frees after the last use of *ret_code.
bool filter_get(const struct policy *policy, enum filter_number number, struct buf *scratch,
                struct filter_code *ret_code, struct err *err);

// Installs a program on the calling thread, for good; no_new_privs must be set. Errors: FilterNotLoaded.
bool filter_load(struct filter_code code, struct err *err);

// Puts a program into a sealed memfd (nothing can be changed, grown or shrunk any more) at offset 0, close-on-exec.
bool filter_memfd(struct filter_code code, int *ret_fd, struct err *err);

// The number of a call on this machine; negative: it has none, or libseccomp does not know it.
int filter_call_number(const char *name);

#endif
