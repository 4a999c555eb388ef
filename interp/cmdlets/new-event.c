#include "interp/cmdlets/engine-events.h"
#include "interp/eval/state.h"
#include "interp/value/types.h"

enum { SOURCE, SENDER, ARGUMENTS, DATA };
static const struct param params[] = {
    {"SourceIdentifier", "string", NULL, 0, PARAM_MANDATORY},
    {"Sender", "psobject", NULL, 1},
    {"EventArguments", "psobject[]", NULL, 2},
    {"MessageData", "psobject", NULL, 3},
    {0},
};

static bool take_id(struct interp *in)
{
    return !value_is_null(in->eval->runspace_id) ||
           interp_call(in, CMDLET_new_guid, NULL, 0, NULL, 0, &in->eval->runspace_id);
}

static bool end(struct command *cmd)
{
    struct interp *in = cmd->in;
    value v;
    if (!take_id(in) || !object_new(in, &type_event_args, &v))
        return false;
    struct event *event = EVENT(v);
    event->id = ++in->eval->event_ids;
    event->source = value_keep(cmd->arg[SOURCE]);
    event->sender = cmd_bound(cmd, SENDER) ? value_keep(cmd->arg[SENDER]) : value_null;
    event->data = cmd_bound(cmd, DATA) ? value_keep(cmd->arg[DATA]) : value_null;
    event->runspace = value_keep(in->eval->runspace_id);
    event->made = value_date(date_to_local(date_now_utc(), DATE_UTC, &in->zone), DATE_LOCAL);
    bool given = cmd_bound(cmd, ARGUMENTS) && cmd->arg[ARGUMENTS].kind == V_ARRAY;
    bool ok = array_from(in, given ? cmd->arg[ARGUMENTS].array->items : NULL,
                         given ? cmd->arg[ARGUMENTS].array->count : 0, &event->args) &&
              event_raise(in, v) && cmd_write(cmd, v);
    return value_drop(v), ok;
}

const struct cmdlet cmdlet_new_event = {.params = params, .end = end};
