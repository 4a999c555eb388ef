#include <string.h>

#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"

enum { PATH, LITERAL_PATH, NEW_NAME, FORCE, PASS_THRU, CREDENTIAL };

static const char *const sets[] = {"ByPath", "ByLiteralPath", NULL};
static const struct param params[] = {
    {"Path", "string", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, 1},
    {"LiteralPath", "string", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, 2},
    {"NewName", "string", NULL, 1, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Credential", "pscredential", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {0},
};

static bool write_renamed(struct command *cmd, const struct place *place, const char *name)
{
    struct place parent = {place->provider, place->drive, value_null, value_null}, child;
    size_t size;
    const char *leaf = strrchr(name, '/') ? path_leaf(name, &size) : name;
    size_t path_size = place->provider->hierarchical ? path_parent_size(value_text(place->path)) : 0;
    bool ok = string_new(cmd->in, value_text(place->path), path_size, &parent.path) &&
              string_new(cmd->in, value_text(place->path), path_size, &parent.shown) &&
              place_child(cmd, &parent, leaf, &child);
    place_drop(&parent);
    if (!ok)
        return false;
    ok = place_write(cmd, &child);
    place_drop(&child);
    return ok;
}

static bool agreed(struct command *cmd, const char *path, const char *name, bool *ret_yes)
{
    value target;
    if (!string_printf(cmd->in, &target, "Item: %s Destination: %s", path, name))
        return false;
    bool ok = cmd_should_process(cmd, value_text(target), "Rename File", ret_yes);
    value_drop(target);
    return ok;
}

static bool rename_item(struct command *cmd, const struct place *place)
{
    struct change how = {cmd_switch(cmd, FORCE) ? ITEM_FORCE : 0};
    const char *name = value_text(cmd->arg[NEW_NAME]), *path = value_text(place->path);
    bool yes;
    if (!place->provider->rename)
        return items_not_supported(cmd, place->provider);
    if (!agreed(cmd, path, name, &yes))
        return false;
    if (yes && !place->provider->rename(cmd, place->provider, path, name, &how))
        return false;
    return !yes || how.failed || !cmd_switch(cmd, PASS_THRU) || write_renamed(cmd, place, name);
}

static bool process(struct command *cmd)
{
    bool literal = cmd_bound(cmd, LITERAL_PATH);
    struct places places = {0};
    bool go_on = places_of(cmd, value_text(cmd->arg[literal ? LITERAL_PATH : PATH]),
                           (literal ? PATH_LITERAL : 0) | PATH_FORCE, &places);
    for (size_t i = 0; go_on && i < places.count; i++)
        go_on = rename_item(cmd, &places.items[i]);
    places_free(&places);
    return go_on;
}

const struct cmdlet cmdlet_rename_item = {
    .params = params, .sets = sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
