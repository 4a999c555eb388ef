// Register-ObjectEvent: no object here raises events, so that there is none of any name.
#include "interp/cmdlets/engine-events.h"

enum { INPUT, EVENT_NAME };
static const struct param params[] = {
    {"InputObject", "psobject", NULL, 0, PARAM_MANDATORY},
    {"EventName", "string", NULL, 1, PARAM_MANDATORY},
    {"SourceIdentifier", "string", NULL, 100},
    {"Action", "scriptblock", NULL, 101},
    SUBSCRIPTION_PARAMS,
    {0},
};

static bool end(struct command *cmd)
{
    return cmd_throw(cmd, "INVALID_REGISTRATION", CAT_InvalidArgument, value_null,
                     "The object has no event of the name '%s'.", value_text(cmd->arg[EVENT_NAME]));
}

const struct cmdlet cmdlet_register_objectevent = {.params = params, .end = end};
