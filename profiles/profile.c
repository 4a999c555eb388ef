#include "profiles/profile.h"

#include <string.h>

#include "base/mem.h"
#include "profiles/linux.h"
#include "profiles/lint.h"
#include "profiles/shapes.h"
#include "profiles/visible.h"

// "/etc/jesh/endpoints/helpdesk.pssc" is called helpdesk.
static const char *short_name(struct loader *loader, const char *file)
{
    const char *slash = file ? strrchr(file, '/') : NULL;
    const char *base = slash ? slash + 1 : file ? file : "";
    const char *dot = strrchr(base, '.');
    size_t size = dot && dot != base ? (size_t)(dot - base) : strlen(base);
    return arena_text(loader->arena, base, size);
}

static bool load_kind(struct loader *loader, struct profile *profile)
{
    const struct data_entry *type = data_find(loader->table, "SessionType");
    const struct data_entry *mode = data_find(loader->table, "LanguageMode");
    profile->type = SESSION_DEFAULT;
    if (type)
        session_type_of(type->value, &profile->type);
    profile->mode = profile->type == SESSION_DEFAULT ? MODE_FULL : MODE_NONE;
    if (mode)
        language_mode_of(mode->value, &profile->mode);
    return true;
}

static bool note_kind(struct loader *loader, const struct profile *profile)
{
    const struct data_entry *type = data_find(loader->table, "SessionType");
    const struct data_entry *mode = data_find(loader->table, "LanguageMode");
    if (!data_find(loader->table, "SchemaVersion") &&
        !load_note(loader, NULL, false, "DISCMissingSchemaVersion",
                   "SchemaVersion is missing: PowerShell's test wants it"))
        return false;
    if (!type && !mode &&
        !load_note(loader, NULL, false, "DefaultSession",
                   "without SessionType and LanguageMode the session is Default in FullLanguage"))
        return false;
    if (profile->mode == MODE_NONE || profile->type == SESSION_DEFAULT)
        return true;
    return load_note(loader, mode, false, "LanguageBesideHiddenCommands",
                     "%s beside hidden commands: NoLanguage is the recommended mode",
                     mode_name(profile->mode));
}

static bool load_all(struct profile *profile, struct err *err)
{
    struct loader loader;
    loader_init(&loader, profile->source, profile->table, err);
    profile->file = profile->source->name;
    profile->name = short_name(&loader, profile->file);
    return keys_check(&loader, profile->table, IN_SESSION) && load_kind(&loader, profile) &&
           shapes_check(&loader, profile->table, IN_SESSION) && linux_load(&loader, profile) &&
           visible_resolve(&loader, profile) && note_kind(&loader, profile) && lint(&loader, profile) &&
           load_notes_into(&loader, &profile->notes, &profile->note_count);
}

bool profile_load(const char *bytes, size_t size, const char *name, struct profile **ret_profile,
                  struct err *err)
{
    struct profile *profile = mem_new(1, sizeof *profile);
    if (!profile)
        return err_set(err, EXIT_SETUP, "OutOfMemory", "no memory left for this profile");
    if (!data_read(bytes, size, name, &profile->source, &profile->table, err) || !load_all(profile, err)) {
        profile_free(profile);
        return false;
    }
    *ret_profile = profile;
    return true;
}

void profile_free(struct profile *profile)
{
    if (!profile)
        return;
    if (profile->source)
        source_free(profile->source);
    mem_free(profile, sizeof *profile);
}

const struct profile_note *profile_refusal(const struct profile *profile)
{
    for (size_t i = 0; i < profile->note_count; i++)
        if (profile->notes[i].refuses)
            return &profile->notes[i];
    return NULL;
}

bool profile_admits(const struct profile *profile, struct err *err)
{
    const struct profile_note *note = profile_refusal(profile);
    if (!note)
        return true;
    err_set(err, EXIT_SETUP, note->id, "%s", note->text);
    return err_at(err, profile->file, note->line, note->column);
}

bool profile_runs_programs(const struct profile *profile)
{
    return profile->mode == MODE_FULL && profile->type == SESSION_DEFAULT && !profile->has_visible;
}

static rights_t visible_rights(const struct profile *profile)
{
    rights_t rights = RIGHT_BIT(BASE);
    for (size_t i = 0; i < profile->command_count; i++)
        rights |= cmdlet_rows[profile->commands[i].id].rights;
    for (int id = 0; id < PROVIDERS; id++)
        if (profile->providers >> id & 1)
            rights |= provider_rows[id].rights;
    if (profile_runs_programs(profile))
        rights |= RIGHT_BIT(EXEC) | RIGHT_BIT(FORK);
    return rights;
}

void profile_session(const struct profile *profile, enum tier tier, struct session *ret_session)
{
    *ret_session = (struct session){
        .mode = profile->mode,
        .type = profile->type,
        .tier = tier,
        .commands = profile->commands,
        .command_count = profile->command_count,
        .aliases = profile->aliases,
        .alias_count = profile->alias_count,
        .variables = profile->environment,
        .variable_count = profile->environment_count,
        .providers = profile->providers,
        .rights = visible_rights(profile),
        .profile = profile->name,
        .user = "",
        .home = "",
        .directory = "",
        .hostname = "",
    };
    for (int i = 0; i < LIMITS; i++)
        ret_session->limits[i] = limit_or_default((enum limit)i, profile->limits[i], false);
}
