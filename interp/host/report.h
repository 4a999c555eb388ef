// interp/host/report.h: what reached the top on another stream than output: as text for people, as JSON for
// programs.
#ifndef INTERP_HOST_REPORT_H
#define INTERP_HOST_REPORT_H

#include "interp/host/wire-host.h"

// host.report: errors to standard error; warnings, verbose and debug lines and information to standard
// output, as pwsh does. With --errors=json all but information become JSON lines on standard error.
bool report_stream(void *context, struct interp *in, enum stream stream, value record);

// The last line of --errors=json: everything in $Error, oldest first, what ended the last text, the exit
// status.
void report_summary(struct wire_host *wh, int status);

#endif
