#include "interp/cmdlets/format-object.h"

enum { DEPTH = FORMAT_OWN };

static const struct param params[] = {
    FORMAT_PARAMS("object[]"),
    {"Depth", "int", NULL, PARAM_NAMED, .min = 1, .max = INT32_MAX},
    {0},
};

static bool begin(struct command *cmd)
{
    struct format_request request = {.shape = SHAPE_COMPLEX};
    if (cmd_bound(cmd, DEPTH))
        request.depth = (unsigned)cmd->arg[DEPTH].i;
    return format_object_begin(cmd, &request, KEYS(EXPRESSION) | KEYS(DEPTH));
}

const struct cmdlet cmdlet_format_custom = {
    .params = params,
    .state_size = sizeof(struct format_object),
    .begin = begin,
    .process = format_object_process,
    .end = format_object_end,
    .clean = format_object_clean,
};
