#include "profiles/visible.h"

#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "base/wildcard.h"

struct resolver {
    struct loader *loader;
    struct profile *profile;
    bool shown[CMDLETS], proxy[CMDLETS];
};

// ---- lists of names ----

// Appends the strings of a key. Elements of other kinds have been judged by shapes_check.
static bool add_names(struct resolver *r, const char *key, const char ***names, size_t *count)
{
    const struct data_entry *entry = data_find(r->loader->table, key);
    if (!entry || !data_asks(entry->value))
        return true;
    struct data_list list = data_list_of(entry->value);
    const char **grown = load_new(r->loader, *count + list.count, sizeof *grown);
    if (!grown)
        return false;
    if (*count)
        memcpy(grown, *names, *count * sizeof *grown);
    for (size_t i = 0; i < list.count; i++)
        if (data_list_at(&list, i)->kind == DATA_STRING)
            grown[(*count)++] = data_list_at(&list, i)->text.at;
    *names = grown;
    r->profile->has_visible = true;
    return true;
}

static bool collect_names(struct resolver *r)
{
    struct profile *p = r->profile;
    const struct data_entry *programs = data_find(r->loader->table, "VisibleExternalCommands");
    p->has_visible = programs && data_asks(programs->value);
    return add_names(r, "VisibleCmdlets", &p->visible_cmdlets, &p->visible_cmdlet_count) &&
           add_names(r, "VisibleFunctions", &p->visible_cmdlets, &p->visible_cmdlet_count) &&
           add_names(r, "VisibleAliases", &p->visible_aliases, &p->visible_alias_count) &&
           add_names(r, "VisibleProviders", &p->visible_providers, &p->visible_provider_count);
}

// ---- matching ----

static bool matches(const char *pattern, size_t size, const char *name)
{
    if (!wildcard_has(pattern, size))
        return utf8_same_ignore_case(pattern, size, name, strlen(name));
    return wildcard_match(pattern, size, name, strlen(name), true);
}

// A pattern may be qualified: Module\Name, each part with wildcards of its own.
static bool matches_qualified(const char *pattern, const char *module, const char *name)
{
    const char *slash = strrchr(pattern, '\\');
    if (!slash)
        return matches(pattern, strlen(pattern), name);
    return matches(pattern, (size_t)(slash - pattern), module) && matches(slash + 1, strlen(slash + 1), name);
}

// jesh-restricted does not hold the commands that only the two other modes can use.
static bool is_built_for(enum language_mode mode, enum cmdlet_id id)
{
    bool small = mode == MODE_NONE || mode == MODE_RESTRICTED;
    return !(small && cmdlet_rows[id].flags & CMD_FULL);
}

// Import-Module and its alias would bring in commands that the profile does not list.
static bool is_kept_hidden(const char *name)
{
    return strcmp(name, "Import-Module") == 0 || strcmp(name, "ipmo") == 0;
}

// ---- commands ----

static void show(struct resolver *r, enum cmdlet_id id, bool proxy)
{
    if (!is_built_for(r->profile->mode, id))
        return;
    // Where the proxy is there already, the name stays the proxy's: one command, one set of limits.
    if (!r->shown[id])
        r->proxy[id] = proxy;
    r->shown[id] = true;
}

static void show_preset(struct resolver *r)
{
    for (int id = 0; id < CMDLETS; id++) {
        bool core = cmdlet_rows[id].flags & CMD_CORE;
        if (r->profile->type == SESSION_RESTRICTED && core)
            show(r, (enum cmdlet_id)id, strcmp(cmdlet_rows[id].name, "Clear-Host") != 0);
        if (r->profile->type == SESSION_DEFAULT && !r->profile->has_visible)
            show(r, (enum cmdlet_id)id, false);
    }
}

static bool show_matching(struct resolver *r, const char *pattern)
{
    bool any = false;
    for (int id = 0; id < CMDLETS; id++) {
        const char *name = cmdlet_rows[id].name;
        if (is_kept_hidden(name) || !matches_qualified(pattern, cmdlet_module((enum cmdlet_id)id), name))
            continue;
        show(r, (enum cmdlet_id)id, false);
        any = any || is_built_for(r->profile->mode, (enum cmdlet_id)id);
    }
    return any;
}

static bool matches_alias(struct resolver *r, const char *pattern)
{
    for (size_t i = 0; i < alias_count; i++)
        if (matches(pattern, strlen(pattern), alias_rows[i].name))
            return true;
    const struct data_entry *entry = data_find(r->loader->table, "AliasDefinitions");
    struct data_list list = entry ? data_list_of(entry->value) : (struct data_list){0};
    for (size_t i = 0; i < list.count; i++) {
        const struct data *name = data_find(data_list_at(&list, i), "Name")->value;
        if (name->kind == DATA_STRING && matches(pattern, strlen(pattern), name->text.at))
            return true;
    }
    return false;
}

static const char *cmdlet_name_at(size_t i)
{
    return cmdlet_rows[i].name;
}

static bool note_missing(struct resolver *r, const char *key, const char *name)
{
    const struct data_entry *entry = data_find(r->loader->table, key);
    if (wildcard_has(name, strlen(name)))
        return load_note(r->loader, entry, false, "PatternMatchesNothing", "'%s' matches no command here",
                         name);
    return load_note(r->loader, entry, false, "UnknownCommand",
                     "there is no command '%s' here, and the entry is skipped%s", name,
                     nearest_hint(name, strlen(name), (struct names){cmdlet_name_at, CMDLETS}).text);
}

static bool show_listed(struct resolver *r, const char *const *names, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (!show_matching(r, names[i]) && !matches_alias(r, names[i]) && !note_missing(r, key, names[i]))
            return false;
    return true;
}

static bool list_commands(struct resolver *r)
{
    struct profile *p = r->profile;
    p->commands = load_new(r->loader, CMDLETS, sizeof *p->commands);
    if (!p->commands)
        return false;
    for (int id = 0; id < CMDLETS; id++)
        if (r->shown[id])
            p->commands[p->command_count++] = (struct visible_command){.name = cmdlet_rows[id].name,
                                                                       .id = (enum cmdlet_id)id,
                                                                       .proxy = r->proxy[id],
                                                                       .visible = true};
    return true;
}

// ---- aliases ----

static bool is_listed(const struct profile *p, const char *name)
{
    for (size_t i = 0; i < p->visible_alias_count; i++)
        if (matches(p->visible_aliases[i], strlen(p->visible_aliases[i]), name))
            return true;
    for (size_t i = 0; i < p->visible_cmdlet_count; i++)
        if (matches(p->visible_cmdlets[i], strlen(p->visible_cmdlets[i]), name))
            return true;
    return false;
}

static bool is_preset(const struct profile *p, const struct alias_row *row)
{
    if (p->type == SESSION_DEFAULT)
        return !p->has_visible;
    const struct cmdlet_row *target = cmdlet_find(row->value, strlen(row->value));
    return p->type == SESSION_RESTRICTED && target && target->flags & CMD_CORE;
}

static bool same_alias(const char *a, const char *b)
{
    return utf8_same_ignore_case(a, strlen(a), b, strlen(b));
}

static void put_alias(struct profile *p, const char *name, const char *value)
{
    size_t i = 0;
    while (i < p->alias_count && !same_alias(p->aliases[i].name, name))
        i++;
    p->aliases[i] = (struct session_pair){name, value};
    if (i == p->alias_count)
        p->alias_count++;
}

// A hidden definition still takes the name from the built-in alias.
static void drop_alias(struct profile *p, const char *name)
{
    for (size_t i = 0; i < p->alias_count; i++)
        if (same_alias(p->aliases[i].name, name))
            p->aliases[i--] = p->aliases[--p->alias_count];
}

static bool define_alias(struct resolver *r, const struct data *table)
{
    const struct data *name = data_find(table, "Name")->value, *value = data_find(table, "Value")->value;
    if (!data_is_clean(name) || !data_is_clean(value))
        return load_fail(r->loader, table, "InvalidAliasDefinition", "Name and Value of an alias are text");
    if (r->profile->visible_alias_count == 0 || is_listed(r->profile, name->text.at))
        put_alias(r->profile, name->text.at, value->text.at);
    else
        drop_alias(r->profile, name->text.at);
    return true;
}

static bool list_aliases(struct resolver *r)
{
    struct profile *p = r->profile;
    const struct data_entry *entry = data_find(r->loader->table, "AliasDefinitions");
    struct data_list defined = entry ? data_list_of(entry->value) : (struct data_list){0};
    p->aliases = load_new(r->loader, alias_count + defined.count, sizeof *p->aliases);
    if (!p->aliases)
        return false;
    for (size_t i = 0; i < alias_count; i++)
        if (is_preset(p, &alias_rows[i]) ||
            (!is_kept_hidden(alias_rows[i].name) && is_listed(p, alias_rows[i].name)))
            p->aliases[p->alias_count++] = (struct session_pair){alias_rows[i].name, alias_rows[i].value};
    for (size_t i = 0; i < defined.count; i++)
        if (!define_alias(r, data_list_at(&defined, i)))
            return false;
    return true;
}

// ---- providers ----

static bool is_windows_provider(const char *name)
{
    static const char *const names[] = {"Registry", "Certificate", "WSMan"};
    for (size_t i = 0; i < 3; i++)
        if (utf8_same_ignore_case(names[i], strlen(names[i]), name, strlen(name)))
            return true;
    return false;
}

static const char *provider_name_at(size_t i)
{
    return provider_rows[i].name;
}

static bool note_missing_provider(struct resolver *r, const char *pattern)
{
    const struct data_entry *entry = data_find(r->loader->table, "VisibleProviders");
    if (is_windows_provider(pattern))
        return load_note(r->loader, entry, false, "UnknownProvider",
                         "there is no provider '%s' outside of Windows", pattern);
    return load_note(
        r->loader, entry, false, "UnknownProvider", "there is no provider '%s' here%s", pattern,
        nearest_hint(pattern, strlen(pattern), (struct names){provider_name_at, PROVIDERS}).text);
}

static bool show_provider(struct resolver *r, const char *pattern)
{
    bool any = false;
    for (int id = 0; id < PROVIDERS; id++) {
        if (!matches_qualified(pattern, "Microsoft.PowerShell.Core", provider_rows[id].name))
            continue;
        r->profile->providers |= UINT32_C(1) << id;
        any = true;
    }
    return any || note_missing_provider(r, pattern);
}

static bool list_providers(struct resolver *r)
{
    struct profile *p = r->profile;
    for (size_t i = 0; i < p->visible_provider_count; i++)
        if (!show_provider(r, p->visible_providers[i]))
            return false;
    if (p->type != SESSION_DEFAULT)
        return true;
    p->providers = (uint32_t)((UINT64_C(1) << PROVIDERS) - 1);
    return p->visible_provider_count == 0 ||
           load_note(r->loader, data_find(r->loader->table, "VisibleProviders"), false,
                     "ProvidersStayVisible",
                     "in a session of type Default every provider stays visible, as in PowerShell");
}

bool visible_resolve(struct loader *loader, struct profile *profile)
{
    struct resolver r = {.loader = loader, .profile = profile};
    if (!collect_names(&r))
        return false;
    show_preset(&r);
    return show_listed(&r, profile->visible_cmdlets, profile->visible_cmdlet_count, "VisibleCmdlets") &&
           show_listed(&r, profile->visible_aliases, profile->visible_alias_count, "VisibleAliases") &&
           list_commands(&r) && list_aliases(&r) && list_providers(&r);
}
