#include <errno.h>
#include <string.h>

#include "base/wildcard.h"
#include "interp/cmdlets/process.h"
#include "interp/eval/interp.h"

enum { NAME, ID, INPUT_OBJECT, INCLUDE_USER, MODULE, FILE_VERSION };
enum { S_NAME = 1, S_NAME_USER = 2, S_ID = 4, S_ID_USER = 8, S_INPUT = 16, S_INPUT_USER = 32 };

static const char *const sets[] = {"Name",        "NameWithUserName",        "Id", "IdWithUserName",
                                   "InputObject", "InputObjectWithUserName", NULL};
static const struct param params[] = {
    {"Name", "string[]", "ProcessName", 0, PARAM_PROPERTY, S_NAME | S_NAME_USER},
    {"Id", "int[]", "PID", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, S_ID | S_ID_USER},
    {"InputObject", "System.Diagnostics.Process[]", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_PIPELINE,
     S_INPUT | S_INPUT_USER, .rule = &process_rule},
    {"IncludeUserName", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, S_NAME_USER | S_ID_USER | S_INPUT_USER},
    {"Module", "switch", NULL, PARAM_NAMED, 0, S_NAME | S_ID | S_INPUT},
    {"FileVersionInfo", "switch", "FV FVI", PARAM_NAMED, 0, S_NAME | S_ID | S_INPUT},
    {0},
};

static bool begin(struct command *cmd)
{
    if (!cmd_switch(cmd, MODULE) && !cmd_switch(cmd, FILE_VERSION))
        return true;
    return cmd_throw(cmd, "NotSupported", CAT_NotImplemented, value_null,
                     "Modules and file versions of processes are not to be had here.");
}

static bool write_by_id(struct command *cmd, value id)
{
    value process;
    if (!process_read(cmd->in, (pid_t)id.i, cmd_switch(cmd, INCLUDE_USER), &process))
        return false;
    if (process.kind != V_VOID)
        return cmd_take(cmd, process);
    return cmd_error(cmd, "NoProcessFoundForGivenId", CAT_ObjectNotFound, id,
                     "This session sees no process %d.", (int)id.i);
}

static bool write_matching(struct command *cmd, const struct array *list, const char *pattern, bool *ret_any)
{
    *ret_any = false;
    for (size_t i = 0; i < list->count; i++) {
        const struct string *name = ((struct process *)list->items[i].object)->name.string;
        if (!wildcard_match(pattern, strlen(pattern), name->text, name->size, true))
            continue;
        *ret_any = true;
        if (!cmd_write(cmd, list->items[i]))
            return false;
    }
    return true;
}

static bool write_names(struct command *cmd, const struct array *list)
{
    value names = cmd->arg[NAME];
    bool any;
    if (names.kind != V_ARRAY)
        return write_matching(cmd, list, "*", &any);
    for (size_t i = 0; i < names.array->count; i++) {
        value name = names.array->items[i];
        if (name.kind != V_STRING)
            continue;
        if (!write_matching(cmd, list, value_text(name), &any))
            return false;
        if (!any && !wildcard_has(value_text(name), name.string->size) &&
            !cmd_error(cmd, "NoProcessFoundForGivenName", CAT_ObjectNotFound, name,
                       "This session sees no process named '%s'.", value_text(name)))
            return false;
    }
    return true;
}

static bool write_listed(struct command *cmd)
{
    value list;
    int errnum;
    if (!process_list(cmd->in, cmd_switch(cmd, INCLUDE_USER), &list, &errnum))
        return errnum ? cmd_throw(
                            cmd, "ProcessListNotVisible", CAT_ResourceUnavailable, value_null,
                            "/proc: %s; the profile has to make Get-Process visible when the session starts.",
                            strerror(errnum))
                      : false;
    bool go_on = write_names(cmd, list.array);
    value_drop(list);
    return go_on;
}

static bool process(struct command *cmd)
{
    value given = cmd->arg[cmd_bound(cmd, ID) ? ID : INPUT_OBJECT];
    if (!cmd_bound(cmd, ID) && !cmd_bound(cmd, INPUT_OBJECT))
        return write_listed(cmd);
    for (size_t i = 0; given.kind == V_ARRAY && i < given.array->count; i++) {
        value item = given.array->items[i];
        bool process_object = item.kind == V_OBJECT && value_is_type(item, &type_process);
        if (process_object && cmd_switch(cmd, INCLUDE_USER) && !process_add_user(cmd->in, item))
            return false;
        if (!(process_object ? cmd_write(cmd, item) : item.kind != V_I32 || write_by_id(cmd, item)))
            return false;
    }
    return true;
}

const struct cmdlet cmdlet_get_process = {.params = params, .sets = sets, .begin = begin, .process = process};
