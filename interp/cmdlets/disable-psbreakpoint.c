#include "interp/cmdlets/breakpoints.h"

enum { PASS_THRU = BREAKPOINT_PARAM_COUNT };
static const struct param params[] = {BREAKPOINT_PARAMS, {"PassThru", "switch", NULL, PARAM_NAMED}, {0}};

static bool disable_one(struct command *cmd, value breakpoint)
{
    BREAKPOINT(breakpoint)->enabled = false;
    return !cmd_switch(cmd, PASS_THRU) || cmd_write(cmd, breakpoint);
}

static bool process(struct command *cmd)
{
    return breakpoints_each(cmd, disable_one);
}

const struct cmdlet cmdlet_disable_psbreakpoint = {
    .params = params, .sets = breakpoint_sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
