#include <time.h>

#include "base/clock.h"
#include "interp/cmdlets/engine-events.h"
#include "interp/eval/state.h"

enum { SOURCE, TIMEOUT };
static const struct param params[] = {
    {"SourceIdentifier", "string", NULL, 0, PARAM_PROPERTY},
    {"Timeout", "int", "TimeoutSec", PARAM_NAMED, .min = -1, .max = 2147483647},
    {0},
};

static bool find(struct command *cmd, value *ret)
{
    value list = cmd->in->eval->events;
    for (size_t i = 0; list.kind == V_LIST && i < list.array->count; i++)
        if (!cmd_bound(cmd, SOURCE) || events_named(cmd->arg[SOURCE], EVENT(list.array->items[i])->source))
            return *ret = value_keep(list.array->items[i]), true;
    return false;
}

// In short pieces, so that Ctrl-C ends the wait.
static bool process(struct command *cmd)
{
    bool forever = !cmd_bound(cmd, TIMEOUT) || cmd->arg[TIMEOUT].i < 0;
    int64_t end = forever ? 0 : (int64_t)clock_ms() + cmd->arg[TIMEOUT].i * 1000;
    value v;
    for (;;) {
        if (find(cmd, &v))
            return cmd_take(cmd, v);
        if (!forever && (int64_t)clock_ms() >= end)
            return true;
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
        if (cmd_stopped(cmd))
            return false;
    }
}

const struct cmdlet cmdlet_wait_event = {.params = params, .process = process};
