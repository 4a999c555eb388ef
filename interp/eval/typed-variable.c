// Variables that were declared with types and other attributes. jesh-full alone.
#include "interp/eval/attribute.h"
#include "interp/eval/names.h"
#include "interp/eval/scope.h"
#include "interp/value/enum.h"
#include "interp/value/exceptions.h"
#include "interp/value/types.h"

// Whatever the attribute says, the error is the variable's.
static bool refuse(struct interp *in, value name, const char *id, const struct type *type)
{
    value why = in->thrown, exception;
    in->thrown = value_null;
    throw_error(in, id, CAT_MetadataError, value_null, "$%s: %s", value_text(name),
                why.kind == V_ERROR && why.error->message.kind == V_STRING ? value_text(why.error->message)
                                                                           : "The value is not allowed.");
    value_drop(why);
    if (exception_new(in, type, in->thrown.error->message, &exception)) {
        value_drop(in->thrown.error->exception);
        in->thrown.error->exception = exception;
    }
    return false;
}

static bool is_boolean(const struct type *type)
{
    return type == &type_bool || type == &type_switch;
}

// What [bool] is given must be a truth value or a number.
static bool no_boolean(value attributes, value v)
{
    for (size_t i = 0; i < attributes.array->count; i++) {
        value attribute = attributes.array->items[i];
        if (attribute_is(attribute, &type_converter_attribute) &&
            is_boolean(attribute_field(attribute, ONLY_FIELD).type))
            return !value_is_number(v) && v.kind != V_BOOL && v.kind != V_SWITCH;
    }
    return false;
}

static bool is_suspend(value v)
{
    enum { SUSPEND = 5 };
    return v.kind == V_ENUM && enum_type(v) == &type_action_preference && v.i == SUSPEND;
}

bool variable_check(struct interp *in, value attributes, value name, value v, value *ret)
{
    value fits, plain = v.kind == V_VOID ? value_null : v;
    if (no_boolean(attributes, plain) || !attributes_transform(in, attributes, plain, &fits))
        return refuse(in, name, "RuntimeException", &type_transformation_exception);
    if (is_suspend(fits))
        return value_drop(fits), refuse(in, name, "RuntimeException", &type_transformation_exception);
    if (!attributes_validate(in, attributes, fits))
        return value_drop(fits), refuse(in, name, "ValidateSetFailure", &type_validation_exception);
    return *ret = fits, true;
}

bool parameter_check(struct interp *in, value attributes, value name, value v, value *ret)
{
    value fits;
    if (!attributes_transform(in, attributes, v.kind == V_VOID ? value_null : v, &fits))
        return false;
    if (!attributes_validate(in, attributes, fits))
        return value_drop(fits), refuse(in, name, "ValidateSetFailure", &type_validation_exception);
    return *ret = fits, true;
}

bool variable_declare(struct interp *in, struct symbol *symbol, enum scope_prefix prefix, value attributes,
                      value v)
{
    struct variable *variable;
    value fits;
    if (!scope_may_set(in, symbol))
        return false;
    if (prefix == PREFIX_DRIVE || symbol->special != SPECIAL_NONE)
        return variable_check(in, attributes, symbol->name, v, &fits) &&
               (scope_set(in, symbol, prefix, fits) ? (value_drop(fits), true) : (value_drop(fits), false));
    struct scope *scope = scope_named(in, prefix);
    bool local = scope_slot(scope, symbol) != NULL;
    if (!(local ? parameter_check : variable_check)(in, attributes, symbol->name, v, &fits))
        return false;
    bool ok = scope_variable(in, scope, symbol, true, &variable);
    if (ok)
        value_set(&variable->attributes, value_null);
    ok = ok && scope_set(in, symbol, prefix, fits);
    if (ok)
        value_set(&variable->attributes, attributes);
    return value_drop(fits), ok;
}
