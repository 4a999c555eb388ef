// profiles/limits.h: every bound of a session, by number (profiles/limits.def).
//
// An array `uint64_t limits[LIMITS]` holds bytes, seconds or pieces. In a profile 0 means: the file does not say.
// In a policy and in what the interpreter is told, defaults are filled in (limit_or_default), and 0 means: no limit.
#ifndef PROFILES_LIMITS_H
#define PROFILES_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LIMIT_MIB = 1048576 };

// Who holds it. The kernel's resource number is part of the row, so that the launcher needs no second table.
enum limit_holder { LIMIT_INTERPRETER = -2, LIMIT_LAUNCHER = -1, LIMIT_RESOURCE = 0 };

enum limit {
#define LIMIT(id, name, unit, session, program, largest, holder, error, what) LIMIT_##id,
#include "profiles/limits.def"
#undef LIMIT
    LIMITS
};

struct limit_row {
    const char *name;  // in Linux.Limits: "MemoryMB"
    uint64_t unit;     // bytes (or 1) for each one written
    uint64_t session, program, largest; // in that unit
    int holder;        // RLIMIT_* of the kernel, or LIMIT_LAUNCHER, LIMIT_INTERPRETER
    const char *error; // id
    const char *what;  // what ends when it is reached
};
extern const struct limit_row limit_rows[LIMITS];

// The row of that name, ignoring case; LIMITS: none.
enum limit limit_find(const char *name, size_t size);

// The limit that a system call ended by, from its errno: EMFILE, EFBIG, EAGAIN of a fork, ENOSPC. LIMITS: none; whether
// the file lies where TempMB counts is the caller's to know.
enum limit limit_of_errno(int errnum);

// What holds where a profile says `said` (0: nothing).
uint64_t limit_or_default(enum limit limit, uint64_t said, bool program);

#endif
