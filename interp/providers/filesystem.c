// FileSystem: looking, listing, and the row of its operations.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/wildcard.h"
#include "interp/eval/interp.h"
#include "interp/providers/files.h"
#include "interp/providers/path.h"
#include "interp/value/objects.h"

#pragma weak type_unauthorized_exception
#pragma weak type_directory_missing_exception
#pragma weak type_io_exception

static const struct type *reason_of(int errnum, bool denied)
{
    return denied                                  ? &type_unauthorized_exception
           : errnum == ENOENT || errnum == ENOTDIR ? &type_directory_missing_exception
                                                   : &type_io_exception;
}

const char *file_limit(const struct interp *in, int errnum, const char *path)
{
    enum limit limit = limit_of_errno(errnum);
    size_t home = strlen(in->session->home);
    if (limit == LIMITS || limit == LIMIT_PROCESSES)
        return NULL;
    if (limit == LIMIT_TEMP && (!in->session->limits[limit] || strncmp(path, in->session->home, home) != 0))
        return NULL;
    return limit_rows[limit].error;
}

bool file_report(struct command *cmd, struct change *how, const struct file_error *error, int errnum,
                 const char *path)
{
    bool denied = errnum == EACCES || errnum == EPERM || errnum == EROFS;
    const char *limit = file_limit(cmd->in, errnum, path);
    value target;
    if (how)
        how->failed = true;
    if (!string_text(cmd->in, path, &target))
        return false;
    const char *id = limit ? limit : denied ? error->denied : error->other;
    enum category category = limit    ? CAT_LimitsExceeded
                             : denied ? CAT_PermissionDenied
                                      : error->category;
    bool go_on = cmd_error_as(cmd, reason_of(errnum, denied), id, category, target, "%s: %s", path,
                              strerror(errnum));
    value_drop(target);
    return go_on;
}

bool file_filter(const char *filter, const char *name)
{
    struct buf pattern = BUF_INIT;
    if (!*filter || strcmp(filter, "*.*") == 0)
        return true;
    for (; *filter; filter++) {
        if (*filter == '[' || *filter == ']' || *filter == '`')
            buf_add_char(&pattern, '`');
        buf_add_char(&pattern, *filter);
    }
    bool fits = !pattern.failed && wildcard_match(pattern.data, pattern.size, name, strlen(name), true);
    buf_free(&pattern);
    return fits;
}

// Not the C library's renameat2: without flags it falls back to renameat, a call more to permit.
static int rename_call(const char *from, const char *to, unsigned flags)
{
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags);
}

int file_rename(const char *from, const char *to, bool replace)
{
    struct stat stat;
    if (rename_call(from, to, replace ? 0 : RENAME_NOREPLACE) == 0)
        return 0;
    if (replace || errno != EINVAL)
        return errno;
    if (fstatat(AT_FDCWD, to, &stat, AT_SYMLINK_NOFOLLOW) == 0)
        return EEXIST;
    return rename_call(from, to, 0) == 0 ? 0 : errno;
}

static bool look(struct command *cmd, const struct provider *self, const char *path,
                 struct item_look *ret_look)
{
    struct stat stat;
    (void)cmd, (void)self;
    *ret_look = (struct item_look){0};
    if (fstatat(AT_FDCWD, path, &stat, AT_SYMLINK_NOFOLLOW) != 0)
        return true;
    ret_look->exists = true;
    ret_look->hidden = file_is_hidden(path);
    if (S_ISLNK(stat.st_mode) && fstatat(AT_FDCWD, path, &stat, 0) != 0)
        return true;
    ret_look->container = S_ISDIR(stat.st_mode);
    return true;
}

static bool get(struct command *cmd, const struct provider *self, const char *path, value *ret_item)
{
    value file;
    (void)self;
    if (!file_new(cmd->in, path, &file))
        return false;
    if (((struct file *)file.object)->exists) {
        *ret_item = file;
        return true;
    }
    value_drop(file);
    *ret_item = value_void;
    return true;
}

// --- Listing
// --------------------------------------------------------------------------------------------------------

struct listing {
    struct interp *in;
    int fd;
    bool force;
    value folders, others; // LISTs of STRING
};

static bool is_folder(const struct listing *listing, const struct dirent *entry)
{
    struct stat stat;
    if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK)
        return entry->d_type == DT_DIR;
    return fstatat(listing->fd, entry->d_name, &stat, 0) == 0 && S_ISDIR(stat.st_mode);
}

static bool add_entry(struct listing *listing, const struct dirent *entry)
{
    const char *name = entry->d_name;
    value text;
    if (!strcmp(name, ".") || !strcmp(name, "..") || (*name == '.' && !listing->force))
        return true;
    if (!string_text(listing->in, name, &text))
        return false;
    bool ok =
        list_add(listing->in, (is_folder(listing, entry) ? listing->folders : listing->others).array, text);
    value_drop(text);
    return ok;
}

static int compare_names(const void *a, const void *b)
{
    const struct string *x = ((const value *)a)->string, *y = ((const value *)b)->string;
    int order = utf8_compare_ignore_case(x->text, x->size, y->text, y->size);
    return order ? order : strcmp(x->text, y->text);
}

static void sort_names(struct array *names)
{
    if (names->count > 1)
        qsort(names->items, names->count, sizeof(value), compare_names);
}

static bool join(struct listing *listing, value *ret_names)
{
    struct array *folders = listing->folders.array, *others = listing->others.array;
    value names;
    sort_names(folders);
    sort_names(others);
    if (!array_new(listing->in, folders->count + others->count, &names))
        return false;
    for (size_t i = 0; i < folders->count; i++)
        names.array->items[i] = value_keep(folders->items[i]);
    for (size_t i = 0; i < others->count; i++)
        names.array->items[folders->count + i] = value_keep(others->items[i]);
    *ret_names = names;
    return true;
}

static bool read_entries(struct command *cmd, struct listing *listing, DIR *dir, int *ret_errnum)
{
    struct dirent *entry;
    for (errno = 0; (entry = readdir(dir)); errno = 0)
        if (!add_entry(listing, entry) || cmd_stopped(cmd))
            return false;
    *ret_errnum = errno;
    return true;
}

static bool list_folder(struct command *cmd, struct listing *listing, const char *path, int *ret_errnum)
{
    DIR *dir = opendir(path);
    if (!dir)
        return *ret_errnum = errno, true;
    listing->fd = dirfd(dir);
    bool ok = read_entries(cmd, listing, dir, ret_errnum);
    closedir(dir);
    return ok;
}

bool files_names(struct command *cmd, const struct provider *self, const char *path, bool force,
                 value *ret_names)
{
    static const struct file_error failed = {"DirUnauthorizedAccessError", "DirIOError", CAT_ReadError};
    struct listing listing = {.in = cmd->in, .force = force};
    int errnum = 0;
    (void)self;
    bool ok = list_new(cmd->in, NULL, &listing.folders) && list_new(cmd->in, NULL, &listing.others) &&
              list_folder(cmd, &listing, path, &errnum) &&
              (errnum == 0 || file_report(cmd, NULL, &failed, errnum, path)) && join(&listing, ret_names);
    value_drop(listing.folders);
    value_drop(listing.others);
    if (!ok || owner_expect(cmd->in, path, *ret_names))
        return ok;
    value_drop(*ret_names);
    return false;
}

const struct provider provider_filesystem = {
    .name = "FileSystem",
    .type_name = "Microsoft.PowerShell.Commands.FileSystemProvider",
    .description = "The files that this session sees",
    .capabilities = 52, // Filter, ShouldProcess, Credentials
    .hierarchical = true,
    .look = look,
    .names = files_names,
    .get = get,
    .create = files_create,
    .remove = files_remove,
    .rename = files_rename,
    .copy = files_copy,
    .move = files_move,
};
