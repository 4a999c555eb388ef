// interp/cmdlets/encodings.h: the parameter -Encoding of commands that read and write files.
#ifndef CMDLETS_ENCODINGS_H
#define CMDLETS_ENCODINGS_H

#include "interp/eval/command.h"
#include "interp/providers/encoding.h"

// UTF-8 where it is not bound. A name that is none throws ParameterArgumentTransformationError.
bool encoding_param(struct command *cmd, unsigned param, enum encoding *ret_encoding);

#endif
