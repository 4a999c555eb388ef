// Writes a manifest: every key of the table below, those that were not given as comments.
#include <string.h>

#include "base/buf.h"
#include "interp/cmdlets/modules.h"

enum key_kind { KEY_TEXT, KEY_LIST, KEY_MODULES, KEY_EXPORT };
static const struct key {
    const char *name;
    enum key_kind kind;
} keys[] = {{"RootModule", KEY_TEXT},
            {"ModuleVersion", KEY_TEXT},
            {"CompatiblePSEditions", KEY_LIST},
            {"GUID", KEY_TEXT},
            {"Author", KEY_TEXT},
            {"CompanyName", KEY_TEXT},
            {"Copyright", KEY_TEXT},
            {"Description", KEY_TEXT},
            {"PowerShellVersion", KEY_TEXT},
            {"PowerShellHostName", KEY_TEXT},
            {"PowerShellHostVersion", KEY_TEXT},
            {"DotNetFrameworkVersion", KEY_TEXT},
            {"ClrVersion", KEY_TEXT},
            {"ProcessorArchitecture", KEY_TEXT},
            {"RequiredModules", KEY_MODULES},
            {"RequiredAssemblies", KEY_LIST},
            {"ScriptsToProcess", KEY_LIST},
            {"TypesToProcess", KEY_LIST},
            {"FormatsToProcess", KEY_LIST},
            {"NestedModules", KEY_MODULES},
            {"FunctionsToExport", KEY_EXPORT},
            {"CmdletsToExport", KEY_EXPORT},
            {"VariablesToExport", KEY_EXPORT},
            {"AliasesToExport", KEY_EXPORT},
            {"DscResourcesToExport", KEY_LIST},
            {"ModuleList", KEY_MODULES},
            {"FileList", KEY_LIST},
            {"HelpInfoUri", KEY_TEXT},
            {"DefaultCommandPrefix", KEY_TEXT}};
enum { KEYS = sizeof keys / sizeof *keys };

enum {
    PATH = KEYS,
    PRIVATE_DATA,
    TAGS,
    PROJECT_URI,
    LICENSE_URI,
    ICON_URI,
    RELEASE_NOTES,
    PRERELEASE,
    ACCEPTANCE,
    DEPENDENCIES,
    PASS_THRU
};
static const struct param params[] = {
    {"RootModule", "string", "ModuleToProcess", PARAM_NAMED, PARAM_ALLOW_EMPTY},
    {"ModuleVersion", "version", NULL, PARAM_NAMED},
    {"CompatiblePSEditions", "string[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"Guid", "guid", NULL, PARAM_NAMED},
    {"Author", "string", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY},
    {"CompanyName", "string", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY},
    {"Copyright", "string", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY},
    {"Description", "string", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY},
    {"PowerShellVersion", "version", NULL, PARAM_NAMED},
    {"PowerShellHostName", "string", NULL, PARAM_NAMED},
    {"PowerShellHostVersion", "version", NULL, PARAM_NAMED},
    {"DotNetFrameworkVersion", "version", NULL, PARAM_NAMED},
    {"ClrVersion", "version", NULL, PARAM_NAMED},
    {"ProcessorArchitecture", "string", NULL, PARAM_NAMED},
    {"RequiredModules", "object[]", NULL, PARAM_NAMED},
    {"RequiredAssemblies", "string[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"ScriptsToProcess", "string[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"TypesToProcess", "string[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"FormatsToProcess", "string[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"NestedModules", "object[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"FunctionsToExport", "string[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"CmdletsToExport", "string[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"VariablesToExport", "string[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"AliasesToExport", "string[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"DscResourcesToExport", "string[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"ModuleList", "object[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"FileList", "string[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"HelpInfoUri", "string", NULL, PARAM_NAMED},
    {"DefaultCommandPrefix", "string", NULL, PARAM_NAMED},
    {"Path", "string", NULL, 0, PARAM_MANDATORY},
    {"PrivateData", "object", NULL, PARAM_NAMED, PARAM_ALLOW_NULL},
    {"Tags", "string[]", NULL, PARAM_NAMED},
    {"ProjectUri", "string", NULL, PARAM_NAMED},
    {"LicenseUri", "string", NULL, PARAM_NAMED},
    {"IconUri", "string", NULL, PARAM_NAMED},
    {"ReleaseNotes", "string", NULL, PARAM_NAMED},
    {"Prerelease", "string", NULL, PARAM_NAMED},
    {"RequireLicenseAcceptance", "switch", NULL, PARAM_NAMED},
    {"ExternalModuleDependencies", "string[]", NULL, PARAM_NAMED},
    {"PassThru", "switch", NULL, PARAM_NAMED},
    {0},
};

static bool add_quoted(struct interp *in, struct buf *out, value v)
{
    value text;
    if (!value_to_string(in, v, &text))
        return false;
    buf_add_char(out, '\'');
    for (size_t i = 0; i < text.string->size; i++) {
        buf_add_char(out, value_text(text)[i]);
        if (value_text(text)[i] == '\'')
            buf_add_char(out, '\'');
    }
    buf_add_char(out, '\'');
    return value_drop(text), !out->failed;
}

static bool add_value(struct interp *in, struct buf *out, value v);

static bool add_table(struct interp *in, struct buf *out, value table)
{
    bool ok = true, first = true;
    buf_add_text(out, "@{");
    for (size_t i = 0; ok && i < table.table->used; i++) {
        const struct table_slot *slot = &table.table->slots[i];
        if (slot->key.kind == V_VOID)
            continue;
        buf_add_text(out, first ? " " : "; ");
        first = false;
        ok = add_quoted(in, out, slot->key) && buf_add_text(out, " = ") && add_value(in, out, slot->val);
    }
    return ok && buf_add_text(out, " }");
}

static bool add_list(struct interp *in, struct buf *out, value list)
{
    struct value_walk walk;
    value item;
    bool ok = true, first = true;
    buf_add_text(out, "@(");
    value_walk_start(&walk, list);
    while (ok && value_walk_next(in, &walk, &item)) {
        buf_add_text(out, first ? "" : ", ");
        first = false;
        ok = add_value(in, out, item);
        value_drop(item);
    }
    return ok && buf_add_char(out, ')');
}

static bool add_value(struct interp *in, struct buf *out, value v)
{
    if (value_is_null(v))
        return buf_add_text(out, "$null");
    if (!depth_enter(in)) // tables in themselves
        return false;
    bool ok;
    if (v.kind == V_TABLE)
        ok = add_table(in, out, v);
    else if (value_enumerable(v))
        ok = add_list(in, out, v);
    else if (v.kind == V_BOOL || v.kind == V_SWITCH)
        ok = buf_add_text(out, v.b ? "$true" : "$false");
    else
        ok = add_quoted(in, out, v);
    depth_leave(in);
    return ok;
}

// What has to stand in every manifest.
static bool default_of(struct command *cmd, const struct key *key, value *ret)
{
    struct interp *in = cmd->in;
    const char *user = in->session->user;
    *ret = value_null;
    if (!strcmp(key->name, "ModuleVersion"))
        return string_text(in, "0.0.1", ret);
    if (!strcmp(key->name, "GUID"))
        return interp_call(in, cmdlet_id_of(cmdlet_find("New-Guid", 8)), NULL, 0, NULL, 0, ret);
    if (!strcmp(key->name, "Author"))
        return string_text(in, user ? user : "", ret);
    if (!strcmp(key->name, "CompanyName"))
        return string_text(in, "Unknown", ret);
    if (!strcmp(key->name, "Copyright"))
        return string_printf(in, ret, "(c) %s. All rights reserved.", user ? user : "");
    return key->kind != KEY_EXPORT || string_text(in, "*", ret);
}

static bool add_exports(struct interp *in, struct buf *out, value v)
{
    bool none = v.kind == V_ARRAY && !v.array->count, one = v.kind == V_ARRAY && v.array->count == 1;
    if (none)
        return buf_add_text(out, "@()");
    if (!one)
        return v.kind == V_ARRAY ? add_list(in, out, v) : add_quoted(in, out, v);
    return add_quoted(in, out, v.array->items[0]);
}

static bool add_key(struct command *cmd, struct buf *out, size_t at)
{
    const struct key *key = &keys[at];
    value v;
    if (cmd_bound(cmd, (unsigned)at))
        v = value_keep(cmd->arg[at]);
    else if (!default_of(cmd, key, &v))
        return false;
    bool ok = true;
    if (value_is_null(v))
        ok = buf_printf(out, "# %s = %s\n\n", key->name, key->kind == KEY_TEXT ? "''" : "@()");
    else
        ok = buf_printf(out, "%s = ", key->name) &&
             (key->kind == KEY_EXPORT ? add_exports(cmd->in, out, v) : add_value(cmd->in, out, v)) &&
             buf_add_text(out, "\n\n");
    value_drop(v);
    return ok;
}

static bool add_data(struct command *cmd, struct buf *out)
{
    static const struct {
        unsigned param;
        const char *name;
    } rows[] = {{TAGS, "Tags"},
                {LICENSE_URI, "LicenseUri"},
                {PROJECT_URI, "ProjectUri"},
                {ICON_URI, "IconUri"},
                {RELEASE_NOTES, "ReleaseNotes"},
                {PRERELEASE, "Prerelease"},
                {ACCEPTANCE, "RequireLicenseAcceptance"},
                {DEPENDENCIES, "ExternalModuleDependencies"}};
    value data = cmd_bound(cmd, PRIVATE_DATA) ? cmd->arg[PRIVATE_DATA] : value_null;
    if (!value_is_null(data) && data.kind != V_TABLE)
        return buf_add_text(out, "PrivateData = ") && add_value(cmd->in, out, data) &&
               buf_add_char(out, '\n');
    buf_add_text(out, "PrivateData = @{\n    PSData = @{\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (cmd_bound(cmd, rows[i].param) &&
            !(buf_printf(out, "        %s = ", rows[i].name) &&
              add_value(cmd->in, out, cmd->arg[rows[i].param]) && buf_add_char(out, '\n')))
            return false;
    buf_add_text(out, "    }\n");
    for (size_t i = 0; data.kind == V_TABLE && i < data.table->used; i++) {
        const struct table_slot *slot = &data.table->slots[i];
        if (slot->key.kind != V_VOID &&
            !(buf_add_text(out, "    ") && add_quoted(cmd->in, out, slot->key) && buf_add_text(out, " = ") &&
              add_value(cmd->in, out, slot->val) && buf_add_char(out, '\n')))
            return false;
    }
    return buf_add_text(out, "}\n\n");
}

static bool compose(struct command *cmd, struct buf *out)
{
    buf_add_text(out, "#\n# Module manifest\n#\n\n@{\n\n");
    for (size_t i = 0; i < KEYS; i++)
        if (!add_key(cmd, out, i))
            return false;
    return add_data(cmd, out) && buf_add_text(out, "}\n") && !out->failed;
}

static bool save(struct command *cmd, value text)
{
    struct interp *in = cmd->in;
    value output;
    const struct named_arg args[] = {{"LiteralPath", cmd->arg[PATH]},
                                     {"Value", text},
                                     {"NoNewline", value_true},
                                     {"ErrorAction", enum_value(&type_action_preference, 1)}};
    if (!interp_call(in, cmdlet_id_of(cmdlet_find("Set-Content", 11)), args, 4, NULL, 0, &output))
        return false;
    value_drop(output);
    return !cmd_switch(cmd, PASS_THRU) || cmd_write(cmd, text);
}

static bool process(struct command *cmd)
{
    const char *path = value_text(cmd->arg[PATH]);
    struct buf text = {0};
    value made;
    bool yes;
    if (!module_path_ends(path, ".psd1"))
        return cmd_throw(cmd, "Modules_InvalidModuleManifestPath", CAT_InvalidArgument, cmd->arg[PATH],
                         "'%s' is no path of a manifest, a .psd1 file.", path);
    if (!cmd_should_process(cmd, path, "Creating the module manifest", &yes) || !yes)
        return value_is_null(cmd->in->thrown);
    bool ok = compose(cmd, &text) && string_new(cmd->in, buf_text(&text), text.size, &made);
    buf_free(&text);
    if (!ok)
        return false;
    ok = save(cmd, made);
    return value_drop(made), ok;
}

const struct cmdlet cmdlet_new_modulemanifest = {
    .params = params, .properties = CMDLET_SHOULD_PROCESS, .impact = ASKS_LOW, .process = process};
