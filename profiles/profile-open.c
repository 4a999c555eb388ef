// Opening a profile by path, trusting nobody on the way: every folder and the file itself are opened one
// after the other without following links, and looked at through the descriptor that the next step uses.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "profiles/profile.h"

enum { PROFILE_BYTES = 1 << 20 };

struct walk {
    uid_t caller;
    const char *path;   // as asked for, for messages
    const char *folder; // above the file, while it is looked at; NULL: the file itself
    struct err *err;
};

static bool refuse(struct walk *walk, const char *id, const char *remedy)
{
    if (walk->folder)
        err_set(walk->err, EXIT_SETUP, id, "its folder %s %s", walk->folder, remedy);
    else
        err_set(walk->err, EXIT_SETUP, id, "the file %s", remedy);
    return err_at(walk->err, walk->path, 0, 0);
}

static bool refuse_errno(struct walk *walk, int errnum)
{
    bool absent = errnum == ENOENT || errnum == ENOTDIR;
    if (errnum == ELOOP || errnum == EMLINK)
        return refuse(walk, "ProfileNotTrusted", "is a symbolic link; name the file by its real path");
    err_sys(walk->err, EXIT_SETUP, errnum, absent ? "ProfileNotFound" : "ProfileUnreadable", "cannot open %s%s",
            walk->folder ? "its folder " : "the file", walk->folder ? walk->folder : "");
    return err_at(walk->err, walk->path, 0, 0);
}

static bool is_trusted_owner(const struct walk *walk, uid_t owner)
{
    return owner == 0 || (walk->caller != (uid_t)-1 && owner == walk->caller);
}

// Of a sticky folder that is root's, only owners can remove or rename what is theirs, so writing there does
// no harm to an entry whose own owner is trusted.
static bool check_node(struct walk *walk, const struct stat *st)
{
    bool sticky = S_ISDIR(st->st_mode) && st->st_mode & S_ISVTX && st->st_uid == 0;
    if (!is_trusted_owner(walk, st->st_uid))
        return refuse(walk, "ProfileNotTrusted",
                      walk->caller == (uid_t)-1 ? "does not belong to root; chown root"
                                                : "belongs neither to root nor to you");
    if (st->st_mode & (S_IWGRP | S_IWOTH) && !sticky)
        return refuse(walk, "ProfileNotTrusted", "can be written by others; chmod go-w");
    return true;
}

// Opens `part` below `folder`, which is closed.
static bool step(struct walk *walk, int *folder, const char *part, int flags, struct stat *ret_st)
{
    int fd = openat(*folder, part, flags | O_NOFOLLOW | O_CLOEXEC);
    int error = errno;
    fd_close(folder);
    if (fd < 0)
        return refuse_errno(walk, error);
    *folder = fd;
    if (fstat(fd, ret_st) < 0)
        return refuse_errno(walk, errno);
    // O_PATH opens a link itself instead of failing.
    if (S_ISLNK(ret_st->st_mode))
        return refuse_errno(walk, ELOOP);
    return check_node(walk, ret_st);
}

static bool walk_folders(struct walk *walk, char *path, int *folder, const char **ret_name)
{
    struct stat st;
    char *part = path + strspn(path, "/");
    for (char *slash = strchr(part, '/'); slash; slash = strchr(part, '/')) {
        *slash = '\0';
        walk->folder = path;
        if (*part && strcmp(part, ".") != 0 && !step(walk, folder, part, O_PATH, &st))
            return false;
        *slash = '/';
        part = slash + 1;
    }
    walk->folder = NULL;
    *ret_name = part;
    return *part != '\0' || refuse(walk, "ProfileNotFound", "has no name");
}

static bool check_file(struct walk *walk, const struct stat *st)
{
    if (!S_ISREG(st->st_mode))
        return refuse(walk, "ProfileNotRegular", "is no regular file");
    // Another name may lie where others put it, in a folder that nobody has looked at.
    if (st->st_nlink > 1)
        return refuse(walk, "ProfileNotTrusted", "has more than one name (hard link); copy it instead");
    if (st->st_size > PROFILE_BYTES)
        return refuse(walk, "ProfileTooLarge", "is larger than a profile may be (1 MiB)");
    return true;
}

// A path that does not begin with / is one below the current folder, which then has to be trusted as well.
static bool absolute(struct walk *walk, char *ret_path, size_t size)
{
    char folder[PATH_MAX] = "";
    if (walk->path[0] != '/' && !getcwd(folder, sizeof folder))
        return refuse_errno(walk, errno);
    int used = snprintf(ret_path, size, "%s%s%s", folder, *folder ? "/" : "", walk->path);
    return (used >= 0 && (size_t)used < size) ||
           refuse(walk, "ProfileNotFound", "has too long a path");
}

static bool open_trusted(struct walk *walk, int *ret_fd)
{
    char path[PATH_MAX * 2];
    struct stat st;
    const char *name;
    if (!absolute(walk, path, sizeof path))
        return false;
    walk->folder = "/";
    int fd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) < 0)
        return refuse_errno(walk, errno);
    // O_NONBLOCK: opening a FIFO would wait for its other end; it is refused afterwards.
    bool opened = check_node(walk, &st) && walk_folders(walk, path, &fd, &name) &&
                  step(walk, &fd, name, O_RDONLY | O_NONBLOCK | O_NOCTTY, &st) && check_file(walk, &st);
    if (opened)
        *ret_fd = fd;
    else
        fd_close(&fd);
    return opened;
}

bool profile_read(const char *path, unsigned caller, struct buf *out, struct err *err)
{
    struct walk walk = {.caller = (uid_t)caller, .path = path, .err = err};
    int fd = -1;
    if (!open_trusted(&walk, &fd))
        return false;
    bool read = fd_read_all(fd, PROFILE_BYTES, out);
    int error = errno;
    fd_close(&fd);
    return read || refuse_errno(&walk, error);
}

bool profile_open(const char *path, unsigned caller, struct profile **ret_profile, struct err *err)
{
    struct buf bytes = BUF_INIT;
    bool loaded = profile_read(path, caller, &bytes, err) &&
                  profile_load(buf_text(&bytes), bytes.size, path, ret_profile, err);
    buf_free(&bytes);
    return loaded;
}
