#include <errno.h>
#include <signal.h>

#include "interp/cmdlets/process-child.h"
#include "interp/eval/interp.h"

enum { ID, NAME, INPUT_OBJECT, PASS_THRU, FORCE };
enum { SET_ID = 1, SET_NAME = 2, SET_INPUT = 4 };

static const char *const sets[] = {"Id", "Name", "InputObject", NULL};
static const struct param params[] = {
    {"Id", "int[]", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, SET_ID},
    {"Name", "string[]", "ProcessName", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, SET_NAME},
    {"InputObject", "System.Diagnostics.Process[]", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE, SET_INPUT, .rule = &process_rule},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0},
    {"Force", "switch", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY},
    {0},
};

static bool agreed(struct command *cmd, const struct process *process, bool *ret_yes)
{
    value target;
    if (!string_printf(cmd->in, &target, "%s (%d)", value_text(process->name), (int)process->id))
        return false;
    bool ok = cmd_should_process(cmd, value_text(target), "Stop-Process", ret_yes);
    return value_drop(target), ok;
}

static bool stop(struct command *cmd, value v)
{
    struct process *process = (struct process *)v.object;
    bool yes;
    if (!agreed(cmd, process, &yes))
        return false;
    if (!yes)
        return true;
    if (!process_ended(process) && kill(process->id, SIGKILL) && errno != ESRCH)
        return cmd_error(cmd, "CouldNotStopProcess", CAT_CloseError, v,
                         "Process %d is not to be ended from this session.", (int)process->id);
    return !cmd_switch(cmd, PASS_THRU) || cmd_write(cmd, v);
}

static bool process(struct command *cmd)
{
    static const struct process_params at = {ID, NAME, INPUT_OBJECT};
    value list;
    if (!processes_named(cmd, &at, &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < list.array->count; i++)
        ok = !value_is_type(list.array->items[i], &type_process) || stop(cmd, list.array->items[i]);
    return value_drop(list), ok;
}

const struct cmdlet cmdlet_stop_process = {
    .params = params, .sets = sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
