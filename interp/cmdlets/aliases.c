#include "interp/cmdlets/aliases.h"

#include <string.h>

#include "interp/eval/interp.h"
#include "interp/eval/names.h"

const struct param alias_params[] = {
    {"Name", "string", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"Value", "string", NULL, 1, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"Description", "string", NULL, PARAM_NAMED, 0, 0},
    {"Option", "System.Management.Automation.ScopedItemOptions", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Scope", "string", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool agreed(struct command *cmd, bool is_new, bool *ret_yes)
{
    value target;
    if (!string_printf(cmd->in, &target, "Name: %s Value: %s", value_text(cmd->arg[ALIAS_NAME]),
                       value_text(cmd->arg[ALIAS_VALUE])))
        return false;
    bool ok = cmd_should_process(cmd, value_text(target), is_new ? "New Alias" : "Set Alias", ret_yes);
    value_drop(target);
    return ok;
}

static struct scope *scope_of(struct command *cmd)
{
    return scope_find(cmd->in, cmd_bound(cmd, ALIAS_SCOPE) ? value_text(cmd->arg[ALIAS_SCOPE]) : NULL);
}

static unsigned options_of(const struct command *cmd)
{
    return cmd_bound(cmd, ALIAS_OPTION) ? (unsigned)cmd->arg[ALIAS_OPTION].i : OPTION_NONE;
}

static bool put(struct command *cmd)
{
    struct alias *alias;
    struct scope *scope = scope_of(cmd);
    if (!alias_put_in(cmd->in, scope, value_text(cmd->arg[ALIAS_NAME]), value_text(cmd->arg[ALIAS_VALUE]), &alias))
        return false;
    value_set(&alias->description, cmd_bound(cmd, ALIAS_DESCRIPTION) ? cmd->arg[ALIAS_DESCRIPTION] : value_null);
    alias->options = options_of(cmd);
    return !cmd_switch(cmd, ALIAS_PASS_THRU) ||
           cmd_write(cmd, (value){.kind = V_OBJECT, .object = &alias->head});
}

bool alias_change(struct command *cmd, bool may_exist)
{
    value name = cmd->arg[ALIAS_NAME];
    struct scope *scope = scope_of(cmd);
    if (!scope)
        return false;
    const struct alias *alias = alias_in(cmd->in, scope, value_text(name));
    bool force = cmd_switch(cmd, ALIAS_FORCE), yes;
    if (alias && !may_exist && !force)
        return cmd_error(cmd, "AliasAlreadyExists", CAT_ResourceExists, name, "The alias %s exists already.",
                         value_text(name));
    if (alias && (alias->options & OPTION_CONSTANT || (alias->options & OPTION_READONLY && !force)))
        return cmd_error(cmd, "AliasNotWritable", CAT_WriteError, name,
                         "The alias %s is read-only or constant.", value_text(name));
    if (alias && alias->options & OPTION_ALLSCOPE && !(options_of(cmd) & OPTION_ALLSCOPE))
        return cmd_error(cmd, "AliasAllScopeOptionCannotBeRemoved", CAT_WriteError, name,
                         "The alias %s stays one of all scopes.", value_text(name));
    return agreed(cmd, !may_exist, &yes) && (!yes || put(cmd));
}
