#include <fcntl.h>
#include <string.h>

#include "base/wildcard.h"
#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"
#include "interp/providers/files.h"

enum { PATH_TYPE = ITEM_PARAM_COUNT, IS_VALID, OLDER_THAN, NEWER_THAN };
enum path_type { TYPE_ANY, TYPE_CONTAINER, TYPE_LEAF };

// -Path takes $null and nothing, and says so itself.
static const struct param params[] = {
    {"Path", "string[]", NULL, 0,
     PARAM_MANDATORY | PARAM_PROPERTY | PARAM_PIPELINE | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY |
         PARAM_ALLOW_EMPTY_COLLECTION,
     ITEM_SET_PATH},
    {"LiteralPath", "string[]", "PSPath LP", PARAM_NAMED,
     PARAM_MANDATORY | PARAM_PROPERTY | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY | PARAM_ALLOW_EMPTY_COLLECTION,
     ITEM_SET_LITERAL},
    {"Filter", "string", NULL, PARAM_NAMED, 0, 0},
    {"Include", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Exclude", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Credential", "pscredential", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {"PathType", "Microsoft.PowerShell.Commands.TestPathType", "Type", PARAM_NAMED, 0, 0},
    {"IsValid", "switch", NULL, PARAM_NAMED, 0, 0},
    {"OlderThan", "datetime", NULL, PARAM_NAMED, 0, 0},
    {"NewerThan", "datetime", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool age_fits(const struct command *cmd, const struct place *place)
{
    struct stat stat;
    if (!cmd_bound(cmd, OLDER_THAN) && !cmd_bound(cmd, NEWER_THAN))
        return true;
    if (!place->provider->hierarchical || fstatat(AT_FDCWD, value_text(place->path), &stat, 0) != 0)
        return false;
    int64_t ticks = UNIX_EPOCH_TICKS + stat.st_mtim.tv_sec * TICKS_PER_SECOND + stat.st_mtim.tv_nsec / 100;
    value older = cmd->arg[OLDER_THAN], newer = cmd->arg[NEWER_THAN];
    if (cmd_bound(cmd, OLDER_THAN) &&
        ticks >= date_to_utc(older.i, (enum date_kind)older.aux, &cmd->in->zone))
        return false;
    return !cmd_bound(cmd, NEWER_THAN) ||
           ticks > date_to_utc(newer.i, (enum date_kind)newer.aux, &cmd->in->zone);
}

static bool type_fits(const struct command *cmd, const struct item_look *look)
{
    int64_t type = cmd_bound(cmd, PATH_TYPE) ? cmd->arg[PATH_TYPE].i : TYPE_ANY;
    return look->exists && (type == TYPE_ANY || (type == TYPE_CONTAINER) == look->container);
}

static bool fits(struct command *cmd, const struct place *place, bool *ret_fits)
{
    struct item_look look;
    value holder;
    if (!place_look(cmd, place, &look))
        return false;
    *ret_fits =
        items_pass(cmd, items_leaf(place, &holder, cmd->in)) && type_fits(cmd, &look) && age_fits(cmd, place);
    value_drop(holder);
    return true;
}

static bool exists(struct command *cmd, const char *path, unsigned flags, bool *ret_exists)
{
    struct places places = {0};
    *ret_exists = false;
    bool go_on = places_of(cmd, path, flags | PATH_QUIET | PATH_FORCE, &places);
    for (size_t i = 0; go_on && i < places.count && !*ret_exists; i++)
        go_on = fits(cmd, &places.items[i], ret_exists);
    places_free(&places);
    return go_on;
}

static bool valid(struct command *cmd, const char *path, bool *ret_valid)
{
    struct place place;
    if (!place_of(cmd, path, PATH_QUIET | PATH_NEW, &place, ret_valid))
        return false;
    if (*ret_valid)
        place_drop(&place);
    return true;
}

static bool blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static bool no_path(struct command *cmd)
{
    return cmd_error(cmd, "NullPathNotPermitted", CAT_InvalidArgument, value_null, "No path was given.");
}

static bool test(struct command *cmd, value path, unsigned flags)
{
    bool answer = false;
    if (value_is_null(path))
        return no_path(cmd);
    const char *text = value_text(path);
    if (!blank(text) &&
        !(cmd_switch(cmd, IS_VALID) ? valid(cmd, text, &answer) : exists(cmd, text, flags, &answer)))
        return false;
    return cmd_write(cmd, value_bool(answer));
}

static bool process(struct command *cmd)
{
    unsigned flags;
    value paths = items_paths(cmd, &flags);
    if (!items_no_credential(cmd))
        return false;
    if (paths.kind != V_ARRAY || paths.array->count == 0)
        return no_path(cmd);
    for (size_t i = 0; i < paths.array->count; i++)
        if (!test(cmd, paths.array->items[i], flags))
            return false;
    return true;
}

const struct cmdlet cmdlet_test_path = {.params = params, .sets = item_sets, .process = process};
