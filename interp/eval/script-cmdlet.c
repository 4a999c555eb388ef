// $PSCmdlet: what an advanced function says through its own call. jesh-full alone.
#include <string.h>

#include "interp/eval/invocation.h"
#include "interp/eval/module.h"
#include "interp/eval/session-state.h"
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

static const struct property cmdlet_properties[] = {
    {"MyInvocation", get_invocation, NULL}, {"ParameterSetName", get_set_name, NULL},
    {"SessionState", get_state, NULL},      {"Stopping", get_stopping, NULL},
    {"CommandRuntime", get_runtime, NULL},  {0}};

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
    error_unplace(record);
    value_set(&record->activity, value_null);
    if (!comma || strcmp(comma + 1, cmd->name)) {
        if (!string_printf(in, &whole, "%s,%s", id, cmd->name))
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

METHOD(should_process)
{
    struct command *cmd = command_of(in, self);
    bool yes;
    if (!cmd ||
        !cmd_should_process(cmd, value_text(args[0]), count > 1 ? value_text(args[1]) : cmd->name, &yes))
        return false;
    return *ret = value_bool(yes), true;
}

// Says itself what would be done.
METHOD(should_process_described)
{
    struct command *cmd = command_of(in, self);
    bool yes;
    if (!cmd || !cmd_should_describe(cmd, value_text(args[0]), &yes))
        return false;
    if (count > 3 && !reference_set(in, args[3], enum_value(&type_should_process_reason, !yes)))
        return false;
    return *ret = value_bool(yes), true;
}

METHOD(should_continue)
{
    UNUSED;
    return method_throw(in, &type_invalid_operation_exception, "There is nobody here to answer.");
}

METHOD(variable_value)
{
    (void)self;
    const value *found = interp_get_variable(in, value_text(args[0]));
    return *ret = value_keep(found ? *found : count > 1 ? args[1] : value_null), true;
}

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
    {"ShouldProcess", should_process, BOOLEAN, P(STR)},
    {"ShouldProcess", should_process, BOOLEAN, P(STR, STR)},
    {"ShouldProcess", should_process_described, BOOLEAN, P(STR, STR, STR)},
    {"ShouldProcess", should_process_described, BOOLEAN, P(STR, STR, STR, REF)},
    {"ShouldContinue", should_continue, BOOLEAN, P(STR, STR)},
    {"GetVariableValue", variable_value, OBJ, P(STR)},
    {"GetVariableValue", variable_value, OBJ, P(STR, OBJ)},
    {0}};
static const struct type_members full_script_cmdlet = {cmdlet_methods, NULL, NULL, NULL, false};

static const struct type type_script_cmdlet = {
    .name = "System.Management.Automation.PSScriptCmdlet",
    .base = &type_object,
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
    unsigned sets = stage->sets, at = 0, count = 0;
    if (sets & stage->meta->default_set)
        sets = stage->meta->default_set;
    while (sets && !(sets >> at & 1))
        at++;
    while (names && names[count])
        count++;
    return sets && at < count ? names[at] : "__AllParameterSets";
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
