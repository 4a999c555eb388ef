#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"

enum { PATH, NAME, TYPE, VALUE, FORCE, CREDENTIAL };
enum { SET_PATH = 1, SET_NAME = 2 };

static const char *const sets[] = {"pathSet", "nameSet", NULL};
static const struct param params[] = {
    {"Path", "string[]", NULL, 0, PARAM_PROPERTY, SET_PATH | SET_NAME, .mandatory_sets = SET_PATH},
    {"Name", "string", NULL, PARAM_NAMED,
     PARAM_MANDATORY | PARAM_PROPERTY | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY, SET_NAME},
    {"ItemType", "string", "Type", PARAM_NAMED, PARAM_PROPERTY, 0},
    {"Value", "object", "Target", PARAM_NAMED, PARAM_PIPELINE | PARAM_PROPERTY, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Credential", "pscredential", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {0},
};

static const char *operation(const char *type)
{
    return type && (*type == 'd' || *type == 'D' || *type == 'c' || *type == 'C') ? "Create Directory"
                                                                                  : "Create File";
}

static bool agreed(struct command *cmd, const struct place *place, const char *type, bool *ret_yes)
{
    value target;
    const char *path = value_text(place->path);
    if (!string_printf(cmd->in, &target, place->provider->hierarchical ? "Destination: %s" : "Name: %s",
                       path))
        return false;
    bool ok = cmd_should_process(cmd, value_text(target),
                                 place->provider->hierarchical ? operation(type) : "New Item", ret_yes);
    value_drop(target);
    return ok;
}

static bool create(struct command *cmd, const struct place *place)
{
    struct change how = {cmd_switch(cmd, FORCE) ? ITEM_FORCE : 0};
    const char *type = cmd_bound(cmd, TYPE) ? value_text(cmd->arg[TYPE]) : NULL;
    bool yes;
    if (!place->provider->create)
        return items_not_supported(cmd, place->provider);
    if (!agreed(cmd, place, type, &yes))
        return false;
    if (!yes)
        return true;
    value v = cmd_bound(cmd, VALUE) ? cmd->arg[VALUE] : value_null;
    if (!place->provider->create(cmd, place->provider, value_text(place->path), type, v, &how))
        return false;
    return how.failed || place_write(cmd, place);
}

static bool create_named(struct command *cmd, const struct place *parent)
{
    struct place child;
    const char *name = cmd->arg[NAME].kind == V_STRING ? value_text(cmd->arg[NAME]) : "";
    if (!place_child(cmd, parent, name, &child))
        return false;
    bool go_on = create(cmd, &child);
    place_drop(&child);
    return go_on;
}

static bool create_at(struct command *cmd, const char *path)
{
    struct place place;
    bool found;
    if (!place_of(cmd, path, PATH_NEW, &place, &found))
        return false;
    if (!found)
        return true;
    bool go_on = cmd_bound(cmd, NAME) ? create_named(cmd, &place) : create(cmd, &place);
    place_drop(&place);
    return go_on;
}

static bool process(struct command *cmd)
{
    value paths = cmd->arg[PATH];
    if (cmd_bound(cmd, CREDENTIAL))
        return cmd_throw(cmd, "NotSupported", CAT_NotImplemented, value_null, "Leave out -Credential.");
    if (paths.kind != V_ARRAY)
        return create_at(cmd, ".");
    for (size_t i = 0; i < paths.array->count; i++)
        if (!create_at(cmd, value_text(paths.array->items[i])))
            return false;
    return true;
}

const struct cmdlet cmdlet_new_item = {
    .params = params, .sets = sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
