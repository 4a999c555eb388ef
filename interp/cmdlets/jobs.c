// Which jobs a command is about.
#include "interp/cmdlets/jobs.h"

#include "base/wildcard.h"
#include "interp/eval/state.h"
#include "interp/value/types.h"

const char *const job_sets[] = {"SessionIdParameterSet",  "JobParameterSet",   "NameParameterSet",
                                "InstanceIdParameterSet", "StateParameterSet", NULL};

static size_t count(const struct command *cmd)
{
    return cmd->in->eval->jobs.kind == V_LIST ? cmd->in->eval->jobs.array->count : 0;
}

static value at(const struct command *cmd, size_t i)
{
    return cmd->in->eval->jobs.array->items[i];
}

typedef bool fits(const struct job *job, value wanted);

static bool by_id(const struct job *job, value wanted)
{
    return job->id == wanted.i;
}
static bool by_name(const struct job *job, value wanted)
{
    return wildcard_match(value_text(wanted), wanted.string->size, value_text(job->name),
                          job->name.string->size, true);
}
static bool by_instance(const struct job *job, value wanted)
{
    return guid_equal(job->instance, wanted);
}

static bool missing(struct command *cmd, enum job_param param, value wanted)
{
    static const char *const ids[] = {[JOB_ID] = "JobWithSpecifiedSessionNotFound",
                                      [JOB_NAME] = "JobWithSpecifiedNameNotFound",
                                      [JOB_INSTANCE] = "JobWithSpecifiedInstanceIdNotFound"};
    value text;
    if (param == JOB_NAME && wildcard_has(value_text(wanted), wanted.string->size))
        return true;
    if (!value_to_string(cmd->in, wanted, &text))
        return false;
    bool ok =
        cmd_error(cmd, ids[param], CAT_ObjectNotFound, wanted, "There is no job '%s'.", value_text(text));
    return value_drop(text), ok;
}

static bool add_fitting(struct command *cmd, enum job_param param, fits *function, struct array *list)
{
    value wanted = cmd->arg[param];
    for (size_t i = 0; wanted.kind == V_ARRAY && i < wanted.array->count; i++) {
        bool any = false;
        for (size_t j = 0; j < count(cmd); j++) {
            if (!function(JOB(at(cmd, j)), wanted.array->items[i]))
                continue;
            any = true;
            if (!list_add(cmd->in, list, at(cmd, j)))
                return false;
        }
        if (!any && !missing(cmd, param, wanted.array->items[i]))
            return false;
    }
    return true;
}

static bool add_all(struct command *cmd, struct array *list)
{
    bool by_state = cmd_bound(cmd, JOB_STATE);
    for (size_t i = 0; i < count(cmd); i++) {
        struct job *job = JOB(at(cmd, i));
        if (job->remote && job->state == STATE_RUNNING && !job_fetch(cmd, job, 0))
            return false;
        if ((!by_state || (int64_t)job->state == cmd->arg[JOB_STATE].i) &&
            !list_add(cmd->in, list, at(cmd, i)))
            return false;
    }
    return true;
}

static bool add_given(struct command *cmd, struct array *list)
{
    value given = cmd->arg[JOB_JOB];
    for (size_t i = 0; given.kind == V_ARRAY && i < given.array->count; i++)
        if (value_is_type(given.array->items[i], &type_job) &&
            !list_add(cmd->in, list, given.array->items[i]))
            return false;
    return true;
}

bool jobs_named(struct command *cmd, value *ret)
{
    value list;
    if (!list_new(cmd->in, NULL, &list))
        return false;
    bool ok = cmd_bound(cmd, JOB_JOB)        ? add_given(cmd, list.array)
              : cmd_bound(cmd, JOB_ID)       ? add_fitting(cmd, JOB_ID, by_id, list.array)
              : cmd_bound(cmd, JOB_NAME)     ? add_fitting(cmd, JOB_NAME, by_name, list.array)
              : cmd_bound(cmd, JOB_INSTANCE) ? add_fitting(cmd, JOB_INSTANCE, by_instance, list.array)
                                             : add_all(cmd, list.array);
    if (!ok)
        return value_drop(list), false;
    return *ret = list, true;
}

bool jobs_each(struct command *cmd, bool (*each)(struct command *cmd, value job))
{
    value list;
    if (!jobs_named(cmd, &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < list.array->count; i++)
        ok = each(cmd, list.array->items[i]);
    return value_drop(list), ok;
}
