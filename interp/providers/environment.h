// interp/providers/environment.h: the session's environment variables, as programs it starts would see them.
#ifndef INTERP_ENVIRONMENT_H
#define INTERP_ENVIRONMENT_H

#include "interp/value/value.h"

bool environment_start(struct interp *in);                                   // from the session
const char *environment_get(const struct interp *in, const char *name);      // NULL: none
bool environment_set(struct interp *in, const char *name, const char *text); // NULL removes

#endif
