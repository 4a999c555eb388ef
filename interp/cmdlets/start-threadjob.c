// A job in this interpreter: it has one thread, so the job runs at once and to its end.
#include <string.h>

#include "interp/cmdlets/job-text.h"
#include "interp/cmdlets/jobs.h"
#include "interp/eval/block.h"
#include "interp/value/types.h"

enum { SCRIPT_BLOCK, FILE_PATH, NAME, START_BLOCK, INPUT, ARGUMENTS, THROTTLE, STREAMING_HOST };
enum { SET_BLOCK = 1, SET_FILE = 2 };
static const char *const sets[] = {"ScriptBlock", "FilePath", NULL};
static const struct param params[] = {
    {"ScriptBlock", "scriptblock", NULL, 0, PARAM_MANDATORY | PARAM_NOT_NULL, SET_BLOCK},
    {"FilePath", "string", NULL, 0, PARAM_MANDATORY | PARAM_NOT_NULL, SET_FILE},
    {"Name", "string", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY},
    {"InitializationScript", "scriptblock", NULL, PARAM_NAMED, PARAM_NOT_NULL},
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_NOT_NULL},
    {"ArgumentList", "object[]", NULL, PARAM_NAMED},
    {"ThrottleLimit", "int", NULL, PARAM_NAMED},
    {"StreamingHost", "object", NULL, PARAM_NAMED},
    {0},
};

struct state {
    value input; // LIST, or $null
};

static bool process(struct command *cmd)
{
    struct state *state = cmd->state;
    return !cmd_bound(cmd, INPUT) || list_gather(cmd->in, &state->input, cmd->arg[INPUT]);
}

struct out {
    struct sink sink;
    struct job *job;
};

static bool put(struct sink *sink, struct interp *in, value v)
{
    return job_say(in, ((struct out *)sink)->job, v.kind == V_ERROR ? STREAM_ERROR : STREAM_OUTPUT, v);
}

// A runspace of its own begins with none of the caller's variables but the global ones.
static bool run_apart(struct command *cmd, value text, value used, struct job *job)
{
    struct interp *in = cmd->in;
    const struct state *state = cmd->state;
    static const char with_input[] = "param($i, $b, $a) $i | & $b @a *>&1",
                      plain[] = "param($i, $b, $a) & $b @a *>&1";
    bool fed = state->input.kind == V_LIST;
    struct scope scope, *outer = in->scope;
    struct out out = {{put}, job};
    value block, caller,
        args[3] = {state->input, value_null, cmd_bound(cmd, ARGUMENTS) ? cmd->arg[ARGUMENTS] : value_null};
    if (!script_block(in, fed ? with_input : plain, strlen(fed ? with_input : plain), NULL, &caller))
        return false;
    scope_start(&scope, in->global);
    in->scope = &scope;
    bool ok = script_block(in, value_text(text), text.string->size, NULL, &block);
    if (ok) {
        args[1] = block;
        ok = job_use(in, used) &&
             block_invoke(in, caller, args, value_is_null(args[2]) ? 2 : 3, false, &out.sink);
        value_drop(block);
    }
    in->scope = outer;
    scope_end(in, &scope);
    return value_drop(caller), ok;
}

static bool run(struct command *cmd, struct job *job)
{
    struct interp *in = cmd->in;
    value text, used;
    if (!job_text(cmd, cmd->arg[cmd_bound(cmd, SCRIPT_BLOCK) ? SCRIPT_BLOCK : FILE_PATH], &text, &used))
        return false;
    value_set(&job->command, text);
    bool ok = run_apart(cmd, text, used, job);
    value_drop(text);
    value_drop(used);
    job_finish(job, ok ? STATE_COMPLETED : STATE_FAILED);
    if (ok || in->thrown.kind != V_ERROR || in->thrown.object == in->out_of_memory.object)
        return ok;
    value_set(&job->reason, in->thrown);
    value_set(&in->thrown, value_null);
    return true;
}

static bool end(struct command *cmd)
{
    value job;
    if (!job_new(cmd, &type_thread_job, cmd_bound(cmd, NAME) ? cmd->arg[NAME] : value_null, &job))
        return false;
    bool ok = run(cmd, JOB(job));
    if (ok)
        ok = cmd_write(cmd, job);
    else
        job_drop(cmd->in, JOB(job));
    return value_drop(job), ok;
}

static void clean(struct command *cmd)
{
    value_drop(((struct state *)cmd->state)->input);
}

const struct cmdlet cmdlet_start_threadjob = {.params = params,
                                              .sets = sets,
                                              .state_size = sizeof(struct state),
                                              .process = process,
                                              .end = end,
                                              .clean = clean};
