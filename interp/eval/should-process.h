// interp/eval/should-process.h: -WhatIf and -Confirm.
#ifndef INTERP_SHOULD_PROCESS_H
#define INTERP_SHOULD_PROCESS_H

#include "interp/eval/command.h"

// As cmd_should_process, with ConfirmImpact; verbose output says what is done.
bool should_process(struct command *cmd, const char *target, const char *operation, bool *ret_yes);
bool should_process_described(struct command *cmd, const char *description, const char *question,
                              bool *ret_yes);
// A question that only somebody at a terminal can answer; InvalidOperation where nobody is.
bool ask_somebody(struct command *cmd, const char *question, bool *ret_yes);

#endif
