#include "interp/value/exceptions.h"
#include "interp/eval/interp.h"

#include <string.h>

#include "interp/value/member.h"

#define EXCEPTION(symbol, full, parent, ...) extern const struct type type_##symbol, type_##symbol##_array;
#include "interp/value/exceptions.def"

// types-error.c and exception-facts.c
extern const struct type_members full_io_exception, full_argument_exception, full_argument_null_exception,
    full_argument_range_exception, full_file_missing_exception, full_disposed_exception,
    full_aggregate_exception;
extern const struct property action_stop_exception_properties[], aggregate_exception_properties[],
    argument_exception_properties[], argument_range_exception_properties[],
    command_missing_exception_properties[], disposed_exception_properties[],
    file_missing_exception_properties[], native_exit_exception_properties[],
    parameter_binding_exception_properties[], parse_exception_properties[],
    session_state_exception_properties[];

#define EXCEPTION(symbol, full, parent, ...)                                                                 \
    const struct type type_##symbol = {.name = full,                                                         \
                                       .base = &type_##parent,                                               \
                                       .type_code = 1,                                                       \
                                       .vector = &type_##symbol##_array,                                     \
                                       .size = sizeof(struct exception),                                     \
                                       .release = exception_release,                                         \
                                       .to_string = exception_to_string,                                     \
                                       __VA_ARGS__};                                                         \
    const struct type type_##symbol##_array = {                                                              \
        .name = full "[]", .base = &type_array, .type_code = 1, .element = &type_##symbol};
#include "interp/value/exceptions.def"

static const struct reason {
    const char *id;
    const struct type *type;
    bool inner;
    const struct type *around; // of an inner one: NULL: a RuntimeException
} reasons[] = {
#define REASON(id, symbol) {id, &type_##symbol, false, NULL},
#define INNER(id, symbol) {id, &type_##symbol, true, NULL},
#define AROUND(id, outer, symbol) {id, &type_##symbol, true, &type_##outer},
#include "interp/value/exceptions.def"
};

static bool is_same(const char *text, const char *id, size_t size)
{
    return strlen(text) == size && !memcmp(text, id, size);
}

// An id that is the full name of an exception stands for that, and one that is its short name for a method's
// failure with it.
static bool reason_by_name(const char *id, size_t size, enum category category, struct reason *ret)
{
    static const struct type *const all[] = {
#define EXCEPTION(symbol, full, parent, ...) &type_##symbol,
#include "interp/value/exceptions.def"
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *dot = strrchr(all[i]->name, '.');
        bool full = is_same(all[i]->name, id, size);
        if (!full && !(category == CAT_NotSpecified && is_same(dot + 1, id, size)))
            continue;
        return *ret = (struct reason){all[i]->name, all[i], !full, NULL}, true;
    }
    return false;
}

static bool reason_of(const struct error_record *record, struct reason *ret)
{
    const char *id = value_text(record->id);
    size_t size = strcspn(id, ",");
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (is_same(reasons[i].id, id, size))
            return *ret = reasons[i], true;
    return reason_by_name(id, size, record->category, ret);
}

#define AS_EXCEPTION(v) ((struct exception *)(v).object)

// A .NET method's failure is a MethodInvocationException around what it threw; other ids hide theirs in a
// RuntimeException.
bool error_set_reason(struct interp *in, struct error_record *record)
{
    struct reason found, *reason = &found;
    value exception;
    if (!reason_of(record, &found))
        return true;
    if (reason->type == &type_divide_exception && record->category == CAT_MetadataError) {
        record->exception.object->type = &type_transformation_exception;
        return true;
    }
    if (!exception_new(in, reason->type, record->message, &exception))
        return false;
    if (!reason->inner) {
        value_drop(record->exception);
        record->exception = exception;
        return exception_facts(in, record);
    }
    value_drop(AS_EXCEPTION(record->exception)->inner);
    AS_EXCEPTION(record->exception)->inner = exception;
    if (reason->around)
        record->exception.object->type = reason->around;
    if (!strncmp(value_text(record->id), "InvalidCastFromStringTo", 23) &&
        !exception_new(in, &type_format_exception, record->message, &AS_EXCEPTION(exception)->inner))
        return false;
    if (strstr(reason->type->name, value_text(record->id)) && record->category == CAT_NotSpecified &&
        strcmp(value_text(record->id), "RuntimeException"))
        record->exception.object->type = &type_method_invocation_exception;
    return true;
}

void exception_is_overflow(struct interp *in)
{
    value inner = in->thrown.kind == V_ERROR ? AS_EXCEPTION(in->thrown.error->exception)->inner : value_null;
    if (inner.kind == V_OBJECT)
        inner.object->type = &type_overflow_exception;
}

bool exception_is(const struct type *type)
{
    for (; type; type = type->base)
        if (type == &type_exception)
            return true;
    return false;
}

static bool derives(const struct type *type, const struct type *from)
{
    while (type && type != from)
        type = type->base;
    return type != NULL;
}

static bool record_with(struct interp *in, const char *id, enum category category, value exception,
                        value *ret)
{
    if (!error_new(in, id, category, value_null, ret, "%s", ""))
        return false;
    value_set(&ret->error->message, AS_EXCEPTION(exception)->message);
    value_set(&ret->error->exception, exception);
    return true;
}

bool error_carried(struct interp *in, const struct error_record *record, value *ret)
{
    value exception;
    if (!exception_new(in, &type_carried_exception, record->message, &exception))
        return false;
    bool ok = error_copy(in, record, ret);
    if (ok)
        value_set(&ret->error->exception, exception);
    return value_drop(exception), ok;
}

// Whoever asks an exception for its record gets what the record that holds it said.
bool error_carry(struct interp *in, const struct error_record *record)
{
    struct exception *exception = AS_EXCEPTION(record->exception);
    value copy;
    if (!value_is_null(exception->record) || !value_is_type(record->exception, &type_runtime_exception))
        return true;
    if (!error_carried(in, record, &copy))
        return false;
    exception->record = copy;
    return true;
}

bool write_error_exception(struct interp *in, struct error_record *record)
{
    value exception;
    if (!exception_new(in, &type_write_error_exception, record->message, &exception))
        return false;
    value_drop(record->exception);
    record->exception = exception;
    return true;
}

bool error_stop_exception(struct interp *in, value record, value *ret)
{
    if (!exception_new(in, &type_action_stop_exception, record.error->message, ret))
        return false;
    AS_EXCEPTION(*ret)->record = value_keep(record);
    return true;
}

bool error_of_exception(struct interp *in, value exception, value *ret)
{
    value carried;
    if (!exception_new(in, &type_carried_exception, AS_EXCEPTION(exception)->message, &carried))
        return false;
    bool ok = record_with(in, "RuntimeException", CAT_NotSpecified, carried, ret);
    return value_drop(carried), ok;
}

// A RuntimeException carries the record that it was, or will be, raised with.
// What the exceptions of PowerShell say of themselves before anybody raised them.
struct self_told {
    const struct type *type;
    const char *id;
    enum category category;
};

static const struct self_told *self_told(const struct type *type)
{
    static const struct self_told rows[] = {
        {&type_metadata_exception, "RuntimeException", CAT_MetadataError},
        {&type_session_state_exception, "SessionStateException", CAT_InvalidArgument},
        {&type_command_missing_exception, "CommandNotFoundException", CAT_ObjectNotFound},
        {&type_action_stop_exception, "ActionPreferenceStop", CAT_OperationStopped},
        {&type_incomplete_parse_exception, "IncompleteParse", CAT_ParserError},
        {&type_parse_exception, "Parse", CAT_ParserError},
        {&type_host_exception, "System.Management.Automation.Host.HostException", CAT_ResourceUnavailable},
        {&type_runtime_exception, "RuntimeException", CAT_NotSpecified}};
    const struct self_told *row = rows;
    while (row->type != &type_runtime_exception && !derives(type, row->type))
        row++;
    return row;
}

static bool from_runtime_exception(struct interp *in, value what, value *ret)
{
    struct exception *exception = AS_EXCEPTION(what);
    exception->thrown = true;
    const struct self_told *told = self_told(what.object->type);
    if (value_is_null(exception->record))
        return record_with(in, told->id, told->category, what, ret);
    if (!error_copy(in, exception->record.error, ret))
        return false;
    value_set(&ret->error->exception, what);
    return true;
}

static bool from_exception(struct interp *in, value what, value *ret)
{
    value text;
    if (derives(what.object->type, &type_runtime_exception))
        return from_runtime_exception(in, what, ret);
    if (!value_to_string(in, AS_EXCEPTION(what)->message, &text))
        return false;
    bool ok = record_with(in, value_text(text), CAT_OperationStopped, what, ret);
    return value_drop(text), ok;
}

static bool from_value(struct interp *in, value what, value *ret)
{
    value text = value_null, exception = value_null;
    bool ok = value_to_string(in, what, &text) &&
              exception_new(in, &type_runtime_exception, text, &exception) &&
              record_with(in, value_text(text), CAT_OperationStopped, exception, ret);
    if (ok) {
        AS_EXCEPTION(exception)->thrown = true;
        value_set(&ret->error->target, what);
    }
    value_drop(text);
    value_drop(exception);
    return ok;
}

bool error_from_thrown(struct interp *in, value what, value *ret)
{
    if (what.kind == V_ERROR)
        return *ret = value_keep(what), true;
    if (what.kind >= V_OBJECT && value_is_heap(what) && exception_is(value_type(what)))
        return from_exception(in, what, ret);
    if (value_is_null(what))
        return error_new(in, "ScriptHalted", CAT_OperationStopped, value_null, ret, "The script was halted.");
    return from_value(in, what, ret);
}

static bool inner_is(const struct error_record *record, const struct type *type)
{
    value inner = AS_EXCEPTION(record->exception)->inner;
    return !value_is_null(inner) && derives(inner.object->type, type);
}

bool error_is(value v, const struct type *type)
{
    const struct error_record *record = v.error;
    if (!type || value_is_null(record->exception))
        return false;
    if (record->stopped && derives(&type_action_stop_exception, type))
        return true;
    return derives(record->exception.object->type, type) ||
           (type != &type_exception && inner_is(record, type));
}

bool error_inner(struct interp *in, value v, value *ret)
{
    const struct exception *outer = AS_EXCEPTION(v.error->exception);
    value copy;
    if (value_is_null(outer->inner) || v.error->of_command) // a command has made it its own
        return *ret = value_keep(v), true;
    if (!error_copy(in, v.error, &copy))
        return false;
    value_set(&copy.error->exception, outer->inner);
    value_set(&copy.error->message, AS_EXCEPTION(copy.error->exception)->message);
    return *ret = copy, true;
}

// Caught for what is inside, the record shows that.
bool error_as(struct interp *in, value v, const struct type *type, value *ret)
{
    struct error_record *record = v.error;
    if (!(record->stopped && derives(&type_action_stop_exception, type)) &&
        !derives(record->exception.object->type, type))
        return error_inner(in, v, ret);
    return *ret = value_keep(v), true;
}
