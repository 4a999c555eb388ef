// interp/eval/runspace.h: sessions that a program makes for itself: [powershell]::Create(), Runspace.
//
// A runspace is an interp of its own in the same process, with the mode of the code that made it, what the session
// shows, and the same limits: it can do nothing that its maker cannot. It lives as long as the interp that made it,
// since values that it gave away may refer to its names. jesh-full alone.
#ifndef INTERP_RUNSPACE_H
#define INTERP_RUNSPACE_H

#include "interp/eval/interp.h"

struct runspace {
    struct runspace *next;
    struct interp in;
    struct host host;
    struct interp *outer;
    value streams[STREAM_INFORMATION + 1]; // LISTs of what was reported, by stream; or $null: not asked for
    bool failed;                           // an error was reported
    bool idle;                             // given back, to be borrowed again
};

bool runspace_new(struct interp *in, struct runspace **ret); // throws
// One for a while, of the mode that runs now: a runspace cannot be freed before the interp that made it.
bool runspace_borrow(struct interp *in, struct runspace **ret); // throws
void runspace_give_back(struct runspace *runspace);
// Runs a text of jesh's own with variables set for it; output is a LIST. False: outer->thrown has the error.
bool runspace_run(struct runspace *runspace, const char *text, value *ret_list);
// The same of what act does inside. True as well where it just ended, as exit ends it.
typedef bool runspace_act(struct interp *in, void *context);
bool runspace_do(struct runspace *runspace, runspace_act *act, void *context);
bool runspace_hand_over(struct runspace *runspace); // what was thrown inside to the outer interp; false: nothing
// Objects made in one runspace may be held by another, or by the interp that made them: all let go before the first ends.
void runspaces_let_go(struct interp *in) __attribute__((weak));
void runspaces_end(struct interp *in) __attribute__((weak));

#endif
