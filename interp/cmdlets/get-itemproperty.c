#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"
#include "interp/value/member.h"

enum { NAME = ITEM_CREDENTIAL + 1 };

static const struct param params[] = {
    ITEM_PARAMS(PARAM_PIPELINE),
    {"Name", "string[]", "PSProperty", 1, 0, 0},
    {0},
};

static bool copy_one(struct command *cmd, value item, value name, value chosen, bool *ret_any)
{
    value v;
    bool found;
    if (!member_get(cmd->in, item, value_text(name), name.string->size, &v, &found))
        return false;
    if (!found)
        return cmd_error(cmd, "GetValueError", CAT_ReadError, value_null, "The item has no property '%s'.",
                         value_text(name));
    *ret_any = true;
    bool ok = member_add(cmd->in, chosen, value_text(name), v);
    return value_drop(v), ok;
}

static bool write_chosen(struct command *cmd, const struct place *place, value item)
{
    const struct array *names = cmd->arg[NAME].array;
    value chosen;
    bool any = false;
    if (!custom_new(cmd->in, &chosen))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < names->count; i++)
        ok = copy_one(cmd, item, names->items[i], chosen, &any);
    ok = ok && (!any || (place_origin(cmd->in, place, chosen) && cmd_write(cmd, chosen)));
    return value_drop(chosen), ok;
}

static bool write_properties(struct command *cmd, const struct place *place)
{
    value item;
    if (!place->provider->hierarchical)
        return items_not_supported(cmd, place->provider);
    if (!place_item(cmd, place, &item))
        return false;
    bool ok =
        item.kind == V_VOID || (cmd_bound(cmd, NAME) ? write_chosen(cmd, place, item) : cmd_write(cmd, item));
    return value_drop(item), ok;
}

static bool process(struct command *cmd)
{
    return items_each(cmd, PATH_FORCE, write_properties);
}

const struct cmdlet cmdlet_get_itemproperty = {.params = params, .sets = item_sets, .process = process};
