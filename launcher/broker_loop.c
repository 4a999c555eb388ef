#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "launcher/broker.h"
#include "profiles/message.h"

enum { READY_MS = 10000, LEAVE_MS = 5000, INPUT_BYTES = 65536, MOST_PENDING = 1 << 20, WRITE_BYTES = 4096 };
// Order of the polled descriptors; the pty's follow.
enum { AT_WIRE, AT_PIDFD, AT_SIGNALS, AT_INPUT, AT_OUT, AT_ERR, AT_PTY, AT_JOBS = AT_PTY + PTY_POLLS, POLLS = AT_JOBS + JOB_POLLS };

struct loop {
    struct broker_run *run;
    struct broker *broker;
    uint64_t deadline; // monotonic milliseconds; 0: none
    uint64_t ready_by; // when it must have said READY
    uint64_t leave_by; // when it must be gone, once it has said EXIT or closed its socket; 0: it has not
    bool wire_ended;
    int ended_by; // signal that this process was asked to end by; 0: none
};

int broker_signals(struct err *err)
{
    static const int handled[] = {SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof handled / sizeof *handled; i++)
        sigaddset(&set, handled[i]);
    int fd = -1;
    if (signal(SIGPIPE, SIG_IGN) == SIG_ERR || sigprocmask(SIG_BLOCK, &set, NULL) ||
        (fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)) < 0)
        err_sys(err, EXIT_SETUP, errno, "SignalsUnavailable", "signals cannot be received");
    return fd;
}

static bool silent(struct err *err)
{
    return err_set(err, EXIT_SETUP, "SessionSilent", "the interpreter did not start within %d seconds",
                   READY_MS / 1000);
}

static bool died(struct running *running, struct err *err)
{
    int status = running_reap(running) ? running->status : -1;
    return err_set(err, EXIT_SETUP, "SessionDied", "the interpreter ended before it was ready (status %d)",
                   status);
}

bool broker_await(const struct broker_run *run, struct err *err)
{
    uint64_t until = clock_ms() + READY_MS;
    for (;;) {
        struct pollfd polls[2] = {{run->broker->wire.fd, POLLIN, 0}, {run->running->pidfd, POLLIN, 0}};
        uint64_t now = clock_ms();
        int ready = now < until ? poll(polls, 2, (int)(until - now)) : 0;
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready > 0 && polls[0].revents & POLLIN)
            return true;
        return ready > 0 ? died(run->running, err) : silent(err);
    }
}

static bool read_wire(struct loop *loop, struct err *err)
{
    struct wire *wire = &loop->broker->wire;
    if (!wire_fill(wire, &loop->wire_ended, err))
        return false;
    for (;;) {
        struct wire_message message;
        bool ready;
        if (!wire_take(wire, message_limit_to_broker, &message, &ready, err))
            return false;
        if (!ready)
            break;
        if (!broker_take(loop->broker, &message, err))
            return false;
    }
    return true; // a message cut short by the session's death is part of that death, and its status tells
}

static void write_wire(struct loop *loop)
{
    struct buf *from = &loop->broker->to_session;
    ssize_t done = send(loop->broker->wire.fd, from->data, from->size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (done > 0)
        broker_sent(loop->broker, (size_t)done);
    else if (done < 0 && errno != EAGAIN && errno != EINTR)
        buf_clear(from); // the session has gone; its end is seen elsewhere
}

static void read_input(struct loop *loop)
{
    struct broker *broker = loop->broker;
    char bytes[INPUT_BYTES];
    ssize_t got = broker->input_ended ? 0 : read(STDIN_FILENO, bytes, sizeof bytes);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    broker->input_ended = got <= 0;
    broker->input_wanted = false;
    wire_frame(&broker->to_session, MESSAGE_INPUT, bytes, got > 0 ? (size_t)got : 0);
}

// A reader that has gone (EPIPE) silences the stream; the session learns nothing of it, as behind a pipe to
// cat.
static void write_out(struct loop *loop, int fd)
{
    struct buf *from = &loop->broker->out[fd];
    ssize_t done =
        outlet_write(&loop->run->out[fd], from->data, from->size < WRITE_BYTES ? from->size : WRITE_BYTES);
    if (done > 0)
        buf_drop_front(from, (size_t)done);
    else if (done < 0 && errno != EAGAIN && errno != EINTR)
        buf_clear(from);
}

static void send_window(struct loop *loop)
{
    unsigned columns, rows;
    struct buf payload = BUF_INIT;
    pty_window(loop->run->pty, &columns, &rows);
    wire_put_u32(&payload, columns);
    wire_put_u32(&payload, rows);
    if (columns && loop->broker->state == BROKER_RUNNING && loop->broker->to_session.size < MOST_PENDING)
        wire_frame(&loop->broker->to_session, MESSAGE_WINDOW, payload.data, payload.size);
    buf_free(&payload);
}

static void interrupt(struct loop *loop)
{
    if (loop->broker->state == BROKER_RUNNING && loop->broker->to_session.size < MOST_PENDING)
        wire_frame(&loop->broker->to_session, MESSAGE_INTERRUPT, NULL, 0);
    running_signal(loop->run->running, SIGINT); // wakes it; the message says that it was meant
}

static void suspend(struct loop *loop)
{
    pty_suspend(loop->run->pty); // the session needs no stopping: it cannot be heard meanwhile
    send_window(loop);
}

static void take_signal(struct loop *loop, int number)
{
    switch (number) {
    case SIGCHLD:
        break; // the pidfd and running_reap see to it
    case SIGINT:
        interrupt(loop);
        break;
    case SIGWINCH:
        send_window(loop);
        break;
    case SIGTSTP:
        suspend(loop);
        break;
    case SIGCONT:
        pty_resume(loop->run->pty);
        send_window(loop);
        break;
    default:
        loop->ended_by = number;
    }
}

static void read_signals(struct loop *loop)
{
    struct signalfd_siginfo info;
    while (read(loop->run->signals, &info, sizeof info) == sizeof info)
        take_signal(loop, (int)info.ssi_signo);
}

static void set_polls(const struct loop *loop, struct pollfd *polls)
{
    const struct broker *b = loop->broker;
    bool room = b->out[1].size < MOST_PENDING && b->out[2].size < MOST_PENDING;
    short events = (short)((room && !loop->wire_ended ? POLLIN : 0) | (b->to_session.size ? POLLOUT : 0));
    polls[AT_WIRE] = (struct pollfd){.fd = events && !loop->wire_ended ? b->wire.fd : -1, .events = events};
    polls[AT_PIDFD] =
        (struct pollfd){.fd = loop->run->running->ended ? -1 : loop->run->running->pidfd, .events = POLLIN};
    polls[AT_SIGNALS] = (struct pollfd){.fd = loop->run->signals, .events = POLLIN};
    // A session that asks and does not read must not fill memory.
    bool asks = b->input_wanted && b->to_session.size < MOST_PENDING;
    polls[AT_INPUT] = (struct pollfd){.fd = asks ? STDIN_FILENO : -1, .events = POLLIN};
    for (int fd = 1; fd < 3; fd++)
        polls[AT_INPUT + fd] =
            (struct pollfd){.fd = b->out[fd].size ? loop->run->out[fd].fd : -1, .events = POLLOUT};
    for (int i = AT_PTY; i < AT_JOBS; i++)
        polls[i] = (struct pollfd){.fd = -1};
    jobs_poll(&b->jobs, polls + AT_JOBS);
    if (loop->run->pty->master >= 0)
        pty_poll(loop->run->pty, polls + AT_PTY);
}

static bool act(struct loop *loop, const struct pollfd *polls, struct err *err)
{
    if (polls[AT_SIGNALS].revents)
        read_signals(loop);
    if (polls[AT_WIRE].revents & POLLOUT)
        write_wire(loop);
    if (polls[AT_WIRE].revents & (POLLIN | POLLHUP | POLLERR) && !read_wire(loop, err))
        return false;
    if (polls[AT_INPUT].revents)
        read_input(loop);
    for (int fd = 1; fd < 3; fd++)
        if (polls[AT_INPUT + fd].revents)
            write_out(loop, fd);
    jobs_pump(&loop->broker->jobs, polls + AT_JOBS);
    pty_pump(loop->run->pty, polls + AT_PTY);
    if (loop->run->pty->suspend)
        suspend(loop);
    if (!loop->run->running->ended)
        running_reap(loop->run->running);
    return true;
}

static bool finished(const struct loop *loop)
{
    const struct broker *b = loop->broker;
    return loop->ended_by ||
           (loop->run->running->ended && loop->wire_ended && !b->out[1].size && !b->out[2].size);
}

// A session may take its time, but not to begin, and not to leave: else one that only keeps a process alive
// would hold its supervisor for ever.
static void note_leaving(struct loop *loop, uint64_t now)
{
    bool leaving = loop->wire_ended || loop->broker->state == BROKER_ENDING;
    if (leaving)
        starter_leave(&loop->broker->jobs.starter); // it ends while the session does
    if (leaving && !loop->leave_by && !loop->run->running->ended)
        loop->leave_by = now + LEAVE_MS;
}

static bool is_past(uint64_t deadline, uint64_t now, int *ms)
{
    if (!deadline)
        return false;
    uint64_t left = now < deadline ? deadline - now + 1 : 0;
    if (*ms < 0 || left < (uint64_t)*ms)
        *ms = left < 1 << 30 ? (int)left : 1 << 30;
    return !left;
}

static bool in_time(struct loop *loop, int *ret_ms, struct err *err)
{
    uint64_t now = clock_ms();
    bool ended = loop->run->running->ended;
    *ret_ms = -1;
    note_leaving(loop, now);
    jobs_due(&loop->broker->jobs, now, ret_ms);
    if (is_past(loop->deadline, now, ret_ms))
        return err_set(err, EXIT_TIMEOUT, "WallLimit",
                       "the session lasted longer than its profile permits and was ended");
    if (loop->broker->state == BROKER_STARTING && !ended && is_past(loop->ready_by, now, ret_ms))
        return silent(err);
    if (!ended && is_past(loop->leave_by, now, ret_ms))
        return err_set(err, EXIT_SETUP, "SessionLingers",
                       "the session closed its socket, or said that it ends, and went on; it was ended");
    return true;
}

static bool turn(struct loop *loop, struct err *err)
{
    struct pollfd polls[POLLS];
    int timeout;
    if (!in_time(loop, &timeout, err))
        return false;
    set_polls(loop, polls);
    if (poll(polls, POLLS, timeout) < 0)
        return errno == EINTR ||
               err_sys(err, EXIT_SETUP, errno, "WireError", "the session cannot be waited for");
    return act(loop, polls, err);
}

// What leaves without EXIT has not run the text to its end, whatever its status says. A death by signal
// speaks for itself.
static bool took_leave(const struct loop *loop)
{
    return loop->broker->state == BROKER_ENDING || loop->run->running->status >= 128;
}

bool broker_loop(struct broker_run *run, int *ret_status, struct err *err)
{
    struct loop loop = {.run = run, .broker = run->broker, .ready_by = clock_ms() + READY_MS};
    if (run->wall_ms)
        loop.deadline = clock_ms() + run->wall_ms;
    while (!finished(&loop))
        if (!turn(&loop, err))
            return false;
    if (loop.ended_by)
        running_signal(run->running, loop.ended_by);
    else if (run->broker->state != BROKER_ENDING && !running_in_cpu(run->running, err))
        return false;
    *ret_status = loop.ended_by ? 128 + loop.ended_by : run->running->status;
    return loop.ended_by || took_leave(&loop) ||
           err_set(err, EXIT_SETUP, "SessionCut", "the interpreter left with status %d without saying so",
                   *ret_status);
}
