// What a session's private root is made of, in tier full.
#include <string.h>

#include "profiles/policy_parts.h"

enum { MOUNTS_OF_OUR_OWN = 80 };

static void add(struct draft *draft, struct policy_mount mount)
{
    struct policy *policy = draft->policy;

    if (policy->mount_count == draft->mount_room) {
        draft->failed = true;
        return;
    }
    policy->mounts[policy->mount_count++] = mount;
}

static void hide(struct draft *draft, const char *path, const char *why)
{
    add(draft, (struct policy_mount){.kind = MOUNT_HIDE, .to = path, .optional = true, .why = why});
}

static void add_devices(struct draft *draft, const char *why)
{
    add(draft, (struct policy_mount){.kind = MOUNT_DEV, .to = "/dev", .why = why});
    add(draft, (struct policy_mount){.kind = MOUNT_DEVPTS, .to = "/dev/pts", .writable = true, .why = why});
}

static void add_proc(struct draft *draft)
{
    if (draft_has(draft, RIGHT_BIT(PROCESS_LIST)))
        add(draft, (struct policy_mount){.kind = MOUNT_PROC, .to = "/proc", .why = "PROCESS_LIST"});
    else if (draft->profile->view == VIEW_CALLER)
        hide(draft, "/proc", "no PROCESS_LIST");
}

// What may be written there is never executed from there.
static void add_listed(struct draft *draft, const struct profile_mount *listed)
{
    bool writable = listed->writable && draft_has(draft, RIGHT_BIT(FILE_WRITE));

    add(draft, (struct policy_mount){.kind = MOUNT_BIND, .from = listed->path, .to = listed->path, .writable = writable,
                                     .exec = !writable && draft_has(draft, RIGHT_BIT(EXEC)), .recursive = true,
                                     .optional = listed->optional, .why = "Linux.Mounts"});
}

static void add_all_listed(struct draft *draft)
{
    for (size_t i = 0; i < draft->profile->mount_count; i++)
        add_listed(draft, &draft->profile->mounts[i]);
}

const struct profile_mount *draft_home(const struct draft *draft)
{
    for (size_t i = 0; i < draft->profile->mount_count; i++)
        if (!strcmp(draft->profile->mounts[i].path, "~"))
            return &draft->profile->mounts[i];
    return NULL;
}

// "~/NAME" for each name of HOME_KEPT, read-only over a home that is there for writing.
static void keep_home(struct draft *draft)
{
    for (const char *name = HOME_KEPT; *name;) {
        size_t size = strcspn(name, " ");
        char *path = arena_new(draft->arena, size + 3);

        if (!path) {
            draft->failed = true;
            return;
        }
        memcpy(path, "~/", 2);
        memcpy(path + 2, name, size);
        add(draft, (struct policy_mount){.kind = MOUNT_BIND, .from = path, .to = path, .recursive = true,
                                         .optional = true, .why = "start-up files of a login"});
        name += size + (name[size] == ' ');
    }
}

static void add_login_home(struct draft *draft)
{
    const struct profile_mount *home = draft_home(draft);

    if (!home)
        add(draft, (struct policy_mount){.kind = MOUNT_TMPFS, .to = "~", .writable = true,
                                         .exec = draft_has(draft, RIGHT_BIT(EXEC)),
                                         .size = limit_or_default(LIMIT_TEMP, draft->profile->limits[LIMIT_TEMP], false),
                                         .why = "a login's private home"});
    else if (home->writable && draft_has(draft, RIGHT_BIT(FILE_WRITE)))
        keep_home(draft);
}

// Agents and displays wait on sockets; whoever may not make sockets could still read what lies beside them.
static void hide_agents(struct draft *draft)
{
    static const char *const paths[] = {"/run", "/var/run", "/tmp/.X11-unix", "/tmp/.ICE-unix", "/tmp/.XIM-unix",
                                        "/tmp/.font-unix", "/tmp/ssh-*", "/tmp/dbus-*", "/tmp/gpg-*", "~/.ssh/agent",
                                        "~/.gnupg/S.*"};

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
        hide(draft, paths[i], "sockets of services and agents");
}

static void view_caller(struct draft *draft)
{
    add(draft, (struct policy_mount){.kind = MOUNT_BIND, .from = "/", .to = "/",
                                     .writable = draft_has(draft, RIGHT_BIT(FILE_WRITE)),
                                     .exec = draft_has(draft, RIGHT_BIT(EXEC)), .recursive = true,
                                     .why = "Linux.View = 'Caller'"});
    // Control groups delegated to the caller lie there: writing to one reaches processes outside.
    add(draft, (struct policy_mount){.kind = MOUNT_BIND, .from = "/sys", .to = "/sys", .recursive = true,
                                     .optional = true, .why = "never writable"});
    add_devices(draft, "Linux.View = 'Caller'");
    add_proc(draft);
    hide_agents(draft);
    add_all_listed(draft);
    if (draft->use == POLICY_LOGIN)
        add_login_home(draft);
}

static void view_paths(struct draft *draft)
{
    add_all_listed(draft);
    if (draft_has(draft, RIGHT_BIT(EXEC)))
        add_devices(draft, "EXEC");
    add_proc(draft);
    if (draft->use == POLICY_LOGIN && draft_home(draft))
        add_login_home(draft);
}

void draft_mounts(struct draft *draft)
{
    struct policy *policy = draft->policy;

    if (policy->tier != TIER_FULL)
        return;
    draft->mount_room = draft->profile->mount_count + MOUNTS_OF_OUR_OWN;
    policy->mounts = arena_new(draft->arena, draft->mount_room * sizeof(*policy->mounts));
    if (!policy->mounts)
        draft->failed = true;
    else if (draft->profile->view == VIEW_CALLER)
        view_caller(draft);
    else if (draft->profile->view == VIEW_PATHS)
        view_paths(draft);
    else
        add_proc(draft);
}
