// profiles/linux.h: the settings that stand under the key Linux of a .pssc file.
#ifndef PROFILES_LINUX_H
#define PROFILES_LINUX_H

#include "profiles/load.h"

// Reads every setting into the profile, with what holds where the file says nothing; `type` and `mode` of the profile
// are set. EnvironmentVariables is read here as well, since Linux.Environment adds to it.
bool linux_load(struct loader *loader, struct profile *profile);

#endif
