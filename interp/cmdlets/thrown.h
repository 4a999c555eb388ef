// interp/cmdlets/thrown.h: what a lower layer threw, told as this command's own non-terminating error.
#ifndef CMDLETS_THROWN_H
#define CMDLETS_THROWN_H

#include "interp/eval/command.h"

bool thrown_report(struct command *cmd); // appends ",Class" to its id; as cmd_error
bool thrown_rethrow(struct command *cmd); // the same, as the error that ends this command

#endif
