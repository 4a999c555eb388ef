// FileSystem: making, removing and renaming.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/fd.h"
#include "interp/eval/interp.h"
#include "interp/providers/drives.h"
#include "interp/providers/files.h"
#include "interp/providers/path.h"

// --- New-Item
// -------------------------------------------------------------------------------------------------------

enum new_kind { NEW_FILE, NEW_FOLDER, NEW_SYMLINK, NEW_HARDLINK, NEW_UNKNOWN };

// Any beginning of the name does: -ItemType d.
static enum new_kind new_kind(const char *type)
{
    static const struct {
        const char *name;
        enum new_kind kind;
    } kinds[] = {
        {"directory", NEW_FOLDER}, {"container", NEW_FOLDER},     {"file", NEW_FILE},
        {"leaf", NEW_FILE},        {"symboliclink", NEW_SYMLINK}, {"hardlink", NEW_HARDLINK},
        {"junction", NEW_SYMLINK},
    };
    if (!type || !*type)
        return NEW_FILE;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strncasecmp(kinds[i].name, type, strlen(type)) == 0)
            return kinds[i].kind;
    return strcasecmp(type, "dir") == 0 ? NEW_FOLDER : NEW_UNKNOWN;
}

static const struct file_error new_error = {"NewItemUnauthorizedAccessError", "NewItemIOError",
                                            CAT_WriteError};
static const struct file_error folder_error = {"CreateDirectoryUnauthorizedAccessError",
                                               "CreateDirectoryIOError", CAT_WriteError};

// Every folder of the path that is not there yet; errno says why not.
static bool make_each(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool made = mkdirat(AT_FDCWD, path, 0777) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made)
            return false;
    }
    return true;
}

bool file_make_parents(const char *path)
{
    struct buf copy = BUF_INIT;
    bool ok = buf_add_text(&copy, path) && make_each(copy.data);
    int errnum = errno;
    buf_free(&copy);
    errno = errnum;
    return ok;
}

static bool new_folder(struct command *cmd, const char *path, struct change *how)
{
    struct stat stat;
    value target;
    if (file_make_parents(path) && mkdirat(AT_FDCWD, path, 0777) == 0)
        return true;
    if (errno != EEXIST)
        return file_report(cmd, how, &folder_error, errno, path);
    bool folder = fstatat(AT_FDCWD, path, &stat, 0) == 0 && S_ISDIR(stat.st_mode);
    if (folder && how->flags & ITEM_FORCE)
        return true;
    if (!string_text(cmd->in, path, &target))
        return false;
    how->failed = true;
    bool go_on = cmd_error(cmd, "DirectoryExist", CAT_ResourceExists, target, "'%s' exists already.", path);
    value_drop(target);
    return go_on;
}

static bool write_value(struct command *cmd, int fd, value v, const char *path, struct change *how)
{
    value text;
    if (value_is_null(v))
        return true;
    if (!value_to_string(cmd->in, v, &text))
        return false;
    bool written = fd_write_all(fd, value_text(text), text.string->size);
    int errnum = errno;
    value_drop(text);
    return written || file_report(cmd, how, &new_error, errnum, path);
}

static bool new_file(struct command *cmd, const char *path, value v, struct change *how)
{
    int access = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | (how->flags & ITEM_FORCE ? O_TRUNC : O_EXCL);
    if (how->flags & ITEM_FORCE && !file_make_parents(path))
        return file_report(cmd, how, &folder_error, errno, path);
    int fd = openat(AT_FDCWD, path, access, 0666);
    if (fd < 0)
        return file_report(cmd, how, &new_error, errno, path);
    bool go_on = write_value(cmd, fd, v, path, how);
    close(fd);
    return go_on;
}

static bool link_exists(struct command *cmd, const char *path, struct change *how)
{
    value target;
    if (!string_text(cmd->in, path, &target))
        return false;
    how->failed = true;
    bool go_on = cmd_error(cmd, "SymLinkExists", CAT_ResourceExists, target, "'%s' exists already.", path);
    value_drop(target);
    return go_on;
}

static bool hard_link(struct command *cmd, const char *target, const char *path, struct change *how)
{
    struct place place;
    bool found;
    value shown;
    if (!place_of(cmd, target, PATH_LITERAL, &place, &found) || !found)
        return false;
    int done = linkat(AT_FDCWD, value_text(place.path), AT_FDCWD, path, 0), errnum = errno;
    place_drop(&place);
    if (done == 0)
        return true;
    if (errnum != ENOENT)
        return file_report(cmd, how, &new_error, errnum, path);
    if (!string_text(cmd->in, target, &shown))
        return false;
    how->failed = true;
    bool go_on = cmd_error(cmd, "ItemNotFound", CAT_ObjectNotFound, shown,
                           "There is no item '%s' to link to.", target);
    value_drop(shown);
    return go_on;
}

static bool new_link(struct command *cmd, const char *path, enum new_kind kind, value v, struct change *how)
{
    struct stat stat;
    value target;
    bool there = fstatat(AT_FDCWD, path, &stat, AT_SYMLINK_NOFOLLOW) == 0;
    if (there && !(how->flags & ITEM_FORCE))
        return link_exists(cmd, path, how);
    if (there && unlinkat(AT_FDCWD, path, S_ISDIR(stat.st_mode) ? AT_REMOVEDIR : 0) != 0)
        return file_report(cmd, how, &new_error, errno, path);
    if (!value_to_string(cmd->in, v, &target))
        return false;
    bool go_on = true;
    if (!*value_text(target))
        how->failed = true,
        go_on = cmd_error(cmd, "ArgumentNull", CAT_InvalidArgument, value_null, "A link needs a -Target.");
    else if (kind == NEW_HARDLINK)
        go_on = hard_link(cmd, value_text(target), path, how);
    else if (symlinkat(value_text(target), AT_FDCWD, path) != 0)
        go_on = file_report(cmd, how, &new_error, errno, path);
    value_drop(target);
    return go_on;
}

bool files_create(struct command *cmd, const struct provider *self, const char *path, const char *type,
                  value v, struct change *how)
{
    enum new_kind kind = new_kind(type);
    (void)self;
    if (kind == NEW_UNKNOWN)
        return how->failed = true,
               cmd_error(cmd, "Argument", CAT_InvalidArgument, value_null,
                         "'%s' is not a type of item here: File, Directory, SymbolicLink or HardLink.", type);
    if (kind == NEW_FOLDER)
        return new_folder(cmd, path, how);
    return kind == NEW_FILE ? new_file(cmd, path, v, how) : new_link(cmd, path, kind, v, how);
}

// --- Remove-Item
// ------------------------------------------------------------------------------------------------------

static const struct file_error remove_error = {"RemoveFileSystemItemUnAuthorizedAccess",
                                               "RemoveFileSystemItemIOError", CAT_WriteError};

static bool is_empty(const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *entry;
    bool empty = true;
    if (!dir)
        return true; // unlinkat will say what is wrong
    while (empty && (entry = readdir(dir)))
        empty = !strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..");
    closedir(dir);
    return empty;
}

static bool remove_children(struct command *cmd, const struct provider *self, const char *path,
                            struct change *how)
{
    value names;
    if (!files_names(cmd, self, path, true, &names))
        return false;
    bool go_on = true;
    for (size_t i = 0; go_on && i < names.array->count; i++) {
        value child;
        const char *name = value_text(names.array->items[i]);
        go_on = string_printf(cmd->in, &child, "%s/%s", path, name) && !cmd_stopped(cmd);
        if (go_on) {
            go_on = files_remove(cmd, self, value_text(child), how);
            value_drop(child);
        }
    }
    value_drop(names);
    return go_on;
}

// The folder that the session stands in, or one above it, cannot go.
static bool holds_location(const struct interp *in, const char *path)
{
    const struct drive *drive = in->drives->current;
    if (drive->provider != PROVIDER_filesystem)
        return false;
    struct buf at = BUF_INIT;
    buf_add_text(&at, value_text(drive->root));
    if (at.size > 0 && at.data[at.size - 1] != '/')
        buf_add_char(&at, '/');
    buf_add_text(&at, value_text(drive->current));
    buf_add_char(&at, '/');
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    bool held = !at.failed && at.size > size && strncmp(at.data, path, size) == 0 && at.data[size] == '/';
    buf_free(&at);
    return held;
}

static bool refused(struct command *cmd, const char *path, const struct stat *stat, struct change *how,
                    bool *ret_refused)
{
    bool folder = S_ISDIR(stat->st_mode);
    *ret_refused = true;
    if (folder && holds_location(cmd->in, path))
        return how->failed = true, cmd_error(cmd, "InvalidOperation", CAT_InvalidOperation, value_null,
                                             "'%s' is in use: the session's location is there.", path);
    if (!(how->flags & ITEM_FORCE) && !S_ISLNK(stat->st_mode) &&
        (file_is_hidden(path) || file_is_read_only(stat)))
        return how->failed = true, cmd_error(cmd, remove_error.denied, CAT_PermissionDenied, value_null,
                                             "'%s' is hidden or read-only; -Force removes it.", path);
    if (folder && !(how->flags & ITEM_RECURSE) && !is_empty(path))
        return how->failed = true,
               cmd_error(cmd, "InvalidOperation", CAT_InvalidOperation, value_null,
                         "'%s' is not empty; -Recurse removes it with what it holds.", path);
    *ret_refused = false;
    return true;
}

bool files_remove(struct command *cmd, const struct provider *self, const char *path, struct change *how)
{
    struct stat stat;
    bool no;
    if (fstatat(AT_FDCWD, path, &stat, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? (how->failed = true, place_not_found(cmd, path))
                               : file_report(cmd, how, &remove_error, errno, path);
    if (!refused(cmd, path, &stat, how, &no))
        return false;
    if (no)
        return true;
    bool folder = S_ISDIR(stat.st_mode);
    if (folder && how->flags & ITEM_RECURSE && !remove_children(cmd, self, path, how))
        return false;
    if (unlinkat(AT_FDCWD, path, folder ? AT_REMOVEDIR : 0) == 0)
        return true;
    return file_report(cmd, how, &remove_error, errno, path);
}

// --- Rename-Item
// --------------------------------------------------------------------------------------------------------

// A new name is a name, or a path in the same folder.
static const char *plain_name(const char *path, const char *name)
{
    size_t parent = path_parent_size(path), size;
    if (strncmp(name, "./", 2) == 0)
        name += 2;
    if (!strchr(name, '/'))
        return name;
    const char *leaf = path_leaf(name, &size);
    return path_parent_size(name) == parent && strncmp(name, path, parent) == 0 ? leaf : NULL;
}

bool files_rename(struct command *cmd, const struct provider *self, const char *path, const char *name,
                  struct change *how)
{
    static const struct file_error failed = {"RenameItemUnauthorizedAccessError", "RenameItemIOError",
                                             CAT_WriteError};
    const char *plain = plain_name(path, name);
    struct buf to = BUF_INIT;
    (void)self;
    if (!plain)
        return how->failed = true, cmd_error(cmd, "Argument", CAT_InvalidArgument, value_null,
                                             "'%s' is not a name; Move-Item moves to another folder.", name);
    buf_add(&to, path, path_parent_size(path));
    if (to.size > 1)
        buf_add_char(&to, '/');
    buf_add_text(&to, plain);
    bool go_on = to.failed ? throw_full(cmd->in, &to) : true;
    int errnum = go_on && strcmp(path, to.data) != 0 ? file_rename(path, to.data, false) : 0;
    if (errnum != 0)
        go_on = file_report(cmd, how, &failed, errnum, path);
    buf_free(&to);
    return go_on;
}
