// interp/cmdlets/process.h: a process as /proc showed it, and Get-Process's reading of /proc.
#ifndef CMDLETS_PROCESS_H
#define CMDLETS_PROCESS_H

#include <sys/types.h>

#include "interp/eval/command.h"

struct process { // V_OBJECT of type_process
    struct object head;
    value name, user; // STRING; user $null where it was not asked for
    int32_t id, parent, session, threads, priority;
    uint64_t cpu_ticks, virtual_bytes, resident_bytes; // CPU in 100 ns
    int64_t started, exited;                           // ticks UTC
    bool child, ended; // started here, and reaped through this object; it has ended
    int32_t exit_code; // of a child that has
};
extern const struct type type_process, type_process_array;
extern const struct param_rule process_rule; // of parameters that take processes

// Reads /proc/ID. *ret V_VOID: no such process (any more). Right PROCESS_LIST: openat, read, close,
// newfstatat, getdents64 below /proc.
bool process_read(struct interp *in, pid_t id, bool with_user, value *ret);
bool process_is_gone(pid_t id); // or nobody has asked for its end yet
// Whose it is; the object is then one that is shown with that name. Nothing where the process has gone.
bool process_add_user(struct interp *in, value process);
// Every process that /proc shows: inside a pid namespace those of the session. False with *ret_errnum: /proc
// is not there.
bool process_list(struct interp *in, bool with_user, value *ret_list,
                  int *ret_errnum); // sorted by name, then id

#endif
