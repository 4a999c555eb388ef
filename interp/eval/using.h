// interp/eval/using.h: what a text asks for before it runs: #requires and using module. jesh-full alone.
#ifndef INTERP_USING_H
#define INTERP_USING_H

#include "interp/eval/interp.h"

// Loads what `using module` names and makes its types known in the current scope. False: thrown.
bool using_modules(struct interp *in, const struct source *source) __attribute__((weak));
// What #requires lines of a file ask for. name: of the file, as its error's target. False: thrown.
bool requires_met(struct interp *in, const struct source *source, value name) __attribute__((weak));

#endif
