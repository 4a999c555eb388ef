// What becomes of an event: it is put to those who wait for it, whose actions the next pipeline runs.
#include "interp/cmdlets/engine-events.h"

#include <string.h>

#include "base/wildcard.h"
#include "interp/eval/block.h"
#include "interp/eval/state.h"
#include "interp/value/types.h"

value event_name(value item)
{
    return EVENT(item)->source;
}
int32_t event_number(value item)
{
    return EVENT(item)->id;
}
value subscriber_name(value item)
{
    return SUBSCRIBER(item)->source;
}
int32_t subscriber_number(value item)
{
    return SUBSCRIBER(item)->id;
}

void events_drop(value list, value item)
{
    for (size_t i = 0; list.kind == V_LIST && i < list.array->count; i++) {
        value gone = list.array->items[i];
        if (gone.object != item.object)
            continue;
        memmove(list.array->items + i, list.array->items + i + 1, (--list.array->count - i) * sizeof(value));
        value_drop(gone);
        return;
    }
}

bool events_named(value pattern, value source)
{
    return wildcard_match(value_text(pattern), pattern.string->size, value_text(source), source.string->size,
                          true);
}

bool events_is_pattern(value pattern)
{
    return wildcard_has(value_text(pattern), pattern.string->size);
}

void subscriber_end(struct interp *in, value subscriber)
{
    struct subscriber *it = SUBSCRIBER(subscriber);
    struct job *job = JOB(it->job);
    if (job->state == STATE_RUNNING || job->state == STATE_NOT_STARTED)
        job->state = STATE_STOPPED;
    events_drop(in->eval->subscribers, subscriber);
}

// It stands in the list of what waits, followed by its event.
static bool put_to(struct interp *in, value subscriber, value event)
{
    struct subscriber *it = SUBSCRIBER(subscriber);
    if (!list_gather(in, &in->eval->pending, subscriber) || !list_gather(in, &in->eval->pending, event))
        return false;
    if (it->left && --it->left == 0)
        events_drop(in->eval->subscribers, subscriber);
    return true;
}

static bool copy(struct interp *in, value list, value *ret)
{
    return list.kind == V_LIST ? array_from(in, list.array->items, list.array->count, ret)
                               : array_new(in, 0, ret);
}

bool event_raise(struct interp *in, value event)
{
    value all;
    bool ok = copy(in, in->eval->subscribers, &all), taken = false;
    if (!ok)
        return false;
    for (size_t i = 0; ok && i < all.array->count; i++) {
        value v = all.array->items[i];
        const char *name = value_text(SUBSCRIBER(v)->source);
        if (strcasecmp(name, value_text(EVENT(event)->source)))
            continue;
        taken = true;
        ok = put_to(in, v, event);
    }
    value_drop(all);
    return ok && (taken || list_gather(in, &in->eval->events, event));
}

// --- Actions
// ------------------------------------------------------------------------------------------------------------------

struct to_job {
    struct sink sink;
    struct job *job;
};

static bool put(struct sink *sink, struct interp *in, value v)
{
    return job_say(in, ((struct to_job *)sink)->job, v.kind == V_ERROR ? STREAM_ERROR : STREAM_OUTPUT, v);
}

static bool run_block(struct interp *in, const struct subscriber *it, value subscriber, value event)
{
    static const char text[] = "param($Event, $EventSubscriber, $EventArgs, $b, $a) & $b @a *>&1";
    struct scope scope, *outer = in->scope;
    struct to_job out = {{put}, JOB(it->job)};
    value caller, args[] = {event, subscriber, value_null, it->block, EVENT(event)->args};
    if (!script_block(in, text, strlen(text), NULL, &caller))
        return false;
    scope_start(&scope, in->global);
    scope.special[SPECIAL_SENDER] = value_keep(EVENT(event)->sender);
    in->scope = &scope;
    bool ok = block_invoke(in, caller, args, sizeof args / sizeof *args, false, &out.sink);
    in->scope = outer;
    scope_end(in, &scope);
    return value_drop(caller), ok;
}

// What ends an action is its job's and nobody else's, but for the end of all.
static bool survive(struct interp *in, struct job *job)
{
    if (in->interrupted | *in->outer_interrupted || in->eval->flow == FLOW_EXIT ||
        (in->thrown.kind == V_ERROR && in->thrown.object == in->out_of_memory.object))
        return false;
    in->eval->flow = FLOW_NONE;
    bool ok = true;
    if (in->thrown.kind == V_ERROR) {
        error_remember(in, in->thrown);
        ok = job_say(in, job, STREAM_ERROR, in->thrown);
        value_set(&in->thrown, value_null);
    }
    return ok;
}

static bool act(struct interp *in, value subscriber, value event)
{
    const struct subscriber *it = SUBSCRIBER(subscriber);
    struct job *job = JOB(it->job);
    bool success = in->success;
    if (job->state == STATE_NOT_STARTED)
        job->state = STATE_RUNNING;
    bool ok = run_block(in, it, subscriber, event) || survive(in, job);
    in->success = success;
    return ok;
}

static bool run_pending(struct interp *in)
{
    value pending = in->eval->pending;
    bool ok = true;
    in->eval->pending = value_null;
    for (size_t i = 0; ok && i + 1 < pending.array->count; i += 2)
        ok = act(in, pending.array->items[i], pending.array->items[i + 1]);
    return value_drop(pending), ok;
}

// What actions make happen is done as well before anything else.
bool events_run(struct interp *in)
{
    bool ok = true;
    if (in->eval->in_event)
        return true;
    in->eval->in_event = true;
    while (ok && in->eval->pending.kind == V_LIST)
        ok = !(in->interrupted | *in->outer_interrupted) && run_pending(in);
    in->eval->in_event = false;
    return ok;
}

// --- What a command is about
// --------------------------------------------------------------------------------------------

enum { NAME, NUMBER };

static bool fits(struct command *cmd, const struct event_search *search, value item)
{
    if (search->skips && search->skips(cmd, item))
        return false;
    if (cmd_bound(cmd, NUMBER))
        return search->number(item) == cmd->arg[NUMBER].i;
    return !cmd_bound(cmd, NAME) || events_named(cmd->arg[NAME], search->name(item));
}

static bool missing(struct command *cmd, const struct event_search *search)
{
    if (cmd_bound(cmd, NUMBER))
        return cmd_error(cmd, search->number_id, CAT_InvalidArgument, value_null,
                         "There is no event of number %d.", (int)cmd->arg[NUMBER].i);
    if (!cmd_bound(cmd, NAME) || events_is_pattern(cmd->arg[NAME]))
        return true;
    return cmd_error(cmd, search->name_id, CAT_InvalidArgument, value_null,
                     "There is no event of the source '%s'.", value_text(cmd->arg[NAME]));
}

bool events_search(struct command *cmd, const struct event_search *search)
{
    value all;
    bool ok = copy(cmd->in, *search->list, &all), any = false;
    if (!ok)
        return false;
    for (size_t i = 0; ok && i < all.array->count; i++) {
        if (!fits(cmd, search, all.array->items[i]))
            continue;
        any = true;
        ok = search->each(cmd, all.array->items[i]);
    }
    value_drop(all);
    return ok && (any || missing(cmd, search));
}
