#include "profiles/landlock.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fd.h"
#include "launcher/kernel.h"
#include "launcher/listed.h"
#include "launcher/steps.h"

struct ruleset {
    int fd;
    uint64_t fs; // handled
};

static int abi_of_kernel(void)
{
    int abi = kernel_landlock_create(NULL, 0, LANDLOCK_VERSION);
    return abi < 0 ? 0 : abi;
}

static bool abi_suffices(const struct policy *policy, int abi, struct err *err)
{
    if (abi >= policy->landlock_abi)
        return true;
    return err_set(err, EXIT_SETUP, "LandlockTooOld",
                   "this profile needs Landlock ABI %d (%s) and the kernel has %d; use a newer kernel, or add landlock to its "
                   "lsm= parameter", policy->landlock_abi, policy->landlock_why ? policy->landlock_why : "files", abi);
}

// Older kernels take a shorter struct; a longer one whose tail is zero is accepted by all of them.
static bool ruleset_new(const struct policy *policy, int abi, struct ruleset *ret_ruleset, struct err *err)
{
    struct landlock_ruleset handled = {
        .fs = policy->landlock_fs & landlock_fs_of_abi(abi),
        .net = policy->landlock_net & landlock_net_of_abi(abi),
        .scope = policy->landlock_scope & landlock_scope_of_abi(abi),
    };
    int fd = kernel_landlock_create(&handled, sizeof handled, 0);

    if (fd < 0)
        return err_sys(err, EXIT_SETUP, errno, "LandlockFailed", "cannot make a Landlock ruleset");
    *ret_ruleset = (struct ruleset){fd, handled.fs};
    return true;
}

// The kernel refuses on a file, with EINVAL, what only a folder can have; asking first would cost more.
static bool rule_for_open(const struct ruleset *ruleset, int fd, const char *path, uint64_t access, struct err *err)
{
    struct landlock_path rule = {.access = access & ruleset->fs, .folder = fd};

    if (!rule.access || kernel_landlock_add(ruleset->fd, LANDLOCK_BY_PATH, &rule) == 0)
        return true;
    if (errno == EINVAL && rule.access & ~LL_FS_OF_FILE) {
        rule.access &= LL_FS_OF_FILE;
        if (!rule.access || kernel_landlock_add(ruleset->fd, LANDLOCK_BY_PATH, &rule) == 0)
            return true;
    }
    return err_sys(err, EXIT_SETUP, errno, "LandlockFailed", "cannot add a Landlock rule for %s", path);
}

// Takes the descriptor; -1: errno says why.
static bool rule_for(const struct ruleset *ruleset, int fd, const char *path, uint64_t access, bool optional,
                     struct err *err)
{
    bool added;

    if (fd < 0 && optional && (errno == ENOENT || errno == EACCES || errno == ENOTDIR || errno == ELOOP))
        return true;
    if (fd < 0)
        return err_sys(err, EXIT_SETUP, errno, "PathMissing", "cannot open %s, which the profile shows", path);
    added = rule_for_open(ruleset, fd, path, access, err);
    close(fd);
    return added;
}

static bool name_is_listed(const char *list, const char *name)
{
    size_t size = strlen(name);

    for (const char *at = list; at && (at = strstr(at, name)); at += size)
        if ((at == list || at[-1] == ' ') && (at[size] == ' ' || !at[size]))
            return true;
    return false;
}

// Is FOLDER/NAME the home, or a folder above it? Then a rule on it would give the home as well.
static bool leads_home(const struct account *account, const char *folder, const char *name)
{
    char path[PATH_TEXT];
    int size = snprintf(path, sizeof path, "%s/%s", folder, name);

    return account->known && size < (int)sizeof path && !strncmp(account->home, path, (size_t)size) &&
           (account->home[size] == '/' || !account->home[size]);
}

// What a link leads to has a rule of its own where it is wanted, and none where it is an exception.
static bool entry_wanted(const struct account *account, const char *folder, const char *except, const struct dirent *entry)
{
    const char *name = entry->d_name;

    return entry->d_type != DT_LNK && strcmp(name, ".") && strcmp(name, "..") && !name_is_listed(except, name) &&
           !(name_is_listed(except, "~") && leads_home(account, folder, name));
}

static bool rules_for_entries(const struct account *account, const struct ruleset *ruleset, DIR *entries, const char *folder,
                              const struct policy_landlock_rule *rule, struct err *err)
{
    bool added = true;

    for (struct dirent *entry; added && (entry = readdir(entries));)
        if (entry_wanted(account, folder, rule->except, entry))
            added = rule_for(ruleset, openat(dirfd(entries), entry->d_name, O_PATH | O_CLOEXEC | O_NOFOLLOW), entry->d_name,
                             entry->d_type == DT_REG ? rule->access & LL_FS_OF_FILE : rule->access, true, err);
    return added;
}

// "FOLDER/*": Landlock cannot take away from a rule on a folder, so every entry but the exceptions has one of its own.
static bool rules_for_folder(const struct account *account, const struct ruleset *ruleset, char *folder,
                             const struct policy_landlock_rule *rule, struct err *err)
{
    DIR *entries;
    bool added;

    folder[strlen(folder) - 2] = '\0';
    entries = opendir(*folder ? folder : "/");
    if (!entries && rule->optional && *folder)
        return true;
    if (!entries)
        return err_sys(err, EXIT_SETUP, errno, "LandlockFailed", "cannot list %s", *folder ? folder : "/");
    added = rules_for_entries(account, ruleset, entries, folder, rule, err);
    closedir(entries);
    return added;
}

static bool is_of_entries(const char *path)
{
    size_t size = strlen(path);

    return size >= 2 && !strcmp(path + size - 2, "/*");
}

static bool rule_add(const struct confine *confine, const struct ruleset *ruleset, const struct policy_landlock_rule *rule,
                     struct err *err)
{
    char path[PATH_TEXT];

    if (!strcmp(rule->path, POLICY_PAYLOAD))
        return rule_for_open(ruleset, confine->program, confine->path, rule->access, err);
    if (!account_path(&confine->account, rule->path, path, sizeof path))
        return rule->optional || err_set(err, EXIT_SETUP, "PathMissing", "%s: the account has no home", rule->path);
    if (is_of_entries(path))
        return rules_for_folder(&confine->account, ruleset, path, rule, err);
    return rule_for(ruleset, listed_open(confine, path, 0), path, rule->access, rule->optional, err);
}

static bool is_below(const char *path, const char *folder)
{
    size_t size = strlen(folder);
    return !strncmp(path, folder, size) && (path[size] == '/' || !path[size]);
}

// `folder` is as in rules_for_folder; what is shown is one of its entries, or below one.
static bool folder_shows(const struct account *account, const struct policy_landlock_rule *rule, char *folder, const char *path)
{
    char name[NAME_MAX + 1];

    folder[strlen(folder) - 2] = '\0';
    if (!is_below(path, folder) || !path[strlen(folder)])
        return false;
    path += strlen(folder) + 1;
    if (snprintf(name, sizeof name, "%.*s", (int)strcspn(path, "/"), path) >= (int)sizeof name)
        return false;
    return !name_is_listed(rule->except, name) && !(name_is_listed(rule->except, "~") && leads_home(account, folder, name));
}

static bool rule_shows(const struct confine *confine, const struct policy_landlock_rule *rule, const char *path)
{
    char folder[PATH_TEXT], real[PATH_TEXT];

    if (!(rule->access & LL_FS_EXECUTE) || !strcmp(rule->path, POLICY_PAYLOAD) ||
        !account_path(&confine->account, rule->path, folder, sizeof folder))
        return false;
    if (is_of_entries(folder))
        return folder_shows(&confine->account, rule, folder, path);
    return is_below(path, folder) || (realpath(folder, real) && (!strcmp(real, "/") || is_below(path, real)));
}

bool landlock_shows(const struct confine *confine, const char *path)
{
    const struct policy *policy = confine->policy;
    char real[PATH_TEXT];

    if (!realpath(path, real))
        return false;
    for (size_t i = 0; i < policy->landlock_count; i++)
        if (rule_shows(confine, &policy->landlock[i], real))
            return true;
    return false;
}

static bool ports_add(const struct policy *policy, int abi, const struct ruleset *ruleset, struct err *err)
{
    if (!(policy->landlock_net & landlock_net_of_abi(abi)))
        return true;
    for (size_t i = 0; i < policy->connect_port_count; i++) {
        struct landlock_port rule = {.access = LL_NET_CONNECT_TCP, .port = policy->connect_ports[i]};
        if (kernel_landlock_add(ruleset->fd, LANDLOCK_BY_PORT, &rule) < 0)
            return err_sys(err, EXIT_SETUP, errno, "LandlockFailed", "cannot add a Landlock rule for port %u",
                           policy->connect_ports[i]);
    }
    return true;
}

static bool rules_add(const struct confine *confine, int abi, const struct ruleset *ruleset, struct err *err)
{
    for (size_t i = 0; i < confine->policy->landlock_count; i++)
        if (!rule_add(confine, ruleset, &confine->policy->landlock[i], err))
            return false;
    return ports_add(confine->policy, abi, ruleset, err);
}

bool step_landlock(struct confine *confine, struct err *err)
{
    int abi = abi_of_kernel();
    struct ruleset ruleset = {-1, 0};
    bool done;

    if (!abi_suffices(confine->policy, abi, err))
        return false;
    if (abi == 0)
        return true; // the policy says that nothing rests on it
    if (!ruleset_new(confine->policy, abi, &ruleset, err))
        return false;
    done = rules_add(confine, abi, &ruleset, err);
    if (done && kernel_landlock_restrict(ruleset.fd) < 0)
        done = err_sys(err, EXIT_SETUP, errno, "LandlockFailed", "cannot enforce the Landlock rules");
    close(ruleset.fd);
    return done;
}
