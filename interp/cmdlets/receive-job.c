#include "interp/cmdlets/jobs.h"
#include "interp/eval/state.h"
#include "interp/value/types.h"

enum { KEEP = JOB_PARAM_COUNT, WAIT, AUTO_REMOVE, NO_RECURSE, FORCE, WRITE_EVENTS, WRITE_JOB };
enum { SLICE_MS = 100 };
static const struct param params[] = {JOB_PARAMS(PARAM_MANDATORY),
                                      {"Keep", "switch", NULL, PARAM_NAMED},
                                      {"Wait", "switch", NULL, PARAM_NAMED},
                                      {"AutoRemoveJob", "switch", NULL, PARAM_NAMED},
                                      {"NoRecurse", "switch", NULL, PARAM_NAMED},
                                      {"Force", "switch", NULL, PARAM_NAMED},
                                      {"WriteEvents", "switch", NULL, PARAM_NAMED},
                                      {"WriteJobInResults", "switch", NULL, PARAM_NAMED},
                                      {0}};

// Objects out of another process say which runspace they come from.
static bool write_output(struct command *cmd, const struct job *job, value v)
{
    bool foreign = job->head.type == &type_remote_job && v.kind == V_OBJECT && value_type(v) == &type_custom;
    return (!foreign || member_add(cmd->in, v, "RunspaceId", job->runspace)) && cmd_write(cmd, v);
}

static bool write_one(struct command *cmd, const struct job *job, unsigned stream, value v)
{
    if (stream == STREAM_ERROR && v.kind == V_ERROR)
        return cmd_error_record(cmd, v);
    if (stream == STREAM_OUTPUT || stream > STREAM_INFORMATION || stream == STREAM_ERROR)
        return write_output(cmd, job, v);
    return cmd_stream(cmd, (enum stream)stream, v);
}

static bool write_said(struct command *cmd, struct job *job, size_t *io_at)
{
    for (; *io_at < job->said.array->count; ++*io_at) {
        value v = value_keep(job->said.array->items[*io_at]);
        bool ok = write_one(cmd, job, (unsigned)job->streams.array->items[*io_at].i, v);
        value_drop(v);
        if (!ok)
            return false;
    }
    return true;
}

static void empty(struct array *list)
{
    while (list->count)
        value_drop(list->items[--list->count]);
}

static bool write_reason(struct command *cmd, struct job *job)
{
    value why = job->reason;
    if (job->state != STATE_FAILED || why.kind != V_ERROR)
        return true;
    job->reason = value_null;
    bool ok = cmd_error_record(cmd, why);
    value_drop(why);
    return ok;
}

static bool receive(struct command *cmd, value v)
{
    struct job *job = JOB(v);
    size_t at = 0;
    bool wait = cmd_switch(cmd, WAIT);
    do {
        if (cmd_stopped(cmd) || !job_fetch(cmd, job, wait ? SLICE_MS : 0) || !write_said(cmd, job, &at))
            return false;
    } while (wait && job->state == STATE_RUNNING);
    if (!write_reason(cmd, job))
        return false;
    if (!cmd_switch(cmd, KEEP))
        empty(job->said.array), empty(job->streams.array);
    if (!cmd_switch(cmd, AUTO_REMOVE))
        return true;
    bool ok = job_stop(cmd, job);
    return job_drop(cmd->in, job), ok;
}

static bool process(struct command *cmd)
{
    if (cmd_switch(cmd, AUTO_REMOVE) && !cmd_switch(cmd, WAIT))
        return cmd_throw(cmd, "CannotSpecifyAutoRemoveWithoutWait", CAT_InvalidOperation, value_null,
                         "-AutoRemoveJob needs -Wait.");
    return jobs_each(cmd, receive);
}

const struct cmdlet cmdlet_receive_job = {
    .params = params, .sets = job_sets, .default_set = 1, .process = process};
