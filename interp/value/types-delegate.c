// Delegates: script blocks with the types of what they take and give. A generic one's arguments are those types, the
// last one of a Func or Converter its result.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/delegate.h"
#include "interp/value/types-rows.h"

#define BLOCK(v) AS(fields, v)->at[0]

bool type_is_delegate(const struct type *type)
{
    for (; type; type = type->base)
        if (type == &type_delegate)
            return true;
    return false;
}

value delegate_block(value v)
{
    return v.kind == V_OBJECT && type_is_delegate(v.object->type) ? BLOCK(v) : v;
}

bool delegate_new(struct interp *in, const struct type *type, value block, value *ret)
{
    if (!object_new(in, type, ret))
        return false;
    return value_set(&BLOCK(*ret), block), true;
}

static const struct type *result_type(const struct type *type, size_t *ret_parameters)
{
    size_t count = 0;
    while (count < TYPE_ARGUMENTS && type_argument(type, count))
        count++;
    bool predicate = strstr(type->name, ".Predicate`"), compares = strstr(type->name, ".Comparison`");
    bool gives = strstr(type->name, ".Func`") || strstr(type->name, ".Converter`");
    *ret_parameters = gives && count ? count - 1 : compares ? 2 : count;
    return gives && count ? type_argument(type, count - 1) : predicate ? BOOLEAN : compares ? I32 : NULL;
}

// A count that does not fit is refused; a delegate without generic types takes what it is given.
METHOD(invoke)
{
    const struct type *type = self.object->type;
    size_t parameters;
    const struct type *result = result_type(type, &parameters);
    value out;
    size_t given = args[0].array->count;
    (void)count;
    if (type_argument(type, 0) && given != parameters)
        return throw_error(in, "MethodCountCouldNotFindBest", CAT_NotSpecified, value_null,
                           "Invoke takes %zu arguments.", parameters);
    if (!in->invoke_block ||
        !in->invoke_block(in, BLOCK(self), given ? args[0].array->items[0] : value_null, args[0].array->items,
                          given, &out))
        return false;
    bool ok = !result || result == OBJ ? (*ret = result ? value_keep(out) : value_void, true)
                                       : value_convert(in, out, result, ret);
    value_drop(out);
    return ok;
}
METHOD(make)
{
    UNUSED;
    return delegate_new(in, self.type, args[0], ret);
}
static bool target(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(BLOCK(self)), true;
}
const struct property delegate_properties[] = {{"Target", target, NULL}, {0}};
static const struct method methods[] = {{"Invoke", invoke, OBJ, P(OBJS), true},
                                        {"DynamicInvoke", invoke, OBJ, P(OBJS), true},
                                        {0}};
static const struct method constructors[] = {{"new", make, OBJ, P(&type_scriptblock)}, {0}};
const struct type_members full_delegate = {.methods = methods, .constructors = constructors};
const struct type_members full_action = {.methods = methods, .constructors = constructors};
const struct type_members full_match_evaluator = {.methods = methods, .constructors = constructors};
