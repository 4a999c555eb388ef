#include "interp/eval/interp.h"
#include "interp/format/expression.h"
#include "interp/value/objects.h"
#include "interp/value/operate.h"

enum {
    PROPERTY,
    SEPARATOR,
    OUTPUT_PREFIX,
    OUTPUT_SUFFIX,
    SINGLE_QUOTE,
    DOUBLE_QUOTE,
    FORMAT_STRING,
    USE_CULTURE,
    INPUT_OBJECT
};
enum { SET_SINGLE = 2, SET_DOUBLE = 4, SET_FORMAT = 8 };

static const char *const sets[] = {"default", "SingleQuote", "DoubleQuote", "Format", NULL};
static const struct param params[] = {
    {"Property", "object", NULL, 0, 0, 0},
    {"Separator", "string", NULL, 1, PARAM_ALLOW_EMPTY, 0},
    {"OutputPrefix", "string", "op", PARAM_NAMED, 0, 0},
    {"OutputSuffix", "string", "os", PARAM_NAMED, 0, 0},
    {"SingleQuote", "switch", NULL, PARAM_NAMED, 0, SET_SINGLE},
    {"DoubleQuote", "switch", NULL, PARAM_NAMED, 0, SET_DOUBLE},
    {"FormatString", "string", NULL, PARAM_NAMED, 0, SET_FORMAT},
    {"UseCulture", "switch", NULL, PARAM_NAMED, 0, 0},
    {"InputObject", "psobject[]", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL, 0},
    {0},
};

struct state {
    struct expressions by;
    struct buf text;
    bool any;
};

static bool begin(struct command *cmd)
{
    struct state *state = cmd->state;
    state->text.limit = cmd->in->string_limit;
    return !cmd_bound(cmd, PROPERTY) ||
           expressions_read(cmd, cmd->arg[PROPERTY], KEYS(EXPRESSION), &state->by);
}

static void add_separator(const struct command *cmd, struct state *state)
{
    value separator = cmd_bound(cmd, SEPARATOR) ? cmd->arg[SEPARATOR] : cmd->in->ofs;
    if (state->any && separator.kind == V_STRING)
        buf_add(&state->text, value_text(separator), separator.string->size);
    state->any = true;
}

static bool add_text(struct command *cmd, value v)
{
    struct state *state = cmd->state;
    value shown;
    char quote = cmd_switch(cmd, SINGLE_QUOTE) ? '\'' : cmd_switch(cmd, DOUBLE_QUOTE) ? '"' : 0;
    if (cmd_bound(cmd, FORMAT_STRING) && !operate_format(cmd->in, cmd->arg[FORMAT_STRING], v, &shown))
        return false;
    add_separator(cmd, state);
    if (quote)
        buf_add_char(&state->text, quote);
    bool ok = value_add_string(cmd->in, &state->text, cmd_bound(cmd, FORMAT_STRING) ? shown : v);
    if (quote)
        buf_add_char(&state->text, quote);
    if (cmd_bound(cmd, FORMAT_STRING))
        value_drop(shown);
    return ok && (!state->text.failed || throw_full(cmd->in, &state->text));
}

static bool add(struct command *cmd, value v)
{
    struct state *state = cmd->state;
    value held;
    bool found;
    if (value_is_null(v))
        return true;
    if (state->by.count == 0)
        return add_text(cmd, v);
    if (!expression_first(cmd->in, &state->by.items[0], v, &held, &found))
        return false;
    bool ok = add_text(cmd, held);
    return value_drop(held), ok;
}

static bool process(struct command *cmd)
{
    value given = cmd->arg[INPUT_OBJECT];
    if (!cmd_bound(cmd, INPUT_OBJECT))
        return true;
    if (given.kind != V_ARRAY)
        return add(cmd, given);
    for (size_t i = 0; i < given.array->count; i++)
        if (!add(cmd, given.array->items[i]))
            return false;
    return true;
}

static void add_given(const struct command *cmd, unsigned param, struct buf *out)
{
    if (cmd_bound(cmd, param) && cmd->arg[param].kind == V_STRING)
        buf_add(out, value_text(cmd->arg[param]), cmd->arg[param].string->size);
}

static bool end(struct command *cmd)
{
    struct state *state = cmd->state;
    struct buf out = {.limit = cmd->in->string_limit};
    value text;
    add_given(cmd, OUTPUT_PREFIX, &out);
    buf_add(&out, buf_text(&state->text), state->text.size);
    add_given(cmd, OUTPUT_SUFFIX, &out);
    return buf_take(cmd->in, &out, &text) && cmd_take(cmd, text);
}

static void clean(struct command *cmd)
{
    struct state *state = cmd->state;
    expressions_free(&state->by);
    buf_free(&state->text);
}

const struct cmdlet cmdlet_join_string = {
    .params = params,
    .sets = sets,
    .state_size = sizeof(struct state),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = clean,
};
