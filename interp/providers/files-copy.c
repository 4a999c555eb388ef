// FileSystem: copying and moving.
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "interp/eval/interp.h"
#include "interp/providers/files.h"
#include "interp/providers/path.h"

enum { COPY_BLOCK = 65536 };

static const struct file_error copy_error = {"CopyFileInfoItemUnauthorizedAccessError", "CopyFileInfoItemIOError",
                                             CAT_WriteError};
static const struct file_error move_error = {"MoveFileInfoItemUnauthorizedAccessError", "MoveFileInfoItemIOError",
                                             CAT_WriteError};
static const struct file_error move_folder_error = {"MoveDirectoryItemUnauthorizedAccessError",
                                                    "MoveDirectoryItemIOError", CAT_WriteError};

static bool is_folder(const char *path)
{
    struct stat stat;
    return fstatat(AT_FDCWD, path, &stat, 0) == 0 && S_ISDIR(stat.st_mode);
}

// folder + "/" + the last name of path; with it goes the memory.
static bool inside(struct interp *in, const char *folder, const char *path, value *ret)
{
    size_t size, length = strlen(folder);
    const char *leaf = path_leaf(path, &size);
    return string_printf(in, ret, "%s%s%.*s", folder, folder[length - 1] == '/' ? "" : "/", (int)size, leaf);
}

// --- Copying ----------------------------------------------------------------------------------------------------------

static bool copy_bytes(int from, int to, int *ret_errnum, const struct command *cmd)
{
    char block[COPY_BLOCK];
    ssize_t size;
    while ((size = read(from, block, sizeof block)) != 0) {
        if (cmd_stopped(cmd))
            return *ret_errnum = EINTR, false;
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0 || !fd_write_all(to, block, (size_t)size))
            return *ret_errnum = errno, false;
    }
    return true;
}

static int open_target(const char *to, mode_t mode, unsigned flags)
{
    int how = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    int fd = openat(AT_FDCWD, to, how, mode & 0777);
    if (fd < 0 && errno == EACCES && flags & ITEM_FORCE && fchmodat(AT_FDCWD, to, 0600 | (mode & 0777), 0) == 0)
        fd = openat(AT_FDCWD, to, how, mode & 0777);
    return fd;
}

static bool same_file(const struct stat *from, const char *to)
{
    struct stat stat;
    return fstatat(AT_FDCWD, to, &stat, 0) == 0 && stat.st_dev == from->st_dev && stat.st_ino == from->st_ino;
}

static int copy_open(struct command *cmd, int from, const struct stat *stat, const char *to, unsigned flags)
{
    int errnum = 0;
    if (!S_ISREG(stat->st_mode))
        return EINVAL; // devices and pipes have no end
    if (same_file(stat, to))
        return EEXIST;
    int fd = open_target(to, stat->st_mode, flags);
    if (fd < 0)
        return errno;
    copy_bytes(from, fd, &errnum, cmd);
    close(fd);
    return errnum;
}

static int copy_plain(struct command *cmd, const char *from, const char *to, unsigned flags) // errno, or 0
{
    struct stat stat;
    int fd = openat(AT_FDCWD, from, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return errno;
    int errnum = fstatat(fd, "", &stat, AT_EMPTY_PATH) == 0 ? copy_open(cmd, fd, &stat, to, flags) : errno;
    close(fd);
    return errnum;
}

static bool copy_file(struct command *cmd, const char *from, const char *to, unsigned flags)
{
    value target = value_null;
    if (is_folder(to)) {
        if (!inside(cmd->in, to, from, &target))
            return false;
        to = value_text(target);
    }
    int errnum = copy_plain(cmd, from, to, flags);
    bool go_on = errnum == 0 || file_report(cmd, &copy_error, errnum, to);
    value_drop(target);
    return go_on && !cmd_stopped(cmd);
}

static bool copy_tree(struct command *cmd, const struct provider *self, const char *from, const char *to,
                      unsigned flags);

static bool copy_child(struct command *cmd, const struct provider *self, const char *from, const char *to,
                       unsigned flags)
{
    value target;
    if (!is_folder(from))
        return copy_file(cmd, from, to, flags);
    if (flags & ITEM_FLATTEN)
        return copy_tree(cmd, self, from, to, flags);
    if (!inside(cmd->in, to, from, &target))
        return false;
    bool go_on = copy_tree(cmd, self, from, value_text(target), flags);
    value_drop(target);
    return go_on;
}

static bool copy_children(struct command *cmd, const struct provider *self, const char *from, const char *to,
                          unsigned flags)
{
    value names, child;
    if (!files_names(cmd, self, from, flags & ITEM_FORCE, &names))
        return false;
    bool go_on = true;
    for (size_t i = 0; go_on && i < names.array->count; i++) {
        go_on = string_printf(cmd->in, &child, "%s/%s", from, value_text(names.array->items[i]));
        if (go_on) {
            go_on = copy_child(cmd, self, value_text(child), to, flags);
            value_drop(child);
        }
    }
    value_drop(names);
    return go_on;
}

static bool within(const char *folder, const char *path) // path is folder or below it
{
    size_t size = strlen(folder);
    while (size > 1 && folder[size - 1] == '/')
        size--;
    return strncmp(folder, path, size) == 0 && (path[size] == '/' || !path[size]);
}

static bool copy_tree(struct command *cmd, const struct provider *self, const char *from, const char *to,
                      unsigned flags)
{
    static const struct file_error failed = {"CopyDirectoryInfoItemUnauthorizedAccessError",
                                             "CopyDirectoryInfoItemIOError", CAT_WriteError};
    if (flags & ITEM_RECURSE && within(from, to))
        return file_report(cmd, &failed, EINVAL, to); // a folder into itself would never end
    if (mkdirat(AT_FDCWD, to, 0777) != 0 && (errno != EEXIST || !is_folder(to)))
        return file_report(cmd, &failed, errno, to);
    return !(flags & ITEM_RECURSE) || copy_children(cmd, self, from, to, flags);
}

bool files_copy(struct command *cmd, const struct provider *self, const char *from, const char *to, unsigned flags)
{
    struct stat stat;
    value target = value_null;
    if (!is_folder(from))
        return copy_file(cmd, from, to, flags);
    bool there = fstatat(AT_FDCWD, to, &stat, 0) == 0;
    if (there && !S_ISDIR(stat.st_mode))
        return cmd_error(cmd, "CopyContainerItemToLeafError", CAT_InvalidArgument, value_null,
                         "'%s' is a folder and '%s' is a file.", from, to);
    if (there && !(flags & ITEM_FLATTEN)) {
        if (!inside(cmd->in, to, from, &target))
            return false;
        to = value_text(target);
    }
    bool go_on = copy_tree(cmd, self, from, to, flags);
    value_drop(target);
    return go_on;
}

// --- Moving -----------------------------------------------------------------------------------------------------------

static bool move_one(struct command *cmd, const struct provider *self, const char *from, const char *to,
                     unsigned flags);

static bool merge_child(struct command *cmd, const struct provider *self, const char *from, const char *to,
                        const char *name, unsigned flags)
{
    value source, target;
    if (!string_printf(cmd->in, &source, "%s/%s", from, name))
        return false;
    bool go_on = string_printf(cmd->in, &target, "%s/%s", to, name);
    if (go_on) {
        go_on = move_one(cmd, self, value_text(source), value_text(target), flags);
        value_drop(target);
    }
    value_drop(source);
    return go_on;
}

// The folder to move to has one of that name already: what is in it moves there.
static bool merge(struct command *cmd, const struct provider *self, const char *from, const char *to, unsigned flags)
{
    value names;
    if (!files_names(cmd, self, from, true, &names))
        return false;
    bool go_on = true;
    for (size_t i = 0; go_on && i < names.array->count; i++)
        go_on = merge_child(cmd, self, from, to, value_text(names.array->items[i]), flags);
    value_drop(names);
    if (go_on && unlinkat(AT_FDCWD, from, AT_REMOVEDIR) != 0)
        return file_report(cmd, &move_folder_error, errno, from);
    return go_on;
}

// Another file system: copy, then remove what was copied.
static bool move_across(struct command *cmd, const struct provider *self, const char *from, const char *to,
                        unsigned flags, bool folder)
{
    size_t before = cmd->in->errors.kind == V_LIST ? cmd->in->errors.array->count : 0;
    bool go_on = folder ? copy_tree(cmd, self, from, to, flags | ITEM_RECURSE | ITEM_FORCE)
                        : copy_file(cmd, from, to, flags);
    size_t after = cmd->in->errors.kind == V_LIST ? cmd->in->errors.array->count : 0;
    return go_on && (after != before || files_remove(cmd, self, from, ITEM_RECURSE | ITEM_FORCE));
}

static bool move_one(struct command *cmd, const struct provider *self, const char *from, const char *to,
                     unsigned flags)
{
    struct stat stat;
    if (fstatat(AT_FDCWD, from, &stat, AT_SYMLINK_NOFOLLOW) != 0)
        return file_report(cmd, &move_error, errno, from);
    bool folder = S_ISDIR(stat.st_mode);
    const struct file_error *failed = folder ? &move_folder_error : &move_error;
    if (folder && is_folder(to))
        return merge(cmd, self, from, to, flags);
    if (folder && within(from, to))
        return file_report(cmd, failed, EINVAL, to);
    int errnum = file_rename(from, to, flags & ITEM_FORCE);
    if (errnum == EXDEV)
        return move_across(cmd, self, from, to, flags, folder);
    return errnum == 0 || file_report(cmd, failed, errnum, to);
}

bool files_move(struct command *cmd, const struct provider *self, const char *from, const char *to, unsigned flags)
{
    value target = value_null;
    if (is_folder(to)) {
        if (!inside(cmd->in, to, from, &target))
            return false;
        to = value_text(target);
    }
    bool go_on = move_one(cmd, self, from, to, flags);
    value_drop(target);
    return go_on;
}
