// interp/value/append.h: += in place. jesh-full alone.
#ifndef INTERP_APPEND_H
#define INTERP_APPEND_H

#include "interp/value/value.h"

// *slot = *slot + right. A string or object[] that nobody else holds grows where it is, with room for more.
bool value_append(struct interp *in, value *slot, value right);

#endif
