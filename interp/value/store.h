// interp/value/store.h: what assignments do to objects. jesh-full alone.
#ifndef INTERP_STORE_H
#define INTERP_STORE_H

#include "interp/value/value.h"

bool store_index(struct interp *in, value target, value index, value v); // target[index] = v
bool store_member(struct interp *in, value target, const char *name, size_t size, bool is_static, value v);

#endif
