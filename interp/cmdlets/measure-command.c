#include "base/clock.h"
#include "interp/eval/interp.h"
#include "interp/eval/scope.h"

enum { INPUT_OBJECT, EXPRESSION };

static const struct param params[] = {
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"Expression", "scriptblock", NULL, 0, PARAM_MANDATORY},
    {0},
};

struct state {
    int64_t ticks; // 100 ns
};

static bool process(struct command *cmd)
{
    struct state *state = cmd->state;
    struct sink nowhere = {sink_put_nowhere};
    if (cmd->expects_input && !cmd_bound(cmd, INPUT_OBJECT))
        return true;
    int64_t start = clock_ticks();
    bool ok = block_run(cmd->in, cmd->arg[EXPRESSION],
                        cmd_bound(cmd, INPUT_OBJECT) ? cmd->arg[INPUT_OBJECT] : value_null, &nowhere);
    state->ticks += clock_ticks() - start;
    return ok;
}

static bool end(struct command *cmd)
{
    return cmd_write(cmd, (value){.kind = V_TIMESPAN, .i = ((struct state *)cmd->state)->ticks});
}

const struct cmdlet cmdlet_measure_command = {
    .params = params, .state_size = sizeof(struct state), .process = process, .end = end};
