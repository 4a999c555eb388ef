// Set-PSBreakpoint: of commands. Those of lines and variables would need every statement and every access to
// ask.
#include <string.h>

#include "interp/cmdlets/breakpoints.h"
#include "interp/eval/block.h"
#include "interp/eval/text-command.h"
#include "interp/providers/path.h"
#include "syntax/modes.h"

enum { SCRIPT, LINE, COLUMN, COMMAND, VARIABLE, ACTION, MODE };
enum { SET_LINE = 1, SET_COMMAND = 2, SET_VARIABLE = 4 };

static const char *const sets[] = {"Line", "Command", "Variable", NULL};
static const struct param params[] = {
    {"Script", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_NOT_NULL, .mandatory_sets = SET_LINE},
    {"Line", "int[]", NULL, 1, PARAM_MANDATORY, SET_LINE},
    {"Column", "int", NULL, 2, 0, SET_LINE, .min = 1, .max = 2147483647},
    {"Command", "string[]", "C", PARAM_NAMED, PARAM_MANDATORY, SET_COMMAND},
    {"Variable", "string[]", "V", PARAM_NAMED, PARAM_MANDATORY, SET_VARIABLE},
    {"Action", "scriptblock", NULL, PARAM_NAMED},
    {"Mode", "System.Management.Automation.VariableAccessMode", NULL, PARAM_NAMED, 0, SET_VARIABLE},
    {0},
};

struct state {
    value scripts; // LIST of whole paths, or $null
};

static bool begin(struct command *cmd)
{
    const char *refusal = mode_gate(cmd->in->mode, GATE_BREAKPOINT);
    return !refusal || cmd_throw(cmd, refusal, CAT_PermissionDenied, value_null,
                                 "A session of this language mode sets no breakpoints.");
}

static bool is_script(const char *path, size_t size)
{
    return (size > 4 && !strcasecmp(path + size - 4, ".ps1")) ||
           (size > 5 && !strcasecmp(path + size - 5, ".psm1"));
}

static bool add_script(struct command *cmd, value path)
{
    struct state *state = cmd->state;
    value text;
    if (!script_read(cmd->in, path, &text))
        return cmd_error(cmd, "PathNotFound", CAT_ObjectNotFound, path, "There is no file '%s'.",
                         value_text(path));
    value_drop(text);
    if (!is_script(value_text(path), path.string->size))
        return cmd_error(cmd, "NewPSBreakpoint:WrongExtension", CAT_InvalidArgument, path,
                         "'%s' is no script.", value_text(path));
    return list_gather(cmd->in, &state->scripts, path);
}

static bool add_scripts(struct command *cmd, value pattern)
{
    struct places places = {0};
    bool ok = places_of(cmd, value_text(pattern), 0, &places);
    for (size_t i = 0; ok && i < places.count; i++)
        ok = add_script(cmd, places.items[i].path);
    places_free(&places);
    return ok;
}

static bool set_one(struct command *cmd, value command, value script)
{
    value v;
    return breakpoint_new(cmd->in, command, script, cmd_bound(cmd, ACTION) ? cmd->arg[ACTION] : value_null,
                          &v) &&
           cmd_take(cmd, v);
}

static bool set_in(struct command *cmd, value script)
{
    const struct array *commands = cmd->arg[COMMAND].array;
    bool ok = true;
    for (size_t i = 0; ok && i < commands->count; i++)
        ok = set_one(cmd, commands->items[i], script);
    return ok;
}

static bool process(struct command *cmd)
{
    const struct state *state = cmd->state;
    bool ok = true;
    for (size_t i = 0; ok && cmd_bound(cmd, SCRIPT) && i < cmd->arg[SCRIPT].array->count; i++)
        ok = add_scripts(cmd, cmd->arg[SCRIPT].array->items[i]);
    if (!ok || (cmd_bound(cmd, SCRIPT) && state->scripts.kind != V_LIST))
        return ok;
    if (!cmd_bound(cmd, COMMAND))
        return cmd_throw(cmd, "BreakpointKindNotSupported", CAT_NotImplemented, value_null,
                         "Breakpoints are those of commands here: -Line and -Variable are not supported.");
    for (size_t i = 0; ok && state->scripts.kind == V_LIST && i < state->scripts.array->count; i++)
        ok = set_in(cmd, state->scripts.array->items[i]);
    return ok && (cmd_bound(cmd, SCRIPT) || set_in(cmd, value_null));
}

static void clean(struct command *cmd)
{
    value_drop(((struct state *)cmd->state)->scripts);
}

const struct cmdlet cmdlet_set_psbreakpoint = {.params = params,
                                               .sets = sets,
                                               .state_size = sizeof(struct state),
                                               .begin = begin,
                                               .process = process,
                                               .clean = clean};
