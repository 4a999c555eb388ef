#include <string.h>

#include "interp/cmdlets/engine-events.h"
#include "interp/eval/state.h"
#include "interp/value/types.h"

enum { SOURCE, ACTION, DATA, SUPPORT, FORWARD, MOST };
static const struct param params[] = {
    {"SourceIdentifier", "string", NULL, 100, PARAM_MANDATORY},
    {"Action", "scriptblock", NULL, 101},
    SUBSCRIPTION_PARAMS,
    {0},
};

static bool check(struct command *cmd)
{
    if (cmd_switch(cmd, FORWARD))
        return cmd_throw(cmd, "ForwardingNotSupported", CAT_NotImplemented, value_null,
                         "There is no other session that events could be forwarded to.");
    return cmd_bound(cmd, ACTION) ||
           cmd_throw(cmd, "ACTION_MANDATORY_FOR_LOCAL", CAT_InvalidArgument, value_null,
                     "What is to be done at the event has to be given with -Action.");
}

static bool make_job(struct command *cmd, value *ret)
{
    if (!job_new(cmd, &type_event_job, cmd->arg[SOURCE], ret))
        return false;
    JOB(*ret)->started = value_null;
    if (value_to_string(cmd->in, cmd->arg[ACTION], &JOB(*ret)->command))
        return true;
    job_drop(cmd->in, JOB(*ret));
    return value_drop(*ret), false;
}

static bool end(struct command *cmd)
{
    struct interp *in = cmd->in;
    value v, job;
    if (!check(cmd) || !make_job(cmd, &job))
        return false;
    if (!object_new(in, &type_event_subscriber, &v))
        return value_drop(job), false;
    struct subscriber *it = SUBSCRIBER(v);
    it->id = ++in->eval->subscriber_ids;
    it->left = cmd_bound(cmd, MOST) && cmd->arg[MOST].i > 0 ? (int32_t)cmd->arg[MOST].i : 0;
    it->support = cmd_switch(cmd, SUPPORT);
    it->source = value_keep(cmd->arg[SOURCE]);
    it->data = cmd_bound(cmd, DATA) ? value_keep(cmd->arg[DATA]) : value_null;
    it->block = value_keep(cmd->arg[ACTION]);
    it->job = value_keep(job);
    bool ok = list_gather(in, &in->eval->subscribers, v) && (it->support || cmd_write(cmd, job));
    value_drop(v);
    return value_drop(job), ok;
}

const struct cmdlet cmdlet_register_engineevent = {.params = params, .end = end};
