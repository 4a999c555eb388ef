#include "interp/cmdlets/locations.h"

#include "interp/eval/interp.h"
#include "interp/providers/path.h"

enum { PASS_THRU, STACK_NAME };

static const struct param params[] = {
    {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},
    {"StackName", "string", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {0},
};

static bool process(struct command *cmd)
{
    const char *stack = cmd_bound(cmd, STACK_NAME) ? value_text(cmd->arg[STACK_NAME]) : NULL;
    bool popped;
    if (!location_pop(cmd->in, stack, &popped))
        return false;
    return !popped || !cmd_switch(cmd, PASS_THRU) || location_pass_thru(cmd);
}

const struct cmdlet cmdlet_pop_location = {.params = params, .process = process};
