#include "launcher/launch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"
#include "launcher/init.h"
#include "launcher/report.h"
#include "launcher/running.h"
#include "launcher/steps.h"

// Everything that one attempt needs is made before anything is started, while failing still costs nothing.
static bool attempt_prepare(struct confine *confine, struct running *running, enum policy_use use, struct err *err)
{
    confine->policy = &running->policy;
    confine->arena = &running->arena;
    confine->filter_fd = confine->report = confine->root = confine->hidden = confine->pidfd = -1;
    confine->program = confine->payload->program;
    confine->path[0] = confine->loader[0] = '\0';
    if (!policy_derive(confine->profile, running->tier, use, &running->arena, &running->policy, err) ||
        !filter_build(&running->policy, FILTER_LAUNCHER, &confine->filter, err))
        return false;
#ifdef JESH_TEST
    if (confine->hooks && confine->hooks->payload && !hooks_payload(confine->hooks, &confine->program, err))
        return false;
#endif
    return true;
}

static bool attempt_seal(struct confine *confine, struct err *err)
{
    struct filter second;
    bool sealed;

    if (confine->policy->wrap)
        return true;
    if (!filter_build(confine->policy, FILTER_INTERPRETER, &second, err))
        return false;
    sealed = filter_seal(&second, &confine->filter_fd, err);
    filter_free(&second);
    return sealed;
}

static void attempt_free(struct confine *confine)
{
    filter_free(&confine->filter);
    fd_close(&confine->filter_fd);
    if (confine->program != confine->payload->program)
        fd_close(&confine->program);
}

static bool start_full(struct confine *confine, struct running *running, struct err *err)
{
    int reader;
    bool started;

    if (!report_open(&reader, &confine->report, err))
        return false;
    confine->at = STEP_NAMESPACES;
    started = steps_run(confine, LAUNCHER, err);
    fd_close(&confine->report);
    if (started && !report_await(reader, &running->program, &confine->at, err)) {
        running_reap_failed(confine->child, &confine->pidfd);
        started = false;
    }
    close(reader);
    return started;
}

// The program's orphans come to the supervisor instead of to the pid 1 of the machine, and can be ended with it.
static bool start_in_place(struct confine *confine, struct running *running, struct err *err)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    if (!confine->policy->wrap) // whoever wraps a program can still open it at the end
        running->children = running_children_open();
    if (!steps_run(confine, LAUNCHER, err) || !program_spawn(confine, true, err)) {
        fd_close(&running->children);
        return false;
    }
    running->program = confine->child;
    return true;
}

static bool attempt(struct confine *confine, enum policy_use use, struct running *running, struct err *err)
{
    bool started = attempt_prepare(confine, running, use, err) && attempt_seal(confine, err) &&
                   (running->tier == TIER_FULL ? start_full : start_in_place)(confine, running, err);

    running->child = confine->child;
    running->pidfd = confine->pidfd;
    running->bounding_kept = confine->bounding_kept;
    attempt_free(confine);
    if (!started)
        arena_free(&running->arena);
    return started;
}

// What only another kernel setting could give is not fatal: the same profile may permit the tier below.
static bool may_lower(const struct confine *confine, const struct running *running, struct err *err)
{
    char why[sizeof err->text];

    if (running->tier != TIER_FULL || strcmp(err->id, "TierUnavailable"))
        return false;
    if (confine->profile->minimum_tier != TIER_FULL)
        return true;
    snprintf(why, sizeof why, "%s", err->text);
    err_set(err, EXIT_SETUP, "TierUnavailable", "this profile needs tier full, which is not to be had here: %.380s; `jeshctl "
            "doctor` says how to change that", why);
    return false;
}

static bool attempt_tiers(struct confine *confine, enum policy_use use, struct running *running, struct err *err)
{
    struct err failure;

    running->tier = TIER_FULL;
    if (attempt(confine, use, running, &failure))
        return true;
    if (!may_lower(confine, running, &failure)) {
        *err = failure;
        return false;
    }
    snprintf(running->lowered, sizeof running->lowered, "%s: %.200s", step_name(confine->at), failure.text);
    running->tier = TIER_INPLACE;
    return attempt(confine, use, running, err);
}

bool launch_start(const struct profile *profile, enum policy_use use, const struct payload *payload,
                  const struct hooks *hooks, struct running *ret_running, struct err *err)
{
    struct confine *confine = mem_new(1, sizeof *confine);
    struct running running = {.children = -1, .watched = -1};
    bool started;

    if (!confine)
        return err_set(err, EXIT_SETUP, "OutOfMemory", "no memory to start a session");
    *confine = (struct confine){.profile = profile, .payload = payload, .hooks = hooks, .supervisor = getpid()};
    running.own_filters = hooks_filters(hooks);
    started = attempt_tiers(confine, use, &running, err);
    mem_free(confine, sizeof *confine);
    if (started && use != POLICY_WRAP)
        running_watch(&running);
    if (started)
        *ret_running = running;
    return started;
}
