// Errors and the other streams: preferences, $Error, merging, the host.
#include <stdio.h>
#include <string.h>

#include "interp/eval/pipeline.h"
#include "interp/eval/redirect.h"
#include "interp/value/enum.h"
#include "interp/value/exceptions.h"
#include "interp/value/types.h"

enum { MOST_ERRORS = 256 }; // $MaximumErrorCount

void error_place(value record, const struct code *code, uint32_t offset)
{
    struct error_record *error = record.error;
    if (record.kind != V_ERROR || error->positioned || error->head.refs == UINT32_MAX)
        return;
    error->positioned = true;
    if (!code || code->command_list)
        return;
    struct position at = source_position(code->source, offset);
    error->line = at.line;
    error->column = at.column;
    error->source = source_ref(code->source);
    error->offset = offset;
}

// Raised anew, what stands first already is the same error.
static bool same_error(value a, value b)
{
    return a.kind == V_ERROR && a.error->exception.kind == V_OBJECT &&
           a.error->exception.object == b.error->exception.object;
}

static void put_first(struct interp *in, value error)
{
    struct array *errors = in->errors.array;
    if (!list_add(in, errors, error))
        return;
    memmove(errors->items + 1, errors->items, (errors->count - 1) * sizeof(value));
    errors->items[0] = error;
    if (errors->count > MOST_ERRORS)
        value_drop(errors->items[--errors->count]);
}

static void remember(struct interp *in, value record)
{
    record.error->recorded = true;
    put_first(in, record);
}

// What a throw statement ended is there as a record; of everything else its exception is.
void error_remember_outcome(struct interp *in, value record)
{
    value exception = record.error->exception;
    if (record.error->from_throw) {
        error_remember(in, record);
    } else if (!record.error->stopped || !error_stop_exception) {
        if (!error_carry || error_carry(in, record.error))
            put_first(in, exception);
    } else if (error_stop_exception(in, record, &exception)) {
        put_first(in, exception);
        value_drop(exception);
    }
}

void error_remember(struct interp *in, value record)
{
    const struct array *errors = in->errors.array;
    if (!record.error->recorded && !(errors->count && same_error(errors->items[0], record)))
        remember(in, record);
}

void error_remember_end(struct interp *in, value record)
{
    const struct array *errors = in->errors.array;
    bool there = record.error->recorded || (errors->count && same_error(errors->items[0], record));
    if (there && !record.error->from_throw)
        remember(in, record);
    else
        error_remember(in, record);
}

void interp_remember(struct interp *in, value record)
{
    error_remember(in, record);
}

void cmd_remember(struct command *cmd, value record)
{
    error_remember(cmd->in, record);
}

void error_forget_last(struct interp *in)
{
    struct array *errors = in->errors.array;
    if (!errors->count)
        return;
    value_drop(errors->items[0]);
    memmove(errors->items, errors->items + 1, --errors->count * sizeof(value));
}

void error_forget(struct interp *in, value record)
{
    const struct array *errors = in->errors.array;
    if (errors->count && errors->items[0].object == record.object)
        error_forget_last(in);
}

bool stream_report(struct interp *in, enum stream stream, value record)
{
    return !in->host || !in->host->report || in->host->report(in->host->context, in, stream, record);
}

bool error_report_thrown(struct interp *in, const struct code *code, uint32_t offset)
{
    value record = value_keep(in->thrown);
    error_place(record, code, offset);
    error_remember(in, record);
    bool ok = stream_report(in, STREAM_ERROR, record);
    value_set(&in->thrown, value_null);
    value_drop(record);
    return ok;
}

// --- Preferences
// -------------------------------------------------------------------------------------------------

static const struct {
    const char *variable;
    enum common_parameter parameter;
    enum action action;
} preferences[] = {
    [STREAM_ERROR] = {"ErrorActionPreference", COMMON_ERROR_ACTION, ACTION_CONTINUE},
    [STREAM_WARNING] = {"WarningPreference", COMMON_WARNING_ACTION, ACTION_CONTINUE},
    [STREAM_VERBOSE] = {"VerbosePreference", COMMON_VERBOSE, ACTION_SILENT},
    [STREAM_DEBUG] = {"DebugPreference", COMMON_DEBUG, ACTION_SILENT},
    [STREAM_INFORMATION] = {"InformationPreference", COMMON_INFORMATION_ACTION, ACTION_SILENT},
};

static enum action from_variable(struct interp *in, enum stream stream)
{
    const value *preference = interp_get_variable(in, preferences[stream].variable);
    value action;
    if (!preference || value_is_null(*preference))
        return preferences[stream].action;
    if (!value_convert(in, *preference, &type_action_preference, &action)) {
        value_set(&in->thrown, value_null);
        return preferences[stream].action;
    }
    return (enum action)action.i;
}

unsigned preference_of_errors(struct interp *in)
{
    return from_variable(in, STREAM_ERROR);
}

enum action stage_action(const struct stage *stage, enum stream stream)
{
    enum common_parameter parameter = preferences[stream].parameter;
    if (!(stage->common_bound >> parameter & 1))
        return from_variable(stage->cmd.in, stream);
    value v = stage->common[parameter];
    if (v.kind == V_SWITCH)
        return v.b ? ACTION_CONTINUE : ACTION_SILENT;
    return (enum action)v.i;
}

// --- What commands write
// -------------------------------------------------------------------------------------------

bool cmd_write(struct command *cmd, value v)
{
    return !cmd_stopped(cmd) && stage_output(stage_of(cmd), v);
}

bool cmd_write_each(struct command *cmd, value v)
{
    struct value_walk walk;
    value item;
    if (v.kind == V_VOID)
        return true;
    value_walk_start(&walk, v);
    while (value_walk_next(cmd->in, &walk, &item))
        if (!cmd_take(cmd, item))
            return false;
    return true;
}

bool cmd_take(struct command *cmd, value v)
{
    bool ok = cmd_write(cmd, v);
    value_drop(v);
    return ok;
}

bool cmd_stopped(const struct command *cmd)
{
    return cmd->in->interrupted || *cmd->in->outer_interrupted || cmd->in->exit_requested;
}

bool cmd_stop_upstream(struct command *cmd)
{
    cmd->pipeline->stopped_by = cmd->index + 1;
    return false;
}

// The innermost command around that redirects the stream has it.
static bool merged(struct stage *stage, enum stream stream, value record, bool *ret_ok)
{
    while (stage && (!stage->merge || !stage->merge[stream]))
        stage = stage->outer;
    if (!stage)
        return false;
    unsigned merge = stage->merge[stream];
    if (merge == MERGE_OUTPUT && stream != STREAM_ERROR && record.kind == V_OBJECT)
        ((struct record *)record.object)->merged = true;
    if (merge == MERGE_OUTPUT)
        *ret_ok = stage_output(stage, record);
    else
        *ret_ok = merge == MERGE_DISCARD || !stage->redirects ||
                  redirects_put(stage->cmd.in, stage->redirects, merge, record);
    return true;
}

bool stage_report(struct interp *in, struct stage *stage, enum stream stream, value record)
{
    bool ok;
    return merged(stage, stream, record, &ok) ? ok : stream_report(in, stream, record);
}

static bool in_command_list(const struct stage *stage)
{
    return stage->code && stage->code->command_list;
}

static bool stop_on(struct stage *stage, value record)
{
    record.error->script_terminating = record.error->stopped = true;
    if (!in_command_list(stage)) // whose client gets it once, from the statement
        error_remember(stage->cmd.in, record);
    return throw_record(stage->cmd.in, record);
}

static void add_class(struct interp *in, struct error_record *error, const char *class_name)
{
    value id;
    if (strchr(value_text(error->id), ',') ||
        !string_printf(in, &id, "%s,%s", value_text(error->id), class_name))
        return;
    value_drop(error->id);
    error->id = id;
}

// What Write-Error writes is the error of the function that calls it.
static void name_caller(struct interp *in, struct error_record *error, bool place)
{
    const struct eval_state *eval = in->eval;
    value record = {.kind = V_ERROR, .error = error};
    if (place || eval->caller_name)
        error_place(record, eval->caller, eval->caller_offset);
    if (eval->caller_name && *eval->caller_name)
        string_text(in, eval->caller_name, &error->command);
    if (eval->caller_name && *eval->caller_name)
        add_class(in, error, eval->caller_name);
}

// The command that an error is of: what it was doing, and whose invocation InvocationInfo is.
void error_name(struct interp *in, struct error_record *error, const struct command *cmd)
{
    bool caller = cmd->cmdlet->properties & (CMDLET_CALLER_POSITION | CMDLET_NAMELESS);
    value held =
        value_keep((value){.kind = V_ERROR, .error = error}); // what runs out of memory here throws another
    if (error->activity.kind == V_NULL)
        string_text(in, cmd->name, &error->activity);
    if (error->command.kind == V_NULL && !caller &&
        !(error_of_block && error_of_block(in, error, stage_of(cmd))) && *cmd->name)
        string_text(in, cmd->name, &error->command);
    if (error_trace)
        error_trace(in, error);
    value_drop(held);
}

// -ErrorVariable of the command itself and of the functions it runs in.
static bool keep_error(struct stage *stage, value v)
{
    return !kept_around || kept_around(stage, KEPT_ERRORS, v);
}

static bool keep_stopped(struct stage *stage, value record)
{
    value exception;
    if (!error_stop_exception)
        return keep_error(stage, record);
    if (!error_stop_exception(stage->cmd.in, record, &exception))
        return false;
    bool ok = keep_error(stage, exception);
    return value_drop(exception), ok;
}

// Suspend is for workflows, which no PowerShell has any more.
static bool no_suspending(struct command *cmd)
{
    return cmd_throw(cmd, "System.NotSupportedException", CAT_NotSpecified, value_null,
                     "The preference 'Suspend' is not supported here.");
}

bool cmd_error_record(struct command *cmd, value record)
{
    struct stage *stage = stage_of(cmd);
    enum action action = stage_action(stage, STREAM_ERROR);
    if (action == ACTION_SUSPEND)
        return no_suspending(cmd);
    bool ok, stop = action == ACTION_STOP || action == ACTION_INQUIRE || action == ACTION_BREAK;
    if (cmd->cmdlet->properties & CMDLET_CALLER_POSITION && in_command_list(stage))
        add_class(cmd->in, record.error, cmd->class_name); // a command list is no caller
    else if (cmd->cmdlet->properties & CMDLET_CALLER_POSITION)
        name_caller(cmd->in, record.error, action != ACTION_STOP);
    error_place(record, stage->code, stage->offset);
    if (record.object != cmd->in->out_of_memory.object)
        error_name(cmd->in, record.error, cmd);
    cmd->pipeline->failed = true;
    if (action == ACTION_IGNORE)
        return true;
    if (stop)
        return keep_stopped(stage, record) && stop_on(stage, record);
    if (!keep_error(stage, record))
        return false;
    error_remember(cmd->in, record);
    if (action == ACTION_SILENT)
        return true;
    return merged(stage, STREAM_ERROR, record, &ok) ? ok : stream_report(cmd->in, STREAM_ERROR, record);
}

static void with_class(const struct command *cmd, const char *id, char *ret, size_t size)
{
    snprintf(ret, size, "%s,%s", id, cmd->class_name);
}

static bool give_error(struct command *cmd, const struct type *reason, const char *id, enum category category,
                       value target, const char *format, va_list args)
{
    char whole[256];
    value record, exception;
    with_class(cmd, id, whole, sizeof whole);
    if (!error_vnew(cmd->in, whole, category, target, &record, format, args))
        return false;
    if (reason && exception_new(cmd->in, reason, record.error->message, &exception)) {
        value_set(&record.error->exception, exception);
        value_drop(exception);
    }
    bool ok = cmd_error_record(cmd, record);
    return value_drop(record), ok;
}

bool cmd_error(struct command *cmd, const char *id, enum category category, value target, const char *format,
               ...)
{
    va_list args;
    va_start(args, format);
    bool ok = give_error(cmd, NULL, id, category, target, format, args);
    va_end(args);
    return ok;
}

bool cmd_error_as(struct command *cmd, const struct type *reason, const char *id, enum category category,
                  value target, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    bool ok = give_error(cmd, reason, id, category, target, format, args);
    va_end(args);
    return ok;
}

bool cmd_throw(struct command *cmd, const char *id, enum category category, value target, const char *format,
               ...)
{
    char whole[256];
    va_list args;
    with_class(cmd, id, whole, sizeof whole);
    va_start(args, format);
    throw_vrecord(cmd->in, whole, category, target, format, args);
    va_end(args);
    return false;
}

static bool preference_stop(struct command *cmd, value record)
{
    char id[160];
    value text;
    if (!value_to_string(cmd->in, record, &text))
        return false;
    with_class(cmd, "ActionPreferenceStop", id, sizeof id);
    throw_error(cmd->in, id, CAT_OperationStopped, value_null, "The command stopped at: %s",
                value_text(text));
    value_drop(text);
    error_place(cmd->in->thrown, stage_of(cmd)->code, stage_of(cmd)->offset);
    cmd->in->thrown.error->script_terminating = true;
    error_remember(cmd->in, cmd->in->thrown);
    return false;
}

static bool as_record(struct command *cmd, enum stream stream, value v, value *ret)
{
    static const struct type *const types[] = {
        [STREAM_WARNING] = &type_warning_record,
        [STREAM_VERBOSE] = &type_verbose_record,
        [STREAM_DEBUG] = &type_debug_record,
        [STREAM_INFORMATION] = &type_information_record,
    };
    if (value_is_type(v, types[stream]))
        return *ret = value_keep(v), true;
    return record_new(cmd->in, types[stream], v, ret);
}

static bool keep(struct stage *stage, enum stream stream, value record)
{
    if (!kept_around || (stream != STREAM_WARNING && stream != STREAM_INFORMATION))
        return true;
    return kept_around(stage, stream == STREAM_WARNING ? KEPT_WARNINGS : KEPT_INFORMATION, record);
}

bool cmd_stream(struct command *cmd, enum stream stream, value record_or_text)
{
    struct stage *stage = stage_of(cmd);
    enum action action = stream <= STREAM_ERROR ? ACTION_CONTINUE : stage_action(stage, stream);
    value record;
    bool ok;
    if (stream == STREAM_OUTPUT)
        return cmd_write(cmd, record_or_text);
    if (stream == STREAM_ERROR)
        return cmd_error_record(cmd, record_or_text);
    if (action == ACTION_SUSPEND)
        return no_suspending(cmd);
    if (action == ACTION_IGNORE)
        return true;
    if (!as_record(cmd, stream, record_or_text, &record))
        return false;
    bool shown = action != ACTION_SILENT;
    if (!keep(stage, stream, record))
        return value_drop(record), false;
    if (!shown && stream != STREAM_INFORMATION)
        ok = true;
    else if (!merged(stage, stream, record, &ok))
        ok = !shown || stream_report(cmd->in, stream, record);
    if (ok && action == ACTION_STOP)
        ok = preference_stop(cmd, record);
    value_drop(record);
    return ok;
}

bool cmd_stream_is_taken(const struct command *cmd, enum stream stream)
{
    for (const struct stage *stage = stage_of(cmd); stage; stage = stage->outer)
        if ((stage->merge && stage->merge[stream]) ||
            (stream == STREAM_INFORMATION && stage->kept[KEPT_INFORMATION].kind != V_NULL))
            return true;
    return false;
}
