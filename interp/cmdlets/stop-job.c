#include "interp/cmdlets/jobs.h"

enum { PASS_THRU = JOB_PARAM_COUNT };
static const struct param params[] = {
    JOB_PARAMS(PARAM_MANDATORY), {"PassThru", "switch", NULL, PARAM_NAMED}, {0}};

static bool process(struct command *cmd)
{
    value list;
    if (!jobs_named(cmd, &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < list.array->count; i++) {
        struct job *job = JOB(list.array->items[i]);
        bool yes;
        ok = cmd_should_process(cmd, value_text(job->name), "Stop-Job", &yes) &&
             (!yes || job_stop(cmd, job)) &&
             (!cmd_switch(cmd, PASS_THRU) || cmd_write(cmd, list.array->items[i]));
    }
    return value_drop(list), ok;
}

const struct cmdlet cmdlet_stop_job = {
    .params = params, .sets = job_sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
