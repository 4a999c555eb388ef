#include "interp/cmdlets/thrown.h"
#include "interp/cmdlets/variables.h"

enum { NAME, VALUE, DESCRIPTION, OPTION, VISIBILITY, FORCE, PASS_THRU, SCOPE };

static const struct param params[] = {
    {"Name", "string", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"Value", "object", NULL, 1, PARAM_PIPELINE | PARAM_PROPERTY, 0},
    {"Description", "string", NULL, PARAM_NAMED, 0, 0},
    {"Option", "System.Management.Automation.ScopedItemOptions", NULL, PARAM_NAMED, 0, 0},
    {"Visibility", "System.Management.Automation.SessionStateEntryVisibility", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Scope", "string", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool make(struct command *cmd, const char *name, const char *scope, bool existed)
{
    struct variable *variable;
    value v = cmd_bound(cmd, VALUE) ? cmd->arg[VALUE] : value_null;
    if (!variables_may_option(cmd, OPTION))
        return false;
    if (!variable_make(cmd->in, name, scope, &variable) ||
        !variable_assign(cmd->in, variable, v, cmd_switch(cmd, FORCE)))
        return thrown_report(cmd);
    if (existed && !(variable->options & OPTION_CONSTANT))
        variable->options = OPTION_NONE;
    if (!variables_describe(cmd, variable, OPTION, DESCRIPTION, VISIBILITY, true, true))
        return false;
    return !cmd_switch(cmd, PASS_THRU) || variables_write(cmd, variable);
}

static bool process(struct command *cmd)
{
    const char *name = value_text(cmd->arg[NAME]), *scope = variables_scope(cmd, SCOPE);
    struct variable *existing;
    bool yes;
    // Without -Scope a new variable hides one of an outer scope, so only the current scope counts.
    if (!variable_find(cmd->in, name, scope ? scope : "Local", &existing))
        return thrown_report(cmd);
    if (existing && variable_is_private(cmd->in, existing))
        return variables_private(cmd, existing);
    if (existing && !cmd_switch(cmd, FORCE))
        return cmd_error(cmd, "VariableAlreadyExists", CAT_ResourceExists, cmd->arg[NAME],
                         "The variable %s exists already; -Force replaces it.", name);
    if (!variables_agreed(cmd, name, cmd_bound(cmd, VALUE) ? &cmd->arg[VALUE] : &value_null, "New variable",
                          &yes))
        return false;
    return !yes || make(cmd, name, scope, existing != NULL);
}

const struct cmdlet cmdlet_new_variable = {
    .params = params, .properties = CMDLET_SHOULD_PROCESS, .impact = ASKS_LOW, .process = process};
