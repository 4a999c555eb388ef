#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/utf8.h"
#include "interp/cmdlets/drives.h"
#include "interp/eval/interp.h"
#include "interp/eval/names.h"
#include "interp/providers/locations.h"

enum { NAME, PS_PROVIDER, ROOT, DESCRIPTION, SCOPE, PERSIST, CREDENTIAL };

static const struct param params[] = {
    {"Name", "string", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"PSProvider", "string", NULL, 1, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"Root", "string", NULL, 2, PARAM_MANDATORY | PARAM_PROPERTY | PARAM_ALLOW_EMPTY, 0},
    {"Description", "string", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {"Scope", "string", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {"Persist", "switch", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {"Credential", "object", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {0},
};

static bool find_provider(const struct interp *in, const char *name, enum provider_id *ret)
{
    const char *leaf = strrchr(name, '\\');
    size_t size = strlen(leaf = leaf ? leaf + 1 : name);
    for (unsigned i = 0; i < PROVIDERS; i++) {
        const char *own = provider_table[i]->name;
        *ret = (enum provider_id)i;
        if (provider_visible(in, *ret) && utf8_same_ignore_case(own, strlen(own), leaf, size))
            return true;
    }
    return false;
}

// Where the root stands: of files an absolute folder, which may be named by another drive.
static bool folder_root(struct command *cmd, value root, value *ret, bool *ret_found)
{
    struct places places = {0};
    struct stat stat;
    const char *text = value_text(root);
    *ret = value_null, *ret_found = false;
    if (!path_is_rooted(text, root.string->size))
        return true;
    bool ok = places_of(cmd, text, PATH_LITERAL | PATH_QUIET, &places);
    if (ok && places.count) {
        *ret = value_keep(*text == '/' ? root : places.items[0].path);
        *ret_found = fstatat(AT_FDCWD, value_text(*ret), &stat, 0) == 0 && S_ISDIR(stat.st_mode);
    }
    return places_free(&places), ok;
}

static bool make(struct command *cmd, enum provider_id provider, value root)
{
    value info;
    const char *name = value_text(cmd->arg[NAME]);
    const char *about = cmd_bound(cmd, DESCRIPTION) ? value_text(cmd->arg[DESCRIPTION]) : "";
    struct scope *scope =
        cmd_bound(cmd, SCOPE) ? scope_find(cmd->in, value_text(cmd->arg[SCOPE])) : cmd->in->scope;
    if (!scope || !drive_add(cmd->in, name, provider, value_text(root), about))
        return false;
    struct drive *drive = drive_find(cmd->in, name, strlen(name));
    drive->scope = scope == cmd->in->global ? NULL : scope;
    return drive_info_new(cmd->in, drive, &info) && cmd_take(cmd, info);
}

static bool process(struct command *cmd)
{
    const char *name = value_text(cmd->arg[NAME]);
    enum provider_id provider;
    value root;
    bool yes, found = true;
    if (!find_provider(cmd->in, value_text(cmd->arg[PS_PROVIDER]), &provider))
        return cmd_throw(cmd, "ProviderNotFound", CAT_ObjectNotFound, cmd->arg[PS_PROVIDER],
                         "There is no provider '%s'.", value_text(cmd->arg[PS_PROVIDER]));
    if (!drive_agreed(cmd, cmd->arg[NAME], provider, cmd->arg[ROOT], "New drive", &yes))
        return false;
    if (!yes)
        return true;
    if (strpbrk(name, ":/\\~.*?"))
        return cmd_throw(cmd, "Argument", CAT_InvalidArgument, value_null, "'%s' cannot name a drive.", name);
    if (drive_find(cmd->in, name, strlen(name)))
        return cmd_throw(cmd, "DriveAlreadyExists", CAT_ResourceExists, cmd->arg[NAME],
                         "There is a drive '%s' already.", name);
    if (provider != PROVIDER_filesystem)
        root = value_keep(cmd->arg[ROOT]);
    else if (!folder_root(cmd, cmd->arg[ROOT], &root, &found))
        return false;
    bool ok = found ? make(cmd, provider, root)
                    : cmd_throw(cmd, "DriveRootError", CAT_ReadError, cmd->arg[ROOT],
                                "'%s' is no folder that a drive can begin at.", value_text(cmd->arg[ROOT]));
    return value_drop(root), ok;
}

const struct cmdlet cmdlet_new_psdrive = {
    .params = params, .properties = CMDLET_SHOULD_PROCESS, .impact = ASKS_LOW, .process = process};
