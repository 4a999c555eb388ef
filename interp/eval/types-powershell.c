// [powershell], [runspacefactory] and what belongs to them: programs that run programs. jesh-full alone.
//
// What stands in the fields of an object is said by the enum of its kind.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "interp/eval/block.h"
#include "interp/eval/session-state.h"
#include "interp/eval/types-powershell.h"
#include "interp/value/ast-object.h"
#include "interp/value/enum.h"
#include "interp/value/items.h"

enum { SHELL_RUNSPACE, SHELL_COMMANDS, SHELL_STREAMS, SHELL_FAILED, SHELL_STATE, SHELL_OUTPUT, SHELL_ERROR };
enum { SPACE_POINTER, SPACE_STATE, SPACE_INITIAL, SPACE_NAME };
enum {
    COMMAND_TEXT,
    COMMAND_SCRIPT,
    COMMAND_PARAMETERS,
    COMMAND_ENDS,
    COMMAND_LOCAL
}; // parameters: names and values in turn
enum { INITIAL_MODE };
enum { STATE_NAME, STATE_REASON };
enum { SEVERAL = 64 }; // commands of one PowerShell

// --- Runspaces
// -----------------------------------------------------------------------------------------------------

static struct runspace *runspace_behind(value space)
{
    value pointer = FIELD(space, SPACE_POINTER);
    return pointer.kind == V_I64 ? (struct runspace *)(intptr_t)pointer.i : NULL;
}

static bool set_text(struct interp *in, value object, unsigned field, const char *text)
{
    value v;
    if (!string_text(in, text, &v))
        return false;
    value_set(&FIELD(object, field), v);
    return value_drop(v), true;
}

static bool space_new(struct interp *in, value initial, value *ret)
{
    if (!object_new(in, &type_runspace, ret))
        return false;
    FIELD(*ret, SPACE_INITIAL) = value_keep(initial);
    return set_text(in, *ret, SPACE_STATE, "BeforeOpen");
}

// The initial session state may only narrow.
static void narrow(struct runspace *runspace, value initial)
{
    if (value_is_null(initial) || value_is_null(FIELD(initial, INITIAL_MODE)))
        return;
    session_narrow(&runspace->in, (enum language_mode)FIELD(initial, INITIAL_MODE).i);
}

static bool space_start(struct interp *in, value space, struct runspace **ret)
{
    if ((*ret = runspace_behind(space)))
        return true;
    if (!runspace_new(in, ret))
        return false;
    FIELD(space, SPACE_POINTER) = value_long((intptr_t)*ret);
    narrow(*ret, FIELD(space, SPACE_INITIAL));
    return set_text(in, space, SPACE_STATE, "Opened");
}

METHOD(space_open)
{
    struct runspace *runspace;
    UNUSED;
    *ret = value_null;
    return space_start(in, self, &runspace);
}

METHOD(space_close)
{
    UNUSED;
    *ret = value_null;
    return set_text(in, self, SPACE_STATE, "Closed");
}

static bool state_of(struct interp *in, value name, value *ret)
{
    if (!object_new(in, &type_invocation_state, ret))
        return false;
    FIELD(*ret, STATE_NAME) = value_keep(name);
    return true;
}

GETTER(space_state)
{
    return state_of(in, FIELD(self, SPACE_STATE), ret);
}
FIELD_GETTER(space_initial, SPACE_INITIAL)
FIELD_GETTER(space_name, SPACE_NAME)
GETTER(space_proxy)
{
    if (!object_new(in, &type_state_proxy, ret))
        return false;
    FIELD(*ret, 0) = value_keep(self);
    return true;
}

const struct property runspace_properties[] = {{.name = "Name", .get = space_name},
                                               {.name = "RunspaceStateInfo", .get = space_state},
                                               {.name = "InitialSessionState", .get = space_initial},
                                               {.name = "SessionStateProxy", .get = space_proxy},
                                               {0}};
static const struct method runspace_methods[] = {{"Open", space_open, VOID},
                                                 {"OpenAsync", space_open, VOID},
                                                 {"Close", space_close, VOID},
                                                 {"CloseAsync", space_close, VOID},
                                                 {"Dispose", space_close, VOID},
                                                 {"ResetRunspaceState", space_open, VOID},
                                                 {0}};
const struct type_members full_runspace = {.methods = runspace_methods};

METHOD(create_space)
{
    value initial = value_null;
    (void)self;
    for (size_t i = 0; i < count; i++)
        if (value_is_type(args[i], &type_initial_session_state))
            initial = args[i];
    return space_new(in, initial, ret);
}

static const struct method factory_statics[] = {
    {"CreateRunspace", create_space, &type_runspace},
    {"CreateRunspace", create_space, &type_runspace, P(&type_initial_session_state)},
    {"CreateRunspace", create_space, &type_runspace, P(OBJ)},
    {"CreateRunspace", create_space, &type_runspace, P(OBJ, &type_initial_session_state)},
    {0}};
const struct type_members full_runspace_factory = {.statics = factory_statics};

// --- SessionStateProxy: field 0 is the runspace
// ---------------------------------------------------------------------

METHOD(proxy_set)
{
    struct runspace *runspace;
    char name[128];
    (void)count;
    *ret = value_null;
    snprintf(name, sizeof name, "global:%s", value_text(args[0]));
    return space_start(in, FIELD(self, 0), &runspace) && interp_set_variable(&runspace->in, name, args[1]);
}

METHOD(proxy_get)
{
    struct runspace *runspace;
    (void)count;
    if (!space_start(in, FIELD(self, 0), &runspace))
        return false;
    const value *found = interp_get_variable(&runspace->in, value_text(args[0]));
    return *ret = found ? value_keep(*found) : value_null, true;
}

GETTER(proxy_mode)
{
    struct runspace *runspace;
    if (!space_start(in, FIELD(self, 0), &runspace))
        return false;
    return *ret = enum_value(&type_language_mode, runspace->in.mode), true;
}

static bool proxy_set_mode(struct interp *in, value self, value to)
{
    struct runspace *runspace;
    value wanted;
    if (!space_start(in, FIELD(self, 0), &runspace) || !value_convert(in, to, &type_language_mode, &wanted))
        return false;
    return session_narrow(&runspace->in, (enum language_mode)wanted.i), true;
}

const struct property state_proxy_properties[] = {
    {.name = "LanguageMode", .get = proxy_mode, .set = proxy_set_mode}, {0}};
static const struct method proxy_methods[] = {
    {"SetVariable", proxy_set, VOID, P(STR, OBJ)}, {"GetVariable", proxy_get, OBJ, P(STR)}, {0}};
const struct type_members full_state_proxy = {.methods = proxy_methods};

// --- InitialSessionState
// ---------------------------------------------------------------------------------------------

METHOD(create_initial)
{
    UNUSED;
    return object_new(in, &type_initial_session_state, ret);
}

METHOD(import_modules)
{
    UNUSED;
    *ret = value_null; // what the session shows is there already
    return !value_is_null(args[0]) ||
           method_throw(in, &type_argument_null_exception, "The names of modules must not be $null.");
}

GETTER(initial_mode)
{
    value mode = FIELD(self, INITIAL_MODE);
    return *ret = value_is_null(mode) ? enum_value(&type_language_mode, in->mode) : mode, true;
}

static bool set_initial_mode(struct interp *in, value self, value to)
{
    return value_convert(in, to, &type_language_mode, &FIELD(self, INITIAL_MODE));
}

const struct property initial_state_properties[] = {
    {.name = "LanguageMode", .get = initial_mode, .set = set_initial_mode}, {0}};
static const struct method initial_methods[] = {{"ImportPSModule", import_modules, VOID, P(STRS)}, {0}};
static const struct method initial_statics[] = {
    {"Create", create_initial, &type_initial_session_state},
    {"CreateDefault", create_initial, &type_initial_session_state},
    {"CreateDefault2", create_initial, &type_initial_session_state},
    {0}};
const struct type_members full_initial_session_state = {.methods = initial_methods,
                                                        .statics = initial_statics};

// --- Commands
// ------------------------------------------------------------------------------------------------------

static struct array *commands_of(value shell)
{
    return FIELD(FIELD(shell, SHELL_COMMANDS), 0).array;
}

static bool commands_new(struct interp *in, value *ret)
{
    return object_new(in, &type_ps_command, ret) && list_new(in, NULL, &FIELD(*ret, 0));
}

static bool command_add(struct interp *in, struct array *list, value text, bool script, bool local)
{
    value command;
    if (list->count >= SEVERAL)
        return method_throw(in, &type_invalid_operation_exception, "A PowerShell has at most %d commands.",
                            SEVERAL);
    if (!object_new(in, &type_runspace_command, &command))
        return false;
    FIELD(command, COMMAND_TEXT) = value_keep(text);
    FIELD(command, COMMAND_SCRIPT) = value_bool(script);
    FIELD(command, COMMAND_LOCAL) = value_bool(local);
    FIELD(command, COMMAND_ENDS) = value_false;
    bool ok = list_new(in, NULL, &FIELD(command, COMMAND_PARAMETERS)) && list_add(in, list, command);
    return value_drop(command), ok;
}

static bool last_command(struct interp *in, struct array *list, value *ret)
{
    if (!list->count)
        return method_throw(in, &type_invalid_operation_exception,
                            "A command must be added before its parameters.");
    return *ret = list->items[list->count - 1], true;
}

static bool parameter_add(struct interp *in, struct array *list, value name, value val)
{
    value command = value_null;
    if (!last_command(in, list, &command))
        return false;
    struct array *parameters = FIELD(command, COMMAND_PARAMETERS).array;
    return list_add(in, parameters, name) && list_add(in, parameters, val);
}

static bool parameters_add(struct interp *in, struct array *list, value from)
{
    struct value_walk walk;
    value item;
    bool ok = true;
    if (from.kind == V_TABLE) {
        for (size_t i = 0; ok && i < from.table->used; i++)
            if (from.table->slots[i].key.kind != V_VOID)
                ok = parameter_add(in, list, from.table->slots[i].key, from.table->slots[i].val);
        return ok;
    }
    value_walk_start(&walk, from);
    while (ok && value_walk_next(in, &walk, &item)) {
        ok = parameter_add(in, list, value_null, item);
        value_drop(item);
    }
    return ok;
}

static bool statement_add(struct array *list)
{
    if (list->count)
        FIELD(list->items[list->count - 1], COMMAND_ENDS) = value_true;
    return true;
}

// The same methods on a PowerShell and on its PSCommand; each gives back what it was called on.
static struct array *target(value self)
{
    return value_is_type(self, &type_powershell) ? commands_of(self) : FIELD(self, 0).array;
}

METHOD(add_script)
{
    *ret = value_keep(self);
    return command_add(in, target(self), args[0], true, count > 1 && value_truth(args[1]));
}
METHOD(add_command)
{
    (void)count;
    *ret = value_keep(self);
    return command_add(in, target(self), args[0], false, false);
}
METHOD(add_parameter)
{
    *ret = value_keep(self);
    return parameter_add(in, target(self), args[0], count > 1 ? args[1] : value_true);
}
METHOD(add_parameters)
{
    (void)count;
    *ret = value_keep(self);
    return parameters_add(in, target(self), args[0]);
}
METHOD(add_argument)
{
    (void)count;
    *ret = value_keep(self);
    return parameter_add(in, target(self), value_null, args[0]);
}
METHOD(add_statement)
{
    UNUSED;
    *ret = value_keep(self);
    return statement_add(target(self));
}
METHOD(clear_commands)
{
    struct array *list = target(self);
    UNUSED;
    *ret = value_null;
    return items_take_out(list, 0, list->count), true;
}

FIELD_GETTER(command_list, 0)
FIELD_GETTER(command_text, COMMAND_TEXT)
FIELD_GETTER(command_is_script, COMMAND_SCRIPT)
FIELD_GETTER(command_ends, COMMAND_ENDS)
const struct property ps_command_properties[] = {{.name = "Commands", .get = command_list}, {0}};
const struct property runspace_command_properties[] = {{.name = "CommandText", .get = command_text},
                                                       {.name = "IsScript", .get = command_is_script},
                                                       {.name = "IsEndOfStatement", .get = command_ends},
                                                       {0}};
#define COMMAND_METHODS(type)                                                                                \
    {"AddScript", add_script, type, P(STR)}, {"AddScript", add_script, type, P(STR, BOOLEAN)},               \
        {"AddCommand", add_command, type, P(STR)}, {"AddCommand", add_command, type, P(STR, BOOLEAN)},       \
        {"AddParameter", add_parameter, type, P(STR)}, {"AddParameter", add_parameter, type, P(STR, OBJ)},   \
        {"AddArgument", add_argument, type, P(OBJ)},                                                         \
    {                                                                                                        \
        "AddStatement", add_statement, type                                                                  \
    }
static const struct method command_methods[] = {
    COMMAND_METHODS(&type_ps_command), {"Clear", clear_commands, VOID}, {0}};
METHOD(make_commands)
{
    UNUSED;
    return commands_new(in, ret);
}
static const struct method command_constructors[] = {{"new", make_commands, &type_ps_command}, {0}};
const struct type_members full_ps_command = {.methods = command_methods,
                                             .constructors = command_constructors};

FIELD_GETTER(state_name, STATE_NAME)
FIELD_GETTER(state_reason, STATE_REASON)
GETTER(state_done)
{
    return (void)in, (void)self, *ret = value_true, true;
}
const struct property invocation_state_properties[] = {{.name = "State", .get = state_name},
                                                       {.name = "Reason", .get = state_reason},
                                                       {.name = "IsCompleted", .get = state_done},
                                                       {0}};

// --- Running
// -------------------------------------------------------------------------------------------------------

static bool set_numbered(struct runspace *runspace, const char *kind, size_t n, value v)
{
    char name[48];
    snprintf(name, sizeof name, "global:__%s%zu", kind, n);
    return interp_set_variable(&runspace->in, name, v);
}

static bool split_parameters(struct interp *in, const struct array *from, value *ret_named, value *ret_rest)
{
    bool ok = table_new(in, true, ret_named) && list_new(in, NULL, ret_rest);
    for (size_t i = 0; ok && i + 1 < from->count; i += 2)
        ok = value_is_null(from->items[i])
                 ? list_add(in, ret_rest->array, from->items[i + 1])
                 : table_set(in, ret_named->table, from->items[i], from->items[i + 1]);
    return ok;
}

static bool set_parameters(struct interp *in, struct runspace *runspace, value command, size_t n)
{
    value named = value_null, rest = value_null;
    bool ok = split_parameters(in, FIELD(command, COMMAND_PARAMETERS).array, &named, &rest) &&
              set_numbered(runspace, "p", n, named) && set_numbered(runspace, "a", n, rest);
    value_drop(named);
    value_drop(rest);
    return ok;
}

static bool set_command(struct runspace *runspace, value command, size_t n)
{
    value text = FIELD(command, COMMAND_TEXT), block;
    if (!value_truth(FIELD(command, COMMAND_SCRIPT)))
        return set_numbered(runspace, "c", n, text);
    if (!script_block(&runspace->in, value_text(text), text.string->size, NULL, &block))
        return parse_exception_mark(runspace->in.thrown), false;
    bool ok = set_numbered(runspace, "c", n, block);
    return value_drop(block), ok;
}

// The commands as one text: $__c0 is the first, with $__p0 and $__a0 as its parameters.
static bool prepare(struct interp *in, struct runspace *runspace, const struct array *commands, bool input,
                    struct buf *text)
{
    bool first = true;
    for (size_t i = 0; i < commands->count; i++) {
        value command = commands->items[i];
        bool dot = value_truth(FIELD(command, COMMAND_SCRIPT)) && !value_truth(FIELD(command, COMMAND_LOCAL));
        if (!set_command(runspace, command, i) || !set_parameters(in, runspace, command, i))
            return false;
        buf_printf(text, "%s%s $__c%zu @__p%zu @__a%zu",
                   !first  ? " | "
                   : input ? "$__input | "
                           : "",
                   dot ? "." : "&", i, i, i);
        first = value_truth(FIELD(command, COMMAND_ENDS));
        if (first)
            buf_add_char(text, '\n');
        input = false;
    }
    return !text->failed || throw_full(in, text);
}

static bool only_commands(const struct array *commands)
{
    for (size_t i = 0; i < commands->count; i++)
        if (value_truth(FIELD(commands->items[i], COMMAND_SCRIPT)))
            return false;
    return true;
}

// What ended a command stands inside of an exception that says so; what kept one from starting is told as it
// is.
static const struct type *wrapping(const struct error_record *record)
{
    static const struct type *const plain[] = {&type_command_missing_exception,
                                               &type_parameter_binding_exception, &type_parse_exception,
                                               &type_action_stop_exception};
    if (record->stopped)
        return NULL;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (value_is_type(record->exception, plain[i]))
            return NULL;
    return record->from_throw ? &type_runtime_exception : &type_cmdlet_invocation_exception;
}

static bool wrap_thrown(struct interp *in)
{
    value outer, record, thrown = in->thrown;
    if (thrown.kind != V_ERROR || thrown.object == in->out_of_memory.object || !wrapping(thrown.error))
        return false;
    if (!exception_new(in, wrapping(thrown.error), thrown.error->message, &outer))
        return false;
    ((struct exception *)outer.object)->inner = value_keep(thrown.error->exception);
    value_set(&((struct exception *)outer.object)->record, thrown);
    if (error_copy(in, thrown.error, &record)) {
        value_set(&record.error->exception, outer);
        value_set(&in->thrown, record);
        value_drop(record);
    }
    return value_drop(outer), false;
}

static bool run(struct interp *in, value shell, struct runspace *runspace, value input, value *ret_list)
{
    struct buf text = BUF_INIT;
    bool given = !value_is_null(input) && input.kind != V_VOID;
    bool ok = (!given || interp_set_variable(&runspace->in, "global:__input", input)) &&
              prepare(in, runspace, commands_of(shell), given, &text);
    runspace->in.bare = only_commands(commands_of(shell));
    ok = ok ? runspace_run(runspace, buf_text(&text), ret_list) : (runspace_hand_over(runspace), false);
    runspace->in.bare = false;
    buf_free(&text);
    return ok;
}

static void join_streams(value shell, struct runspace *runspace)
{
    value streams = FIELD(shell, SHELL_STREAMS);
    for (int i = STREAM_ERROR; i < STREAM_FIELDS; i++)
        value_set(&runspace->streams[i], FIELD(streams, i));
    runspace->failed = false;
}

static void leave_streams(value shell, struct runspace *runspace)
{
    for (int i = STREAM_ERROR; i < STREAM_FIELDS; i++)
        value_set(&runspace->streams[i], value_null);
    value_set(&FIELD(shell, SHELL_FAILED), value_bool(runspace->failed));
}

static bool output_collection(struct interp *in, value list, const struct type *type, value *ret)
{
    bool ok = list_new(in, type, ret);
    for (size_t i = 0; ok && list.kind == V_LIST && i < list.array->count; i++)
        ok = list_add(in, ret->array, list.array->items[i]);
    return ok;
}

static bool invoke_shell(struct interp *in, value shell, value input, const struct type *type, value *ret)
{
    struct runspace *runspace;
    value list = value_null;
    if (!commands_of(shell)->count)
        return method_throw(in, &type_invalid_operation_exception, "There is no command to run.");
    if (!space_start(in, FIELD(shell, SHELL_RUNSPACE), &runspace))
        return false;
    join_streams(shell, runspace);
    bool ok = run(in, shell, runspace, input, &list);
    leave_streams(shell, runspace);
    bool told = set_text(in, shell, SHELL_STATE, ok ? "Completed" : "Failed");
    if (ok && told)
        ok = output_collection(in, list, type, ret);
    value_drop(list);
    return ok;
}

static bool adds_to_history(struct interp *in, value settings)
{
    static const char name[] = "AddToHistory";
    bool found;
    value added = value_null;
    bool yes = !value_is_null(settings) && member_get(in, settings, name, sizeof name - 1, &added, &found) &&
               value_truth(added);
    return value_drop(added), yes;
}

METHOD(shell_invoke)
{
    bool added = count > 1 && adds_to_history(in, args[1]);
    bool ok = invoke_shell(in, self, count ? args[0] : value_null, &type_collection, ret);
    struct runspace *runspace;
    if (added && space_start(in, FIELD(self, SHELL_RUNSPACE), &runspace))
        runspace->in.history++;
    return ok || wrap_thrown(in) || method_rethrow(in);
}

// It runs at once; what it gave is kept for EndInvoke.
METHOD(shell_begin)
{
    value output = value_null;
    if (invoke_shell(in, self, count ? args[0] : value_null, &type_ps_data_collection, &output)) {
        value_set(&FIELD(self, SHELL_OUTPUT), output);
        value_set(&FIELD(self, SHELL_ERROR), value_null);
    } else if (value_is_null(in->thrown)) {
        return false;
    } else {
        value_set(&FIELD(self, SHELL_ERROR), in->thrown);
        value_set(&in->thrown, value_null);
    }
    value_drop(output);
    return state_of(in, FIELD(self, SHELL_STATE), ret);
}

METHOD(shell_end)
{
    (void)args, (void)count;
    if (!value_is_null(FIELD(self, SHELL_ERROR))) {
        throw_record(in, FIELD(self, SHELL_ERROR));
        return method_rethrow(in);
    }
    value output = FIELD(self, SHELL_OUTPUT);
    return output.kind == V_LIST ? (*ret = value_keep(output), true)
                                 : list_new(in, &type_ps_data_collection, ret);
}

METHOD(shell_stop)
{
    UNUSED;
    *ret = value_null;
    return set_text(in, self, SHELL_STATE, "Stopped");
}

METHOD(shell_create)
{
    UNUSED;
    if (!object_new(in, &type_powershell, ret))
        return false;
    FIELD(*ret, SHELL_FAILED) = value_false;
    value initial = count && value_is_type(args[0], &type_initial_session_state) ? args[0] : value_null;
    bool given = count && value_is_type(args[0], &type_runspace);
    bool ok = given ? (FIELD(*ret, SHELL_RUNSPACE) = value_keep(args[0]), true)
                    : space_new(in, initial, &FIELD(*ret, SHELL_RUNSPACE));
    return ok && commands_new(in, &FIELD(*ret, SHELL_COMMANDS)) &&
           streams_new(in, &FIELD(*ret, SHELL_STREAMS)) && set_text(in, *ret, SHELL_STATE, "NotStarted");
}

GETTER(shell_state)
{
    return state_of(in, FIELD(self, SHELL_STATE), ret);
}
FIELD_GETTER(shell_runspace, SHELL_RUNSPACE)
FIELD_GETTER(shell_commands, SHELL_COMMANDS)
FIELD_GETTER(shell_streams, SHELL_STREAMS)
FIELD_GETTER(shell_failed, SHELL_FAILED)

static bool set_runspace(struct interp *in, value self, value to)
{
    if (!value_is_type(to, &type_runspace))
        return throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null,
                           "This is not a runspace.");
    return value_set(&FIELD(self, SHELL_RUNSPACE), to), true;
}

static bool set_commands(struct interp *in, value self, value to)
{
    if (!value_is_type(to, &type_ps_command))
        return throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null,
                           "These are not commands.");
    return value_set(&FIELD(self, SHELL_COMMANDS), to), true;
}

const struct property powershell_properties[] = {
    {.name = "Commands", .get = shell_commands, .set = set_commands},
    {.name = "Streams", .get = shell_streams},
    {.name = "HadErrors", .get = shell_failed},
    {.name = "InvocationStateInfo", .get = shell_state},
    {.name = "Runspace", .get = shell_runspace, .set = set_runspace},
    {0}};
static const struct method powershell_methods[] = {
    COMMAND_METHODS(&type_powershell),
    {"AddParameters", add_parameters, &type_powershell, P(OBJ)},
    {"Invoke", shell_invoke, OBJ},
    {"Invoke", shell_invoke, OBJ, P(OBJ)},
    {"Invoke", shell_invoke, OBJ, P(OBJ, &type_invocation_settings)},
    {"BeginInvoke", shell_begin, OBJ},
    {"BeginInvoke", shell_begin, OBJ, P(OBJ)},
    {"BeginInvoke", shell_begin, OBJ, P(OBJ, OBJ)},
    {"EndInvoke", shell_end, OBJ, P(OBJ)},
    {"Stop", shell_stop, VOID},
    {"Dispose", shell_stop, VOID},
    {0}};
static const struct method powershell_statics[] = {
    {"Create", shell_create, &type_powershell},
    {"Create", shell_create, &type_powershell, P(&type_runspace)},
    {"Create", shell_create, &type_powershell, P(&type_initial_session_state)},
    {"Create", shell_create, &type_powershell, P(OBJ)},
    {0}};
const struct type_members full_powershell = {.methods = powershell_methods, .statics = powershell_statics};
