#include "interp/cmdlets/jobs.h"

enum { FORCE = JOB_PARAM_COUNT };
static const struct param params[] = {
    JOB_PARAMS(PARAM_MANDATORY), {"Force", "switch", "F", PARAM_NAMED}, {0}};

static bool remove_one(struct command *cmd, value v)
{
    struct job *job = JOB(v);
    bool yes;
    if (!cmd_should_process(cmd, value_text(job->name), "Remove-Job", &yes))
        return false;
    if (!yes)
        return true;
    if (!job_fetch(cmd, job, 0))
        return false;
    if (job->state == STATE_RUNNING && !cmd_switch(cmd, FORCE))
        return cmd_error(cmd, "JobObjectNotFinishedCannotBeRemoved", CAT_InvalidOperation, job->name,
                         "The job '%s' still runs: end it first, or give -Force.", value_text(job->name));
    if (!job_stop(cmd, job))
        return false;
    job_drop(cmd->in, job);
    return true;
}

static bool process(struct command *cmd)
{
    return jobs_each(cmd, remove_one);
}

const struct cmdlet cmdlet_remove_job = {
    .params = params, .sets = job_sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
