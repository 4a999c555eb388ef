// launcher/listed.h: opening what Linux.Mounts lists.
//
// Below a folder that the same profile lets a session write to, a session could have put a link in the place of what is
// listed there, and the next session would be shown whatever it leads to. So below such a folder no link is followed.
#ifndef LAUNCHER_LISTED_H
#define LAUNCHER_LISTED_H

#include "launcher/steps.h"

// O_PATH, and `flags`; -1 with errno, ELOOP for such a link. A path that is not listed is opened as it is.
int listed_open(const struct confine *confine, const char *path, int flags);

#endif
