// Jobs as objects.
#include <string.h>

#include "interp/cmdlets/jobs.h"
#include "interp/eval/carry.h"
#include "interp/eval/state.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"
#include "profiles/message.h"

#define GETTER(getter) static bool getter(struct interp *in, value self, value *ret)
#define FIELD(field)                                                                                         \
    GETTER(get_##field)                                                                                      \
    {                                                                                                        \
        return (void)in, *ret = value_keep(JOB(self)->field), true;                                          \
    }

FIELD(name)
FIELD(command)
FIELD(instance)
FIELD(started)
FIELD(finished)

GETTER(get_id)
{
    return (void)in, *ret = value_int(JOB(self)->id), true;
}
GETTER(get_state)
{
    return (void)in, *ret = enum_value(&type_job_state, JOB(self)->state), true;
}
GETTER(get_more)
{
    const struct job *job = JOB(self);
    return (void)in, *ret = value_bool(job->state == STATE_RUNNING || job->said.array->count), true;
}
GETTER(get_empty)
{
    return (void)self, string_text(in, "", ret);
}
GETTER(get_location)
{
    const struct type *type = self.object->type;
    return string_text(in,
                       type == &type_remote_job  ? "localhost"
                       : type == &type_event_job ? ""
                                                 : "PowerShell",
                       ret);
}
GETTER(get_kind)
{
    const struct type *type = self.object->type;
    return string_text(in,
                       type == &type_thread_job   ? "ThreadJob"
                       : type == &type_remote_job ? "BackgroundJob"
                       : type == &type_task_job   ? "PSTaskJob"
                                                  : "",
                       ret);
}
GETTER(get_empty_list)
{
    return (void)self, list_new(in, NULL, ret);
}
GETTER(get_children)
{
    const struct array *list = JOB(self)->children.kind == V_LIST ? JOB(self)->children.array : NULL;
    if (!list_new(in, NULL, ret))
        return false;
    for (size_t i = 0; list && i < list->count; i++)
        if (!list_add(in, ret->array, list->items[i]))
            return false;
    return true;
}

static bool of_stream(struct interp *in, value self, unsigned stream, value *ret)
{
    const struct job *job = JOB(self);
    value list;
    if (!list_new(in, NULL, &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < job->said.array->count; i++)
        if (job->streams.array->items[i].i == stream)
            ok = list_add(in, list.array, job->said.array->items[i]);
    if (!ok)
        return value_drop(list), false;
    return *ret = list, true;
}
GETTER(get_output)
{
    return of_stream(in, self, STREAM_OUTPUT, ret);
}
GETTER(get_errors)
{
    return of_stream(in, self, STREAM_ERROR, ret);
}
GETTER(get_warnings)
{
    return of_stream(in, self, STREAM_WARNING, ret);
}
GETTER(get_verbose)
{
    return of_stream(in, self, STREAM_VERBOSE, ret);
}
GETTER(get_debug)
{
    return of_stream(in, self, STREAM_DEBUG, ret);
}
GETTER(get_information)
{
    return of_stream(in, self, STREAM_INFORMATION, ret);
}

// JobStateInfo: its state and why.
GETTER(get_info)
{
    const struct job *job = JOB(self);
    if (!custom_new(in, ret))
        return false;
    value why = job->reason.kind == V_ERROR ? job->reason.error->exception : value_null;
    return member_add(in, *ret, "State", enum_value(&type_job_state, job->state)) &&
           member_add(in, *ret, "Reason", why);
}

static const struct property properties[] = {{"State", get_state, NULL},
                                             {"HasMoreData", get_more, NULL},
                                             {"StatusMessage", get_empty, NULL},
                                             {"Location", get_location, NULL},
                                             {"Command", get_command, NULL},
                                             {"JobStateInfo", get_info, NULL},
                                             {"InstanceId", get_instance, NULL},
                                             {"Id", get_id, NULL},
                                             {"Name", get_name, NULL},
                                             {"ChildJobs", get_children, NULL},
                                             {"PSBeginTime", get_started, NULL},
                                             {"PSEndTime", get_finished, NULL},
                                             {"PSJobTypeName", get_kind, NULL},
                                             {"Output", get_output, NULL},
                                             {"Error", get_errors, NULL},
                                             {"Progress", get_empty_list, NULL},
                                             {"Verbose", get_verbose, NULL},
                                             {"Debug", get_debug, NULL},
                                             {"Warning", get_warnings, NULL},
                                             {"Information", get_information, NULL},
                                             {0}};

static void release(struct object *object)
{
    struct job *job = (struct job *)object;
    value own[] = {job->name,     job->command, job->instance, job->runspace, job->started,
                   job->finished, job->said,    job->streams,  job->reason,   job->children};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        value_drop(own[i]);
    buf_free(&job->bytes);
}

static const struct type type_job_array = {
    .name = "System.Management.Automation.Job[]", .base = &type_array, .type_code = 1, .element = &type_job};
const struct type type_job = {
    .name = "System.Management.Automation.Job",
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct job),
    .release = release,
    .properties = properties,
    .vector = &type_job_array,
};
const struct type type_remote_job = {
    .name = "System.Management.Automation.PSRemotingJob",
    .base = &type_job,
    .type_code = 1,
    .size = sizeof(struct job),
    .release = release,
};
static const struct type type_job_2 = {.name = "System.Management.Automation.Job2", .base = &type_job};
const struct type type_thread_job = {
    .name = "ThreadJob.ThreadJob",
    .base = &type_job_2,
    .type_code = 1,
    .size = sizeof(struct job),
    .release = release,
};

const struct type type_task_job = {
    .name = "System.Management.Automation.PSTasks.PSTaskJob",
    .base = &type_job,
    .type_code = 1,
    .size = sizeof(struct job),
    .release = release,
};
const struct type type_task_child = {
    .name = "System.Management.Automation.PSTasks.PSTaskChildJob",
    .base = &type_job,
    .type_code = 1,
    .size = sizeof(struct job),
    .release = release,
};

const struct type type_event_job = {
    .name = "System.Management.Automation.PSEventJob",
    .base = &type_job,
    .type_code = 1,
    .size = sizeof(struct job),
    .release = release,
};

// --- Their life
// -----------------------------------------------------------------------------------------------------

static value now(void)
{
    return value_date(date_now_utc(), DATE_UTC);
}

static bool new_guid(struct interp *in, value *ret)
{
    return interp_call(in, CMDLET_new_guid, NULL, 0, NULL, 0, ret);
}

static bool fill(struct command *cmd, struct job *job, value name)
{
    struct interp *in = cmd->in;
    struct eval_state *eval = in->eval;
    job->id = ++eval->job_ids;
    if (job->head.type == &type_remote_job)
        eval->job_ids++; // its child
    job->started = now();
    bool named = name.kind == V_STRING;
    if (named)
        job->name = value_keep(name);
    return (named || string_printf(in, &job->name, "Job%d", job->id)) && new_guid(in, &job->instance) &&
           new_guid(in, &job->runspace) && list_new(in, NULL, &job->said) &&
           list_new(in, NULL, &job->streams);
}

bool job_new(struct command *cmd, const struct type *type, value name, value *ret)
{
    value v;
    if (!object_new(cmd->in, type, &v))
        return false;
    if (!fill(cmd, JOB(v), name) || !list_gather(cmd->in, &cmd->in->eval->jobs, v))
        return value_drop(v), false;
    return *ret = v, true;
}

bool job_child(struct command *cmd, struct job *job, const struct type *type, struct job **ret)
{
    value v;
    if (!object_new(cmd->in, type, &v))
        return false;
    bool ok = fill(cmd, JOB(v), value_null) && list_gather(cmd->in, &job->children, v);
    *ret = JOB(v);
    return value_drop(v), ok;
}

void job_drop(struct interp *in, struct job *job)
{
    struct array *jobs = in->eval->jobs.array;
    for (size_t i = 0; i < jobs->count; i++) {
        if (jobs->items[i].object != &job->head)
            continue;
        value gone = jobs->items[i];
        memmove(jobs->items + i, jobs->items + i + 1, (--jobs->count - i) * sizeof(value));
        value_drop(gone);
        return;
    }
}

bool job_say(struct interp *in, struct job *job, unsigned stream, value v)
{
    return list_add(in, job->said.array, v) && list_add(in, job->streams.array, value_int((int32_t)stream));
}

void job_finish(struct job *job, enum job_state_number state)
{
    job->state = state;
    job->remote = false;
    job->finished = now();
}

// --- What comes from its sandbox
// ----------------------------------------------------------------------------------

static bool take_frame(struct interp *in, struct job *job, const unsigned char *at, size_t size)
{
    struct wire_reader reader = wire_reader_of(at + 1, size - 1);
    value v;
    if (!carry_in(in, &reader, &v))
        return false;
    bool ok = true;
    if (at[0])
        ok = job_say(in, job, at[0], v);
    else {
        value_set(&job->reason, v);
        job_finish(job, v.kind == V_ERROR ? STATE_FAILED : STATE_COMPLETED);
        job->remote = true; // its slot is given back by the next answer
    }
    return value_drop(v), ok;
}

static bool take_frames(struct interp *in, struct job *job)
{
    bool ok = true;
    size_t used = 0;
    while (ok && job->bytes.size - used >= 4) {
        const unsigned char *at = (const unsigned char *)job->bytes.data + used;
        struct wire_reader reader = wire_reader_of(at, 4);
        size_t size = wire_get_u32(&reader);
        if (!size || job->bytes.size - used - 4 < size)
            break;
        ok = take_frame(in, job, at + 4, size);
        used += 4 + size;
    }
    buf_drop_front(&job->bytes, used);
    return ok;
}

enum { ANSWER_RUNNING = 1 }; // else it was refused, or has ended

static bool ask(struct command *cmd, unsigned message, const struct buf *question, unsigned *ret_state,
                struct buf *ret_said)
{
    struct interp *in = cmd->in;
    struct buf answer = BUF_INIT;
    if (!in->host->job || !in->host->job(in->host->context, message, question, &answer))
        return throw_error(in, "JobsNotAvailable", CAT_ResourceUnavailable, value_null,
                           "This session can start no jobs.");
    bool ok = answer.size >= 5;
    *ret_state = ok ? (unsigned char)answer.data[4] : 0;
    if (ok && ret_said)
        ok = buf_add(ret_said, answer.data + 5, answer.size - 5);
    buf_free(&answer);
    return ok || throw_memory(in);
}

// One that ended without saying how was ended from outside: by a limit, or because no sandbox could be made.
static bool cut_off(struct command *cmd, struct job *job)
{
    job->remote = false;
    if (job->state != STATE_RUNNING)
        return true;
    job_finish(job, STATE_FAILED);
    return error_new(cmd->in, "JobCut", CAT_OperationStopped, job->name, &job->reason,
                     "The job '%s' was ended: by a limit, or since its sandbox could not be made.",
                     value_text(job->name));
}

bool job_fetch(struct command *cmd, struct job *job, uint32_t wait_ms)
{
    struct buf question = BUF_INIT;
    unsigned state;
    if (!job->remote)
        return true;
    wire_put_u32(&question, (uint32_t)job->id);
    wire_put_u32(&question, wait_ms);
    bool ok = ask(cmd, MESSAGE_JOB_ASK, &question, &state, &job->bytes) && take_frames(cmd->in, job);
    buf_free(&question);
    if (ok && state != ANSWER_RUNNING)
        ok = cut_off(cmd, job);
    return ok;
}

bool job_stop(struct command *cmd, struct job *job)
{
    struct buf question = BUF_INIT;
    unsigned state;
    bool ok = true;
    if (job->remote) {
        wire_put_u32(&question, (uint32_t)job->id);
        ok = ask(cmd, MESSAGE_JOB_STOP, &question, &state, NULL);
        buf_free(&question);
    }
    job->remote = false;
    if (job->state == STATE_RUNNING)
        job_finish(job, STATE_STOPPED);
    return ok;
}

bool job_send(struct command *cmd, struct job *job, const struct buf *bytes, bool *ret_up)
{
    struct buf question = BUF_INIT;
    unsigned state = 0;
    wire_put_u32(&question, (uint32_t)job->id);
    buf_add(&question, bytes->data, bytes->size);
    bool ok = question.failed ? throw_full(cmd->in, &question)
                              : ask(cmd, MESSAGE_JOB_START, &question, &state, NULL);
    buf_free(&question);
    *ret_up = state == ANSWER_RUNNING;
    job->remote = ok && *ret_up;
    if (ok && *ret_up)
        job->state = STATE_RUNNING;
    return ok;
}
