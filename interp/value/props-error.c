// What an ErrorRecord, its parts and exceptions say of themselves.
#include <stdio.h>
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/exceptions.h"
#include "interp/value/types.h"

#define GETTER(name) static bool name(struct interp *in, value self, value *ret)
#define SETTER(name) static bool name(struct interp *in, value self, value to)
#define UNUSED (void)in, (void)self
#define EXCEPTION(v) ((struct exception *)(v).object)
#define INFO(v) ((struct category_info *)(v).object)
#define DETAILS(v) ((struct error_details *)(v).object)

static const char *short_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

// --- ErrorRecord
// --------------------------------------------------------------------------------------------------

GETTER(error_exception)
{
    return (!error_carry || error_carry(in, self.error)) && (*ret = value_keep(self.error->exception), true);
}
GETTER(error_target)
{
    return UNUSED, *ret = value_keep(self.error->target), true;
}
GETTER(error_id)
{
    return UNUSED, *ret = value_keep(self.error->id), true;
}
GETTER(error_details)
{
    return UNUSED, *ret = value_keep(self.error->details), true;
}
SETTER(set_error_details)
{
    value details;
    if (!value_convert(in, to, &type_error_details, &details))
        return false;
    value_drop(self.error->details);
    self.error->details = details;
    return true;
}
GETTER(error_stack)
{
    return UNUSED, *ret = value_keep(self.error->stack), true;
}
GETTER(error_invocation)
{
    value *invocation = &self.error->invocation;
    if (value_is_null(*invocation) && error_make_invocation && !error_make_invocation(in, self, invocation))
        return false;
    return *ret = value_keep(*invocation), true;
}
GETTER(error_iterations)
{
    return UNUSED, array_new(in, 0, ret);
}
GETTER(error_category)
{
    if (!object_new(in, &type_category_info, ret))
        return false;
    INFO(*ret)->record = value_keep(self);
    return true;
}
const struct property error_properties[] = {{"Exception", error_exception, NULL},
                                            {"TargetObject", error_target, NULL},
                                            {"CategoryInfo", error_category, NULL},
                                            {"FullyQualifiedErrorId", error_id, NULL},
                                            {"ErrorDetails", error_details, set_error_details},
                                            {"InvocationInfo", error_invocation, NULL},
                                            {"ScriptStackTrace", error_stack, NULL},
                                            {"PipelineIterationInfo", error_iterations, NULL},
                                            {0}};

// --- CategoryInfo
// -------------------------------------------------------------------------------------------------

static struct error_record *record_of(value info)
{
    return INFO(info)->record.error;
}

// What nobody set is "" to a script.
static bool text_or_empty(struct interp *in, value text, value *ret)
{
    if (text.kind != V_STRING)
        return string_text(in, "", ret);
    return *ret = value_keep(text), true;
}

GETTER(info_category)
{
    return UNUSED, *ret = enum_value(&type_error_category, record_of(self)->category), true;
}
GETTER(info_activity)
{
    return text_or_empty(in, record_of(self)->activity, ret);
}
GETTER(info_reason)
{
    const struct error_record *record = record_of(self);
    if (record->reason.kind == V_STRING)
        return *ret = value_keep(record->reason), true;
    const struct type *type = value_type(record->exception);
    return string_text(in, type ? short_name(type->name) : "", ret);
}
GETTER(info_target_name)
{
    const struct error_record *record = record_of(self);
    if (record->target_name.kind == V_STRING)
        return *ret = value_keep(record->target_name), true;
    return value_to_method_string(in, record->target, ret);
}
GETTER(info_target_type)
{
    const struct error_record *record = record_of(self);
    if (record->target_type.kind == V_STRING)
        return *ret = value_keep(record->target_type), true;
    const struct type *type = value_type(record->target);
    return string_text(in, type ? short_name(type->name) : "", ret);
}
static bool set_text(struct interp *in, value *slot, value to)
{
    value text;
    if (!value_to_string(in, to, &text))
        return false;
    value_drop(*slot);
    *slot = text;
    return true;
}
SETTER(set_activity)
{
    return set_text(in, &record_of(self)->activity, to);
}
SETTER(set_reason)
{
    return set_text(in, &record_of(self)->reason, to);
}
SETTER(set_target_name)
{
    return set_text(in, &record_of(self)->target_name, to);
}
SETTER(set_target_type)
{
    return set_text(in, &record_of(self)->target_type, to);
}
const struct property category_info_properties[] = {{"Category", info_category, NULL},
                                                    {"Activity", info_activity, set_activity},
                                                    {"Reason", info_reason, set_reason},
                                                    {"TargetName", info_target_name, set_target_name},
                                                    {"TargetType", info_target_type, set_target_type},
                                                    {0}};

void category_info_release(struct object *object)
{
    value_drop(((struct category_info *)object)->record);
}

enum { PARTS = 3, LONGEST_PART = 40, KEPT_ENDS = 19 };

// What is too long is cut in the middle.
static void shorten(const struct string *string, char *ret, size_t size)
{
    if (string->size <= LONGEST_PART)
        memcpy(ret, string->text, string->size + 1);
    else
        snprintf(ret, size, "%.*s\xE2\x80\xA6%.*s", KEPT_ENDS, string->text, KEPT_ENDS,
                 string->text + string->size - KEPT_ENDS);
}

// The name of an exception's type is shown whole, whatever its length.
static bool shown_reason(struct interp *in, value self, value *ret)
{
    char text[LONGEST_PART + 4];
    if (!info_reason(in, self, ret))
        return false;
    if (record_of(self)->reason.kind != V_STRING)
        return true;
    shorten(ret->string, text, sizeof text);
    value_drop(*ret);
    return string_text(in, text, ret);
}

bool category_info_to_string(struct interp *in, value self, value *ret)
{
    static bool (*const getters[PARTS])(struct interp *, value, value *) = {info_target_name,
                                                                            info_target_type, info_activity};
    char texts[PARTS][LONGEST_PART + 4];
    value part;
    for (size_t i = 0; i < PARTS; i++) {
        if (!getters[i](in, self, &part))
            return false;
        shorten(part.string, texts[i], sizeof texts[i]);
        value_drop(part);
    }
    if (!shown_reason(in, self, &part))
        return false;
    bool ok = string_printf(in, ret, "%s: (%s:%s) [%s], %s", category_name(record_of(self)->category),
                            texts[0], texts[1], texts[2], value_text(part));
    return value_drop(part), ok;
}

// --- ErrorDetails
// -------------------------------------------------------------------------------------------------

GETTER(details_message)
{
    return text_or_empty(in, DETAILS(self)->message, ret);
}
GETTER(details_advice)
{
    return text_or_empty(in, DETAILS(self)->advice, ret);
}
SETTER(set_details_advice)
{
    return set_text(in, &DETAILS(self)->advice, to);
}
const struct property error_details_properties[] = {
    {"Message", details_message, NULL}, {"RecommendedAction", details_advice, set_details_advice}, {0}};

void error_details_release(struct object *object)
{
    value_drop(((struct error_details *)object)->message);
    value_drop(((struct error_details *)object)->advice);
}

bool error_details_to_string(struct interp *in, value self, value *ret)
{
    return details_message(in, self, ret);
}

bool error_text(struct interp *in, const struct error_record *record, value *ret)
{
    if (record->details.kind == V_OBJECT && DETAILS(record->details)->message.kind == V_STRING &&
        DETAILS(record->details)->message.string->size)
        return *ret = value_keep(DETAILS(record->details)->message), true;
    return text_or_empty(in, record->message, ret);
}

// --- Exceptions
// ---------------------------------------------------------------------------------------------------

static bool fact(struct interp *in, value self, const char *name, value *ret)
{
    const value *found =
        EXCEPTION(self)->facts.kind == V_TABLE ? table_get_text(EXCEPTION(self)->facts.table, name) : NULL;
    return (void)in, *ret = found ? value_keep(*found) : value_null, true;
}

bool exception_fact(struct interp *in, value exception, const char *name, value what)
{
    value *facts = &EXCEPTION(exception)->facts;
    if (facts->kind != V_TABLE && !table_new(in, false, facts))
        return false;
    return table_set_text(in, facts->table, name, what);
}

GETTER(exception_message)
{
    return text_or_empty(in, EXCEPTION(self)->message, ret);
}
GETTER(exception_inner)
{
    return UNUSED, *ret = value_keep(EXCEPTION(self)->inner), true;
}
GETTER(exception_data)
{
    if (!fact(in, self, "Data", ret) || !value_is_null(*ret))
        return true;
    if (!table_new(in, false, ret))
        return false;
    ret->object->type = &type_list_dictionary;
    return exception_fact(in, self, "Data", *ret);
}
GETTER(exception_source)
{
    return fact(in, self, "Source", ret);
}
SETTER(set_source)
{
    return exception_fact(in, self, "Source", to);
}
GETTER(exception_help)
{
    return fact(in, self, "HelpLink", ret);
}
SETTER(set_help)
{
    return exception_fact(in, self, "HelpLink", to);
}
GETTER(nothing)
{
    return UNUSED, *ret = value_null, true;
}
GETTER(exception_number)
{
    if (!fact(in, self, "HResult", ret) || !value_is_null(*ret))
        return true;
    const struct type *type = value_type(self);
    *ret = value_int(exception_result ? exception_result(type) : (int32_t)0x80131500);
    return true;
}
SETTER(set_number)
{
    int32_t number;
    return value_to_int(in, to, &number) && exception_fact(in, self, "HResult", value_int(number));
}
const struct property exception_properties[] = {{"TargetSite", nothing, NULL},
                                                {"Message", exception_message, NULL},
                                                {"Data", exception_data, NULL},
                                                {"InnerException", exception_inner, NULL},
                                                {"HelpLink", exception_help, set_help},
                                                {"Source", exception_source, set_source},
                                                {"HResult", exception_number, set_number},
                                                {"StackTrace", nothing, NULL},
                                                {0}};

GETTER(exception_record)
{
    struct exception *exception = EXCEPTION(self);
    if (value_is_null(exception->record) && error_of_exception &&
        !error_of_exception(in, self, &exception->record))
        return false;
    return *ret = value_keep(exception->record), true;
}
GETTER(exception_thrown)
{
    return UNUSED, *ret = value_bool(EXCEPTION(self)->thrown), true;
}
SETTER(set_thrown)
{
    return (void)in, EXCEPTION(self)->thrown = value_truth(to), true;
}
const struct property runtime_exception_properties[] = {
    {"ErrorRecord", exception_record, NULL},
    {"WasThrownFromThrowStatement", exception_thrown, set_thrown},
    {0}};

void exception_release(struct object *object)
{
    const struct exception *exception = (struct exception *)object;
    value_drop(exception->message);
    value_drop(exception->inner);
    value_drop(exception->facts);
    value_drop(exception->record);
}

static bool add_head(struct interp *in, value self, struct buf *out)
{
    size_t start;
    buf_add_text(out, self.object->type->name);
    buf_add_text(out, ": ");
    start = out->size;
    if (!value_add_string(in, out, EXCEPTION(self)->message))
        return false;
    if (out->size == start && !out->failed)
        out->size -= strlen(": ");
    return true;
}

// A chain of any length: only an inner exception of a class writes itself.
static bool add_chain(struct interp *in, value self, struct buf *out)
{
    static const char end[] = "\n   --- End of inner exception stack trace ---";
    size_t inner = 0;
    bool ok = add_head(in, self, out);
    for (value v = EXCEPTION(self)->inner; ok && !value_is_null(v) && !out->failed; inner++) {
        buf_add_text(out, "\n ---> ");
        bool own = v.object->type->class;
        ok = own ? value_add_string(in, out, v) : add_head(in, v, out);
        v = own ? value_null : EXCEPTION(v)->inner;
    }
    for (; ok && inner && !out->failed; inner--)
        buf_add_text(out, end);
    return ok;
}

bool exception_to_string(struct interp *in, value self, value *ret)
{
    struct buf out = {.limit = in->string_limit};
    bool ok = add_chain(in, self, &out) &&
              (out.failed ? throw_full(in, &out) : string_new(in, buf_text(&out), out.size, ret));
    return buf_free(&out), ok;
}
