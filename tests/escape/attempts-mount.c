// Changing the file system's shape, and namespaces.
#include "attempt.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define P(x) ((long)(intptr_t)(x))
#define Z3 0L, 0L, 0L

// A clone that must not leave a second copy of the probe running.
static int try_clone(unsigned long flags)
{
    long pid = syscall(SYS_clone, flags, 0L, 0L, 0L, 0L);
    if (pid == 0)
        _exit(0);
    if (pid < 0)
        return errno;
    if (!(flags & CLONE_PARENT))
        waitpid((pid_t)pid, NULL, __WALL);
    return 0;
}

static int k004(void) { return try_clone(CLONE_NEWUSER | SIGCHLD); }
static int k006(void)
{
    uint64_t args[11] = {CLONE_NEWUSER, [4] = SIGCHLD};
    long pid = syscall(SYS_clone3, args, sizeof args);
    if (pid == 0)
        _exit(0);
    return pid < 0 ? errno : (waitpid((pid_t)pid, NULL, 0), 0);
}
static int k007(void) { return call(SYS_unshare, (long)CLONE_NEWNS, Z3, 0L, 0L); }
static int k008(void) { return call(SYS_unshare, (long)CLONE_NEWUSER, Z3, 0L, 0L); }
static int k009(void) { return call(SYS_unshare, (long)(CLONE_FS | CLONE_FILES | CLONE_SYSVSEM), Z3, 0L, 0L); }
static int k010(void)
{
    int fd = open("/proc/1/ns/mnt", O_RDONLY | O_CLOEXEC);
    return fd < 0 ? errno : call(SYS_setns, (long)fd, 0L, 0L, Z3);
}
static int k012(void)
{
    int fd = open("/proc/self/ns/user", O_RDONLY | O_CLOEXEC);
    return fd < 0 ? errno : reached(SYS_setns, (long)fd, (long)CLONE_NEWUSER, 0L, Z3);
}
static int setns_reached(void) { return reached(SYS_setns, -1L, 0L, 0L, Z3); }
static int k013(void)
{
    int fd = open("/proc/self/ns/user", O_RDONLY | O_CLOEXEC);
    return fd < 0 ? errno : reached(SYS_ioctl, (long)fd, 0xb702L, 0L, Z3);
}
static int k014(void) { return try_clone(CLONE_PARENT | SIGCHLD); }
static int k015(void) { return try_clone(CLONE_PTRACE | SIGCHLD); }
static int k051(void) { return try_clone(0x100000000UL | CLONE_NEWUSER | SIGCHLD); }
static int k016(void) { return call(SYS_mount, P("t"), P("/mnt"), P("tmpfs"), 0L, 0L, 0L); }
static int k017(void) { return call(SYS_mount, P("/"), P("/mnt"), 0L, (long)(MS_BIND | MS_REC), 0L, 0L); }
static int k019(void) { return call(SYS_mount, 0L, P("/"), 0L, (long)(MS_REMOUNT | MS_BIND), 0L, 0L); }
static int k020(void) { return reached(SYS_umount2, -1L, 2L, 0L, Z3); }
static int k023(void) { return reached(SYS_fsconfig, -1L, 1L, -1L, -1L, 0L, 0L); }
static int fsopen_any(void) { return call(SYS_fsopen, P("tmpfs"), 0L, 0L, Z3); }
static int k025(void) { return call(SYS_open_tree, (long)AT_FDCWD, P("/"), 0L, Z3); }
static int k025_clone(void) { return call(SYS_open_tree, (long)AT_FDCWD, P("/"), 0x8001L, Z3); }
static int k026(void) { return reached(SYS_move_mount, (long)AT_FDCWD, -1L, (long)AT_FDCWD, -1L, 0L, 0L); }
static int k027(void)
{
    uint64_t attr[4] = {0, 1, 0, 0};
    return call(SYS_mount_setattr, (long)AT_FDCWD, P("/"), 0L, P(attr), 32L, 0L);
}
static int k029(void) { return reached(467L, (long)AT_FDCWD, P("/"), 0L, -1L, 32L, 0L); }
static int k035(void) { return reached(SYS_name_to_handle_at, (long)AT_FDCWD, P("/"), -1L, -1L, 0L, 0L); }
static int handle_open(void) { return reached(SYS_open_by_handle_at, (long)AT_FDCWD, -1L, 0L, Z3); }
static int pivot(void) { return call(SYS_pivot_root, P("."), P("."), 0L, Z3); }
static int change_root(void) { return call(SYS_chroot, P("/"), 0L, 0L, Z3); }
static int list_mounts(void) { return reached(458L, -1L, -1L, 1L, 0L, 0L, 0L); }
static int stat_mount(void) { return reached(457L, -1L, -1L, 64L, 0L, 0L, 0L); }
static int hostname(void) { return call(SYS_sethostname, P("x"), 1L, 0L, Z3); }

#define STOP "SYS EPERM ENOSYS"
const struct attempt attempts_mount[] = {
    {"K004", "clone into a user namespace", k004, CONTROL_PLAIN, "SYS EPERM", ""},
    {"K006", "clone3 into a user namespace", k006, CONTROL_PLAIN, "ENOSYS", ""},
    {"K007", "unshare the mount namespace", k007, CONTROL_USERNS, STOP, ""},
    {"K008", "unshare the user namespace", k008, CONTROL_PLAIN, STOP, ""},
    {"K009", "unshare files and directories", k009, CONTROL_PLAIN, STOP, ""},
    {"K010", "join the mount namespace of pid 1", k010, CONTROL_NONE, "SYS EPERM EACCES ENOENT", ""},
    {"K011", "setns at all", setns_reached, CONTROL_PLAIN, STOP, ""},
    {"K012", "join a user namespace", k012, CONTROL_PLAIN, "SYS EPERM EACCES ENOENT", ""},
    {"K013", "find the parent user namespace", k013, CONTROL_NONE, "SYS EPERM EACCES ENOENT", ""},
    {"K014", "clone a sibling (CLONE_PARENT)", k014, CONTROL_PLAIN, "SYS EPERM EINVAL", ""},
    {"K015", "clone with CLONE_PTRACE", k015, CONTROL_PLAIN, "SYS EPERM", "FORK EXEC"},
    {"K016", "mount a tmpfs", k016, CONTROL_USERNS, STOP, ""},
    {"K017", "bind the root elsewhere", k017, CONTROL_USERNS, STOP, ""},
    {"K019", "remount the root without its flags", k019, CONTROL_USERNS, STOP, ""},
    {"K020", "umount2", k020, CONTROL_USERNS, STOP, ""},
    {"K023", "fsconfig", k023, CONTROL_PLAIN, STOP, ""},
    {"K024", "fsopen a tmpfs", fsopen_any, CONTROL_USERNS, STOP, ""},
    {"K025", "open_tree of the root", k025, CONTROL_PLAIN, STOP, ""},
    {"K025c", "open_tree of the root as a copy", k025_clone, CONTROL_USERNS, STOP, ""},
    {"K026", "move_mount", k026, CONTROL_USERNS, STOP, ""},
    {"K027", "mount_setattr: make the root writable", k027, CONTROL_USERNS, STOP, ""},
    {"K029", "open_tree_attr, a number younger than most filters", k029, CONTROL_USERNS, STOP, ""},
    {"K035", "name_to_handle_at", k035, CONTROL_PLAIN, STOP, ""},
    {"K035b", "open_by_handle_at", handle_open, CONTROL_PLAIN, STOP, ""},
    {"K051", "clone into a user namespace, a bit above 31 set", k051, CONTROL_PLAIN, "SYS EPERM", ""},
    {"X020", "pivot_root", pivot, CONTROL_NONE, STOP, ""},
    {"X021", "chroot", change_root, CONTROL_USERNS, STOP, ""},
    {"X022", "listmount", list_mounts, CONTROL_PLAIN, STOP, ""},
    {"X023", "statmount", stat_mount, CONTROL_PLAIN, STOP, ""},
    {"X024", "change the host name", hostname, CONTROL_USERNS, STOP, ""},
    {0},
};
