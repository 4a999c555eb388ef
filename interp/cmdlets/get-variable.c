#include "interp/cmdlets/variables.h"

enum { NAME, VALUE_ONLY, INCLUDE, EXCLUDE, SCOPE };

static const struct param params[] = {
    {"Name", "string[]", NULL, 0, PARAM_PIPELINE | PARAM_PROPERTY | PARAM_NOT_NULL_OR_EMPTY, 0},
    {"ValueOnly", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Include", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Exclude", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Scope", "string", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool write_one(struct command *cmd, struct variable *variable)
{
    return cmd_switch(cmd, VALUE_ONLY) ? cmd_write(cmd, *variable->at) : variables_write(cmd, variable);
}

static bool process(struct command *cmd)
{
    return variables_each(cmd, &(struct variable_params){NAME, INCLUDE, EXCLUDE, SCOPE}, write_one);
}

const struct cmdlet cmdlet_get_variable = {.params = params, .process = process};
