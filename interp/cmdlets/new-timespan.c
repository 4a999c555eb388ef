#include "interp/eval/interp.h"

enum { START, END, DAYS, HOURS, MINUTES, SECONDS, MILLISECONDS };

static const char *const sets[] = {"Date", "Time", NULL};
static const struct param params[] = {
    {"Start", "datetime", "LastWriteTime", 0, PARAM_PIPELINE | PARAM_PROPERTY, 1},
    {"End", "datetime", NULL, 1, PARAM_PROPERTY, 1},
    {"Days", "int", NULL, PARAM_NAMED, 0, 2},
    {"Hours", "int", NULL, PARAM_NAMED, 0, 2},
    {"Minutes", "int", NULL, PARAM_NAMED, 0, 2},
    {"Seconds", "int", NULL, PARAM_NAMED, 0, 2},
    {"Milliseconds", "int", NULL, PARAM_NAMED, 0, 2},
    {0},
};

static int64_t number(const struct command *cmd, unsigned param)
{
    return cmd_bound(cmd, param) ? cmd->arg[param].i : 0;
}

static int64_t from_parts(const struct command *cmd)
{
    return number(cmd, DAYS) * TICKS_PER_DAY + number(cmd, HOURS) * TICKS_PER_HOUR +
           number(cmd, MINUTES) * TICKS_PER_MINUTE + number(cmd, SECONDS) * TICKS_PER_SECOND +
           number(cmd, MILLISECONDS) * TICKS_PER_MILLISECOND;
}

static bool process(struct command *cmd)
{
    int64_t now = date_to_local(date_now_utc(), DATE_UTC, &cmd->in->zone);
    bool dates = cmd_bound(cmd, START) || cmd_bound(cmd, END);
    int64_t ticks = dates ? (cmd_bound(cmd, END) ? cmd->arg[END].i : now) -
                                (cmd_bound(cmd, START) ? cmd->arg[START].i : now)
                          : from_parts(cmd);
    return cmd_write(cmd, (value){.kind = V_TIMESPAN, .i = ticks});
}

const struct cmdlet cmdlet_new_timespan = {.params = params, .sets = sets, .process = process};
