#include "launcher/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/fd.h"

enum { KEYS = 0, SESSION = 1, DISPLAY = 2 };     // order of the polled entries
enum { PIECE = 4096, MOST_PENDING = 64 * 1024 }; // a terminal that takes nothing must not fill memory

bool pty_wanted(bool ret_terminal[3])
{
    bool any = false;
    for (int fd = 0; fd < 3; fd++)
        any |= ret_terminal[fd] = isatty(fd);
    return any;
}

static bool open_pair(struct pty *pty, struct err *err)
{
    pty->master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (pty->master < 0)
        return err_sys(err, EXIT_SETUP, errno, "PtyUnavailable",
                       "/dev/ptmx cannot be opened for a terminal of the session");
    if (unlockpt(pty->master))
        return err_sys(err, EXIT_SETUP, errno, "PtyUnavailable", "the new terminal cannot be unlocked");
    pty->slave =
        ioctl(pty->master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC); // by the pair, never by a path
    if (pty->slave < 0)
        return err_sys(err, EXIT_SETUP, errno, "PtyUnavailable", "the new terminal cannot be opened");
    return true;
}

static bool set_modes(const struct pty *pty, struct err *err)
{
    struct termios modes;
    if (tcgetattr(pty->display, &modes))
        return err_sys(err, EXIT_SETUP, errno, "PtyUnavailable", "the terminal's state cannot be read");
    if (pty->flags & PTY_EDITOR) {
        modes.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | IXON | ISTRIP);
        modes.c_lflag = ISIG;
        modes.c_oflag |= OPOST | ONLCR;
        modes.c_cc[VMIN] = 1;
        modes.c_cc[VTIME] = 0;
        modes.c_cc[VINTR] = 'C' & 0x1f;
        modes.c_cc[VQUIT] = modes.c_cc[VSUSP] = _POSIX_VDISABLE;
    }
    if (tcsetattr(pty->slave, TCSANOW, &modes))
        return err_sys(err, EXIT_SETUP, errno, "PtyUnavailable", "the new terminal cannot be set up");
    return true;
}

bool pty_open(const bool terminal[3], unsigned flags, struct pty *ret, struct err *err)
{
    struct pty pty = PTY_NONE;
    pty.flags = flags;
    pty.keys = terminal[0] ? 0 : -1;
    pty.display = terminal[1] ? 1 : terminal[2] ? 2 : 0;
    if (!open_pair(&pty, err) || !set_modes(&pty, err)) {
        fd_close(&pty.master);
        fd_close(&pty.slave);
        return false;
    }
    unsigned columns, rows;
    pty_window(&pty, &columns, &rows);
    pty.outlet = outlet_open(pty.display);
    *ret = pty;
    return true;
}

void pty_window(const struct pty *pty, unsigned *ret_columns, unsigned *ret_rows)
{
    struct winsize size = {.ws_col = 80, .ws_row = 24};
    *ret_columns = *ret_rows = 0;
    if (pty->master < 0)
        return;
    if (ioctl(pty->display, TIOCGWINSZ, &size) == 0)
        ioctl(pty->master, TIOCSWINSZ, &size);
    *ret_columns = size.ws_col;
    *ret_rows = size.ws_row;
}

// In the background, setting the terminal would stop jesh, and the keys are somebody else's.
static bool in_foreground(const struct pty *pty)
{
    pid_t group = tcgetpgrp(pty->keys);
    return group < 0 || group == getpgrp();
}

static void set_raw(struct pty *pty)
{
    if (pty->raw || pty->keys < 0 || !in_foreground(pty) || tcgetattr(pty->keys, &pty->saved))
        return;
    struct termios raw = pty->saved;
    cfmakeraw(&raw);
    pty->raw = tcsetattr(pty->keys, TCSADRAIN, &raw) == 0;
}

void pty_restore(struct pty *pty)
{
    if (pty->raw)
        tcsetattr(pty->keys, TCSADRAIN, &pty->saved);
    pty->raw = false;
}

void pty_start(struct pty *pty)
{
    fd_close(&pty->slave);
    set_raw(pty);
}

void pty_poll(const struct pty *pty, struct pollfd *polls)
{
    bool listen = pty->raw && pty->to_session.size < MOST_PENDING;
    short events = 0;
    if (pty->to_display.size < MOST_PENDING)
        events |= POLLIN;
    if (pty->to_session.size)
        events |= POLLOUT;
    polls[KEYS] = (struct pollfd){.fd = listen ? pty->keys : -1, .events = POLLIN};
    polls[SESSION] = (struct pollfd){.fd = events && !pty->drained ? pty->master : -1, .events = events};
    polls[DISPLAY] = (struct pollfd){.fd = pty->to_display.size ? pty->outlet.fd : -1, .events = POLLOUT};
}

// Ctrl-Z means jesh where what runs inside could not stop by itself anyway: its group has no parent inside.
static bool suspends(const struct pty *pty)
{
    struct termios modes;
    if (pty->flags & PTY_LOGIN)
        return false;
    if (pty->flags & PTY_EDITOR)
        return true;
    return tcgetattr(pty->master, &modes) == 0 && modes.c_lflag & ISIG && modes.c_cc[VSUSP] == ('Z' & 0x1f);
}

static void take_suspend(struct pty *pty, size_t start)
{
    struct buf *keys = &pty->to_session;
    char *at = memchr(keys->data + start, 'Z' & 0x1f, keys->size - start);
    if (!at)
        return;
    pty->suspend = true;
    keys->size = (size_t)(at - keys->data); // what was typed behind it is dropped, as a terminal does
}

static void read_keys(struct pty *pty)
{
    size_t start = pty->to_session.size, got = 0;
    bool ok = fd_read_some(pty->keys, PIECE, &pty->to_session, &got);
    if (!ok && (errno == EAGAIN || errno == EINTR))
        return;
    if (!ok || got == 0)
        pty->keys = -1; // the terminal has gone; SIGHUP follows
    else if (suspends(pty))
        take_suspend(pty, start);
}

static void read_session(struct pty *pty)
{
    char bytes[PIECE];
    ssize_t got = read(pty->master, bytes, sizeof bytes);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0)
        pty->drained = true; // EIO: nobody holds the slave any more
    else if (pty->flags & PTY_FILTER)
        screen_filter(&pty->screen, bytes, (size_t)got, &pty->to_display);
    else
        buf_add(&pty->to_display, bytes, (size_t)got);
}

static void write_some(const struct outlet *to, struct buf *from)
{
    ssize_t done = outlet_write(to, from->data, from->size < PIECE ? from->size : PIECE);
    if (done > 0)
        buf_drop_front(from, (size_t)done);
    else if (done < 0 && errno != EAGAIN && errno != EINTR)
        buf_clear(from); // nobody reads there any more
}

void pty_pump(struct pty *pty, const struct pollfd *polls)
{
    if (polls[KEYS].fd >= 0 && polls[KEYS].revents)
        read_keys(pty);
    if (polls[SESSION].fd >= 0 && polls[SESSION].revents & POLLOUT)
        write_some(&(struct outlet){.fd = pty->master}, &pty->to_session);
    if (polls[SESSION].fd >= 0 && polls[SESSION].revents & (POLLIN | POLLHUP | POLLERR))
        read_session(pty);
    if (polls[DISPLAY].fd >= 0 && polls[DISPLAY].revents)
        write_some(&pty->outlet, &pty->to_display);
}

bool pty_pending(const struct pty *pty)
{
    return pty->master >= 0 && (!pty->drained || pty->to_display.size);
}

pid_t pty_foreground(const struct pty *pty)
{
    pid_t group = 0;
    return pty->master >= 0 && ioctl(pty->master, TIOCGPGRP, &group) == 0 ? group : 0;
}

void pty_resume(struct pty *pty)
{
    unsigned columns, rows;
    set_raw(pty);
    pty_window(pty, &columns, &rows);
}

void pty_suspend(struct pty *pty)
{
    pty->suspend = false;
    pty_restore(pty);
    kill(getpid(), SIGSTOP);
    pty_resume(pty);
}

// What the session wrote before its end is still in the pair; the last writer may not have been reaped yet.
static void show_rest(struct pty *pty)
{
    for (int turns = 0; turns < 64 && pty_pending(pty); turns++) {
        struct pollfd polls[PTY_POLLS];
        pty_poll(pty, polls);
        polls[KEYS].fd = -1;
        if (poll(polls, PTY_POLLS, 100) <= 0)
            return;
        pty_pump(pty, polls);
    }
}

// Nobody waits for a terminal that takes nothing.
static void reset_display(struct pty *pty)
{
    struct pollfd display = {.fd = pty->outlet.fd, .events = POLLOUT};
    if (!pty_pending(pty))
        screen_reset(&pty->screen, &pty->to_display);
    if (pty->to_display.size && poll(&display, 1, 100) > 0)
        write_some(&pty->outlet, &pty->to_display);
}

void pty_close(struct pty *pty)
{
    if (pty->master < 0)
        return;
    fd_close(&pty->slave);
    buf_free(&pty->to_session);
    show_rest(pty);
    reset_display(pty);
    pty_restore(pty);
    fd_close(&pty->master);
    outlet_close(&pty->outlet);
    buf_free(&pty->to_display);
}
