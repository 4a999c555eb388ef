// Which rights, and who asked for each.
#include <string.h>

#include "profiles/policy_parts.h"

enum { REASONS_NAMED = 4 };

// Collects the askers of one right: "Get-Date, Start-Sleep and 3 more".
struct asker {
    struct buf text;
    size_t count;
};

static void ask(struct draft *draft, struct asker askers[RIGHTS], rights_t rights, const char *who)
{
    for (int i = 0; i < RIGHTS; i++) {
        if (!(rights >> i & 1))
            continue;
        draft->policy->rights |= (rights_t)1 << i;
        if (askers[i].count++ >= REASONS_NAMED)
            continue;
        if (askers[i].count > 1)
            buf_add_text(&askers[i].text, ", ");
        buf_add_text(&askers[i].text, who);
    }
}

static void drop(struct draft *draft, rights_t rights) { draft->policy->rights &= ~rights; }

static void ask_providers(struct draft *draft, struct asker askers[RIGHTS])
{
    for (int i = 0; i < PROVIDERS; i++)
        if (draft->profile->providers >> i & 1)
            ask(draft, askers, provider_rows[i].rights, provider_rows[i].name);
}

static void ask_commands(struct draft *draft, struct asker askers[RIGHTS])
{
    const struct profile *profile = draft->profile;

    for (size_t i = 0; i < profile->command_count; i++)
        if (profile->commands[i].visible)
            ask(draft, askers, cmdlet_rows[profile->commands[i].id].rights, profile->commands[i].name);
}

static rights_t network_allowed(const struct profile *profile)
{
    static const rights_t allowed[] = {
        [NETWORK_NONE] = 0,
        [NETWORK_LOOPBACK] = RIGHT_BIT(LOOPBACK),
        [NETWORK_HOST] = RIGHT_BIT(NETWORK),
    };
    rights_t rights = allowed[profile->network];

    // No rule of Landlock holds UDP to ports, so that a list of ports takes UDP away.
    return rights && !profile->port_count ? rights | RIGHT_BIT(UDP) : rights;
}

static void ask_session(struct draft *draft, struct asker askers[RIGHTS])
{
    ask_commands(draft, askers);
    ask_providers(draft, askers);
    if (!profile_runs_programs(draft->profile))
        return;
    ask(draft, askers, RIGHT_BIT(EXEC) | RIGHT_BIT(FORK), "programs are visible");
    ask(draft, askers, network_allowed(draft->profile), "Linux.Network, for programs");
}

static void ask_wrap(struct draft *draft, struct asker askers[RIGHTS])
{
    const struct profile *profile = draft->profile;

    if (profile->has_wrap_rights) {
        ask(draft, askers, profile->wrap_rights, "Linux.Rights");
    } else {
        ask_providers(draft, askers);
        ask(draft, askers, network_allowed(profile), "Linux.Network");
    }
    if (!draft_has(draft, RIGHT_BIT(EXEC)))
        ask(draft, askers, RIGHT_BIT(EXEC), "the launch of the program");
}

// Rights that could have no effect are not given: no files in the view, nothing writable, no such network.
static void drop_idle(struct draft *draft)
{
    const struct profile *profile = draft->profile;
    bool writable = profile->view == VIEW_CALLER;

    for (size_t i = 0; i < profile->mount_count; i++)
        writable |= profile->mounts[i].writable;
    if (profile->view == VIEW_NONE)
        drop(draft, RIGHT_BIT(FILE_READ) | RIGHT_BIT(FILE_WRITE));
    else if (!writable)
        drop(draft, RIGHT_BIT(FILE_WRITE));
    drop(draft, (RIGHT_BIT(LOOPBACK) | RIGHT_BIT(NETWORK) | RIGHT_BIT(UDP)) & ~network_allowed(profile));
}

// Shells and supervisors signal their children. A pid namespace makes that harmless, and so does Landlock's scope where
// another right asks for a kernel that has it (profiles/abi.def: ABI 6).
static void ask_signals(struct draft *draft, struct asker askers[RIGHTS])
{
    if (!draft_has(draft, RIGHT_BIT(EXEC)))
        return;
    if (draft->policy->tier == TIER_FULL)
        ask(draft, askers, RIGHT_BIT(PROCESS_SIGNAL), "programs, in their own pid namespace");
    else if (draft_has(draft, RIGHT_BIT(FILE_WRITE) | RIGHT_BIT(UNIX_SOCKET)))
        ask(draft, askers, RIGHT_BIT(PROCESS_SIGNAL), "programs, held by Landlock's scope");
}

static void keep_reasons(struct draft *draft, struct asker askers[RIGHTS])
{
    for (int i = 0; i < RIGHTS; i++) {
        struct asker *asker = &askers[i];

        if (asker->count > REASONS_NAMED)
            buf_printf(&asker->text, " and %zu more", asker->count - REASONS_NAMED);
        if (draft->policy->rights >> i & 1) {
            const char *text = buf_text(&asker->text);

            draft->policy->right_reasons[i] = arena_text(draft->arena, text, strlen(text));
            draft->failed |= asker->text.failed || !draft->policy->right_reasons[i];
        }
        buf_free(&asker->text);
    }
}

void draft_rights(struct draft *draft)
{
    struct asker askers[RIGHTS] = {0};

    ask(draft, askers, RIGHT_BIT(BASE) | RIGHT_BIT(TERMINAL), draft->policy->wrap ? "every program" : "every session");
    if (draft->policy->wrap)
        ask_wrap(draft, askers);
    else
        ask_session(draft, askers);
    drop_idle(draft);
    ask_signals(draft, askers);
    keep_reasons(draft, askers);
}
