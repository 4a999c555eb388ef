// interp/providers/environment.h: the session's environment variables, as programs it starts would see them.
#ifndef INTERP_ENVIRONMENT_H
#define INTERP_ENVIRONMENT_H

#include "interp/value/value.h"

bool environment_start(struct interp *in);                                   // from the session
const char *environment_get(const struct interp *in, const char *name);      // NULL: none
bool environment_set(struct interp *in, const char *name, const char *text); // NULL removes
// As execve takes it: NAME=value texts, NULL at the end, one block that mem_free takes with its *ret_size.
bool environment_block(struct interp *in, char ***ret_block, size_t *ret_size);

#endif
