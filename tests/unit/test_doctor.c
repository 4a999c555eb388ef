// The doctor tells what it was shown: beside each refusal stands the machine as it is.
#include <criterion/criterion.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "ctl/probe.h"

// Lets this process, and the children that probe, fail at one call: what a container runtime's filter does.
static void refuse(int call, int errnum)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)errnum),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof(code) / sizeof(code[0]), code};

    cr_assert_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
    cr_assert_eq(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program), 0);
}

static bool says(struct ctl *ctl, const char *text) { return strstr(buf_text(&ctl->out), text); }

Test(doctor, finds_filters_everywhere)
{
    cr_expect(probe_try(PROBE_SECCOMP).done);
    cr_expect(probe_try(PROBE_EXECVEAT).done);
}

Test(doctor, names_the_runtimes_filter)
{
    struct ctl ctl = {0};

    refuse(SYS_unshare, EPERM);
    struct probe_result result = probe_try(PROBE_USER);
    cr_expect_not(result.done);
    cr_expect_eq(result.errnum, EPERM);
    cr_expect_str_eq(result.step, "making the namespace");
    ctl_doctor(&ctl, 0, NULL);
    cr_expect(says(&ctl, "the container runtime's filter"));
    cr_expect_not(says(&ctl, "tier: full"));
    buf_free(&ctl.out);
}

Test(doctor, tells_a_refused_mount_from_a_refused_namespace)
{
    bool before = probe_try(PROBE_USER).done;

    refuse(SYS_mount, EACCES);
    cr_expect_eq(probe_try(PROBE_USER).done, before);
    struct probe_result result = probe_try(PROBE_MOUNT);
    cr_expect_not(result.done);
    if (before) {
        cr_expect_eq(result.errnum, EACCES);
        cr_expect_str_eq(result.step, "making its mounts private");
    }
}

Test(doctor, tells_a_landlock_switched_off_from_none)
{
    static const struct { int errnum; const char *setting; } cases[] = {{EOPNOTSUPP, "lsm="}, {ENOSYS, "CONFIG_SECURITY_LANDLOCK"}};
    struct ctl ctl = {.json = true};

    refuse(444, cases[0].errnum);
    cr_expect_eq(ctl_doctor(&ctl, 0, NULL), EXIT_SETUP, "without Landlock nothing runs");
    cr_expect(says(&ctl, "\"tier\":\"none\""));
    cr_expect(says(&ctl, cases[0].setting));
    buf_clear(&ctl.out);
    refuse(444, cases[1].errnum);
    ctl_doctor(&ctl, 0, NULL);
    cr_expect(says(&ctl, cases[1].setting), "the newest filter's errno counts among equals");
    buf_free(&ctl.out);
}

Test(doctor, refuses_arguments)
{
    struct ctl ctl = {0};
    char *argv[] = {"now"};

    cr_expect_eq(ctl_doctor(&ctl, 1, argv), EXIT_USAGE);
    buf_free(&ctl.out);
    buf_free(&ctl.err);
}
