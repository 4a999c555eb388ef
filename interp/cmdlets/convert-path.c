#include "interp/cmdlets/items.h"

enum { PATH, LITERAL_PATH, FORCE };

static const struct param params[] = {
    {"Path", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, ITEM_SET_PATH},
    {"LiteralPath", "string[]", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, ITEM_SET_LITERAL},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool convert(struct command *cmd, const char *path, unsigned flags)
{
    struct places places = {0};
    bool go_on = places_of(cmd, path, flags, &places);
    for (size_t i = 0; go_on && i < places.count; i++)
        go_on = cmd_write(cmd, places.items[i].path);
    places_free(&places);
    return go_on;
}

static bool process(struct command *cmd)
{
    bool literal = cmd_bound(cmd, LITERAL_PATH);
    unsigned flags = (literal ? PATH_LITERAL : 0) | (cmd_switch(cmd, FORCE) ? PATH_FORCE : 0);
    value paths = cmd->arg[literal ? LITERAL_PATH : PATH];
    for (size_t i = 0; i < paths.array->count; i++)
        if (!convert(cmd, value_text(paths.array->items[i]), flags))
            return false;
    return true;
}

const struct cmdlet cmdlet_convert_path = {.params = params, .sets = item_sets, .process = process};
