#include "profiles/linux.h"

#include <string.h>

#include "base/utf8.h"

struct setting {
    struct loader *loader;
    struct profile *profile;
    const struct data_entry *entry; // inside of Linux
    const char *form;               // what a value looks like
};

static const char *const tier_words[] = {[TIER_FULL] = "full", [TIER_INPLACE] = "in-place"};
static const char *const network_words[] = {
    [NETWORK_NONE] = "None", [NETWORK_LOOPBACK] = "Loopback", [NETWORK_HOST] = "Host"};
static const char *const view_words[] = {
#define VIEW(id, name, what) [VIEW_##id] = name,
#include "profiles/views.def"
#undef VIEW
};

static bool bad_value(struct setting *s, const struct data *at, const char *id)
{
    return load_fail(s->loader, at, id, "Linux.%s has to be %s", s->entry->key->text.at, s->form);
}

static bool read_word(struct setting *s, const struct data *value, const char *const *words, size_t count,
                      size_t *ret_word)
{
    for (size_t i = 0; i < count; i++) {
        if (data_is_text(value, words[i])) {
            *ret_word = i;
            return true;
        }
    }
    return bad_value(s, value, "DISCTypeMustBeValidEnum");
}

static bool read_number(struct setting *s, const struct data *value, uint64_t largest, uint64_t *ret_number)
{
    bool whole =
        value->kind == DATA_NUMBER && (value->number.type == NUM_I32 || value->number.type == NUM_I64);
    if (!whole)
        return bad_value(s, value, "DISCTypeMustBeInteger");
    if (value->number.i < 1 || (uint64_t)value->number.i > largest)
        return load_fail(s->loader, value, "LinuxValueOutOfRange", "the number has to lie between 1 and %llu",
                         (unsigned long long)largest);
    *ret_number = (uint64_t)value->number.i;
    return true;
}

static bool unbuilt(struct setting *s, const char *what)
{
    return load_note(s->loader, s->entry, true, "EffectNotBuilt",
                     "Linux.%s %s, which this version of jesh does not do: remove it", s->entry->key->text.at,
                     what);
}

// ---- single words ----

static bool read_tier(struct setting *s)
{
    size_t word = 0;
    if (!read_word(s, s->entry->value, tier_words, 2, &word))
        return false;
    s->profile->minimum_tier = (enum tier)word;
    return true;
}

static bool read_view(struct setting *s)
{
    size_t word = 0;
    if (!read_word(s, s->entry->value, view_words, VIEWS, &word))
        return false;
    s->profile->view = (enum view)word;
    return true;
}

static bool read_run_as(struct setting *s)
{
    static const char *const words[] = {"Caller", "Endpoint"};
    size_t word = 0;
    if (!read_word(s, s->entry->value, words, 2, &word))
        return false;
    return word == 0 || unbuilt(s, "lends the session another identity");
}

static bool read_user(struct setting *s)
{
    const struct data *value = s->entry->value;
    if (!data_is_clean(value) || strchr(value->text.at, ':') || strchr(value->text.at, '/'))
        return bad_value(s, value, "DISCTypeMustBeString");
    if (strcmp(value->text.at, "root") == 0 || strcmp(value->text.at, "0") == 0)
        return load_fail(s->loader, value, "LinuxUserIsRoot", "nothing runs as root: name another user");
    s->profile->user = value->text.at;
    return true;
}

static bool read_flag_unbuilt(struct setting *s)
{
    if (s->entry->value->kind != DATA_BOOL)
        return bad_value(s, s->entry->value, "DISCTypeMustBeBoolean");
    return !s->entry->value->flag || unbuilt(s, "is for external commands");
}

static bool read_table_unbuilt(struct setting *s)
{
    if (s->entry->value->kind != DATA_TABLE)
        return bad_value(s, s->entry->value, "DISCTypeMustBeHashtable");
    return s->entry->value->table.count == 0 || unbuilt(s, "asks for something");
}

// ---- rights, limits, network ----

// FILE_READ may be written FileRead, file-read and so on.
static bool same_right(const char *row, const char *text)
{
    while (*row && *text) {
        if (*row == '_')
            row++;
        else if (*text == '_' || *text == '-')
            text++;
        else if ((*row++ | 0x20) != (*text++ | 0x20))
            return false;
    }
    return !*row && !*text;
}

static const char *right_name_at(size_t i)
{
    return right_name((enum right)i);
}

static bool read_right(struct setting *s, const struct data *item)
{
    if (item->kind != DATA_STRING)
        return bad_value(s, item, "DISCTypeMustBeStringArray");
    for (int i = 0; i < RIGHTS; i++) {
        if (same_right(right_name((enum right)i), item->text.at)) {
            s->profile->wrap_rights |= (rights_t)1 << i;
            return true;
        }
    }
    return load_fail(s->loader, item, "LinuxUnknownRight", "there is no right '%s'%s", item->text.at,
                     data_hint(item, (struct names){right_name_at, RIGHTS}).text);
}

static bool read_rights(struct setting *s)
{
    struct data_list list = data_list_of(s->entry->value);
    s->profile->has_wrap_rights = true;
    for (size_t i = 0; i < list.count; i++)
        if (!read_right(s, data_list_at(&list, i)))
            return false;
    return true;
}

static const char *limit_name_at(size_t i)
{
    return limit_rows[i].name;
}

static bool read_limit(struct setting *s, const struct data_entry *limit)
{
    enum limit row =
        limit->key->kind == DATA_STRING ? limit_find(limit->key->text.at, limit->key->text.size) : LIMITS;
    if (row == LIMITS)
        return load_fail(s->loader, limit->key, "DISCUnknownConfigName", "there is no such limit%s",
                         data_hint(limit->key, (struct names){limit_name_at, LIMITS}).text);
    uint64_t number;
    if (!read_number(s, limit->value, limit_rows[row].largest, &number))
        return false;
    s->profile->limits[row] = number * limit_rows[row].unit;
    return true;
}

static bool read_limits(struct setting *s)
{
    const struct data *value = s->entry->value;
    if (value->kind != DATA_TABLE)
        return bad_value(s, value, "DISCTypeMustBeHashtable");
    for (size_t i = 0; i < value->table.count; i++)
        if (!read_limit(s, &value->table.entries[i]))
            return false;
    return true;
}

static bool read_ports(struct setting *s, const struct data *value)
{
    struct data_list list = data_list_of(value);
    s->profile->ports = load_new(s->loader, list.count, sizeof *s->profile->ports);
    if (!s->profile->ports)
        return false;
    for (size_t i = 0; i < list.count; i++) {
        uint64_t port;
        if (!read_number(s, data_list_at(&list, i), UINT16_MAX, &port))
            return false;
        s->profile->ports[s->profile->port_count++] = (uint16_t)port;
    }
    // An empty list would say "no port" to its author and "every port" to the policy.
    return list.count > 0 || bad_value(s, value, "LinuxValueOutOfRange");
}

static bool read_network_mode(struct setting *s, const struct data *value)
{
    size_t word = 0;
    if (!read_word(s, value, network_words, 3, &word))
        return false;
    s->profile->network = (enum network)word;
    return true;
}

static bool read_network(struct setting *s)
{
    const struct data *value = s->entry->value;
    if (value->kind != DATA_TABLE)
        return read_network_mode(s, value);
    const struct data_entry *mode = data_find(value, "Mode"), *ports = data_find(value, "Ports");
    for (size_t i = 0; i < value->table.count; i++)
        if (&value->table.entries[i] != mode && &value->table.entries[i] != ports)
            return bad_value(s, value->table.entries[i].key, "DISCUnknownConfigName");
    if (!mode)
        return bad_value(s, value, "DISCTypeMustContainKey");
    return read_network_mode(s, mode->value) && (!ports || read_ports(s, ports->value));
}

// ---- mounts ----

static bool is_step_to_avoid(const char *part, size_t size)
{
    return (size == 1 && part[0] == '.') || (size == 2 && part[0] == '.' && part[1] == '.');
}

// The path without doubled and trailing slashes; refused where it is not absolute or has steps . and ..
// A leading ~ stands for the home of whoever asks, which the launch alone knows.
static bool normalise(struct setting *s, const struct data *value, const char **ret_path)
{
    bool home = value->kind == DATA_STRING && value->text.at[0] == '~';
    if (!data_is_clean(value) || value->text.at[home] != (home && value->text.size == 1 ? '\0' : '/'))
        return bad_value(s, value, "DISCPathsMustBeAbsolute");
    char *path = load_new(s->loader, value->text.size + 1, 1);
    if (!path)
        return false;
    size_t used = 0;
    if (home)
        path[used++] = '~';
    for (const char *part = value->text.at + home; *part;) {
        part += strspn(part, "/");
        size_t size = strcspn(part, "/");
        if (is_step_to_avoid(part, size))
            return bad_value(s, value, "DISCPathsMustBeAbsolute");
        if (size) {
            path[used++] = '/';
            memcpy(path + used, part, size);
            used += size;
        }
        part += size;
    }
    path[used] = '\0';
    *ret_path = path;
    return used > 0 || load_fail(s->loader, value, "LinuxMountIsRoot",
                                 "to show the whole file system say View = 'Caller'");
}

static bool read_mount_flag(struct setting *s, const struct data_entry *entry, bool *ret_flag)
{
    if (entry->value->kind != DATA_BOOL)
        return bad_value(s, entry->value, "DISCTypeMustBeBoolean");
    *ret_flag = entry->value->flag;
    return true;
}

static bool read_mount_key(struct setting *s, const struct data_entry *entry, struct profile_mount *mount)
{
    if (data_is_text(entry->key, "Path"))
        return normalise(s, entry->value, &mount->path);
    if (data_is_text(entry->key, "Writable"))
        return read_mount_flag(s, entry, &mount->writable);
    if (data_is_text(entry->key, "Optional"))
        return read_mount_flag(s, entry, &mount->optional);
    return bad_value(s, entry->key, "DISCUnknownConfigName");
}

static bool read_mount(struct setting *s, const struct data *item, struct profile_mount *mount)
{
    mount->line = item->line;
    mount->column = item->column;
    if (item->kind != DATA_TABLE)
        return normalise(s, item, &mount->path);
    for (size_t i = 0; i < item->table.count; i++)
        if (!read_mount_key(s, &item->table.entries[i], mount))
            return false;
    return mount->path || bad_value(s, item, "DISCTypeMustContainKey");
}

static bool is_new_mount(struct setting *s, const struct data *item, const char *path)
{
    for (size_t i = 0; i < s->profile->mount_count; i++)
        if (strcmp(s->profile->mounts[i].path, path) == 0)
            return load_fail(s->loader, item, "LinuxMountTwice", "%s is listed twice", path);
    return true;
}

static bool read_mounts(struct setting *s)
{
    struct data_list list = data_list_of(s->entry->value);
    s->profile->mounts = load_new(s->loader, list.count, sizeof *s->profile->mounts);
    if (!s->profile->mounts)
        return false;
    for (size_t i = 0; i < list.count; i++) {
        const struct data *item = data_list_at(&list, i);
        struct profile_mount mount = {0};
        if (!read_mount(s, item, &mount) || !is_new_mount(s, item, mount.path))
            return false;
        s->profile->mounts[s->profile->mount_count++] = mount;
    }
    return true;
}

// ---- environment ----

static void set_variable(struct profile *profile, const char *name, const char *value)
{
    size_t i = 0;
    while (i < profile->environment_count && strcmp(profile->environment[i].name, name) != 0)
        i++;
    profile->environment[i] = (struct session_pair){name, value};
    if (i == profile->environment_count)
        profile->environment_count++;
}

static bool read_variable(struct loader *loader, struct profile *profile, const struct data_entry *entry)
{
    if (!data_is_clean(entry->key) || strchr(entry->key->text.at, '='))
        return load_fail(loader, entry->key, "InvalidEnvironmentVariable",
                         "this is no name of an environment variable");
    const char *value = data_text_of(loader, entry->value);
    if (!value)
        return load_fail(loader, entry->value, "InvalidEnvironmentVariable",
                         "an environment variable's value is text");
    set_variable(profile, entry->key->text.at, value);
    return true;
}

static bool read_variables(struct loader *loader, struct profile *profile, const struct data *table)
{
    struct session_pair *grown =
        load_new(loader, profile->environment_count + table->table.count, sizeof *grown);
    if (!grown)
        return false;
    if (profile->environment_count)
        memcpy(grown, profile->environment, profile->environment_count * sizeof *grown);
    profile->environment = grown;
    for (size_t i = 0; i < table->table.count; i++)
        if (!read_variable(loader, profile, &table->table.entries[i]))
            return false;
    return true;
}

static bool read_environment(struct setting *s)
{
    if (s->entry->value->kind != DATA_TABLE)
        return bad_value(s, s->entry->value, "DISCTypeMustBeHashtable");
    return read_variables(s->loader, s->profile, s->entry->value);
}

// ---- the table ----

static const struct {
    const char *name;
    bool (*read)(struct setting *s);
    const char *form;
} settings[] = {
#define LINUX(id, name, reader, form) {name, read_##reader, form},
#include "profiles/linux.def"
#undef LINUX
};

enum { SETTINGS = sizeof settings / sizeof *settings };

static const char *setting_name_at(size_t i)
{
    return settings[i].name;
}

static bool read_setting(struct setting *s)
{
    const struct data *key = s->entry->key;
    for (size_t i = 0; i < SETTINGS; i++) {
        if (data_is_text(key, settings[i].name)) {
            s->form = settings[i].form;
            return settings[i].read(s);
        }
    }
    return load_fail(s->loader, key, "DISCUnknownConfigName", "there is no such setting under Linux%s",
                     data_hint(key, (struct names){setting_name_at, SETTINGS}).text);
}

// What the settings mean together.
static bool finish(struct loader *loader, struct profile *profile, const struct data_entry *entry,
                   bool view_said)
{
    if (!view_said && profile->mount_count > 0)
        profile->view = VIEW_PATHS;
    if (profile->view == VIEW_NONE && profile->mount_count > 0)
        return load_note(loader, entry, false, "MountsWithoutView", "View = 'None' shows none of the Mounts");
    if (profile->port_count > 0 && profile->network == NETWORK_NONE)
        return load_note(loader, entry, false, "PortsWithoutNetwork",
                         "Network = 'None' reaches none of the Ports");
    return true;
}

bool linux_load(struct loader *loader, struct profile *profile)
{
    const struct data_entry *variables = data_find(loader->table, "EnvironmentVariables");
    const struct data_entry *entry = data_find(loader->table, "Linux");
    profile->minimum_tier = TIER_INPLACE;
    profile->view = profile->type == SESSION_DEFAULT ? VIEW_CALLER : VIEW_NONE;
    if (variables && !read_variables(loader, profile, variables->value))
        return false;
    if (!entry)
        return true;
    for (size_t i = 0; i < entry->value->table.count; i++) {
        struct setting setting = {
            .loader = loader, .profile = profile, .entry = &entry->value->table.entries[i]};
        if (!read_setting(&setting))
            return false;
    }
    return finish(loader, profile, entry, data_find(entry->value, "View") != NULL);
}
