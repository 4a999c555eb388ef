#include "interp/cmdlets/jobs.h"

enum { PASS_THRU = JOB_PARAM_COUNT };
static const struct param params[] = {
    JOB_PARAMS(PARAM_MANDATORY), {"PassThru", "switch", NULL, PARAM_NAMED}, {0}};

static bool stop(struct command *cmd, value job)
{
    bool yes;
    return cmd_should_process(cmd, value_text(JOB(job)->name), "Stop-Job", &yes) &&
           (!yes || job_stop(cmd, JOB(job))) && (!cmd_switch(cmd, PASS_THRU) || cmd_write(cmd, job));
}

static bool process(struct command *cmd)
{
    return jobs_each(cmd, stop);
}

const struct cmdlet cmdlet_stop_job = {
    .params = params, .sets = job_sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
