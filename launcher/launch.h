// launcher/launch.h: starts one program confined as a policy says, and sees to its end.
//
// The caller becomes the supervisor. launch_start returns when the program has been executed behind every step of
// steps.def, or with an error and nothing left behind. After that the caller runs its own loop: it polls
// `running.pidfd` (readable once the program has ended) beside descriptors of its own, calls running_reap whenever
// SIGCHLD or the pidfd tells it to, and at last running_end, whatever happened.
//
//   tier full      supervisor → pid 1 of the new pid namespace (init.c) → program
//   tier in-place  supervisor → program; the supervisor adopts and reaps what the program leaves behind
#ifndef LAUNCHER_LAUNCH_H
#define LAUNCHER_LAUNCH_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/err.h"
#include "profiles/policy.h"
#include "profiles/profile.h"

struct hooks; // launcher/hooks.h: what tests may break; NULL, and without effect, in a release

struct payload {
    const char *path;       // wrapped program as the user named it: looked up inside the view; NULL: `program` is run
    int program;            // O_PATH descriptor of the interpreter, run by descriptor; -1 with `path`
    char *const *argv;
    int stdio[3];           // become descriptors 0, 1, 2
    int wire;               // becomes SESSION_WIRE_FD (profiles/session.h); -1: none
    bool terminal;          // stdio[0] is the slave of a pty of ours: the controlling terminal of the new session
    const char *directory;  // where to start, if the view has it; else, or with NULL, /
};

struct running {
    struct policy policy;   // as enforced; lives in `arena`
    struct arena arena;
    enum tier tier;
    char lowered[256];      // why the tier is not full; "" where it is, or where full was never asked for
    pid_t child;            // pid 1 of the pid namespace, or the program itself in place
    int pidfd;              // of `child`
    pid_t program;          // the program as seen from here
    bool bounding_kept;     // in place without CAP_SETPCAP: bounding set and securebits are as the caller's
    unsigned filters;       // seccomp filters of the supervisor before it is confined, and
    unsigned own_filters;   // how many more the program must run behind: two
    int children;           // in place: /proc/…/children of the supervisor, kept open for a confined one; -1: none
    int watched;            // of a session: /proc/PID/status of the program, kept open for a confined one; -1: none
    bool ended;
    int status;             // exit status once ended: the program's own, or 128 + signal
    uint64_t cpu_ms;        // once ended: of its processes that were waited for
};

// Derives the policy for the best tier, starts, and starts again in place where a step that decides the tier failed
// and the profile permits. err->status is the exit status to leave with; every descriptor given stays the caller's.
bool launch_start(const struct profile *profile, enum policy_use use, const struct payload *payload,
                  const struct hooks *hooks, struct running *ret_running, struct err *err);

// Collects whatever has ended; true once the program has (running->status holds its exit status).
bool running_reap(struct running *running);

// The same, once the pidfd is readable: waits the moment that the kernel may still need.
bool running_wait(struct running *running);

// False (id CpuLimit): it ended by a signal, having used what its profile permits.
bool running_in_cpu(const struct running *running, struct err *err);

// Passes a signal on to the program's process group (in tier full through pid 1).
void running_signal(const struct running *running, int signal);

// Ends everything that is left of the session, SIGTERM first where `grace_ms` is not 0, reaps it, and frees `running`.
// Returns the exit status of the program. After it no process of the session exists.
int running_end(struct running *running, unsigned grace_ms);

enum witness { WITNESS_SEEN, WITNESS_CLAIMED };

// Waits up to `timeout_ms` until the program runs behind two filters more than the supervisor had at start, read
// from /proc/PID/status. False: /proc shows fewer (id FilterMissing). Where /proc does not show it: WITNESS_CLAIMED.
bool running_witness(const struct running *running, unsigned timeout_ms, enum witness *ret_witness, struct err *err);

#endif
