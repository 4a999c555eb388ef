#include "interp/cmdlets/out.h"

static const struct param params[] = {
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"Transcript", "switch", NULL, PARAM_NAMED},
    {0},
};
static const struct param proxy_params[] = {
    {"InputObject", "object", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE},
    {0},
};

static const struct cmdlet proxy = {
    .params = proxy_params, .properties = CMDLET_FUNCTION, .state_size = sizeof(struct renderer),
    .begin = out_begin, .process = out_process, .end = out_end, .clean = out_clean,
};
const struct cmdlet cmdlet_out_default = {
    .params = params, .proxy = &proxy, .state_size = sizeof(struct renderer),
    .begin = out_begin, .process = out_process, .end = out_end, .clean = out_clean,
};
