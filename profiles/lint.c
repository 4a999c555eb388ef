#include "profiles/lint.h"

#include <string.h>

#include "base/utf8.h"
#include "base/wildcard.h"

static const struct {
    const char *id, *key, *names, *what;
} lints[] = {
#define LINT(id, key, names, what) {id, key, names, what},
#include "profiles/lints.def"
#undef LINT
};

// The name of a list's element: text, or the Name of a table.
static const struct data *name_of(const struct data *item)
{
    const struct data_entry *name = item->kind == DATA_TABLE ? data_find(item, "Name") : NULL;
    const struct data *value = name ? name->value : item;
    return value->kind == DATA_STRING ? value : NULL;
}

static bool covers(const struct data *written, const char *name, size_t size)
{
    const char *slash = strrchr(written->text.at, '\\');
    const char *pattern = slash ? slash + 1 : written->text.at;
    size_t pattern_size = strlen(pattern);
    if (strcmp(pattern, "*") == 0 && !slash)
        return false; // LintEverything says it once
    if (wildcard_has(pattern, pattern_size))
        return wildcard_match(pattern, pattern_size, name, size, true);
    return utf8_same_ignore_case(pattern, pattern_size, name, size);
}

static bool is_covered(const struct data_entry *entry, const char *name, size_t size)
{
    struct data_list list = data_list_of(entry->value);
    for (size_t i = 0; i < list.count; i++) {
        const struct data *written = name_of(data_list_at(&list, i));
        if (written && covers(written, name, size))
            return true;
    }
    return false;
}

static bool lint_names(struct loader *loader, size_t row)
{
    const struct data_entry *entry = data_find(loader->table, lints[row].key);
    for (const char *name = lints[row].names; entry && *name; name += strspn(name, " ")) {
        size_t size = strcspn(name, " ");
        if (is_covered(entry, name, size) && !load_note(loader, entry, false, lints[row].id, "%s: %.*s %s",
                                                        lints[row].key, (int)size, name, lints[row].what))
            return false;
        name += size;
    }
    return true;
}

static bool lint_everything(struct loader *loader, const char *key)
{
    const struct data_entry *entry = data_find(loader->table, key);
    struct data_list list = entry ? data_list_of(entry->value) : (struct data_list){0};
    for (size_t i = 0; i < list.count; i++)
        if (data_is_text(data_list_at(&list, i), "*"))
            return load_note(loader, entry, false, "LintEverything", "%s = '*' shows everything there is",
                             key);
    return true;
}

static bool lint_writable(struct loader *loader, const struct profile *profile)
{
    for (size_t i = 0; i < profile->mount_count; i++)
        if (profile->mounts[i].writable && profile->type != SESSION_DEFAULT)
            return load_note(
                loader, data_find(loader->table, "Linux"), false, "LintWritable",
                "%s can be written by the session: no program, module or profile may lie below it",
                profile->mounts[i].path);
    return true;
}

static bool lint_unlisted(struct loader *loader)
{
    const struct data_entry *aliases = data_find(loader->table, "AliasDefinitions");
    const struct data_entry *listed = data_find(loader->table, "VisibleAliases");
    if (!aliases || !data_asks(aliases->value) || (listed && data_asks(listed->value)))
        return true;
    return load_note(loader, aliases, false, "LintUnlisted",
                     "without VisibleAliases every alias defined here is visible");
}

bool lint(struct loader *loader, const struct profile *profile)
{
    static const char *const everything[] = {"VisibleCmdlets", "VisibleFunctions", "VisibleExternalCommands",
                                             "VisibleProviders"};
    for (size_t i = 0; i < sizeof lints / sizeof *lints; i++)
        if (!lint_names(loader, i))
            return false;
    for (size_t i = 0; i < sizeof everything / sizeof *everything; i++)
        if (!lint_everything(loader, everything[i]))
            return false;
    return lint_writable(loader, profile) && lint_unlisted(loader);
}
