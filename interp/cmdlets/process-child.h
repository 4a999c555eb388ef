// interp/cmdlets/process-child.h: processes that Start-Process started: who waits for them. jesh-full alone.
#ifndef CMDLETS_PROCESS_CHILD_H
#define CMDLETS_PROCESS_CHILD_H

#include "interp/cmdlets/process.h"
#include "interp/cmdlets/program.h"
#include "interp/eval/command.h"

// The Process of a program that runs; it is reaped through that object. path: its file.
bool process_adopt(struct interp *in, const struct child *child, const char *path, value *ret);
// Whether it has ended: of an own child it takes the exit code, of others it asks /proc.
bool process_ended(struct process *process) __attribute__((weak));
// Waits, so many milliseconds at most (< 0: without end), or until the session is interrupted. *ret whether it ended.
bool process_wait(struct interp *in, struct process *process, int64_t milliseconds, bool *ret);
extern const struct type_members full_process __attribute__((weak));

// The processes that -Id, -Name or -InputObject name; what is not there is reported as PowerShell does. LIST.
struct process_params {
    unsigned id, name, input;
};
bool processes_named(struct command *cmd, const struct process_params *at, value *ret);

#endif
