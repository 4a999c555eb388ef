#include "interp/cmdlets/items.h"

#include <string.h>

#include "base/wildcard.h"
#include "interp/eval/interp.h"
#include "interp/providers/files.h"

const char *const item_sets[] = {"Path", "LiteralPath", NULL};

bool items_like_any(value patterns, const char *name)
{
    size_t size = strlen(name);
    for (size_t i = 0; patterns.kind == V_ARRAY && i < patterns.array->count; i++) {
        value pattern = patterns.array->items[i];
        if (pattern.kind == V_STRING &&
            wildcard_match(value_text(pattern), pattern.string->size, name, size, true))
            return true;
    }
    return false;
}

bool items_filter(value filter, const char *name)
{
    return filter.kind != V_STRING || file_filter(value_text(filter), name);
}

bool items_pass(const struct command *cmd, const char *name)
{
    return (!cmd_bound(cmd, ITEM_FILTER) || items_filter(cmd->arg[ITEM_FILTER], name)) &&
           items_include(cmd, name);
}

bool items_include(const struct command *cmd, const char *name)
{
    if (cmd_bound(cmd, ITEM_INCLUDE) && !items_like_any(cmd->arg[ITEM_INCLUDE], name))
        return false;
    return !cmd_bound(cmd, ITEM_EXCLUDE) || !items_like_any(cmd->arg[ITEM_EXCLUDE], name);
}

value items_paths(const struct command *cmd, unsigned *ret_flags)
{
    bool literal = cmd_bound(cmd, ITEM_LITERAL_PATH) && !cmd_bound(cmd, ITEM_PATH);
    *ret_flags = literal ? PATH_LITERAL : 0;
    return literal                     ? cmd->arg[ITEM_LITERAL_PATH]
           : cmd_bound(cmd, ITEM_PATH) ? cmd->arg[ITEM_PATH]
                                       : value_null;
}

const char *items_leaf(const struct place *place, value *holder, struct interp *in)
{
    size_t size;
    const char *path = value_text(place->path), *leaf = path;
    *holder = value_null;
    if (!place->provider->hierarchical)
        return path;
    leaf = path_leaf(path, &size);
    return string_new(in, leaf, size, holder) ? value_text(*holder) : "";
}

bool items_no_credential(struct command *cmd)
{
    if (!cmd_bound(cmd, ITEM_CREDENTIAL))
        return true;
    return cmd_throw(cmd, "NotSupported", CAT_NotImplemented, value_null,
                     "Items are reached with the session's own rights only; leave out -Credential.");
}

bool items_not_supported(struct command *cmd, const struct provider *provider)
{
    return cmd_error(cmd, "NotSupported", CAT_NotImplemented, value_null, "The provider %s cannot do that.",
                     provider->name);
}

static bool each_place(struct command *cmd, const struct places *places, unsigned more, item_function *each)
{
    for (size_t i = 0; i < places->count; i++) {
        value holder;
        const char *leaf = items_leaf(&places->items[i], &holder, cmd->in);
        bool pass = more & ITEMS_ALL_NAMES ? items_include(cmd, leaf) : items_pass(cmd, leaf);
        value_drop(holder);
        if (cmd_stopped(cmd) || (pass && !each(cmd, &places->items[i])))
            return false;
    }
    return true;
}

bool items_each(struct command *cmd, unsigned more, item_function *each)
{
    unsigned flags;
    value paths = items_paths(cmd, &flags);
    if (!items_no_credential(cmd))
        return false;
    for (size_t i = 0; paths.kind == V_ARRAY && i < paths.array->count; i++) {
        struct places places = {0};
        value path = paths.array->items[i];
        bool go_on = path.kind != V_STRING || (places_of(cmd, value_text(path), flags | more, &places) &&
                                               each_place(cmd, &places, more, each));
        places_free(&places);
        if (!go_on)
            return false;
    }
    return true;
}
