#include "interp/cmdlets/items.h"

enum { FORCE = ITEM_PARAM_COUNT };

static const struct param params[] = {
    ITEM_PARAMS(PARAM_PIPELINE),
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool write_item(struct command *cmd, const struct place *place)
{
    struct item_look look;
    if (!place_look(cmd, place, &look))
        return false;
    if (look.hidden && !cmd_switch(cmd, FORCE))
        return cmd_error(cmd, "ItemNotFound", CAT_ObjectNotFound, place->path,
                         "'%s' is hidden; -Force shows it.", value_text(place->path));
    return place_write(cmd, place);
}

static bool process(struct command *cmd)
{
    return items_each(cmd, cmd_switch(cmd, FORCE) ? PATH_FORCE : 0, write_item);
}

const struct cmdlet cmdlet_get_item = {.params = params, .sets = item_sets, .process = process};
