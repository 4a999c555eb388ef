#include "interp/eval/interp.h"

static const struct param params[] = {{0}};

static bool process(struct command *cmd)
{
    cmd->in->exit_requested = true;
    cmd->in->exit_code = 0;
    return true;
}

const struct cmdlet cmdlet_exit_pssession = {.params = params, .process = process};
