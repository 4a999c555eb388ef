// interp/cmdlets/program.h: what the files about programs share.
#ifndef INTERP_CMDLETS_PROGRAM_H
#define INTERP_CMDLETS_PROGRAM_H

#include <sys/types.h>
#include <termios.h>

#include "base/buf.h"
#include "interp/eval/pipeline.h"
#include "interp/eval/program.h"

// argv, grown as arguments are read. Owned by whoever made it.
struct words {
    char **at; // NULL at the end once there is a word
    size_t count, capacity;
};
bool words_add(struct interp *in, struct words *words, const char *text, size_t size); // throws
void words_free(struct words *words);
// Appends what the arguments of a command line mean to a program (program-arguments.c).
bool program_words(struct command *cmd, const struct argument *arguments, size_t count, struct words *words);

// The file of a command name: of PATH, or of a path (program-find.c). False: none, or thrown.
bool program_find(struct interp *in, const char *name, value *ret_path);
// The folder where a program starts: the FileSystem's current location. STRING; false: thrown.
bool program_folder(struct interp *in, value *ret_folder);

// One text of bytes, cut into lines as .NET's StreamReader does: \n, \r\n and \r end one.
struct lines {
    struct buf rest;
    bool after_return; // a \n that comes next belongs to the end seen last
};
// The next whole line in bytes[*io_at..size), into ret_line; false: what is left waits in `rest`.
bool lines_next(struct lines *lines, const char *bytes, size_t size, size_t *io_at, struct buf *ret_line);

// The session's terminal, as a program wants it while the line editor rests (child.c).
struct terminal {
    struct termios before;
    bool changed;
};
void terminal_lend(struct terminal *terminal); // lines, echo, Ctrl-C and Ctrl-D; nothing where fd 0 is no terminal
void terminal_take_back(struct terminal *terminal);

// A started program (child.c). Descriptors of this side; -1: none.
struct child {
    pid_t pid; // 0: not running
    int in, out, err;
    int status; // as waitpid says
};
enum child_fd { CHILD_INHERIT, CHILD_NULL, CHILD_PIPE, CHILD_GIVEN };
struct child_plan {
    const char *path, *folder;
    char *const *argv, *const *environment;
    enum child_fd how[3];
    int given[3]; // CHILD_GIVEN: the descriptor, which stays the caller's
};
int child_start(const struct child_plan *plan, struct child *ret); // 0, or errno
int child_wait(struct child *child); // PowerShell's exit code: 128 + a signal's number
void child_end(struct child *child); // closes, ends and reaps what still runs

#endif
