#include "interp/cmdlets/format-object.h"

static const struct param params[] = {
    FORMAT_PARAMS("object[]"),
    {0},
};

static bool begin(struct command *cmd)
{
    struct format_request request = {.shape = SHAPE_LIST};
    return format_object_begin(cmd, &request, KEYS(EXPRESSION) | KEYS(FORMAT) | KEYS(LABEL));
}

const struct cmdlet cmdlet_format_list = {
    .params = params,
    .state_size = sizeof(struct format_object),
    .begin = begin,
    .process = format_object_process,
    .end = format_object_end,
    .clean = format_object_clean,
};
