// What version of a module somebody wants.
#include <string.h>

#include "interp/cmdlets/modules.h"
#include "interp/eval/module-specification.h"

void module_wish_drop(struct module_wish *wish)
{
    value own[] = {wish->name, wish->minimum, wish->maximum, wish->required, wish->guid};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        value_drop(own[i]);
    *wish = (struct module_wish){0};
}

static bool take(struct interp *in, value table, const char *key, const struct type *type, value *ret)
{
    const value *found = table_get_text(table.table, key);
    return !found || value_is_null(*found) || value_convert(in, *found, type, ret);
}

static bool from_table(struct interp *in, value from, struct module_wish *ret)
{
    return take(in, from, "ModuleName", &type_string, &ret->name) &&
           take(in, from, "ModuleVersion", &type_version, &ret->minimum) &&
           take(in, from, "MaximumVersion", &type_version, &ret->maximum) &&
           take(in, from, "RequiredVersion", &type_version, &ret->required) &&
           take(in, from, "GUID", &type_guid, &ret->guid);
}

static bool from_specification(struct interp *in, value from, struct module_wish *ret)
{
    const value *at = AS(fields, from)->at;
    ret->name = value_keep(at[SPECIFICATION_NAME]);
    ret->guid = value_keep(at[SPECIFICATION_GUID]);
    ret->minimum = value_keep(at[SPECIFICATION_MINIMUM]);
    ret->required = value_keep(at[SPECIFICATION_REQUIRED]);
    return value_is_null(at[SPECIFICATION_MAXIMUM]) ||
           value_convert(in, at[SPECIFICATION_MAXIMUM], &type_version, &ret->maximum);
}

bool module_wish(struct interp *in, value from, struct module_wish *ret)
{
    *ret = (struct module_wish){0};
    if (value_is_type(from, &type_module_specification)) {
        if (from_specification(in, from, ret))
            return true;
        return module_wish_drop(ret), false;
    }
    bool ok = from.kind == V_TABLE ? from_table(in, from, ret) : value_to_string(in, from, &ret->name);
    if (ok && ret->name.kind != V_STRING)
        ok = throw_error(in, "Argument", CAT_InvalidArgument, from, "A module is named by ModuleName.");
    if (!ok)
        module_wish_drop(ret);
    return ok;
}

bool module_wish_any(const struct module_wish *wish)
{
    return value_is_null(wish->minimum) && value_is_null(wish->maximum) && value_is_null(wish->required) &&
           value_is_null(wish->guid);
}

bool module_wish_fits(const struct module_wish *wish, value version)
{
    return (value_is_null(wish->minimum) || version_compare(version, wish->minimum) >= 0) &&
           (value_is_null(wish->maximum) || version_compare(version, wish->maximum) <= 0) &&
           (value_is_null(wish->required) || version_compare(version, wish->required) == 0);
}

bool module_wish_met(const struct module_wish *wish, const struct module *module)
{
    static const struct version none = {.parts = {0, 0, -1, -1}};
    value own = value_is_null(module->version)
                    ? (value){.kind = V_OBJECT, .object = (struct object *)&none.head}
                    : module->version;
    if (!value_is_null(wish->guid) && (value_is_null(module->guid) || !guid_equal(wish->guid, module->guid)))
        return false;
    return module_wish_fits(wish, own);
}
