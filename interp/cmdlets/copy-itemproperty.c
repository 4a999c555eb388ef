// No provider here has items whose properties come and go: what is left is which of the answers it is.
#include "interp/cmdlets/items.h"

enum { NAME = ITEM_PARAM_COUNT, DESTINATION };

static const struct param params[] = {
    ITEM_PARAMS(PARAM_PIPELINE),
    {"Name", "string", "PSProperty", 2, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"Destination", "string", NULL, 1, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool refuse(struct command *cmd, const struct place *place)
{
    return items_not_supported(cmd, place->provider);
}

// Where it should go has to be there as well.
static bool destination(struct command *cmd)
{
    struct places places = {0};
    bool ok = places_of(cmd, value_text(cmd->arg[DESTINATION]), PATH_FORCE, &places);
    bool found = places.count;
    places_free(&places);
    return ok && found;
}

static bool process(struct command *cmd)
{
    return !destination(cmd) || items_each(cmd, PATH_FORCE, refuse);
}

const struct cmdlet cmdlet_copy_itemproperty = {
    .params = params, .sets = item_sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
