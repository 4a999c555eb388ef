#include "interp/cmdlets/thrown.h"
#include "interp/cmdlets/variables.h"

enum { NAME, INCLUDE, EXCLUDE, FORCE, PASS_THRU, SCOPE };

static const struct param params[] = {
    {"Name", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"Include", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Exclude", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Scope", "string", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool clear_one(struct command *cmd, struct variable *variable)
{
    bool yes;
    if (!variables_agreed(cmd, value_text(variable->name), NULL, "Clear variable", &yes))
        return false;
    if (yes && !variable_assign(cmd->in, variable, value_null, cmd_switch(cmd, FORCE)))
        return thrown_report(cmd);
    return !yes || !cmd_switch(cmd, PASS_THRU) || variables_write(cmd, variable);
}

static bool process(struct command *cmd)
{
    return variables_each(cmd, &(struct variable_params){NAME, INCLUDE, EXCLUDE, SCOPE}, clear_one);
}

const struct cmdlet cmdlet_clear_variable = {
    .params = params, .properties = CMDLET_SHOULD_PROCESS, .process = process};
