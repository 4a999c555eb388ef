// Descriptors and the broker's socket: what was left open, and what may travel.
#include "attempt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { HIGHEST = 1024 };

// A folder among the open descriptors is a way out of any root (CVE-2024-21626).
static int k031(void)
{
    for (int fd = 0; fd < HIGHEST; fd++) {
        struct stat st;
        if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
            return 0;
    }
    return ENOENT;
}
static int k032(void)
{
    int open_count = 0;
    for (int fd = 3; fd < HIGHEST; fd++) {
        struct pollfd entry = {.fd = fd};
        if (poll(&entry, 1, 0) >= 0 && !(entry.revents & POLLNVAL))
            open_count++;
    }
    return open_count > 1 ? 0 : ENOENT; // one: the broker's socket
}
static int socket_fd(void)
{
    for (int fd = 3; fd < HIGHEST; fd++) {
        struct stat st;
        if (fstat(fd, &st) == 0 && S_ISSOCK(st.st_mode))
            return fd;
    }
    return 3; // where the broker's socket is, when nobody may ask
}
static int pass_descriptor(void)
{
    int fd = socket_fd();
    if (fd < 0)
        return ENOENT;
    union { struct cmsghdr head; char bytes[CMSG_SPACE(sizeof(int))]; } control = {0};
    struct iovec nothing = {.iov_base = (char[]){0}, .iov_len = 1};
    struct msghdr message = {.msg_iov = &nothing, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    control.head.cmsg_level = SOL_SOCKET;
    control.head.cmsg_type = SCM_RIGHTS;
    control.head.cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(&control.head), &fd, sizeof fd);
    return sendmsg(fd, &message, 0) < 0 ? errno : 0;
}
static int k197(void) { return reached(SYS_setsockopt, (long)socket_fd(), 1L, 26L, -1L, 16L, 0L); }
static int k238(void)
{
    int made[HIGHEST * 8], count = 0, error = 0;
    while (count < HIGHEST * 8) {
        int fd = (int)syscall(SYS_dup, 1L);
        if (fd < 0) {
            error = errno;
            break;
        }
        made[count++] = fd;
    }
    while (count > 0)
        close(made[--count]);
    return error;
}
static int more_files(void)
{
    struct rlimit limit = {1 << 20, 1 << 20};
    return setrlimit(RLIMIT_NOFILE, &limit) < 0 ? errno : 0;
}

const struct attempt attempts_descriptors[] = {
    {"K031", "a folder left open", k031, CONTROL_PLAIN, "ENOENT SYS EPERM", ""},
    {"K032", "descriptors left open", k032, CONTROL_PLAIN, "ENOENT SYS", ""},
    {"K136", "pass a descriptor or credentials to the broker", pass_descriptor, CONTROL_PLAIN, "SYS EPERM ENOSYS EACCES", "UNIX_SOCKET LOOPBACK NETWORK"},
    {"K197", "setsockopt on the broker's socket", k197, CONTROL_PLAIN, "SYS EPERM ENOSYS", "UNIX_SOCKET LOOPBACK NETWORK"},
    {"K238", "use up all descriptors", k238, CONTROL_PLAIN, "EMFILE SYS EPERM", ""},
    {"X080", "raise the limit of open files", more_files, CONTROL_NONE, "SYS EPERM ENOSYS", ""},
    {0},
};
