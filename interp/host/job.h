// interp/host/job.h: this interpreter is a job of another session: what it writes goes back as values.
//
// On descriptor 1 go frames: their size (32 bits), a stream (enum stream; 0: the end), a value
// (interp/eval/carry.h). The end is $null where the job ran through, else the error that ended it.
#ifndef INTERP_HOST_JOB_H
#define INTERP_HOST_JOB_H

#include "interp/host/wire-host.h"

// Runs what the bytes say (a table: Text, Arguments, Using, Input, Directory, Start). False: it failed.
bool job_run(struct wire_host *wh, const char *bytes, size_t size) __attribute__((weak));
bool job_report(void *context, struct interp *in, enum stream stream, value record) __attribute__((weak));

#endif
