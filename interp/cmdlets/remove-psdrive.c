#include <string.h>

#include "base/wildcard.h"
#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"
#include "interp/providers/locations.h"

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

static bool wanted(const struct command *cmd, const struct drive *drive, const char *pattern, bool literal)
{
    const struct string *name = drive->name.string;
    bool fits = literal ? value_is_text(drive->name, pattern)
                        : wildcard_match(pattern, strlen(pattern), name->text, name->size, true);
    return fits && (!cmd_bound(cmd, PS_PROVIDER) ||
                    items_like_any(cmd->arg[PS_PROVIDER], provider_table[drive->provider]->name));
}

static bool remove_one(struct command *cmd, struct drive *drive)
{
    value target;
    bool yes;
    if (!string_printf(cmd->in, &target, "Name: %s Provider: Microsoft.PowerShell.Core\\%s Root: %s",
                       value_text(drive->name), provider_table[drive->provider]->name,
                       value_text(drive->root)))
        return false;
    bool ok = cmd_should_process(cmd, value_text(target), "Remove Drive", &yes);
    value_drop(target);
    if (!ok || !yes)
        return ok;
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
        if (!wanted(cmd, drive, pattern, literal))
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
