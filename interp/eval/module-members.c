// What programs read of a module and call on it. jesh-full alone.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/block.h"
#include "interp/eval/function-info.h"
#include "interp/eval/module.h"
#include "interp/eval/session-state.h"
#include "interp/value/enum.h"
#include "interp/value/method.h"
#include "interp/value/types-rows.h"
#include "interp/value/types.h"

#define GETTER(name) static bool name(struct interp *in, value self, value *ret)
#define FIELD(field)                                                                                         \
    GETTER(get_##field)                                                                                      \
    {                                                                                                        \
        return (void)in, *ret = value_keep(MODULE(self)->field), true;                                       \
    }

FIELD(name)
FIELD(prefix)
FIELD(private_data)
FIELD(root)
FIELD(on_remove)

static bool set_private_data(struct interp *in, value self, value to)
{
    return (void)in, value_set(&MODULE(self)->private_data, to), true;
}

static bool set_on_remove(struct interp *in, value self, value to)
{
    value block;
    if (value_is_null(to))
        return value_set(&MODULE(self)->on_remove, to), true;
    if (!value_convert(in, to, &type_scriptblock, &block))
        return false;
    value_set(&MODULE(self)->on_remove, block);
    return value_drop(block), true;
}

// A module that was made from a block has its own name as its path.
GETTER(get_path)
{
    const struct module *module = MODULE(self);
    *ret = value_keep(value_is_null(module->path) ? module->name : module->path);
    return (void)in, true;
}
GETTER(get_base)
{
    return (void)in, *ret = value_keep(MODULE(self)->base), true;
}

static bool version_of_parts(struct interp *in, const int32_t parts[4], value *ret)
{
    if (!object_new(in, &type_version, ret))
        return false;
    memcpy(((struct version *)ret->object)->parts, parts, 4 * sizeof *parts);
    return true;
}

GETTER(get_version)
{
    static const int32_t none[] = {0, 0, -1, -1};
    if (!value_is_null(MODULE(self)->version))
        return *ret = value_keep(MODULE(self)->version), true;
    return version_of_parts(in, none, ret);
}

GETTER(get_guid)
{
    if (!value_is_null(MODULE(self)->guid))
        return *ret = value_keep(MODULE(self)->guid), true;
    return object_new(in, &type_guid, ret);
}

GETTER(get_kind)
{
    return (void)in, *ret = enum_value(&type_module_type, MODULE(self)->kind), true;
}

GETTER(get_access)
{
    return (void)in, *ret = enum_value(&type_module_access_mode, MODULE(self)->access), true;
}
static bool set_access(struct interp *in, value self, value to)
{
    value mode;
    if (!value_convert(in, to, &type_module_access_mode, &mode))
        return throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null, "This is no mode of access.");
    if (MODULE(self)->access == ACCESS_CONSTANT)
        return throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null,
                           "A constant module stays one.");
    return MODULE(self)->access = (uint8_t)mode.i, true;
}

GETTER(get_false)
{
    return (void)in, (void)self, *ret = value_false, true;
}

GETTER(get_null)
{
    return (void)in, (void)self, *ret = value_null, true;
}

GETTER(get_empty_list)
{
    return (void)self, list_new(in, NULL, ret);
}

GETTER(get_empty_table)
{
    return (void)self, table_new(in, true, ret);
}

// --- From the manifest
// ----------------------------------------------------------------------------------------------

static const value *manifest_value(value self, const char *key)
{
    value manifest = MODULE(self)->manifest;
    return manifest.kind == V_TABLE ? table_get_text(manifest.table, key) : NULL;
}

static bool manifest_text(struct interp *in, value self, const char *key, const char *missing, value *ret)
{
    const value *found = manifest_value(self, key);
    if (found && !value_is_null(*found))
        return value_to_string(in, *found, ret);
    return missing ? string_text(in, missing, ret) : (*ret = value_null, true);
}

static bool manifest_as(struct interp *in, value self, const char *key, const struct type *type, value *ret)
{
    const value *found = manifest_value(self, key);
    if (found && !value_is_null(*found))
        return value_convert(in, *found, type, ret);
    return *ret = value_null, true;
}

static bool manifest_list(struct interp *in, const value *found, value *ret)
{
    struct value_walk walk;
    value item, list;
    bool ok = true;
    if (!list_new(in, NULL, &list))
        return false;
    value_walk_start(&walk, found ? *found : value_void);
    while (ok && found && !value_is_null(*found) && value_walk_next(in, &walk, &item)) {
        ok = list_add(in, list.array, item);
        value_drop(item);
    }
    if (!ok)
        return value_drop(list), false;
    return *ret = list, true;
}

#define TEXT_OF(getter, key, missing)                                                                        \
    GETTER(getter)                                                                                           \
    {                                                                                                        \
        return manifest_text(in, self, key, missing, ret);                                                   \
    }
#define TYPED_OF(getter, key, type)                                                                          \
    GETTER(getter)                                                                                           \
    {                                                                                                        \
        return manifest_as(in, self, key, &type, ret);                                                       \
    }
#define LIST_OF(getter, key)                                                                                 \
    GETTER(getter)                                                                                           \
    {                                                                                                        \
        return manifest_list(in, manifest_value(self, key), ret);                                            \
    }

TEXT_OF(get_description, "Description", "")
TEXT_OF(get_author, "Author", "")
TEXT_OF(get_company, "CompanyName", "")
TEXT_OF(get_copyright, "Copyright", "")
TEXT_OF(get_help_uri, "HelpInfoURI", NULL)
TEXT_OF(get_host_name, "PowerShellHostName", "")
TYPED_OF(get_powershell_version, "PowerShellVersion", type_version)
TYPED_OF(get_host_version, "PowerShellHostVersion", type_version)
TYPED_OF(get_clr_version, "CLRVersion", type_version)
TYPED_OF(get_framework_version, "DotNetFrameworkVersion", type_version)
LIST_OF(get_editions, "CompatiblePSEditions")
LIST_OF(get_files, "FileList")
LIST_OF(get_scripts, "ScriptsToProcess")
LIST_OF(get_assemblies, "RequiredAssemblies")
LIST_OF(get_module_list, "ModuleList")
LIST_OF(get_formats, "FormatsToProcess")
LIST_OF(get_types, "TypesToProcess")
LIST_OF(get_dsc, "DscResourcesToExport")

static const value *ps_data(value self, const char *key)
{
    value data = MODULE(self)->private_data;
    const value *inner = data.kind == V_TABLE ? table_get_text(data.table, "PSData") : NULL;
    return inner && inner->kind == V_TABLE ? table_get_text(inner->table, key) : NULL;
}

// A root module is given the private data twice, so its tags are there twice.
GETTER(get_tags)
{
    const value *tags = ps_data(self, "Tags");
    value more;
    if (!manifest_list(in, tags, ret) || value_is_null(MODULE(self)->root) || !tags)
        return ret != NULL;
    if (!manifest_list(in, tags, &more))
        return value_drop(*ret), false;
    bool ok = true;
    for (size_t i = 0; ok && i < more.array->count; i++)
        ok = list_add(in, ret->array, more.array->items[i]);
    value_drop(more);
    if (!ok)
        value_drop(*ret);
    return ok;
}

static bool data_uri(struct interp *in, value self, const char *key, value *ret)
{
    const value *found = ps_data(self, key);
    return found && !value_is_null(*found) ? value_convert(in, *found, &type_uri, ret)
                                           : (*ret = value_null, true);
}

GETTER(get_project)
{
    return data_uri(in, self, "ProjectUri", ret);
}
GETTER(get_icon)
{
    return data_uri(in, self, "IconUri", ret);
}
GETTER(get_license)
{
    return data_uri(in, self, "LicenseUri", ret);
}
GETTER(get_notes)
{
    const value *found = ps_data(self, "ReleaseNotes");
    return found && !value_is_null(*found) ? value_to_string(in, *found, ret) : (*ret = value_null, true);
}

// --- What it exports
// ------------------------------------------------------------------------------------------------

static bool member_info(struct interp *in, value self, enum member_set set, value name, value member,
                        value *ret)
{
    if (set != MEMBERS_FUNCTIONS)
        return *ret = value_keep(member), true;
    return function_info_new(in, name, member, self, ret);
}

static bool add_members(struct interp *in, value self, enum member_set set, struct table *to)
{
    const struct module *module = MODULE(self);
    value from = module->exports[set], name, info;
    bool ok = true;
    for (size_t i = 0; ok && from.kind == V_TABLE && i < from.table->used; i++) {
        const struct table_slot *slot = &from.table->slots[i];
        if (slot->key.kind == V_VOID)
            continue;
        value prefix = set == MEMBERS_VARIABLES ? value_null : module->prefix;
        if (!module_prefixed(in, prefix, slot->key, &name))
            return false;
        ok = member_info(in, self, set, name, slot->val, &info);
        if (ok) {
            ok = table_set(in, to, name, info);
            value_drop(info);
        }
        value_drop(name);
    }
    return ok;
}

static bool exported(struct interp *in, value self, unsigned sets, value *ret)
{
    bool ok = table_new(in, true, ret);
    if (!ok)
        return false;
    for (unsigned set = 0; ok && set < MEMBER_SETS; set++)
        if (sets >> set & 1)
            ok = add_members(in, self, (enum member_set)set, ret->table);
    if (!ok)
        value_drop(*ret);
    return ok;
}

GETTER(get_functions)
{
    return exported(in, self, 1 << MEMBERS_FUNCTIONS, ret);
}
GETTER(get_aliases)
{
    return exported(in, self, 1 << MEMBERS_ALIASES, ret);
}
GETTER(get_variables)
{
    return exported(in, self, 1 << MEMBERS_VARIABLES, ret);
}
GETTER(get_cmdlets)
{
    return exported(in, self, 1 << MEMBERS_CMDLETS, ret);
}
GETTER(get_commands)
{
    return exported(in, self, 1 << MEMBERS_FUNCTIONS | 1 << MEMBERS_ALIASES | 1 << MEMBERS_CMDLETS, ret);
}

static bool list_or_empty(struct interp *in, value list, value *ret)
{
    return list.kind == V_NULL ? list_new(in, NULL, ret)
                               : array_from(in, list.array->items, list.array->count, ret);
}
GETTER(get_nested)
{
    return list_or_empty(in, MODULE(self)->nested, ret);
}
GETTER(get_required)
{
    return list_or_empty(in, MODULE(self)->required, ret);
}
GETTER(get_definition)
{
    return (void)self, string_text(in, "", ret);
}
GETTER(get_state)
{
    return session_state_new(in, self, ret);
}

static const struct property properties[] = {{"LogPipelineExecutionDetails", get_false, NULL},
                                             {"Name", get_name, NULL},
                                             {"Path", get_path, NULL},
                                             {"ImplementingAssembly", get_null, NULL},
                                             {"Definition", get_definition, NULL},
                                             {"Description", get_description, NULL},
                                             {"Guid", get_guid, NULL},
                                             {"HelpInfoUri", get_help_uri, NULL},
                                             {"ModuleBase", get_base, NULL},
                                             {"PrivateData", get_private_data, set_private_data},
                                             {"ExperimentalFeatures", get_empty_list, NULL},
                                             {"Tags", get_tags, NULL},
                                             {"ProjectUri", get_project, NULL},
                                             {"IconUri", get_icon, NULL},
                                             {"LicenseUri", get_license, NULL},
                                             {"ReleaseNotes", get_notes, NULL},
                                             {"RepositorySourceLocation", get_null, NULL},
                                             {"Version", get_version, NULL},
                                             {"ModuleType", get_kind, NULL},
                                             {"Author", get_author, NULL},
                                             {"AccessMode", get_access, set_access},
                                             {"ClrVersion", get_clr_version, NULL},
                                             {"CompanyName", get_company, NULL},
                                             {"Copyright", get_copyright, NULL},
                                             {"DotNetFrameworkVersion", get_framework_version, NULL},
                                             {"ExportedFunctions", get_functions, NULL},
                                             {"Prefix", get_prefix, NULL},
                                             {"ExportedCmdlets", get_cmdlets, NULL},
                                             {"ExportedCommands", get_commands, NULL},
                                             {"FileList", get_files, NULL},
                                             {"CompatiblePSEditions", get_editions, NULL},
                                             {"ModuleList", get_module_list, NULL},
                                             {"NestedModules", get_nested, NULL},
                                             {"PowerShellHostName", get_host_name, NULL},
                                             {"PowerShellHostVersion", get_host_version, NULL},
                                             {"PowerShellVersion", get_powershell_version, NULL},
                                             {"ProcessorArchitecture", get_null, NULL},
                                             {"Scripts", get_scripts, NULL},
                                             {"RequiredAssemblies", get_assemblies, NULL},
                                             {"RequiredModules", get_required, NULL},
                                             {"RootModule", get_root, NULL},
                                             {"ExportedVariables", get_variables, NULL},
                                             {"ExportedAliases", get_aliases, NULL},
                                             {"ExportedWorkflows", get_empty_table, NULL},
                                             {"ExportedDscResources", get_dsc, NULL},
                                             {"SessionState", get_state, NULL},
                                             {"OnRemove", get_on_remove, set_on_remove},
                                             {"ExportedFormatFiles", get_formats, NULL},
                                             {"ExportedTypeFiles", get_types, NULL},
                                             {0}};

// --- Methods
// --------------------------------------------------------------------------------------------------------

static bool module_invoke(struct interp *in, value module, value block, const value *args, size_t count,
                          value *ret)
{
    value bound;
    if (!block_bound(in, block, module, &bound))
        return false;
    bool ok = block_collect(in, bound, args, count, false, ret);
    value_drop(bound);
    return ok;
}

static bool invoke(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    value given = count > 1 ? args[1] : value_null;
    bool many = given.kind == V_ARRAY || given.kind == V_LIST;
    return module_invoke(in, self, args[0], many ? given.array->items : NULL, many ? given.array->count : 0,
                         ret);
}

static bool bind(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    return (void)count, block_bound(in, args[0], self, ret);
}

static bool as_custom_object(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    return (void)args, (void)count, module_custom_object(in, MODULE(self), ret);
}

static bool to_text(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    return (void)args, (void)count, get_name(in, self, ret);
}

static const struct method methods[] = {
    {"Invoke", invoke, &type_object, P(&type_scriptblock, &type_object_array), true},
    {"NewBoundScriptBlock", bind, &type_scriptblock, P(&type_scriptblock), false},
    {"AsCustomObject", as_custom_object, &type_psobject, NULL, false},
    {"ToString", to_text, &type_string, NULL, false},
    {0}};
static const struct type_members members = {.methods = methods};

const struct type type_psmodule = {
    .name = "System.Management.Automation.PSModuleInfo",
    .shorthand = "psmoduleinfo",
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct module),
    .release = module_release,
    .properties = properties,
    .to_string = get_name,
    .full = &members,
};
