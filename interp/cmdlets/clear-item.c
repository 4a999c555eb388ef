#include "interp/cmdlets/items.h"

enum { FORCE = ITEM_PARAM_COUNT };

static const struct param params[] = {
    ITEM_PARAMS(PARAM_PIPELINE),
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool clear_item(struct command *cmd, const struct place *place)
{
    struct change how = {cmd_switch(cmd, FORCE) ? ITEM_FORCE : 0};
    bool yes;
    if (!place->provider->clear)
        return items_not_supported(cmd, place->provider);
    if (!cmd_should_process(cmd, value_text(place->path), "Clear Item", &yes))
        return false;
    return !yes || place->provider->clear(cmd, place->provider, value_text(place->path), &how);
}

static bool process(struct command *cmd)
{
    return items_each(cmd, cmd_switch(cmd, FORCE) ? PATH_FORCE : 0, clear_item);
}

const struct cmdlet cmdlet_clear_item = {
    .params = params, .sets = item_sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
