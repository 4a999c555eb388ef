// launcher/pty.h: a pseudo-terminal of jesh's own between the user's terminal and what runs inside.
//
// The real terminal never enters the sandbox: bytes are relayed, the window size follows, Ctrl-Z suspends
// jesh itself, and the terminal gets its old state back on every way out.
#ifndef LAUNCHER_PTY_H
#define LAUNCHER_PTY_H

#include <poll.h>
#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>

#include "base/buf.h"
#include "base/err.h"
#include "launcher/outlet.h"
#include "launcher/screen.h"

enum pty_flag {
    // The session edits lines itself: the slave never echoes or collects lines; Ctrl-C signals.
    PTY_EDITOR = 1 << 0,
    PTY_FILTER = 1 << 1, // only what screen.h passes reaches the user's terminal
    PTY_LOGIN = 1 << 2,  // there is no shell behind jesh to suspend it to
};

enum { PTY_POLLS = 3 };

struct pty {
    int master, slave; // slave -1 once the session has it
    int keys;          // descriptor of the user's terminal that keys are read from; -1: input is no terminal
    int display;       // descriptor of the user's terminal that is drawn on
    struct outlet outlet; // the same, to write to
    unsigned flags;       // enum pty_flag
    bool raw;             // the user's terminal is in raw mode now
    bool drained;         // the master has reported its end
    bool suspend;         // Ctrl-Z was typed: the caller stops everything and calls pty_suspend
    struct termios saved; // of the user's terminal
    struct buf to_display, to_session;
    struct screen screen;
};

// clang-format off
#define PTY_NONE {.master = -1, .slave = -1, .keys = -1, .display = -1, .outlet = OUTLET_NONE}
// clang-format on

// True where any of the descriptors 0 to 2 is a terminal; stdio[i] says which.
bool pty_wanted(bool ret_terminal[3]);
// Makes the pair with the size and, where the session does not edit lines, the modes of the user's terminal.
bool pty_open(const bool terminal[3], unsigned flags, struct pty *ret, struct err *err);
void pty_start(struct pty *pty); // the slave is the session's now: closes it here, and sets raw mode
// Fills PTY_POLLS entries (fd -1 where there is nothing to wait for); pty_pump acts on the answers.
void pty_poll(const struct pty *pty, struct pollfd *polls);
void pty_pump(struct pty *pty, const struct pollfd *polls);
bool pty_pending(const struct pty *pty); // something is still to be shown
void pty_window(const struct pty *pty, unsigned *ret_columns, unsigned *ret_rows); // copies the size inwards
// The group of processes in the foreground inside, as numbered here; 0 where unknown.
pid_t pty_foreground(const struct pty *pty);
// Restores the terminal, stops this process (SIGSTOP), and sets raw mode again once it goes on.
void pty_suspend(struct pty *pty);
void pty_resume(struct pty *pty);  // after SIGCONT: raw mode, if the terminal is ours again
void pty_restore(struct pty *pty); // the terminal as it was; may be called at any time, more than once
void pty_close(struct pty *pty);   // shows what is left, restores, closes

#endif
