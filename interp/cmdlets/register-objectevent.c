// Register-ObjectEvent: no object here raises events, so that there is none of any name.
#include "interp/eval/interp.h"

enum { INPUT, EVENT_NAME };
static const struct param params[] = {
    {"InputObject", "psobject", NULL, 0, PARAM_MANDATORY},
    {"EventName", "string", NULL, 1, PARAM_MANDATORY},
    {"SourceIdentifier", "string", NULL, 100},
    {"Action", "scriptblock", NULL, 101},
    {"MessageData", "psobject", NULL, PARAM_NAMED},
    {"SupportEvent", "switch", NULL, PARAM_NAMED},
    {"Forward", "switch", NULL, PARAM_NAMED},
    {"MaxTriggerCount", "int", NULL, PARAM_NAMED},
    {0},
};

static bool end(struct command *cmd)
{
    return cmd_throw(cmd, "INVALID_REGISTRATION", CAT_InvalidArgument, value_null,
                     "The object has no event of the name '%s'.", value_text(cmd->arg[EVENT_NAME]));
}

const struct cmdlet cmdlet_register_objectevent = {.params = params, .end = end};
