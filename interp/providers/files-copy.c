// FileSystem: copying and moving.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "interp/eval/interp.h"
#include "interp/providers/files.h"
#include "interp/providers/path.h"

enum { COPY_BLOCK = 65536 };

struct copying {
    struct command *cmd;
    const struct provider *self;
    struct change *how; // where it failed, what was not copied must not be removed
};

static const struct file_error copy_error = {"CopyFileInfoItemUnauthorizedAccessError",
                                             "CopyFileInfoItemIOError", CAT_WriteError};
static const struct file_error move_error = {"MoveFileInfoItemUnauthorizedAccessError",
                                             "MoveFileInfoItemIOError", CAT_WriteError};
static const struct file_error move_folder_error = {"MoveDirectoryItemUnauthorizedAccessError",
                                                    "MoveDirectoryItemIOError", CAT_WriteError};

static bool report(struct copying *c, const struct file_error *error, int errnum, const char *path)
{
    return file_report(c->cmd, c->how, error, errnum, path);
}

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

// --- Copying
// ----------------------------------------------------------------------------------------------------------

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
    if (fd < 0 && errno == EACCES && flags & ITEM_FORCE &&
        fchmodat(AT_FDCWD, to, 0600 | (mode & 0777), 0) == 0)
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

static bool copy_file(struct copying *c, const char *from, const char *to)
{
    value target = value_null;
    if (is_folder(to)) {
        if (!inside(c->cmd->in, to, from, &target))
            return false;
        to = value_text(target);
    }
    int errnum = copy_plain(c->cmd, from, to, c->how->flags);
    bool go_on = errnum == 0 || report(c, &copy_error, errnum, to);
    value_drop(target);
    return go_on && !cmd_stopped(c->cmd);
}

static bool copy_tree(struct copying *c, const char *from, const char *to);

static bool passes(const struct copying *c, const char *path)
{
    size_t size;
    return !c->how->filter || file_filter(c->how->filter, path_leaf(path, &size));
}

static bool is_link(const char *path)
{
    struct stat stat;
    return fstatat(AT_FDCWD, path, &stat, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(stat.st_mode);
}

static bool copy_link(struct copying *c, const char *from, const char *folder)
{
    char target[PATH_MAX];
    value to;
    ssize_t size = readlinkat(AT_FDCWD, from, target, sizeof target - 1);
    if (size < 0)
        return report(c, &copy_error, errno, from);
    target[size] = '\0';
    if (!inside(c->cmd->in, folder, from, &to))
        return false;
    int done = symlinkat(target, AT_FDCWD, value_text(to)), errnum = errno;
    bool go_on = done == 0 || report(c, &copy_error, errnum, value_text(to));
    value_drop(to);
    return go_on;
}

static bool copy_child(struct copying *c, const char *from, const char *to)
{
    value target;
    if (!is_folder(from))
        return !passes(c, from) || copy_file(c, from, to);
    if (is_link(from)) // followed, a link that leads back up would never end
        return copy_link(c, from, to);
    if (c->how->flags & ITEM_FLATTEN)
        return copy_tree(c, from, to);
    if (!inside(c->cmd->in, to, from, &target))
        return false;
    bool go_on = copy_tree(c, from, value_text(target));
    value_drop(target);
    return go_on;
}

static bool copy_children(struct copying *c, const char *from, const char *to)
{
    value names, child;
    if (!files_names(c->cmd, c->self, from, c->how->flags & ITEM_FORCE, &names))
        return false;
    bool go_on = true;
    for (size_t i = 0; go_on && i < names.array->count; i++) {
        go_on = string_printf(c->cmd->in, &child, "%s/%s", from, value_text(names.array->items[i]));
        if (go_on) {
            go_on = copy_child(c, value_text(child), to);
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

static bool copy_tree(struct copying *c, const char *from, const char *to)
{
    static const struct file_error failed = {"CopyDirectoryInfoItemUnauthorizedAccessError",
                                             "CopyDirectoryInfoItemIOError", CAT_WriteError};
    if (c->how->flags & ITEM_RECURSE && within(from, to))
        return report(c, &failed, EINVAL, to); // a folder into itself would never end
    if (mkdirat(AT_FDCWD, to, 0777) != 0 && (errno != EEXIST || !is_folder(to)))
        return report(c, &failed, errno, to);
    return !(c->how->flags & ITEM_RECURSE) || copy_children(c, from, to);
}

bool files_copy(struct command *cmd, const struct provider *self, const char *from, const char *to,
                struct change *how)
{
    struct copying c = {cmd, self, how};
    struct stat stat;
    value target = value_null;
    if (!is_folder(from))
        return copy_file(&c, from, to);
    bool there = fstatat(AT_FDCWD, to, &stat, 0) == 0;
    if (there && !S_ISDIR(stat.st_mode))
        return how->failed = true, cmd_error(cmd, "CopyContainerItemToLeafError", CAT_InvalidArgument,
                                             value_null, "'%s' is a folder and '%s' is a file.", from, to);
    if (there && !(how->flags & ITEM_FLATTEN)) {
        if (!inside(cmd->in, to, from, &target))
            return false;
        to = value_text(target);
    }
    bool go_on = copy_tree(&c, from, to);
    value_drop(target);
    return go_on;
}

// --- Moving
// -----------------------------------------------------------------------------------------------------------

static bool move_one(struct command *cmd, const struct provider *self, const char *from, const char *to,
                     struct change *how);

static bool merge_child(struct command *cmd, const struct provider *self, const char *from, const char *to,
                        const char *name, struct change *how)
{
    value source, target;
    if (!string_printf(cmd->in, &source, "%s/%s", from, name))
        return false;
    bool go_on = string_printf(cmd->in, &target, "%s/%s", to, name);
    if (go_on) {
        go_on = move_one(cmd, self, value_text(source), value_text(target), how);
        value_drop(target);
    }
    value_drop(source);
    return go_on;
}

// The folder to move to has one of that name already: what is in it moves there.
static bool merge(struct command *cmd, const struct provider *self, const char *from, const char *to,
                  struct change *how)
{
    value names;
    if (!files_names(cmd, self, from, true, &names))
        return false;
    bool go_on = true;
    for (size_t i = 0; go_on && i < names.array->count; i++)
        go_on = merge_child(cmd, self, from, to, value_text(names.array->items[i]), how);
    value_drop(names);
    if (go_on && unlinkat(AT_FDCWD, from, AT_REMOVEDIR) != 0)
        return file_report(cmd, how, &move_folder_error, errno, from);
    return go_on;
}

// Another file system: copy, then remove what was copied whole.
static bool move_across(struct command *cmd, const struct provider *self, const char *from, const char *to,
                        struct change *how, bool folder)
{
    struct change whole = {how->flags | ITEM_RECURSE | ITEM_FORCE};
    struct copying c = {cmd, self, &whole};
    struct stat stat;
    if (!(how->flags & ITEM_FORCE) && fstatat(AT_FDCWD, to, &stat, AT_SYMLINK_NOFOLLOW) == 0)
        return file_report(cmd, how, folder ? &move_folder_error : &move_error, EEXIST, to);
    bool go_on = folder ? copy_tree(&c, from, to) : copy_file(&c, from, to);
    how->failed |= whole.failed;
    return go_on && (whole.failed || files_remove(cmd, self, from, &whole));
}

static bool move_one(struct command *cmd, const struct provider *self, const char *from, const char *to,
                     struct change *how)
{
    struct stat stat;
    if (fstatat(AT_FDCWD, from, &stat, AT_SYMLINK_NOFOLLOW) != 0)
        return file_report(cmd, how, &move_error, errno, from);
    bool folder = S_ISDIR(stat.st_mode);
    const struct file_error *failed = folder ? &move_folder_error : &move_error;
    if (folder && is_folder(to))
        return merge(cmd, self, from, to, how);
    if (folder && within(from, to))
        return file_report(cmd, how, failed, EINVAL, to);
    int errnum = file_rename(from, to, how->flags & ITEM_FORCE);
    if (errnum == EXDEV)
        return move_across(cmd, self, from, to, how, folder);
    return errnum == 0 || file_report(cmd, how, failed, errnum, to);
}

bool files_move(struct command *cmd, const struct provider *self, const char *from, const char *to,
                struct change *how)
{
    value target = value_null;
    if (is_folder(to)) {
        if (!inside(cmd->in, to, from, &target))
            return false;
        to = value_text(target);
    }
    bool go_on = move_one(cmd, self, from, to, how);
    value_drop(target);
    return go_on;
}
