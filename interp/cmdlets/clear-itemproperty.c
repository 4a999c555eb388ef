#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"
#include "interp/value/member.h"

enum { NAME = ITEM_PARAM_COUNT, PASS_THRU, FORCE };

static const struct param params[] = {
    ITEM_PARAMS(PARAM_PIPELINE),
    {"Name", "string", NULL, 1, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

// Of a file only the attributes have a value that means none.
static bool clear(struct command *cmd, const struct place *place)
{
    value item, normal;
    bool yes, ok;
    if (!place->provider->hierarchical)
        return items_not_supported(cmd, place->provider);
    if (!value_is_text(cmd->arg[NAME], "Attributes"))
        return cmd_throw(cmd, "Argument", CAT_InvalidArgument, value_null, "Property '%s' cannot be cleared.",
                         value_text(cmd->arg[NAME]));
    if (!cmd_should_process(cmd, value_text(place->path), "Clear Property File", &yes))
        return false;
    if (!yes)
        return true;
    if (!place->provider->get(cmd, place->provider, value_text(place->path), &item))
        return false;
    ok = item.kind == V_VOID ||
         (string_text(cmd->in, "Normal", &normal) && (member_set(cmd->in, item, "Attributes", 10, normal),
                                                      value_drop(normal), value_is_null(cmd->in->thrown)));
    ok = ok && (item.kind == V_VOID || !cmd_switch(cmd, PASS_THRU) || place_write(cmd, place));
    return value_drop(item), ok;
}

static bool process(struct command *cmd)
{
    return items_each(cmd, PATH_FORCE, clear);
}

const struct cmdlet cmdlet_clear_itemproperty = {
    .params = params, .sets = item_sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
