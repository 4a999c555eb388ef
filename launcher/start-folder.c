#include "launcher/start-folder.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_BYTES = 4096 };

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool is_below(const char *path, const char *folder)
{
    size_t size = strlen(folder);
    while (size && folder[size - 1] == '/')
        size--;
    return !strncmp(path, folder, size) && (path[size] == '/' || !path[size]);
}

static bool mounted_folder(const struct profile_mount *mount, const char *home, char *ret_path)
{
    const char *path = mount->path;
    bool in_home = path[0] == '~';
    return snprintf(ret_path, PATH_BYTES, "%s%s", in_home ? home : "", path + in_home) < PATH_BYTES &&
           is_folder(ret_path);
}

void start_folder(const struct profile *profile, const char *home, char *directory, size_t size)
{
    char path[PATH_BYTES], first[PATH_BYTES] = "/";

    if (profile->view != VIEW_PATHS)
        return;
    for (size_t i = profile->mount_count; i-- > 0;) {
        if (!mounted_folder(&profile->mounts[i], home, path))
            continue;
        if (is_below(directory, path) && is_folder(directory))
            return;
        strcpy(first, path);
    }
    snprintf(directory, size, "%s", first);
}
