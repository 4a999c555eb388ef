// A login's home under Landlock alone, as in tier in-place: its folders are the session's, its start-up files are not,
// and none can be made where it is missing. Every attempt succeeds before the rules are in force.
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "launcher/steps.h"
#include "profiles/landlock.h"
#include "tests/unit/made_profiles.h"

static struct confine confine;
static struct policy policy;
static struct arena arena;

static const char *in_home(const char *name)
{
    static char path[512];

    snprintf(path, sizeof(path), "%s/%s", confine.account.home, name);
    return path;
}

static bool can_write(const char *name)
{
    int fd = open(in_home(name), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static bool can_make_folder(const char *name) { return !mkdir(in_home(name), 0700); }

static void make_home(void)
{
    static const char *const folders[] = {"docs", ".ssh", ".config"};
    char path[] = "/tmp/jesh-home-XXXXXX";

    cr_assert(mkdtemp(path));
    snprintf(confine.account.home, sizeof(confine.account.home), "%s", path);
    confine.account.known = true;
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
        cr_assert(can_make_folder(folders[i]));
    cr_assert(can_write("docs/a") && can_write(".ssh/config") && can_write(".bashrc") && can_write(".zshrc"), "the control");
    cr_assert_eq(unlink(in_home(".zshrc")), 0);
}

// Under the rules the test cannot remove its home any more: a child from before does, when the test has ended.
static void remove_home_at_the_end(void)
{
    char byte;
    int ends[2];

    cr_assert_eq(pipe2(ends, O_CLOEXEC), 0);
    if (fork())
        return; // the writing end stays open as long as this process lives
    close(ends[1]);
    if (!read(ends[0], &byte, 1))
        execl("/bin/rm", "rm", "-rf", confine.account.home, (char *)NULL);
    _exit(1);
}

static void restrict_login(enum tier tier)
{
    static struct profile_mount home = {.path = "~", .writable = true};
    struct profile profile = made_session(MODE_CONSTRAINED, 1u << PROVIDER_filesystem, NULL);
    struct err err = {0};

    profile.mounts = &home;
    profile.mount_count = 1;
    cr_assert(policy_derive(&profile, tier, POLICY_LOGIN, &arena, &policy, &err), "%s", err.text);
    confine.profile = &profile;
    confine.policy = &policy;
    confine.program = open("/bin/true", O_PATH | O_CLOEXEC);
    cr_assert_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
    if (!step_landlock(&confine, &err))
        cr_skip_test("%s", err.text);
}

static void try_home(void)
{
    cr_expect(can_write("docs/a"), "%s", strerror(errno));
    cr_expect(can_write("docs/new"), "%s", strerror(errno));
    cr_expect(can_make_folder("docs/sub"), "%s", strerror(errno));
    cr_expect_not(can_write(".ssh/config"));
    cr_expect_not(can_write(".ssh/authorized_keys"));
    cr_expect_not(can_write(".config/new"));
    cr_expect_not(can_write(".bashrc"));
    cr_expect_not(can_write(".zshrc"), "it is not there, and must not come");
    cr_expect_not(can_make_folder(".gnupg"));
}

static bool renames_into_place(void)
{
    char from[512];

    snprintf(from, sizeof(from), "%s", in_home("docs/sub"));
    return !rename(from, in_home(".local"));
}

static void try_login(enum tier tier)
{
    make_home();
    remove_home_at_the_end();
    restrict_login(tier);
    try_home();
    cr_expect_not(renames_into_place());
    close(confine.program);
    arena_free(&arena);
}

Test(landlock, a_home_is_kept_in_place) { try_login(TIER_INPLACE); }
Test(landlock, a_home_is_kept_in_tier_full) { try_login(TIER_FULL); }
