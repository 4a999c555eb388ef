#include "launcher/hooks.h"

#include "base/mem.h"
#include "launcher/steps.h"

unsigned hooks_filters(const struct hooks *hooks)
{
#ifdef JESH_TEST
    if (hooks)
        return 2U - hooks->bare - (hooks->dropped >> STEP_FILTER & 1);
#else
    (void)hooks;
#endif
    return 2;
}

#ifdef JESH_TEST

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

static bool fail_read(const char *text, int *ret_step, int *ret_errno)
{
    char *end;
    *ret_step = (int)strtol(text, &end, 10);
    *ret_errno = *end == ':' ? (int)strtol(end + 1, &end, 10) : EIO;
    return !*end && *ret_step > 0 && *ret_step <= STEPS;
}

static bool drop_read(const char *name, struct hooks *hooks)
{
    for (enum step step = 0; step < STEPS; step++)
        if (!strcmp(step_name(step), name)) {
            hooks->dropped |= 1u << step;
            return true;
        }
    hooks->bare = !strcmp(name, "FILTER_TWO");
    return hooks->bare;
}

static bool hook_read(const char *name, const char *value, struct hooks *hooks)
{
    if (!strcmp(name, "--test-fail-step"))
        return fail_read(value, &hooks->fail_step, &hooks->fail_errno);
    if (!strcmp(name, "--test-job-fail-step"))
        return fail_read(value, &hooks->job_fail_step, &hooks->job_fail_errno);
    if (!strcmp(name, "--test-job-fail-alloc"))
        return (hooks->job_fail_alloc = strtoul(value, NULL, 10)) > 0;
    if (!strcmp(name, "--test-fail-starter"))
        return (hooks->fail_starter = (unsigned)strtoul(value, NULL, 10)) > 0;
    if (!strcmp(name, "--test-drop"))
        return drop_read(value, hooks);
    if (!strcmp(name, "--test-fail-alloc")) {
        mem_fail_at(strtoul(value, NULL, 10));
        return true;
    }
    hooks->payload = value;
    return !strcmp(name, "--test-payload");
}

bool hooks_take(int *argc, char **argv, struct hooks *ret_hooks, struct err *err)
{
    struct hooks hooks = {0};

    while (*argc > 2 && !strncmp(argv[1], "--test-", 7)) {
        if (!hook_read(argv[1], argv[2], &hooks))
            return err_set(err, EXIT_USAGE, "Usage", "%s %s is no hook", argv[1], argv[2]);
        memmove(argv + 1, argv + 3, (size_t)(*argc - 2) * sizeof *argv);
        *argc -= 2;
    }
    *ret_hooks = hooks;
    return true;
}

struct hooks hooks_of_job(const struct hooks *hooks)
{
    mem_fail_at(hooks->job_fail_alloc);
    return (struct hooks){.payload = hooks->payload, .fail_step = hooks->job_fail_step, .fail_errno = hooks->job_fail_errno};
}

bool hooks_payload(const struct hooks *hooks, int *ret_program, struct err *err)
{
    int fd = open(hooks->payload, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return err_sys(err, EXIT_SETUP, errno, "PayloadMissing", "cannot open %s", hooks->payload);
    *ret_program = fd;
    return true;
}

#endif
