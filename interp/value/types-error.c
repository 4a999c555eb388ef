// What programs call on errors: exceptions made by name, ErrorRecord, ErrorDetails. jesh-full alone.
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/exceptions.h"
#include "interp/value/types-rows.h"

#define EXC &type_exception
#define EXCEPTION_OF(v) ((struct exception *)(v).object)

static bool is_given(const value *args, size_t count, size_t at)
{
    return at < count && !value_is_null(args[at]);
}

static bool plain_message(struct interp *in, const struct type *type, value *ret)
{
    return string_printf(in, ret, "Exception of type '%s' was thrown.", type->name);
}

static bool make_with(struct interp *in, const struct type *type, const value *text, const value *inner,
                      value *ret)
{
    value message;
    if (text && !value_is_null(*text))
        message = value_keep(*text);
    else if (!plain_message(in, type, &message))
        return false;
    bool ok = exception_new(in, type, message, ret);
    if (ok && inner)
        EXCEPTION_OF(*ret)->inner = value_keep(*inner);
    return value_drop(message), ok;
}

METHOD(make)
{
    return make_with(in, self.type, count ? &args[0] : NULL, count > 1 ? &args[1] : NULL, ret);
}

METHOD(make_numbered)
{
    (void)count;
    return make_with(in, self.type, &args[0], NULL, ret) && exception_fact(in, *ret, "HResult", args[1]);
}

METHOD(make_carrying)
{
    (void)count;
    if (!make_with(in, self.type, &args[0], &args[1], ret))
        return false;
    if (value_is_null(args[2]))
        return true;
    if (error_carried(in, args[2].error, &EXCEPTION_OF(*ret)->record))
        return true;
    return value_drop(*ret), *ret = value_null, false;
}

METHOD(base)
{
    UNUSED;
    value at = self;
    while (value_is_type(EXCEPTION_OF(at)->inner, EXC))
        at = EXCEPTION_OF(at)->inner;
    return *ret = value_keep(at), true;
}
static const struct method exception_methods[] = {{"GetBaseException", base, EXC}, {0}};
static const struct method exception_constructors[] = {
    {"new", make, EXC}, {"new", make, EXC, P(STR)}, {"new", make, EXC, P(STR, EXC)}, {0}};
const struct type_members full_exception = {exception_methods, NULL, exception_constructors, NULL};

static const struct method runtime_constructors[] = {
    {"new", make, EXC},
    {"new", make, EXC, P(STR)},
    {"new", make, EXC, P(STR, EXC)},
    {"new", make_carrying, EXC, P(STR, EXC, &type_error_record)},
    {0}};
const struct type_members full_runtime_exception = {NULL, NULL, runtime_constructors, NULL};

static const struct method io_constructors[] = {{"new", make, EXC},
                                                {"new", make, EXC, P(STR)},
                                                {"new", make, EXC, P(STR, EXC)},
                                                {"new", make_numbered, EXC, P(STR, I32)},
                                                {0}};
extern const struct type_members full_io_exception, full_argument_exception, full_argument_null_exception,
    full_argument_range_exception, full_file_missing_exception, full_disposed_exception,
    full_aggregate_exception;
const struct type_members full_io_exception = {NULL, NULL, io_constructors, NULL};

// --- Exceptions about a parameter
// ---------------------------------------------------------------------------------

// The name of the parameter stands behind the message, and the value that it had on a line of its own.
static bool about(struct interp *in, value exception, value name, const value *actual)
{
    struct exception *of = EXCEPTION_OF(exception);
    value message = of->message, text = value_null;
    if (name.kind != V_STRING || !name.string->size)
        return true;
    if (!exception_fact(in, exception, "ParamName", name) ||
        (actual && !exception_fact(in, exception, "ActualValue", *actual)) ||
        (actual && !value_to_string(in, *actual, &text)))
        return false;
    bool ok =
        text.kind == V_STRING
            ? string_printf(in, &of->message, "%s (Parameter '%s')\nActual value was %s.",
                            value_text(message), value_text(name), value_text(text))
            : string_printf(in, &of->message, "%s (Parameter '%s')", value_text(message), value_text(name));
    if (ok)
        value_drop(message);
    return value_drop(text), ok;
}

static bool finish(struct interp *in, value name, const value *actual, value *ret)
{
    if (about(in, *ret, name, actual))
        return true;
    return value_drop(*ret), *ret = value_null, false;
}

METHOD(make_argument)
{
    return make_with(in, self.type, &args[0], count > 2 ? &args[2] : NULL, ret) &&
           finish(in, args[1], NULL, ret);
}
METHOD(make_argument_named)
{
    return make_with(in, self.type, count > 1 ? &args[1] : NULL, NULL, ret) && finish(in, args[0], NULL, ret);
}
METHOD(make_argument_range)
{
    return make_with(in, self.type, &args[2], NULL, ret) &&
           finish(in, args[0], is_given(args, count, 1) ? &args[1] : NULL, ret);
}
static const struct method argument_constructors[] = {{"new", make, EXC},
                                                      {"new", make, EXC, P(STR)},
                                                      {"new", make, EXC, P(STR, EXC)},
                                                      {"new", make_argument, EXC, P(STR, STR)},
                                                      {"new", make_argument, EXC, P(STR, STR, EXC)},
                                                      {0}};
const struct type_members full_argument_exception = {NULL, NULL, argument_constructors, NULL};
static const struct method argument_null_constructors[] = {{"new", make, EXC},
                                                           {"new", make_argument_named, EXC, P(STR)},
                                                           {"new", make, EXC, P(STR, EXC)},
                                                           {"new", make_argument_named, EXC, P(STR, STR)},
                                                           {0}};
const struct type_members full_argument_null_exception = {NULL, NULL, argument_null_constructors, NULL};
static const struct method argument_range_constructors[] = {
    {"new", make, EXC},
    {"new", make_argument_named, EXC, P(STR)},
    {"new", make, EXC, P(STR, EXC)},
    {"new", make_argument_named, EXC, P(STR, STR)},
    {"new", make_argument_range, EXC, P(STR, OBJ, STR)},
    {0}};
const struct type_members full_argument_range_exception = {NULL, NULL, argument_range_constructors, NULL};

METHOD(make_file)
{
    return make_with(in, self.type, &args[0], count > 2 ? &args[2] : NULL, ret) &&
           exception_fact(in, *ret, "FileName", args[1]);
}
static const struct method file_constructors[] = {{"new", make, EXC},
                                                  {"new", make, EXC, P(STR)},
                                                  {"new", make, EXC, P(STR, EXC)},
                                                  {"new", make_file, EXC, P(STR, STR)},
                                                  {"new", make_file, EXC, P(STR, STR, EXC)},
                                                  {0}};
const struct type_members full_file_missing_exception = {NULL, NULL, file_constructors, NULL};

METHOD(make_disposed)
{
    return make_with(in, self.type, count > 1 ? &args[1] : NULL, NULL, ret) &&
           exception_fact(in, *ret, "ObjectName", args[0]);
}
static const struct method disposed_constructors[] = {{"new", make_disposed, EXC, P(STR)},
                                                      {"new", make, EXC, P(STR, EXC)},
                                                      {"new", make_disposed, EXC, P(STR, STR)},
                                                      {0}};
const struct type_members full_disposed_exception = {NULL, NULL, disposed_constructors, NULL};

METHOD(make_aggregate)
{
    value message = args[0], all = args[count - 1];
    if (!make_with(in, self.type, count > 1 ? &message : NULL, all.array->count ? &all.array->items[0] : NULL,
                   ret))
        return false;
    return exception_fact(in, *ret, "InnerExceptions", all);
}
static const struct method aggregate_constructors[] = {
    {"new", make, EXC},
    {"new", make, EXC, P(STR)},
    {"new", make_aggregate, EXC, P(&type_exception_array), true},
    {"new", make_aggregate, EXC, P(STR, &type_exception_array), true},
    {0}};
const struct type_members full_aggregate_exception = {NULL, NULL, aggregate_constructors, NULL};

// --- ErrorRecord
// --------------------------------------------------------------------------------------------------

METHOD(make_record)
{
    (void)self, (void)count;
    value exception = args[0];
    if (value_is_null(exception))
        return method_throw(in, &type_ps_argument_null_exception, "An ErrorRecord needs an exception.");
    const char *id = args[1].kind == V_STRING ? value_text(args[1]) : "";
    if (!error_new(in, id, (enum category)args[2].i, args[3], ret, "%s", ""))
        return false;
    value_set(&ret->error->exception, exception);
    value_set(&ret->error->message, EXCEPTION_OF(exception)->message);
    return true;
}
METHOD(make_record_again)
{
    (void)self, (void)count;
    if (value_is_null(args[0]))
        return method_throw(in, &type_ps_argument_null_exception, "There is no ErrorRecord to copy.");
    if (!error_copy(in, args[0].error, ret))
        return false;
    bool carried = value_is_type(ret->error->exception, &type_carried_exception);
    if (carried && !value_is_null(args[1])) {
        value_set(&ret->error->exception, args[1]);
        value_set(&ret->error->message, EXCEPTION_OF(args[1])->message);
    }
    return true;
}
static const struct method record_constructors[] = {
    {"new", make_record, &type_error_record, P(EXC, STR, &type_error_category, OBJ)},
    {"new", make_record_again, &type_error_record, P(&type_error_record, EXC)},
    {0}};
const struct type_members full_error_record = {NULL, NULL, record_constructors, NULL};

METHOD(category_message)
{
    (void)args, (void)count;
    return category_info_to_string(in, self, ret);
}
static const struct method category_methods[] = {
    {"GetMessage", category_message, STR}, {"GetMessage", category_message, STR, P(CULTURE)}, {0}};
const struct type_members full_category_info = {category_methods, NULL, NULL, NULL};

METHOD(make_details)
{
    (void)self, (void)count;
    if (!object_new(in, &type_error_details, ret))
        return false;
    ((struct error_details *)ret->object)->message = value_keep(args[0]);
    return true;
}
static const struct method details_constructors[] = {{"new", make_details, &type_error_details, P(STR)}, {0}};
const struct type_members full_error_details = {NULL, NULL, details_constructors, NULL};
