// $MyInvocation: what a running function may know of its call. jesh-full alone.
#include "interp/eval/invocation.h"

#include "interp/eval/function-info.h"
#include "interp/eval/module.h"
#include "interp/eval/session-state.h"

#include <string.h>

#include "interp/eval/position-message.h"
#include "interp/value/enum.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

struct invocation {
    struct object head;
    value command, name, line, statement, message, bound, unbound, script_root, script_path, script_name;
    uint32_t line_number, column, history;
    size_t length, position;
    bool expects_input, typed;
};

#define INVOCATION(v) ((struct invocation *)(v).object)
#define GETTER(name) static bool name(struct interp *in, value self, value *ret)
#define FIELD(name, of, field)                                                                               \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        return (void)in, *ret = value_keep(of(self)->field), true;                                           \
    }

// --- $MyInvocation
// --------------------------------------------------------------------------------------------------

FIELD(get_statement, INVOCATION, statement)
FIELD(get_message, INVOCATION, message)
FIELD(get_name, INVOCATION, name)
FIELD(get_line, INVOCATION, line)
FIELD(get_bound, INVOCATION, bound)
FIELD(get_unbound, INVOCATION, unbound)
FIELD(get_root, INVOCATION, script_root)
FIELD(get_path, INVOCATION, script_path)
FIELD(get_script, INVOCATION, script_name)
GETTER(get_line_number)
{
    return (void)in, *ret = value_int((int32_t)INVOCATION(self)->line_number), true;
}
GETTER(get_column)
{
    return (void)in, *ret = value_int((int32_t)INVOCATION(self)->column), true;
}
GETTER(get_length)
{
    return (void)in, *ret = value_int((int32_t)INVOCATION(self)->length), true;
}
GETTER(get_position)
{
    return (void)in, *ret = value_int((int32_t)INVOCATION(self)->position), true;
}
GETTER(get_expects)
{
    return (void)in, *ret = value_bool(INVOCATION(self)->expects_input), true;
}

GETTER(get_history)
{
    return (void)in, *ret = value_long((int64_t)INVOCATION(self)->history + 1), true;
}
GETTER(get_origin)
{
    return string_text(in, INVOCATION(self)->typed ? "Runspace" : "Internal", ret);
}
GETTER(get_display)
{
    return (void)in, (void)self, *ret = value_null, true;
}

// Of an error only the name of its command is kept; what the command is, is looked up when it is asked for.
GETTER(get_command)
{
    const struct cmdlet_row *row = cmdlet_find("Get-Command", 11);
    value *command = &INVOCATION(self)->command, found;
    const struct named_arg args[] = {{"Name", *command},
                                     {"ErrorAction", enum_value(&type_action_preference, ACTION_IGNORE)}};
    if (command->kind == V_STRING && row && in->cmdlets[cmdlet_id_of(row)]) {
        if (!interp_call(in, cmdlet_id_of(row), args, 2, NULL, 0, &found))
            return false;
        if (found.kind == V_VOID || value_enumerable(found))
            value_drop(found);
        else
            value_drop(*command), *command = found;
    }
    return *ret = value_keep(*command), true;
}

static const struct property invocation_properties[] = {{"MyCommand", get_command, NULL},
                                                        {"BoundParameters", get_bound, NULL},
                                                        {"UnboundArguments", get_unbound, NULL},
                                                        {"ScriptLineNumber", get_line_number, NULL},
                                                        {"OffsetInLine", get_column, NULL},
                                                        {"HistoryId", get_history, NULL},
                                                        {"ScriptName", get_script, NULL},
                                                        {"Line", get_line, NULL},
                                                        {"Statement", get_statement, NULL},
                                                        {"PositionMessage", get_message, NULL},
                                                        {"PSScriptRoot", get_root, NULL},
                                                        {"PSCommandPath", get_path, NULL},
                                                        {"InvocationName", get_name, NULL},
                                                        {"PipelineLength", get_length, NULL},
                                                        {"PipelinePosition", get_position, NULL},
                                                        {"ExpectingInput", get_expects, NULL},
                                                        {"CommandOrigin", get_origin, NULL},
                                                        {"DisplayScriptPosition", get_display, NULL},
                                                        {0}};

static void invocation_release(struct object *object)
{
    struct invocation *of = (struct invocation *)object;
    value own[] = {of->command, of->name,    of->line,        of->statement,   of->message,
                   of->bound,   of->unbound, of->script_root, of->script_path, of->script_name};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        value_drop(own[i]);
}

const struct type type_invocation_info = {
    .name = "System.Management.Automation.InvocationInfo",
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct invocation),
    .release = invocation_release,
    .properties = invocation_properties,
};

// The line that a place begins in, with its newline.
static struct ast_text line_of(const struct source *source, uint32_t offset)
{
    const char *from = source->text + offset, *to = from, *end = source->text + source->size;
    while (from > source->text && from[-1] != '\n')
        from--;
    while (to < end && *to != '\n')
        to++;
    return (struct ast_text){from, (size_t)(to - from) + (to < end)};
}

static bool take_folder(struct interp *in, struct invocation *to, const char *path)
{
    const char *slash = strrchr(path, '/');
    return string_text(in, path, &to->script_path) &&
           string_new(in, path, slash ? (size_t)(slash - path) : 0, &to->script_root);
}

static bool take_position(struct interp *in, struct invocation *to, const struct place *place)
{
    to->history = place->history;
    if (!place->source)
        return string_text(in, "", &to->line) && string_text(in, "", &to->statement) &&
               string_text(in, "", &to->message) && string_text(in, "", &to->script_name);
    const struct source *source = place->source;
    struct position at = source_position(source, place->start);
    struct ast_text line = line_of(source, place->start);
    to->line_number = at.line;
    to->column = at.column;
    const char *path = source->name ? source->name : ""; // of the caller, not of what is called
    if (!string_text(in, path, &to->script_name) || !take_folder(in, to, path))
        return false;
    return string_new(in, line.at, line.size, &to->line) &&
           string_new(in, source->text + place->start, place->end - place->start, &to->statement) &&
           position_message(in, place, line, &to->message);
}

bool invocation_of_error(struct interp *in, const struct place *place, value command, value called_as,
                         value *ret)
{
    value v;
    if (!object_new(in, &type_invocation_info, &v))
        return false;
    INVOCATION(v)->command = value_keep(command);
    bool ok = take_position(in, INVOCATION(v), place) && table_new(in, false, &INVOCATION(v)->bound) &&
              list_new(in, NULL, &INVOCATION(v)->unbound) &&
              (!value_is_null(called_as) ? value_to_string(in, called_as, &INVOCATION(v)->name)
                                         : string_text(in, "", &INVOCATION(v)->name));
    if (!ok)
        return value_drop(v), false;
    return *ret = v, true;
}

static bool called(struct interp *in, const struct stage *stage, value block, value *ret)
{
    value none = value_null;
    if (stage->name.kind == V_STRING)
        return function_info_new(in, stage->name, block, stage->module, ret);
    if (!string_text(in, "", &none))
        return false;
    bool ok = function_info_new(in, none, block, value_null, ret);
    value_drop(none);
    return ok;
}

static const value *special_of(const struct scope *scope, enum special which)
{
    const value *at = &scope->special[which];
    return at->kind == V_VOID ? &value_null : at;
}

bool invocation_new(struct interp *in, const struct stage *stage, const struct scope *scope, value block,
                    value bound, value *ret)
{
    value v;
    if (!object_new(in, &type_invocation_info, &v))
        return false;
    struct invocation *to = INVOCATION(v);
    to->bound = value_keep(bound);
    to->unbound = value_keep(*special_of(scope, SPECIAL_ARGS));
    to->length = stage->cmd.pipeline->count;
    to->position = stage->cmd.index + 1;
    to->expects_input = stage->cmd.expects_input;
    bool dotted = scope == in->global;
    to->typed = stage->name.kind == V_STRING && !stage->outer && !dotted; // it stands in the text at the top
    struct place place = {stage->code ? stage->code->source : NULL, stage->offset, stage->offset,
                          in->history};
    if (place.source)
        place.end = error_end(place.source, place.start, EXTENT_COMMAND);
    bool ok = take_position(in, to, &place) && called(in, stage, block, &to->command);
    ok = ok && (stage->called_as.kind == V_STRING ? (to->name = value_keep(stage->called_as), true)
                                                  : string_text(in, dotted ? "." : stage->cmd.name && *stage->cmd.name ? "" : "&", &to->name));
    if (!ok)
        return value_drop(v), false;
    return *ret = v, true;
}

static bool text_info(struct interp *in, struct source *source, value *ret)
{
    value block, none;
    if (!block_new(in, source, source->root, NULL, &block))
        return false;
    bool ok = string_text(in, "", &none);
    if (ok)
        ok = function_info_new(in, none, block, value_null, ret), value_drop(none);
    return value_drop(block), ok;
}

// What is typed goes to Out-Default: it is the first of two.
bool invocation_typed(struct interp *in, value *ret)
{
    struct source *source = in->eval->typed;
    value v;
    *ret = value_null;
    if (!source || source->name)
        return true;
    if (!object_new(in, &type_invocation_info, &v))
        return false;
    struct invocation *to = INVOCATION(v);
    to->typed = true;
    to->length = 2;
    to->position = 1;
    to->bound = value_keep(in->global->special[SPECIAL_BOUND]);
    to->unbound = value_keep(in->global->special[SPECIAL_ARGS]);
    if (!text_info(in, source, &to->command) || !take_position(in, to, &(struct place){.history = in->history}) ||
        !string_text(in, "", &to->name))
        return value_drop(v), false;
    return *ret = v, true;
}
