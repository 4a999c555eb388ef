// launcher/options.h: the command line, read once, by the table options.def. Pure: nothing is opened.
//
// pwsh's names, prefixes and conventions (about_Pwsh of 7.6), and login mode, in which nothing but one opaque
// string, -l and an endpoint's name is understood.
#ifndef LAUNCHER_OPTIONS_H
#define LAUNCHER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum start {
    START_PROMPT,  // nothing to run was named: lines are asked for
    START_COMMAND, // `text`
    START_FILE,    // `file` with `args`
    START_PIPED,   // -Command - and -s: standard input is the program
    START_WRAP,    // --profile: `program` is a native program
    START_VERSION,
    START_HELP,
};

struct options {
    enum start start;
    bool login;   // as a login shell: only root's own configuration counts
    bool prompts; // -Interactive, -File -: prompt even where input is no terminal
    bool no_exit; // ask for lines when the text has ended
    bool no_logo, non_interactive, errors_json;
    int status_fd; // -1: none
    const char *configuration_name, *configuration_file, *working_directory;
    struct buf text;   // START_COMMAND; owned
    const char *file;  // START_FILE
    char *const *args; // of the text or the script; into argv
    size_t arg_count;
    char *const *program; // START_WRAP: NULL-terminated, into argv
};

// Fails with id Usage and status 64 only (or OutOfMemory). Free with options_free.
bool options_read(int argc, char *const argv[], struct options *ret, struct err *err);
void options_free(struct options *options);
void options_help(struct buf *out);

#endif
