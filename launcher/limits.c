#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "launcher/kernel.h"
#include "launcher/steps.h"

enum { SESSION_UMASK = 077 };

// Held for every program, whatever the profile says: each is a way around something else. A core dump goes to a
// handler that runs as root outside; queues and priorities are shared with what is outside.
static const int always_none[] = {RLIMIT_CORE, RLIMIT_MSGQUEUE, RLIMIT_RTPRIO, RLIMIT_NICE};

// Never above what the caller was allowed: raising needs privileges, and would widen. The kernel asks the hard limit
// first, and kills; SIGXCPU, which says why, needs a second between the two.
static bool limit_set(int resource, uint64_t value)
{
    struct rlimit limit;
    uint64_t most = value + (resource == RLIMIT_CPU);

    if (getrlimit((__rlimit_resource_t)resource, &limit) < 0)
        return false;
    if (limit.rlim_max == RLIM_INFINITY || most < limit.rlim_max)
        limit.rlim_max = most;
    limit.rlim_cur = value < limit.rlim_max ? value : limit.rlim_max;
    return setrlimit((__rlimit_resource_t)resource, &limit) == 0;
}

static bool limit_failed(const char *name, struct err *err)
{
    return err_sys(err, EXIT_SETUP, errno, "LimitFailed", "cannot set the limit %s", name);
}

bool step_limits(struct confine *confine, struct err *err)
{
    const struct policy *policy = confine->policy;

    for (size_t i = 0; i < sizeof always_none / sizeof *always_none; i++)
        if (!limit_set(always_none[i], 0))
            return limit_failed("that is none for every program", err);
    if (!policy->wrap && !limit_set(RLIMIT_MEMLOCK, 0))
        return limit_failed("of locked memory", err);
    for (enum limit limit = 0; limit < LIMITS; limit++)
        if (limit_rows[limit].holder >= LIMIT_RESOURCE && policy->limits[limit] &&
            !limit_set(limit_rows[limit].holder, policy->limits[limit]))
            return limit_failed(limit_rows[limit].name, err);
    if (!policy->wrap)
        umask(SESSION_UMASK);
    return true;
}

// A wrapped program may compile while it runs, which the profile cannot know; an interpreter of ours never does.
// Kernels before 6.3 do not have it, and the filters forbid the same calls.
bool step_memory(struct confine *confine, struct err *err)
{
    if (confine->policy->wrap || prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0) == 0 || errno == EINVAL)
        return true;
    return err_sys(err, EXIT_SETUP, errno, "MemoryFailed", "cannot deny executable memory");
}
