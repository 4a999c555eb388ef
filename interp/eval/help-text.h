// interp/eval/help-text.h: what Get-Help shows of a function.
#ifndef INTERP_HELP_TEXT_H
#define INTERP_HELP_TEXT_H

#include "interp/eval/interp.h"

// The text of an object that function_help made of the command `info`.
bool help_text(struct interp *in, const char *name, value info, value help, value *ret);

#endif
