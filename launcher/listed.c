#include "launcher/listed.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>

#include "base/fd.h"
#include "launcher/kernel.h"

static bool is_above(const char *folder, size_t size, const char *path)
{
    return !strncmp(path, folder, size) && path[size] == '/' && path[size + 1];
}

// How long the name of the outermost writable folder above is; 0: there is none, or the path is not listed.
static size_t writable_above(const struct confine *confine, const char *path)
{
    const struct profile *profile = confine->profile;
    size_t least = 0;
    bool listed = false;

    for (size_t i = 0; i < profile->mount_count; i++) {
        char each[PATH_TEXT];
        if (!account_path(&confine->account, profile->mounts[i].path, each, sizeof each))
            continue;
        size_t size = strlen(each);
        listed |= !strcmp(each, path);
        if (profile->mounts[i].writable && is_above(each, size, path) && (!least || size < least))
            least = size;
    }
    return listed ? least : 0;
}

int listed_open(const struct confine *confine, const char *path, int flags)
{
    size_t outer = writable_above(confine, path);
    char folder[PATH_TEXT];

    if (!outer)
        return open(path, O_PATH | O_CLOEXEC | flags);
    snprintf(folder, sizeof folder, "%.*s", (int)outer, path);
    int above = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd = above < 0 ? -1
                       : kernel_openat2(above, path + outer + 1, O_PATH | (unsigned)flags,
                                        RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
    int errnum = errno;
    fd_close(&above);
    errno = errnum;
    return fd;
}
