// interp/cmdlets/out.h: commands that turn objects into lines for the host.
#ifndef INTERP_CMDLETS_OUT_H
#define INTERP_CMDLETS_OUT_H

#include "interp/eval/interp.h"
#include "interp/format/renderer.h"

struct line_sink out_host_sink(struct interp *in); // lines of standard output

// begin, process (of arg[0]), end and clean of a command whose state is a struct renderer on the host.
bool out_begin(struct command *cmd);
bool out_process(struct command *cmd);
bool out_end(struct command *cmd);
void out_clean(struct command *cmd);

#endif
