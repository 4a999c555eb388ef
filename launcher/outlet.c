#include "launcher/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
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
        return (struct outlet){.fd = again, .own = true};
    outlet.pipe = S_ISFIFO(info.st_mode);
    return outlet;
}

static ssize_t write_what_fits(int fd, const void *bytes, size_t size)
{
    struct pollfd ready = {.fd = fd, .events = POLLOUT};

    if (poll(&ready, 1, 0) == 0) {
        errno = EAGAIN;
        return -1;
    }
    return write(fd, bytes, size < PIPE_BUF ? size : PIPE_BUF);
}

ssize_t outlet_write(const struct outlet *outlet, const void *bytes, size_t size)
{
    if (outlet->socket)
        return send(outlet->fd, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);
    return outlet->pipe ? write_what_fits(outlet->fd, bytes, size) : write(outlet->fd, bytes, size);
}

void outlet_close(struct outlet *outlet)
{
    if (outlet->own)
        fd_close(&outlet->fd);
    *outlet = (struct outlet)OUTLET_NONE;
}
