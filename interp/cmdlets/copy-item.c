#include "interp/cmdlets/transfer.h"

enum { CONTAINER = TRANSFER_PARAM_COUNT, RECURSE };

static const struct param params[] = {
    TRANSFER_PARAMS,
    {"Container", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Recurse", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool copy_item(struct command *cmd, const struct place *place)
{
    struct item_look look;
    bool flatten = cmd_bound(cmd, CONTAINER) && !cmd_switch(cmd, CONTAINER);
    unsigned flags = (cmd_switch(cmd, RECURSE) ? ITEM_RECURSE : 0) | (flatten ? ITEM_FLATTEN : 0);
    if (!place_look(cmd, place, &look))
        return false;
    return transfer(cmd, place, look.container ? "Copy Directory" : "Copy File", flags, place->provider->copy,
                    "CopyItemSourceAndDestinationNotSameProvider");
}

static bool process(struct command *cmd)
{
    unsigned filtered =
        cmd_switch(cmd, RECURSE) ? ITEMS_ALL_NAMES : 0; // a folder is copied whatever its name
    return items_each(cmd, filtered | (cmd_switch(cmd, TRANSFER_FORCE) ? PATH_FORCE : 0), copy_item);
}

const struct cmdlet cmdlet_copy_item = {
    .params = params, .sets = item_sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
