// interp/cmdlets/parallel.h: ForEach-Object -Parallel. This interpreter has one thread: the tasks run one after another,
// each in a scope of its own in a runspace of the command's own, which has none of the caller's variables and functions.
// jesh-full alone.
#ifndef CMDLETS_PARALLEL_H
#define CMDLETS_PARALLEL_H

#include "interp/eval/command.h"

struct parallel;
struct parallel_params { // where they stand among the command's
    unsigned block, time, as_job;
};

bool parallel_begin(struct command *cmd, const struct parallel_params *at, struct parallel **ret)
    __attribute__((weak));
bool parallel_process(struct command *cmd, struct parallel *parallel, value v) __attribute__((weak));
bool parallel_end(struct command *cmd, struct parallel *parallel) __attribute__((weak));
void parallel_free(struct parallel *parallel) __attribute__((weak));

#endif
