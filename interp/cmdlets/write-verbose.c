#include "interp/eval/command.h"

static const struct param params[] = {
    {"Message", "string", "Msg", 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_ALLOW_EMPTY},
    {0},
};

static bool process(struct command *cmd)
{
    return cmd_stream(cmd, STREAM_VERBOSE, cmd->arg[0]);
}

const struct cmdlet cmdlet_write_verbose = {.params = params, .process = process};
