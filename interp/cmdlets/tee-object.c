#include "interp/cmdlets/encodings.h"
#include "interp/cmdlets/text-file.h"
#include "interp/cmdlets/thrown.h"
#include "interp/cmdlets/variables.h"
#include "interp/eval/interp.h"

enum { INPUT_OBJECT, FILE_PATH, LITERAL_PATH, APPEND, ENCODING, VARIABLE };
enum { SET_FILE = 1, SET_LITERAL = 2, SET_VARIABLE = 4 };

static const char *const sets[] = {"File", "LiteralFile", "Variable", NULL};
static const struct param params[] = {
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL, 0},
    {"FilePath", "string", "Path", 0, PARAM_MANDATORY, SET_FILE},
    {"LiteralPath", "string", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY, SET_LITERAL},
    {"Append", "switch", NULL, PARAM_NAMED, 0, SET_FILE},
    {"Encoding", "System.Text.Encoding", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, SET_FILE | SET_LITERAL,
     .rule = &encoding_rule},
    {"Variable", "string", NULL, PARAM_NAMED, PARAM_MANDATORY, SET_VARIABLE},
    {0},
};

struct state {
    struct shown_file shown;
    value kept; // LIST: what the variable gets
};

static bool open_path(struct command *cmd, value name, unsigned flags)
{
    value path;
    if (!text_file_path(cmd, name, flags, &path))
        return false;
    bool ok = value_is_null(path) ||
              shown_file_open(cmd, path, ENCODING, flags, 0, &((struct state *)cmd->state)->shown);
    return value_drop(path), ok;
}

// The file is Out-File's, and so are the ids of what goes wrong with it.
static bool begin(struct command *cmd)
{
    const char *own = cmd->class_name;
    bool literal = cmd_bound(cmd, LITERAL_PATH);
    if (cmd_bound(cmd, VARIABLE))
        return list_new(cmd->in, NULL, &((struct state *)cmd->state)->kept);
    if (!literal && !cmd_bound(cmd, FILE_PATH))
        return true;
    cmd->class_name = "Microsoft.PowerShell.Commands.OutFileCommand";
    bool ok = open_path(cmd, cmd->arg[literal ? LITERAL_PATH : FILE_PATH],
                        (literal ? TEXT_LITERAL : 0) | (cmd_switch(cmd, APPEND) ? TEXT_APPEND : 0));
    cmd->class_name = own;
    return ok;
}

static bool process(struct command *cmd)
{
    struct state *state = cmd->state;
    value v = cmd->arg[INPUT_OBJECT];
    if (!cmd_bound(cmd, INPUT_OBJECT))
        return true;
    if (state->kept.kind == V_LIST && !list_add(cmd->in, state->kept.array, v))
        return false;
    return shown_file_add(&state->shown, v) && cmd_write(cmd, v);
}

static bool assign(struct command *cmd, const struct array *kept)
{
    const char *name = value_text(cmd->arg[VARIABLE]);
    struct variable *variable;
    value whole = value_null;
    bool ok = variable_find(cmd->in, name, "Local", &variable) &&
              (variable || variable_make(cmd->in, name, NULL, &variable));
    if (ok && kept->count == 1)
        whole = value_keep(kept->items[0]);
    else if (ok && kept->count > 1)
        ok = array_from(cmd->in, kept->items, kept->count, &whole);
    ok = ok && variable_assign(cmd->in, variable, whole, false);
    value_drop(whole);
    return ok || thrown_report(cmd);
}

static bool end(struct command *cmd)
{
    struct state *state = cmd->state;
    return state->kept.kind == V_LIST ? assign(cmd, state->kept.array) : shown_file_end(&state->shown);
}

static void clean(struct command *cmd)
{
    struct state *state = cmd->state;
    shown_file_free(&state->shown);
    value_drop(state->kept);
}

const struct cmdlet cmdlet_tee_object = {
    .params = params,
    .sets = sets,
    .state_size = sizeof(struct state),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = clean,
};
