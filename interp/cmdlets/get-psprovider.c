// Get-PSProvider lists what the session shows: hidden is absent.
#include <string.h>

#include "base/wildcard.h"
#include "interp/eval/interp.h"
#include "interp/providers/locations.h"

enum { PS_PROVIDER };

static const struct param params[] = {
    {"PSProvider", "string[]", NULL, 0, PARAM_PROPERTY, 0},
    {0},
};

static bool write_matching(struct command *cmd, const char *pattern, bool *ret_any)
{
    *ret_any = false;
    for (int id = 0; id < PROVIDERS; id++) {
        const char *name = provider_table[id]->name;
        value info;
        if (!provider_visible(cmd->in, (enum provider_id)id) ||
            !wildcard_match(pattern, strlen(pattern), name, strlen(name), true))
            continue;
        *ret_any = true;
        if (!provider_info_new(cmd->in, (enum provider_id)id, &info) || !cmd_take(cmd, info))
            return false;
    }
    return true;
}

static bool process(struct command *cmd)
{
    value names = cmd->arg[PS_PROVIDER];
    bool any;
    if (names.kind != V_ARRAY)
        return write_matching(cmd, "*", &any);
    for (size_t i = 0; i < names.array->count; i++) {
        const char *name = names.array->items[i].kind == V_STRING ? value_text(names.array->items[i]) : "";
        if (!write_matching(cmd, name, &any))
            return false;
        if (!any && !wildcard_has(name, strlen(name)) &&
            !cmd_error(cmd, "ProviderNotFound", CAT_ObjectNotFound, names.array->items[i],
                       "This session shows no provider with the name '%s'.", name))
            return false;
    }
    return true;
}

const struct cmdlet cmdlet_get_psprovider = {.params = params, .process = process};
