#include "interp/cmdlets/format-object.h"

enum { AUTO_SIZE = FORMAT_OWN, HIDE_HEADERS, WRAP, REPEAT_HEADER };

static const struct param params[] = {
    FORMAT_PARAMS("object[]"),
    {"AutoSize", "switch", NULL, PARAM_NAMED},
    {"HideTableHeaders", "switch", NULL, PARAM_NAMED},
    {"Wrap", "switch", NULL, PARAM_NAMED},
    {"RepeatHeader", "switch", NULL, PARAM_NAMED},
    {0},
};

static bool begin(struct command *cmd)
{
    struct format_request request = {.shape = SHAPE_TABLE};
    request.autosize = cmd_switch(cmd, AUTO_SIZE);
    request.hide_header = cmd_switch(cmd, HIDE_HEADERS);
    request.wrap = cmd_switch(cmd, WRAP);
    request.repeat_header = cmd_switch(cmd, REPEAT_HEADER);
    return format_object_begin(cmd, &request,
                               KEYS(EXPRESSION) | KEYS(FORMAT) | KEYS(LABEL) | KEYS(WIDTH) | KEYS(ALIGNMENT));
}

const struct cmdlet cmdlet_format_table = {
    .params = params,
    .state_size = sizeof(struct format_object),
    .begin = begin,
    .process = format_object_process,
    .end = format_object_end,
    .clean = format_object_clean,
};
