// $MyInvocation and $PSCmdlet: what a running function may know of its call. jesh-full alone.
#include "interp/eval/invocation.h"

#include "interp/eval/function-info.h"
#include "interp/eval/module.h"
#include "interp/eval/session-state.h"

#include <string.h>

#include "interp/value/member.h"
#include "interp/value/types.h"

struct invocation {
    struct object head;
    value command, name, line, bound, unbound, script_root, script_path, script_name;
    uint32_t line_number, column;
    size_t length, position;
    bool expects_input;
};

struct cmdlet_object { // $PSCmdlet
    struct object head;
    value invocation, set_name, state;
};

#define INVOCATION(v) ((struct invocation *)(v).object)
#define CMDLET_OBJECT(v) ((struct cmdlet_object *)(v).object)
#define GETTER(name) static bool name(struct interp *in, value self, value *ret)
#define FIELD(name, of, field)                                                                               \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        return (void)in, *ret = value_keep(of(self)->field), true;                                           \
    }

// --- $MyInvocation
// --------------------------------------------------------------------------------------------------

FIELD(get_command, INVOCATION, command)
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

static const struct property invocation_properties[] = {{"MyCommand", get_command, NULL},
                                                        {"BoundParameters", get_bound, NULL},
                                                        {"UnboundArguments", get_unbound, NULL},
                                                        {"ScriptLineNumber", get_line_number, NULL},
                                                        {"OffsetInLine", get_column, NULL},
                                                        {"ScriptName", get_script, NULL},
                                                        {"Line", get_line, NULL},
                                                        {"PSScriptRoot", get_root, NULL},
                                                        {"PSCommandPath", get_path, NULL},
                                                        {"InvocationName", get_name, NULL},
                                                        {"PipelineLength", get_length, NULL},
                                                        {"PipelinePosition", get_position, NULL},
                                                        {"ExpectingInput", get_expects, NULL},
                                                        {0}};

static void invocation_release(struct object *object)
{
    struct invocation *of = (struct invocation *)object;
    value own[] = {of->command, of->name,        of->line,        of->bound,
                   of->unbound, of->script_root, of->script_path, of->script_name};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        value_drop(own[i]);
}

static const struct type type_invocation = {
    .name = "System.Management.Automation.InvocationInfo",
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct invocation),
    .release = invocation_release,
    .properties = invocation_properties,
};

static bool take_position(struct interp *in, struct invocation *to, const struct stage *stage)
{
    if (!stage->code || !stage->code->source)
        return string_text(in, "", &to->line);
    const struct source *source = stage->code->source;
    struct position at = source_position(source, stage->offset);
    const char *text = source->text, *end = text + source->size;
    const char *from = text + stage->offset, *to_end = from;
    while (from > text && from[-1] != '\n')
        from--;
    while (to_end < end && *to_end != '\n')
        to_end++;
    to->line_number = at.line;
    to->column = at.column;
    if (source->name && !string_text(in, source->name, &to->script_name))
        return false;
    return string_new(in, from, (size_t)(to_end - from) + (to_end < end), &to->line);
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
    if (!object_new(in, &type_invocation, &v))
        return false;
    struct invocation *to = INVOCATION(v);
    to->bound = value_keep(bound);
    to->unbound = value_keep(*special_of(scope, SPECIAL_ARGS));
    to->script_root = value_keep(*special_of(scope, SPECIAL_ROOT));
    to->script_path = value_keep(*special_of(scope, SPECIAL_PATH));
    to->length = stage->cmd.pipeline->count;
    to->position = stage->cmd.index + 1;
    to->expects_input = stage->cmd.expects_input;
    bool ok = take_position(in, to, stage) && called(in, stage, block, &to->command);
    ok = ok && (stage->called_as.kind == V_STRING ? (to->name = value_keep(stage->called_as), true)
                                                  : string_text(in, "&", &to->name));
    if (!ok)
        return value_drop(v), false;
    return *ret = v, true;
}

// --- $PSCmdlet
// -------------------------------------------------------------------------------------------------------

FIELD(get_invocation, CMDLET_OBJECT, invocation)
FIELD(get_set_name, CMDLET_OBJECT, set_name)
FIELD(get_state, CMDLET_OBJECT, state)

static const struct property cmdlet_properties[] = {{"MyInvocation", get_invocation, NULL},
                                                    {"ParameterSetName", get_set_name, NULL},
                                                    {"SessionState", get_state, NULL},
                                                    {0}};

static void cmdlet_release(struct object *object)
{
    value_drop(((struct cmdlet_object *)object)->invocation);
    value_drop(((struct cmdlet_object *)object)->set_name);
    value_drop(((struct cmdlet_object *)object)->state);
}

static const struct type type_script_cmdlet = {
    .name = "System.Management.Automation.PSScriptCmdlet",
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct cmdlet_object),
    .release = cmdlet_release,
    .properties = cmdlet_properties,
};

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

bool cmdlet_object_new(struct interp *in, const struct stage *stage, value invocation, value *ret)
{
    value v;
    if (!object_new(in, &type_script_cmdlet, &v))
        return false;
    CMDLET_OBJECT(v)->invocation = value_keep(invocation);
    struct module *caller = stage->caller; // $PSCmdlet.SessionState is that of whoever called
    if (!string_text(in, set_name_of(stage), &CMDLET_OBJECT(v)->set_name) ||
        !session_state_new(in, caller ? module_value(caller) : value_null, &CMDLET_OBJECT(v)->state))
        return value_drop(v), false;
    return *ret = v, true;
}
