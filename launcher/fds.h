// launcher/fds.h: the process as it was handed to jesh, made ordinary before anything else is done.
#ifndef LAUNCHER_FDS_H
#define LAUNCHER_FDS_H

#include <stdbool.h>

#include "base/err.h"

// Refuses to start with raised privileges (setuid, file capabilities), opens what is missing of descriptors 0–2 on
// /dev/null, marks all others close-on-exec, and gives every signal its default action and none of them blocked.
bool start_clean(struct err *err);

#endif
