#include "launcher/environment.h"

#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "launcher/steps.h"
#include "launcher/timezone.h"

extern char **environ;

enum { VALUE_MOST = 64, FROM_CALLER = 32 };

const char *environment_value(char *const *environment, const char *name)
{
    size_t size = strlen(name);

    for (; environment && *environment; environment++)
        if (!strncmp(*environment, name, size) && (*environment)[size] == '=')
            return *environment + size + 1;
    return NULL;
}

static bool is_plain(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr("+-_.@", c));
}

// Programs take these values for names of files: of terminals, of locales, of time zones. Only a time zone may hold a
// slash, and none may begin with one, or climb.
static bool value_is_harmless(const char *name, const char *value)
{
    size_t size = strlen(value);

    if (!size || size > VALUE_MOST || value[0] == '/' || value[0] == '.' || strstr(value, ".."))
        return false;
    for (const char *at = value; *at; at++)
        if (!is_plain(*at) && !(!strcmp(name, "TZ") && strchr("/,<>:", *at) && at > value))
            return false;
    return true;
}

static const char *of_account(const struct account *account, const char *name)
{
    if (!strcmp(name, "HOME"))
        return account->home;
    if (!strcmp(name, "USER") || !strcmp(name, "LOGNAME"))
        return account->name;
    return !strcmp(name, "SHELL") && account->shell[0] ? account->shell : NULL;
}

struct list {
    struct arena *arena;
    char **entries;
    size_t count, room;
};

static bool list_add(struct list *list, const char *name, const char *value)
{
    char entry[ACCOUNT_PATH + VALUE_MOST * 2];
    int size = snprintf(entry, sizeof entry, "%s=%s", name, value);

    if (size < 0 || size >= (int)sizeof entry || list->count == list->room)
        return true; // too long to be one of the harmless ones
    list->entries[list->count] = arena_text(list->arena, entry, (size_t)size);
    return list->entries[list->count++] != NULL;
}

// All of the caller's variables that begin as `pattern` does before its star.
static bool list_add_matching(struct list *list, const char *pattern, char *const *caller)
{
    size_t before = strlen(pattern) - 1;
    char name[VALUE_MOST];

    for (; *caller; caller++) {
        size_t size = strcspn(*caller, "=");
        if (strncmp(*caller, pattern, before) || size >= sizeof name || !(*caller)[size])
            continue;
        snprintf(name, sizeof name, "%.*s", (int)size, *caller);
        if (strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == size && value_is_harmless(name, *caller + size + 1) &&
            !list_add(list, name, *caller + size + 1))
            return false;
    }
    return true;
}

static bool list_add_named(struct list *list, const char *name, const struct account *account, char *const *caller)
{
    const char *value = of_account(account, name);

    if (value)
        return list_add(list, name, value);
    if (name[strlen(name) - 1] == '*')
        return list_add_matching(list, name, caller);
    value = environment_value(caller, name);
    return !value || !value_is_harmless(name, value) || list_add(list, name, value);
}

// A session's view has no zone files, so its interpreter takes a rule only: the caller's if it is one, else the machine's.
static bool list_add_zone(struct list *list, char *const *caller)
{
    const char *asked = environment_value(caller, "TZ");
    char rule[VALUE_MOST];
    struct zone zone;

    if (asked && value_is_harmless("TZ", asked) && zone_parse(asked, strlen(asked), &zone))
        return list_add(list, "TZ", asked);
    return !timezone_rule("/etc/localtime", rule, sizeof rule) || list_add(list, "TZ", rule);
}

static bool entry_add(struct list *list, const struct policy *policy, const char *entry, const struct account *account,
                      char *const *caller)
{
    if (strchr(entry, '=')) {
        list->entries[list->count++] = (char *)(uintptr_t)entry;
        return true;
    }
    if (!*entry)
        return true;
    return !policy->wrap && !strcmp(entry, "TZ") ? list_add_zone(list, caller) : list_add_named(list, entry, account, caller);
}

static bool list_fill(struct list *list, const struct policy *policy, const struct account *account, char *const *caller)
{
    for (size_t i = 0; i < policy->environment_count; i++)
        if (!entry_add(list, policy, policy->environment[i], account, caller))
            return false;
    return true;
}

bool environment_build(const struct policy *policy, const struct account *account, char *const *caller, struct arena *arena,
                       char ***ret_environment, struct err *err)
{
    struct list list = {.arena = arena, .room = policy->environment_count + FROM_CALLER};

    list.entries = arena_new(arena, (list.room + policy->environment_count + 1) * sizeof *list.entries);
    if (!list.entries || !list_fill(&list, policy, account, caller))
        return err_set(err, EXIT_SETUP, "OutOfMemory", "no memory for the environment");
    *ret_environment = list.entries;
    return true;
}

bool step_environment(struct confine *confine, struct err *err)
{
    return environment_build(confine->policy, &confine->account, environ, confine->arena, &confine->environment, err);
}
