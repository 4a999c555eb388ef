#include "interp/cmdlets/breakpoints.h"

static const struct param params[] = {BREAKPOINT_PARAMS, {0}};

static bool remove_one(struct command *cmd, value breakpoint)
{
    return breakpoint_drop(cmd->in, BREAKPOINT(breakpoint)), true;
}

static bool process(struct command *cmd)
{
    return breakpoints_each(cmd, remove_one);
}

const struct cmdlet cmdlet_remove_psbreakpoint = {
    .params = params, .sets = breakpoint_sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
