// launcher/outlet.h: a descriptor of the caller's that is written to without ever waiting for who reads it.
//
// A supervisor that waits in write(2) neither looks at the clock nor at its signals, and whoever sits at the
// terminal could make it wait for ever. Whether a write waits belongs to the open file, which others share,
// so a pipe or terminal is opened once more. Where that is refused (another account owns it, as under
// sudo or runuser) a pipe is asked before each write, which then is no longer than what a pipe that is
// ready takes at once (pipe(7): PIPE_BUF); writing to a terminal may wait after all.
#ifndef LAUNCHER_OUTLET_H
#define LAUNCHER_OUTLET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct outlet {
    int fd;
    bool own;    // opened by outlet_open
    bool socket; // asked not to wait with each message
    bool pipe;   // could not be opened once more
};

#define OUTLET_NONE                                                                                          \
    {                                                                                                        \
        .fd = -1                                                                                             \
    }

struct outlet outlet_open(int fd);
ssize_t outlet_write(const struct outlet *outlet, const void *bytes,
                     size_t size); // as write(2); EAGAIN where full
void outlet_close(struct outlet *outlet);

#endif
