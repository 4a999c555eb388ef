// interp/cmdlets/breakpoints.h: what is noticed when a command is called. There is no debugger here to stop
// in: a breakpoint counts, and runs its action.
#ifndef CMDLETS_BREAKPOINTS_H
#define CMDLETS_BREAKPOINTS_H

#include "interp/eval/interp.h"
#include "interp/value/value.h"

struct breakpoint { // V_OBJECT of type_command_breakpoint
    struct object head;
    int32_t id, hits;
    bool enabled;
    value command; // STRING, a pattern
    value script;  // STRING: only there; or $null
    value action;  // SCRIPTBLOCK or $null
};
extern const struct type type_breakpoint, type_breakpoint_array, type_command_breakpoint;
#define BREAKPOINT(v) ((struct breakpoint *)(v).object)

// In the session's list, with the next number.
bool breakpoint_new(struct interp *in, value command, value script, value action, value *ret);
void breakpoint_drop(struct interp *in, const struct breakpoint *breakpoint);
size_t breakpoint_count(const struct interp *in);
value breakpoint_at(const struct interp *in, size_t at); // borrowed; those of the session, by number

// The first two parameters of the commands that change some: -Breakpoint, -Id.
enum breakpoint_param { BREAKPOINT_OBJECTS, BREAKPOINT_ID, BREAKPOINT_PARAM_COUNT };
extern const char *const breakpoint_sets[];
extern const struct param_rule breakpoint_rule;
#define BREAKPOINT_PARAMS                                                                                    \
    {"Breakpoint",                                                                                           \
     "System.Management.Automation.Breakpoint[]",                                                            \
     NULL,                                                                                                   \
     0,                                                                                                      \
     PARAM_MANDATORY | PARAM_PIPELINE | PARAM_NOT_NULL,                                                      \
     1,                                                                                                      \
     .rule = &breakpoint_rule},                                                                              \
    {                                                                                                        \
        "Id", "int[]", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY | PARAM_NOT_NULL, 2                         \
    }

// Calls each for those that the parameters name and that may be changed; what is not there is reported.
bool breakpoints_each(struct command *cmd, bool (*each)(struct command *cmd, value breakpoint));

#endif
