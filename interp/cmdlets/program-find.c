// Which file a command name means.
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interp/cmdlets/program.h"
#include "interp/providers/environment.h"
#include "interp/providers/path.h"

static bool is_program(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISREG(found.st_mode) && access(path, X_OK) == 0;
}

// A drive's root may be any folder.
bool program_folder(struct interp *in, value *ret_folder)
{
    const struct drive *drive = drive_current(in);
    if (!drive || drive->provider != PROVIDER_filesystem)
        return string_text(in, "/", ret_folder);
    const char *root = value_text(drive->root), *current = value_text(drive->current);
    size_t size = strlen(root);
    const char *between = size && root[size - 1] == '/' ? "" : "/";
    return string_printf(in, ret_folder, "%s%s%s", root, *current ? between : "", current);
}

static bool along_path(struct interp *in, const char *name, value *ret)
{
    const char *at = environment_get(in, "PATH");
    while (at && *at) {
        size_t size = strcspn(at, ":");
        if (size && !string_printf(in, ret, "%.*s/%s", (int)size, at, name))
            return false;
        if (size && is_program(value_text(*ret)))
            return true;
        if (size)
            value_drop(*ret);
        at += size + (at[size] == ':');
    }
    return false;
}

static bool by_path(struct interp *in, const char *name, value *ret)
{
    struct command quiet = {.in = in, .class_name = ""};
    struct place place;
    bool found = false;
    if (!place_of(&quiet, name, PATH_LITERAL | PATH_QUIET, &place, &found) || !found)
        return false;
    bool ok = place.provider->hierarchical && is_program(value_text(place.path));
    if (ok)
        *ret = value_keep(place.path);
    place_drop(&place);
    return ok;
}

bool program_find(struct interp *in, const char *name, value *ret_path)
{
    if (!*name || !drives_start(in) || !provider_visible(in, PROVIDER_filesystem))
        return false;
    if (strchr(name, '/') || *name == '~')
        return by_path(in, name, ret_path);
    return along_path(in, name, ret_path);
}
