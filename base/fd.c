#include "base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

void fd_close(int *fd)
{
    int saved = errno;
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
    errno = saved;
}

static bool wait_for(int fd, short events)
{
    struct pollfd poll_fd = {.fd = fd, .events = events};
    return poll(&poll_fd, 1, -1) >= 0 || errno == EINTR;
}

bool fd_write_all(int fd, const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size) {
        ssize_t done = write(fd, at, size);
        if (done < 0 && errno == EAGAIN && wait_for(fd, POLLOUT))
            continue;
        if (done < 0 && errno != EINTR)
            return false;
        if (done > 0) {
            at += done;
            size -= (size_t)done;
        }
    }
    return true;
}

bool fd_read_some(int fd, size_t most, struct buf *out, size_t *ret_size)
{
    if (!buf_reserve(out, most)) {
        errno = out->limit && out->size + most > out->limit ? EFBIG : ENOMEM;
        return false;
    }
    ssize_t got = read(fd, out->data + out->size, most);
    if (got < 0)
        return false;
    out->size += (size_t)got;
    out->data[out->size] = '\0';
    *ret_size = (size_t)got;
    return true;
}

// What is free is filled first, and pieces grow with the file: most files are small, and pages cost time.
static size_t next_piece(const struct buf *out)
{
    enum { LEAST = 4096, MOST = 65536, WORTH = 1024 };
    size_t room = out->capacity > out->size ? out->capacity - out->size - 1 : 0;
    if (room >= WORTH)
        return room;
    return out->size < LEAST ? LEAST : out->size < MOST ? out->size : MOST;
}

bool fd_read_all(int fd, size_t limit, struct buf *out)
{
    size_t start = out->size, got = 1;
    while (got) {
        if (!fd_read_some(fd, next_piece(out), out, &got)) {
            if (errno != EINTR && !(errno == EAGAIN && wait_for(fd, POLLIN)))
                return false;
        } else if (out->size - start > limit) {
            errno = EFBIG;
            return false;
        }
    }
    return true;
}

static bool set_flag(int fd, int get, int set, int flag, bool on)
{
    int flags = fcntl(fd, get);
    return flags >= 0 && fcntl(fd, set, on ? flags | flag : flags & ~flag) == 0;
}

bool fd_set_nonblocking(int fd, bool on)
{
    return set_flag(fd, F_GETFL, F_SETFL, O_NONBLOCK, on);
}

bool fd_set_cloexec(int fd, bool on)
{
    return set_flag(fd, F_GETFD, F_SETFD, FD_CLOEXEC, on);
}
