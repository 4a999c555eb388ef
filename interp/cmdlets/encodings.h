// interp/cmdlets/encodings.h: the parameter -Encoding of commands that read and write files.
#ifndef CMDLETS_ENCODINGS_H
#define CMDLETS_ENCODINGS_H

#include "interp/eval/command.h"
#include "interp/providers/encoding.h"

extern const struct param_rule encoding_rule; // of the parameter: a name that is none is refused when bound

// UTF-8 where it is not bound.
bool encoding_param(struct command *cmd, unsigned param, enum encoding *ret_encoding);

#endif
