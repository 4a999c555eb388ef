// The terminal: typing at somebody else's prompt, taking it, changing its driver. Descriptor 0 is a terminal
// that the control makes for itself.
#include "attempt.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define P(x) ((long)(intptr_t)(x))

static int on_terminal(unsigned long request, void *argument)
{
    int error = call(SYS_ioctl, 0L, (long)request, P(argument), 0L, 0L, 0L);
    return error == ENOTTY || error == EINVAL || error == EIO || error == EFAULT ? 0 : error; // the driver was asked
}

static char letter = 'Z';
static int discipline = 13, zero = 0;
static char selection[2] = {2, 0};

static int k091(void) { return on_terminal(0x5412, &letter); }
static int k046(void) { return on_terminal(0x100005412UL, &letter); }
static int k047(void) { return on_terminal(0xffffffff00005412UL, &letter); }
static int k092(void) { return on_terminal(0x541c, selection); }
static int k093(void) { return on_terminal(0x5423, &discipline); }
static int k095(void) { return on_terminal(0x540e, &zero); }
static int notty(void) { return on_terminal(0x5422, NULL); }
static int k097(void) { return on_terminal(0x5437, NULL); }
static int hang_up(void) { return call(SYS_vhangup, 0L, 0L, 0L, 0L, 0L, 0L); }
static int console(void) { return on_terminal(0x541d, NULL); }
static int k083(void) { return on_terminal(0x8901, &zero); }
static int packet(void) { return on_terminal(0x5420, &zero); }

#define STOP "SYS EPERM ENOSYS"
const struct attempt attempts_terminal[] = {
    {"K091", "type at the terminal (TIOCSTI)", k091, CONTROL_PLAIN, STOP, ""},
    {"K046", "TIOCSTI with a bit above 31 set", k046, CONTROL_PLAIN, STOP, ""},
    {"K047", "TIOCSTI with all bits above 31 set", k047, CONTROL_PLAIN, STOP, ""},
    {"K092", "TIOCLINUX", k092, CONTROL_PLAIN, STOP, ""},
    {"K093", "load a line discipline (TIOCSETD)", k093, CONTROL_PLAIN, STOP, ""},
    {"K095", "take the controlling terminal", k095, CONTROL_PLAIN, STOP, "EXEC"},
    {"K095b", "give the controlling terminal up", notty, CONTROL_PLAIN, STOP, "EXEC"},
    {"K097", "hang the terminal up", k097, CONTROL_NONE, STOP, ""},
    {"K097b", "vhangup", hang_up, CONTROL_NONE, STOP, ""},
    {"X070", "TIOCCONS", console, CONTROL_NONE, STOP, ""},
    {"X071", "TIOCPKT", packet, CONTROL_PLAIN, STOP, ""},
    {"K083", "FIOSETOWN", k083, CONTROL_PLAIN, STOP, ""},
    {0},
};
