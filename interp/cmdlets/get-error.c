// Get-Error: the newest errors, marked to be shown whole.
#include "interp/eval/interp.h"
#include "interp/value/error.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

enum { INPUT_OBJECT, NEWEST };
enum { SET_NEWEST = 1, SET_ERROR = 2 };

static const char *const sets[] = {"Newest", "Error", NULL};
static const struct param params[] = {
    {"InputObject", "psobject", NULL, 0, PARAM_PIPELINE, SET_ERROR},
    {"Newest", "int", "Last", PARAM_NAMED, 0, SET_NEWEST, .min = 1, .max = INT32_MAX},
    {0},
};

static bool write_marked(struct command *cmd, value error)
{
    value copy;
    if (error.kind != V_ERROR)
        return cmd_write(cmd, error);
    if (!error_copy(cmd->in, error.error, &copy))
        return false;
    if (!member_add_type_name(cmd->in, copy, "System.Management.Automation.ErrorRecord#PSExtendedError"))
        return value_drop(copy), false;
    return cmd_take(cmd, copy);
}

static bool process(struct command *cmd)
{
    const struct array *errors = cmd->in->errors.array;
    if (cmd_bound(cmd, INPUT_OBJECT))
        return write_marked(cmd, cmd->arg[INPUT_OBJECT]);
    size_t most = cmd_bound(cmd, NEWEST) ? (size_t)cmd->arg[NEWEST].i : 1;
    for (size_t i = 0; i < most && i < errors->count; i++)
        if (!write_marked(cmd, errors->items[i]))
            return false;
    return true;
}

const struct cmdlet cmdlet_get_error = {.params = params, .sets = sets, .default_set = 0, .process = process};
