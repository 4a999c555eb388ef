// Alias: the items are the AliasInfo objects themselves.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/eval/names.h"
#include "interp/providers/flat.h"

static struct alias *as_alias(value v)
{
    return (struct alias *)v.object;
}

static bool find(struct interp *in, const char *name, value *ret_item)
{
    struct alias *alias = alias_get(in, name, strlen(name));
    *ret_item = alias ? value_keep((value){.kind = V_OBJECT, .object = &alias->head}) : value_void;
    return true;
}

static bool list(struct interp *in, value *ret_items)
{
    return alias_list(in, ret_items);
}

static bool name_of(struct interp *in, value item, value *ret_name)
{
    (void)in;
    *ret_name = value_keep(as_alias(item)->name);
    return true;
}

static bool content(struct interp *in, value item, value *ret)
{
    (void)in;
    *ret = value_keep(as_alias(item)->definition);
    return true;
}

static bool locked(const struct alias *alias, bool force)
{
    return alias && (alias->options & OPTION_CONSTANT || (alias->options & OPTION_READONLY && !force));
}

static bool put(struct command *cmd, const char *name, value v, struct change *how)
{
    struct alias *alias = alias_get(cmd->in, name, strlen(name));
    value text;
    if (locked(alias, how->flags & ITEM_FORCE))
        return how->failed = true, cmd_error(cmd, "AliasNotWritable", CAT_WriteError, alias->name,
                                             "The alias %s is read-only or constant.", name);
    if (!value_to_string(cmd->in, v, &text))
        return false;
    bool ok = alias_put(cmd->in, name, value_text(text), NULL);
    value_drop(text);
    return ok;
}

static bool drop(struct command *cmd, const char *name, struct change *how)
{
    struct alias *alias = alias_get(cmd->in, name, strlen(name));
    if (locked(alias, how->flags & ITEM_FORCE))
        return how->failed = true, cmd_error(cmd, "AliasNotRemovable", CAT_WriteError, alias->name,
                                             "The alias %s is read-only or constant.", name);
    return !alias || alias_remove(cmd->in, name);
}

static const struct flat alias_items = {find, list, name_of, content, put, drop};

const struct provider provider_alias = {
    .name = "Alias",
    .type_name = "Microsoft.PowerShell.Commands.AliasProvider",
    .description = "The aliases of this session",
    .capabilities = 16, // ShouldProcess
    .ignore_case = true,
    .flat = &alias_items,
    FLAT_OPERATIONS,
};
