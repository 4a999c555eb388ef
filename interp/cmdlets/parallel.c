#include "interp/cmdlets/parallel.h"

#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "interp/cmdlets/job-text.h"
#include "interp/cmdlets/jobs.h"
#include "interp/eval/block.h"
#include "interp/eval/pipeline.h"
#include "interp/eval/runspace.h"
#include "interp/value/exceptions.h"
#include "interp/value/objects.h"

struct parallel {
    struct runspace *runspace;
    value text, used;    // as job_text gives them
    value caller, block; // of the runspace
    value job;           // -AsJob; or $null
    uint64_t until;      // clock_ms; 0: no limit
    bool late;
};

static const char caller_text[] = "param($b) & $b *>&1";

// --- What is refused
// -------------------------------------------------------------------------------------------------

static bool check(struct command *cmd, const struct parallel_params *at)
{
    static const uint32_t unsupported = 1u << COMMON_ERROR_ACTION | 1u << COMMON_WARNING_ACTION |
                                        1u << COMMON_INFORMATION_ACTION | 1u << COMMON_PIPELINE_VARIABLE;
    if (stage_of(cmd)->common_bound & unsupported)
        return cmd_throw(cmd, "ParallelCommonParametersNotSupported", CAT_NotImplemented, value_null,
                         "-Parallel takes neither an action nor -PipelineVariable.");
    if (cmd_switch(cmd, at->as_job) && cmd_bound(cmd, at->time))
        return cmd_throw(cmd, "ParallelCannotUseTimeoutWithJob", CAT_InvalidOperation, value_null,
                         "-AsJob and -TimeoutSeconds exclude each other.");
    return true;
}

static bool check_used(struct command *cmd, value used)
{
    for (size_t i = 0; used.kind == V_TABLE && i < used.table->used; i++)
        if (used.table->slots[i].key.kind == V_STRING && used.table->slots[i].val.kind == V_SCRIPTBLOCK)
            return cmd_throw(cmd, "ParallelUsingVariableCannotBeScriptBlock", CAT_InvalidType, value_null,
                             "A script block cannot be used in another runspace: %s.",
                             value_text(used.table->slots[i].key));
    return true;
}

// --- Its life
// --------------------------------------------------------------------------------------------------------

static bool compile(struct interp *in, void *context)
{
    struct parallel *p = context;
    return script_block(in, caller_text, strlen(caller_text), NULL, &p->caller) &&
           script_block(in, value_text(p->text), p->text.string->size, NULL, &p->block);
}

static bool fill(struct command *cmd, const struct parallel_params *at, struct parallel *p)
{
    if (!job_text(cmd, cmd->arg[at->block], &p->text, &p->used) || !check_used(cmd, p->used))
        return false;
    if (cmd_bound(cmd, at->time) && cmd->arg[at->time].i)
        p->until = clock_ms() + (uint64_t)cmd->arg[at->time].i * 1000;
    if (cmd_switch(cmd, at->as_job)) {
        if (!job_new(cmd, &type_task_job, value_null, &p->job))
            return false;
        value_set(&JOB(p->job)->command, p->text);
    }
    return runspace_borrow(cmd->in, &p->runspace) && runspace_do(p->runspace, compile, p);
}

bool parallel_begin(struct command *cmd, const struct parallel_params *at, struct parallel **ret)
{
    if (!check(cmd, at))
        return false;
    *ret = mem_new(1, sizeof **ret);
    return *ret ? fill(cmd, at, *ret) : throw_memory(cmd->in);
}

void parallel_free(struct parallel *p)
{
    if (!p)
        return;
    value_drop(p->text), value_drop(p->used), value_drop(p->caller), value_drop(p->block), value_drop(p->job);
    if (p->runspace)
        runspace_give_back(p->runspace);
    mem_free(p, sizeof *p);
}

// --- A task
// ------------------------------------------------------------------------------------------------------

struct task {
    const struct parallel *of;
    value self;
    struct collector said;
};

static bool run(struct interp *in, void *context)
{
    struct task *task = context;
    struct scope scope, *outer = in->scope;
    scope_start(&scope, in->global);
    in->scope = &scope;
    bool ok = job_use(in, task->of->used) && interp_set_variable(in, "_", task->self) &&
              block_invoke(in, task->of->caller, &task->of->block, 1, false, &task->said.sink);
    in->scope = outer;
    scope_end(in, &scope);
    in->exit_requested = false;
    return ok;
}

static unsigned stream_of(value v)
{
    if (v.kind == V_ERROR)
        return STREAM_ERROR;
    return v.kind != V_OBJECT                                       ? STREAM_OUTPUT
           : v.object->type == &type_warning_record                 ? STREAM_WARNING
           : v.object->type == &type_verbose_record                 ? STREAM_VERBOSE
           : v.object->type == &type_debug_record                   ? STREAM_DEBUG
           : value_is_type(v, &type_information_record)             ? STREAM_INFORMATION
                                                                    : STREAM_OUTPUT;
}

// An error is recorded in its own runspace, and here once more.
static bool pass_on(struct command *cmd, const struct parallel *p, value v)
{
    unsigned stream = stream_of(v);
    value copy;
    if (stream == STREAM_OUTPUT)
        return cmd_write(cmd, v);
    if (stream != STREAM_ERROR)
        return cmd_stream(cmd, stream, v);
    if (!error_copy(cmd->in, v.error, &copy))
        return false;
    if (copy.error->source == p->caller.scriptblock->source) { // the task's own: it stands nowhere
        error_unplace(copy.error);
        copy.error->positioned = true;
    }
    bool ok = cmd_error_record(cmd, copy);
    return value_drop(copy), ok;
}

static bool write_said(struct command *cmd, const struct parallel *p, struct job *job, value list)
{
    for (size_t i = 0; list.kind == V_LIST && i < list.array->count; i++) {
        value v = list.array->items[i];
        if (!(job ? job_say(cmd->in, job, stream_of(v), v) : pass_on(cmd, p, v)))
            return false;
    }
    return true;
}

// What ended a task is one error, of no place.
static bool task_error(struct command *cmd, value *ret)
{
    value why = cmd->in->thrown;
    if (why.kind != V_ERROR || why.object == cmd->in->out_of_memory.object || cmd_stopped(cmd))
        return false;
    cmd->in->thrown = value_null;
    bool ok = error_new(cmd->in, "PSTaskException", CAT_InvalidOperation, value_null, ret, "%s",
                        value_text(why.error->message));
    if (ok) {
        value_set(&ret->error->exception, why.error->exception);
        ret->error->positioned = true;
    }
    return value_drop(why), ok;
}

static bool finish(struct command *cmd, struct parallel *p, struct task *task, bool ok)
{
    value why = value_null;
    struct job *child = NULL;
    if (!ok && !task_error(cmd, &why))
        return false;
    if (p->job.kind == V_OBJECT && !job_child(cmd, JOB(p->job), &type_task_child, &child))
        return value_drop(why), false;
    if (child) {
        job_finish(child, ok ? STATE_COMPLETED : STATE_FAILED);
        value_set(&child->reason, why);
        JOB(p->job)->state = ok ? JOB(p->job)->state : STATE_FAILED;
        ok = write_said(cmd, p, JOB(p->job), task->said.list);
    } else
        ok = write_said(cmd, p, NULL, task->said.list) && (why.kind != V_ERROR || cmd_error_record(cmd, why));
    return value_drop(why), ok;
}

static bool too_late(struct command *cmd, struct parallel *p, bool *ret_go_on)
{
    *ret_go_on = true;
    if (!p->until || clock_ms() < p->until)
        return false;
    if (!p->late)
        *ret_go_on = cmd_error(cmd, "PSTaskException", CAT_InvalidOperation, value_null,
                               "The time for all tasks is over.");
    return p->late = true;
}

bool parallel_process(struct command *cmd, struct parallel *p, value v)
{
    struct task task = {.of = p, .self = v};
    bool go_on;
    if (v.kind == V_SCRIPTBLOCK)
        return cmd_error(cmd, "ParallelPipedInputObjectCannotBeScriptBlock", CAT_InvalidType, v,
                         "A script block cannot be handed to another runspace.");
    if (too_late(cmd, p, &go_on))
        return go_on;
    collector_start(&task.said);
    bool ok = runspace_do(p->runspace, run, &task);
    ok = finish(cmd, p, &task, ok);
    return value_drop(task.said.list), ok;
}

bool parallel_end(struct command *cmd, struct parallel *p)
{
    if (p->job.kind != V_OBJECT)
        return true;
    struct job *job = JOB(p->job);
    bool failed = job->state == STATE_FAILED;
    job_finish(job, failed ? STATE_FAILED : STATE_COMPLETED);
    if (failed && !error_new(cmd->in, "JobStateFailed", CAT_InvalidResult, value_null, &job->reason,
                             "A task of job %s failed.", value_text(job->name)))
        return false;
    if (failed)
        job->reason.error->positioned = true;
    return cmd_write(cmd, p->job);
}
