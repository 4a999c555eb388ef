// launcher/hooks.h: what the tests of build/test/jesh may break. In a release the struct has no use and no code reads it.
#ifndef LAUNCHER_HOOKS_H
#define LAUNCHER_HOOKS_H

#include "base/err.h"

struct hooks {
    int fail_step;        // row of steps.def, counted from 1, that fails; 0: none
    int fail_errno;       // with this; EIO unless said, any other as a failure that decides the tier
    unsigned dropped;     // bit per row of steps.def that is left out
    bool bare;            // --test-drop FILTER_TWO: the payload puts no filter of its own on
    const char *payload;  // a file run in place of the program
    unsigned fail_starter;            // the call of the jobs' starter, counted from 1, that fails
    int job_fail_step, job_fail_errno; // as fail_step, of a job's launch
    size_t job_fail_alloc;            // the allocation of a job's supervisor, counted from 1, that fails
};

// Filters that the program must run behind, besides the supervisor's own: two, less what a test dropped.
unsigned hooks_filters(const struct hooks *hooks);

#ifdef JESH_TEST
// Takes leading --test-fail-step N[:ERRNO], --test-fail-alloc N, --test-drop STEP, --test-payload FILE,
// --test-fail-starter N, --test-job-fail-step N[:ERRNO] and --test-job-fail-alloc N out of argv.
bool hooks_take(int *argc, char **argv, struct hooks *ret_hooks, struct err *err);
struct hooks hooks_of_job(const struct hooks *hooks); // what holds for a job's launch; arms the allocation
bool hooks_payload(const struct hooks *hooks, int *ret_program, struct err *err);
#endif

#endif
