// interp/eval/steppable.h: { command }.GetSteppablePipeline(). In jesh-full only.
#ifndef INTERP_STEPPABLE_H
#define INTERP_STEPPABLE_H

#include "interp/eval/interp.h"

bool steppable_new(struct interp *in, value block, value *ret); // throws where it is not one pipeline

#endif
