#include "launcher/steps.h"

#include <errno.h>
#include <string.h>

struct step_row {
    const char *name;
    enum place full, in_place;
    bool (*run)(struct confine *confine, struct err *err);
    const char *what;
};

static const struct step_row rows[STEPS] = {
#define STEP(id, full, in_place, function, what) {#id, full, in_place, function, what},
#include "launcher/steps.def"
#undef STEP
};

const char *step_name(enum step step)
{
    return rows[step].name;
}

bool tier_unavailable(struct err *err, int errnum, const char *what)
{
    return err_sys(err, EXIT_SETUP, errnum, "TierUnavailable", "%s", what);
}

#ifdef JESH_TEST
static bool hooked(const struct hooks *hooks, enum step step, bool *ret_result, struct err *err)
{
    if (!hooks)
        return false;
    *ret_result = true;
    if (hooks->dropped & 1u << step)
        return true;
    if (hooks->fail_step != (int)step + 1)
        return false;
    *ret_result = err_sys(err, EXIT_SETUP, hooks->fail_errno, hooks->fail_errno == EIO ? "StepFailed" : "TierUnavailable",
                          "step %s was made to fail", rows[step].name);
    return true;
}
#endif

static bool run_one(struct confine *confine, enum step step, struct err *err)
{
    confine->at = step;
#ifdef JESH_TEST
    bool result;
    if (hooked(confine->hooks, step, &result, err))
        return result;
#endif
    return rows[step].run(confine, err);
}

bool steps_run(struct confine *confine, enum place place, struct err *err)
{
    bool full = confine->policy->tier == TIER_FULL;

    for (enum step step = 0; step < STEPS; step++)
        if ((full ? rows[step].full : rows[step].in_place) == place && !run_one(confine, step, err))
            return false;
    return true;
}
