// interp/providers/environment.h: the session's environment variables, as programs it starts would see them.
#ifndef INTERP_ENVIRONMENT_H
#define INTERP_ENVIRONMENT_H

#include "base/buf.h"
#include "interp/value/value.h"

bool environment_start(struct interp *in);                                   // from the session
const char *environment_get(const struct interp *in, const char *name);      // NULL: none
bool environment_set(struct interp *in, const char *name, const char *text); // NULL removes
// Appends the text with what the variables of %NAME% say; one that is not there stays as it is.
bool environment_expand(const struct interp *in, const char *text, size_t size, struct buf *out);
// As execve takes it: NAME=value texts, NULL at the end, one block that mem_free takes with its *ret_size.
bool environment_block(struct interp *in, char ***ret_block, size_t *ret_size);

#endif
