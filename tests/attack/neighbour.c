// neighbour: native code under a profile, against what the same account has outside of it. Prints "NAME
// ERRNO" a line, 0 where the attempt succeeded; run outside it is its own positive control.
//   neighbour FILE FOLDER PID TERMINAL
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static const char *file, *folder, *terminal;
static pid_t other;

static int opened(const char *path, int flags)
{
    int fd = open(path, flags | O_NOCTTY | O_CLOEXEC, 0600);
    return fd < 0 ? fd : close(fd);
}

static int of_other(const char *what, int flags)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", other, what);
    return opened(path, flags);
}

static int below(const char *name, int flags)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return opened(path, flags);
}

static int file_read(void)
{
    return opened(file, O_RDONLY);
}
static int file_write(void)
{
    return opened(file, O_WRONLY);
}
static int file_chmod(void)
{
    return chmod(file, 0666);
}
static int file_chmod_at(void)
{
    return fchmodat(AT_FDCWD, file, 0666, 0);
}
static int file_chmod_at_2(void)
{
    return (int)syscall(452, AT_FDCWD, file, 0666, 0);
}
static int file_touch(void)
{
    return utimensat(AT_FDCWD, file, NULL, 0);
}
static int file_cut(void)
{
    return truncate(file, 1);
}
static int file_attribute(void)
{
    return (int)syscall(SYS_setxattr, file, "user.jesh", "x", 1UL, 0);
}
static int file_group(void)
{
    return chown(file, (uid_t)-1, getgid());
}
static int folder_list(void)
{
    return opened(folder, O_RDONLY | O_DIRECTORY);
}
static int folder_make(void)
{
    return below("made", O_WRONLY | O_CREAT);
}
static int other_environment(void)
{
    return of_other("environ", O_RDONLY);
}
static int other_memory(void)
{
    return of_other("mem", O_RDWR);
}
static int other_root(void)
{
    return of_other("root", O_RDONLY | O_DIRECTORY);
}
static int other_signal(void)
{
    return kill(other, 0);
}
static int other_stop(void)
{
    return (int)syscall(SYS_tgkill, other, other, SIGCONT);
}
static int other_descriptor(void)
{
    int pidfd = (int)syscall(SYS_pidfd_open, other, 0);
    return pidfd < 0 ? pidfd : (int)syscall(SYS_pidfd_send_signal, pidfd, 0, NULL, 0);
}
static int other_limit(void)
{
    unsigned long limit[2];
    return (int)syscall(SYS_prlimit64, other, 7, NULL, limit);
}
static int other_priority(void)
{
    return (int)syscall(SYS_setpriority, 0, other, 1);
}
static int terminal_open(void)
{
    return opened(terminal, O_RDWR);
}
static int terminal_new(void)
{
    return opened("/dev/ptmx", O_RDWR);
}
static int shared_memory(void)
{
    return (int)syscall(SYS_shmget, 0, 4096UL, 0600);
}
static int unix_socket(void)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    int size = snprintf(name.sun_path + 1, sizeof name.sun_path - 1, "jesh-attack-%d", other);
    socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)size);
    return fd < 0 ? fd : connect(fd, (struct sockaddr *)&name, length);
}

static const struct {
    const char *name;
    int (*run)(void);
} attempts[] = {
    {"file-read", file_read},
    {"file-write", file_write},
    {"file-touch", file_touch},
    {"file-cut", file_cut},
    {"file-attribute", file_attribute},
    {"file-group", file_group},
    {"file-chmod", file_chmod},
    {"file-chmod-at", file_chmod_at},
    {"file-chmod-at-2", file_chmod_at_2},
    {"folder-list", folder_list},
    {"folder-make", folder_make},
    {"other-environment", other_environment},
    {"other-memory", other_memory},
    {"other-root", other_root},
    {"other-signal", other_signal},
    {"other-stop", other_stop},
    {"other-descriptor", other_descriptor},
    {"other-limit", other_limit},
    {"other-priority", other_priority},
    {"terminal-open", terminal_open},
    {"terminal-new", terminal_new},
    {"shared-memory", shared_memory},
    {"unix-socket", unix_socket},
};

int main(int argc, char **argv)
{
    if (argc != 5)
        return 64;
    file = argv[1], folder = argv[2], other = atoi(argv[3]), terminal = argv[4];
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
        errno = 0;
        printf("%s %d\n", attempts[i].name, attempts[i].run() < 0 ? errno : 0);
    }
    return 0;
}
