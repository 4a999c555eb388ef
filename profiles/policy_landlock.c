// What Landlock permits. In tier full it repeats what the mounts say; in place it is the only wall for files.
#include <string.h>

#include "profiles/landlock.h"
#include "profiles/policy_parts.h"

enum { RULES_OF_OUR_OWN = 24 };

static const uint64_t read_rights = LL_FS_READ_FILE | LL_FS_READ_DIR;
// Devices and, without the right, sockets cannot be made.
static const uint64_t write_rights = LL_FS_WRITE_FILE | LL_FS_REMOVE_DIR | LL_FS_REMOVE_FILE | LL_FS_MAKE_DIR |
                                     LL_FS_MAKE_REG | LL_FS_MAKE_FIFO | LL_FS_MAKE_SYM | LL_FS_REFER | LL_FS_TRUNCATE;

static void add(struct draft *draft, struct policy_landlock_rule rule)
{
    struct policy *policy = draft->policy;

    if (policy->landlock_count == draft->landlock_room)
        draft->failed = true;
    else if (rule.access)
        policy->landlock[policy->landlock_count++] = rule;
}

static uint64_t access_of(const struct draft *draft, bool writable)
{
    uint64_t access = draft_has(draft, RIGHT_BIT(FILE_READ)) ? read_rights : 0;

    if (writable && draft_has(draft, RIGHT_BIT(FILE_WRITE)))
        access |= read_rights | write_rights;
    if (draft_has(draft, RIGHT_BIT(EXEC)))
        access |= LL_FS_EXECUTE;
    if (draft_has(draft, RIGHT_BIT(UNIX_SOCKET)))
        access |= LL_FS_RESOLVE_UNIX | (writable ? LL_FS_MAKE_SOCK : 0);
    return access;
}

// A listed path that may be written is never executed from (the mount says so too; in place there is only this).
static uint64_t access_of_listed(const struct draft *draft, bool writable)
{
    bool written = writable && draft_has(draft, RIGHT_BIT(FILE_WRITE));
    return access_of(draft, writable) & ~(written ? LL_FS_EXECUTE : 0);
}

static bool home_is_kept(const struct draft *draft, const struct profile_mount *listed)
{
    return draft->use == POLICY_LOGIN && !strcmp(listed->path, "~") && listed->writable &&
           draft_has(draft, RIGHT_BIT(FILE_WRITE));
}

// A rule gives a folder and all below, so a home whose start-up files must stay is given entry by entry; what is not
// there yet cannot be made directly in it, or the first ~/.ssh would be anybody's.
static void add_kept_home(struct draft *draft)
{
    add(draft, (struct policy_landlock_rule){.path = "~", .access = access_of(draft, false), .why = "Linux.Mounts"});
    add(draft, (struct policy_landlock_rule){.path = "~/*", .except = HOME_KEPT, .access = access_of_listed(draft, true),
                                             .optional = true, .why = "Linux.Mounts, but start-up files"});
}

static void add_listed(struct draft *draft)
{
    for (size_t i = 0; i < draft->profile->mount_count; i++) {
        const struct profile_mount *listed = &draft->profile->mounts[i];

        if (home_is_kept(draft, listed)) {
            add_kept_home(draft);
            continue;
        }
        add(draft, (struct policy_landlock_rule){.path = listed->path, .access = access_of_listed(draft, listed->writable),
                                                 .optional = listed->optional, .why = "Linux.Mounts"});
    }
}

static void add_proc(struct draft *draft)
{
    if (draft_has(draft, RIGHT_BIT(PROCESS_LIST)))
        add(draft, (struct policy_landlock_rule){.path = "/proc", .access = read_rights, .why = "PROCESS_LIST"});
}

static void add_devices(struct draft *draft)
{
    static const char *const paths[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom",
                                        "/dev/tty", "/dev/ptmx", "/dev/pts"};
    // In place the terminals of the caller's other sessions lie there.
    size_t count = sizeof(paths) / sizeof(paths[0]) - (draft->policy->tier == TIER_FULL ? 0 : 2);
    uint64_t access = LL_FS_READ_FILE | LL_FS_WRITE_FILE | LL_FS_TRUNCATE | LL_FS_IOCTL_DEV;

    if (!draft_has(draft, RIGHT_BIT(FILE_READ)))
        return;
    for (size_t i = 0; i < count; i++)
        add(draft, (struct policy_landlock_rule){
                       .path = paths[i], .access = !strcmp(paths[i], "/dev/pts") ? access | LL_FS_READ_DIR : access,
                       .optional = true, .why = "devices that hold nothing"});
}

// Where the home is not the session's to write as a whole, writing goes around it ("~": the way to the home).
static void view_caller_full(struct draft *draft)
{
    const struct profile_mount *home = draft_home(draft);

    if (!home || !home_is_kept(draft, home)) {
        add(draft, (struct policy_landlock_rule){.path = "/", .access = access_of(draft, true),
                                                 .why = "Linux.View = 'Caller'"});
        return;
    }
    add(draft, (struct policy_landlock_rule){.path = "/", .access = access_of(draft, false),
                                             .why = "Linux.View = 'Caller'"});
    add(draft, (struct policy_landlock_rule){.path = "/*", .except = "~ dev proc run sys",
                                             .access = access_of(draft, true), .optional = true,
                                             .why = "Linux.View = 'Caller', but the home"});
}

// No mount hides anything there. Names are no secret to the caller, so the root may be listed.
static void view_caller_inplace(struct draft *draft)
{
    const struct profile_mount *home = draft_home(draft);
    bool kept = home && home_is_kept(draft, home);
    uint64_t sockets = LL_FS_RESOLVE_UNIX;

    if (draft_has(draft, RIGHT_BIT(FILE_READ)))
        add(draft, (struct policy_landlock_rule){.path = "/", .access = LL_FS_READ_DIR,
                                                 .why = "Linux.View = 'Caller': names only"});
    if (kept)
        add(draft, (struct policy_landlock_rule){.path = "/*", .except = "dev proc run sys",
                                                 .access = access_of(draft, false) & ~sockets, .optional = true,
                                                 .why = "Linux.View = 'Caller'"});
    add(draft, (struct policy_landlock_rule){.path = "/*", .except = kept ? "~ dev proc run sys" : "dev proc run sys",
                                             .access = access_of(draft, true) & ~sockets, .optional = true,
                                             .why = "Linux.View = 'Caller'"});
    if (draft_has(draft, RIGHT_BIT(FILE_READ)))
        add(draft, (struct policy_landlock_rule){.path = "/sys", .access = read_rights, .optional = true,
                                                 .why = "Linux.View = 'Caller'"});
}

static void draft_view(struct draft *draft)
{
    bool full = draft->policy->tier == TIER_FULL;

    if (draft->profile->view == VIEW_CALLER && full)
        view_caller_full(draft);
    else if (draft->profile->view == VIEW_CALLER)
        view_caller_inplace(draft);
    if (draft->profile->view == VIEW_PATHS && full && draft_has(draft, RIGHT_BIT(FILE_READ)))
        add(draft, (struct policy_landlock_rule){.path = "/", .access = LL_FS_READ_DIR,
                                                 .why = "the private root, which holds nothing else"});
    if (draft->profile->view != VIEW_NONE)
        add_listed(draft);
    if (draft->profile->view == VIEW_CALLER || (draft->profile->view == VIEW_PATHS && draft_has(draft, RIGHT_BIT(EXEC))))
        add_devices(draft);
    add_proc(draft);
}

static void add_ports(struct policy *policy, const struct draft *draft)
{
    bool any = draft_has(draft, RIGHT_BIT(NETWORK) | RIGHT_BIT(LOOPBACK)) && !policy->connect_port_count;

    // Without ports the key opens the network as a whole, servers too; with them binding goes, and connecting is held.
    policy->landlock_net = any ? 0 : LL_NET_BIND_TCP | LL_NET_CONNECT_TCP;
}

void draft_landlock(struct draft *draft)
{
    struct policy *policy = draft->policy;

    policy->landlock_fs = landlock_fs_of_abi(LL_ABI_KNOWN);
    policy->landlock_scope = landlock_scope_of_abi(LL_ABI_KNOWN);
    draft->landlock_room = 2 * draft->profile->mount_count + RULES_OF_OUR_OWN;
    policy->landlock = arena_new(draft->arena, draft->landlock_room * sizeof(*policy->landlock));
    if (!policy->landlock) {
        draft->failed = true;
        return;
    }
    add(draft, (struct policy_landlock_rule){.path = POLICY_PAYLOAD, .access = LL_FS_EXECUTE | LL_FS_READ_FILE,
                                             .why = "the launch itself"});
    draft_view(draft);
    add_ports(policy, draft);
}
