#include "interp/eval/command.h"

static const struct param params[] = {
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {0},
};

const struct cmdlet cmdlet_out_null = {.params = params};
