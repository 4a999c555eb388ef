// launcher/status.h: what --status-fd is told, one JSON object a line: {"event":"start"|"exit"|"refused", …}.
#ifndef LAUNCHER_STATUS_H
#define LAUNCHER_STATUS_H

#include "launcher/launch.h"

// fd -1: does nothing. A reader that went away is not an error of the session.
void status_start(int fd, const struct profile *profile, const struct running *running, const char *filters);
void status_exit(int fd, int status);
void status_refused(int fd, const struct err *err);

// "seen" or "claimed" for a session, "one" for a wrapped program.
const char *status_filters(enum witness witness);

#endif
