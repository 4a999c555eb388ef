#include <time.h>

#include "base/clock.h"
#include "interp/eval/interp.h"

enum { SECONDS, MILLISECONDS, DURATION };

static const char *const sets[] = {"Seconds", "Milliseconds", "FromTimeSpan", NULL};
static const struct param params[] = {
    {"Seconds", "double", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, 1, .min = 0,
     .max = 2147483},
    {"Milliseconds", "int", "ms", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, 2, .min = 0,
     .max = 2147483647},
    {"Duration", "timespan", "ts", 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, 4},
    {0},
};

static int64_t wanted(const struct command *cmd) // milliseconds
{
    if (cmd_bound(cmd, MILLISECONDS))
        return cmd->arg[MILLISECONDS].i;
    if (cmd_bound(cmd, DURATION))
        return cmd->arg[DURATION].i / TICKS_PER_MILLISECOND;
    return (int64_t)(cmd->arg[SECONDS].f * 1000);
}

// In short pieces, so that Ctrl-C ends the wait.
static bool process(struct command *cmd)
{
    int64_t end = (int64_t)clock_ms() + wanted(cmd);
    if (cmd->in->host->flush)
        cmd->in->host->flush(cmd->in->host->context);
    for (int64_t left; (left = end - (int64_t)clock_ms()) > 0;) {
        int64_t piece = left < 100 ? left : 100;
        nanosleep(&(struct timespec){.tv_nsec = piece * 1000000}, NULL);
        if (cmd_stopped(cmd))
            return false;
    }
    return true;
}

const struct cmdlet cmdlet_start_sleep = {.params = params, .sets = sets, .process = process};
