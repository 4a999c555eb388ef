// What a policy must say, whatever the tables hold: views, tiers, rights that have nothing to do.
#include <criterion/criterion.h>
#include <string.h>

#include "profiles/landlock.h"
#include "profiles/policy_names.h"
#include "tests/unit/made_profiles.h"

struct derived {
    struct arena arena;
    struct policy policy;
    struct err err;
    bool ok;
};

static struct derived derive(const struct profile *profile, enum tier tier, enum policy_use use)
{
    struct derived d = {.arena = ARENA_INIT};

    d.ok = policy_derive(profile, tier, use, &d.arena, &d.policy, &d.err);
    return d;
}

static const struct policy_mount *mount_at(const struct policy *policy, const char *to)
{
    const struct policy_mount *found = NULL;

    for (size_t i = 0; i < policy->mount_count; i++)
        if (!strcmp(policy->mounts[i].to, to))
            found = &policy->mounts[i];
    return found;
}

static uint64_t access_at(const struct policy *policy, const char *path)
{
    uint64_t access = 0;

    for (size_t i = 0; i < policy->landlock_count; i++)
        if (!strcmp(policy->landlock[i].path, path))
            access |= policy->landlock[i].access;
    return access;
}

Test(policy, a_session_without_anything_has_nothing)
{
    struct profile profile = made_session(MODE_NONE, 0, NULL);

    profile.view = VIEW_NONE;
    struct derived d = derive(&profile, TIER_FULL, POLICY_SESSION);

    cr_assert(d.ok);
    cr_expect_eq(d.policy.rights, RIGHT_BIT(BASE) | RIGHT_BIT(TERMINAL));
    cr_expect_eq(d.policy.mount_count, 0);
    cr_expect_eq(d.policy.landlock_count, 1, "the payload alone");
    cr_expect_eq(d.policy.landlock_fs, landlock_fs_of_abi(LL_ABI_KNOWN));
    cr_expect_eq(d.policy.namespaces, NS_USER | NS_MOUNT | NS_PID | NS_NET | NS_IPC | NS_UTS | NS_CGROUP);
    arena_free(&d.arena);
}

Test(policy, files_that_no_view_shows_give_no_right)
{
    struct profile profile = made_session(MODE_NONE, 1u << PROVIDER_filesystem, NULL);

    profile.view = VIEW_NONE;
    struct derived d = derive(&profile, TIER_FULL, POLICY_SESSION);

    cr_expect_not(d.policy.rights & (RIGHT_BIT(FILE_READ) | RIGHT_BIT(FILE_WRITE)));
    arena_free(&d.arena);
}

Test(policy, writing_needs_a_writable_path)
{
    struct profile_mount mounts[] = {{.path = "/srv/a"}, {.path = "/srv/b"}};
    struct profile profile = made_session(MODE_NONE, 1u << PROVIDER_filesystem, NULL);

    profile.view = VIEW_PATHS;
    profile.mounts = mounts;
    profile.mount_count = 2;
    struct derived d = derive(&profile, TIER_FULL, POLICY_SESSION);
    cr_expect_not(d.policy.rights & RIGHT_BIT(FILE_WRITE));
    cr_expect_not(mount_at(&d.policy, "/srv/b")->writable);
    arena_free(&d.arena);

    mounts[1].writable = true;
    d = derive(&profile, TIER_FULL, POLICY_SESSION);
    cr_expect(d.policy.rights & RIGHT_BIT(FILE_WRITE));
    cr_expect(mount_at(&d.policy, "/srv/b")->writable);
    cr_expect_not(mount_at(&d.policy, "/srv/a")->writable);
    cr_expect_not(access_at(&d.policy, "/srv/a") & LL_FS_WRITE_FILE);
    cr_expect(access_at(&d.policy, "/srv/b") & LL_FS_WRITE_FILE);
    cr_expect_not(mount_at(&d.policy, "/srv/b")->exec);
    arena_free(&d.arena);
}

Test(policy, callers_view_hides_what_speaks_for_the_caller)
{
    static const char *const hidden[] = {"/run", "/tmp/.X11-unix", "/tmp/ssh-*", "/proc"};
    struct profile profile = made_session(MODE_CONSTRAINED, 1u << PROVIDER_filesystem, NULL);
    struct derived d = derive(&profile, TIER_FULL, POLICY_SESSION);

    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
        const struct policy_mount *mount = mount_at(&d.policy, hidden[i]);

        cr_assert(mount, "%s", hidden[i]);
        cr_expect_eq(mount->kind, MOUNT_HIDE, "%s", hidden[i]);
    }
    cr_expect_eq(mount_at(&d.policy, "/dev")->kind, MOUNT_DEV);
    cr_expect_not(mount_at(&d.policy, "/")->exec, "no program may run");
    arena_free(&d.arena);
}

Test(policy, a_login_has_a_private_home)
{
    struct profile_mount home = {.path = "~", .writable = true};
    struct profile profile = made_session(MODE_CONSTRAINED, 1u << PROVIDER_filesystem, NULL);
    struct derived d = derive(&profile, TIER_FULL, POLICY_LOGIN);

    cr_expect_eq(mount_at(&d.policy, "~")->kind, MOUNT_TMPFS);
    arena_free(&d.arena);
    d = derive(&profile, TIER_INPLACE, POLICY_LOGIN);
    cr_expect_not(d.ok);
    cr_expect_str_eq(d.err.id, "PolicyTier");
    arena_free(&d.arena);

    profile.mounts = &home;
    profile.mount_count = 1;
    for (int tier = TIER_FULL; tier <= TIER_INPLACE; tier++) {
        d = derive(&profile, (enum tier)tier, POLICY_LOGIN);
        cr_assert(d.ok, "%s", d.err.text);
        cr_expect_not(access_at(&d.policy, "/") & LL_FS_WRITE_FILE, "a rule above would give the home");
        cr_expect_not(access_at(&d.policy, "~") & (LL_FS_WRITE_FILE | LL_FS_MAKE_DIR | LL_FS_MAKE_REG));
        cr_expect(access_at(&d.policy, "~/*") & LL_FS_WRITE_FILE);
        arena_free(&d.arena);
    }
    d = derive(&profile, TIER_FULL, POLICY_LOGIN);
    cr_expect_not(mount_at(&d.policy, "~/.ssh")->writable);
    cr_expect_not(mount_at(&d.policy, "~/.config")->writable);
    arena_free(&d.arena);
}

Test(policy, ports_take_udp_and_binding)
{
    struct profile profile = made_wrap(0);

    profile.has_wrap_rights = false;
    profile.network = NETWORK_HOST;
    struct derived d = derive(&profile, TIER_FULL, POLICY_WRAP);
    cr_expect(d.policy.rights & RIGHT_BIT(UDP));
    cr_expect_eq(d.policy.landlock_net, 0);
    cr_expect_not(d.policy.namespaces & NS_NET);
    arena_free(&d.arena);

    profile.ports = made_ports;
    profile.port_count = 1;
    d = derive(&profile, TIER_FULL, POLICY_WRAP);
    cr_expect_not(d.policy.rights & RIGHT_BIT(UDP));
    cr_expect_eq(d.policy.landlock_net, LL_NET_BIND_TCP | LL_NET_CONNECT_TCP);
    cr_expect_eq(d.policy.connect_port_count, 1);
    cr_expect_eq(d.policy.landlock_abi, 4);
    arena_free(&d.arena);
}

Test(policy, a_network_is_not_given_by_rights_alone)
{
    struct profile profile = made_wrap(RIGHT_BIT(NETWORK));

    profile.network = NETWORK_NONE;
    struct derived d = derive(&profile, TIER_FULL, POLICY_WRAP);
    cr_expect_not(d.ok);
    cr_expect_str_eq(d.err.id, "PolicyNetwork");
    arena_free(&d.arena);
}

Test(policy, tiers_need_what_holds_a_right)
{
    static const struct { rights_t rights; int full, inplace; } cases[] = {
        {RIGHT_BIT(FILE_READ), 1, 1},
        {RIGHT_BIT(FILE_READ) | RIGHT_BIT(FILE_WRITE), 1, 6},
        {RIGHT_BIT(PROCESS_SIGNAL), 1, 6},
        {RIGHT_BIT(UNIX_SOCKET), 1, 9},
        {RIGHT_BIT(UNIX_SOCKET) | RIGHT_BIT(NETWORK), 6, 9},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct profile profile = made_wrap(cases[i].rights | RIGHT_BIT(EXEC));
        struct derived d = derive(&profile, TIER_FULL, POLICY_WRAP);

        cr_expect_eq(d.policy.landlock_abi, cases[i].full, "case %zu", i);
        arena_free(&d.arena);
        d = derive(&profile, TIER_INPLACE, POLICY_WRAP);
        cr_expect_eq(d.policy.landlock_abi, cases[i].inplace, "case %zu", i);
        cr_expect_eq(d.policy.namespaces, 0);
        cr_expect_eq(d.policy.mount_count, 0);
        cr_expect_not(access_at(&d.policy, "/") & ~LL_FS_READ_DIR, "a rule on / could not leave out /run");
        arena_free(&d.arena);
    }
}

Test(policy, refuses_what_a_tier_cannot_hold)
{
    struct profile loopback = made_wrap(RIGHT_BIT(LOOPBACK)), full = made_wrap(RIGHT_BIT(EXEC));
    struct derived d = derive(&loopback, TIER_INPLACE, POLICY_WRAP);

    cr_expect_not(d.ok);
    cr_expect_str_eq(d.err.id, "PolicyTier");
    arena_free(&d.arena);
    full.minimum_tier = TIER_FULL;
    d = derive(&full, TIER_INPLACE, POLICY_WRAP);
    cr_expect_not(d.ok);
    cr_expect_eq(d.err.status, EXIT_SETUP);
    arena_free(&d.arena);
}

Test(policy, is_pure)
{
    struct profile profile = made_session(MODE_CONSTRAINED, 1u << PROVIDER_filesystem, NULL);
    struct derived a = derive(&profile, TIER_FULL, POLICY_SESSION), b = derive(&profile, TIER_FULL, POLICY_SESSION);
    struct buf x = BUF_INIT, y = BUF_INIT;

    policy_print(&a.policy, &x);
    policy_print(&b.policy, &y);
    cr_expect_str_eq(buf_text(&x), buf_text(&y));
    buf_free(&x);
    buf_free(&y);
    arena_free(&a.arena);
    arena_free(&b.arena);
}

Test(policy, calls_stay_within_the_budget)
{
    struct profile core = made_session(MODE_RESTRICTED, 0, NULL);
    struct profile constrained = made_session(MODE_CONSTRAINED, (1u << PROVIDERS) - 1, NULL);
    struct profile full = {.name = "made", .mode = MODE_FULL, .type = SESSION_DEFAULT, .view = VIEW_CALLER,
                           .providers = (1u << PROVIDERS) - 1};
    static const size_t most[] = {30, 45, 130};
    const struct profile *profiles[] = {&core, &constrained, &full};

    for (int i = 0; i < 3; i++) {
        struct derived d = derive(profiles[i], TIER_FULL, POLICY_SESSION);

        cr_expect_leq(policy_calls(&d.policy, FILTER_INTERPRETER), most[i], "%d: %zu", i, policy_calls(&d.policy, FILTER_INTERPRETER));
        arena_free(&d.arena);
    }
}

Test(policy, an_arena_without_room_is_an_error)
{
    struct profile profile = made_session(MODE_CONSTRAINED, 1u << PROVIDER_filesystem, NULL);
    struct derived whole = derive(&profile, TIER_FULL, POLICY_SESSION);

    for (size_t limit = 1; limit < whole.arena.used; limit += 97) {
        struct arena arena = {.limit = limit};
        struct policy policy = {.landlock_abi = 77};
        struct err err = {0};

        cr_expect_not(policy_derive(&profile, TIER_FULL, POLICY_SESSION, &arena, &policy, &err));
        cr_expect_str_eq(err.id, "PolicyMemory");
        cr_expect_eq(policy.landlock_abi, 77, "untouched");
        arena_free(&arena);
    }
    arena_free(&whole.arena);
}

Test(policy, limits_have_defaults)
{
    struct profile session = made_session(MODE_NONE, 0, NULL), program = made_wrap(RIGHT_BIT(EXEC));

    session.limits[LIMIT_OPEN_FILES] = 7;
    struct derived d = derive(&session, TIER_FULL, POLICY_SESSION);
    cr_expect_eq(d.policy.limits[LIMIT_OPEN_FILES], 7);
    cr_expect_eq(d.policy.limits[LIMIT_STACK], 8 << 20);
    arena_free(&d.arena);
    d = derive(&program, TIER_FULL, POLICY_WRAP);
    cr_expect_eq(d.policy.limits[LIMIT_MEMORY], 0);
    arena_free(&d.arena);
    cr_expect_eq(limit_find("memorymb", 8), LIMIT_MEMORY);
    cr_expect_eq(limit_find("nothing", 7), LIMITS);
}

static bool permits(const struct policy *policy, const char *name, enum syscall_rule_id rule)
{
    bool found = false;

    for (size_t i = 0; i < policy->filter_count[FILTER_LAUNCHER]; i++) {
        const struct syscall_row *row = &syscall_rows[policy->filter[FILTER_LAUNCHER][i].row];
        found |= !strcmp(row->name, name) && row->rule == rule && row->answer == ANSWER_ALLOW;
    }
    return found;
}

// Landlock sees neither, so in place they would reach every file of the caller's.
Test(policy, permission_bits_of_hidden_files_stay)
{
    struct profile_mount shown = {.path = "/srv/shown", .writable = true};
    struct profile profile = made_wrap(RIGHT_BIT(EXEC) | RIGHT_BIT(FILE_READ) | RIGHT_BIT(FILE_WRITE));

    for (int tier = TIER_FULL; tier <= TIER_INPLACE; tier++)
        for (int caller = 0; caller < 2; caller++) {
            profile.view = caller ? VIEW_CALLER : VIEW_PATHS;
            profile.mounts = caller ? NULL : &shown;
            profile.mount_count = !caller;
            struct derived d = derive(&profile, (enum tier)tier, POLICY_WRAP);
            bool held = tier == TIER_FULL || caller;

            cr_assert(d.ok);
            cr_expect_eq(permits(&d.policy, "chmod", RULE_PLAIN_MODE_1), held);
            cr_expect_eq(permits(&d.policy, "fchmod", RULE_PLAIN_MODE_1), held);
            cr_expect_eq(permits(&d.policy, "fchmodat", RULE_PLAIN_MODE_2), held);
            cr_expect_eq(permits(&d.policy, "utimensat", RULE_ANY), held);
            cr_expect_eq(permits(&d.policy, "utimensat", RULE_OPENED), !held);
            arena_free(&d.arena);
        }
}

Test(policy, terminals_of_other_sessions_stay)
{
    struct profile profile = made_wrap(RIGHT_BIT(EXEC) | RIGHT_BIT(FILE_READ));
    struct derived full = derive(&profile, TIER_FULL, POLICY_WRAP), in_place = derive(&profile, TIER_INPLACE, POLICY_WRAP);

    cr_assert(full.ok && in_place.ok);
    cr_expect_neq(access_at(&full.policy, "/dev/pts"), 0, "its own there");
    cr_expect_eq(access_at(&in_place.policy, "/dev/pts"), 0);
    cr_expect_neq(access_at(&in_place.policy, "/dev/null"), 0);
    arena_free(&full.arena);
    arena_free(&in_place.arena);
}

static bool holds(enum tier tier, rights_t rights, bool above_writable, bool below_writable, const char *below)
{
    struct profile_mount mounts[] = {{.path = "/srv", .writable = above_writable}, {.path = below, .writable = below_writable}};
    struct profile profile = made_wrap(rights);
    profile.view = VIEW_PATHS;
    profile.mounts = mounts;
    profile.mount_count = 2;
    struct derived d = derive(&profile, tier, POLICY_WRAP);
    bool ok = d.ok;
    arena_free(&d.arena);
    return ok;
}

// A Landlock rule holds for all that lies below, so in place less cannot be given there than above.
Test(policy, less_below_than_above_needs_mounts)
{
    rights_t write = RIGHT_BIT(FILE_READ) | RIGHT_BIT(FILE_WRITE), run = write | RIGHT_BIT(EXEC);

    cr_expect(holds(TIER_FULL, run, true, false, "/srv/fixed"));
    cr_expect_not(holds(TIER_INPLACE, write, true, false, "/srv/fixed"));
    cr_expect_not(holds(TIER_INPLACE, run, false, true, "/srv/data"), "what is written there could be run");
    cr_expect(holds(TIER_INPLACE, run, false, true, "/srvdata"));
    cr_expect(holds(TIER_INPLACE, run, true, true, "/srv/data"));
    cr_expect(holds(TIER_INPLACE, RIGHT_BIT(FILE_READ), true, false, "/srv/fixed"), "nobody writes");
}
