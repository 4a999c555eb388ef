// The current location of each drive, and the stacks that Push- and Pop-Location keep.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/providers/drives.h"
#include "interp/providers/locations.h"

static bool is_files(const struct drive *drive)
{
    return drive->provider == PROVIDER_filesystem;
}

bool location_show(struct interp *in, const struct drive *drive, value *ret_text)
{
    const char *current = value_text(drive->current);
    if (value_is_text(drive->name, "/"))
        return string_printf(in, ret_text, "/%s", current);
    return string_printf(in, ret_text, "%s:/%s", value_text(drive->name), current);
}

static bool provider_path(struct interp *in, const struct drive *drive, value *ret_text)
{
    const char *root = value_text(drive->root), *current = value_text(drive->current);
    size_t size = drive->root.string->size;
    bool separator = is_files(drive) && *current && size && root[size - 1] != '/';
    return string_printf(in, ret_text, "%s%s%s", root, separator ? "/" : "", current);
}

bool location_object(struct interp *in, const struct drive *drive, value *ret_info)
{
    value shown, path;
    if (!location_show(in, drive, &shown))
        return false;
    if (!provider_path(in, drive, &path))
        return value_drop(shown), false;
    bool ok = path_info_new(in, drive, drive->provider, shown, path, ret_info);
    value_drop(shown);
    value_drop(path);
    return ok;
}

bool location_publish(struct interp *in)
{
    value info;
    if (!location_object(in, in->drives->current, &info))
        return false;
    bool ok = interp_set_variable(in, "global:PWD", info);
    value_drop(info);
    return ok;
}

// The part of a place's path below its drive's root, without separators around it.
static const char *below_root(const struct place *place, size_t *ret_size)
{
    const char *path = value_text(place->path);
    size_t root = place->drive->root.string->size;
    if (strncmp(path, value_text(place->drive->root), root) == 0)
        path += root;
    while (*path == '/')
        path++;
    *ret_size = strlen(path);
    while (*ret_size && path[*ret_size - 1] == '/')
        (*ret_size)--;
    return path;
}

// Written as Provider::path there is no drive: the root drive holds every folder.
static struct drive *drive_for(struct interp *in, const struct place *place)
{
    if (place->drive)
        return place->drive;
    for (struct drive *drive = drive_first(in); drive; drive = drive->next)
        if (provider_table[drive->provider] == place->provider)
            return drive;
    return drive_current(in);
}

bool location_set(struct interp *in, const struct place *place)
{
    struct place at = *place;
    size_t size;
    value current;
    at.drive = drive_for(in, place);
    const char *text = below_root(&at, &size);
    if (!string_new(in, text, size, &current))
        return false;
    value_drop(at.drive->current);
    at.drive->current = current;
    in->drives->current = at.drive;
    return location_publish(in);
}

// --- Stacks
// ---------------------------------------------------------------------------------------------------

static bool stack_named(struct interp *in, const char *stack, bool make,
                        value *ret_list) // borrowed; $null: none
{
    const char *name = stack && *stack ? stack : value_text(in->drives->stack_name);
    const value *found = table_get_text(in->drives->stacks.table, name);
    value key, list;
    *ret_list = found ? *found : value_null;
    if (found || !make)
        return true;
    if (!list_new(in, &type_path_info_stack, &list))
        return false;
    bool ok = string_text(in, name, &key);
    if (ok) {
        ok = member_add(in, list, "Name", key) && table_set(in, in->drives->stacks.table, key, list);
        value_drop(key);
    }
    value_drop(list);
    *ret_list = list;
    return ok;
}

bool location_push(struct interp *in, const char *stack)
{
    value list, info;
    if (!drives_start(in) || !stack_named(in, stack, true, &list) ||
        !location_object(in, in->drives->current, &info))
        return false;
    bool ok = list_add(in, list.array, info);
    value_drop(info);
    return ok;
}

static bool restore(struct interp *in, const struct path_info *info)
{
    const struct drive_info *drive = (const struct drive_info *)info->drive.object;
    struct drive *found = drive_find(in, value_text(drive->name), drive->name.string->size);
    if (!found)
        return true; // the drive has gone since
    value_set(&found->current, drive->current);
    in->drives->current = found;
    return location_publish(in);
}

bool location_pop(struct interp *in, const char *stack, bool *ret_popped)
{
    value list;
    *ret_popped = false;
    if (!drives_start(in) || !stack_named(in, stack, false, &list))
        return false;
    if (value_is_null(list) || list.array->count == 0)
        return true;
    value last = list.array->items[--list.array->count];
    bool ok = restore(in, (const struct path_info *)last.object);
    value_drop(last);
    *ret_popped = ok;
    return ok;
}

bool location_stack(struct interp *in, const char *stack, value *ret_stack)
{
    value list;
    if (!drives_start(in) || !stack_named(in, stack, true, &list))
        return false;
    value copy;
    if (!list_new(in, &type_path_info_stack, &copy))
        return false;
    for (size_t i = list.array->count; i-- > 0;) // a stack gives its newest first
        if (!list_add(in, copy.array, list.array->items[i]))
            return value_drop(copy), false;
    const char *name = stack && *stack ? stack : value_text(in->drives->stack_name);
    value text;
    bool ok = string_text(in, name, &text);
    if (ok) {
        ok = member_add(in, copy, "Name", text);
        value_drop(text);
    }
    if (!ok)
        return value_drop(copy), false;
    *ret_stack = copy;
    return true;
}

bool location_use_stack(struct interp *in, const char *stack)
{
    value name;
    if (!drives_start(in) || !string_text(in, stack && *stack ? stack : "default", &name))
        return false;
    value_drop(in->drives->stack_name);
    in->drives->stack_name = name;
    return true;
}
