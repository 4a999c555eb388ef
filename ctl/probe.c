#include "ctl/probe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// By number: older headers than the kernel do not know them.
enum { CALL_OPEN_TREE = 428, CALL_MOVE_MOUNT = 429, CALL_PIDFD_OPEN = 434, CALL_MOUNT_SETATTR = 442, CALL_LANDLOCK = 444 };
enum { TREE_CLONE = 1, TREE_CLOEXEC = O_CLOEXEC, MOVE_EMPTY_FROM = 4, LANDLOCK_VERSION = 1 };

const struct probe_row probe_rows[PROBES] = {
#define PROBE(id, what, need, lost) {#id, what, need, lost},
#define SETTING(path, stands, probes, remedy)
#include "ctl/probes.def"
#undef PROBE
#undef SETTING
};

// What a child found: filled in there, read through a pipe.
struct report {
    int step, errnum, number;
};

enum step { STEP_NONE, STEP_CREATE, STEP_MAP, STEP_PRIVATE, STEP_TMPFS, STEP_TREE, STEP_MOVE, STEP_SETATTR, STEP_PROC,
            STEP_DEVPTS, STEP_LOOPBACK, STEP_NNP, STEP_FILTER, STEP_VERSION, STEP_EXEC, STEP_PIDFD, STEP_FORK };

static const char *const step_names[] = {
    [STEP_NONE] = "", [STEP_CREATE] = "making the namespace", [STEP_MAP] = "writing its id maps",
    [STEP_PRIVATE] = "making its mounts private", [STEP_TMPFS] = "mounting a tmpfs", [STEP_TREE] = "open_tree",
    [STEP_MOVE] = "move_mount", [STEP_SETATTR] = "mount_setattr", [STEP_PROC] = "mounting proc",
    [STEP_DEVPTS] = "mounting devpts", [STEP_LOOPBACK] = "bringing lo up", [STEP_NNP] = "no_new_privs",
    [STEP_FILTER] = "installing a filter", [STEP_VERSION] = "asking for its ABI", [STEP_EXEC] = "execveat",
    [STEP_PIDFD] = "pidfd_open", [STEP_FORK] = "fork",
};

static bool failed(struct report *report, enum step step)
{
    report->step = step;
    report->errnum = errno;
    return false;
}

static bool write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool ok = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
    int error = errno;

    if (fd >= 0)
        close(fd);
    errno = error;
    return ok;
}

static bool write_map(const char *path, unsigned id)
{
    char line[64];

    snprintf(line, sizeof(line), "%u %u 1", id, id);
    return write_file(path, line);
}

// A user namespace, and further ones made with it, with the caller's own ids alone.
static bool enter(int spaces, struct report *report)
{
    unsigned uid = getuid(), gid = getgid();

    if (unshare(CLONE_NEWUSER | spaces))
        return failed(report, STEP_CREATE);
    // Kernels before 3.19 have no such file, and then need none.
    if ((!write_file("/proc/self/setgroups", "deny") && errno != ENOENT) || !write_map("/proc/self/uid_map", uid) ||
        !write_map("/proc/self/gid_map", gid))
        return failed(report, STEP_MAP);
    return true;
}

static bool enter_mounts(int spaces, struct report *report)
{
    if (!enter(CLONE_NEWNS | spaces, report))
        return false;
    if (mount("none", "/", NULL, MS_REC | MS_SLAVE, NULL))
        return failed(report, STEP_PRIVATE);
    return !mount("probe", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "size=64k") || failed(report, STEP_TMPFS);
}

static bool try_tree(struct report *report)
{
    struct { uint64_t set, clear, propagation, userns; } attr = {.set = 1}; // MOUNT_ATTR_RDONLY
    int fd;

    if (!enter_mounts(0, report))
        return false;
    fd = (int)syscall(CALL_OPEN_TREE, AT_FDCWD, "/", TREE_CLONE | TREE_CLOEXEC | AT_RECURSIVE);
    if (fd < 0)
        return failed(report, STEP_TREE);
    if (syscall(CALL_MOUNT_SETATTR, fd, "", AT_EMPTY_PATH | AT_RECURSIVE, &attr, sizeof(attr)))
        return failed(report, STEP_SETATTR);
    return !syscall(CALL_MOVE_MOUNT, fd, "", AT_FDCWD, "/tmp", MOVE_EMPTY_FROM) || failed(report, STEP_MOVE);
}

static bool try_devpts(struct report *report)
{
    return enter_mounts(0, report) &&
           (!mount("probe", "/tmp", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=0620") ||
            failed(report, STEP_DEVPTS));
}

// Only a process inside the new pid namespace may mount its proc.
static bool try_proc(struct report *report)
{
    int status = 0;
    pid_t child;

    if (!enter_mounts(CLONE_NEWPID, report))
        return false;
    child = fork();
    if (!child)
        _exit(mount("probe", "/tmp", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY, NULL) ? errno : 0);
    if (child < 0 || waitpid(child, &status, 0) < 0)
        return failed(report, STEP_FORK);
    errno = WIFEXITED(status) ? WEXITSTATUS(status) : EIO;
    return !errno || failed(report, STEP_PROC);
}

static bool try_loopback(struct report *report)
{
    struct ifreq request = {.ifr_name = "lo"};
    int fd;

    if (!enter(CLONE_NEWNET, report))
        return false;
    fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &request))
        return failed(report, STEP_LOOPBACK);
    request.ifr_flags |= IFF_UP;
    return !ioctl(fd, SIOCSIFFLAGS, &request) || failed(report, STEP_LOOPBACK);
}

static bool try_seccomp(struct report *report)
{
    struct sock_filter allow = {.code = BPF_RET | BPF_K, .k = SECCOMP_RET_ALLOW};
    struct sock_fprog program = {.len = 1, .filter = &allow};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        return failed(report, STEP_NNP);
    return !syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) || failed(report, STEP_FILTER);
}

static bool try_landlock(struct report *report)
{
    report->number = (int)syscall(CALL_LANDLOCK, NULL, 0, LANDLOCK_VERSION);
    return report->number > 0 || failed(report, STEP_VERSION);
}

// With a bad pointer as argument list, the kernel is reached (EFAULT) and nothing is executed.
static bool try_execveat(struct report *report)
{
    int fd = open("/proc/self/exe", O_PATH | O_CLOEXEC);

    if (fd < 0)
        fd = open("/", O_PATH | O_CLOEXEC);
    syscall(SYS_execveat, fd, "", (char **)8, NULL, AT_EMPTY_PATH);
    return errno == EFAULT || errno == EACCES || failed(report, STEP_EXEC);
}

static bool try_pidfd(struct report *report)
{
    return syscall(CALL_PIDFD_OPEN, getpid(), 0) >= 0 || failed(report, STEP_PIDFD);
}

static bool try_one(enum probe probe, struct report *report)
{
    switch (probe) {
    case PROBE_SECCOMP: return try_seccomp(report);
    case PROBE_LANDLOCK: return try_landlock(report);
    case PROBE_EXECVEAT: return try_execveat(report);
    case PROBE_PIDFD: return try_pidfd(report);
    case PROBE_USER: return enter(0, report);
    case PROBE_MOUNT: return enter_mounts(0, report);
    case PROBE_TREE: return try_tree(report);
    case PROBE_PID: return enter(CLONE_NEWPID, report);
    case PROBE_NET: return enter(CLONE_NEWNET, report);
    case PROBE_IPC: return enter(CLONE_NEWIPC, report);
    case PROBE_UTS: return enter(CLONE_NEWUTS, report);
    case PROBE_CGROUP: return enter(CLONE_NEWCGROUP, report);
    case PROBE_DEVPTS: return try_devpts(report);
    case PROBE_PROC: return try_proc(report);
    case PROBE_LOOPBACK: return try_loopback(report);
    case PROBES: break;
    }
    return false;
}

static void child_reports(enum probe probe, int fd)
{
    struct report report = {0};

    if (try_one(probe, &report))
        report.step = STEP_NONE;
    _exit(write(fd, &report, sizeof(report)) == sizeof(report) ? 0 : 1);
}

struct probe_result probe_try(enum probe probe)
{
    struct probe_result result = {.step = step_names[STEP_FORK]};
    struct report report;
    int ends[2];
    pid_t child;

    if (pipe2(ends, O_CLOEXEC)) {
        result.errnum = errno;
        return result;
    }
    child = fork();
    if (!child)
        child_reports(probe, ends[1]);
    result.errnum = child < 0 ? errno : 0;
    close(ends[1]);
    if (child > 0 && read(ends[0], &report, sizeof(report)) == sizeof(report))
        result = (struct probe_result){report.step == STEP_NONE, report.errnum, step_names[report.step], report.number};
    else if (child > 0)
        result.step = "the probe: the kernel killed it";
    close(ends[0]);
    if (child > 0)
        waitpid(child, NULL, 0);
    return result;
}
