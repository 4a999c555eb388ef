#include "launcher/caps.h"

#include <cap-ng.h>
#include <errno.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "launcher/steps.h"

enum {
    SECUREBITS = SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP | SECBIT_NO_SETUID_FIXUP_LOCKED,
};

// libcap-ng remembers the process that called it first, and does not notice clone3.
static void caps_begin(void)
{
    capng_clear(CAPNG_SELECT_ALL);
    capng_setpid((int)syscall(SYS_gettid));
}

static bool caps_read(struct __user_cap_data_struct (*ret_data)[2])
{
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    return syscall(SYS_capget, &header, *ret_data) == 0;
}

// Without CAP_SETPCAP libcap-ng would complain to syslog, by way of the caller's TZ and the C library's.
static bool may_drop_bounding(void)
{
    struct __user_cap_data_struct data[2];
    return caps_read(&data) && data[0].effective & 1u << CAP_SETPCAP;
}

void caps_drop_bounding(void)
{
    if (!may_drop_bounding())
        return;
    caps_begin();
    capng_lock();
    // Not by libcap-ng, which asks thrice for each before it drops it: two hundred calls in every launch.
    for (int capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++)
        ;
}

void caps_drop_held(void)
{
    caps_begin();
    capng_apply(CAPNG_SELECT_CAPS | CAPNG_SELECT_AMBIENT);
}

// The set ends where the kernel knows no further capability.
static bool bounding_is_empty(void)
{
    int held = 0;

    for (int capability = 0; (held = prctl(PR_CAPBSET_READ, capability, 0, 0, 0)) == 0; capability++)
        ;
    return held < 0;
}

static bool securebits_are_locked(void)
{
    int bits = prctl(PR_GET_SECUREBITS, 0, 0, 0, 0);
    return bits >= 0 && (bits & SECUREBITS) == SECUREBITS;
}

// Ambient capabilities are always permitted and inheritable ones, so they need no look of their own.
static bool sets_are_empty(void)
{
    struct __user_cap_data_struct data[2];

    return caps_read(&data) &&
           !(data[0].effective | data[0].permitted | data[0].inheritable | data[1].effective | data[1].permitted |
             data[1].inheritable);
}

// libcap-ng 0.8.3 answers success where the kernel refused, so nothing of what it answers is believed.
bool step_capabilities(struct confine *confine, struct err *err)
{
    caps_drop_bounding();
    if (!sets_are_empty()) // in place most have none to begin with
        caps_drop_held();
    if (!sets_are_empty())
        return err_set(err, EXIT_SETUP, "CapabilitiesKept", "the kernel did not empty the capability sets");
    confine->bounding_kept = !bounding_is_empty() || !securebits_are_locked();
    if (confine->bounding_kept && confine->policy->tier == TIER_FULL)
        return err_set(err, EXIT_SETUP, "CapabilitiesKept",
                       "the kernel did not empty the bounding set or lock the securebits of the new user namespace");
    return true;
}

bool step_no_new_privs(struct confine *confine, struct err *err)
{
    (void)confine;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
        return err_sys(err, EXIT_SETUP, errno, "NoNewPrivsFailed", "cannot set no_new_privs");
    return true;
}
