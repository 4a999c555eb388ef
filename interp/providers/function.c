// Function: the functions of scripts, and the visible commands that show themselves as functions. None can be
// made where there is no language for it.
#include <stdlib.h>
#include <string.h>

#include "interp/eval/function-info.h"
#include "interp/eval/function-table.h"
#include "interp/eval/interp.h"
#include "interp/providers/flat.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"

struct session_function {
    struct object head;
    value name;
};
static const struct type type_drive_function;

static struct session_function *as_function(value v)
{
    return (struct session_function *)v.object;
}

static bool is_function(const struct visible_command *command)
{
    return command->visible && (command->proxy || cmdlet_rows[command->id].flags & CMD_FUNCTION);
}

static bool make_item(struct interp *in, const char *name, value *ret)
{
    value v;
    if (!object_new(in, &type_drive_function, &v))
        return false;
    if (!string_text(in, name, &as_function(v)->name))
        return value_drop(v), false;
    *ret = v;
    return true;
}

static bool find(struct interp *in, const char *name, value *ret_item)
{
    const struct visible_command *command = session_command(in->session, name, strlen(name));
    *ret_item = value_void;
    if (function_item && (!function_item(in, name, ret_item) || ret_item->kind != V_VOID))
        return ret_item->kind != V_VOID;
    return !command || !is_function(command) || strcasecmp(command->name, name) != 0 ||
           make_item(in, command->name, ret_item);
}

static bool name_of(struct interp *in, value item, value *ret_name)
{
    (void)in;
    *ret_name =
        value_keep(value_is_function_info(item) ? FUNCTION_INFO(item)->name : as_function(item)->name);
    return true;
}

static const char *text_of(value item)
{
    return value_text(value_is_function_info(item) ? FUNCTION_INFO(item)->name : as_function(item)->name);
}

static int by_name(const void *a, const void *b)
{
    return strcasecmp(text_of(*(const value *)a), text_of(*(const value *)b));
}

static bool is_there(const struct array *items, const char *name)
{
    for (size_t i = 0; i < items->count; i++)
        if (!strcasecmp(text_of(items->items[i]), name))
            return true;
    return false;
}

// Those of scripts hide the session's of the same name.
static bool list(struct interp *in, value *ret_items)
{
    value scripts = value_null, all, v;
    if ((function_list && !function_list(in, &scripts)) || !list_new(in, NULL, &all))
        return value_drop(scripts), false;
    bool ok = true;
    for (size_t i = 0; ok && scripts.kind == V_ARRAY && i < scripts.array->count; i++)
        ok = list_add(in, all.array, scripts.array->items[i]);
    for (size_t i = 0; ok && i < in->session->command_count; i++) {
        const struct visible_command *command = &in->session->commands[i];
        if (!is_function(command) || is_there(all.array, command->name))
            continue;
        ok = make_item(in, command->name, &v) && list_add(in, all.array, v);
        if (ok)
            value_drop(v);
    }
    if (ok && all.array->count)
        qsort(all.array->items, all.array->count, sizeof v, by_name);
    ok = ok && array_from(in, all.array->items, all.array->count, ret_items);
    value_drop(scripts);
    return value_drop(all), ok;
}

// Bodies of the session's own are not for reading: hidden is absent.
static bool content(struct interp *in, value item, value *ret)
{
    if (value_is_function_info(item))
        return *ret = value_keep(FUNCTION_INFO(item)->block), true;
    return string_text(in, "", ret);
}

// What failed is an error of the command, not its end.
static bool told(struct command *cmd, bool ok, struct change *how)
{
    if (ok)
        return true;
    value record = cmd->in->thrown;
    if (record.kind != V_ERROR)
        return false;
    how->failed = true;
    cmd->in->thrown = value_null;
    ok = cmd_error(cmd, value_text(record.error->id), record.error->category, record.error->target, "%s",
                   value_text(record.error->message));
    return value_drop(record), ok;
}

static bool put(struct command *cmd, const char *name, value v, struct change *how)
{
    bool force = how->flags & ITEM_FORCE;
    if (!function_store)
        return how->failed = true, cmd_error(cmd, "NotSupported", CAT_NotImplemented, value_null,
                                             "This session cannot make the function %s.", name);
    return told(cmd,
                function_store(cmd->in, name, v, force) &&
                    (!how->has_options || function_set_options(cmd->in, name, how->options)),
                how);
}

static bool drop(struct command *cmd, const char *name, struct change *how)
{
    value item = value_void;
    if (function_item && !function_item(cmd->in, name, &item))
        return false;
    bool own = item.kind != V_VOID;
    value_drop(item);
    if (own)
        return told(cmd, function_erase(cmd->in, name, how->flags & ITEM_FORCE), how);
    return how->failed = true, cmd_error(cmd, "FunctionNotRemovable", CAT_WriteError, value_null,
                                         "The function %s belongs to the session.", name);
}

static const struct flat function_items = {find, list, name_of, content, put, drop, true};

const struct provider provider_function = {
    .name = "Function",
    .type_name = "Microsoft.PowerShell.Commands.FunctionProvider",
    .description = "The functions of this session",
    .capabilities = 16, // ShouldProcess
    .ignore_case = true,
    .flat = &function_items,
    FLAT_OPERATIONS,
};

// --- FunctionInfo
// -------------------------------------------------------------------------------------------------

static bool get_name(struct interp *in, value self, value *ret)
{
    return name_of(in, self, ret);
}

static bool get_empty(struct interp *in, value self, value *ret)
{
    (void)self;
    return string_text(in, "", ret);
}

static bool get_command_type(struct interp *in, value self, value *ret)
{
    (void)in, (void)self;
    *ret = enum_value(&type_command_types, 2);
    return true;
}

static const struct property function_properties[] = {
    {"Definition", get_empty, NULL},
    {"Name", get_name, NULL},
    {"CommandType", get_command_type, NULL},
    {"Source", get_empty, NULL},
    {"Version", get_empty, NULL},
    {"ModuleName", get_empty, NULL},
    {0},
};

static void function_release(struct object *object)
{
    value_drop(((struct session_function *)object)->name);
}

static const struct type type_drive_function = {
    .name = "System.Management.Automation.FunctionInfo",
    .base = &type_function_info,
    .properties = function_properties,
    .to_string = get_name,
    .release = function_release,
    .size = sizeof(struct session_function),
    .type_code = 1,
};
