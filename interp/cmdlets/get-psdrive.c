#include <string.h>

#include "base/wildcard.h"
#include "interp/cmdlets/drives.h"
#include "interp/eval/interp.h"
#include "interp/providers/locations.h"

enum { NAME, LITERAL_NAME, SCOPE, PS_PROVIDER };

static const char *const sets[] = {"Name", "LiteralName", NULL};
static const struct param params[] = {
    {"Name", "string[]", NULL, 0, PARAM_PROPERTY, 1},
    {"LiteralName", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, 2},
    {"Scope", "string", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {"PSProvider", "string[]", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {0},
};

static bool list_matching(struct command *cmd, const char *pattern, bool literal, struct array *list)
{
    for (struct drive *drive = drive_first(cmd->in); drive; drive = drive->next) {
        value info;
        if (!drive_fits(cmd, drive, pattern, literal, PS_PROVIDER))
            continue;
        if (!drive_info_new(cmd->in, drive, &info))
            return false;
        bool ok = list_add(cmd->in, list, info);
        value_drop(info);
        if (!ok)
            return false;
    }
    return true;
}

// Found before the first is written: who gets one may remove it.
static bool write_matching(struct command *cmd, const char *pattern, bool literal, bool *ret_any)
{
    value list;
    if (!list_new(cmd->in, NULL, &list))
        return false;
    bool ok = list_matching(cmd, pattern, literal, list.array);
    *ret_any = list.array->count;
    for (size_t i = 0; ok && i < list.array->count; i++)
        ok = cmd_write(cmd, list.array->items[i]);
    return value_drop(list), ok;
}

static bool process(struct command *cmd)
{
    bool literal = cmd_bound(cmd, LITERAL_NAME), any;
    value names = cmd->arg[literal ? LITERAL_NAME : NAME];
    if (names.kind != V_ARRAY)
        return write_matching(cmd, "*", false, &any);
    for (size_t i = 0; i < names.array->count; i++) {
        const char *name = names.array->items[i].kind == V_STRING ? value_text(names.array->items[i]) : "";
        if (!write_matching(cmd, name, literal, &any))
            return false;
        if (!any && (literal || !wildcard_has(name, strlen(name))) &&
            !cmd_error(cmd, "GetLocationNoMatchingDrive", CAT_ObjectNotFound, names.array->items[i],
                       "There is no drive '%s'.", name))
            return false;
    }
    return true;
}

const struct cmdlet cmdlet_get_psdrive = {.params = params, .sets = sets, .process = process};
