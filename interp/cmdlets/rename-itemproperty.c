// No provider here has items whose properties come and go: what is left is which of the answers it is.
#include "interp/cmdlets/items.h"

static const struct param params[] = {
    ITEM_PARAMS(PARAM_PIPELINE),
    {"Name", "string", "PSProperty", 1, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"NewName", "string", NULL, 2, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool refuse(struct command *cmd, const struct place *place)
{
    return items_not_supported(cmd, place->provider);
}

static bool process(struct command *cmd)
{
    return items_each(cmd, PATH_FORCE, refuse);
}

const struct cmdlet cmdlet_rename_itemproperty = {
    .params = params, .sets = item_sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
