// Starting a program with pipes to it. Nothing here knows PowerShell.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "interp/cmdlets/program.h"

enum { STREAMS = 3, STEP_MS = 10, PATIENCE_STEPS = 50 };

struct ends {
    int ours[STREAMS], theirs[STREAMS];
};

static void close_one(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void ends_close(const struct child_plan *plan, struct ends *ends, bool ours)
{
    for (int i = 0; i < STREAMS; i++) {
        if (plan->how[i] == CHILD_PIPE || plan->how[i] == CHILD_NULL)
            close_one(&ends->theirs[i]);
        if (ours)
            close_one(&ends->ours[i]);
    }
}

static bool make_pipe(int stream, struct ends *ends)
{
    int pair[2];
    if (pipe2(pair, O_CLOEXEC))
        return false;
    ends->ours[stream] = pair[stream == 0];
    ends->theirs[stream] = pair[stream != 0];
    return fcntl(ends->ours[stream], F_SETFL, O_NONBLOCK) == 0;
}

static bool ends_open(const struct child_plan *plan, struct ends *ends)
{
    for (int i = 0; i < STREAMS; i++) {
        bool ok = true;
        switch (plan->how[i]) {
        case CHILD_INHERIT:
            ends->theirs[i] = i;
            break;
        case CHILD_GIVEN:
            ends->theirs[i] = plan->given[i];
            break;
        case CHILD_NULL:
            ends->theirs[i] = open("/dev/null", (i ? O_WRONLY : O_RDONLY) | O_CLOEXEC);
            ok = ends->theirs[i] >= 0;
            break;
        case CHILD_PIPE:
            ok = make_pipe(i, ends);
        }
        if (!ok)
            return false;
    }
    return true;
}

// What this process ignores or blocks is no program's business.
static int set_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int failed = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (!failed)
        failed = posix_spawnattr_setsigmask(attributes, &none);
    return failed ? failed : posix_spawnattr_setsigdefault(attributes, &all);
}

static int set_files(posix_spawn_file_actions_t *actions, const struct child_plan *plan,
                     const struct ends *ends)
{
    int failed = plan->folder ? posix_spawn_file_actions_addchdir_np(actions, plan->folder) : 0;
    for (int i = 0; i < STREAMS && !failed; i++) // dup2 to itself takes O_CLOEXEC away
        failed = posix_spawn_file_actions_adddup2(actions, ends->theirs[i], i);
    return failed;
}

static int spawn(const struct child_plan *plan, const struct ends *ends, pid_t *ret_pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed)
        return failed;
    failed = posix_spawnattr_init(&attributes);
    if (!failed) {
        failed = set_signals(&attributes);
        if (!failed)
            failed = set_files(&actions, plan, ends);
        if (!failed)
            failed = posix_spawn(ret_pid, plan->path, &actions, &attributes, plan->argv, plan->environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

int child_start(const struct child_plan *plan, struct child *ret)
{
    struct ends ends = {{-1, -1, -1}, {-1, -1, -1}};
    pid_t pid = 0;
    int failed = ends_open(plan, &ends) ? spawn(plan, &ends, &pid) : errno;
    ends_close(plan, &ends, failed != 0);
    if (!failed)
        *ret = (struct child){.pid = pid, .in = ends.ours[0], .out = ends.ours[1], .err = ends.ours[2]};
    return failed;
}

void terminal_lend(struct terminal *terminal)
{
    struct termios lines;
    if (terminal->changed || tcgetattr(0, &terminal->before))
        return;
    lines = terminal->before;
    lines.c_iflag |= BRKINT | ICRNL | IXON | IUTF8;
    lines.c_oflag |= OPOST | ONLCR;
    lines.c_lflag |= ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN | ISIG;
    lines.c_cc[VINTR] = 'C' & 0x1f;
    lines.c_cc[VQUIT] = '\\' & 0x1f;
    lines.c_cc[VEOF] = 'D' & 0x1f;
    terminal->changed = tcsetattr(0, TCSADRAIN, &lines) == 0;
}

void terminal_take_back(struct terminal *terminal)
{
    if (terminal->changed)
        tcsetattr(0, TCSADRAIN, &terminal->before);
    terminal->changed = false;
}

static bool reap(struct child *child, int flags)
{
    pid_t found;
    do
        found = waitpid(child->pid, &child->status, flags);
    while (found < 0 && errno == EINTR && !flags);
    if (found == 0)
        return false;
    child->pid = 0;
    return true;
}

int child_wait(struct child *child)
{
    if (child->pid)
        reap(child, 0);
    return WIFSIGNALED(child->status) ? 128 + WTERMSIG(child->status) : WEXITSTATUS(child->status);
}

// Closed pipes end most programs; the others are asked, and after half a second not asked.
void child_end(struct child *child)
{
    const struct timespec step = {0, STEP_MS * 1000000L};
    close_one(&child->in);
    close_one(&child->out);
    close_one(&child->err);
    if (!child->pid)
        return;
    if (kill(child->pid, SIGTERM) && errno == EPERM) {
        child->pid = 0; // without that right it ends with the session
        return;
    }
    for (int i = 0; i < PATIENCE_STEPS; i++) {
        if (reap(child, WNOHANG))
            return;
        nanosleep(&step, NULL);
    }
    kill(child->pid, SIGKILL);
    reap(child, 0);
}
