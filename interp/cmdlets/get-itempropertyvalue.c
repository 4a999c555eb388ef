#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"
#include "interp/value/member.h"

enum { NAME = ITEM_CREDENTIAL + 1 };

static const struct param params[] = {
    ITEM_PARAMS(PARAM_PIPELINE),
    {"Name", "string[]", "PSProperty", 1, PARAM_MANDATORY, 0},
    {0},
};

static bool write_one(struct command *cmd, value item, value name)
{
    value v;
    bool found;
    if (!member_get(cmd->in, item, value_text(name), name.string->size, &v, &found))
        return false;
    if (!found)
        return cmd_error(cmd, "System.IO.IOException", CAT_NotSpecified, value_null,
                         "The item has no property '%s'.", value_text(name));
    return cmd_take(cmd, v);
}

static bool write_values(struct command *cmd, const struct place *place)
{
    const struct array *names = cmd->arg[NAME].array;
    value item;
    if (!place->provider->hierarchical)
        return items_not_supported(cmd, place->provider);
    if (!place_item(cmd, place, &item))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && item.kind != V_VOID && i < names->count; i++)
        ok = write_one(cmd, item, names->items[i]);
    return value_drop(item), ok;
}

static bool process(struct command *cmd)
{
    return items_each(cmd, PATH_FORCE, write_values);
}

const struct cmdlet cmdlet_get_itempropertyvalue = {.params = params, .sets = item_sets, .process = process};
