// interp/cmdlets/com.h: the three COM objects that the seed documents allow, as native objects. What touches files goes
// through the session's own commands, so that its providers decide. jesh-full alone.
#ifndef INTERP_COM_H
#define INTERP_COM_H

#include "interp/value/value.h"

// *ret_known false: there is no such class. Letter case does not matter.
bool com_new(struct interp *in, const char *class_name, bool *ret_known, value *ret) __attribute__((weak));

#endif
