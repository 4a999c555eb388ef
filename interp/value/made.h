// interp/value/made.h: types made at run time: generic ones with their arguments, arrays of arrays, arrays of
// rank > 1.
#ifndef INTERP_MADE_H
#define INTERP_MADE_H

#include "interp/value/value.h"

size_t type_rank(const struct type *type); // of an array type: 1, or the number of dimensions
void made_types_free(struct interp *in) __attribute__((weak)); // at the session's end

#endif
