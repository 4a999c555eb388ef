// interp/eval/invocation.h: $MyInvocation and $PSCmdlet.
#ifndef INTERP_INVOCATION_H
#define INTERP_INVOCATION_H

#include "interp/eval/pipeline.h"
#include "interp/eval/scope.h"

// InvocationInfo of the call that the stage runs, with its bound parameters.
bool invocation_new(struct interp *in, const struct stage *stage, const struct scope *scope, value block,
                    value bound, value *ret);
bool cmdlet_object_new(struct interp *in, const struct stage *stage, value invocation, value *ret);

#endif
