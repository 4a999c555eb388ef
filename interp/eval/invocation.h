// interp/eval/invocation.h: $MyInvocation and $PSCmdlet.
#ifndef INTERP_INVOCATION_H
#define INTERP_INVOCATION_H

#include "interp/eval/pipeline.h"
#include "interp/eval/scope.h"

// InvocationInfo of the call that the stage runs, with its bound parameters.
bool invocation_new(struct interp *in, const struct stage *stage, const struct scope *scope, value block,
                    value bound, value *ret);
// Of the text that is typed at the top and runs now; $null where there is none.
bool invocation_typed(struct interp *in, value *ret) __attribute__((weak));
bool call_invocation(struct interp *in, const struct stage *stage,
                     value *ret) // of the running block's own call: $MyInvocation
    __attribute__((weak));
const char *frame_name(const struct frame *frame); // as stack traces say it
struct place { // in a text; source NULL: nowhere
    const struct source *source;
    uint32_t start, end;
    uint32_t history; // as interp's
};
// What an ErrorRecord says of the command (or $null) it comes from, and of its place.
bool invocation_of_error(struct interp *in, const struct place *place, value command, value called_as,
                         value *ret);
enum error_extent { EXTENT_STATEMENT, EXTENT_COMMAND, EXTENT_NAME };
uint32_t error_end(const struct source *source, uint32_t offset,
                   enum error_extent extent); // of what begins there
void cmdlet_object_end(value v);              // its call is over
bool cmdlet_object_new(struct interp *in, struct stage *stage, value invocation, value *ret);


#endif
