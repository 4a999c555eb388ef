// Invoke-Command, the form that runs a block in this session: there are no others to reach.
#include "interp/eval/interp.h"
#include "interp/eval/scope.h"
#include "interp/format/expression.h"

enum { SCRIPT_BLOCK, NO_NEW_SCOPE, INPUT_OBJECT, ARGUMENT_LIST };

static const struct param params[] = {
    {"ScriptBlock", "scriptblock", "Command", 0, PARAM_MANDATORY},
    {"NoNewScope", "switch", NULL, PARAM_NAMED},
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"ArgumentList", "object[]", "Args", PARAM_NAMED},
    {0},
};

struct state {
    value input; // LIST; or $null: none
};

static bool gather(struct command *cmd)
{
    struct state *state = cmd->state;
    return !cmd_bound(cmd, INPUT_OBJECT) || list_gather(cmd->in, &state->input, cmd->arg[INPUT_OBJECT]);
}

static void clean(struct command *cmd)
{
    value_drop(((struct state *)cmd->state)->input);
}

static bool end(struct command *cmd)
{
    value result, args = cmd->arg[ARGUMENT_LIST];
    struct command_sink out = command_sink(cmd);
    bool given = cmd_bound(cmd, ARGUMENT_LIST) && !value_is_null(args);
    if (block_invoke)
        return block_invoke_fed(cmd->in, cmd->arg[SCRIPT_BLOCK], ((struct state *)cmd->state)->input,
                                given ? args.array->items : NULL, given ? args.array->count : 0,
                                cmd_switch(cmd, NO_NEW_SCOPE), &out.sink);
    if (!expression_call(cmd->in, cmd->arg[SCRIPT_BLOCK], value_null, &result))
        return false;
    bool ok = value_is_null(result) || cmd_write_each(cmd, result);
    value_drop(result);
    return ok;
}

const struct cmdlet cmdlet_invoke_command = {
    .params = params, .state_size = sizeof(struct state), .process = gather, .end = end, .clean = clean};
