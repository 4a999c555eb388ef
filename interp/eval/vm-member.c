// Members of types: what OP_INVOKE and static OP_MEMBER do. Linked into jesh-full alone.
#include "interp/eval/names.h"
#include "interp/eval/state.h"
#include "interp/eval/scope.h"
#include "interp/value/class.h"
#include "interp/value/gate.h"
#include "interp/value/method.h"
#include "interp/value/types.h"

static bool name_of(struct interp *in, value name, value *ret)
{
    return value_to_string(in, name, ret);
}

static bool static_type(struct interp *in, value target, const struct type **ret)
{
    if (target.kind == V_TYPE)
        return *ret = target.type, true;
    if (target.kind == V_STRING)
        return throw_error(in, "TypeNotFound", CAT_InvalidOperation, target, "[%s] is not a type.",
                           value_text(target));
    if (!value_is_null(target))
        return *ret = value_type(target), true;
    return throw_error(in, "MethodNotFound", CAT_InvalidOperation, value_null, ":: needs a type.");
}

bool vm_invoke(struct interp *in, unsigned flags, const value *at, size_t count, value *ret)
{
    bool is_static = flags & 1;
    value type_after = flags & 2 ? at[2 + count] : value_null;
    value name;
    const struct type *type = value_type(at[0]);
    if (is_static && !static_type(in, at[0], &type))
        return false;
    if (!name_of(in, at[1], &name))
        return false;
    bool ok, of_base = type_after.kind == V_TYPE && class_is_of(at[0]) && type_after.type != type;
    if (type_after.kind == V_TYPE && type_after.type == &type_object && !count && value_is_text(name, "ToString") &&
        !value_is_null(at[0]) && !class_is_of(at[0]))
        ok = string_text(in, type->name, ret);
    else if (is_static)
        ok = static_invoke(in, type, name, at + 2, count, ret);
    else if (of_base && method_exists_in(type_after.type, name))
        ok = method_invoke_base(in, type_after.type, at[0], name, at + 2, count, ret);
    else
        ok = method_invoke(in, at[0], name, at + 2, count, ret);
    value_drop(name);
    return ok;
}

bool vm_static(struct interp *in, value target, value member, value *ret)
{
    value name;
    const struct type *type = NULL;
    if (!static_type(in, target, &type) || !name_of(in, member, &name))
        return false;
    bool ok = static_get(in, type, name, ret);
    if (ok && value_is_null(*ret) && scope_strict(in) >= 2 && !static_has(type, name))
        ok = throw_error(in, "PropertyNotFoundStrict", CAT_NotSpecified, value_null,
                         "[%s] has no static member '%s'.", type->name, value_text(name));
    value_drop(name);
    return ok;
}

bool vm_method(struct interp *in, value target, value name, value *ret)
{
    return method_value(in, target, value_text(name), name.string->size, ret);
}

bool vm_static_set(struct interp *in, value target, value name, value v)
{
    const struct type *type = NULL;
    return static_type(in, target, &type) && gate_set(in, type) && static_set(in, type, name, v);
}

bool vm_reference(struct interp *in, value name, value *ret)
{
    if (!variable_get_value(in, value_text(name), name.string->size))
        return throw_error(in, "NonExistingVariableReference", CAT_InvalidOperation, name,
                           "There is no variable '$%s' to refer to.", value_text(name));
    if (!value_is_text(name, "null") && !gate_reference(in))
        return false;
    if (!object_new(in, &type_ref_made, ret))
        return false;
    struct variable *variable;
    if (!variable_find(in, value_text(name), NULL, &variable))
        return value_drop(*ret), false;
    value refers = variable ? (value){.kind = V_OBJECT, .object = &variable->head} : name;
    return value_set(&((struct fields *)ret->object)->at[0], refers), true;
}
