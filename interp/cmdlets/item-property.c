#include "interp/cmdlets/item-property.h"

enum { NAME = ITEM_PARAM_COUNT, DESTINATION };

static bool refuse(struct command *cmd, const struct place *place)
{
    return items_not_supported(cmd, place->provider);
}

bool property_refuse(struct command *cmd)
{
    return items_each(cmd, PATH_FORCE, refuse);
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

bool property_move_refuse(struct command *cmd)
{
    return !destination(cmd) || property_refuse(cmd);
}
