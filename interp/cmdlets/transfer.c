#include "interp/cmdlets/transfer.h"

#include <string.h>

#include "interp/eval/interp.h"

static bool agreed(struct command *cmd, const char *from, const char *to, const char *operation,
                   bool *ret_yes)
{
    value target;
    if (!string_printf(cmd->in, &target, "Item: %s Destination: %s", from, to))
        return false;
    bool ok = cmd_should_process(cmd, value_text(target), operation, ret_yes);
    value_drop(target);
    return ok;
}

// Where the item is afterwards: below the destination, if that was a folder.
static bool write_result(struct command *cmd, const struct place *from, const struct place *to, bool into)
{
    struct place child;
    value holder;
    if (!into)
        return place_write(cmd, to);
    bool go_on = place_child(cmd, to, items_leaf(from, &holder, cmd->in), &child);
    value_drop(holder);
    if (!go_on)
        return false;
    go_on = place_write(cmd, &child);
    place_drop(&child);
    return go_on;
}

static bool act_on(struct command *cmd, const struct place *from, const struct place *to,
                   const char *operation, unsigned flags, transfer_function *act)
{
    struct change how = {.flags = flags | (cmd_switch(cmd, TRANSFER_FORCE) ? ITEM_FORCE : 0)};
    const char *source = value_text(from->path), *target = value_text(to->path);
    struct item_look before;
    bool yes;
    if (flags & ITEM_RECURSE && cmd_bound(cmd, ITEM_FILTER))
        how.filter = value_text(cmd->arg[ITEM_FILTER]);
    if (!place_look(cmd, to, &before) || !agreed(cmd, source, target, operation, &yes))
        return false;
    if (!yes)
        return true;
    if (!act(cmd, from->provider, source, target, &how))
        return false;
    return how.failed || !cmd_switch(cmd, TRANSFER_PASS_THRU) ||
           write_result(cmd, from, to, before.container);
}

bool transfer(struct command *cmd, const struct place *from, const char *operation, unsigned flags,
              transfer_function *act, const char *other_provider_id)
{
    struct places to = {0};
    const char *text =
        cmd_bound(cmd, TRANSFER_DESTINATION) ? value_text(cmd->arg[TRANSFER_DESTINATION]) : ".";
    if (!act)
        return items_not_supported(cmd, from->provider);
    bool go_on =
        places_of(cmd, text, PATH_NEW | PATH_LITERAL, &to); // wildcards in a destination are its name
    if (go_on && to.count == 1 && to.items[0].provider != from->provider)
        go_on = cmd_error(cmd, other_provider_id, CAT_InvalidArgument, value_null,
                          "'%s' and '%s' belong to different providers.", value_text(from->path), text);
    else if (go_on && to.count == 1)
        go_on = act_on(cmd, from, &to.items[0], operation, flags, act);
    places_free(&to);
    return go_on;
}
