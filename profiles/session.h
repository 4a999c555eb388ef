// profiles/session.h: what the interpreter is told about its session: the profile, boiled down to what is visible.
//
// The launcher makes it from the profile and sends it as the first message (hello); the interpreter decodes it.
// It holds names and limits only, nothing that could widen what the kernel permits.
#ifndef PROFILES_SESSION_H
#define PROFILES_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "profiles/limits.h"
#include "profiles/rights.h"
#include "syntax/modes.h"

enum session_type { SESSION_EMPTY, SESSION_RESTRICTED, SESSION_DEFAULT };
enum tier { TIER_FULL, TIER_INPLACE };

// Descriptors besides 0, 1 and 2 with which an interpreter starts: its end of the wire, and a sealed memfd that
// holds the filter (an array of struct sock_filter) which it installs before its first message.
enum { SESSION_WIRE_FD = 3, SESSION_FILTER_FD = 4 };

struct visible_command {
    const char *name;   // canonical name
    enum cmdlet_id id;
    bool proxy;         // the parameter-restricted form of RestrictedRemoteServer (spec jea.md §3)
    bool visible;       // false: exists in PowerShell's session of this type but is private: not found
};

struct session_pair { const char *name, *value; };

struct session {
    enum language_mode mode;
    enum session_type type;
    enum tier tier;
    struct visible_command *commands;
    size_t command_count;
    struct session_pair *aliases; // visible ones, name → command
    size_t alias_count;
    struct session_pair *variables; // environment of the session
    size_t variable_count;
    uint32_t providers;     // bit per enum provider_id: visible ones
    rights_t rights;
    const char *profile;    // name shown in the banner
    const char *user, *home, *directory, *hostname; // directory: where the session starts; "" where it sees no files
    uint64_t limits[LIMITS]; // defaults filled in; 0: none
    unsigned flags;         // enum session_flag
    unsigned columns, rows; // of the terminal; 0: none
};

enum session_flag {
    SESSION_INTERACTIVE = 1 << 0,
    SESSION_STDIN_TERMINAL = 1 << 1,
    SESSION_STDOUT_TERMINAL = 1 << 2,
    SESSION_STDERR_TERMINAL = 1 << 3,
    SESSION_NO_COLOUR = 1 << 4,
    SESSION_ERRORS_JSON = 1 << 5,
    SESSION_NO_LOGO = 1 << 6,
    SESSION_NON_INTERACTIVE = 1 << 7,
    SESSION_JOB = 1 << 9,       // a job of another session: what it writes goes back as values
    SESSION_HAS_INPUT = 1 << 8, // standard input is neither a terminal nor closed
};

// What a TEXT message is: the first byte; then a name (wire text, absent: typed), the number of arguments (32 bits),
// the arguments (wire texts) and the program's text (the rest).
enum text_kind {
    RUN_COMMAND = 'c', // -Command, or one text of `-c`
    RUN_FILE = 'f',    // -File: the name and the arguments are the script's
    RUN_JOB = 'j',     // bytes of interp/eval/carry.h: a table that says what to run (interp/host/job.c)
    RUN_PIPED = 'p',   // standard input is the program, read with NEED_INPUT, statement by statement
    RUN_PROMPT = 't',  // lines are asked for, with a prompt: the interactive shell
};

// Appends the wire form. decode copies into the arena and refuses anything malformed (SessionMalformed) and what another build sent (SessionOtherBuild).
bool session_encode(const struct session *session, struct buf *out);
bool session_decode(const void *bytes, size_t size, struct arena *arena, struct session *ret_session, struct err *err);

// The visible command of that name, alias or qualified name (Module\Name), ignoring case; NULL: not found.
const struct visible_command *session_command(const struct session *session, const char *name, size_t size);

#endif
