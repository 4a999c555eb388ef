#include "interp/cmdlets/job-text.h"
#include "interp/cmdlets/jobs.h"
#include "interp/eval/carry.h"
#include "interp/value/types.h"

enum {
    SCRIPT_BLOCK,
    FILE_PATH,
    LITERAL_PATH,
    NAME,
    START_BLOCK,
    ARGUMENTS,
    INPUT,
    DIRECTORY,
    RUN_AS_32,
    VERSION
};
enum { SET_BLOCK = 1, SET_FILE = 2, SET_LITERAL = 4 };
static const char *const sets[] = {"ComputerName", "FilePathComputerName", "LiteralFilePathComputerName",
                                   NULL};
static const struct param params[] = {
    {"ScriptBlock", "scriptblock", "Command", 0, PARAM_MANDATORY, SET_BLOCK},
    {"FilePath", "string", NULL, PARAM_NAMED, PARAM_MANDATORY, SET_FILE},
    {"LiteralPath", "string", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY, SET_LITERAL},
    {"Name", "string", NULL, PARAM_NAMED, PARAM_PROPERTY | PARAM_NOT_NULL_OR_EMPTY},
    {"InitializationScript", "scriptblock", NULL, 1, 0},
    {"ArgumentList", "object[]", "Args", PARAM_NAMED, PARAM_ALLOW_NULL},
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"WorkingDirectory", "string", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY},
    {"RunAs32", "switch", NULL, PARAM_NAMED},
    {"PSVersion", "version", NULL, PARAM_NAMED},
    {0},
};

struct state {
    value input; // LIST, or $null
};

static bool refuse(struct command *cmd)
{
    const char *refusal = mode_gate(cmd->in->mode, GATE_START_JOB);
    return refusal ? cmd_throw(cmd, refusal, CAT_PermissionDenied, value_null,
                               "A session of this language mode starts no jobs.")
                   : true;
}

static bool process(struct command *cmd)
{
    struct state *state = cmd->state;
    return !cmd_bound(cmd, INPUT) || list_gather(cmd->in, &state->input, cmd->arg[INPUT]);
}

static bool put(struct interp *in, value table, const char *name, value v)
{
    return value_is_null(v) || table_set_text(in, table.table, name, v);
}

static bool put_text(struct command *cmd, value table, value *ret_text)
{
    value used;
    unsigned from = cmd_bound(cmd, SCRIPT_BLOCK) ? SCRIPT_BLOCK
                    : cmd_bound(cmd, FILE_PATH)  ? FILE_PATH
                                                 : LITERAL_PATH;
    if (!job_text(cmd, cmd->arg[from], ret_text, &used))
        return false;
    bool ok = put(cmd->in, table, "Text", *ret_text) && put(cmd->in, table, "Using", used);
    value_drop(used);
    if (!ok)
        value_drop(*ret_text);
    return ok;
}

static bool put_start(struct command *cmd, value table)
{
    value text;
    if (!cmd_bound(cmd, START_BLOCK))
        return true;
    if (!value_to_string(cmd->in, cmd->arg[START_BLOCK], &text))
        return false;
    bool ok = put(cmd->in, table, "Start", text);
    return value_drop(text), ok;
}

static bool put_place(struct command *cmd, value table)
{
    value here, text;
    if (cmd_bound(cmd, DIRECTORY))
        return put(cmd->in, table, "Directory", cmd->arg[DIRECTORY]);
    const value *pwd = interp_get_variable(cmd->in, "PWD");
    here = pwd ? *pwd : value_null;
    if (value_is_null(here) || !value_to_string(cmd->in, here, &text))
        return value_is_null(cmd->in->thrown);
    bool ok = put(cmd->in, table, "Directory", text);
    return value_drop(text), ok;
}

// *ret_text: what the job's Command says.
static bool compose(struct command *cmd, struct buf *out, value *ret_text)
{
    const struct state *state = cmd->state;
    value table, text;
    if (!table_new(cmd->in, false, &table))
        return false;
    bool ok = put_text(cmd, table, &text);
    if (ok) {
        ok = put(cmd->in, table, "Arguments", cmd_bound(cmd, ARGUMENTS) ? cmd->arg[ARGUMENTS] : value_null) &&
             put(cmd->in, table, "Input", state->input) && put_start(cmd, table) && put_place(cmd, table) &&
             carry_out(cmd->in, table, 1, out);
        if (ok)
            *ret_text = text;
        else
            value_drop(text);
    }
    return value_drop(table), ok;
}

static bool send(struct command *cmd, const struct buf *bytes, value text)
{
    value job;
    bool up;
    if (!job_new(cmd, &type_remote_job, cmd_bound(cmd, NAME) ? cmd->arg[NAME] : value_null, &job))
        return false;
    value_set(&JOB(job)->command, text);
    bool ok = job_send(cmd, JOB(job), bytes, &up);
    if (ok && !up)
        ok = cmd_throw(cmd, "JobLimit", CAT_LimitsExceeded, value_null,
                       "No further job can be started: eight run, or what it is given is longer than 4 MiB.");
    if (ok)
        ok = cmd_write(cmd, job);
    else
        job_drop(cmd->in, JOB(job));
    return value_drop(job), ok;
}

static bool end(struct command *cmd)
{
    struct buf bytes = {0};
    value text;
    bool ok = compose(cmd, &bytes, &text);
    if (ok) {
        ok = send(cmd, &bytes, text);
        value_drop(text);
    }
    buf_free(&bytes);
    return ok;
}

static void clean(struct command *cmd)
{
    value_drop(((struct state *)cmd->state)->input);
}

const struct cmdlet cmdlet_start_job = {.params = params,
                                        .sets = sets,
                                        .state_size = sizeof(struct state),
                                        .begin = refuse,
                                        .process = process,
                                        .end = end,
                                        .clean = clean};
