#include "launcher/timezone.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"

enum { TAIL = 128 };

// The line between the last two newlines.
static bool last_line(char *tail, size_t length, char *ret_rule, size_t size)
{
    if (length < 2 || tail[length - 1] != '\n')
        return false;
    tail[length - 1] = '\0';
    const char *before = memrchr(tail, '\n', length - 1);
    if (!before || !before[1] || strlen(before + 1) >= size)
        return false;
    strcpy(ret_rule, before + 1);
    return true;
}

bool timezone_rule(const char *file, char *ret_rule, size_t size)
{
    char magic[5], tail[TAIL];
    struct stat info;
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0)
        return false;
    bool found = !fstat(fd, &info) && S_ISREG(info.st_mode) && info.st_size > 0;
    off_t length = !found ? 0 : info.st_size < TAIL ? info.st_size : TAIL;
    found = found && pread(fd, magic, sizeof magic, 0) == sizeof magic && !memcmp(magic, "TZif", 4) && magic[4] >= '2' &&
            pread(fd, tail, (size_t)length, info.st_size - length) == length &&
            last_line(tail, (size_t)length, ret_rule, size);
    fd_close(&fd);
    return found;
}
