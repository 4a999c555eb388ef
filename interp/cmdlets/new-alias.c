#include "interp/cmdlets/aliases.h"

static bool process(struct command *cmd)
{
    return alias_change(cmd, false);
}

const struct cmdlet cmdlet_new_alias = {
    .params = alias_params, .properties = CMDLET_SHOULD_PROCESS, .impact = ASKS_LOW, .process = process};
