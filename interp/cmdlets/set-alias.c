#include "interp/cmdlets/aliases.h"

static bool process(struct command *cmd)
{
    return alias_change(cmd, true);
}

const struct cmdlet cmdlet_set_alias = {
    .params = alias_params, .properties = CMDLET_SHOULD_PROCESS, .process = process};
