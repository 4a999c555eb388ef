#include "interp/eval/interp.h"
#include "interp/value/objects.h"

static const struct param params[] = {{0}};

static bool process(struct command *cmd)
{
    value name, culture;
    if (!string_text(cmd->in, "InvariantCulture", &name))
        return false;
    bool ok = static_get(cmd->in, &type_cultureinfo, name, &culture);
    value_drop(name);
    return ok && cmd_take(cmd, culture);
}

const struct cmdlet cmdlet_get_uiculture = {.params = params, .process = process};
