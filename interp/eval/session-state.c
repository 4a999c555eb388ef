// $ExecutionContext, SessionState and what hangs on them. jesh-full alone.
#include "interp/eval/session-state.h"

#include <string.h>

#include "interp/eval/block-members.h"
#include "interp/eval/block.h"
#include "interp/eval/module.h"
#include "interp/eval/names.h"
#include "interp/value/enum.h"
#include "interp/value/method.h"
#include "interp/value/types-rows.h"
#include "interp/value/types.h"

struct state_object { // of every type here: the state it speaks of
    struct object head;
    value module; // or $null
};

#define STATE(v) ((struct state_object *)(v).object)
#define GETTER(name) static bool name(struct interp *in, value self, value *ret)

static void release(struct object *object)
{
    value_drop(((struct state_object *)object)->module);
}

static bool state_object(struct interp *in, const struct type *type, value module, value *ret)
{
    if (!object_new(in, type, ret))
        return false;
    STATE(*ret)->module = value_keep(module);
    return true;
}

static void go_there(struct interp *in, value self, struct entered *outer)
{
    value module = STATE(self)->module;
    struct module *to = value_is_null(module) ? NULL : MODULE(module);
    state_enter(in, to, state_scope(in, to), outer);
}

// --- Variables
// -----------------------------------------------------------------------------------------------------

METHOD(variable_value)
{
    struct entered outer;
    go_there(in, self, &outer);
    const value *found = interp_get_variable(in, value_text(args[0]));
    *ret = found ? value_keep(*found) : count > 1 ? value_keep(args[1]) : value_null;
    state_leave(in, &outer);
    return true;
}

METHOD(variable_object)
{
    struct entered outer;
    struct variable *variable;
    (void)count;
    go_there(in, self, &outer);
    bool ok = variable_find(in, value_text(args[0]), NULL, &variable);
    if (ok)
        *ret = variable ? value_keep((value){.kind = V_OBJECT, .object = &variable->head}) : value_null;
    state_leave(in, &outer);
    return ok;
}

METHOD(variable_put)
{
    struct entered outer;
    (void)count;
    go_there(in, self, &outer);
    bool ok = interp_set_variable(in, value_text(args[0]), args[1]);
    state_leave(in, &outer);
    return *ret = value_null, ok;
}

METHOD(variable_drop)
{
    struct entered outer;
    struct variable *variable;
    (void)count;
    go_there(in, self, &outer);
    bool ok = variable_find(in, value_text(args[0]), NULL, &variable);
    if (ok && variable)
        ok = variable_remove(in, variable, NULL, false);
    state_leave(in, &outer);
    return *ret = value_null, ok;
}

static const struct method variable_methods[] = {
    {"GetValue", variable_value, &type_object, P(&type_string), false},
    {"GetValue", variable_value, &type_object, P(&type_string, &type_object), false},
    {"Get", variable_object, &type_object, P(&type_string), false},
    {"Set", variable_put, NULL, P(&type_string, &type_object), false},
    {"Remove", variable_drop, NULL, P(&type_string), false},
    {0}};
static const struct type_members variable_members = {.methods = variable_methods};
static const struct type type_variable_intrinsics = {
    .name = "System.Management.Automation.PSVariableIntrinsics",
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct state_object),
    .release = release,
    .full = &variable_members,
};

// --- Commands
// ------------------------------------------------------------------------------------------------------

static bool run_block(struct interp *in, value block, const value *args, size_t count, value *ret)
{
    struct collector found;
    collector_start(&found);
    if (!block_invoke_relayed(in, block, args, count, &found.sink))
        return value_drop(found.list), block_wrap_thrown(in), false;
    return collector_take_array(&found, in, ret);
}

METHOD(new_block)
{
    UNUSED;
    return script_block(in, value_text(args[0]), args[0].string->size, NULL, ret);
}

METHOD(invoke_script)
{
    value block;
    (void)self, (void)count;
    if (!script_block(in, value_text(args[0]), args[0].string->size, NULL, &block))
        return false;
    bool ok = run_block(in, block, NULL, 0, ret);
    value_drop(block);
    return ok;
}

METHOD(invoke_block)
{
    (void)self;
    value given = count > 1 ? args[1] : value_null;
    bool many = given.kind == V_ARRAY || given.kind == V_LIST;
    return run_block(in, args[0], many ? given.array->items : NULL, many ? given.array->count : 0, ret);
}

// The text between quotes that it cannot contain, save where a line begins with them.
static void as_expression(const char *text, size_t size, struct buf *out)
{
    bool here = strncmp(text, "\"@", 2) && !strstr(text, "\n\"@");
    buf_add_text(out, here ? "@\"\n" : "\"");
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '"' && !here)
            buf_add_char(out, '"');
        buf_add_char(out, text[i]);
    }
    buf_add_text(out, here ? "\n\"@" : "\"");
}

// The text as an expandable string would be.
METHOD(expand)
{
    struct buf text = {0};
    value block = value_null, found;
    const value *current = interp_get_variable(in, "_");
    (void)self, (void)count;
    as_expression(value_text(args[0]), args[0].string->size, &text);
    bool ok = !text.failed && script_block(in, buf_text(&text), text.size, NULL, &block);
    buf_free(&text);
    if (!ok)
        return false;
    ok = block_call(in, block, current ? *current : value_null, &found);
    value_drop(block);
    if (!ok)
        return false;
    ok = value_to_string(in, found, ret);
    value_drop(found);
    return ok;
}

METHOD(get_command)
{
    value found;
    (void)self;
    const struct named_arg named[] = {{"Name", args[0]},
                                      {"CommandType", count > 1 ? args[1] : value_null},
                                      {"ErrorAction", enum_value(&type_action_preference, 4)}};
    struct named_arg given[] = {named[0], named[2], named[1]};
    if (!interp_call(in, cmdlet_id_of(cmdlet_find("Get-Command", 11)), given, count > 1 ? 3 : 2, NULL, 0,
                     &found))
        return false;
    bool many = found.kind == V_ARRAY && found.array->count;
    *ret = many ? value_keep(found.array->items[0]) : value_is_null(found) ? value_null : value_keep(found);
    value_drop(found);
    return true;
}

static const struct method command_methods[] = {
    {"ExpandString", expand, &type_string, P(&type_string), false},
    {"NewScriptBlock", new_block, &type_scriptblock, P(&type_string), false},
    {"InvokeScript", invoke_script, &type_object, P(&type_string), false},
    {"InvokeScript", invoke_block, &type_object, P(&type_scriptblock, &type_object_array), true},
    {"GetCommand", get_command, &type_object, P(&type_string, &type_command_types), false},
    {0}};
static const struct type_members command_members = {.methods = command_methods};
static const struct type type_command_intrinsics = {
    .name = "System.Management.Automation.CommandInvocationIntrinsics",
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct state_object),
    .release = release,
    .full = &command_members,
};

// --- Paths
// ---------------------------------------------------------------------------------------------------------

static bool call_one(struct interp *in, const char *command, const char *name, value v, value *ret)
{
    const struct named_arg args[] = {{name, v}};
    return interp_call(in, cmdlet_id_of(cmdlet_find(command, strlen(command))), args, name ? 1 : 0, NULL, 0,
                       ret);
}

GETTER(path_current)
{
    return (void)self, call_one(in, "Get-Location", NULL, value_null, ret);
}

METHOD(path_resolved)
{
    (void)self, (void)count;
    return call_one(in, "Resolve-Path", "Path", args[0], ret);
}

// Whether or not there is something.
METHOD(path_unresolved)
{
    value here, folder;
    (void)count;
    if (value_text(args[0])[0] == '/')
        return *ret = value_keep(args[0]), true;
    if (!path_current(in, self, &here))
        return false;
    bool ok = value_to_string(in, here, &folder);
    value_drop(here);
    if (!ok)
        return false;
    const char *text = value_text(args[0]);
    while (text[0] == '.' && text[1] == '/')
        text += 2;
    if (!strcmp(text, "."))
        text = "";
    ok = string_printf(in, ret, "%s%s%s", value_text(folder),
                       *text && strcmp(value_text(folder), "/") ? "/" : "", text);
    value_drop(folder);
    return ok;
}

METHOD(path_combine)
{
    const struct named_arg given[] = {{"Path", args[0]}, {"ChildPath", args[1]}};
    (void)self, (void)count;
    return interp_call(in, cmdlet_id_of(cmdlet_find("Join-Path", 9)), given, 2, NULL, 0, ret);
}

static const struct property path_properties[] = {
    {"CurrentLocation", path_current, NULL}, {"CurrentFileSystemLocation", path_current, NULL}, {0}};
static const struct method path_methods[] = {
    {"GetUnresolvedProviderPathFromPSPath", path_unresolved, &type_string, P(&type_string), false},
    {"GetResolvedPSPathFromPSPath", path_resolved, &type_object, P(&type_string), false},
    {"Combine", path_combine, &type_string, P(&type_string, &type_string), false},
    {0}};
static const struct type_members path_members = {.methods = path_methods};
static const struct type type_path_intrinsics = {
    .name = "System.Management.Automation.PathIntrinsics",
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct state_object),
    .release = release,
    .properties = path_properties,
    .full = &path_members,
};

// --- SessionState
// --------------------------------------------------------------------------------------------------

GETTER(get_module)
{
    return (void)in, *ret = value_keep(STATE(self)->module), true;
}
GETTER(get_variables)
{
    return state_object(in, &type_variable_intrinsics, STATE(self)->module, ret);
}
GETTER(get_commands)
{
    return state_object(in, &type_command_intrinsics, STATE(self)->module, ret);
}
GETTER(get_path)
{
    return state_object(in, &type_path_intrinsics, STATE(self)->module, ret);
}
GETTER(get_mode)
{
    return (void)self, *ret = enum_value(&type_language_mode, in->mode), true;
}
void session_narrow(struct interp *in, enum language_mode mode)
{
    in->floor = mode_narrower(in->floor, mode);
    in->mode = mode_narrower(in->mode, mode);
    in->narrowed = in->floor != in->session->mode;
}

static bool set_mode(struct interp *in, value self, value to)
{
    value wanted;
    (void)self;
    if (!value_convert(in, to, &type_language_mode, &wanted)) {
        value_set(&in->thrown, value_null);
        return throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null, "This is not a language mode.");
    }
    return session_narrow(in, (enum language_mode)wanted.i), true;
}

GETTER(get_host)
{
    const value *found = interp_get_variable(in, "Host");
    return (void)self, *ret = found ? value_keep(*found) : value_null, true;
}
GETTER(get_nothing)
{
    return (void)in, (void)self, *ret = value_null, true;
}
GETTER(get_local)
{
    return (void)in, (void)self, *ret = value_false, true;
}

static const struct property state_properties[] = {{"Module", get_module, NULL},
                                                   {"PSVariable", get_variables, NULL},
                                                   {"InvokeCommand", get_commands, NULL},
                                                   {"Path", get_path, NULL},
                                                   {"LanguageMode", get_mode, set_mode},
                                                   {"UseFullLanguageModeInDebugger", get_local, NULL},
                                                   {0}};
const struct type type_session_state = {
    .name = "System.Management.Automation.SessionState",
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct state_object),
    .release = release,
    .properties = state_properties,
};

bool session_state_new(struct interp *in, value module, value *ret)
{
    return state_object(in, &type_session_state, module, ret);
}

// --- $ExecutionContext
// ---------------------------------------------------------------------------------------------

GETTER(get_state)
{
    return session_state_new(in, STATE(self)->module, ret);
}

static const struct property context_properties[] = {
    {"Host", get_host, NULL},
    {"Events", get_nothing, NULL},
    {"InvokeProvider", get_nothing, NULL},
    {"SessionState", get_state, NULL},
    {"InvokeCommand", get_commands, NULL},
    {0}};
const struct type type_engine_intrinsics = {
    .name = "System.Management.Automation.EngineIntrinsics",
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct state_object),
    .release = release,
    .properties = context_properties,
};

bool execution_context(struct interp *in, value *ret)
{
    struct module *module = in->eval->module;
    return state_object(in, &type_engine_intrinsics, module ? module_value(module) : value_null, ret);
}
