// profiles/policy_names.h: words for what a policy holds, shared by its text, its JSON and `jeshctl explain`.
#ifndef PROFILES_POLICY_NAMES_H
#define PROFILES_POLICY_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "profiles/policy.h"

struct bit_name {
    uint64_t bit;
    const char *name;
};

extern const struct bit_name namespace_names[], landlock_fs_names[], landlock_net_names[], landlock_scope_names[];

// Appends the names of the bits set, separated by `between`, or "none".
void bit_names(struct buf *out, const struct bit_name *names, uint64_t bits, const char *between);

const char *mount_kind_name(enum mount_kind kind);
const char *tier_name(enum tier tier); // "full", "in-place"
const char *view_name(enum view view); // "Paths"

#endif
