// interp/eval/host-object.h: $Host, the program around the session as programs see it. jesh-full alone.
#ifndef INTERP_HOST_OBJECT_H
#define INTERP_HOST_OBJECT_H

#include "interp/value/value.h"

bool host_object_new(struct interp *in, value *ret) __attribute__((weak));

#endif
