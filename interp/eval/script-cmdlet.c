// $PSCmdlet: what an advanced function says through its own call. jesh-full alone.
#include <string.h>

#include "interp/eval/invocation.h"
#include "interp/eval/module.h"
#include "interp/eval/script-cmdlet.h"
#include "interp/eval/session-state.h"
#include "interp/eval/should-process.h"
#include "interp/value/enum.h"
#include "interp/value/exceptions.h"
#include "interp/value/types-rows.h"

struct cmdlet_object {
    struct object head;
    value invocation, set_name, state;
    struct stage *stage; // NULL once the call is over
};

#define CMDLET_OBJECT(v) ((struct cmdlet_object *)(v).object)
#define FIELD(name, field)                                                                                   \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, *ret = value_keep(CMDLET_OBJECT(self)->field), true;                                \
    }

FIELD(get_invocation, invocation)
FIELD(get_set_name, set_name)
FIELD(get_state, state)
static bool get_stopping(struct interp *in, value self, value *ret)
{
    return (void)self, *ret = value_bool(in->interrupted), true;
}
static bool get_runtime(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_keep(self), true;
}

static void cmdlet_release(struct object *object)
{
    value_drop(((struct cmdlet_object *)object)->invocation);
    value_drop(((struct cmdlet_object *)object)->set_name);
    value_drop(((struct cmdlet_object *)object)->state);
}

// --- Its methods
// --------------------------------------------------------------------------------------------------

static struct command *command_of(struct interp *in, value self)
{
    struct stage *stage = CMDLET_OBJECT(self)->stage;
    if (!stage)
        method_throw(in, &type_invalid_operation_exception, "The call of this function is over.");
    return stage ? &stage->cmd : NULL;
}

// The id ends in the name of the function, and the place is where that was called.
static bool take_over(struct interp *in, const struct command *cmd, struct error_record *record)
{
    const struct stage *stage = stage_of(cmd);
    const char *id = value_text(record->id), *comma = strrchr(id, ',');
    value whole, self = {.kind = V_ERROR, .error = record};
    bool other = comma && !value_is_null(record->command); // of another command: that one's name is behind it
    error_unplace(record);
    value_set(&record->activity, value_null);
    if (!comma || strcmp(comma + 1, cmd->name)) {
        if (!string_printf(in, &whole, "%.*s,%s", other ? (int)(comma - id) : (int)strlen(id), id, cmd->name))
            return false;
        value_drop(record->id);
        record->id = whole;
    }
    error_place(self, stage->code, stage->offset);
    error_name(in, record, cmd);
    return true;
}

static bool no_record(struct interp *in)
{
    return method_throw(in, &type_argument_null_exception, "An ErrorRecord is needed.");
}

METHOD(write_error)
{
    struct command *cmd = command_of(in, self);
    (void)count, (void)ret;
    if (!cmd || value_is_null(args[0]))
        return cmd ? no_record(in) : false;
    return take_over(in, cmd, args[0].error) && cmd_error_record(cmd, args[0]);
}

METHOD(throw_terminating)
{
    struct command *cmd = command_of(in, self);
    value record;
    (void)count, (void)ret;
    if (!cmd || value_is_null(args[0]))
        return cmd ? no_record(in) : false;
    if (!error_copy(in, args[0].error, &record))
        return false;
    if (take_over(in, cmd, record.error)) {
        record.error->call = stage_of(cmd);
        record.error->of_command = true;
        throw_record(in, record);
    }
    return value_drop(record), false;
}

METHOD(write_object)
{
    struct command *cmd = command_of(in, self);
    (void)ret;
    if (!cmd)
        return false;
    return count > 1 && args[1].b ? cmd_write_each(cmd, args[0]) : cmd_write(cmd, args[0]);
}

#define WRITE(name, stream)                                                                                  \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        struct command *cmd = command_of(in, self);                                                          \
        return (void)count, (void)ret, cmd && cmd_stream(cmd, stream, args[0]);                              \
    }
WRITE(write_warning, STREAM_WARNING)
WRITE(write_verbose, STREAM_VERBOSE)
WRITE(write_debug, STREAM_DEBUG)
WRITE(write_information, STREAM_INFORMATION)

METHOD(write_nothing)
{
    UNUSED;
    return true;
}

METHOD(should_process_action)
{
    struct command *cmd = command_of(in, self);
    bool yes;
    (void)ret;
    if (!cmd)
        return false;
    if (!should_process(cmd, value_text(args[0]), count > 1 ? value_text(args[1]) : cmd->name, &yes))
        return method_rethrow(in);
    return *ret = value_bool(yes), true;
}

// Says itself what would be done.
METHOD(should_process_text)
{
    struct command *cmd = command_of(in, self);
    bool yes;
    if (!cmd)
        return false;
    if (!should_process_described(cmd, value_text(args[0]), value_text(args[1]), &yes))
        return method_rethrow(in);
    if (count > 3 && !reference_set(in, args[3], enum_value(&type_should_process_reason, !yes)))
        return false;
    return *ret = value_bool(yes), true;
}

// Whether [ref]s that were handed in settle it: yes or no to all.
static bool settled(struct interp *in, const value *args, size_t count, bool *ret_settled, value *ret)
{
    value all, none;
    *ret_settled = false;
    if (count < 4)
        return true;
    if (!member_named(in, args[count - 2], "Value", &all))
        return false;
    bool ok = member_named(in, args[count - 1], "Value", &none), yes = value_truth(all);
    value_drop(all);
    if (!ok)
        return false;
    *ret_settled = yes || value_truth(none);
    return *ret = value_bool(yes), value_drop(none), true;
}

METHOD(should_continue)
{
    struct command *cmd = command_of(in, self);
    bool yes, done;
    if (!cmd || !settled(in, args, count, &done, ret))
        return false;
    if (done)
        return true;
    return ask_somebody(cmd, value_text(args[0]), &yes) ? (*ret = value_bool(yes), true) : method_rethrow(in);
}

METHOD(variable_value)
{
    (void)self;
    const value *found = interp_get_variable(in, value_text(args[0]));
    return *ret = value_keep(found ? *found : count > 1 ? args[1] : value_null), true;
}

// --- Paths
// --------------------------------------------------------------------------------------------------------

static bool of_context(struct interp *in, const char *name, value *ret)
{
    value context;
    if (!execution_context(in, &context))
        return false;
    bool ok = member_named(in, context, name, ret);
    return value_drop(context), ok;
}
static bool get_invoke_command(struct interp *in, value self, value *ret)
{
    return (void)self, of_context(in, "InvokeCommand", ret);
}
static bool get_invoke_provider(struct interp *in, value self, value *ret)
{
    return (void)self, of_context(in, "InvokeProvider", ret);
}
static bool get_host(struct interp *in, value self, value *ret)
{
    const value *host = interp_get_variable(in, "Host");
    return (void)self, *ret = host ? value_keep(*host) : value_null, true;
}
static bool get_origin(struct interp *in, value self, value *ret)
{
    return (void)self, string_text(in, "Runspace", ret);
}

METHOD(unresolved_path)
{
    value state, paths, method;
    (void)count;
    if (!member_named(in, self, "SessionState", &state))
        return false;
    bool ok = member_named(in, state, "Path", &paths);
    value_drop(state);
    if (!ok || !string_text(in, "GetUnresolvedProviderPathFromPSPath", &method))
        return false;
    ok = method_invoke(in, paths, method, args, 1, ret);
    value_drop(paths);
    return value_drop(method), ok;
}

static const struct property cmdlet_properties[] = {{"ParameterSetName", get_set_name, NULL},
                                                    {"MyInvocation", get_invocation, NULL},
                                                    {"InvokeCommand", get_invoke_command, NULL},
                                                    {"Host", get_host, NULL},
                                                    {"SessionState", get_state, NULL},
                                                    {"InvokeProvider", get_invoke_provider, NULL},
                                                    {"Stopping", get_stopping, NULL},
                                                    {"CommandRuntime", get_runtime, NULL},
                                                    {"CommandOrigin", get_origin, NULL},
                                                    {0}};

#define RECORD &type_error_record
static const struct method cmdlet_methods[] = {
    {"WriteError", write_error, VOID, P(RECORD)},
    {"ThrowTerminatingError", throw_terminating, VOID, P(RECORD)},
    {"WriteObject", write_object, VOID, P(OBJ)},
    {"WriteObject", write_object, VOID, P(OBJ, BOOLEAN)},
    {"WriteWarning", write_warning, VOID, P(STR)},
    {"WriteVerbose", write_verbose, VOID, P(STR)},
    {"WriteDebug", write_debug, VOID, P(STR)},
    {"WriteInformation", write_information, VOID, P(&type_information_record)},
    {"WriteInformation", write_information, VOID, P(OBJ, STRS)},
    {"WriteProgress", write_nothing, VOID, P(OBJ)},
    {"WriteCommandDetail", write_nothing, VOID, P(STR)},
    {"ShouldProcess", should_process_action, BOOLEAN, P(STR)},
    {"ShouldProcess", should_process_action, BOOLEAN, P(STR, STR)},
    {"ShouldProcess", should_process_text, BOOLEAN, P(STR, STR, STR)},
    {"ShouldProcess", should_process_text, BOOLEAN, P(STR, STR, STR, REF)},
    {"ShouldContinue", should_continue, BOOLEAN, P(STR, STR)},
    {"ShouldContinue", should_continue, BOOLEAN, P(STR, STR, REF, REF)},
    {"ShouldContinue", should_continue, BOOLEAN, P(STR, STR, BOOLEAN, REF, REF)},
    {"GetVariableValue", variable_value, OBJ, P(STR)},
    {"GetVariableValue", variable_value, OBJ, P(STR, OBJ)},
    {"GetUnresolvedProviderPathFromPSPath", unresolved_path, STR, P(STR)},
    {0}};
static const struct type_members full_script_cmdlet = {cmdlet_methods, NULL, NULL, NULL};

// --- What every command has
// ---------------------------------------------------------------------------------------------------

static bool names_of(struct interp *in, const char *const *names, size_t count, value *ret)
{
    const struct type *set = type_find_in(in, "System.Collections.Generic.HashSet[string]", 42);
    value list, make, name;
    if (!list_new(in, NULL, &list))
        return false;
    bool ok = string_text(in, "new", &make);
    for (size_t i = 0; ok && i < count; i++) {
        ok = string_text(in, names[i], &name) && list_add(in, list.array, name);
        value_drop(name);
    }
    ok = ok && static_invoke(in, set, make, &list, 1, ret);
    return value_drop(make), value_drop(list), ok;
}

static bool common_names(struct interp *in, value self, value *ret)
{
    static const char *const names[] = {
        "Verbose",           "Debug",          "ErrorAction",      "WarningAction",
        "InformationAction", "ProgressAction", "ErrorVariable",    "WarningVariable",
        "OutVariable",       "OutBuffer",      "PipelineVariable", "InformationVariable"};
    return (void)self, names_of(in, names, sizeof names / sizeof *names, ret);
}

static bool optional_names(struct interp *in, value self, value *ret)
{
    static const char *const names[] = {"WhatIf", "Confirm", "UseTransaction"};
    return (void)self, names_of(in, names, sizeof names / sizeof *names, ret);
}

static const struct property cmdlet_statics[] = {
    {"CommonParameters", common_names, NULL}, {"OptionalCommonParameters", optional_names, NULL}, {0}};
static const struct type_members full_cmdlet_base = {.static_properties = cmdlet_statics};
static const struct type type_internal_command = {
    .name = "System.Management.Automation.Internal.InternalCommand", .base = &type_object, .type_code = 1};
const struct type type_cmdlet_base = {.name = "System.Management.Automation.Cmdlet",
                                      .base = &type_internal_command,
                                      .type_code = 1,
                                      .full = &full_cmdlet_base};
const struct type type_pscmdlet = {
    .name = "System.Management.Automation.PSCmdlet", .base = &type_cmdlet_base, .type_code = 1};
const struct type type_script_cmdlet = {
    .name = "System.Management.Automation.PSScriptCmdlet",
    .base = &type_pscmdlet,
    .type_code = 1,
    .size = sizeof(struct cmdlet_object),
    .release = cmdlet_release,
    .properties = cmdlet_properties,
    .full = &full_script_cmdlet,
};

// --- Making
// -------------------------------------------------------------------------------------------------------

static const char *set_name_of(const struct stage *stage)
{
    const char *const *names = stage->cmd.cmdlet->sets;
    unsigned at = bind_set(stage), count = 0;
    while (names && names[count])
        count++;
    return stage->sets && at < count ? names[at] : "__AllParameterSets";
}

bool cmdlet_object_new(struct interp *in, struct stage *stage, value invocation, value *ret)
{
    value v;
    if (!object_new(in, &type_script_cmdlet, &v))
        return false;
    CMDLET_OBJECT(v)->invocation = value_keep(invocation);
    CMDLET_OBJECT(v)->stage = stage;
    struct module *caller = stage->caller; // $PSCmdlet.SessionState is that of whoever called
    if (!string_text(in, set_name_of(stage), &CMDLET_OBJECT(v)->set_name) ||
        !session_state_new(in, caller ? module_value(caller) : value_null, &CMDLET_OBJECT(v)->state))
        return value_drop(v), false;
    return *ret = v, true;
}

void cmdlet_object_end(value v)
{
    if (value_is_type(v, &type_script_cmdlet))
        CMDLET_OBJECT(v)->stage = NULL;
}

struct stage *cmdlet_object_stage(value v)
{
    return v.kind == V_OBJECT && v.object->type == &type_script_cmdlet ? CMDLET_OBJECT(v)->stage : NULL;
}
