// interp/cmdlets/variables.h: what the commands share that work on variables by name.
#ifndef CMDLETS_VARIABLES_H
#define CMDLETS_VARIABLES_H

#include "interp/eval/command.h"
#include "interp/eval/names.h"

typedef bool variable_function(struct command *cmd, struct variable *variable);

// Where a command's own parameters stand in its table.
struct variable_params {
    unsigned name, include, exclude, scope;
};

// Calls each for the variables that -Name, -Include and -Exclude choose. A name without wildcards that is
// none is VariableNotFound.
bool variables_each(struct command *cmd, const struct variable_params *at, variable_function *each);
const char *variables_scope(const struct command *cmd, unsigned param);       // NULL where not bound
bool variables_private(struct command *cmd, const struct variable *variable); // the error that it is
bool variables_write(struct command *cmd, struct variable *variable);
// -Option, -Description and -Visibility, each where bound.
bool variables_describe(struct command *cmd, struct variable *variable, unsigned option, unsigned description,
                        unsigned visibility, bool force, bool is_new);
// -WhatIf and -Confirm: what would be done, with the name and, where there is one, the value.
bool variables_agreed(struct command *cmd, const char *name, const value *v, const char *operation,
                      bool *ret_yes);
// Whether the language mode lets the command give that option. False: thrown.
bool variables_may_option(struct command *cmd, unsigned option);

#endif
