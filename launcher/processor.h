// launcher/processor.h: keeps a process and the child it is about to wait for on one processor.
//
// The parent stands still until its child has done its work, so a second processor gains nothing, and waking an idle
// one costs a launch a twentieth to a tenth of its time. Both get their own set back before the program is executed.
#ifndef LAUNCHER_PROCESSOR_H
#define LAUNCHER_PROCESSOR_H

#include <sched.h>
#include <stdbool.h>

struct processors {
    cpu_set_t usual;
    bool held; // otherwise nothing was changed: more processors than fit here, or not permitted
};

void processor_hold(struct processors *ret_processors); // again: without effect
void processor_release(const struct processors *processors); // by the parent and by the child, each for itself

#endif
