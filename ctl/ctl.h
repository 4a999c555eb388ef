// ctl/ctl.h: jeshctl's subcommands. Each is a row of commands.def and a function in a file of its own.
#ifndef CTL_CTL_H
#define CTL_CTL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

struct ctl {
    bool json;      // --json, wherever it stood
    struct buf out; // what goes to standard output when the command has returned
    struct buf err; // to standard error
};

// Arguments without jeshctl, the command's name and --json. Returns the exit status (base/err.h).
typedef int ctl_command(struct ctl *ctl, int argc, char **argv);

#define CTL(name, function, arguments, what) ctl_command function;
#include "ctl/commands.def"
#undef CTL

int ctl_usage(struct ctl *ctl, const char *format, ...) __attribute__((format(printf, 2, 3))); // EXIT_USAGE

#endif
