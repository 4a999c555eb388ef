// interp/eval/background.h: pipelines that become jobs. jesh-full alone.
#ifndef INTERP_BACKGROUND_H
#define INTERP_BACKGROUND_H

#include "interp/eval/state.h"

bool background_start(struct interp *in, value block, struct sink *out); // writes the job

#endif
