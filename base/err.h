// base/err.h: how a C function says what went wrong.
//
// Every function that can fail returns bool and takes a `struct err *` as its last argument. On false the
// error is filled in and no output was touched; on true the error was not written. The struct lives on the
// caller's stack, so reporting an error never allocates. `err` may be NULL where nobody will read it.
//
// Errors of programs written in PowerShell are values (interp/value/error.h), not struct err.
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

// Exit statuses of jesh itself (sysexits(3) for 64; env(1), timeout(1) and POSIX 2.8.2 for the others).
enum exit_status {
    EXIT_USAGE = 64,    // command line not understood
    EXIT_TIMEOUT = 124, // a time limit ended the session
    EXIT_SETUP = 125,   // the sandbox could not be built as the profile says; nothing ran
    EXIT_DENIED = 126,  // not permitted, or found but not runnable
    EXIT_NOTFOUND = 127,
};

enum { ERR_TEXT = 512, ERR_FILE = 256 };

struct err {
    const char *id;  // stable, compared by tests; PowerShell's own id where there is one. Never freed.
    int errnum;      // errno of the call that failed, or 0
    int status;      // an enum exit_status, the status of the process if nobody handles the error
    unsigned line;   // 1-based position in `file`; 0: none
    unsigned column; // 1-based, in UTF-16 code units as PowerShell counts
    char file[ERR_FILE];
    char text[ERR_TEXT]; // one sentence that names the cause, and where possible the remedy; no newline
};

// Fills *err and returns false, so that `return err_set(...)` reads well. errno is not consulted.
bool err_set(struct err *err, int status, const char *id, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

// As err_set, and appends ": strerror(errnum)" to the text.
bool err_sys(struct err *err, int status, int errnum, const char *id, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

// Adds a position to an error that has none yet. Returns false.
bool err_at(struct err *err, const char *file, unsigned line, unsigned column);

// "FILE:LINE:COLUMN: TEXT (ID)" without newline, cut to size; returns its length.
size_t err_format(const struct err *err, char *ret_text, size_t size);

#endif
