// One value to one parameter: conversion and validation.
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/parameters.h"
#include "interp/eval/pipeline.h"
#include "interp/value/enum.h"
#include "interp/value/gate.h"
#include "interp/value/regex.h"
#include "interp/value/types.h"

#pragma weak type_scriptblock

static bool raise(struct stage *stage, const struct misbinding *what, value target, const char *format,
                  va_list args)
{
    struct interp *in = stage->cmd.in;
    char whole[256];
    snprintf(whole, sizeof whole, *stage->bind_class ? "%s,%s" : "%s", what->id, stage->bind_class);
    throw_vrecord(in, whole, what->category, target, format, args);
    error_place(in->thrown, stage->code, what->offset);
    in->thrown.error->binding = true;
    if (in->thrown.object != in->out_of_memory.object)
        error_name(in, in->thrown.error, &stage->cmd);
    if (bind_details && in->thrown.object != in->out_of_memory.object)
        bind_details(stage, what, in->thrown);
    return false;
}

bool bind_throw(struct stage *stage, const char *id, enum category category, uint32_t offset, value target,
                const char *format, ...)
{
    const struct misbinding what = {.id = id, .category = category, .offset = offset};
    va_list args;
    va_start(args, format);
    raise(stage, &what, target, format, args);
    va_end(args);
    return false;
}

bool bind_fail(struct stage *stage, const struct misbinding *what, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    raise(stage, what, value_null, format, args);
    va_end(args);
    return false;
}

bool bind_fits(const struct type *type, value v)
{
    if (type == &type_object || value_is_null(v))
        return true;
    if (type == &type_psobject)
        return true;
    if (type == &type_switch)
        return v.kind == V_SWITCH || v.kind == V_BOOL;
    if (type->element && !value_enumerable(v))
        return bind_fits(type->element, v);
    if (type->element && type->element == &type_object)
        return value_enumerable(v);
    if (type->element) {
        for (size_t i = 0; i < v.array->count; i++)
            if (!bind_fits(type->element, v.array->items[i]))
                return false;
        return true;
    }
    return value_is_type(v, type);
}

// What failed inside goes into the error as its cause.
static value take_cause(struct interp *in)
{
    value record = in->thrown, cause = value_null;
    in->thrown = value_null;
    if (record.kind == V_ERROR)
        cause = value_keep(record.error->exception);
    value_drop(record);
    return cause;
}

static bool misfit(struct stage *stage, const struct param *param, const struct type *type, const char *id,
                   value v, uint32_t offset)
{
    struct misbinding what = {.id = stage->function ? "ParameterArgumentTransformationError" : id,
                              .category = stage->function ? CAT_InvalidData : CAT_InvalidArgument,
                              .offset = offset,
                              .parameter = param->name,
                              .size = strlen(param->name),
                              .wanted = type,
                              .given = v,
                              .inner = take_cause(stage->cmd.in)};
    bind_fail(stage, &what, "Parameter '%s' needs a %s, which this value is not.", param->name,
              type_display(type));
    return value_drop(what.inner), false;
}

static bool is_flag(value v)
{
    return v.kind == V_BOOL || v.kind == V_SWITCH;
}

// What the session brings converts its arguments in its own mode, not in the caller's.
static bool convert_value(struct stage *stage, value v, const struct type *type, value *ret)
{
    struct interp *in = stage->cmd.in;
    bool outer = in->binds_trusted;
    in->binds_trusted = !stage->block || (block_is_trusted && block_is_trusted(stage->held));
    bool ok = value_convert(in, v, type, ret);
    in->binds_trusted = outer;
    return ok;
}

static bool convert_scalar(struct stage *stage, const struct param *param, const struct type *type, value v,
                           const struct ast_text *text, uint32_t offset, value *ret)
{
    struct interp *in = stage->cmd.in;
    if (type == &type_string && text && text->at)
        return string_new(in, text->at, text->size, ret);
    if ((type == &type_version || type == &type_semver) && text && text->at && value_is_number(v)) {
        value written; // 1.10 is no number of its two halves
        if (!string_new(in, text->at, text->size, &written))
            return false;
        bool ok = convert_scalar(stage, param, type, written, NULL, offset, ret);
        return value_drop(written), ok;
    }
    if (type == &type_object || type == &type_psobject)
        return *ret = value_keep(v), true;
    if (type == &type_switch || type == &type_bool) {
        bool number = value_is_number(v) && (type == &type_bool || !stage->block); // no function's switch
        if (!is_flag(v) && !number && (type == &type_bool || !value_is_null(v)))
            return misfit(stage, param, type, "CannotConvertArgument", v, offset);
        return *ret = (value){.kind = type == &type_switch ? V_SWITCH : V_BOOL, .b = value_truth(v)}, true;
    }
    if (type == &type_string && value_enumerable(v) && !stage->meta->simple)
        return misfit(stage, param, type, "CannotConvertArgument", v, offset);
    if (type == &type_ref && !value_is_null(v) && !value_is_type(v, type))
        return misfit(stage, param, type, "CannotConvertArgument", v, offset);
    if (type == &type_scriptblock && v.kind != V_SCRIPTBLOCK)
        return misfit(stage, param, type, "CannotConvertArgument", v, offset);
    return convert_value(stage, v, type, ret) ||
           misfit(stage, param, type, "CannotConvertArgumentNoMessage", v, offset);
}

static bool convert_items(struct stage *stage, const struct param *param, const struct type *element, value v,
                          const struct ast_text *text, uint32_t offset, value *ret)
{
    bool many = value_enumerable(v);
    value array;
    if (many && element == &type_psobject)
        return *ret = value_keep(v), true; // its items are objects as they are
    if (!array_of(stage->cmd.in, element, many ? v.array->count : 1, &array))
        return false;
    for (size_t i = 0; i < array.array->count; i++)
        if (!convert_scalar(stage, param, element, many ? v.array->items[i] : v, many ? NULL : text, offset,
                            &array.array->items[i]))
            return value_drop(array), false;
    return *ret = array, true;
}

bool bind_convert(struct stage *stage, const struct param *param, const struct type *type, value v,
                  const struct ast_text *text, uint32_t offset, value *ret)
{
    if (v.kind == V_VOID)
        v = value_null;
    if (value_is_null(v) && type->element)
        return *ret = value_null, true;
    if (type->element)
        return convert_items(stage, param, type->element, v, text, offset, ret);
    return convert_scalar(stage, param, type, v, text, offset, ret);
}

// --- Validation
// ------------------------------------------------------------------------------------------------

static bool in_set(const char *set, value v)
{
    for (const char *at = set;;) {
        const char *bar = strchr(at, '|');
        size_t size = bar ? (size_t)(bar - at) : strlen(at);
        if (utf8_same_ignore_case(at, size, value_text(v), v.string->size))
            return true;
        if (!bar)
            return false;
        at = bar + 1;
    }
}

static bool refuse(struct stage *stage, const struct param *param, const char *id, value v, uint32_t offset)
{
    struct misbinding what = {.id = id,
                              .category = CAT_InvalidData,
                              .offset = offset,
                              .parameter = param->name,
                              .size = strlen(param->name),
                              .given = v,
                              .inner = take_cause(stage->cmd.in)};
    bind_fail(stage, &what, "This value is not allowed for parameter '%s'.", param->name);
    return value_drop(what.inner), false;
}

static bool invalid(struct stage *stage, const struct param *param, value v, uint32_t offset)
{
    return refuse(stage, param, "ParameterArgumentValidationError", v, offset);
}

static bool text_allowed(struct interp *in, const struct param *param, value text, bool *ret)
{
    *ret = false;
    if (param->set_values && !in_set(param->set_values, text))
        return true;
    if (param->max_length &&
        (text.string->units < param->min_length || text.string->units > param->max_length))
        return true;
    *ret = true;
    return !param->pattern ||
           regex_matches_whole(in, param->pattern, value_text(text), text.string->size, ret);
}

static bool number_allowed(struct interp *in, const struct param *param, value v, bool *ret)
{
    double number;
    *ret = false;
    if (!value_to_double(in, v, &number))
        return value_set(&in->thrown, value_null), true;
    *ret = number >= (double)param->min && number <= (double)param->max;
    return true;
}

// A single element. Length, set and pattern look at the text that the converted value has.
static bool validate_item(struct stage *stage, const struct param *param, value v, uint32_t offset)
{
    struct interp *in = stage->cmd.in;
    bool allowed = true;
    value text;
    if (param->flags & PARAM_NOT_NULL_OR_EMPTY && v.kind == V_TABLE && !v.table->count)
        return invalid(stage, param, v, offset);
    if (param->flags & PARAM_NOT_NULL_OR_EMPTY && v.kind == V_STRING && !v.string->size)
        return invalid(stage, param, v, offset);
    if (param->flags & (PARAM_NOT_NULL | PARAM_NOT_NULL_OR_EMPTY) && value_is_null(v))
        return invalid(stage, param, v, offset);
    if (param->min < param->max && (!number_allowed(in, param, v, &allowed) || !allowed))
        return invalid(stage, param, v, offset);
    if (!param->set_values && !param->pattern && !param->max_length)
        return true;
    if (value_is_null(v))
        return invalid(stage, param, v, offset);
    if (!value_to_string(in, v, &text))
        return false;
    bool ok = text_allowed(in, param, text, &allowed);
    value_drop(text);
    return ok && (allowed || invalid(stage, param, v, offset));
}

// What no mandatory parameter takes: nothing, an empty text where texts are asked for, an empty collection.
static bool mandatory_allows_one(struct stage *stage, const struct param *param, const struct type *type, value v,
                                 uint32_t offset)
{
    if (value_is_null(v) && !(param->flags & PARAM_ALLOW_NULL))
        return refuse(stage, param, "ParameterArgumentValidationErrorNullNotAllowed", v, offset);
    if (type == &type_string && v.kind == V_STRING && !v.string->size && !(param->flags & PARAM_ALLOW_EMPTY))
        return refuse(stage, param, "ParameterArgumentValidationErrorEmptyStringNotAllowed", v, offset);
    return true;
}

static bool mandatory_allows(struct stage *stage, const struct param *param, const struct type *type, value v,
                             uint32_t offset)
{
    const struct type *element = type->element ? type->element : type_argument(type, 0);
    if (!mandatory_allows_one(stage, param, type, v, offset))
        return false;
    if (!value_enumerable(v) || type == &type_object || type == &type_psobject)
        return true;
    if (!v.array->count && !(param->flags & PARAM_ALLOW_EMPTY_COLLECTION))
        return refuse(stage, param,
                      v.kind == V_ARRAY ? "ParameterArgumentValidationErrorEmptyArrayNotAllowed"
                                        : "ParameterArgumentValidationErrorEmptyCollectionNotAllowed",
                      v, offset);
    for (size_t i = 0; i < v.array->count; i++)
        if (!mandatory_allows_one(stage, param, element, v.array->items[i], offset))
            return false;
    return true;
}

static bool rules_allow(struct stage *stage, const struct param *param, value v, uint32_t offset)
{
    if (param->flags & PARAM_TRUSTED && gate_trusts && !gate_trusts(stage->cmd.in, v))
        return invalid(stage, param, v, offset);
    if (param->more && param->more->validates &&
        !attributes_validate(stage->cmd.in, param->more->attributes, v))
        return invalid(stage, param, v, offset);
    if (param->rule && param->rule->allows && !param->rule->allows(v))
        return invalid(stage, param, v, offset);
    if (!value_enumerable(v))
        return validate_item(stage, param, v, offset);
    size_t count = v.array->count;
    if (param->max_count && (count < param->min_count || count > param->max_count))
        return invalid(stage, param, v, offset);
    if (param->flags & PARAM_NOT_NULL_OR_EMPTY && !count)
        return invalid(stage, param, v, offset);
    for (size_t i = 0; i < count; i++)
        if (!validate_item(stage, param, v.array->items[i], offset))
            return false;
    return true;
}

// What the parameter's own attributes say comes before what every mandatory one asks.
bool bind_validate(struct stage *stage, const struct param *param, const struct type *type, value v,
                   uint32_t offset)
{
    bool mandatory = param->flags & PARAM_MANDATORY || param->mandatory_sets;
    return rules_allow(stage, param, v, offset) &&
           (!mandatory || mandatory_allows(stage, param, type, v, offset));
}

static bool holds_null(value v, const struct type *type)
{
    if (!type->element)
        return value_is_null(v);
    for (size_t i = 0; value_enumerable(v) && i < v.array->count; i++)
        if (value_is_null(v.array->items[i]))
            return true;
    return false;
}

// What is refused before any conversion: $null for a cmdlet's text (it stays $null there, a function's becomes empty,
// but not in a list that only its place names), an object without the type name that is asked for.
static bool accept(struct stage *stage, const struct param *param, const struct type *type, value v,
                   uint32_t offset)
{
    bool texts = type == &type_string_array || (type == &type_string && !stage->block);
    bool mandatory = param->flags & PARAM_MANDATORY || param->mandatory_sets;
    if (texts && (!stage->block || stage->placing) && !(param->flags & PARAM_ALLOW_NULL) && holds_null(v, type)) {
        if (param->flags & (PARAM_NOT_NULL | PARAM_NOT_NULL_OR_EMPTY))
            return invalid(stage, param, v, offset);
        if (mandatory)
            return refuse(stage, param, "ParameterArgumentValidationErrorNullNotAllowed", v, offset);
    }
    return !param->more || !param->more->ps_type || bind_accepts_type(stage, param, v, offset);
}

// By the rule of a cmdlet's own; a number keeps the text that it was written as.
static bool convert_ruled(struct stage *stage, const struct param *param, const struct type *type, value v,
                          const struct ast_text *text, uint32_t offset, value *ret)
{
    value made;
    if (!param->rule->transform(stage->cmd.in, v, &made))
        return refuse(stage, param, "ParameterArgumentTransformationError", v, offset);
    bool ok = bind_convert(stage, param, type, made, text, offset, ret);
    return value_drop(made), ok;
}

static bool convert_whole(struct stage *stage, const struct param *param, const struct type *type, value v,
                          const struct ast_text *text, uint32_t offset, value *ret)
{
    value made;
    if (param->rule && param->rule->transform)
        return convert_ruled(stage, param, type, v, text, offset, ret);
    if (!param->more || !param->more->transforms)
        return bind_convert(stage, param, type, v, text, offset, ret);
    if (!attributes_transform_own(stage->cmd.in, param->more->attributes, v, &made))
        return misfit(stage, param, type, "ParameterArgumentTransformationError", v, offset);
    bool ok = bind_convert(stage, param, type, made, NULL, offset, ret);
    return value_drop(made), ok;
}

// A block for a parameter that takes objects of the pipeline, but no blocks, is run for each of them.
static bool is_delayed(const struct stage *stage, const struct param *param, const struct type *type)
{
    const struct type *element = type->element ? type->element : type;
    bool takes_block = element == &type_object || element == &type_psobject || element == &type_scriptblock;
    return !stage->delaying && !takes_block && bind_takes_pipeline(param, stage->sets);
}

static enum bind_result delay(struct stage *stage, size_t parameter, value v, uint32_t offset)
{
    if (!stage->cmd.expects_input)
        return bind_throw(stage, "ScriptBlockArgumentNoInput", CAT_MetadataError, offset, value_null,
                          "Parameter '%s' is given a script block, and there is no input to run it for.",
                          stage->meta->params[parameter].name),
               BIND_THROWN;
    if (!bind_is_bound(stage, parameter))
        stage->order[stage->ordered++] = (uint8_t)parameter;
    value_set(&stage->bound_args[parameter], v);
    stage->delayed |= (uint64_t)1 << parameter;
    stage->bound |= (uint64_t)1 << parameter;
    stage->sets &= bind_sets_of(stage->meta, parameter);
    return BIND_DONE;
}

static bool is_suspend(size_t parameter, const struct type *type, value v)
{
    return parameter >= OWN_PARAMETERS && type == &type_action_preference && v.i == ACTION_SUSPEND;
}

static void no_action(struct stage *stage, const struct param *param, uint32_t offset)
{
    bind_throw(stage, "ParameterBindingFailed", CAT_WriteError, offset, value_null,
               "What '%s' is given says nothing about errors.", param->name);
}

enum bind_result bind_value(struct stage *stage, size_t parameter, value v, const struct ast_text *text,
                            bool coerce, uint32_t offset)
{
    const struct param *param = bind_param(stage, parameter);
    const struct type *type =
        parameter < OWN_PARAMETERS ? stage->meta->types[parameter] : common_types[parameter - OWN_PARAMETERS];
    value converted;
    if (v.kind == V_SCRIPTBLOCK && parameter < OWN_PARAMETERS && is_delayed(stage, param, type))
        return delay(stage, parameter, v, offset);
    if (!coerce && !bind_fits(type, v))
        return BIND_MISFIT;
    if (!accept(stage, param, type, v, offset))
        return BIND_THROWN;
    if (type == &type_action_preference && value_is_null(v))
        return no_action(stage, param, offset), BIND_THROWN;
    if (!convert_whole(stage, param, type, v, text, offset, &converted))
        return BIND_THROWN;
    if (is_suspend(parameter, type, converted))
        return no_action(stage, param, offset), BIND_THROWN;
    if (!bind_validate(stage, param, type, converted, offset))
        return value_drop(converted), BIND_THROWN;
    value *slot = parameter < OWN_PARAMETERS ? &stage->bound_args[parameter]
                                             : &stage->common[parameter - OWN_PARAMETERS];
    if (!bind_is_bound(stage, parameter))
        stage->order[stage->ordered++] = (uint8_t)parameter;
    value old = *slot;
    *slot = converted;
    value_drop(old);
    if (parameter < OWN_PARAMETERS) {
        stage->bound |= (uint64_t)1 << parameter;
        stage->sets &= bind_sets_of(stage->meta, parameter);
    } else
        stage->common_bound |= 1u << (parameter - OWN_PARAMETERS);
    return BIND_DONE;
}
