#include "interp/cmdlets/items.h"

enum { RECURSE = ITEM_PARAM_COUNT, FORCE };

static const struct param params[] = {
    ITEM_PARAMS(PARAM_PIPELINE),
    {"Recurse", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool remove_item(struct command *cmd, const struct place *place)
{
    struct change how = {(cmd_switch(cmd, FORCE) ? ITEM_FORCE : 0) |
                         (cmd_switch(cmd, RECURSE) ? ITEM_RECURSE : 0)};
    struct item_look look;
    bool yes;
    if (!place->provider->remove)
        return items_not_supported(cmd, place->provider);
    if (!place_look(cmd, place, &look))
        return false;
    if (!cmd_should_process(cmd, value_text(place->path), look.container ? "Remove Directory" : "Remove File",
                            &yes))
        return false;
    return !yes || place->provider->remove(cmd, place->provider, value_text(place->path), &how);
}

static bool process(struct command *cmd)
{
    return items_each(cmd, cmd_switch(cmd, FORCE) ? PATH_FORCE : 0, remove_item);
}

const struct cmdlet cmdlet_remove_item = {
    .params = params, .sets = item_sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
