#include <string.h>

#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"
#include "interp/providers/locations.h"

enum { PATH, LITERAL_PATH, RELATIVE, BASE_PATH, FORCE, CREDENTIAL };

static const struct param params[] = {
    {"Path", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, ITEM_SET_PATH},
    {"LiteralPath", "string[]", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, ITEM_SET_LITERAL},
    {"Relative", "switch", NULL, PARAM_NAMED, 0, ITEM_SET_PATH | ITEM_SET_LITERAL},
    {"RelativeBasePath", "string", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Credential", "pscredential", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {0},
};

static enum provider_id number_of(const struct provider *provider)
{
    int id = 0;
    while (provider_table[id] != provider)
        id++;
    return (enum provider_id)id;
}

static bool write_info(struct command *cmd, const struct place *place)
{
    value info;
    return path_info_new(cmd->in, place->drive, number_of(place->provider), place->shown, place->path,
                         &info) &&
           cmd_take(cmd, info);
}

static size_t trimmed(const char *path)
{
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    return size;
}

static size_t slashes(const char *text, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += text[i] == '/';
    return count;
}

// Bytes of the deepest folder that holds both; never the whole target, so that the result names it.
static size_t common_folder(const char *base, size_t base_size, const char *target, size_t target_size)
{
    size_t common = 0;
    for (size_t i = 0; i < base_size && i < target_size && base[i] == target[i]; i++)
        if ((i + 1 == base_size || base[i + 1] == '/') && i + 1 < target_size &&
            (target[i + 1] == '/' || base_size == 1))
            common = i + 1;
    return common;
}

static void add_relative(struct buf *out, const char *base, const char *target)
{
    size_t base_size = trimmed(base), target_size = trimmed(target);
    size_t common = common_folder(base, base_size, target, target_size);
    size_t ups = common == base_size ? 0 : slashes(base + common, base_size - common);
    if (base_size == 1)
        ups = 0;
    if (ups == 0)
        buf_add_text(out, "./");
    for (size_t i = 0; i < ups; i++)
        buf_add_text(out, "../");
    const char *rest = target + common;
    size_t rest_size = target_size - common;
    while (rest_size && *rest == '/')
        rest++, rest_size--;
    buf_add(out, rest, rest_size);
}

static bool write_relative(struct command *cmd, const struct place *place, const char *base)
{
    struct buf out = BUF_INIT;
    value text;
    add_relative(&out, base, value_text(place->path));
    bool go_on = out.failed ? throw_full(cmd->in, &out) : string_new(cmd->in, out.data, out.size, &text);
    buf_free(&out);
    return go_on && cmd_take(cmd, text);
}

// The folder that relative paths start from and -Relative refers to.
static bool base_of(struct command *cmd, struct place *ret_base, bool *ret_found)
{
    value location;
    if (cmd_bound(cmd, BASE_PATH))
        return place_of(cmd, value_text(cmd->arg[BASE_PATH]), 0, ret_base, ret_found);
    if (!location_show(cmd->in, drive_current(cmd->in), &location))
        return false;
    bool go_on = place_of(cmd, value_text(location), 0, ret_base, ret_found);
    value_drop(location);
    return go_on;
}

static bool write_all(struct command *cmd, const char *path, unsigned flags, const struct place *base)
{
    struct places places = {0};
    bool go_on = places_of(cmd, path, flags | (cmd_switch(cmd, FORCE) ? PATH_FORCE : 0), &places);
    for (size_t i = 0; go_on && i < places.count; i++)
        go_on = cmd_switch(cmd, RELATIVE) ? write_relative(cmd, &places.items[i], value_text(base->path))
                                          : write_info(cmd, &places.items[i]);
    places_free(&places);
    return go_on;
}

static bool resolve(struct command *cmd, value path, unsigned flags, const struct place *base)
{
    value joined;
    if (!cmd_bound(cmd, BASE_PATH) || path_is_rooted(value_text(path), path.string->size))
        return write_all(cmd, value_text(path), flags, base);
    if (!string_printf(cmd->in, &joined, "%s/%s", value_text(base->shown), value_text(path)))
        return false;
    bool go_on = write_all(cmd, value_text(joined), flags, base);
    value_drop(joined);
    return go_on;
}

static bool process(struct command *cmd)
{
    bool literal = cmd_bound(cmd, LITERAL_PATH), found = true,
         needed = cmd_bound(cmd, BASE_PATH) || cmd_switch(cmd, RELATIVE);
    value paths = cmd->arg[literal ? LITERAL_PATH : PATH];
    struct place base = {0};
    if (needed && !base_of(cmd, &base, &found))
        return false;
    bool go_on = true;
    for (size_t i = 0; found && go_on && i < paths.array->count; i++)
        go_on = resolve(cmd, paths.array->items[i], literal ? PATH_LITERAL : 0, &base);
    place_drop(&base);
    return go_on;
}

const struct cmdlet cmdlet_resolve_path = {.params = params, .sets = item_sets, .process = process};
