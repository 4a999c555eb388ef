// interp/value/delegate.h: script blocks as delegates. jesh-full alone.
#ifndef INTERP_DELEGATE_H
#define INTERP_DELEGATE_H

#include "interp/value/objects.h"

bool type_is_delegate(const struct type *type);
bool delegate_new(struct interp *in, const struct type *type, value block, value *ret);
value delegate_block(value v); // of a delegate its script block; everything else itself; borrowed
extern const struct property delegate_properties[];

#endif
