#include "launcher/running.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/fd.h"
#include "launcher/init.h"
#include "launcher/launch.h"

enum { STATUS_TEXT = 4096, CHILDREN_TEXT = 4096, SWEEPS = 1000 };

static int pidfd_signal(int pidfd, int signal)
{
    return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

void running_reap_failed(pid_t child, int *pidfd)
{
    // It ends by itself; the signal is for one that hangs in the kernel's arms.
    pidfd_signal(*pidfd, SIGKILL);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    fd_close(pidfd);
}

int running_children_open(void)
{
    char path[64];

    snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
    return open(path, O_RDONLY | O_CLOEXEC);
}

// How many system call filters a process runs behind, by its /proc/PID/status; ~0U: it does not tell.
static unsigned filters_in(int status)
{
    static const char name[] = "\nSeccomp_filters:";
    char text[STATUS_TEXT];
    ssize_t size = status >= 0 ? pread(status, text, sizeof text - 1, 0) : -1;

    if (size < 0)
        return ~0U;
    text[size] = '\0';
    char *line = strstr(text, name);
    return line ? (unsigned)strtoul(line + strlen(name), NULL, 10) : ~0U;
}

void running_watch(struct running *running)
{
    char path[32];
    int own = open("/proc/self/status", O_RDONLY | O_CLOEXEC);

    running->filters = filters_in(own);
    fd_close(&own);
    snprintf(path, sizeof path, "/proc/%d/status", running->program);
    running->watched = open(path, O_RDONLY | O_CLOEXEC);
}

static void note_end(struct running *running, pid_t ended, int status, const struct rusage *used)
{
    if (ended != running->child || running->ended)
        return;
    running->ended = true;
    running->status = status_of_wait(status);
    running->cpu_ms = (uint64_t)(used->ru_utime.tv_sec + used->ru_stime.tv_sec) * 1000 +
                      (uint64_t)(used->ru_utime.tv_usec + used->ru_stime.tv_usec) / 1000;
}

// The kernel's timer counts the ticks that find a process running, which on a busy machine is far more than it says
// in the end that the process used. SIGXCPU has hardly another cause, SIGKILL has many.
bool running_in_cpu(const struct running *running, struct err *err)
{
    uint64_t most = running->policy.limits[LIMIT_CPU] * 1000;
    unsigned parts = running->status == 128 + SIGXCPU ? 8 : running->status == 128 + SIGKILL ? 2 : 0;

    return !running->ended || !parts || !most || running->cpu_ms * parts < most ||
           err_set(err, EXIT_TIMEOUT, limit_rows[LIMIT_CPU].error,
                   "a process used more of the processor than its profile permits and was ended (CpuSeconds)");
}

bool running_reap(struct running *running)
{
    struct rusage used;
    int status;
    pid_t ended;

    while ((ended = wait4(-1, &status, WNOHANG, &used)) > 0)
        note_end(running, ended, status, &used);
    return running->ended;
}

bool running_wait(struct running *running)
{
    struct rusage used;
    int status;
    pid_t ended = -1;

    while (!running->ended && (ended = wait4(running->child, &status, 0, &used)) < 0 && errno == EINTR)
        ;
    note_end(running, ended, status, &used);
    return running->ended;
}

void running_signal(const struct running *running, int signal)
{
    if (running->ended)
        return;
    if (running->tier == TIER_FULL)
        pidfd_signal(running->pidfd, signal);
    else if (kill(-running->program, signal) < 0)
        pidfd_signal(running->pidfd, signal); // before its setsid
}

static bool wait_ended(struct running *running, unsigned timeout_ms)
{
    struct pollfd program = {.fd = running->pidfd, .events = POLLIN};

    if (!running_reap(running))
        poll(&program, 1, (int)timeout_ms);
    return running_reap(running);
}

// One pass over the supervisor's children: kills all, and collects what has ended. False: there are none left.
static bool sweep(const struct running *running)
{
    char text[CHILDREN_TEXT];
    ssize_t size = running->children >= 0 ? pread(running->children, text, sizeof text - 1, 0) : -1;

    if (size > 0) {
        text[size] = '\0';
        if (size == sizeof text - 1)
            *strrchr(text, ' ') = '\0';
        for (char *at = text, *end; *at && strtol(at, &end, 10) > 0; at = end + (*end == ' '))
            kill((pid_t)strtol(at, NULL, 10), SIGKILL);
    }
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ;
    return waitpid(-1, NULL, WNOHANG) == 0;
}

// In place no namespace ends what the program has left behind. Orphans of orphans come up with each pass.
static void sweep_all(struct running *running)
{
    static const struct timespec pause = {0, 1000000};

    if (waitpid(-1, NULL, WNOHANG) < 0)
        return; // no child at all
    if (running->children < 0)
        running->children = running_children_open();
    kill(-running->program, SIGKILL);
    for (int pass = 0; pass < SWEEPS && sweep(running); pass++)
        nanosleep(&pause, NULL);
}

int running_end(struct running *running, unsigned grace_ms)
{
    if (!running_reap(running) && grace_ms) {
        running_signal(running, SIGTERM);
        wait_ended(running, grace_ms);
    }
    if (!running->ended) {
        pidfd_signal(running->pidfd, SIGKILL);
        while (!wait_ended(running, 1000))
            ;
    }
    if (running->tier == TIER_INPLACE)
        sweep_all(running);
    fd_close(&running->pidfd);
    fd_close(&running->children);
    fd_close(&running->watched);
    arena_free(&running->arena);
    return running->status;
}

bool running_witness(const struct running *running, unsigned timeout_ms, enum witness *ret_witness, struct err *err)
{
    static const struct timespec pause = {0, 500000};
    unsigned wanted = running->filters + running->own_filters, seen = filters_in(running->watched);

    for (unsigned waited = 0; seen != ~0U && seen < wanted && waited < timeout_ms * 2; waited++) {
        nanosleep(&pause, NULL);
        seen = filters_in(running->watched);
    }
    if (running->filters != ~0U && seen != ~0U && seen < wanted)
        return err_set(err, EXIT_SETUP, "FilterMissing",
                       "the interpreter runs behind %u system call filters instead of %u; nothing was sent to it", seen, wanted);
    *ret_witness = running->filters == ~0U || seen == ~0U ? WITNESS_CLAIMED : WITNESS_SEEN;
    return true;
}
