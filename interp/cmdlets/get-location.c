#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"

enum { PS_PROVIDER, PS_DRIVE, STACK, STACK_NAME };
enum { SET_LOCATION = 1, SET_STACK = 2 };

static const char *const sets[] = {"Location", "Stack", NULL};
static const struct param params[] = {
    {"PSProvider", "string[]", NULL, PARAM_NAMED, PARAM_PROPERTY, SET_LOCATION},
    {"PSDrive", "string[]", NULL, PARAM_NAMED, PARAM_PROPERTY, SET_LOCATION},
    {"Stack", "switch", NULL, PARAM_NAMED, 0, SET_STACK},
    {"StackName", "string[]", NULL, PARAM_NAMED, PARAM_PROPERTY, SET_STACK},
    {0},
};

static bool write_location(struct command *cmd, const struct drive *drive)
{
    value info;
    return location_object(cmd->in, drive, &info) && cmd_take(cmd, info);
}

static bool write_stack(struct command *cmd, const char *name)
{
    value stack;
    if (!location_stack(cmd->in, name, &stack))
        return false;
    bool go_on = cmd_write(cmd, stack);
    value_drop(stack);
    return go_on;
}

static bool write_stacks(struct command *cmd)
{
    value names = cmd->arg[STACK_NAME];
    if (names.kind != V_ARRAY)
        return write_stack(cmd, NULL);
    for (size_t i = 0; i < names.array->count; i++)
        if (!write_stack(cmd, value_text(names.array->items[i])))
            return false;
    return true;
}

static bool wanted(const struct command *cmd, const struct drive *drive)
{
    if (cmd_bound(cmd, PS_DRIVE) && !items_like_any(cmd->arg[PS_DRIVE], value_text(drive->name)))
        return false;
    return !cmd_bound(cmd, PS_PROVIDER) ||
           items_like_any(cmd->arg[PS_PROVIDER], provider_table[drive->provider]->name);
}

static bool process(struct command *cmd)
{
    if (cmd_bound(cmd, STACK) || cmd_bound(cmd, STACK_NAME))
        return write_stacks(cmd);
    if (!cmd_bound(cmd, PS_DRIVE) && !cmd_bound(cmd, PS_PROVIDER)) {
        struct drive *current = drive_current(cmd->in);
        return current && write_location(cmd, current);
    }
    for (struct drive *drive = drive_first(cmd->in); drive; drive = drive->next)
        if (wanted(cmd, drive) && !write_location(cmd, drive))
            return false;
    return true;
}

const struct cmdlet cmdlet_get_location = {.params = params, .sets = sets, .process = process};
