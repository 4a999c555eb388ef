#include "launcher/processor.h"

void processor_hold(struct processors *ret_processors)
{
    cpu_set_t here;
    int now = sched_getcpu();

    if (ret_processors->held)
        return;
    if (now < 0 || now >= CPU_SETSIZE || sched_getaffinity(0, sizeof ret_processors->usual, &ret_processors->usual) < 0)
        return;
    CPU_ZERO(&here);
    CPU_SET(now, &here);
    ret_processors->held = sched_setaffinity(0, sizeof here, &here) == 0;
}

void processor_release(const struct processors *processors)
{
    if (processors->held)
        (void)!sched_setaffinity(0, sizeof processors->usual, &processors->usual);
}
