#include "interp/cmdlets/engine-events.h"
#include "interp/eval/state.h"

static const char *const sets[] = {"BySource", "ById", NULL};
static const struct param params[] = {
    {"SourceIdentifier", "string", NULL, 0, PARAM_PROPERTY, 1},
    {"SubscriptionId", "int", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, 2},
    {"Force", "switch", NULL, 1},
    {0},
};

enum { FORCE = 2 };

static bool is_support(struct command *cmd, value item)
{
    return SUBSCRIBER(item)->support && !cmd_switch(cmd, FORCE);
}

static bool process(struct command *cmd)
{
    const struct event_search search = {.list = &cmd->in->eval->subscribers,
                                        .name = subscriber_name,
                                        .number = subscriber_number,
                                        .skips = is_support,
                                        .each = cmd_write,
                                        .name_id = "INVALID_SOURCE_IDENTIFIER",
                                        .number_id = "INVALID_SOURCE_IDENTIFIER"};
    return events_search(cmd, &search);
}

const struct cmdlet cmdlet_get_eventsubscriber = {.params = params, .sets = sets, .process = process};
