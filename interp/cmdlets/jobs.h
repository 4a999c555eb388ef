// interp/cmdlets/jobs.h: jobs as objects, and what their commands share.
//
// A Start-Job is a sandbox of its own (launcher/jobs.h); what it has said is fetched when somebody asks.
// A Start-ThreadJob runs in this interpreter, which has one thread: at once, and to its end.
#ifndef CMDLETS_JOBS_H
#define CMDLETS_JOBS_H

#include "base/buf.h"
#include "interp/eval/interp.h"
#include "interp/value/value.h"

enum job_state_number { STATE_NOT_STARTED, STATE_RUNNING, STATE_COMPLETED, STATE_FAILED, STATE_STOPPED };

struct job { // V_OBJECT of a type below type_job
    struct object head;
    int32_t id;
    enum job_state_number state;
    value name, command, instance, runspace, started, finished; // STRINGs, GUIDs, DATETIMEs
    value said, streams; // LISTs: what has come, and on which stream each
    value children;      // LIST of those of -Parallel -AsJob; or $null
    value reason;        // the ERROR that ended it, or $null
    struct buf bytes;    // come, and not yet whole
    bool remote;         // in a sandbox that may still have something to say
};
extern const struct type type_job, type_remote_job, type_thread_job, type_task_job, type_task_child, type_event_job;
#define JOB(v) ((struct job *)(v).object)

bool job_new(struct command *cmd, const struct type *type, value name, value *ret); // in the session's list
// Another one among the children of a job; *ret lives as long as that.
bool job_child(struct command *cmd, struct job *job, const struct type *type, struct job **ret);
void job_drop(struct interp *in, struct job *job);                                  // out of it
bool job_say(struct interp *in, struct job *job, unsigned stream, value v);
void job_finish(struct job *job, enum job_state_number state);
// Fetches what it has said; waits for something for so many milliseconds. False: thrown.
bool job_fetch(struct command *cmd, struct job *job, uint32_t wait_ms);
bool job_stop(struct command *cmd, struct job *job);
// Sends bytes for a new sandbox. *ret_up false: there is no room, or no jobs here.
bool job_send(struct command *cmd, struct job *job, const struct buf *bytes, bool *ret_up);

// The beginning of every table of parameters: -Job, -Id, -Name, -InstanceId, -State.
enum job_param { JOB_JOB, JOB_ID, JOB_NAME, JOB_INSTANCE, JOB_STATE, JOB_PARAM_COUNT };
enum job_set { JOB_SET_ID = 1, JOB_SET_JOB = 2, JOB_SET_NAME = 4, JOB_SET_INSTANCE = 8, JOB_SET_STATE = 16 };
extern const char *const job_sets[];
#define JOB_PARAMS(mandatory)                                                                                \
    {"Job",                                                                                                  \
     "System.Management.Automation.Job[]",                                                                   \
     NULL,                                                                                                   \
     0,                                                                                                      \
     PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY,                                                      \
     JOB_SET_JOB},                                                                                           \
        {"Id", "int[]", NULL, 0, (mandatory) | PARAM_PROPERTY, JOB_SET_ID},                                  \
        {"Name", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, JOB_SET_NAME},                       \
        {"InstanceId", "guid[]", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, JOB_SET_INSTANCE},               \
    {                                                                                                        \
        "State", "System.Management.Automation.JobState", NULL, PARAM_NAMED,                                 \
            PARAM_MANDATORY | PARAM_PROPERTY, JOB_SET_STATE                                                  \
    }

// A LIST of those that the parameters name; what is not there is reported.
bool jobs_named(struct command *cmd, value *ret);
// Calls each for them, all found before the first.
bool jobs_each(struct command *cmd, bool (*each)(struct command *cmd, value job));

#endif
