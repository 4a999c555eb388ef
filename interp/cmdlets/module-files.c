// Where modules lie.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interp/cmdlets/modules.h"
#include "interp/providers/path.h"

bool module_is_path(const char *name)
{
    return strpbrk(name, "/\\") != NULL || !strcmp(name, ".") || !strcmp(name, "..") || *name == '~';
}

bool module_whole_path(struct command *cmd, const char *path, value *ret)
{
    struct place place;
    bool found;
    *ret = value_null;
    if (!place_of(cmd, path, PATH_LITERAL | PATH_NEW | PATH_QUIET, &place, &found) || !found)
        return !found;
    *ret = place.provider->hierarchical ? value_keep(place.path) : value_null;
    place_drop(&place);
    return true;
}

bool module_entry(struct command *cmd, const char *path, enum module_entry *ret)
{
    struct place place;
    struct item_look look = {0};
    bool found;
    *ret = ENTRY_NONE;
    if (!place_of(cmd, path, PATH_LITERAL | PATH_NEW | PATH_QUIET, &place, &found) || !found)
        return !found;
    bool ok = place_look(cmd, &place, &look);
    place_drop(&place);
    if (ok && look.exists)
        *ret = look.container ? ENTRY_FOLDER : ENTRY_FILE;
    return ok;
}

static const char *const extensions[] = {".psd1", ".psm1", ".ps1", ".cdxml", ".dll"};

bool module_path_ends(const char *path, const char *end)
{
    size_t size = strlen(path), n = strlen(end);
    return size >= n && !strcasecmp(path + size - n, end);
}

static bool has_extension(const char *path)
{
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        if (module_path_ends(path, extensions[i]))
            return true;
    return false;
}

static bool keep_if_file(struct command *cmd, value path, value *ret)
{
    enum module_entry entry;
    if (!module_entry(cmd, value_text(path), &entry))
        return false;
    if (entry == ENTRY_FILE)
        *ret = value_keep(path);
    return true;
}

// base with each extension in turn. Script files count only where they are named.
static bool with_extension(struct command *cmd, const char *base, value *ret)
{
    for (size_t i = 0; ret->kind == V_NULL && i < 2; i++) {
        value path;
        if (!string_printf(cmd->in, &path, "%s%s", base, extensions[i]))
            return false;
        bool ok = keep_if_file(cmd, path, ret);
        value_drop(path);
        if (!ok)
            return false;
    }
    return true;
}

// --- Folders
// -------------------------------------------------------------------------------------------------------

static bool names_in(struct command *cmd, const char *folder, value *ret)
{
    value path, names;
    if (!string_text(cmd->in, folder, &path))
        return false;
    const struct named_arg args[] = {
        {"LiteralPath", path}, {"Name", value_true}, {"ErrorAction", enum_value(&type_action_preference, 4)}};
    bool ok = interp_call(cmd->in, cmdlet_id_of(cmdlet_find("Get-ChildItem", 13)), args, 3, NULL, 0, &names);
    value_drop(path);
    if (!ok)
        return value_set(&cmd->in->thrown, value_null), array_new(cmd->in, 0, ret);
    if (names.kind == V_ARRAY)
        return *ret = names, true;
    ok = array_from(cmd->in, &names, value_is_null(names) ? 0 : 1, ret);
    value_drop(names);
    return ok;
}

static int newest_first(const void *a, const void *b)
{
    const int32_t *x = (const int32_t *)a, *y = (const int32_t *)b;
    for (int i = 0; i < 4; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? 1 : -1;
    return 0;
}

// A name of four numbers at most, as a version prints itself.
static bool print_version(struct interp *in, const char *folder, const int32_t parts[4], const char *leaf,
                          value *ret)
{
    char text[64];
    int size = snprintf(text, sizeof text, "%d.%d", parts[0], parts[1]);
    for (int i = 2; i < 4 && parts[i] >= 0; i++)
        size += snprintf(text + size, sizeof text - (size_t)size, ".%d", parts[i]);
    return string_printf(in, ret, "%s/%s/%s", folder, text, leaf);
}

static bool version_fits(const struct module_wish *wish, const int32_t parts[4])
{
    struct version own = {0};
    memcpy(own.parts, parts, sizeof own.parts);
    return !wish || module_wish_fits(wish, (value){.kind = V_OBJECT, .object = &own.head});
}

// Folders named by versions, the newest that is wanted first.
static bool in_versions(struct command *cmd, const char *folder, const char *leaf,
                        const struct module_wish *wish, value *ret)
{
    enum { MOST = 64 };
    int32_t versions[MOST][4];
    size_t count = 0;
    value names;
    bool ok = names_in(cmd, folder, &names);
    for (size_t i = 0; ok && i < names.array->count && count < MOST; i++)
        if (names.array->items[i].kind == V_STRING &&
            version_parse(value_text(names.array->items[i]), names.array->items[i].string->size,
                          versions[count]) &&
            version_fits(wish, versions[count]))
            count++;
    if (!ok)
        return false;
    value_drop(names);
    qsort(versions, count, sizeof *versions, newest_first);
    for (size_t i = 0; ok && ret->kind == V_NULL && i < count; i++) {
        value base;
        ok = print_version(cmd->in, folder, versions[i], leaf, &base) &&
             with_extension(cmd, value_text(base), ret);
        if (ok)
            value_drop(base);
    }
    return ok;
}

static bool in_folder(struct command *cmd, const char *folder, const struct module_wish *wish, value *ret)
{
    size_t size;
    const char *leaf = path_leaf(folder, &size);
    value base, name;
    if (!string_new(cmd->in, leaf, size, &name))
        return false;
    bool ok = in_versions(cmd, folder, value_text(name), wish, ret);
    ok = ok && string_printf(cmd->in, &base, "%s/%s", folder, value_text(name));
    if (ok) {
        ok = ret->kind != V_NULL || with_extension(cmd, value_text(base), ret);
        value_drop(base);
    }
    value_drop(name);
    return ok;
}

bool module_file_at(struct command *cmd, const char *path, value *ret)
{
    enum module_entry entry;
    value whole;
    *ret = value_null;
    if (!module_whole_path(cmd, path, &whole))
        return false;
    if (value_is_null(whole))
        return true;
    bool ok = module_entry(cmd, value_text(whole), &entry);
    if (ok && entry == ENTRY_FILE)
        *ret = has_extension(value_text(whole)) ? value_keep(whole) : value_null;
    else if (ok && !has_extension(value_text(whole)))
        ok = with_extension(cmd, value_text(whole), ret) &&
             (ret->kind != V_NULL || entry != ENTRY_FOLDER || in_folder(cmd, value_text(whole), NULL, ret));
    value_drop(whole);
    return ok;
}

// --- $env:PSModulePath
// ---------------------------------------------------------------------------------------------

// The next folder of a list, $null behind the last.
static bool next_folder(struct command *cmd, const char **io_list, value *ret)
{
    *ret = value_null;
    while (**io_list == ':')
        ++*io_list;
    size_t size = strcspn(*io_list, ":");
    if (!size)
        return true;
    value text;
    if (!string_new(cmd->in, *io_list, size, &text))
        return false;
    *io_list += size;
    bool ok = module_whole_path(cmd, value_text(text), ret);
    value_drop(text);
    return ok && (ret->kind != V_NULL || next_folder(cmd, io_list, ret));
}

static value module_path(struct interp *in)
{
    const value *found = interp_get_variable(in, "env:PSModulePath");
    return found && found->kind == V_STRING ? value_keep(*found) : value_null;
}

bool module_file_named(struct command *cmd, const struct module_wish *wish, value *ret)
{
    value path = module_path(cmd->in), folder;
    *ret = value_null;
    if (value_is_null(path))
        return true;
    const char *at = value_text(path);
    bool ok = true;
    while (ok && ret->kind == V_NULL && (ok = next_folder(cmd, &at, &folder)) && folder.kind != V_NULL) {
        value inner;
        enum module_entry entry;
        ok = string_printf(cmd->in, &inner, "%s/%s", value_text(folder), value_text(wish->name));
        value_drop(folder);
        if (!ok)
            break;
        ok = module_entry(cmd, value_text(inner), &entry) &&
             (entry != ENTRY_FOLDER || in_folder(cmd, value_text(inner), wish, ret));
        value_drop(inner);
    }
    value_drop(path);
    return ok;
}

static bool add_files_of(struct command *cmd, const char *folder, value list)
{
    value names;
    if (!names_in(cmd, folder, &names))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < names.array->count; i++) {
        value inner, file = value_null;
        enum module_entry entry;
        if (names.array->items[i].kind != V_STRING)
            continue;
        ok = string_printf(cmd->in, &inner, "%s/%s", folder, value_text(names.array->items[i]));
        if (!ok)
            break;
        ok = module_entry(cmd, value_text(inner), &entry) &&
             (entry != ENTRY_FOLDER || in_folder(cmd, value_text(inner), NULL, &file));
        ok = ok && (file.kind == V_NULL || list_add(cmd->in, list.array, file));
        value_drop(file);
        value_drop(inner);
    }
    value_drop(names);
    return ok;
}

bool module_files(struct command *cmd, value *ret)
{
    value path = module_path(cmd->in), folder, list;
    if (!list_new(cmd->in, NULL, &list))
        return value_drop(path), false;
    const char *at = path.kind == V_STRING ? value_text(path) : "";
    bool ok = true;
    while (ok && (ok = next_folder(cmd, &at, &folder)) && folder.kind != V_NULL) {
        ok = add_files_of(cmd, value_text(folder), list);
        value_drop(folder);
    }
    value_drop(path);
    if (!ok)
        return value_drop(list), false;
    return *ret = list, true;
}

bool module_name_of(struct interp *in, value path, value *ret)
{
    size_t size;
    const char *leaf = path_leaf(value_text(path), &size), *dot = NULL;
    for (size_t i = 0; i < size; i++)
        if (leaf[i] == '.')
            dot = leaf + i;
    return string_new(in, leaf, dot && dot > leaf ? (size_t)(dot - leaf) : size, ret);
}
