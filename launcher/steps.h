// launcher/steps.h: the irreversible things, one function each, run in the order of steps.def.
//
// A step works on the process that it runs in and reports through err; it never exits. Steps of place PROGRAM run in
// a child that borrows its parent's memory (CLONE_VM | CLONE_VFORK): they leave everything but `struct confine` alone.
#ifndef LAUNCHER_STEPS_H
#define LAUNCHER_STEPS_H

#include <stdbool.h>
#include <sys/types.h>

#include "launcher/filter.h"
#include "launcher/hooks.h"
#include "launcher/launch.h"
#include "launcher/processor.h"
#include "launcher/user.h"

enum step {
#define STEP(id, full, in_place, function, what) STEP_##id,
#include "launcher/steps.def"
#undef STEP
    STEPS
};

enum place { NOWHERE, LAUNCHER, INIT, PROGRAM };

enum { PATH_TEXT = 4096 };

struct confine {
    const struct profile *profile;
    const struct policy *policy;
    const struct payload *payload;
    const struct hooks *hooks;
    struct account account;    // whom the program runs as
    struct filter filter;      // the first filter
    int filter_fd;             // the second, sealed; -1: none
    int report;                // tier full: the way from pid 1 to the supervisor (report.h); -1: closed
    int root;                  // the new root while it is built; then -1
    int hidden;                // an empty folder, mounted once, shown wherever something is hidden; -1: not yet
    int program;               // the program, O_PATH
    char path[PATH_TEXT];      // wrapped: its path in the view
    char loader[PATH_TEXT];    // wrapped: the interpreter that the kernel will ask for; "": none
    struct arena *arena;       // of this attempt
    char **environment;
    pid_t supervisor;          // its pid, as far as this process can see it
    pid_t child;               // pid 1 of the namespaces, or the program in place, and
    int pidfd;                 // its pidfd
    struct processors processors;
    bool bounding_kept;
    enum step at;              // the step that runs, or failed
    bool failed;               // a step of place PROGRAM did: `failure` says how
    struct err failure;
};

// Runs the steps of one place. False: confine->at is the step that failed.
bool steps_run(struct confine *confine, enum place place, struct err *err);

const char *step_name(enum step step); // "LANDLOCK"

// "This tier is not to be had here": the only kind of failure that makes the supervisor start again in place.
bool tier_unavailable(struct err *err, int errnum, const char *what);

// In place the view is what Landlock's rules show. The rule for the program itself does not count: it would show any.
bool landlock_shows(const struct confine *confine, const char *path);

#define STEP(id, full, in_place, function, what) bool function(struct confine *confine, struct err *err);
#include "launcher/steps.def"
#undef STEP

#endif
