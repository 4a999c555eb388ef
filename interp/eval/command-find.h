// interp/eval/command-find.h: what a command's name leads to.
#ifndef INTERP_COMMAND_FIND_H
#define INTERP_COMMAND_FIND_H

#include "interp/eval/interp.h"

// The session's command of that name, through aliases, or Get-NAME of one without a dash; NULL: none.
const struct visible_command *command_find(struct interp *in, value name);
// The function of that name, through aliases, or Mod\Name of a module, which *ret_module then holds; NULL: none.
struct scriptblock *command_function(struct interp *in, value name, value *ret_module);

#endif
