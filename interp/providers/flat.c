#include "interp/providers/flat.h"

#include <string.h>
#include <strings.h>

#include "interp/eval/interp.h"
#include "interp/providers/path.h"
#include "syntax/modes.h"

bool flat_look(struct command *cmd, const struct provider *self, const char *path, struct item_look *ret_look)
{
    value item;
    *ret_look = (struct item_look){.exists = true, .container = true};
    if (!*path)
        return true;
    if (!self->flat->find(cmd->in, path, &item))
        return false;
    *ret_look = (struct item_look){.exists = item.kind != V_VOID};
    value_drop(item);
    return true;
}

bool flat_names(struct command *cmd, const struct provider *self, const char *path, bool force,
                value *ret_names)
{
    value items, names;
    (void)path, (void)force;
    if (!self->flat->list(cmd->in, &items))
        return false;
    if (!array_new(cmd->in, items.array->count, &names))
        return value_drop(items), false;
    bool ok = true;
    for (size_t i = 0; ok && i < items.array->count; i++)
        ok = self->flat->name_of(cmd->in, items.array->items[i], &names.array->items[i]);
    value_drop(items);
    if (!ok)
        return value_drop(names), false;
    *ret_names = names;
    return true;
}

bool flat_get(struct command *cmd, const struct provider *self, const char *path, value *ret_item)
{
    return *path ? self->flat->find(cmd->in, path, ret_item) : self->flat->list(cmd->in, ret_item);
}

bool flat_set(struct command *cmd, const struct provider *self, const char *path, value v, struct change *how)
{
    return self->flat->put(cmd, path, v, how);
}

bool flat_create(struct command *cmd, const struct provider *self, const char *path, const char *type,
                 value v, struct change *how)
{
    struct item_look look;
    const char *refusal = self->flat->container_gate ? mode_gate(cmd->in->mode, GATE_FUNCTION_CONTAINER) : NULL;
    if (refusal && type && !strcasecmp(type, "Directory"))
        return how->failed = true, cmd_throw(cmd, refusal, CAT_NotImplemented, value_null,
                                             "There are no folders of functions.");
    if (value_is_null(v) || v.kind == V_VOID)
        return how->failed = true, cmd_error(cmd, "NewItemValueNotSpecified", CAT_InvalidArgument, value_null,
                                             "'%s' is given no value.", path);
    if (!flat_look(cmd, self, path, &look))
        return false;
    if (look.exists && !(how->flags & ITEM_FORCE))
        return how->failed = true, cmd_error(cmd, "Argument", CAT_InvalidArgument, value_null,
                                             "'%s' exists already; -Force replaces it.", path);
    return self->flat->put(cmd, path, v, how);
}

bool flat_remove(struct command *cmd, const struct provider *self, const char *path, struct change *how)
{
    return self->flat->drop(cmd, path, how);
}

bool flat_read(struct command *cmd, const struct provider *self, const char *path, value *ret)
{
    value item;
    *ret = value_void;
    if (!self->flat->find(cmd->in, path, &item))
        return false;
    if (item.kind == V_VOID)
        return true;
    bool ok = self->flat->content(cmd->in, item, ret);
    value_drop(item);
    return ok;
}

bool flat_copy(struct command *cmd, const struct provider *self, const char *from, const char *to,
               struct change *how)
{
    value content;
    if (!flat_read(cmd, self, from, &content))
        return false;
    if (content.kind == V_VOID)
        return how->failed = true, place_not_found(cmd, from);
    bool go_on = self->flat->put(cmd, to, content, how);
    value_drop(content);
    return go_on;
}

static bool move(struct command *cmd, const struct provider *self, const char *from, const char *to,
                 struct change *how)
{
    if (strcmp(from, to) == 0)
        return true;
    return flat_copy(cmd, self, from, to, how) && (how->failed || self->flat->drop(cmd, from, how));
}

bool flat_rename(struct command *cmd, const struct provider *self, const char *path, const char *name,
                 struct change *how)
{
    struct item_look look;
    if (!flat_look(cmd, self, path, &look))
        return false;
    how->failed |= !look.exists;
    return look.exists ? move(cmd, self, path, name, how) : place_not_found(cmd, path);
}

bool flat_clear(struct command *cmd, const struct provider *self, const char *path, struct change *how)
{
    return self->flat->put(cmd, path, value_null, how);
}

bool flat_write(struct command *cmd, const struct provider *self, const char *path, value v,
                struct change *how)
{
    return self->flat->put(cmd, path, v, how);
}
