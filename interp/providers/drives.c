// Drives and the current location. The process itself never changes its directory: every path is made
// absolute.
#include "interp/providers/drives.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/providers/environment.h"
#include "interp/providers/locations.h"
#include "interp/providers/owner.h"

static bool same_name(const struct drive *drive, const char *name, size_t size)
{
    return utf8_same_ignore_case(drive->name.string->text, drive->name.string->size, name, size);
}

static void drive_free(struct drive *drive)
{
    value_drop(drive->name);
    value_drop(drive->root);
    value_drop(drive->current);
    value_drop(drive->description);
    mem_free(drive, sizeof *drive);
}

static bool fill_drive(struct interp *in, struct drive *drive, const char *name, const char *root,
                       const char *description)
{
    return string_text(in, name, &drive->name) && string_text(in, root, &drive->root) &&
           string_text(in, "", &drive->current) && string_text(in, description, &drive->description);
}

static bool append_drive(struct interp *in, const char *name, enum provider_id provider, const char *root,
                         const char *description)
{
    struct drive *drive = mem_new(1, sizeof *drive), **end = &in->drives->first;
    if (!drive)
        return throw_memory(in);
    drive->provider = provider;
    if (!fill_drive(in, drive, name, root, description)) {
        drive_free(drive);
        return false;
    }
    while (*end)
        end = &(*end)->next;
    *end = drive;
    return true;
}

bool drive_add(struct interp *in, const char *name, enum provider_id provider, const char *root,
               const char *description)
{
    return drives_start(in) && append_drive(in, name, provider, root, description);
}

bool drive_remove(struct interp *in, struct drive *drive)
{
    struct drive **at = &in->drives->first;
    while (*at != drive)
        at = &(*at)->next;
    *at = drive->next;
    bool here = in->drives->current == drive;
    drive->next = in->drives->removed;
    in->drives->removed = drive;
    if (!here)
        return true;
    in->drives->current = in->drives->first;
    return location_publish(in);
}

static void scope_ended(struct interp *in, const struct scope *scope)
{
    for (struct drive *drive = in->drives ? in->drives->first : NULL, *next; drive; drive = next) {
        next = drive->next;
        if (drive->scope == scope)
            drive_remove(in, drive);
    }
}

static const char *temp_root(const struct interp *in)
{
    const char *given = environment_get(in, "TMPDIR");
    return given && *given == '/' ? given : "/tmp/";
}

static bool standard_drives(struct interp *in)
{
    return append_drive(in, "/", PROVIDER_filesystem, "/", "") &&
           append_drive(in, "Alias", PROVIDER_alias, "", "The aliases of this session") &&
           append_drive(in, "Env", PROVIDER_environment, "", "The environment variables of this session") &&
           append_drive(in, "Function", PROVIDER_function, "", "The functions of this session") &&
           append_drive(in, "Temp", PROVIDER_filesystem, temp_root(in), "The folder for temporary files") &&
           append_drive(in, "Variable", PROVIDER_variable, "", "The variables of this session");
}

static bool is_folder(const char *path)
{
    struct stat stat;
    return fstatat(AT_FDCWD, path, &stat, 0) == 0 && S_ISDIR(stat.st_mode);
}

// Where the session starts: its directory, where it sees files at all and that one among them.
static bool starting_location(struct interp *in)
{
    struct drive *root = in->drives->first;
    const char *directory = in->session->directory;
    if (!directory || *directory != '/' || !is_folder(directory))
        directory = "";
    value current;
    if (!string_text(in, *directory == '/' ? directory + 1 : "", &current))
        return false;
    value_drop(root->current);
    root->current = current;
    in->drives->current = root;
    return location_publish(in);
}

bool drives_start(struct interp *in)
{
    if (in->drives)
        return true;
    in->drives = mem_new(1, sizeof *in->drives);
    in->providers_end = drives_end;
    in->scope_ended = scope_ended;
    if (!in->drives)
        return throw_memory(in);
    if (environment_start(in) && standard_drives(in) && string_text(in, "default", &in->drives->stack_name) &&
        table_new(in, false, &in->drives->stacks) && starting_location(in))
        return true;
    drives_end(in);
    return false;
}

static void free_drives(struct drive *drive)
{
    for (struct drive *next; drive; drive = next) {
        next = drive->next;
        drive_free(drive);
    }
}

void drives_end(struct interp *in)
{
    if (!in->drives)
        return;
    free_drives(in->drives->first);
    free_drives(in->drives->removed);
    owner_forget(in);
    value_drop(in->drives->environment);
    value_drop(in->drives->stacks);
    value_drop(in->drives->stack_name);
    mem_free(in->drives, sizeof *in->drives);
    in->drives = NULL;
}

struct drive *drive_first(struct interp *in)
{
    return drives_start(in) ? in->drives->first : NULL;
}

struct drive *drive_current(struct interp *in)
{
    return drives_start(in) ? in->drives->current : NULL;
}

struct drive *drive_find(struct interp *in, const char *name, size_t size)
{
    for (struct drive *drive = drive_first(in); drive; drive = drive->next)
        if (same_name(drive, name, size))
            return drive;
    return NULL;
}

bool provider_visible(const struct interp *in, enum provider_id id)
{
    return in->session->providers >> id & 1;
}
