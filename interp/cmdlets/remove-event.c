#include "interp/cmdlets/engine-events.h"
#include "interp/eval/state.h"

static const char *const sets[] = {"BySource", "ByIdentifier", NULL};
static const struct param params[] = {
    {"SourceIdentifier", "string", NULL, 0, PARAM_MANDATORY, 1},
    {"EventIdentifier", "int", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, 2},
    {0},
};

static bool remove_one(struct command *cmd, value item)
{
    bool yes;
    if (!cmd_should_process(cmd, value_text(EVENT(item)->source), "Remove", &yes))
        return false;
    if (yes)
        events_drop(cmd->in->eval->events, item);
    return true;
}

static bool process(struct command *cmd)
{
    const struct event_search search = {.list = &cmd->in->eval->events,
                                        .name = event_name,
                                        .number = event_number,
                                        .each = remove_one,
                                        .name_id = "INVALID_SOURCE_IDENTIFIER",
                                        .number_id = "INVALID_EVENT_IDENTIFIER"};
    return events_search(cmd, &search);
}

const struct cmdlet cmdlet_remove_event = {
    .params = params, .sets = sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
