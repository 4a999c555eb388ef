// interp/eval/program.h: programs of the machine as commands of a pipeline.
//
// The evaluator finds a program last (spec: language-core §6), after aliases, functions, cmdlets and scripts.
// How it is found, what it is given and how it runs is not its business: main-full hands it this table, and
// only where the session has RIGHT_EXEC.
#ifndef INTERP_PROGRAM_H
#define INTERP_PROGRAM_H

#include "interp/eval/bind.h"

struct programs {
    const struct cmdlet *cmdlet; // one stage; its file is stage->held
    // The file that a command name means. False: none, or thrown.
    bool (*find)(struct interp *in, const char *name, value *ret_path);
    bool (*arguments)(struct command *cmd, const struct argument *arguments, size_t count); // argv; throws
};
// Takes path. jesh-full alone, as the table (interp/cmdlets/program.c).
struct pipeline;
bool program_open(struct stage *stage, struct pipeline *pipeline, size_t index, value name, value path)
    __attribute__((weak));
extern const struct programs programs __attribute__((weak));

#endif
