// What a ParameterBindingException says of its parameter, and what [PSTypeName()] refuses. jesh-full alone.
#include <string.h>

#include "interp/eval/invocation.h"
#include "interp/eval/parameters.h"
#include "interp/eval/pipeline.h"
#include "interp/value/attributes.h"
#include "interp/value/exceptions.h"

static bool put(struct interp *in, value exception, const char *name, value v)
{
    bool ok = exception_fact(in, exception, name, v);
    return value_drop(v), ok;
}

static bool put_text(struct interp *in, value exception, const char *name, const char *text, size_t size)
{
    value v;
    return string_new(in, text, size, &v) && put(in, exception, name, v);
}

#define EXCEPTION_OF(v) ((struct exception *)(v).object)

static value type_value(const struct type *type)
{
    return type ? (value){.kind = V_TYPE, .type = type} : value_null;
}

// A common parameter is set as a property, which casts.
static bool nest_cast(struct interp *in, struct exception *own)
{
    value setting, cast;
    if (!exception_new(in, &type_set_value_invocation_exception, own->message, &setting))
        return false;
    value_drop(own->inner);
    own->inner = setting;
    if (!exception_new(in, &type_ps_invalid_cast_exception, own->message, &cast))
        return false;
    return ((struct exception *)setting.object)->inner = cast, true;
}

// The attribute's own exception stands inside the binder's.
static bool nest(struct interp *in, const struct misbinding *what, value exception)
{
    struct exception *own = (struct exception *)exception.object;
    value cause = what->inner;
    if (!strcmp(what->id, "ParameterBindingFailed"))
        return nest_cast(in, own);
    if (strcmp(what->id, "ParameterArgumentTransformationError") || cause.kind != V_OBJECT)
        return value_set(&own->inner, cause), true;
    value around;
    if (!exception_new(in, &type_transformation_exception, own->message, &around))
        return false;
    ((struct exception *)around.object)->inner = value_keep(cause);
    value_drop(own->inner);
    return own->inner = around, true;
}

bool bind_details(struct stage *stage, const struct misbinding *what, value record)
{
    struct interp *in = stage->cmd.in;
    value exception = record.error->exception;
    if (!exception_is(value_type(exception)))
        return false;
    struct position at = {0};
    if (stage->code && stage->code->source)
        at = source_position(stage->code->source, what->offset);
    bool ok = put_text(in, exception, "ErrorId", what->id, strlen(what->id)) &&
              put(in, exception, "ParameterType", type_value(what->wanted)) &&
              put(in, exception, "TypeSpecified", type_value(value_type(what->given))) &&
              put(in, exception, "Line", value_long(at.line)) &&
              put(in, exception, "Offset", value_long(at.column));
    value command = value_null, invocation;
    const struct place place = {stage->code ? stage->code->source : NULL, stage->offset, stage->offset,
                                in->history};
    if (ok && string_text(in, stage->cmd.name, &command)) {
        ok = invocation_of_error(in, &place, command, command, &invocation) &&
             put(in, exception, "CommandInvocation", invocation);
        value_drop(command);
    }
    if (ok && what->parameter)
        ok = put_text(in, exception, "ParameterName", what->parameter, what->size);
    if (!ok)
        return false;
    return nest(in, what, exception);
}

bool bind_accepts_type(struct stage *stage, const struct param *param, value v, uint32_t offset)
{
    const char *name;
    for (size_t i = 0; (name = value_type_name(v, i)); i++)
        if (!strcasecmp(name, param->more->ps_type))
            return true;
    if (value_is_null(v))
        return true;
    const struct misbinding what = {.id = "MismatchedPSTypeName",
                                    .category = CAT_InvalidArgument,
                                    .offset = offset,
                                    .parameter = param->name,
                                    .size = strlen(param->name),
                                    .given = v};
    return bind_fail(stage, &what, "Parameter '%s' takes objects of type %s only.", param->name,
                     param->more->ps_type);
}

bool bind_warn(struct stage *stage, const struct param *param)
{
    struct interp *in = stage->cmd.in;
    value attribute = attribute_among(param->more->attributes, &type_obsolete_attribute), text;
    value why = attribute.kind == V_OBJECT ? attribute_field(attribute, OBSOLETE_MESSAGE) : value_null;
    if (!string_printf(in, &text, "Parameter '%s' is obsolete. %s", param->name,
                       why.kind == V_STRING ? value_text(why) : ""))
        return false;
    bool ok = cmd_stream(&stage->cmd, STREAM_WARNING, text);
    return value_drop(text), ok;
}
