#include "interp/cmdlets/csv-output.h"
#include "interp/eval/interp.h"

enum { INPUT_OBJECT, FIRST };

static const struct param params[] = {
    {"InputObject", "psobject", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, 0},
    CSV_OUTPUT_PARAMS,
    {0},
};

static bool put(struct command *cmd, const char *line, size_t size)
{
    value text;
    return string_new(cmd->in, line, size, &text) && cmd_take(cmd, text);
}

static bool begin(struct command *cmd)
{
    struct csv_output *out = cmd->state;
    out->first = FIRST;
    out->put = put;
    return csv_output_begin(cmd, out);
}

static bool process(struct command *cmd)
{
    value object = cmd->arg[INPUT_OBJECT];
    return !cmd_bound(cmd, INPUT_OBJECT) || value_is_null(object) || csv_output_add(cmd, cmd->state, object);
}

static void clean(struct command *cmd)
{
    csv_output_free(cmd->state);
}

const struct cmdlet cmdlet_convertto_csv = {
    .params = params,
    .sets = csv_output_sets,
    .state_size = sizeof(struct csv_output),
    .begin = begin,
    .process = process,
    .clean = clean,
};
