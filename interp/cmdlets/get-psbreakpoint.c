#include <string.h>

#include "interp/cmdlets/breakpoints.h"
#include "interp/eval/block.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"

enum { SCRIPT, COMMAND, VARIABLE, TYPE, ID };
enum { SET_LINE = 1, SET_COMMAND = 2, SET_VARIABLE = 4, SET_TYPE = 8, SET_ID = 16 };
enum { KIND_COMMAND = 2 }; // of BreakpointType

static const struct type type_kinds = {.name = "Microsoft.PowerShell.Commands.BreakpointType[]",
                                       .base = &type_array,
                                       .type_code = 1,
                                       .element = &type_breakpoint_type};
static const struct param_rule kinds_rule = {.type = &type_kinds};
static const char *const sets[] = {"Line", "Command", "Variable", "Type", "Id", NULL};
static const struct param params[] = {
    {"Script", "string[]", NULL, 0, PARAM_NOT_NULL_OR_EMPTY,
     SET_LINE | SET_COMMAND | SET_VARIABLE | SET_TYPE},
    {"Command", "string[]", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_NOT_NULL, SET_COMMAND},
    {"Variable", "string[]", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_NOT_NULL, SET_VARIABLE},
    {"Type", "Microsoft.PowerShell.Commands.BreakpointType[]", NULL, 0,
     PARAM_MANDATORY | PARAM_PIPELINE | PARAM_NOT_NULL, SET_TYPE, .rule = &kinds_rule},
    {"Id", "int[]", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_NOT_NULL, SET_ID},
    {0},
};

static bool has_number(value list, int64_t number)
{
    for (size_t i = 0; i < list.array->count; i++)
        if (list.array->items[i].i == number)
            return true;
    return false;
}

static bool has_command(value list, value command)
{
    for (size_t i = 0; i < list.array->count; i++)
        if (!strcasecmp(value_text(list.array->items[i]), value_text(command)))
            return true;
    return false;
}

// False: another's; or thrown.
static bool in_script(struct command *cmd, const struct breakpoint *it)
{
    const struct array *scripts = cmd->arg[SCRIPT].array;
    bool same = false;
    value path;
    for (size_t i = 0; !same && it->script.kind == V_STRING && i < scripts->count; i++) {
        if (!script_path(cmd->in, value_text(scripts->items[i]), &path))
            return false;
        same = !strcmp(value_text(path), value_text(it->script));
        value_drop(path);
    }
    return same;
}

static bool wanted(struct command *cmd, const struct breakpoint *it)
{
    return (!cmd_bound(cmd, ID) || has_number(cmd->arg[ID], it->id)) &&
           (!cmd_bound(cmd, TYPE) || has_number(cmd->arg[TYPE], KIND_COMMAND)) &&
           (!cmd_bound(cmd, COMMAND) || has_command(cmd->arg[COMMAND], it->command)) &&
           !cmd_bound(cmd, VARIABLE) && (!cmd_bound(cmd, SCRIPT) || in_script(cmd, it));
}

static bool process(struct command *cmd)
{
    bool ok = true;
    for (size_t i = 0; ok && i < breakpoint_count(cmd->in); i++) {
        value v = value_keep(breakpoint_at(cmd->in, i));
        if (wanted(cmd, BREAKPOINT(v)))
            ok = cmd_write(cmd, v);
        value_drop(v);
        ok = ok && value_is_null(cmd->in->thrown);
    }
    return ok;
}

const struct cmdlet cmdlet_get_psbreakpoint = {.params = params, .sets = sets, .process = process};
