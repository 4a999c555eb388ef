// Files: the host's secrets, the kernel's switches, permission bits, devices.
#include "attempt.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

static int try_open(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);
    return fd < 0 ? errno : (close(fd), 0);
}

// A file of our own to try things on; where none can be made, that is the answer.
static int own_file(char path[32])
{
    strcpy(path, "/tmp/jesh-escape-XXXXXX");
    return mkostemp(path, O_CLOEXEC);
}

static int any_file(void) { return try_open("/etc/passwd", O_RDONLY); }
static int list_root(void) { return try_open("/", O_RDONLY | O_DIRECTORY); }
static int home_files(void) { return try_open("/home", O_RDONLY | O_DIRECTORY); }
static int k068(void) { return try_open("/proc/self/mem", O_RDWR); }
static int k070(void)
{
    int error = try_open("/proc/self/exe", O_WRONLY);
    return error == ETXTBSY ? EACCES : error;
}
static int k099(void)
{
    char path[32];
    for (int i = 0; i < 64; i++) {
        snprintf(path, sizeof path, "/dev/pts/%d", i);
        int error = try_open(path, O_RDWR | O_NOCTTY);
        if (!error)
            return 0;
    }
    return ENOENT;
}
static int k138(void)
{
    struct stat st = {0};
    int fd = open("/proc/self/fd/0", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    fstat(fd, &st);
    close(fd);
    return st.st_rdev == makedev(1, 3) ? EACCES : 0; // /dev/null is nobody's file
}
static int k163(void)
{
    int fd = open("/tmp/jesh-escape-setuid", O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 04755);
    if (fd < 0)
        return errno;
    struct stat st = {0};
    fstat(fd, &st);
    close(fd);
    unlink("/tmp/jesh-escape-setuid");
    return st.st_mode & 06000 ? 0 : EPERM;
}
static int set_mode(int (*change)(int fd, const char *path))
{
    char path[32];
    int fd = own_file(path);
    if (fd < 0)
        return errno;
    int error = change(fd, path);
    struct stat st = {0};
    if (!error && fstat(fd, &st) == 0 && !(st.st_mode & 06000))
        error = EPERM;
    close(fd);
    unlink(path);
    return error;
}
static int by_fchmod(int fd, const char *path) { (void)path; return call(SYS_fchmod, (long)fd, 04755L, 0L, 0L, 0L, 0L); }
static int by_high_bits(int fd, const char *path) { (void)path; return call(SYS_fchmod, (long)fd, 0x100000000L | 04755L, 0L, 0L, 0L, 0L); }
static int by_chmod(int fd, const char *path) { (void)fd; return call(SYS_chmod, (long)(intptr_t)path, 04755L, 0L, 0L, 0L, 0L); }
static int by_fchmodat2(int fd, const char *path) { (void)fd; return call(452L, (long)AT_FDCWD, (long)(intptr_t)path, 04755L, 0L, 0L, 0L); }
static int k164(void) { return set_mode(by_fchmod); }
static int k050(void) { return set_mode(by_high_bits); }
static int k164b(void) { return set_mode(by_chmod); }
static int k164c(void) { return set_mode(by_fchmodat2); }
static int k166(void) { return reached(SYS_setxattr, -1L, -1L, -1L, 20L, 0L, 0L); }
static int k170(void) { return try_open("/proc/self/uid_map", O_WRONLY); }
static int k199(void) { return try_open("/proc/1/environ", O_RDONLY); }
static int proc_listing(void) { return try_open("/proc/self/status", O_RDONLY); }
static int k204(void) { return try_open("/proc/sysrq-trigger", O_WRONLY); }
static int k206(void) { return mkdir("/sys/fs/cgroup/jesh-escape", 0700) < 0 ? errno : (rmdir("/sys/fs/cgroup/jesh-escape"), 0); }
static int k208(void) { return try_open("/proc/self/oom_score_adj", O_WRONLY); }
static int k209(void) { return try_open("/proc/kallsyms", O_RDONLY); }
static int k209b(void) { return try_open("/proc/keys", O_RDONLY); }
static int k211(void) { return try_open("/proc/self/attr/current", O_WRONLY); }
static int k214(void)
{
    if (mknod("/tmp/jesh-escape-node", S_IFCHR | 0600, makedev(0, 0)) < 0)
        return errno;
    unlink("/tmp/jesh-escape-node");
    return 0;
}
static int k216(void) { return try_open("/sys/kernel", O_RDONLY | O_DIRECTORY); }
static int k217(void) { return try_open("/etc/shadow", O_RDONLY); }
static int k226(void)
{
    int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int error = flock(fd, LOCK_EX | LOCK_NB) < 0 ? errno : 0;
    close(fd);
    return error;
}
static int k227(void)
{
    char path[32];
    int fd = own_file(path);
    if (fd < 0)
        return errno;
    int error = fcntl(fd, F_SETLEASE, F_WRLCK) < 0 ? errno : 0;
    close(fd);
    unlink(path);
    return error;
}
static int k254(void) { return try_open("/proc/meminfo", O_RDONLY); }
static int write_etc(void) { return try_open("/etc/jesh-escape", O_CREAT | O_WRONLY); }
static int tmp_file(void)
{
    char path[32];
    int fd = own_file(path);
    return fd < 0 ? errno : (close(fd), unlink(path), 0);
}
static int kmem(void) { return try_open("/dev/kmsg", O_RDONLY); }
static int ptmx(void) { return try_open("/dev/ptmx", O_RDWR | O_NOCTTY); }
static int k100(void) { return try_open("/dev/tty", O_RDWR | O_NOCTTY); }

#define STOP "SYS EPERM EACCES ENOENT ENOSYS ENXIO EROFS"
#define READ "FILE_READ FILE_WRITE"
const struct attempt attempts_files[] = {
    {"K217a", "open any file", any_file, CONTROL_PLAIN, STOP, READ},
    {"X060", "list the root", list_root, CONTROL_PLAIN, STOP, READ},
    {"X061", "list the home folders", home_files, CONTROL_PLAIN, STOP, READ},
    {"K068", "write its own memory through /proc", k068, CONTROL_PLAIN, STOP, ""},
    {"K070", "open its own program to write", k070, CONTROL_NONE, STOP, ""},
    {"K099", "open terminals of other sessions", k099, CONTROL_PLAIN, STOP, "TERMINAL"},
    {"K100", "open the controlling terminal", k100, CONTROL_PLAIN, STOP, "TERMINAL EXEC"},
    {"K138", "reopen a descriptor to write", k138, CONTROL_PLAIN, STOP, "PROCESS_LIST"},
    {"K163", "create a setuid file", k163, CONTROL_PLAIN, STOP, ""},
    {"K164", "fchmod to setuid", k164, CONTROL_PLAIN, STOP, ""},
    {"K050", "the same with a bit above 31 set", k050, CONTROL_PLAIN, STOP, ""},
    {"K164b", "chmod to setuid", k164b, CONTROL_PLAIN, STOP, ""},
    {"K164c", "fchmodat2 to setuid", k164c, CONTROL_PLAIN, STOP, ""},
    {"K166", "setxattr", k166, CONTROL_PLAIN, STOP, ""},
    {"K170", "rewrite the id map", k170, CONTROL_PLAIN, STOP, ""},
    {"K199", "the environment of pid 1", k199, CONTROL_NONE, STOP, ""},
    {"X062", "read /proc", proc_listing, CONTROL_PLAIN, STOP, "PROCESS_LIST"},
    {"K204", "sysrq", k204, CONTROL_NONE, STOP, ""},
    {"K206", "make a cgroup", k206, CONTROL_NONE, STOP, ""},
    {"K208", "its own out-of-memory score", k208, CONTROL_PLAIN, STOP, ""},
    {"K209", "kernel symbols", k209, CONTROL_PLAIN, STOP, "PROCESS_LIST"},
    {"K209b", "/proc/keys", k209b, CONTROL_PLAIN, STOP, "PROCESS_LIST"},
    {"K211", "its own security label", k211, CONTROL_PLAIN, STOP, ""},
    {"K214", "make a whiteout device", k214, CONTROL_PLAIN, STOP, ""},
    {"K216", "open /sys", k216, CONTROL_PLAIN, STOP, READ},
    {"K217", "/etc/shadow", k217, CONTROL_NONE, STOP, ""},
    {"K226", "lock a file of the host", k226, CONTROL_PLAIN, STOP, READ},
    {"K227", "a lease on a file", k227, CONTROL_PLAIN, STOP " EAGAIN", ""},
    {"K254", "/proc/meminfo", k254, CONTROL_PLAIN, STOP, "PROCESS_LIST"},
    {"X063", "create a file in /etc", write_etc, CONTROL_NONE, STOP, ""},
    {"X064", "create a file in /tmp", tmp_file, CONTROL_PLAIN, STOP, "FILE_WRITE"},
    {"X065", "/dev/kmsg", kmem, CONTROL_NONE, STOP, ""},
    {"X066", "a new pseudo-terminal", ptmx, CONTROL_PLAIN, STOP, "TERMINAL EXEC"},
    {0},
};
