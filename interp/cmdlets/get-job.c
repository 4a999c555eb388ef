#include "interp/cmdlets/jobs.h"

enum { NEWEST = JOB_PARAM_COUNT, INCLUDE_CHILD };
static const struct param params[] = {JOB_PARAMS(0),
                                      {"Newest", "int", NULL, PARAM_NAMED},
                                      {"IncludeChildJob", "switch", NULL, PARAM_NAMED},
                                      {0}};

static bool process(struct command *cmd)
{
    value list;
    if (!jobs_named(cmd, &list))
        return false;
    size_t from = 0, count = list.array->count;
    if (cmd_bound(cmd, NEWEST) && cmd->arg[NEWEST].i >= 0 && (size_t)cmd->arg[NEWEST].i < count)
        from = count - (size_t)cmd->arg[NEWEST].i;
    bool ok = true;
    for (size_t i = from; ok && i < count; i++) {
        struct job *job = JOB(list.array->items[i]);
        ok = job_fetch(cmd, job, 0) && cmd_write(cmd, list.array->items[i]);
    }
    return value_drop(list), ok;
}

const struct cmdlet cmdlet_get_job = {.params = params, .sets = job_sets, .process = process};
