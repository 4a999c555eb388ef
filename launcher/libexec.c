#include "launcher/libexec.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"

enum { PATH_TEXT = 4096 };

// Where a folder may be written by everybody, anybody may put another file in the place of this one.
static bool is_trusted(const struct stat *info, uid_t owner)
{
    return (info->st_uid == 0 || info->st_uid == owner) && !(info->st_mode & (S_IWGRP | S_IWOTH));
}

static bool is_sticky(const struct stat *info)
{
    return info->st_uid == 0 && S_ISDIR(info->st_mode) && info->st_mode & S_ISVTX;
}

// Every folder from / down to the one that holds the file. `path` is absolute and written to.
static bool folders_are_trusted(char *path, uid_t owner)
{
    struct stat info;

    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool trusted = stat(path, &info) == 0 && (is_trusted(&info, owner) || is_sticky(&info));
        *slash = '/';
        if (!trusted)
            return false;
    }
    return true;
}

static bool untrusted(const char *path, struct err *err)
{
    return err_set(err, EXIT_SETUP, "InterpreterUntrusted",
                   "%s, or a folder above it, can be written by somebody other than its owner; nobody but root should", path);
}

static bool open_trusted(char *path, uid_t owner, int *ret_fd, struct err *err)
{
    struct stat info;
    int fd = open(path, O_PATH | O_CLOEXEC | O_NOFOLLOW);

    if (fd < 0)
        return err_sys(err, EXIT_SETUP, errno, "InterpreterMissing", "cannot open %s", path);
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && is_trusted(&info, owner) && folders_are_trusted(path, owner)) {
        *ret_fd = fd;
        return true;
    }
    close(fd);
    return untrusted(path, err);
}

// The folder of the running program, and who owns it; false where /proc does not tell.
static bool program_folder(char *ret_path, size_t size, uid_t *ret_owner)
{
    struct stat info;
    ssize_t length = readlink("/proc/self/exe", ret_path, size - 1);

    if (length <= 0 || length >= (ssize_t)size - 1)
        return false;
    ret_path[length] = '\0';
    if (ret_path[0] != '/' || stat(ret_path, &info) < 0)
        return false;
    *ret_owner = info.st_uid;
    *strrchr(ret_path, '/') = '\0';
    return true;
}

static bool is_in(const char *folder, size_t size, const char *below, const char *name, char *ret_path)
{
    return snprintf(ret_path, PATH_TEXT, "%.*s%s/%s", (int)size, folder, below, name) < PATH_TEXT && access(ret_path, F_OK) == 0;
}

// Of a program in PREFIX/bin: so that a tree can be moved, or looked at before it is where it belongs.
static bool is_in_prefix(const char *folder, const char *name, char *ret_path)
{
    size_t size = strlen(folder), bin = strlen("/bin");
    return size >= bin && !strcmp(folder + size - bin, "/bin") && is_in(folder, size - bin, "/libexec/jesh", name, ret_path);
}

bool libexec_open(const char *name, int *ret_fd, struct err *err)
{
    char path[PATH_TEXT], folder[PATH_TEXT];
    uid_t owner;

    // A build folder, and nothing else, has the interpreter beside jesh.
    if (program_folder(folder, sizeof folder, &owner) &&
        (is_in(folder, strlen(folder), "", name, path) || is_in_prefix(folder, name, path)))
        return open_trusted(path, owner, ret_fd, err);
    snprintf(path, sizeof path, "%s/%s", JESH_LIBEXECDIR, name);
    return open_trusted(path, 0, ret_fd, err);
}
