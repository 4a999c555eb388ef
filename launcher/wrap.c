#include "launcher/wrap.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "launcher/pty.h"
#include "launcher/status.h"

enum { GRACE_MS = 500, WAIT_MOST = 1 << 30 };
enum { AT_PROGRAM, AT_SIGNALS, AT_PTY, POLLS = AT_PTY + PTY_POLLS };

struct wrapping {
    const struct wrap *wrap;
    struct profile *profile;
    char directory[PATH_MAX];
    bool terminal[3];
    struct pty pty;
    int signals;
    int ended_by;      // a signal that ends the program came; 0: none
    uint64_t deadline; // monotonic milliseconds; 0: none
    struct running running;
};

static bool load_profile(struct wrapping *w, struct err *err)
{
    return profile_open(w->wrap->profile, getuid() ? getuid() : (unsigned)-1, &w->profile, err) &&
           profile_admits(w->profile, err);
}

// Everything but what speaks of a fault of our own: all of it is passed on, or acted upon.
static bool open_signals(struct wrapping *w, struct err *err)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS};
    sigset_t set;

    sigfillset(&set);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        sigdelset(&set, faults[i]);
    if (sigprocmask(SIG_BLOCK, &set, NULL) < 0 || (w->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)) < 0)
        return err_sys(err, EXIT_SETUP, errno, "SignalsUnavailable", "signals cannot be received");
    return true;
}

static bool launch(struct wrapping *w, const struct hooks *hooks, struct err *err)
{
    if (pty_wanted(w->terminal) && !pty_open(w->terminal, 0, &w->pty, err))
        return false;
    struct payload payload = {.path = w->wrap->argv[0], .program = -1, .argv = w->wrap->argv, .wire = -1,
                              .terminal = w->terminal[0], .directory = getcwd(w->directory, sizeof w->directory)};
    for (int fd = 0; fd < 3; fd++)
        payload.stdio[fd] = w->terminal[fd] ? w->pty.slave : fd;
    return launch_start(w->profile, POLICY_WRAP, &payload, hooks, &w->running, err);
}

// The kernel stops nothing in a session whose leader's parent is elsewhere, so Ctrl-Z stops the program from outside.
static void suspend(struct wrapping *w)
{
    running_signal(&w->running, SIGSTOP);
    pty_suspend(&w->pty);
    running_signal(&w->running, SIGCONT);
}

static void take_signal(struct wrapping *w, int signal)
{
    unsigned columns, rows;

    if (signal == SIGCHLD || signal == SIGPIPE)
        return;
    if (signal == SIGTSTP)
        suspend(w);
    else if (signal == SIGWINCH && w->pty.master >= 0)
        pty_window(&w->pty, &columns, &rows); // the kernel tells the program
    else
        running_signal(&w->running, signal);
    if (signal == SIGCONT)
        pty_resume(&w->pty);
}

static void read_signals(struct wrapping *w)
{
    struct signalfd_siginfo info;

    while (read(w->signals, &info, sizeof info) == sizeof info)
        take_signal(w, (int)info.ssi_signo);
}

static bool time_left(const struct wrapping *w, int *ret_ms)
{
    uint64_t now = w->deadline ? clock_ms() : 0;

    *ret_ms = -1;
    if (w->deadline && now < w->deadline)
        *ret_ms = w->deadline - now < WAIT_MOST ? (int)(w->deadline - now) + 1 : WAIT_MOST;
    return !w->deadline || now < w->deadline;
}

static void pty_wait(struct wrapping *w, struct pollfd *polls)
{
    for (int i = AT_PTY; i < POLLS; i++)
        polls[i] = (struct pollfd){.fd = -1};
    if (w->pty.master >= 0)
        pty_poll(&w->pty, polls + AT_PTY);
}

static void act(struct wrapping *w, const struct pollfd *polls)
{
    if (polls[AT_SIGNALS].revents)
        read_signals(w);
    if (w->pty.master >= 0)
        pty_pump(&w->pty, polls + AT_PTY);
    if (w->pty.suspend)
        suspend(w);
    if (polls[AT_PROGRAM].revents)
        running_wait(&w->running);
    else
        running_reap(&w->running);
}

static bool watch(struct wrapping *w, struct err *err)
{
    struct pollfd polls[POLLS];
    int timeout;

    while (!w->running.ended) {
        if (!time_left(w, &timeout))
            return err_set(err, EXIT_TIMEOUT, "WallLimit", "the program ran longer than its profile permits and was ended");
        polls[AT_PROGRAM] = (struct pollfd){.fd = w->running.pidfd, .events = POLLIN};
        polls[AT_SIGNALS] = (struct pollfd){.fd = w->signals, .events = POLLIN};
        pty_wait(w, polls);
        if (poll(polls, POLLS, timeout) < 0 && errno != EINTR)
            return err_sys(err, EXIT_SETUP, errno, "WaitFailed", "the program cannot be waited for");
        act(w, polls);
    }
    return true;
}

static bool supervise(struct wrapping *w, int *ret_status, struct err *err)
{
    uint64_t wall = w->running.policy.limits[LIMIT_WALL];
    bool ended;

    pty_start(&w->pty);
    w->deadline = wall ? clock_ms() + wall * 1000 : 0;
    status_start(w->wrap->status_fd, w->profile, &w->running, "one");
    ended = watch(w, err);
    *ret_status = running_end(&w->running, GRACE_MS);
    return ended && running_in_cpu(&w->running, err);
}

static void close_all(struct wrapping *w)
{
    pty_close(&w->pty);
    fd_close(&w->signals);
    if (w->profile)
        profile_free(w->profile);
}

bool wrap_run(const struct wrap *wrap, const struct hooks *hooks, int *ret_status, struct err *err)
{
    struct wrapping w = {.wrap = wrap, .pty = PTY_NONE, .signals = -1};
    int status;
    bool done = load_profile(&w, err) && open_signals(&w, err) && launch(&w, hooks, err) && supervise(&w, &status, err);

    close_all(&w);
    if (!done) {
        status_refused(wrap->status_fd, err);
        return false;
    }
    status_exit(wrap->status_fd, status);
    *ret_status = status;
    return true;
}
