#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "base/fd.h"
#include "launcher/init.h"
#include "launcher/kernel.h"
#include "launcher/report.h"

// What each refusal of clone means; only those that speak of the place, and not of the moment, decide the tier.
static const struct answer {
    int errnum;
    bool decides;
    const char *what;
} answers[] = {
    {ENOSYS, true, "the kernel, or the container's system call list, has neither clone3 nor clone"},
    {EPERM, true, "user namespaces are not permitted here (container's system call list, chroot, kernel.unprivileged_userns_clone)"},
    {EACCES, true, "a security module forbids user namespaces (kernel.apparmor_restrict_unprivileged_userns, SELinux)"},
    {EINVAL, true, "the kernel was built without one of the namespaces"},
    {ENOSPC, true, "the limit on namespaces is reached (user.max_*_namespaces)"},
    {EUSERS, true, "user namespaces are nested too deep, or their limit is reached (user.max_user_namespaces)"},
    {EAGAIN, false, "the limit on processes is reached (ulimit -u, pids.max of the cgroup)"},
    {ENOMEM, false, "the kernel has no memory for new namespaces"},
};

static bool clone_refused(int errnum, struct err *err)
{
    const struct answer *answer = answers;

    while (answer < answers + sizeof answers / sizeof *answers && answer->errnum != errnum)
        answer++;
    if (answer == answers + sizeof answers / sizeof *answers)
        return err_sys(err, EXIT_SETUP, errnum, "CloneFailed", "cannot make namespaces");
    if (answer->decides)
        return tier_unavailable(err, errnum, answer->what);
    return err_sys(err, EXIT_SETUP, errnum, "CloneFailed", "%s", answer->what);
}

static uint64_t clone_flags(unsigned namespaces)
{
    static const uint64_t flags[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP};
    uint64_t result = 0;

    for (unsigned bit = 0; bit < sizeof flags / sizeof *flags; bit++)
        if (namespaces & 1u << bit)
            result |= flags[bit];
    return result;
}

// Container runtimes answer ENOSYS to clone3, whose flags their filter cannot see, so that programs ask again with clone.
static pid_t clone_any(uint64_t flags, int *ret_pidfd)
{
    struct clone_args args = {.flags = flags | CLONE_PIDFD | CLONE_CLEAR_SIGHAND, .pidfd = (uintptr_t)ret_pidfd, .exit_signal = SIGCHLD};
    long child = kernel_clone3(&args, sizeof args);

    if (child < 0 && errno == ENOSYS)
        child = syscall(SYS_clone, flags | CLONE_PIDFD | SIGCHLD, NULL, ret_pidfd, NULL, 0UL);
    return (pid_t)child;
}

// A network namespace counts until the kernel has cleaned up behind it, some time after its last process has gone.
static pid_t clone_patiently(uint64_t flags, int *ret_pidfd)
{
    enum { TRIES = 20 };
    static const struct timespec pause = {0, 5000000};
    pid_t child = clone_any(flags, ret_pidfd);

    for (int tries = 0; child < 0 && errno == ENOSPC && tries < TRIES; tries++) {
        nanosleep(&pause, NULL);
        child = clone_any(flags, ret_pidfd);
    }
    return child;
}

bool step_namespaces(struct confine *confine, struct err *err)
{
    int pidfd = -1, errnum;
    pid_t child;

    processor_hold(&confine->processors);
    child = clone_patiently(clone_flags(confine->policy->namespaces), &pidfd);
    errnum = errno;
    if (child < 0)
        return clone_refused(errnum, err); // still held, for the program may be started in place at once
    processor_release(&confine->processors);
    confine->processors.held = false;
    if (child == 0)
        init_main(confine);
    confine->child = child;
    confine->pidfd = pidfd;
    return true;
}
