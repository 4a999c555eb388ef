#include "interp/eval/command.h"

enum { INPUT_OBJECT, NO_ENUMERATE };

static const struct param params[] = {
    {"InputObject", "psobject[]", NULL, 0,
     PARAM_MANDATORY | PARAM_PIPELINE | PARAM_REMAINING | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY_COLLECTION},
    {"NoEnumerate", "switch", NULL, PARAM_NAMED},
    {0},
};

static bool process(struct command *cmd)
{
    if (cmd_switch(cmd, NO_ENUMERATE))
        return cmd_write(cmd, cmd->arg[INPUT_OBJECT]);
    return cmd_write_each(cmd, cmd->arg[INPUT_OBJECT]);
}

const struct cmdlet cmdlet_write_output = {.params = params, .process = process};
