// Get-ChildItem: the items of containers; folders first, each list sorted, level after level.
#include <fcntl.h>
#include <string.h>

#include "base/mem.h"
#include "base/wildcard.h"
#include "interp/cmdlets/attributes.h"
#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"
#include "interp/providers/files.h"

enum {
    RECURSE = ITEM_PARAM_COUNT,
    DEPTH,
    FORCE,
    NAME,
    ATTRIBUTES,
    DIRECTORY,
    FILE_ONLY,
    HIDDEN,
    READ_ONLY,
    SYSTEM,
    FOLLOW
};

static const char *const sets[] = {"Items", "LiteralItems", NULL};
static const struct param params[] = {
    {"Path", "string[]", NULL, 0, PARAM_PIPELINE | PARAM_PROPERTY, ITEM_SET_PATH},
    {"LiteralPath", "string[]", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, ITEM_SET_LITERAL},
    {"Filter", "string", NULL, 1, 0, 0},
    {"Include", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Exclude", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Credential", "pscredential", NULL, PARAM_NAMED, PARAM_HIDDEN, 0},
    {"Recurse", "switch", "s r", PARAM_NAMED, 0, 0},
    {"Depth", "uint", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Name", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Attributes", "string", NULL, PARAM_NAMED, 0, 0},
    {"Directory", "switch", "ad", PARAM_NAMED, 0, 0},
    {"File", "switch", "af", PARAM_NAMED, 0, 0},
    {"Hidden", "switch", "ah h", PARAM_NAMED, 0, 0},
    {"ReadOnly", "switch", "ar", PARAM_NAMED, 0, 0},
    {"System", "switch", "as", PARAM_NAMED, 0, 0},
    {"FollowSymlink", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

struct folder_id {
    dev_t device;
    ino_t inode;
};

// One walk below one path.
struct walk {
    struct command *cmd;
    uint64_t depth;              // levels below the first to go down
    bool force;                  // hidden items count
    value include;               // patterns taken from the path itself (`dir x/*.txt -Recurse`), or $null
    const char *prefix;          // not part of what -Name writes
    struct folder_id above[256]; // folders being walked, against links that lead back up
    size_t level;
};

static bool is_set(const struct command *cmd, unsigned param)
{
    return cmd_switch(cmd, param);
}

// --- What is shown
// --------------------------------------------------------------------------------------------------

static bool name_passes(const struct walk *walk, const char *name)
{
    const struct command *cmd = walk->cmd;
    if (walk->include.kind == V_ARRAY && !items_like_any(walk->include, name))
        return false;
    return items_pass(cmd, name);
}

static bool kind_passes(const struct command *cmd, value item, const struct item_look *look, bool named)
{
    if (!named && is_set(cmd, DIRECTORY) != is_set(cmd, FILE_ONLY) &&
        is_set(cmd, DIRECTORY) != look->container)
        return false;
    unsigned bits = attributes_of_item(item);
    if ((is_set(cmd, HIDDEN) && !(bits & ATTRIBUTE_HIDDEN)) ||
        (is_set(cmd, READ_ONLY) && !(bits & ATTRIBUTE_READ_ONLY)) ||
        (is_set(cmd, SYSTEM) && !(bits & ATTRIBUTE_SYSTEM)))
        return false;
    return !cmd_bound(cmd, ATTRIBUTES) || attributes_match(value_text(cmd->arg[ATTRIBUTES]), bits);
}

static bool write_name(const struct walk *walk, const struct place *place)
{
    const char *shown = value_text(place->path);
    size_t skip = strlen(walk->prefix);
    value name;
    if (strncmp(shown, walk->prefix, skip) == 0)
        shown += skip;
    while (*shown == '/' && shown[1])
        shown++;
    return string_text(walk->cmd->in, shown, &name) && cmd_take(walk->cmd, name);
}

static bool needs_item(const struct command *cmd)
{
    return !is_set(cmd, NAME) || is_set(cmd, HIDDEN) || is_set(cmd, READ_ONLY) || is_set(cmd, SYSTEM) ||
           cmd_bound(cmd, ATTRIBUTES);
}

// named: the path said this very item, so that -File and -Directory do not count.
static bool show(const struct walk *walk, const struct place *place, const struct item_look *look, bool named)
{
    value item = value_void;
    struct command *cmd = walk->cmd;
    if (needs_item(cmd) && !place_item(cmd, place, &item))
        return false;
    bool go_on = true;
    if ((item.kind != V_VOID || !needs_item(cmd)) && kind_passes(cmd, item, look, named))
        go_on = is_set(cmd, NAME) ? write_name(walk, place) : cmd_write(cmd, item);
    value_drop(item);
    return go_on;
}

// --- Walking
// ----------------------------------------------------------------------------------------------------------

static bool walk_folder(struct walk *walk, const struct place *folder, uint64_t depth);

// Links are not followed unless asked, and never back into a folder that is being walked.
static bool may_enter(struct walk *walk, const struct place *place)
{
    struct stat stat;
    const char *path = value_text(place->path);
    if (!place->provider->hierarchical)
        return false;
    int flags = is_set(walk->cmd, FOLLOW) ? 0 : AT_SYMLINK_NOFOLLOW;
    if (fstatat(AT_FDCWD, path, &stat, flags) != 0 || !S_ISDIR(stat.st_mode))
        return false;
    size_t seen = walk->level < 256 ? walk->level : 256;
    for (size_t i = 0; i < seen; i++)
        if (walk->above[i].device == stat.st_dev && walk->above[i].inode == stat.st_ino)
            return false;
    if (walk->level < 256)
        walk->above[walk->level] = (struct folder_id){stat.st_dev, stat.st_ino};
    return true;
}

static bool show_child(struct walk *walk, const struct place *child, const char *name)
{
    struct item_look look;
    if (!name_passes(walk, name))
        return true;
    return place_look(walk->cmd, child, &look) && (!look.exists || show(walk, child, &look, false));
}

static bool enter(struct walk *walk, const struct place *child, uint64_t depth)
{
    if (!may_enter(walk, child))
        return true;
    walk->level++;
    bool go_on = walk_folder(walk, child, depth);
    walk->level--;
    return go_on;
}

static bool enter_children(struct walk *walk, const struct place *folder, value names, uint64_t depth)
{
    for (size_t i = 0; i < names.array->count; i++) {
        struct place child;
        if (!place_child(walk->cmd, folder, value_text(names.array->items[i]), &child))
            return false;
        bool go_on = enter(walk, &child, depth);
        place_drop(&child);
        if (!go_on)
            return false;
    }
    return true;
}

// With -Include or -Exclude PowerShell goes down at once instead of level after level.
static bool goes_down_first(const struct walk *walk)
{
    bool chooses = cmd_bound(walk->cmd, ITEM_INCLUDE) || cmd_bound(walk->cmd, ITEM_EXCLUDE) ||
                   walk->include.kind == V_ARRAY;
    return chooses && !is_set(walk->cmd, NAME);
}

static bool show_children(struct walk *walk, const struct place *folder, value names, uint64_t depth)
{
    bool down = depth > 0 && goes_down_first(walk);
    for (size_t i = 0; i < names.array->count; i++) {
        struct place child;
        const char *name = value_text(names.array->items[i]);
        if (cmd_stopped(walk->cmd) || !place_child(walk->cmd, folder, name, &child))
            return false;
        bool go_on = show_child(walk, &child, name) && (!down || enter(walk, &child, depth - 1));
        place_drop(&child);
        if (!go_on)
            return false;
    }
    return true;
}

static bool walk_folder(struct walk *walk, const struct place *folder, uint64_t depth)
{
    value names;
    if (!folder->provider->names(walk->cmd, folder->provider, value_text(folder->path), walk->force, &names))
        return false;
    bool go_on = show_children(walk, folder, names, depth) &&
                 (depth == 0 || goes_down_first(walk) || enter_children(walk, folder, names, depth - 1));
    value_drop(names);
    return go_on;
}

// --- Paths
// ------------------------------------------------------------------------------------------------------------

static size_t prefix_size(const struct place *place, bool container)
{
    const char *path = value_text(place->path);
    if (container || !place->provider->hierarchical)
        return strlen(path);
    return path_parent_size(path);
}

static bool walk_place(struct walk *walk, const struct place *place, bool from_wildcard)
{
    struct item_look look;
    value prefix;
    struct command *cmd = walk->cmd;
    bool recurse = walk->depth > 0;
    if (!place_look(cmd, place, &look))
        return false;
    bool into = look.container && (!from_wildcard || recurse);
    if (into && !from_wildcard && !recurse && cmd_bound(cmd, ITEM_INCLUDE))
        return true; // -Include speaks of the path's own last name, and a folder's content has none
    if (!string_new(cmd->in, value_text(place->path), prefix_size(place, into), &prefix))
        return false;
    walk->prefix = value_text(prefix);
    bool go_on;
    if (into)
        go_on = walk_folder(walk, place, walk->depth);
    else if (look.hidden && !walk->force && from_wildcard)
        go_on = true;
    else
        go_on = from_wildcard ? show_child(walk, place, path_leaf(value_text(place->path), &(size_t){0}))
                              : show(walk, place, &look, true);
    value_drop(prefix);
    return go_on;
}

static bool walk_places(struct walk *walk, const char *path, unsigned flags)
{
    struct places places = {0};
    bool wild = !(flags & PATH_LITERAL) && wildcard_has(path, strlen(path));
    bool go_on = places_of(walk->cmd, path, flags | (walk->force ? PATH_FORCE : 0), &places);
    for (size_t i = 0; go_on && i < places.count; i++)
        go_on = walk_place(walk, &places.items[i], wild);
    places_free(&places);
    return go_on;
}

// `dir x/*.txt -Recurse` looks for *.txt everywhere below x: the last name becomes an -Include.
static bool split_include(struct walk *walk, const char *path, value *ret_parent, bool *ret_split)
{
    size_t size;
    struct interp *in = walk->cmd->in;
    const char *leaf = path_leaf(path, &size);
    *ret_split = walk->depth > 0 && !cmd_bound(walk->cmd, ITEM_INCLUDE) && wildcard_has(leaf, size) &&
                 !(size == 1 && *leaf == '*') && !strchr(path, ':');
    if (!*ret_split)
        return true;
    value pattern;
    if (!string_new(in, leaf, size, &pattern))
        return false;
    bool ok = array_from(in, &pattern, 1, &walk->include);
    value_drop(pattern);
    size_t parent = (size_t)(leaf - path);
    return ok && string_new(in, parent ? path : ".", parent ? parent : 1, ret_parent);
}

static bool walk_path(struct walk *walk, const char *path, unsigned flags)
{
    value parent = value_null;
    bool split = false;
    bool go_on = (flags & PATH_LITERAL || split_include(walk, path, &parent, &split)) &&
                 walk_places(walk, split ? value_text(parent) : path, flags);
    value_drop(parent);
    value_drop(walk->include);
    walk->include = value_null;
    return go_on;
}

static uint64_t wanted_depth(const struct command *cmd)
{
    if (cmd_bound(cmd, DEPTH))
        return (uint32_t)cmd->arg[DEPTH].i;
    return is_set(cmd, RECURSE) ? UINT32_MAX : 0;
}

static bool walk_all(struct walk *walk)
{
    unsigned flags;
    value paths = items_paths(walk->cmd, &flags);
    if (paths.kind != V_ARRAY)
        return walk_path(walk, ".", PATH_LITERAL);
    for (size_t i = 0; i < paths.array->count; i++)
        if (paths.array->items[i].kind == V_STRING &&
            !walk_path(walk, value_text(paths.array->items[i]), flags))
            return false;
    return true;
}

static bool begin(struct command *cmd)
{
    if (!cmd_bound(cmd, ATTRIBUTES) || attributes_valid(value_text(cmd->arg[ATTRIBUTES])))
        return true;
    return cmd_throw(cmd, "CannotConvertArgumentNoMessage", CAT_InvalidArgument, cmd->arg[ATTRIBUTES],
                     "-Attributes takes names such as Directory, Hidden or ReadOnly, with ! + and comma.");
}

static bool process(struct command *cmd)
{
    struct walk *walk = mem_new(1, sizeof *walk);
    if (!walk)
        return throw_memory(cmd->in);
    walk->cmd = cmd;
    walk->depth = wanted_depth(cmd);
    walk->force = is_set(cmd, FORCE) || is_set(cmd, HIDDEN) ||
                  (cmd_bound(cmd, ATTRIBUTES) && attributes_name_hidden(value_text(cmd->arg[ATTRIBUTES])));
    bool go_on = items_no_credential(cmd) && walk_all(walk);
    mem_free(walk, sizeof *walk);
    return go_on;
}

const struct cmdlet cmdlet_get_childitem = {
    .params = params, .sets = sets, .begin = begin, .process = process};
