// Other processes: looking into them, signalling them, becoming somebody else, running something else.
#include "attempt.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define P(x) ((long)(intptr_t)(x))
#define Z3 0L, 0L, 0L

static int k063(void)
{
    int error = call(SYS_ptrace, (long)PTRACE_TRACEME, Z3, 0L, 0L);
    return error;
}
static int attach_parent(void)
{
    if (getppid() == 0)
        return ESRCH;
    return reached(SYS_ptrace, (long)PTRACE_SEIZE, (long)getppid(), Z3, 0L) == 0 ? 0 : errno;
}
static int k065(void) { return reached(SYS_process_vm_writev, (long)getpid(), -1L, 1L, -1L, 1L, 0L); }
static int k066(void) { return reached(SYS_process_vm_readv, (long)getpid(), -1L, 1L, -1L, 1L, 0L); }
static int k072(void) { return call(SYS_kcmp, (long)getpid(), (long)getpid(), 2L, 0L, 0L, 0L); }
static int k073(void) { return reached(SYS_process_madvise, -1L, -1L, 1L, 21L, 0L, 0L); }
static int k074(void) { return reached(SYS_prctl, (long)PR_SET_PTRACER, -1L, Z3, 0L); }
static int k075(void) { return call(SYS_prctl, (long)PR_SET_DUMPABLE, 1L, Z3, 0L); }
static int k076(void) { return reached(SYS_prctl, (long)PR_SET_MM, 13L, -1L, 0L, 0L, 0L) == EPERM ? EPERM : errno; }
static int k078(void) { return reached(SYS_get_mempolicy, 0L, -1L, 0L, -1L, 0L, 0L); }
static int pid_fd(void) { return call(SYS_pidfd_open, (long)getpid(), 0L, Z3, 0L); }
static int pid_getfd(void) { return reached(SYS_pidfd_getfd, -1L, 0L, 0L, Z3); }
static int k079(void)
{
    pid_t parent = getppid();
    return parent == 0 ? ESRCH : call(SYS_kill, (long)parent, 0L, Z3, 0L);
}
static int k081(void) { return call(SYS_kill, -1L, 0L, Z3, 0L); }
static int k080(void) { return call(SYS_kill, 0L, 0L, Z3, 0L); }
static int k082(void)
{
    int ends[2];
    if (pipe(ends) < 0)
        return errno;
    int error = fcntl(ends[0], F_SETOWN, getpid()) < 0 || fcntl(ends[0], 10, SIGKILL) < 0 ? errno : 0;
    close(ends[0]);
    close(ends[1]);
    return error;
}
static int k086(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child < 0 ? errno : (waitpid(child, NULL, 0), 0);
}
static int execute(char *const argv[])
{
    pid_t child = fork(); // where fork is refused, the exec is tried in place and ends the probe if it succeeds
    int in_place = child < 0;
    if (child > 0) {
        int status = 0;
        waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    char *const envp[] = {NULL};
    if (!in_place)
        dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
    execve(argv[0], argv, envp);
    int error = errno;
    if (in_place)
        return error;
    _exit(error);
}
static int k150(void) { return execute((char *[]){(char *)"/bin/sh", (char *)"-c", (char *)"exit 0", NULL}); }
static int k151(void)
{
    return execute((char *[]){(char *)"/lib64/ld-linux-x86-64.so.2", (char *)"/bin/true", NULL});
}
static int exec_self_by_fd(void)
{
    return reached(SYS_execveat, -1L, P(""), 0L, 0L, (long)AT_EMPTY_PATH, 0L);
}
static int k162(void) { return execute((char *[]){(char *)"/usr/bin/su", (char *)"--version", NULL}); }
static int k167(void) { return call(SYS_setresuid, 0L, 0L, 0L, Z3); }
static int set_groups(void) { return call(SYS_setgroups, 0L, 0L, 0L, Z3); }
static int set_own(void) { return call(SYS_setuid, (long)getuid(), 0L, 0L, Z3); }
static int k168(void)
{
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct all[2] = {{~0U, ~0U, ~0U}, {0x1ffU, 0x1ffU, 0x1ffU}};
    return call(SYS_capset, P(&header), P(all), 0L, Z3);
}
static int some_capability(void)
{
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct have[2] = {{0}};
    if (syscall(SYS_capget, &header, have) < 0)
        return errno;
    return have[0].effective | have[0].permitted | have[0].inheritable | have[1].effective | have[1].permitted ? 0 : EPERM;
}
static int k169(void) { return call(SYS_prctl, (long)PR_CAP_AMBIENT, 2L, 21L, 0L, 0L, 0L); }
static int keep_caps(void) { return call(SYS_prctl, (long)PR_SET_KEEPCAPS, 1L, Z3, 0L); }
static int secure_bits(void) { return call(SYS_prctl, (long)PR_SET_SECUREBITS, 0L, Z3, 0L); }
static int k244(void)
{
    struct sched_param p = {50};
    return sched_setscheduler(0, SCHED_FIFO, &p) < 0 ? errno : 0;
}
static int nicer(void) { return call(SYS_setpriority, 0L, 0L, -20L, Z3); }
static int k246(void)
{
    pid_t other = getppid();
    return other == 0 ? ESRCH : reached(SYS_prlimit64, (long)other, (long)RLIMIT_NOFILE, 0L, -1L, 0L, 0L);
}
static int new_session(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(setsid() < 0 ? errno : 0);
    int status = 0;
    return child < 0 ? errno : (waitpid(child, &status, 0), WEXITSTATUS(status));
}

#define STOP "SYS EPERM ENOSYS"
const struct attempt attempts_process[] = {
    {"K063", "ptrace", k063, CONTROL_PLAIN, STOP, ""},
    {"K063b", "seize the parent", attach_parent, CONTROL_PLAIN, STOP " ESRCH", ""},
    {"K065", "write another process's memory", k065, CONTROL_PLAIN, STOP, ""},
    {"K066", "read another process's memory", k066, CONTROL_PLAIN, STOP, ""},
    {"K072", "kcmp", k072, CONTROL_PLAIN, STOP, ""},
    {"K073", "process_madvise", k073, CONTROL_PLAIN, STOP, ""},
    {"K074", "let anybody trace this process", k074, CONTROL_PLAIN, STOP " EINVAL", ""},
    {"K075", "become dumpable", k075, CONTROL_PLAIN, STOP, "EXEC"},
    {"K076", "pretend to be another program", k076, CONTROL_NONE, STOP, ""},
    {"K078", "get_mempolicy", k078, CONTROL_PLAIN, STOP, ""},
    {"X040", "pidfd_open", pid_fd, CONTROL_PLAIN, STOP, "EXEC"},
    {"X041", "pidfd_getfd", pid_getfd, CONTROL_PLAIN, STOP, ""},
    {"K079", "signal the parent", k079, CONTROL_PLAIN, STOP " ESRCH", "PROCESS_SIGNAL"},
    {"K080", "signal the process group", k080, CONTROL_PLAIN, STOP " ESRCH", "PROCESS_SIGNAL EXEC"},
    {"K081", "signal everybody", k081, CONTROL_PLAIN, STOP " ESRCH", "PROCESS_SIGNAL EXEC"},
    {"K082", "have the kernel signal another (F_SETOWN, F_SETSIG)", k082, CONTROL_PLAIN, STOP, ""},
    {"K086", "start a process", k086, CONTROL_PLAIN, STOP, "FORK EXEC"},
    {"X042", "a session of its own", new_session, CONTROL_PLAIN, STOP, "FORK EXEC"},
    {"K150", "execute /bin/sh", k150, CONTROL_PLAIN, STOP " EACCES ENOENT", "EXEC"},
    {"K151", "run a program through the dynamic loader", k151, CONTROL_PLAIN, STOP " EACCES ENOENT", "EXEC"},
    {"K153b", "execveat", exec_self_by_fd, CONTROL_PLAIN, STOP, "EXEC"},
    {"K162", "execute a setuid program", k162, CONTROL_PLAIN, STOP " EACCES ENOENT", "EXEC"},
    {"K167", "become uid 0", k167, CONTROL_USERNS, STOP " EINVAL", ""},
    {"K167b", "drop groups", set_groups, CONTROL_NONE, STOP, ""},
    {"K167c", "setuid to itself", set_own, CONTROL_PLAIN, STOP, "EXEC"},
    {"K168", "raise all capabilities", k168, CONTROL_USERNS, STOP, ""},
    {"X043", "have any capability", some_capability, CONTROL_USERNS, STOP, ""},
    {"K169", "raise an ambient capability", k169, CONTROL_NONE, STOP, ""},
    {"K169b", "keep capabilities", keep_caps, CONTROL_PLAIN, STOP, ""},
    {"K169c", "unlock the secure bits", secure_bits, CONTROL_NONE, STOP, ""},
    {"K244", "real-time scheduling", k244, CONTROL_NONE, STOP, ""},
    {"K244b", "a higher priority", nicer, CONTROL_NONE, STOP " EACCES", ""},
    {"K246", "the limits of the parent", k246, CONTROL_PLAIN, STOP " ESRCH", ""},
    {0},
};
