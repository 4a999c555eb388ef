#include <poll.h>
#include <unistd.h>

#include "base/clock.h"
#include "interp/cmdlets/process-child.h"
#include "interp/eval/interp.h"

enum { NAME, ID, TIMEOUT, ANY, PASS_THRU, INPUT_OBJECT };
enum { SET_NAME = 1, SET_ID = 2, SET_INPUT = 4, STEP_MS = 10 };

static const char *const sets[] = {"Name", "Id", "InputObject", NULL};
static const struct param params[] = {
    {"Name", "string[]", "ProcessName", 0, PARAM_MANDATORY | PARAM_PROPERTY, SET_NAME},
    {"Id", "int[]", "PID ProcessId", 0, PARAM_MANDATORY | PARAM_PROPERTY | PARAM_NOT_NULL_OR_EMPTY, SET_ID},
    {"Timeout", "int", "TimeoutSec", 1, PARAM_NOT_NULL_OR_EMPTY, 0, .min = 0, .max = 32767},
    {"Any", "switch", NULL, PARAM_NAMED, 0},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0},
    {"InputObject", "System.Diagnostics.Process[]", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_PIPELINE, SET_INPUT, .rule = &process_rule},
    {0},
};

struct state {
    value all; // LIST; or $null
};

static bool process(struct command *cmd)
{
    static const struct process_params at = {ID, NAME, INPUT_OBJECT};
    struct state *state = cmd->state;
    value list;
    if (!processes_named(cmd, &at, &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < list.array->count; i++) {
        value v = list.array->items[i];
        if (!value_is_type(v, &type_process))
            continue;
        if (((struct process *)v.object)->id == getpid())
            ok = cmd_error(cmd, "WaitOnItself", CAT_ObjectNotFound, v, "A session cannot wait for its own end.");
        else
            ok = list_gather(cmd->in, &state->all, v);
    }
    return value_drop(list), ok;
}

static size_t count_running(const struct array *all)
{
    size_t running = 0;
    for (size_t i = 0; i < all->count; i++)
        running += !process_ended((struct process *)all->items[i].object);
    return running;
}

static bool report(struct command *cmd, const struct array *all)
{
    for (size_t i = 0; i < all->count; i++) {
        const struct process *process = (struct process *)all->items[i].object;
        if (!process->ended && !cmd_error(cmd, "ProcessNotTerminated", CAT_CloseError, all->items[i],
                                          "Process %d has not ended in time.", (int)process->id))
            return false;
    }
    return true;
}

static bool wait_all(struct command *cmd, const struct array *all)
{
    uint64_t start = clock_ms(), most = cmd_bound(cmd, TIMEOUT) ? (uint64_t)cmd->arg[TIMEOUT].i * 1000 : UINT64_MAX;
    size_t running;
    while ((running = count_running(all)) && !(cmd_switch(cmd, ANY) && running < all->count)) {
        if (clock_ms() - start >= most)
            return report(cmd, all);
        if (cmd_stopped(cmd))
            return false;
        poll(NULL, 0, STEP_MS);
    }
    return true;
}

static bool end(struct command *cmd)
{
    const struct state *state = cmd->state;
    const struct host *host = cmd->in->host;
    if (state->all.kind != V_LIST)
        return true;
    if (host->flush)
        host->flush(host->context);
    return wait_all(cmd, state->all.array) && (!cmd_switch(cmd, PASS_THRU) || cmd_write_each(cmd, state->all));
}

static void clean(struct command *cmd)
{
    value_drop(((struct state *)cmd->state)->all);
}

const struct cmdlet cmdlet_wait_process = {.params = params,
                                           .sets = sets,
                                           .state_size = sizeof(struct state),
                                           .process = process,
                                           .end = end,
                                           .clean = clean};
