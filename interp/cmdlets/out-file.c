#include "interp/cmdlets/encodings.h"
#include "interp/cmdlets/text-file.h"
#include "interp/eval/interp.h"

enum { FILE_PATH, LITERAL_PATH, ENCODING, APPEND, FORCE, NO_CLOBBER, WIDTH, NO_NEWLINE, INPUT_OBJECT };
enum { SET_PATH = 1, SET_LITERAL = 2 };

static const char *const sets[] = {"ByPath", "ByLiteralPath", NULL};
static const struct param params[] = {
    {"FilePath", "string", "Path", 0, PARAM_MANDATORY, SET_PATH},
    {"LiteralPath", "string", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, SET_LITERAL},
    {"Encoding", "System.Text.Encoding", NULL, 1, PARAM_NOT_NULL_OR_EMPTY, 0},
    {"Append", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {"NoClobber", "switch", "NoOverwrite", PARAM_NAMED, 0, 0},
    {"Width", "int", NULL, PARAM_NAMED, 0, 0, .min = 2, .max = INT32_MAX},
    {"NoNewline", "switch", NULL, PARAM_NAMED, 0, 0},
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL, 0},
    {0},
};

static unsigned flags_of(const struct command *cmd)
{
    return (cmd_bound(cmd, LITERAL_PATH) ? TEXT_LITERAL : 0) | (cmd_switch(cmd, APPEND) ? TEXT_APPEND : 0) |
           (cmd_switch(cmd, FORCE) ? TEXT_FORCE : 0) | (cmd_switch(cmd, NO_CLOBBER) ? TEXT_NEW : 0);
}

static bool open_path(struct command *cmd, value path)
{
    struct shown_file *shown = cmd->state;
    enum encoding encoding;
    shown->no_newline = cmd_switch(cmd, NO_NEWLINE);
    return encoding_param(cmd, ENCODING, &encoding) &&
           text_file_open(cmd, path, encoding, flags_of(cmd), &shown->file) &&
           shown_file_start(cmd, shown, cmd_bound(cmd, WIDTH) ? (size_t)cmd->arg[WIDTH].i : 0);
}

static bool begin(struct command *cmd)
{
    value path, name = cmd->arg[cmd_bound(cmd, FILE_PATH) ? FILE_PATH : LITERAL_PATH];
    bool yes;
    if (!cmd_bound(cmd, FILE_PATH) && !cmd_bound(cmd, LITERAL_PATH))
        return true;
    if (!cmd_should_process(cmd, value_text(name), "Output to File", &yes))
        return false;
    if (!yes)
        return true;
    if (!text_file_path(cmd, name, flags_of(cmd), &path))
        return false;
    bool ok = value_is_null(path) || open_path(cmd, path);
    return value_drop(path), ok;
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
