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

static bool fail_read(const char *text, struct hooks *hooks)
{
    char *end;
    hooks->fail_step = (int)strtol(text, &end, 10);
    hooks->fail_errno = *end == ':' ? (int)strtol(end + 1, &end, 10) : EIO;
    return !*end && hooks->fail_step > 0 && hooks->fail_step <= STEPS;
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
        return fail_read(value, hooks);
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

bool hooks_payload(const struct hooks *hooks, int *ret_program, struct err *err)
{
    int fd = open(hooks->payload, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return err_sys(err, EXIT_SETUP, errno, "PayloadMissing", "cannot open %s", hooks->payload);
    *ret_program = fd;
    return true;
}

#endif
