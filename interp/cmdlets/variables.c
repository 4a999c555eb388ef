#include "interp/cmdlets/variables.h"

#include <string.h>

#include "base/wildcard.h"
#include "interp/cmdlets/items.h"
#include "interp/cmdlets/thrown.h"
#include "interp/eval/interp.h"

const char *variables_scope(const struct command *cmd, unsigned param)
{
    return cmd_bound(cmd, param) && cmd->arg[param].kind == V_STRING ? value_text(cmd->arg[param]) : NULL;
}

bool variables_write(struct command *cmd, struct variable *variable)
{
    return cmd_write(cmd, (value){.kind = V_OBJECT, .object = &variable->head});
}

static bool passes(const struct command *cmd, const struct variable_params *at, const char *name)
{
    if (cmd_bound(cmd, at->include) && !items_like_any(cmd->arg[at->include], name))
        return false;
    return !cmd_bound(cmd, at->exclude) || !items_like_any(cmd->arg[at->exclude], name);
}

static bool matching(struct command *cmd, const struct variable_params *at, const char *pattern,
                     variable_function *each)
{
    value list;
    if (!variable_list(cmd->in, variables_scope(cmd, at->scope), &list))
        return thrown_report(cmd);
    bool go_on = true;
    for (size_t i = 0; go_on && i < list.array->count; i++) {
        struct variable *variable = (struct variable *)list.array->items[i].object;
        const struct string *name = variable->name.string;
        if (!variable->hidden && wildcard_match(pattern, strlen(pattern), name->text, name->size, true) &&
            passes(cmd, at, name->text))
            go_on = each(cmd, variable);
    }
    value_drop(list);
    return go_on;
}

bool variables_private(struct command *cmd, const struct variable *variable)
{
    return cmd_error(cmd, "VariableIsPrivate", CAT_PermissionDenied, variable->name,
                     "The variable '%s' is private.", value_text(variable->name));
}

static bool named(struct command *cmd, const struct variable_params *at, value name, variable_function *each)
{
    struct variable *variable;
    const char *text = value_text(name);
    if (!variable_find(cmd->in, text, variables_scope(cmd, at->scope), &variable))
        return thrown_report(cmd);
    if (!variable)
        return cmd_error(cmd, "VariableNotFound", CAT_ObjectNotFound, name, "There is no variable '%s'.",
                         text);
    if (variable->hidden)
        return variables_private(cmd, variable);
    return !passes(cmd, at, text) || each(cmd, variable);
}

bool variables_each(struct command *cmd, const struct variable_params *at, variable_function *each)
{
    value names = cmd->arg[at->name];
    if (!cmd_bound(cmd, at->name) || names.kind != V_ARRAY)
        return matching(cmd, at, "*", each);
    for (size_t i = 0; i < names.array->count; i++) {
        value name = names.array->items[i];
        if (name.kind != V_STRING)
            continue;
        bool wild = wildcard_has(value_text(name), name.string->size);
        if (!(wild ? matching(cmd, at, value_text(name), each) : named(cmd, at, name, each)))
            return false;
    }
    return true;
}

bool variables_may_option(struct command *cmd, unsigned option)
{
    const char *refusal = mode_gate(cmd->in->mode, GATE_ALL_SCOPE_VARIABLE);
    if (!refusal || !cmd_bound(cmd, option) || !((unsigned)cmd->arg[option].i & OPTION_ALLSCOPE))
        return true;
    return cmd_throw(cmd, refusal, CAT_NotImplemented, value_null, "%s makes no variable of all scopes.",
                     mode_name(cmd->in->mode));
}

static bool set_option(struct command *cmd, struct variable *variable, unsigned wanted, bool force,
                       bool is_new)
{
    const char *name = value_text(variable->name);
    bool locked = variable->options & OPTION_CONSTANT || (variable->options & OPTION_READONLY && !force);
    if (!is_new && locked)
        return cmd_error(cmd, "VariableNotWritable", CAT_WriteError, variable->name,
                         "The variable %s is read-only or constant.", name);
    if (!is_new && wanted & OPTION_CONSTANT)
        return cmd_error(cmd, "VariableCannotBeMadeConstant", CAT_WriteError, variable->name,
                         "Only a new variable can be made constant; %s exists.", name);
    variable->options = wanted;
    return true;
}

bool variables_describe(struct command *cmd, struct variable *variable, unsigned option, unsigned description,
                        unsigned visibility, bool force, bool is_new)
{
    if (cmd_bound(cmd, description))
        value_set(&variable->description, cmd->arg[description]);
    if (cmd_bound(cmd, visibility))
        variable->hidden = cmd->arg[visibility].i == 1;
    return !cmd_bound(cmd, option) || set_option(cmd, variable, (unsigned)cmd->arg[option].i, force, is_new);
}

bool variables_agreed(struct command *cmd, const char *name, const value *v, const char *operation,
                      bool *ret_yes)
{
    value text, target;
    if (!value_to_string(cmd->in, v ? *v : value_null, &text))
        return false;
    bool ok = v ? string_printf(cmd->in, &target, "Name: %s Value: %s", name, value_text(text))
                : string_printf(cmd->in, &target, "Name: %s", name);
    value_drop(text);
    if (!ok)
        return false;
    ok = cmd_should_process(cmd, value_text(target), operation, ret_yes);
    return value_drop(target), ok;
}
