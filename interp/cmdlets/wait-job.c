#include "base/clock.h"
#include "interp/cmdlets/jobs.h"
#include "interp/eval/state.h"

enum { ANY = JOB_PARAM_COUNT, TIMEOUT, FORCE };
enum { SLICE_MS = 100 };
static const struct param params[] = {JOB_PARAMS(PARAM_MANDATORY),
                                      {"Any", "switch", NULL, PARAM_NAMED},
                                      {"Timeout", "int", "TimeoutSec", PARAM_NAMED},
                                      {"Force", "switch", NULL, PARAM_NAMED},
                                      {0}};

struct state {
    value jobs; // LIST, or $null
};

static bool add(struct command *cmd, value job)
{
    return list_gather(cmd->in, &((struct state *)cmd->state)->jobs, job);
}

static bool process(struct command *cmd)
{
    return jobs_each(cmd, add);
}

// Waits a moment for the first that still runs.
static bool look(struct command *cmd, struct array *jobs, size_t *ret_ended)
{
    bool waited = false;
    *ret_ended = 0;
    for (size_t i = 0; i < jobs->count; i++) {
        struct job *job = JOB(jobs->items[i]);
        bool runs = job->state == STATE_RUNNING;
        if (runs && !job_fetch(cmd, job, waited ? 0 : SLICE_MS))
            return false;
        waited |= runs;
        *ret_ended += job->state != STATE_RUNNING;
    }
    return true;
}

static bool end(struct command *cmd)
{
    struct state *state = cmd->state;
    if (state->jobs.kind != V_LIST)
        return true;
    struct array *jobs = state->jobs.array;
    size_t ended = 0, wanted = cmd_switch(cmd, ANY) ? 1 : jobs->count;
    uint64_t until = clock_ms() + (cmd_bound(cmd, TIMEOUT) ? (uint64_t)cmd->arg[TIMEOUT].i * 1000 : 0);
    do {
        if (cmd_stopped(cmd) || !look(cmd, jobs, &ended))
            return false;
    } while (ended < wanted && (!cmd_bound(cmd, TIMEOUT) || cmd->arg[TIMEOUT].i < 0 || clock_ms() < until));
    size_t left = ended < wanted ? ended : wanted;
    for (size_t i = 0; left && i < jobs->count; i++)
        if (JOB(jobs->items[i])->state != STATE_RUNNING) {
            left--;
            if (!cmd_write(cmd, jobs->items[i]))
                return false;
        }
    return true;
}

static void clean(struct command *cmd)
{
    value_drop(((struct state *)cmd->state)->jobs);
}

const struct cmdlet cmdlet_wait_job = {.params = params,
                                       .sets = job_sets,
                                       .state_size = sizeof(struct state),
                                       .process = process,
                                       .end = end,
                                       .clean = clean};
