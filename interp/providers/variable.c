// Variable: the items are the PSVariable objects themselves.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/eval/names.h"
#include "interp/providers/flat.h"

static struct variable *as_variable(value v)
{
    return (struct variable *)v.object;
}

static bool find(struct interp *in, const char *name, value *ret_item)
{
    struct variable *variable;
    if (!variable_find(in, name, NULL, &variable))
        return false;
    bool shown = variable && !variable_is_private(in, variable);
    *ret_item = shown ? value_keep((value){.kind = V_OBJECT, .object = &variable->head}) : value_void;
    return true;
}

static bool list(struct interp *in, value *ret_items)
{
    if (!variable_list(in, NULL, ret_items))
        return false;
    struct array *all = ret_items->array;
    size_t shown = 0;
    for (size_t i = 0; i < all->count; i++)
        if (variable_is_private(in, as_variable(all->items[i])))
            value_drop(all->items[i]);
        else
            all->items[shown++] = all->items[i];
    return all->count = shown, true;
}

static bool name_of(struct interp *in, value item, value *ret_name)
{
    (void)in;
    *ret_name = value_keep(as_variable(item)->name);
    return true;
}

static bool content(struct interp *in, value item, value *ret)
{
    (void)in;
    *ret = value_keep(*as_variable(item)->at);
    return true;
}

// variable: and global: prefixes name a scope: Set-Item Variable:global:x.
static const char *split_scope(const char *name, char scope[16])
{
    const char *colon = strchr(name, ':');
    if (!colon || colon == name || (size_t)(colon - name) >= 16)
        return name;
    memcpy(scope, name, (size_t)(colon - name));
    scope[colon - name] = '\0';
    return colon + 1;
}

static bool put(struct command *cmd, const char *name, value v, struct change *how)
{
    char scope[16] = "";
    struct variable *variable;
    name = split_scope(name, scope);
    if (!variable_make(cmd->in, name, *scope ? scope : NULL, &variable))
        return false;
    if (variable_is_private(cmd->in, variable))
        return variable_private(cmd->in, variable);
    return variable_assign(cmd->in, variable, v, how->flags & ITEM_FORCE);
}

static bool drop(struct command *cmd, const char *name, struct change *how)
{
    struct variable *variable;
    if (!variable_find(cmd->in, name, NULL, &variable))
        return false;
    return !variable || variable_remove(cmd->in, variable, NULL, how->flags & ITEM_FORCE);
}

static const struct flat variable_items = {find, list, name_of, content, put, drop};

const struct provider provider_variable = {
    .name = "Variable",
    .type_name = "Microsoft.PowerShell.Commands.VariableProvider",
    .description = "The variables of this session",
    .capabilities = 16, // ShouldProcess
    .ignore_case = true,
    .flat = &variable_items,
    FLAT_OPERATIONS,
};
