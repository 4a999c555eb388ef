#include "interp/cmdlets/out.h"

static const struct param params[] = {
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"Paging", "switch", NULL, PARAM_NAMED},
    {0},
};

const struct cmdlet cmdlet_out_host = {
    .params = params,
    .state_size = sizeof(struct renderer),
    .begin = out_begin,
    .process = out_process,
    .end = out_end,
    .clean = out_clean,
};
