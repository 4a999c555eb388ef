#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"

enum { VALUE = ITEM_PARAM_COUNT, FORCE, PASS_THRU, OPTIONS };

static const struct param params[] = {
    ITEM_PARAMS(0),
    {"Value", "object", NULL, 1, PARAM_PIPELINE | PARAM_PROPERTY, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Options", "System.Management.Automation.ScopedItemOptions", NULL, PARAM_NAMED, PARAM_HIDDEN, 0},
    {0},
};

static bool set_item(struct command *cmd, const struct place *place)
{
    struct change how = {.flags = cmd_switch(cmd, FORCE) ? ITEM_FORCE : 0,
                         .has_options = cmd_bound(cmd, OPTIONS),
                         .options = cmd_bound(cmd, OPTIONS) ? (unsigned)cmd->arg[OPTIONS].i : 0};
    bool yes;
    if (!place->provider->set)
        return items_not_supported(cmd, place->provider);
    if (!cmd_should_process(cmd, value_text(place->path), "Set Item", &yes))
        return false;
    if (!yes)
        return true;
    value v = cmd_bound(cmd, VALUE) ? cmd->arg[VALUE] : value_null;
    if (!place->provider->set(cmd, place->provider, value_text(place->path), v, &how))
        return false;
    return how.failed || !cmd_switch(cmd, PASS_THRU) || place_write(cmd, place);
}

static bool process(struct command *cmd)
{
    return items_each(cmd, PATH_NEW | PATH_FORCE, set_item);
}

const struct cmdlet cmdlet_set_item = {
    .params = params, .sets = item_sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
