// interp/cmdlets/random-command.h: what Get-Random and Get-SecureRandom share.
#ifndef CMDLETS_RANDOM_COMMAND_H
#define CMDLETS_RANDOM_COMMAND_H

#include "interp/cmdlets/random.h"
#include "interp/eval/command.h"

// The parameters, in this order.
enum { MAXIMUM, MINIMUM, INPUT_OBJECT, COUNT, SHUFFLE, SET_SEED };
enum { S_NUMBER = 1, S_LIST = 2, S_SHUFFLE = 4 };
#define RANDOM_PARAMETERS                                                                                    \
    {"Maximum", "object", NULL, 0, 0, S_NUMBER}, {"Minimum", "object", NULL, PARAM_NAMED, 0, S_NUMBER},      \
        {"InputObject",                                                                                      \
         "object[]",                                                                                         \
         NULL,                                                                                               \
         0,                                                                                                  \
         PARAM_MANDATORY | PARAM_PIPELINE | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY,                            \
         S_LIST | S_SHUFFLE},                                                                                \
        {"Count", "int", NULL, PARAM_NAMED, 0, S_NUMBER | S_LIST, .min = 1, .max = 2147483647},              \
        {"Shuffle", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, S_SHUFFLE},
extern const char *const random_sets[];
struct random_choice { // the state of either
    struct random random;
    value items;
    uint64_t seen;
};
bool random_process(struct command *cmd);
bool random_end(struct command *cmd);
void random_clean(struct command *cmd);

#endif
