// launcher/running.h: what launch.c needs of the supervisor's half.
#ifndef LAUNCHER_RUNNING_H
#define LAUNCHER_RUNNING_H

#include <sys/types.h>

struct running;

void running_reap_failed(pid_t child, int *pidfd); // waits for a child that has reported its failure; closes the pidfd
int running_children_open(void);                   // -1: /proc does not tell
void running_watch(struct running *running);        // before the supervisor is confined: what running_witness reads

#endif
