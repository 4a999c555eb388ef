#include "interp/cmdlets/encodings.h"
#include "interp/cmdlets/text-file.h"
#include "interp/eval/interp.h"

enum { FILE_PATH, LITERAL_PATH, ENCODING, APPEND, FORCE, NO_CLOBBER, WIDTH, NO_NEWLINE, INPUT_OBJECT };
enum { SET_PATH = 1, SET_LITERAL = 2 };

static const char *const sets[] = {"ByPath", "ByLiteralPath", NULL};
static const struct param params[] = {
    {"FilePath", "string", "Path", 0, PARAM_MANDATORY, SET_PATH},
    {"LiteralPath", "string", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, SET_LITERAL},
    {"Encoding", "System.Text.Encoding", NULL, 1, PARAM_NOT_NULL_OR_EMPTY, 0, .rule = &encoding_rule},
    {"Append", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {"NoClobber", "switch", "NoOverwrite", PARAM_NAMED, 0, 0},
    {"Width", "int", NULL, PARAM_NAMED, 0, 0, .min = 2, .max = INT32_MAX},
    {"NoNewline", "switch", NULL, PARAM_NAMED, 0, 0},
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL, 0},
    {0},
};

static const struct text_file_params at = {FILE_PATH, LITERAL_PATH, APPEND, FORCE, NO_CLOBBER};

static bool open_path(struct command *cmd, value path)
{
    struct shown_file *shown = cmd->state;
    shown->no_newline = cmd_switch(cmd, NO_NEWLINE);
    return shown_file_open(cmd, path, ENCODING, text_file_flags(cmd, &at),
                           cmd_bound(cmd, WIDTH) ? (size_t)cmd->arg[WIDTH].i : 0, shown);
}

static bool begin(struct command *cmd)
{
    return (!cmd_bound(cmd, FILE_PATH) && !cmd_bound(cmd, LITERAL_PATH)) ||
           text_file_named(cmd, &at, "Output to File", open_path);
}

static bool process(struct command *cmd)
{
    return !cmd_bound(cmd, INPUT_OBJECT) || shown_file_add(cmd->state, cmd->arg[INPUT_OBJECT]);
}

static bool end(struct command *cmd)
{
    return shown_file_end(cmd->state);
}

static void clean(struct command *cmd)
{
    shown_file_free(cmd->state);
}

const struct cmdlet cmdlet_out_file = {
    .params = params,
    .sets = sets,
    .properties = CMDLET_SHOULD_PROCESS,
    .state_size = sizeof(struct shown_file),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = clean,
};
