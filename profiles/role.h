// profiles/role.h: a role's file (.psrc). Roles are not in force yet: the file is read and its keys are tested.
#ifndef PROFILES_ROLE_H
#define PROFILES_ROLE_H

#include "profiles/profile.h"

struct role {
    const struct data *table;
    struct profile_note *notes;
    size_t note_count;
    struct source *source; // owns everything above
};

// Reads and checks the bytes of a .psrc. On success free with role_free.
bool role_check(const char *bytes, size_t size, const char *name, struct role **ret_role, struct err *err);
void role_free(struct role *role);

#endif
