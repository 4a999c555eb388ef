#include "interp/cmdlets/random-command.h"

static const struct param params[] = {RANDOM_PARAMETERS{0}};

// Without a seed every number is the kernel's.
const struct cmdlet cmdlet_get_securerandom = {
    .params = params,
    .sets = random_sets,
    .state_size = sizeof(struct random_choice),
    .process = random_process,
    .end = random_end,
    .clean = random_clean,
};
