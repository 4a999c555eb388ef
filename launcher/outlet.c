#include "launcher/outlet.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"

struct outlet outlet_open(int fd)
{
    struct outlet outlet = {.fd = fd};
    struct stat info;
    char path[32];

    if (fd < 0 || fstat(fd, &info) < 0)
        return outlet;
    outlet.socket = S_ISSOCK(info.st_mode);
    if (!S_ISFIFO(info.st_mode) && !isatty(fd))
        return outlet; // files do not make anybody wait
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int again = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (again >= 0)
        outlet = (struct outlet){.fd = again, .own = true};
    return outlet;
}

ssize_t outlet_write(const struct outlet *outlet, const void *bytes, size_t size)
{
    return outlet->socket ? send(outlet->fd, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL)
                          : write(outlet->fd, bytes, size);
}

void outlet_close(struct outlet *outlet)
{
    if (outlet->own)
        fd_close(&outlet->fd);
    *outlet = (struct outlet)OUTLET_NONE;
}
