// interp/eval/session-state.h: $ExecutionContext and SessionState objects: a session state as programs see
// it.
#ifndef INTERP_SESSION_STATE_H
#define INTERP_SESSION_STATE_H

#include "interp/eval/interp.h"

// Of a module (OBJECT of struct module); $null: the global state.
bool session_state_new(struct interp *in, value module, value *ret) __attribute__((weak));
bool execution_context(struct interp *in, value *ret)
    __attribute__((weak)); // $ExecutionContext, as it is here

// The mode only narrows: for the code that runs, and for every text from now on.
void session_narrow(struct interp *in, enum language_mode mode);

#endif
