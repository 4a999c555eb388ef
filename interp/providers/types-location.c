// PathInfo, PathInfoStack, PSDriveInfo, ProviderInfo.
#include "interp/eval/interp.h"
#include "interp/providers/locations.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"

#define AS(type, v) ((struct type *)(v).object)

static bool give(value v, value *ret)
{
    *ret = value_keep(v);
    return true;
}

// A getter that gives a field of the object.
#define FIELD(function, type, field)                                                                         \
    static bool function(struct interp *in, value self, value *ret)                                          \
    {                                                                                                        \
        (void)in;                                                                                            \
        return give(AS(type, self)->field, ret);                                                             \
    }

// --- PathInfo
// ---------------------------------------------------------------------------------------------------

FIELD(get_info_drive, path_info, drive)
FIELD(get_info_provider, path_info, provider)
FIELD(get_info_provider_path, path_info, provider_path)
FIELD(get_info_path, path_info, path)

static const struct property path_info_properties[] = {
    {"Drive", get_info_drive, NULL},
    {"Provider", get_info_provider, NULL},
    {"ProviderPath", get_info_provider_path, NULL},
    {"Path", get_info_path, NULL},
    {0},
};

static void path_info_release(struct object *object)
{
    struct path_info *info = (struct path_info *)object;
    value_drop(info->drive);
    value_drop(info->provider);
    value_drop(info->path);
    value_drop(info->provider_path);
}

const struct type type_path_info = {
    .name = "System.Management.Automation.PathInfo",
    .base = &type_object,
    .properties = path_info_properties,
    .to_string = get_info_path,
    .release = path_info_release,
    .size = sizeof(struct path_info),
    .type_code = 1,
};

bool path_info_new(struct interp *in, const struct drive *drive, enum provider_id provider, value path,
                   value provider_path, value *ret)
{
    value v;
    if (!object_new(in, &type_path_info, &v))
        return false;
    AS(path_info, v)->path = value_keep(path);
    AS(path_info, v)->provider_path = value_keep(provider_path);
    if (!provider_info_new(in, provider, &AS(path_info, v)->provider) ||
        (drive && !drive_info_new(in, drive, &AS(path_info, v)->drive)))
        return value_drop(v), false;
    *ret = v;
    return true;
}

static bool get_list_count(struct interp *in, value self, value *ret)
{
    (void)in;
    *ret = value_int((int32_t)self.array->count);
    return true;
}

static const struct property stack_properties[] = {{"Count", get_list_count, NULL}, {0}};

const struct type type_path_info_stack = {
    .name = "System.Management.Automation.PathInfoStack",
    .base = &type_object,
    .properties = stack_properties,
    .type_code = 1,
};

// --- PSDriveInfo
// --------------------------------------------------------------------------------------------------

FIELD(get_drive_name, drive_info, name)
FIELD(get_drive_root, drive_info, root)
FIELD(get_drive_current, drive_info, current)
FIELD(get_drive_description, drive_info, description)

static bool get_drive_provider(struct interp *in, value self, value *ret)
{
    return provider_info_new(in, AS(drive_info, self)->provider, ret);
}

static bool get_null(struct interp *in, value self, value *ret)
{
    (void)in, (void)self;
    *ret = value_null;
    return true;
}

static bool get_colon(struct interp *in, value self, value *ret)
{
    (void)in;
    *ret = value_bool(!value_is_text(AS(drive_info, self)->name, "/"));
    return true;
}

static const struct property drive_properties[] = {
    {"Used", get_null, NULL},
    {"Free", get_null, NULL},
    {"CurrentLocation", get_drive_current, NULL},
    {"Name", get_drive_name, NULL},
    {"Provider", get_drive_provider, NULL},
    {"Root", get_drive_root, NULL},
    {"Description", get_drive_description, NULL},
    {"MaximumSize", get_null, NULL},
    {"DisplayRoot", get_null, NULL},
    {"VolumeSeparatedByColon", get_colon, NULL},
    {0},
};

static void drive_info_release(struct object *object)
{
    struct drive_info *info = (struct drive_info *)object;
    value_drop(info->name);
    value_drop(info->root);
    value_drop(info->current);
    value_drop(info->description);
}

const struct type type_drive_info = {
    .name = "System.Management.Automation.PSDriveInfo",
    .base = &type_object,
    .properties = drive_properties,
    .to_string = get_drive_name,
    .release = drive_info_release,
    .size = sizeof(struct drive_info),
    .type_code = 1,
};

bool drive_info_new(struct interp *in, const struct drive *drive, value *ret)
{
    if (!object_new(in, &type_drive_info, ret))
        return false;
    struct drive_info *info = AS(drive_info, *ret);
    info->name = value_keep(drive->name);
    info->root = value_keep(drive->root);
    info->current = value_keep(drive->current);
    info->description = value_keep(drive->description);
    info->provider = drive->provider;
    return true;
}

// --- ProviderInfo
// ---------------------------------------------------------------------------------------------------

static const struct provider *provider_of(value self)
{
    return provider_table[AS(provider_info, self)->id];
}

static bool get_provider_name(struct interp *in, value self, value *ret)
{
    return string_text(in, provider_of(self)->name, ret);
}

static bool get_provider_type(struct interp *in, value self, value *ret)
{
    return string_text(in, provider_of(self)->type_name, ret);
}

static bool get_provider_description(struct interp *in, value self, value *ret)
{
    return string_text(in, provider_of(self)->description, ret);
}

static bool get_provider_capabilities(struct interp *in, value self, value *ret)
{
    (void)in;
    *ret = enum_value(&type_provider_capabilities, provider_of(self)->capabilities);
    return true;
}

static bool get_provider_home(struct interp *in, value self, value *ret)
{
    const char *home = in->session->home;
    return string_text(in, AS(provider_info, self)->id == PROVIDER_filesystem && home ? home : "", ret);
}

static bool add_drive(struct interp *in, struct array *list, const struct drive *drive)
{
    value info;
    if (!drive_info_new(in, drive, &info))
        return false;
    bool ok = list_add(in, list, info);
    value_drop(info);
    return ok;
}

static bool get_provider_drives(struct interp *in, value self, value *ret)
{
    value list;
    if (!list_new(in, &type_collection, &list))
        return false;
    for (struct drive *drive = drive_first(in); drive; drive = drive->next)
        if (drive->provider == AS(provider_info, self)->id && !add_drive(in, list.array, drive))
            return value_drop(list), false;
    *ret = list;
    return true;
}

static bool get_module_name(struct interp *in, value self, value *ret)
{
    (void)self;
    return string_text(in, "Microsoft.PowerShell.Core", ret);
}

static bool get_separator(struct interp *in, value self, value *ret)
{
    (void)in, (void)self;
    *ret = (value){.kind = V_CHAR, .i = '/'};
    return true;
}

static bool get_alt_separator(struct interp *in, value self, value *ret)
{
    (void)in, (void)self;
    *ret = (value){.kind = V_CHAR, .i = '\\'};
    return true;
}

static const struct property provider_properties[] = {
    {"ImplementingType", get_provider_type, NULL},
    {"Name", get_provider_name, NULL},
    {"ModuleName", get_module_name, NULL},
    {"Description", get_provider_description, NULL},
    {"Capabilities", get_provider_capabilities, NULL},
    {"Home", get_provider_home, NULL},
    {"Drives", get_provider_drives, NULL},
    {"ItemSeparator", get_separator, NULL},
    {"AltItemSeparator", get_alt_separator, NULL},
    {0},
};

static bool provider_to_string(struct interp *in, value self, value *ret)
{
    return string_printf(in, ret, "Microsoft.PowerShell.Core\\%s", provider_of(self)->name);
}

const struct type type_provider_info = {
    .name = "System.Management.Automation.ProviderInfo",
    .base = &type_object,
    .properties = provider_properties,
    .to_string = provider_to_string,
    .size = sizeof(struct provider_info),
    .type_code = 1,
};

bool provider_info_new(struct interp *in, enum provider_id id, value *ret)
{
    if (!object_new(in, &type_provider_info, ret))
        return false;
    AS(provider_info, *ret)->id = id;
    return true;
}
