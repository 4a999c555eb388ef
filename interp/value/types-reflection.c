// [type]'s methods that give its members. jesh-full alone.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/reflection.h"
#include "interp/value/types-rows.h"

static bool all_of(struct interp *in, value self, unsigned what, value *ret)
{
    value list;
    if (!reflection_list(in, self.type, what, &list))
        return false;
    return *ret = list_become_array(list), true;
}
#define LISTS(name, what)                                                                                    \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        UNUSED;                                                                                              \
        return all_of(in, self, what, ret);                                                                  \
    }
LISTS(get_methods, REFLECT_METHODS)
LISTS(get_constructors, REFLECT_CONSTRUCTORS)
LISTS(get_properties, REFLECT_PROPERTIES)
LISTS(get_members, REFLECT_ALL)

// types NULL: whatever its parameters are. None: *ret is $null.
static bool one_of(struct interp *in, value self, unsigned what, const value *name, const struct array *types,
                   value *ret)
{
    value all;
    size_t found = 0;
    if (!reflection_list(in, self.type, what, &all))
        return false;
    *ret = value_null;
    for (size_t i = 0; i < all.array->count; i++) {
        value one = all.array->items[i];
        if ((name && !reflection_has(in, one, *name)) || (types && !reflection_takes(one, types)))
            continue;
        if (!found++)
            *ret = value_keep(one);
    }
    value_drop(all);
    if (!value_is_null(in->thrown) || (found > 1 && !types && what == REFLECT_METHODS)) {
        value_drop(*ret), *ret = value_null;
        return value_is_null(in->thrown) &&
               method_throw(in, &type_ambiguous_match_exception, "Several methods are called '%s'.",
                            value_text(*name));
    }
    return true;
}
METHOD(get_method)
{
    const struct array *types = count > 1 && args[1].kind == V_ARRAY ? args[1].array : NULL;
    UNUSED;
    return one_of(in, self, REFLECT_METHODS, &args[0], types, ret);
}
METHOD(get_property)
{
    UNUSED;
    return one_of(in, self, REFLECT_PROPERTIES, &args[0], NULL, ret);
}
METHOD(get_constructor)
{
    const struct array *types = args[0].kind == V_ARRAY ? args[0].array : NULL;
    UNUSED;
    return one_of(in, self, REFLECT_CONSTRUCTORS, NULL, types, ret);
}
METHOD(get_member)
{
    value all, kept;
    UNUSED;
    if (!reflection_list(in, self.type, REFLECT_ALL, &all))
        return false;
    bool ok = list_new(in, NULL, &kept);
    for (size_t i = 0; ok && i < all.array->count; i++)
        if (reflection_has(in, all.array->items[i], args[0]))
            ok = list_add(in, kept.array, all.array->items[i]);
    value_drop(all);
    return ok && (*ret = list_become_array(kept), true);
}
METHOD(get_interface)
{
    value all = value_null, none = string_static(in, "GetInterfaces");
    bool ok = method_invoke(in, self, none, NULL, 0, &all);
    (void)count;
    value_drop(none), *ret = value_null;
    for (size_t i = 0; ok && i < all.array->count && value_is_null(*ret); i++) {
        const char *full = all.array->items[i].type->name, *dot = strrchr(full, '.');
        if (!strcmp(full, value_text(args[0])) || (dot && !strcmp(dot + 1, value_text(args[0]))))
            *ret = all.array->items[i];
    }
    return value_drop(all), ok;
}
const struct method reflection_methods[] = {{"GetMethods", get_methods, OBJS},
                                            {"GetMethod", get_method, OBJ, P(STR)},
                                            {"GetMethod", get_method, OBJ, P(STR, &type_type_array)},
                                            {"GetProperties", get_properties, OBJS},
                                            {"GetProperty", get_property, OBJ, P(STR)},
                                            {"GetConstructors", get_constructors, OBJS},
                                            {"GetConstructor", get_constructor, OBJ, P(&type_type_array)},
                                            {"GetMembers", get_members, OBJS},
                                            {"GetMember", get_member, OBJS, P(STR)},
                                            {"GetInterface", get_interface, TYP, P(STR)},
                                            {0}};
