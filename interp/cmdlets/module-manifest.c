// Module manifests: tables in RestrictedLanguage.
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/cmdlets/modules.h"
#include "interp/eval/block.h"
#include "interp/eval/text-command.h"

bool manifest_invalid(struct command *cmd, value path, const char *why)
{
    return cmd_error(cmd, "Modules_InvalidManifest", CAT_ResourceUnavailable, path,
                     "The manifest '%s' cannot be used: %s", value_text(path), why);
}

// --- Reading
// -------------------------------------------------------------------------------------------------------

static const struct mode_allow permitted = {
    .commands = (const char *const[]){"Import-LocalizedData", "ConvertFrom-StringData", "Write-Host",
                                      "Out-Host", "Join-Path"},
    .command_count = 5,
    .variables = (const char *const[]){"PSCulture", "PSUICulture", "true", "false", "null", "PSScriptRoot",
                                       "PSEdition", "EnabledExperimentalFeatures"},
    .variable_count = 8,
    .environment = true,
};

static bool run(struct interp *in, struct source *source, value *ret)
{
    value block;
    if (!block_new(in, source, source->root, NULL, &block))
        return false;
    bool ok = block_collect(in, block, NULL, 0, false, ret);
    value_drop(block);
    return ok;
}

// Any error inside makes the manifest unusable; what it was is told with it.
static bool evaluate(struct command *cmd, struct source *source, value path, value *ret, bool *ret_valid)
{
    struct interp *in = cmd->in;
    if (source->error_count || !mode_check_restricted(source, source->root, &permitted))
        return manifest_invalid(cmd, path,
                                source->errors[0].text ? source->errors[0].text : source->errors[0].id);
    if (!run(in, source, ret)) {
        if (in->thrown.kind != V_ERROR)
            return false;
        value why = in->thrown;
        in->thrown = value_null;
        bool ok = manifest_invalid(cmd, path, value_text(why.error->message));
        value_drop(why);
        return ok;
    }
    *ret_valid = ret->kind == V_TABLE;
    if (*ret_valid)
        return true;
    value_drop(*ret);
    return manifest_invalid(cmd, path, "it is not a table.");
}

bool manifest_read(struct command *cmd, value path, value *ret, bool *ret_valid)
{
    struct source *source;
    struct err err = {0};
    value text;
    *ret_valid = false;
    if (!script_read(cmd->in, path, &text))
        return manifest_invalid(cmd, path, "it cannot be read.");
    bool parsed = parse(value_text(text), text.string->size, value_text(path), 0, &source, &err);
    value_drop(text);
    if (!parsed)
        return manifest_invalid(cmd, path, err.text);
    bool ok = evaluate(cmd, source, path, ret, ret_valid);
    source_free(source);
    return ok;
}

// --- Its keys
// ------------------------------------------------------------------------------------------------------

static const char *const known_keys[] = {"ModuleToProcess",
                                         "NestedModules",
                                         "GUID",
                                         "Author",
                                         "CompanyName",
                                         "Copyright",
                                         "ModuleVersion",
                                         "Description",
                                         "PowerShellVersion",
                                         "PowerShellHostName",
                                         "PowerShellHostVersion",
                                         "CLRVersion",
                                         "DotNetFrameworkVersion",
                                         "ProcessorArchitecture",
                                         "RequiredModules",
                                         "TypesToProcess",
                                         "FormatsToProcess",
                                         "ScriptsToProcess",
                                         "PrivateData",
                                         "RequiredAssemblies",
                                         "ModuleList",
                                         "FileList",
                                         "FunctionsToExport",
                                         "VariablesToExport",
                                         "AliasesToExport",
                                         "CmdletsToExport",
                                         "DscResourcesToExport",
                                         "CompatiblePSEditions",
                                         "HelpInfoURI",
                                         "RootModule",
                                         "DefaultCommandPrefix"};

static bool is_known(value key)
{
    for (size_t i = 0; i < sizeof known_keys / sizeof *known_keys; i++)
        if (value_is_text(key, known_keys[i]))
            return true;
    return false;
}

static bool check_keys(struct command *cmd, value table, value path, bool *ret_valid)
{
    for (size_t i = 0; i < table.table->used; i++) {
        value key = table.table->slots[i].key;
        if (key.kind == V_VOID || is_known(key))
            continue;
        *ret_valid = false;
        return cmd_error(cmd, "Modules_InvalidManifestMember", CAT_InvalidData, path,
                         "The manifest '%s' has the key '%s', which none may have.", value_text(path),
                         key.kind == V_STRING ? value_text(key) : "?");
    }
    return true;
}

// What does not convert is told as the manifest's fault.
static bool take(struct command *cmd, value table, const char *key, const struct type *type, value path,
                 value *to, bool *io_valid)
{
    const value *found = table_get_text(table.table, key);
    value v;
    if (!found || value_is_null(*found))
        return true;
    if (value_convert(cmd->in, *found, type, &v)) {
        value_set(to, v);
        return value_drop(v), true;
    }
    value_set(&cmd->in->thrown, value_null);
    *io_valid = false;
    char why[80];
    snprintf(why, sizeof why, "its %s is none.", key);
    return manifest_invalid(cmd, path, why);
}

static bool take_root(struct command *cmd, value table, struct module *module, bool *io_valid)
{
    value path = module->path;
    if (table_get_text(table.table, "RootModule") && table_get_text(table.table, "ModuleToProcess")) {
        *io_valid = false;
        return manifest_invalid(cmd, path, "RootModule and ModuleToProcess are two names of one key.");
    }
    return take(cmd, table, "ModuleToProcess", &type_string, path, &module->root, io_valid) &&
           take(cmd, table, "RootModule", &type_string, path, &module->root, io_valid);
}

static bool needs_newer(struct command *cmd, value table, struct module *module, bool *io_valid)
{
    static const struct version own = {.parts = {7, 6, 5, -1}};
    value wanted = value_null;
    bool ok = take(cmd, table, "PowerShellVersion", &type_version, module->path, &wanted, io_valid);
    if (!ok || value_is_null(wanted))
        return ok;
    bool newer = version_compare(wanted, (value){.kind = V_OBJECT, .object = (struct object *)&own.head}) > 0;
    value_drop(wanted);
    if (!newer)
        return true;
    *io_valid = false;
    return cmd_error(cmd, "Modules_InsufficientPowerShellVersion", CAT_ResourceUnavailable, module->path,
                     "The module '%s' wants a newer PowerShell than 7.6.5.", value_text(module->path));
}

static bool no_version(struct command *cmd, struct module *module, bool *io_valid)
{
    if (!value_is_null(module->version) || !*io_valid)
        return true;
    *io_valid = false;
    return manifest_invalid(cmd, module->path, "it has no ModuleVersion.");
}

bool manifest_apply(struct command *cmd, value table, struct module *module, bool *ret_valid)
{
    value path = module->path;
    const value *data = table_get_text(table.table, "PrivateData");
    *ret_valid = true;
    value_set(&module->manifest, table);
    if (data)
        value_set(&module->private_data, *data);
    module->kind = MODULE_MANIFEST;
    return check_keys(cmd, table, path, ret_valid) &&
           take(cmd, table, "ModuleVersion", &type_version, path, &module->version, ret_valid) &&
           no_version(cmd, module, ret_valid) &&
           take(cmd, table, "GUID", &type_guid, path, &module->guid, ret_valid) &&
           take(cmd, table, "DefaultCommandPrefix", &type_string, path, &module->prefix, ret_valid) &&
           take_root(cmd, table, module, ret_valid) && needs_newer(cmd, table, module, ret_valid);
}

bool manifest_texts(struct interp *in, value table, const char *key, value *ret)
{
    const value *found = table.kind == V_TABLE ? table_get_text(table.table, key) : NULL;
    struct value_walk walk;
    value item, text, list;
    *ret = value_null;
    if (!found)
        return true;
    if (!list_new(in, NULL, &list))
        return false;
    bool ok = true;
    value_walk_start(&walk, value_is_null(*found) ? value_void : *found);
    while (ok && !value_is_null(*found) && value_walk_next(in, &walk, &item)) {
        ok = value_to_string(in, item, &text) && list_add(in, list.array, text);
        value_drop(item);
        if (ok)
            value_drop(text);
    }
    ok = ok && array_from(in, list.array->items, list.array->count, ret);
    value_drop(list);
    return ok;
}
