#include "interp/cmdlets/csv-input.h"
#include "interp/eval/interp.h"

enum { INPUT_OBJECT, DELIMITER, USE_CULTURE, HEADER };

static const char *const sets[] = {"Delimiter", "UseCulture", NULL};
static const struct param params[] = {
    {"InputObject", "psobject[]", NULL, 0,
     PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY | PARAM_ALLOW_EMPTY | PARAM_ALLOW_NULL |
         PARAM_NOT_NULL,
     0},
    {"Delimiter", "char", NULL, 1, 0, 1},
    {"UseCulture", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, 2},
    {"Header", "string[]", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, 0},
    {0},
};

struct state {
    struct buf text;
};

static bool add_input(struct command *cmd, value v)
{
    struct state *state = cmd->state;
    if (state->text.size > 0)
        buf_add_char(&state->text, '\n');
    return value_is_null(v) ||
           (value_add_string(cmd->in, &state->text, v) && (!state->text.failed || throw_full(cmd->in, &state->text)));
}

static bool begin(struct command *cmd)
{
    ((struct state *)cmd->state)->text.limit = cmd->in->string_limit;
    return true;
}

static bool process(struct command *cmd)
{
    value given = cmd->arg[INPUT_OBJECT];
    if (!value_enumerable(given))
        return add_input(cmd, given);
    for (size_t i = 0; i < given.array->count; i++)
        if (!add_input(cmd, given.array->items[i]))
            return false;
    return true;
}

static bool end(struct command *cmd)
{
    struct state *state = cmd->state;
    struct csv_options options;
    csv_options_read(cmd, DELIMITER, HEADER, &options);
    return csv_input_read(cmd, &options, buf_text(&state->text), state->text.size);
}

static void clean(struct command *cmd)
{
    buf_free(&((struct state *)cmd->state)->text);
}

const struct cmdlet cmdlet_convertfrom_csv = {
    .params = params,
    .sets = sets,
    .state_size = sizeof(struct state),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = clean,
};
