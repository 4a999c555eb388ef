#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launcher/init.h"
#include "launcher/kernel.h"
#include "launcher/report.h"

// The steps of place PROGRAM need a third of it at most.
enum { STACK = 64 * 1024 };

static int program_main(void *data)
{
    struct confine *confine = data;

    processor_release(&confine->processors);
    if (confine->report >= 0)
        report_starting(confine->report);
    steps_run(confine, PROGRAM, &confine->failure); // executes the program, or fails
    confine->failed = true;
    _exit(confine->failure.status);
}

static bool spawn_failed(struct confine *confine, struct err *err)
{
    *err = confine->failure;
    waitid(P_PID, (id_t)confine->child, NULL, WEXITED);
    if (confine->pidfd >= 0)
        close(confine->pidfd);
    confine->child = confine->pidfd = -1;
    return false;
}

// The child borrows this process's memory and this process stands still until the program has been executed: that
// spares copying the memory, and what went wrong needs no pipe. Its stack is a piece of this one, most of which has
// been in use before: other memory the kernel would have to find first.
bool program_spawn(struct confine *confine, bool want_pidfd, struct err *err)
{
    _Alignas(16) char stack[STACK];
    int flags = CLONE_VM | CLONE_VFORK | SIGCHLD | (want_pidfd ? CLONE_PIDFD : 0), program = confine->program, errnum;

    confine->failed = false;
    confine->pidfd = -1;
    processor_hold(&confine->processors);
    confine->child = clone(program_main, stack + STACK, flags, confine, &confine->pidfd);
    errnum = errno;
    processor_release(&confine->processors);
    confine->program = program; // memory is shared and tables of descriptors are not: what the child opened is not ours
    if (confine->child < 0)
        return err_sys(err, EXIT_SETUP, errnum, "ForkFailed", "cannot start another process");
    return !confine->failed || spawn_failed(confine, err);
}
