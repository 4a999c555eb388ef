#include <string.h>

#include "interp/cmdlets/entries.h"

enum { INPUT_OBJECT, AS_STRING, ON_TYPE, CASE_INSENSITIVE };
enum { SET_STRING = 1, SET_TYPE = 2 };

static const char *const sets[] = {"AsString", "UniqueByType", NULL};
static const struct param params[] = {
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"AsString", "switch", NULL, PARAM_NAMED, 0, SET_STRING},
    {"OnType", "switch", NULL, PARAM_NAMED, 0, SET_TYPE},
    {"CaseInsensitive", "switch", NULL, PARAM_NAMED},
    {0},
};

struct state {
    value last;
    bool any;
};

static bool same_type(value a, value b)
{
    const char *left = value_type_name(a, 0), *right = value_type_name(b, 0);
    return left && right && !strcmp(left, right);
}

static bool same_text(struct command *cmd, value a, value b, bool *ret)
{
    value left, right;
    if (!value_to_string(cmd->in, a, &left))
        return false;
    bool ok = value_to_string(cmd->in, b, &right);
    if (ok) {
        *ret = objects_compare(cmd->in, left, right, !cmd_switch(cmd, CASE_INSENSITIVE)) == 0;
        value_drop(right);
    }
    value_drop(left);
    return ok;
}

static bool process(struct command *cmd)
{
    struct state *state = cmd->state;
    value v = cmd->arg[INPUT_OBJECT];
    bool same = false, ok = true;
    if (!cmd_bound(cmd, INPUT_OBJECT))
        return true;
    if (state->any && cmd_switch(cmd, AS_STRING))
        ok = same_text(cmd, v, state->last, &same);
    else if (state->any && cmd_switch(cmd, ON_TYPE))
        same = same_type(v, state->last);
    else if (state->any)
        same = objects_compare(cmd->in, v, state->last, !cmd_switch(cmd, CASE_INSENSITIVE)) == 0;
    if (!ok || same)
        return ok;
    value_set(&state->last, v);
    state->any = true;
    return cmd_write(cmd, v);
}

static void clean(struct command *cmd)
{
    value_drop(((struct state *)cmd->state)->last);
}

const struct cmdlet cmdlet_get_unique = {
    .params = params,
    .sets = sets,
    .state_size = sizeof(struct state),
    .process = process,
    .clean = clean,
};
