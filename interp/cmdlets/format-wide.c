#include "interp/cmdlets/format-object.h"

enum { AUTO_SIZE = FORMAT_OWN, COLUMN };

static const struct param params[] = {
    FORMAT_PARAMS("object"),
    {"AutoSize", "switch", NULL, PARAM_NAMED},
    {"Column", "int", NULL, PARAM_NAMED, .min = 1, .max = INT32_MAX},
    {0},
};

static bool begin(struct command *cmd)
{
    struct format_request request = {.shape = SHAPE_WIDE};
    if (cmd_switch(cmd, AUTO_SIZE) && cmd_bound(cmd, COLUMN))
        return cmd_throw(cmd, "FormatCannotSpecifyAutosizeAndColumns", CAT_InvalidArgument, cmd->arg[COLUMN],
                         "-AutoSize and -Column exclude each other.");
    request.autosize = cmd_switch(cmd, AUTO_SIZE);
    if (cmd_bound(cmd, COLUMN))
        request.columns = (unsigned)cmd->arg[COLUMN].i;
    return format_object_begin(cmd, &request, KEYS(EXPRESSION) | KEYS(FORMAT));
}

const struct cmdlet cmdlet_format_wide = {
    .params = params,
    .state_size = sizeof(struct format_object),
    .begin = begin,
    .process = format_object_process,
    .end = format_object_end,
    .clean = format_object_clean,
};
