#include "interp/cmdlets/engine-events.h"
#include "interp/eval/state.h"

static const char *const sets[] = {"BySource", "ById", NULL};
static const struct param params[] = {
    {"SourceIdentifier", "string", NULL, 0, PARAM_PROPERTY, 1},
    {"EventIdentifier", "int", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, 2},
    {0},
};

static bool process(struct command *cmd)
{
    const struct event_search search = {.list = &cmd->in->eval->events,
                                        .name = event_name,
                                        .number = event_number,
                                        .each = cmd_write,
                                        .name_id = "INVALID_SOURCE_IDENTIFIER",
                                        .number_id = "INVALID_SOURCE_IDENTIFIER"};
    return events_search(cmd, &search);
}

const struct cmdlet cmdlet_get_event = {.params = params, .sets = sets, .process = process};
