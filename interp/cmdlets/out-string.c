#include "interp/cmdlets/out.h"

enum { INPUT_OBJECT, STREAM, WIDTH, NO_NEWLINE };
enum { SET_NO_NEWLINE = 1, SET_STREAM = 2 };

static const char *const sets[] = {"NoNewLineFormatting", "StreamFormatting", NULL};
static const struct param params[] = {
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"Stream", "switch", NULL, PARAM_NAMED, 0, SET_STREAM},
    {"Width", "int", NULL, PARAM_NAMED, .min = 2, .max = INT32_MAX},
    {"NoNewline", "switch", NULL, PARAM_NAMED, 0, SET_NO_NEWLINE},
    {0},
};

struct state {
    struct renderer renderer;
    struct buf text;
};

static bool add_line(void *context, const char *text, size_t size)
{
    struct command *cmd = context;
    struct state *state = cmd->state;
    if (cmd_switch(cmd, STREAM)) {
        value line;
        return string_new(cmd->in, text, size, &line) && cmd_take(cmd, line);
    }
    buf_add(&state->text, text, size);
    if (!cmd_switch(cmd, NO_NEWLINE))
        buf_add_char(&state->text, '\n');
    return state->text.failed ? throw_full(cmd->in, &state->text) : true;
}

static bool begin(struct command *cmd)
{
    struct state *state = cmd->state;
    struct line_sink sink = out_host_sink(cmd->in);
    sink.context = cmd;
    sink.line = add_line;
    sink.colour = false;
    if (cmd_bound(cmd, WIDTH))
        sink.width = (size_t)cmd->arg[WIDTH].i;
    state->text.limit = cmd->in->string_limit;
    renderer_init(&state->renderer, cmd->in, sink);
    return true;
}

static bool process(struct command *cmd)
{
    struct state *state = cmd->state;
    return !cmd_bound(cmd, INPUT_OBJECT) || renderer_add(&state->renderer, cmd->arg[INPUT_OBJECT]);
}

static bool end(struct command *cmd)
{
    struct state *state = cmd->state;
    value text;
    if (!renderer_end(&state->renderer))
        return false;
    if (cmd_switch(cmd, STREAM))
        return true;
    return string_new(cmd->in, buf_text(&state->text), state->text.size, &text) && cmd_take(cmd, text);
}

static void clean(struct command *cmd)
{
    struct state *state = cmd->state;
    renderer_free(&state->renderer);
    buf_free(&state->text);
}

const struct cmdlet cmdlet_out_string = {
    .params = params,
    .sets = sets,
    .state_size = sizeof(struct state),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = clean,
};
