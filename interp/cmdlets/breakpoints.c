// Which breakpoints a command is about.
#include "interp/cmdlets/breakpoints.h"

#include "interp/value/types.h"

const char *const breakpoint_sets[] = {"Breakpoint", "Id", NULL};
const struct param_rule breakpoint_rule = {.type = &type_breakpoint_array};

static bool by_id(struct command *cmd, int32_t id, value *ret)
{
    for (size_t i = 0; i < breakpoint_count(cmd->in); i++)
        if (BREAKPOINT(breakpoint_at(cmd->in, i))->id == id)
            return *ret = value_keep(breakpoint_at(cmd->in, i)), true;
    return false;
}

static bool change(struct command *cmd, value breakpoint, bool (*each)(struct command *cmd, value breakpoint))
{
    value text;
    bool yes;
    if (!value_to_string(cmd->in, breakpoint, &text))
        return false;
    bool ok = cmd_should_process(cmd, value_text(text), cmd->name, &yes);
    value_drop(text);
    return ok && (!yes || each(cmd, breakpoint));
}

static bool each_id(struct command *cmd, bool (*each)(struct command *cmd, value breakpoint))
{
    const struct array *ids = cmd->arg[BREAKPOINT_ID].array;
    for (size_t i = 0; i < ids->count; i++) {
        value id = ids->items[i], found;
        bool ok = by_id(cmd, (int32_t)id.i, &found)
                      ? change(cmd, found, each) ? (value_drop(found), true) : (value_drop(found), false)
                      : cmd_error(cmd, "PSBreakpoint:BreakpointIdNotFound", CAT_InvalidArgument, id,
                                  "There is no breakpoint %d.", (int)id.i);
        if (!ok)
            return false;
    }
    return true;
}

bool breakpoints_each(struct command *cmd, bool (*each)(struct command *cmd, value breakpoint))
{
    if (cmd_bound(cmd, BREAKPOINT_ID))
        return each_id(cmd, each);
    const struct array *given = cmd->arg[BREAKPOINT_OBJECTS].array;
    bool ok = true;
    for (size_t i = 0; ok && i < given->count; i++)
        if (given->items[i].kind == V_OBJECT)
            ok = change(cmd, given->items[i], each);
    return ok;
}
