#include "launcher/starter.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/wire.h"

enum { LEAVE_MS = 3000, PAUSE_MS = 10 };

struct making { // the starter's own side
    struct wire wire;
    int ends[STARTER_SLOTS];
    pid_t jobs[STARTER_SLOTS]; // 0: none
    starter_run *run;
    void *context;
    int signals;
    unsigned *fail; // struct starter
};

// Whether the next call is made at all: a test lets one of them fail.
static bool may(unsigned *fail)
{
#ifdef JESH_TEST
    if (*fail && !--*fail)
        return errno = EIO, false;
#else
    (void)fail;
#endif
    return true;
}

static size_t limit(uint16_t kind)
{
    return kind == STARTER_START ? STARTER_BYTES + 8 : kind == STARTER_STOP ? 4 : SIZE_MAX;
}

// --- One sandbox
// -----------------------------------------------------------------------------------------------

// Whoever waits for it may be ended first: it goes with its starter.
static void become_job(struct making *making, unsigned slot)
{
    int null = may(making->fail) ? open("/dev/null", O_RDWR | O_CLOEXEC) : -1;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (null < 0 || !may(making->fail) || dup2(null, 0) < 0 || dup2(making->ends[slot], 1) < 0 || dup2(null, 2) < 0)
        _exit(EXIT_SETUP);
    close(null);
    close(making->wire.fd);
    close(making->signals);
    for (unsigned i = 0; i < STARTER_SLOTS; i++)
        close(making->ends[i]);
}

static void start(struct making *making, unsigned slot, const char *bytes, size_t size)
{
    pid_t job = may(making->fail) ? fork() : -1;
    if (job == 0) {
        become_job(making, slot);
        _exit(making->run(making->context, bytes, size));
    }
    making->jobs[slot] = job > 0 ? job : 0;
}

// --- Requests
// ---------------------------------------------------------------------------------------------------

static bool tell_ended(struct making *making, unsigned slot)
{
    struct buf payload = BUF_INIT;
    wire_put_u32(&payload, slot);
    bool ok = wire_send(&making->wire, STARTER_ENDED, payload.data, payload.size, NULL);
    buf_free(&payload);
    return ok;
}

// A wrong request comes from a broker that is no longer itself: nothing more is made for it.
static bool take_start(struct making *making, const struct wire_message *message)
{
    struct wire_reader reader = wire_reader_of(message->payload, message->size);
    uint32_t plan = wire_get_u32(&reader), slot = wire_get_u32(&reader);
    if (reader.failed || plan != PLAN_JOB || slot >= STARTER_SLOTS || making->jobs[slot])
        return false;
    start(making, slot, (const char *)reader.at, (size_t)(reader.end - reader.at));
    return making->jobs[slot] || tell_ended(making, slot);
}

static bool take_stop(struct making *making, const struct wire_message *message)
{
    struct wire_reader reader = wire_reader_of(message->payload, message->size);
    uint32_t slot = wire_get_u32(&reader);
    if (reader.failed || slot >= STARTER_SLOTS)
        return false;
    if (making->jobs[slot])
        kill(making->jobs[slot], SIGTERM);
    return true;
}

static bool take_requests(struct making *making)
{
    bool end;
    if (!wire_fill(&making->wire, &end, NULL) || end)
        return false;
    for (;;) {
        struct wire_message message;
        bool ready;
        if (!wire_take(&making->wire, limit, &message, &ready, NULL))
            return false;
        if (!ready)
            return true;
        if (!(message.kind == STARTER_START ? take_start : take_stop)(making, &message))
            return false;
    }
}

static bool reap(struct making *making)
{
    struct signalfd_siginfo info;
    pid_t ended;
    bool ok = true;
    while (read(making->signals, &info, sizeof info) == sizeof info)
        ;
    while ((ended = waitpid(-1, NULL, WNOHANG)) > 0)
        for (unsigned i = 0; i < STARTER_SLOTS; i++)
            if (making->jobs[i] == ended) {
                making->jobs[i] = 0;
                ok = tell_ended(making, i) && ok;
            }
    return ok;
}

static unsigned signal_all(const struct making *making, int signal)
{
    unsigned left = 0;
    for (unsigned i = 0; i < STARTER_SLOTS; i++)
        if (making->jobs[i]) {
            left++;
            if (signal)
                kill(making->jobs[i], signal);
        }
    return left;
}

// SIGTERM lets each end what it has started; none is left behind.
static void end_all(struct making *making)
{
    uint64_t until = clock_ms() + LEAVE_MS;
    signal_all(making, SIGTERM);
    while (signal_all(making, 0) && clock_ms() < until) {
        struct pollfd poll_for = {making->signals, POLLIN, 0};
        poll(&poll_for, 1, PAUSE_MS);
        reap(making);
    }
    signal_all(making, SIGKILL);
}

static int serve(struct making *making)
{
    struct pollfd polls[] = {{making->wire.fd, POLLIN, 0}, {making->signals, POLLIN, 0}};
    for (bool ok = true; ok;) {
        if (poll(polls, 2, -1) < 0 && errno != EINTR)
            break;
        if (polls[1].revents)
            ok = reap(making);
        if (ok && polls[0].revents)
            ok = take_requests(making);
    }
    end_all(making);
    return 0;
}

// --- Its making
// -------------------------------------------------------------------------------------------------

static bool is_ours(const struct making *making, int fd)
{
    bool ours = fd == making->wire.fd;
    for (unsigned i = 0; i < STARTER_SLOTS; i++)
        ours = ours || fd == making->ends[i];
    return ours;
}

// Nothing else of what the launcher holds: neither the session's socket nor its terminal, nor the caller's
// streams.
static bool keep_only_ours(const struct making *making)
{
    int last = making->wire.fd, null = may(making->fail) ? open("/dev/null", O_RDWR | O_CLOEXEC) : -1;
    for (unsigned i = 0; i < STARTER_SLOTS; i++)
        last = making->ends[i] > last ? making->ends[i] : last;
    for (int fd = 0; fd < 3; fd++)
        if (null < 0 || !may(making->fail) || dup2(null, fd) < 0)
            return false;
    for (int fd = 3; fd <= last; fd++)
        if (!is_ours(making, fd))
            close(fd);
    return may(making->fail) && close_range((unsigned)last + 1, ~0U, 0) == 0;
}

// The terminal's keys are the session's, not the jobs'.
static int become_starter(struct making *making)
{
    sigset_t child;
    if (!keep_only_ours(making))
        return EXIT_SETUP;
    setpgid(0, 0);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    making->signals = may(making->fail) ? signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK) : -1;
    return making->signals < 0 ? EXIT_SETUP : serve(making);
}

static bool make_pairs(struct starter *starter, struct making *making, int *ret_own)
{
    int pair[2];
    for (unsigned i = 0; i < STARTER_SLOTS; i++) {
        if (!may(making->fail) || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
            return false;
        starter->slots[i] = pair[0];
        making->ends[i] = pair[1];
        if (!may(making->fail) || !fd_set_nonblocking(pair[0], true))
            return false;
    }
    if (!may(making->fail) || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
        return false;
    starter->socket = pair[0];
    *ret_own = pair[1];
    return may(making->fail) && fd_set_nonblocking(pair[0], true);
}

static void close_ends(struct starter *starter)
{
    fd_close(&starter->socket);
    for (unsigned i = 0; i < STARTER_SLOTS; i++)
        fd_close(&starter->slots[i]);
}

bool starter_open(struct starter *starter, starter_run *run, void *context, struct err *err)
{
    struct making making = {.run = run, .context = context, .fail = &starter->fail};
    int own = -1;
    for (unsigned i = 0; i < STARTER_SLOTS; i++)
        making.ends[i] = -1;
    bool ok = make_pairs(starter, &making, &own) && may(making.fail) && (starter->process = fork()) >= 0;
    if (ok && starter->process == 0) {
        close_ends(starter);
        making.wire.fd = own;
        _exit(become_starter(&making));
    }
    fd_close(&own);
    for (unsigned i = 0; i < STARTER_SLOTS; i++)
        fd_close(&making.ends[i]);
    if (!ok)
        close_ends(starter);
    return ok || err_sys(err, EXIT_SETUP, errno, "StarterUnavailable",
                         "the process that makes sandboxes cannot be started");
}

void starter_leave(struct starter *starter)
{
    if (starter->process > 0)
        close_ends(starter);
}

void starter_close(struct starter *starter)
{
    if (starter->process <= 0)
        return;
    close_ends(starter);
    while (waitpid(starter->process, NULL, 0) < 0 && errno == EINTR)
        ;
    starter->process = 0;
}
