// interp/cmdlets/job-text.h: a block as text that another interpreter can run.
#ifndef CMDLETS_JOB_TEXT_H
#define CMDLETS_JOB_TEXT_H

#include "interp/eval/interp.h"

// The text between the braces, with every $using:NAME as $__using_NAME; *ret_used: a TABLE of those
// variables.
bool job_text(struct command *cmd, value block, value *ret_text, value *ret_used);

#endif
