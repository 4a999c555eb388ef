#include "interp/cmdlets/thrown.h"
#include "interp/cmdlets/variables.h"

enum { NAME, INCLUDE, EXCLUDE, FORCE, SCOPE };

static const struct param params[] = {
    {"Name", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"Include", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Exclude", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Scope", "string", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool remove_one(struct command *cmd, struct variable *variable)
{
    bool yes;
    if (!variables_agreed(cmd, value_text(variable->name), NULL, "Remove variable", &yes))
        return false;
    return !yes || variable_remove(cmd->in, variable, variables_scope(cmd, SCOPE), cmd_switch(cmd, FORCE)) ||
           thrown_report(cmd);
}

static bool process(struct command *cmd)
{
    return variables_each(cmd, &(struct variable_params){NAME, INCLUDE, EXCLUDE, SCOPE}, remove_one);
}

const struct cmdlet cmdlet_remove_variable = {
    .params = params, .properties = CMDLET_SHOULD_PROCESS, .process = process};
