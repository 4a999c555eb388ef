// launcher/starter.h: the process that makes further sandboxes for a session. See docs/ARCHITECTURE.md.
//
// It is forked before the broker confines itself and before a byte from inside is read, since a process under
// Landlock may not mount, nor may its descendants. It takes a plan, a slot and bytes, checks the first two,
// builds one sandbox for each request, and looks at nothing else: the bytes go into the new sandbox as they
// came.
//
// Each slot is a socket pair made beforehand: what the sandbox writes arrives at the broker's end. The
// starter says when a slot's sandbox has ended; then everything it wrote is there.
#ifndef LAUNCHER_STARTER_H
#define LAUNCHER_STARTER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

enum { STARTER_SLOTS = 8, STARTER_BYTES = 4 * 1024 * 1024 };
enum starter_plan { PLAN_JOB = 1 };
enum starter_word { STARTER_START = 1, STARTER_STOP, STARTER_ENDED }; // kinds of its frames

struct starter {
    int socket;               // to the starter; -1: it has ended
    int slots[STARTER_SLOTS]; // the broker's ends, not blocking
    pid_t process; // 0: there is none, and nothing above counts
    unsigned fail; // tests: the call that fails, counted from 1 over all processes; 0: none
};
#define STARTER_NONE                                                                                         \
    {                                                                                                        \
        .socket = -1, .slots = { -1, -1, -1, -1, -1, -1, -1, -1 }                                            \
    }

// Runs one sandbox to its end in a process of its own, whose standard output is the slot; its exit status.
typedef int starter_run(void *context, const char *bytes, size_t size);

bool starter_open(struct starter *starter, starter_run *run, void *context, struct err *err);
// Nothing more is asked of it: it begins to end itself and what it made.
void starter_leave(struct starter *starter);
// Everything that the starter made is ended when this returns.
void starter_close(struct starter *starter);

#endif
