#include "profiles/policy.h"

#include <stdlib.h>
#include <string.h>

#include "profiles/message.h"
#include "profiles/policy_parts.h"

struct abi_row {
    enum tier tier;
    enum right right;
    int abi;
    const char *why;
};

static const struct abi_row abi_rows[] = {
#define ABI(tier, right, abi, why) {TIER_##tier, RIGHT_##right, abi, why},
#include "profiles/abi.def"
#undef ABI
};

struct message_row {
    rights_t rights; // any of these
};

static const struct message_row message_rows[MESSAGES] = {
#define MESSAGE(name, direction, size, rights, what) {rights},
#include "profiles/broker.def"
#undef MESSAGE
};

_Static_assert(MESSAGES <= 64, "policy.broker_messages has a bit for each message");

static unsigned namespaces_of(const struct draft *draft)
{
    unsigned all = NS_USER | NS_MOUNT | NS_PID | NS_IPC | NS_UTS | NS_CGROUP | NS_NET;

    if (draft->policy->tier != TIER_FULL)
        return 0;
    return draft_has(draft, RIGHT_BIT(NETWORK)) ? all & ~(unsigned)NS_NET : all;
}

static uint64_t messages_of(rights_t rights)
{
    uint64_t bits = 0;

    for (int i = 0; i < MESSAGES; i++)
        bits |= message_rows[i].rights & rights ? (uint64_t)1 << i : 0;
    return bits;
}

static void require_abi(struct policy *policy, int abi, const char *why)
{
    if (abi <= policy->landlock_abi)
        return;
    policy->landlock_abi = abi;
    policy->landlock_why = why;
}

static void draft_abi(struct draft *draft)
{
    struct policy *policy = draft->policy;

    for (size_t i = 0; i < sizeof(abi_rows) / sizeof(abi_rows[0]); i++)
        if (abi_rows[i].tier == policy->tier && draft_has(draft, (rights_t)1 << abi_rows[i].right))
            require_abi(policy, abi_rows[i].abi, abi_rows[i].why);
    if (policy->connect_port_count)
        require_abi(policy, 4, "only Landlock holds TCP to the ports of Linux.Network");
    if (!(policy->namespaces & NS_NET) && draft_has(draft, RIGHT_BIT(UNIX_SOCKET)))
        require_abi(policy, 6, "abstract sockets of the machine share its network");
}

static void draft_limits(struct draft *draft)
{
    for (int i = 0; i < LIMITS; i++)
        draft->policy->limits[i] = limit_or_default((enum limit)i, draft->profile->limits[i], draft->policy->wrap);
}

static const char *joined(struct arena *arena, const char *name, const char *value)
{
    size_t n = strlen(name), v = strlen(value);
    char *text = arena_new(arena, n + v + 2);

    if (!text)
        return NULL;
    memcpy(text, name, n);
    text[n] = '=';
    memcpy(text + n + 1, value, v);
    return text;
}

// Of a standard variable the profile's own value counts.
static bool said(const struct profile *profile, const char *name)
{
    size_t size = strcspn(name, "=");

    for (size_t i = 0; i < profile->environment_count; i++)
        if (strlen(profile->environment[i].name) == size && !memcmp(profile->environment[i].name, name, size))
            return true;
    return false;
}

static void draft_environment(struct draft *draft)
{
    static const char *const standard[] = {"HOME", "LANG", "LC_*", "LOGNAME", "PATH=/usr/local/bin:/usr/bin:/bin",
                                           "SHELL", "TERM", "TZ", "USER"};
    enum { STANDARD = sizeof(standard) / sizeof(standard[0]) };
    const struct profile *profile = draft->profile;
    struct policy *policy = draft->policy;

    policy->environment = arena_new(draft->arena, (STANDARD + profile->environment_count) * sizeof(char *));
    if (!policy->environment) {
        draft->failed = true;
        return;
    }
    for (int i = 0; i < STANDARD; i++)
        if (!said(profile, standard[i]))
            policy->environment[policy->environment_count++] = standard[i];
    for (size_t i = 0; i < profile->environment_count; i++) {
        const struct session_pair *pair = &profile->environment[i];
        const char *entry = joined(draft->arena, pair->name, pair->value);

        draft->failed |= !entry;
        policy->environment[policy->environment_count++] = entry;
    }
}

static bool lies_below(const char *path, const char *folder)
{
    size_t size = strlen(folder);
    return !strncmp(path, folder, size) && (path[size] == '/' || !strcmp(folder, "/")) && strcmp(path, folder);
}

// Only a mount can give less below than above: a Landlock rule on a folder holds for all that lies in it.
static bool check_nesting(const struct draft *draft, struct err *err)
{
    const struct profile *profile = draft->profile;
    bool exec = draft_has(draft, RIGHT_BIT(EXEC));

    if (!draft_has(draft, RIGHT_BIT(FILE_WRITE)))
        return true;
    for (size_t i = 0; i < profile->mount_count; i++)
        for (size_t j = 0; j < profile->mount_count; j++) {
            const struct profile_mount *above = &profile->mounts[i], *below = &profile->mounts[j];
            bool less = above->writable ? !below->writable : exec && below->writable;
            if (less && lies_below(below->path, above->path))
                return err_set(err, EXIT_SETUP, "PolicyTier",
                               "%s %s below %s cannot be held in tier in-place: list them apart in Linux.Mounts",
                               below->path, above->writable ? "read-only" : "writable, so not executable,", above->path);
        }
    return true;
}

// What a tier cannot hold is refused by name, never dropped.
static bool check_tier(const struct draft *draft, struct err *err)
{
    const struct profile *profile = draft->profile;

    if (draft->policy->tier == TIER_FULL)
        return true;
    if (profile->minimum_tier == TIER_FULL)
        return err_set(err, EXIT_SETUP, "PolicyTier",
                       "this machine allows only tier in-place here, and the profile's Linux.MinimumTier is 'full': "
                       "`jeshctl doctor` says what stands in the way");
    if (draft_has(draft, RIGHT_BIT(LOOPBACK)))
        return err_set(err, EXIT_SETUP, "PolicyTier",
                       "Linux.Network = 'Loopback' needs a network namespace, which tier in-place has not");
    if (draft->use == POLICY_LOGIN && profile->view == VIEW_CALLER && !draft_home(draft))
        return err_set(err, EXIT_SETUP, "PolicyTier",
                       "a private home needs tier full: list '~' in Linux.Mounts, or choose another Linux.View");
    return check_nesting(draft, err);
}

static bool check_network(const struct draft *draft, struct err *err)
{
    const struct profile *profile = draft->profile;
    bool network = profile->wrap_rights & RIGHT_BIT(NETWORK) && profile->network != NETWORK_HOST;
    bool loopback = profile->wrap_rights & RIGHT_BIT(LOOPBACK) && profile->network != NETWORK_LOOPBACK;

    if (draft->use != POLICY_WRAP || !profile->has_wrap_rights || (!network && !loopback))
        return true;
    return err_set(err, EXIT_SETUP, "PolicyNetwork", "Linux.Rights names %s: say Linux.Network = '%s' as well",
                   network ? "NETWORK" : "LOOPBACK", network ? "Host" : "Loopback");
}

static void draft_network(struct draft *draft)
{
    const struct profile *profile = draft->profile;
    struct policy *policy = draft->policy;

    policy->namespaces = namespaces_of(draft);
    policy->loopback = policy->namespaces & NS_NET && draft_has(draft, RIGHT_BIT(LOOPBACK));
    if (!draft_has(draft, RIGHT_BIT(LOOPBACK) | RIGHT_BIT(NETWORK)))
        return;
    policy->connect_ports = profile->ports;
    policy->connect_port_count = profile->port_count;
}

static struct draft draft_start(const struct profile *profile, enum tier tier, enum policy_use use,
                                struct arena *arena, struct policy *policy)
{
    *policy = (struct policy){.profile = profile->name, .mode = profile->mode, .view = profile->view, .tier = tier,
                              .wrap = use == POLICY_WRAP};
    return (struct draft){.profile = profile, .use = use, .arena = arena, .policy = policy};
}

bool policy_derive(const struct profile *profile, enum tier tier, enum policy_use use, struct arena *arena,
                   struct policy *ret_policy, struct err *err)
{
    struct policy policy;
    struct draft draft = draft_start(profile, tier, use, arena, &policy);

    if (!check_network(&draft, err))
        return false;
    draft_rights(&draft);
    if (!check_tier(&draft, err))
        return false;
    draft_network(&draft);
    draft_mounts(&draft);
    draft_landlock(&draft);
    draft_abi(&draft);
    draft_filters(&draft);
    draft_limits(&draft);
    draft_environment(&draft);
    policy.broker_messages = messages_of(policy.rights);
    if (draft.failed)
        return err_set(err, EXIT_SETUP, "PolicyMemory", "no memory for the policy");
    *ret_policy = policy;
    return true;
}
