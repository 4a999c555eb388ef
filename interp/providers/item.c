// An item as commands hand it out: the provider's object with notes that say where it came from.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/providers/locations.h"

static enum provider_id provider_number(const struct provider *provider)
{
    for (int id = 0; id < PROVIDERS; id++)
        if (provider_table[id] == provider)
            return (enum provider_id)id;
    return PROVIDER_filesystem;
}

static bool qualified(struct interp *in, const struct provider *provider, const char *path, size_t size,
                      value *ret)
{
    return string_printf(in, ret, "Microsoft.PowerShell.Core\\%s::%.*s", provider->name, (int)size, path);
}

bool place_ps_path(struct interp *in, const struct place *place, value *ret)
{
    return qualified(in, place->provider, value_text(place->path), place->path.string->size, ret);
}

static bool add_note(struct interp *in, value item, const char *name, value *note) // drops the note
{
    bool ok = member_add(in, item, name, *note);
    value_drop(*note);
    return ok;
}

static bool add_parent(struct interp *in, const struct place *place, value item)
{
    const char *path = value_text(place->path);
    size_t size = place->provider->hierarchical ? path_parent_size(path) : 0;
    value note;
    if (size == 0 && place->provider->hierarchical)
        return string_text(in, "", &note) && add_note(in, item, "PSParentPath", &note);
    return qualified(in, place->provider, path, size, &note) && add_note(in, item, "PSParentPath", &note);
}

static bool add_leaf(struct interp *in, const struct place *place, value item)
{
    const char *path = value_text(place->path);
    size_t size = strlen(path);
    value note;
    if (place->provider->hierarchical)
        path = path_leaf(path, &size);
    return string_new(in, path, size, &note) && add_note(in, item, "PSChildName", &note);
}

bool place_origin(struct interp *in, const struct place *place, value item)
{
    value note;
    if (!place_ps_path(in, place, &note) || !add_note(in, item, "PSPath", &note))
        return false;
    if (!add_parent(in, place, item) || !add_leaf(in, place, item))
        return false;
    if (place->drive && (!drive_info_new(in, place->drive, &note) || !add_note(in, item, "PSDrive", &note)))
        return false;
    return provider_info_new(in, provider_number(place->provider), &note) &&
           add_note(in, item, "PSProvider", &note);
}

bool place_notes(struct interp *in, const struct place *place, value item, bool container)
{
    return place_origin(in, place, item) && member_add(in, item, "PSIsContainer", value_bool(container));
}

bool place_item(struct command *cmd, const struct place *place, value *ret_item)
{
    struct item_look look = {0};
    value item;
    if (!place_look(cmd, place, &look) ||
        !place->provider->get(cmd, place->provider, value_text(place->path), &item))
        return false;
    if (value_is_heap(item) && !place_notes(cmd->in, place, item, look.container))
        return value_drop(item), false;
    *ret_item = item;
    return true;
}

bool place_write(struct command *cmd, const struct place *place)
{
    value item;
    if (!place_item(cmd, place, &item))
        return false;
    if (item.kind == V_VOID)
        return true;
    return cmd_take(cmd, item);
}
