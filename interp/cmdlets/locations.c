#include "interp/cmdlets/locations.h"

#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"

static bool enter(struct command *cmd, const struct places *places, const char *path, bool *ret_gone)
{
    struct item_look look = {0};
    if (places->count > 1)
        return cmd_error(cmd, "AmbiguousPath", CAT_InvalidArgument, value_null,
                         "'%s' names %zu items; a location is one.", path, places->count);
    if (places->count == 1 && !place_look(cmd, &places->items[0], &look))
        return false;
    if (!look.container)
        return place_not_found(cmd, places->count ? value_text(places->items[0].path) : path);
    *ret_gone = location_set(cmd->in, &places->items[0]);
    return *ret_gone;
}

bool location_go(struct command *cmd, const char *path, bool literal, bool *ret_gone)
{
    struct places places = {0};
    *ret_gone = false;
    bool go_on = places_of(cmd, path, (literal ? PATH_LITERAL : 0) | PATH_FORCE, &places);
    if (go_on && (places.count || !places.reported))
        go_on = enter(cmd, &places, path, ret_gone);
    places_free(&places);
    return go_on;
}

bool location_pass_thru(struct command *cmd)
{
    value info;
    return location_object(cmd->in, drive_current(cmd->in), &info) && cmd_take(cmd, info);
}
