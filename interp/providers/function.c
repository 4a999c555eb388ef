// Function: the visible commands that show themselves as functions. None can be made where there is no
// language for it.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/providers/flat.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"

struct function_info {
    struct object head;
    value name;
};
static const struct type type_function_info;

static struct function_info *as_function(value v)
{
    return (struct function_info *)v.object;
}

static bool is_function(const struct visible_command *command)
{
    return command->visible && (command->proxy || cmdlet_rows[command->id].flags & CMD_FUNCTION);
}

static bool make_item(struct interp *in, const char *name, value *ret)
{
    value v;
    if (!object_new(in, &type_function_info, &v))
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
    return !command || !is_function(command) || strcasecmp(command->name, name) != 0 ||
           make_item(in, command->name, ret_item);
}

static bool list(struct interp *in, value *ret_items) // the session's commands are sorted by name
{
    value items;
    size_t count = 0;
    for (size_t i = 0; i < in->session->command_count; i++)
        count += is_function(&in->session->commands[i]);
    if (!array_new(in, count, &items))
        return false;
    count = 0;
    for (size_t i = 0; i < in->session->command_count; i++)
        if (is_function(&in->session->commands[i]) &&
            !make_item(in, in->session->commands[i].name, &items.array->items[count++]))
            return value_drop(items), false;
    *ret_items = items;
    return true;
}

static bool name_of(struct interp *in, value item, value *ret_name)
{
    (void)in;
    *ret_name = value_keep(as_function(item)->name);
    return true;
}

static bool content(struct interp *in, value item, value *ret) // bodies are not for reading: hidden is absent
{
    (void)item;
    return string_text(in, "", ret);
}

static bool put(struct command *cmd, const char *name, value v, struct change *how)
{
    (void)v;
    return how->failed = true, cmd_error(cmd, "NotSupported", CAT_NotImplemented, value_null,
                                         "This session cannot make the function %s.", name);
}

static bool drop(struct command *cmd, const char *name, struct change *how)
{
    return how->failed = true, cmd_error(cmd, "FunctionNotRemovable", CAT_WriteError, value_null,
                                         "The function %s belongs to the session.", name);
}

static const struct flat function_items = {find, list, name_of, content, put, drop};

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
    value_drop(((struct function_info *)object)->name);
}

static const struct type type_function_info = {
    .name = "System.Management.Automation.FunctionInfo",
    .base = &type_object,
    .properties = function_properties,
    .to_string = get_name,
    .release = function_release,
    .size = sizeof(struct function_info),
    .type_code = 1,
};
