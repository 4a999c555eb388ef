// interp/cmdlets/job-text.h: a block or a file as text that another interpreter can run.
#ifndef CMDLETS_JOB_TEXT_H
#define CMDLETS_JOB_TEXT_H

#include "interp/eval/interp.h"

// Of a block the text between the braces, with every $using:NAME as $__using_NAME; *ret_used: a TABLE of those
// variables. Of a path the file; *ret_used $null.
bool job_text(struct command *cmd, value block_or_path, value *ret_text, value *ret_used);
bool job_use(struct interp *in, value used); // gives the scope those variables

#endif
