#include <string.h>

#include "interp/eval/interp.h"
#include "interp/eval/invocation.h"
#include "interp/value/ast-object.h"
#include "interp/value/objects.h"

static const struct param params[] = {{0}};

enum { FUNCTION, INVOCATION, POSITION, SCRIPT, LINE }; // of struct fields

#define GETTER(name) static bool name(struct interp *in, value self, value *ret)
#define FIELD(name, n)                                                                                       \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        return (void)in, *ret = value_keep(AS(fields, self)->at[n]), true;                                   \
    }
FIELD(get_function, FUNCTION)
FIELD(get_invocation, INVOCATION)
FIELD(get_position, POSITION)
FIELD(get_script, SCRIPT)
FIELD(get_line, LINE)
#undef FIELD

GETTER(get_location)
{
    value script = AS(fields, self)->at[SCRIPT];
    if (script.kind != V_STRING)
        return string_text(in, "<No file>", ret);
    const char *path = value_text(script), *slash = strrchr(path, '/');
    return string_printf(in, ret, "%s: line %d", slash ? slash + 1 : path, (int)AS(fields, self)->at[LINE].i);
}

static bool add_argument(struct interp *in, struct buf *out, const char *name, value v)
{
    buf_printf(out, "%s%s%s", out->size > 1 ? ", " : "", name, *name ? "=" : "");
    if (value_is_null(v))
        return buf_add_text(out, *name ? "" : "$null"), true;
    return value_add_string(in, out, v);
}

static bool add_arguments(struct interp *in, struct buf *out, value bound, value unbound)
{
    bool ok = true;
    for (size_t i = 0; ok && bound.kind == V_TABLE && i < bound.table->used; i++)
        if (bound.table->slots[i].key.kind == V_STRING)
            ok = add_argument(in, out, value_text(bound.table->slots[i].key), bound.table->slots[i].val);
    for (size_t i = 0; ok && (unbound.kind == V_ARRAY || unbound.kind == V_LIST) && i < unbound.array->count;
         i++)
        ok = add_argument(in, out, "", unbound.array->items[i]);
    return ok;
}

GETTER(get_arguments)
{
    struct buf out = BUF_INIT;
    value invocation = AS(fields, self)->at[INVOCATION], bound = value_null, unbound = value_null;
    buf_add_char(&out, '{');
    bool ok = value_is_null(invocation) || (member_named(in, invocation, "BoundParameters", &bound) &&
                                            member_named(in, invocation, "UnboundArguments", &unbound) &&
                                            add_arguments(in, &out, bound, unbound));
    buf_add_char(&out, '}');
    ok = ok && string_new(in, buf_text(&out), out.size, ret);
    value_drop(bound), value_drop(unbound), buf_free(&out);
    return ok;
}

static const struct property properties[] = {{"Command", get_function, NULL},
                                             {"Location", get_location, NULL},
                                             {"Arguments", get_arguments, NULL},
                                             {"ScriptName", get_script, NULL},
                                             {"ScriptLineNumber", get_line, NULL},
                                             {"InvocationInfo", get_invocation, NULL},
                                             {"Position", get_position, NULL},
                                             {"FunctionName", get_function, NULL},
                                             {0}};

static bool script_location(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    return (void)args, (void)count, get_location(in, self, ret);
}
static const struct method methods[] = {{"GetScriptLocation", script_location, &type_string}, {0}};
static const struct type_members members = {.methods = methods};

static bool frame_to_string(struct interp *in, value self, value *ret)
{
    const value *at = AS(fields, self)->at;
    return string_printf(in, ret, "at %s, %s: line %d", value_text(at[FUNCTION]),
                         at[SCRIPT].kind == V_STRING ? value_text(at[SCRIPT]) : "<No file>", (int)at[LINE].i);
}

const struct type type_call_stack_frame = {.name = "System.Management.Automation.CallStackFrame",
                                           .base = &type_object,
                                           .properties = properties,
                                           .full = &members,
                                           .to_string = frame_to_string,
                                           .release = fields_release,
                                           .size = sizeof(struct fields),
                                           .type_code = 1};

// --- The command
// -------------------------------------------------------------------------------------------------

static bool take_place(struct interp *in, value *at, const struct frame *frame)
{
    const struct source *source = frame->code->source;
    if (!source || frame->pc >= frame->code->count)
        return true;
    uint32_t start = frame->code->offsets[frame->pc], end = error_end(source, start, EXTENT_STATEMENT);
    at[LINE] = value_int((int32_t)source_position(source, start).line);
    return (!source->name || string_text(in, source->name, &at[SCRIPT])) &&
           ast_extent_new(in, (struct source *)source, start, end, &at[POSITION]);
}

static bool frame_write(struct command *cmd, const struct frame *frame)
{
    value v;
    if (!object_new(cmd->in, &type_call_stack_frame, &v))
        return false;
    value *at = AS(fields, v)->at;
    bool ok = string_text(cmd->in, frame_name(frame), &at[FUNCTION]) && take_place(cmd->in, at, frame) &&
              (!frame->stage || call_invocation(cmd->in, frame->stage, &at[INVOCATION])) && cmd_write(cmd, v);
    return value_drop(v), ok;
}

static bool process(struct command *cmd)
{
    for (const struct frame *frame = cmd->in->eval->frame; frame; frame = frame->caller)
        if (!frame_write(cmd, frame))
            return false;
    return true;
}

const struct cmdlet cmdlet_get_pscallstack = {.params = params, .process = process};
