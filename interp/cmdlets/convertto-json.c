#include "interp/cmdlets/json-write.h"
#include "interp/eval/interp.h"

enum { INPUT_OBJECT, DEPTH, COMPRESS, ENUMS_AS_STRINGS, AS_ARRAY, ESCAPE_HANDLING };

static const struct param params[] = {
    {"InputObject", "object", NULL, 0,
     PARAM_MANDATORY | PARAM_PIPELINE | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY | PARAM_ALLOW_EMPTY_COLLECTION,
     0},
    {"Depth", "int", NULL, PARAM_NAMED, 0, 0, .min = 0, .max = 100},
    {"Compress", "switch", NULL, PARAM_NAMED, 0, 0},
    {"EnumsAsStrings", "switch", NULL, PARAM_NAMED, 0, 0},
    {"AsArray", "switch", NULL, PARAM_NAMED, 0, 0},
    {"EscapeHandling", "Newtonsoft.Json.StringEscapeHandling", NULL, PARAM_NAMED, 0, 0},
    {0},
};

struct state {
    value inputs;
}; // LIST

static bool begin(struct command *cmd)
{
    return list_new(cmd->in, NULL, &((struct state *)cmd->state)->inputs);
}

static bool process(struct command *cmd)
{
    return list_add(cmd->in, ((struct state *)cmd->state)->inputs.array, cmd->arg[INPUT_OBJECT]);
}

static bool warn_truncated(struct command *cmd, int depth)
{
    value text;
    if (!string_printf(cmd->in, &text, "The JSON is cut: something lies deeper than -Depth %d.", depth))
        return false;
    bool go_on = cmd_stream(cmd, STREAM_WARNING, text);
    value_drop(text);
    return go_on;
}

static bool write_json(struct command *cmd, value v)
{
    struct json_writer writer = {
        .in = cmd->in,
        .max_depth = cmd_bound(cmd, DEPTH) ? (int)cmd->arg[DEPTH].i : 2,
        .compress = cmd_switch(cmd, COMPRESS),
        .enums_as_text = cmd_switch(cmd, ENUMS_AS_STRINGS),
        .escape = cmd_bound(cmd, ESCAPE_HANDLING) ? (enum json_escape)cmd->arg[ESCAPE_HANDLING].i
                                                  : JSON_ESCAPE_DEFAULT,
    };
    value text;
    bool ok = json_write(&writer, v);
    if (!ok && writer.bad_key)
        cmd_throw(cmd, "NonStringKeyInDictionary", CAT_InvalidOperation, v,
                  "Keys in JSON are strings; this dictionary has a key of type %s.", writer.bad_key);
    ok = ok && (!writer.truncated || warn_truncated(cmd, writer.max_depth)) &&
         string_new(cmd->in, buf_text(&writer.out), writer.out.size, &text);
    buf_free(&writer.out);
    return ok && cmd_take(cmd, text);
}

static bool end(struct command *cmd)
{
    struct array *inputs = ((struct state *)cmd->state)->inputs.array;
    if (inputs->count == 0)
        return true;
    bool whole = inputs->count > 1 || cmd_switch(cmd, AS_ARRAY);
    return write_json(cmd, whole ? ((struct state *)cmd->state)->inputs : inputs->items[0]);
}

static void clean(struct command *cmd)
{
    value_drop(((struct state *)cmd->state)->inputs);
}

const struct cmdlet cmdlet_convertto_json = {
    .params = params,
    .state_size = sizeof(struct state),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = clean,
};
