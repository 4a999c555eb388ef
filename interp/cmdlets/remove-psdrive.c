#include "interp/cmdlets/drives.h"
#include "interp/eval/interp.h"

enum { NAME, LITERAL_NAME, PS_PROVIDER, SCOPE, FORCE };

static const char *const sets[] = {"Name", "LiteralName", NULL};
static const struct param params[] = {
    {"Name", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY | PARAM_ALLOW_NULL, 1},
    {"LiteralName", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY | PARAM_ALLOW_NULL, 2},
    {"PSProvider", "string[]", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {"Scope", "string", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool remove_one(struct command *cmd, struct drive *drive)
{
    bool yes;
    if (!drive_agreed(cmd, drive->name, drive->provider, drive->root, "Remove Drive", &yes))
        return false;
    if (!yes)
        return true;
    if (drive == drive_current(cmd->in) && !cmd_switch(cmd, FORCE))
        return cmd_error(cmd, "InvalidOperation", CAT_InvalidOperation, value_null,
                         "The drive '%s' is where this session stands.", value_text(drive->name));
    return drive_remove(cmd->in, drive);
}

static bool remove_matching(struct command *cmd, value name, bool literal)
{
    const char *pattern = value_text(name);
    bool any = false;
    for (struct drive *drive = drive_first(cmd->in), *next; drive; drive = next) {
        next = drive->next;
        if (!drive_fits(cmd, drive, pattern, literal, PS_PROVIDER))
            continue;
        any = true;
        if (!remove_one(cmd, drive))
            return false;
    }
    return any ||
           cmd_error(cmd, "DriveNotFound", CAT_ObjectNotFound, name, "There is no drive '%s'.", pattern);
}

static bool process(struct command *cmd)
{
    bool literal = cmd_bound(cmd, LITERAL_NAME);
    value names = cmd->arg[literal ? LITERAL_NAME : NAME];
    for (size_t i = 0; names.kind == V_ARRAY && i < names.array->count; i++)
        if (names.array->items[i].kind == V_STRING && !remove_matching(cmd, names.array->items[i], literal))
            return false;
    return true;
}

const struct cmdlet cmdlet_remove_psdrive = {
    .params = params, .sets = sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
