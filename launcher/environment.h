// launcher/environment.h: the program's environment, built from nothing.
#ifndef LAUNCHER_ENVIRONMENT_H
#define LAUNCHER_ENVIRONMENT_H

#include "base/arena.h"
#include "launcher/user.h"
#include "profiles/policy.h"

// What the policy lists: NAME=value as it stands; HOME, USER, LOGNAME and SHELL from the account; every other NAME
// (LC_* means all that begin so) from the caller, as far as its value is plain: no path, no control character.
bool environment_build(const struct policy *policy, const struct account *account, char *const *caller, struct arena *arena,
                       char ***ret_environment, struct err *err);

const char *environment_value(char *const *environment, const char *name); // NULL: not there

#endif
