#include "interp/eval/interp.h"
#include "interp/eval/names.h"

enum { NAME, SCOPE, FORCE };

static const struct param params[] = {
    {"Name", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY},
    {"Scope", "string", NULL, PARAM_NAMED},
    {"Force", "switch", NULL, PARAM_NAMED},
    {0},
};

// Without -Scope the innermost one of that name goes.
static bool find(struct command *cmd, value name, struct alias **ret)
{
    struct scope *scope = NULL;
    if (!cmd_bound(cmd, SCOPE))
        return *ret = alias_get(cmd->in, value_text(name), name.string->size), true;
    if (!(scope = scope_find(cmd->in, value_text(cmd->arg[SCOPE]))))
        return false;
    return *ret = alias_in(cmd->in, scope, value_text(name)), true;
}

static bool remove_it(struct command *cmd, value name)
{
    struct scope *scope;
    if (!cmd_bound(cmd, SCOPE))
        return alias_remove(cmd->in, value_text(name)) || value_is_null(cmd->in->thrown);
    scope = scope_find(cmd->in, value_text(cmd->arg[SCOPE]));
    return scope && (alias_remove_in(cmd->in, scope, value_text(name)) || value_is_null(cmd->in->thrown));
}

static bool remove_named(struct command *cmd, value name)
{
    struct alias *alias;
    if (!find(cmd, name, &alias))
        return false;
    if (!alias)
        return cmd_error(cmd, "ItemNotFoundException", CAT_ObjectNotFound, name,
                         "There is no alias named '%s'.", value_text(name));
    if (alias->options & OPTION_CONSTANT || (alias->options & OPTION_READONLY && !cmd_switch(cmd, FORCE)))
        return cmd_error(cmd, "AliasNotRemovable", CAT_WriteError, name, "The alias '%s' is %s.",
                         value_text(name),
                         alias->options & OPTION_CONSTANT ? "constant" : "read-only: -Force removes it");
    return remove_it(cmd, name);
}

static bool process(struct command *cmd)
{
    value names = cmd->arg[NAME];
    for (size_t i = 0; i < names.array->count; i++)
        if (names.array->items[i].kind == V_STRING && !remove_named(cmd, names.array->items[i]))
            return false;
    return true;
}

const struct cmdlet cmdlet_remove_alias = {.params = params, .process = process};
