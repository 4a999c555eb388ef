#include "interp/cmdlets/transfer.h"

static const struct param params[] = {TRANSFER_PARAMS, {0}};

static bool move_item(struct command *cmd, const struct place *place)
{
    struct item_look look;
    if (!place->provider
             ->move) // pwsh stumbles here before it can say NotSupported; the id is known to scripts
        return cmd_error(cmd, "GetDynamicParametersException", CAT_InvalidArgument, value_null,
                         "The provider %s cannot move items.", place->provider->name);
    if (!place_look(cmd, place, &look))
        return false;
    return transfer(cmd, place, look.container ? "Move Directory" : "Move File", 0, place->provider->move,
                    "MoveItemSourceAndDestinationNotSameProvider");
}

static bool process(struct command *cmd)
{
    return items_each(cmd, cmd_switch(cmd, TRANSFER_FORCE) ? PATH_FORCE : 0, move_item);
}

const struct cmdlet cmdlet_move_item = {
    .params = params, .sets = item_sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
