#include "profiles/keys.h"

#include <string.h>

#include "base/utf8.h"

const struct key_row key_rows[KEYS] = {
#define KEY(id, name, type, files, effect, what) [KEY_##id] = {name, type, files, effect, what},
#include "profiles/keys.def"
#undef KEY
};

enum key key_find(const struct data *name)
{
    for (int i = 0; i < KEYS; i++)
        if (data_is_text(name, key_rows[i].name))
            return (enum key)i;
    return KEYS;
}

static const char *key_name_at(size_t i)
{
    return key_rows[i].name;
}

// ---- enums ----

static struct ast_text trimmed(const struct data *value)
{
    struct ast_text text = value->text;
    while (text.size && (text.at[0] == ' ' || text.at[0] == '\t'))
        text.at++, text.size--;
    while (text.size && (text.at[text.size - 1] == ' ' || text.at[text.size - 1] == '\t'))
        text.size--;
    return text;
}

// The place in `names` of a name or of its number; count: none.
static size_t enum_of(const struct data *value, const char *const *names, size_t count)
{
    if (value->kind != DATA_STRING)
        return count;
    struct ast_text text = trimmed(value);
    for (size_t i = 0; i < count; i++) {
        bool number = text.size == 1 && text.at[0] == (char)('0' + i);
        if (number || utf8_same_ignore_case(text.at, text.size, names[i], strlen(names[i])))
            return i;
    }
    return count;
}

bool session_type_of(const struct data *value, enum session_type *ret_type)
{
    static const char *const names[] = {[SESSION_EMPTY] = "Empty",
                                        [SESSION_RESTRICTED] = "RestrictedRemoteServer",
                                        [SESSION_DEFAULT] = "Default"};
    size_t i = enum_of(value, names, 3);
    if (i < 3)
        *ret_type = (enum session_type)i;
    return i < 3;
}

bool language_mode_of(const struct data *value, enum language_mode *ret_mode)
{
    if (value->kind != DATA_STRING)
        return false;
    struct ast_text text = trimmed(value);
    return mode_from_name(text.at, text.size, ret_mode);
}

static bool is_policy(const struct data *value)
{
    // In the order of PowerShell's numbers; Default is another name of Restricted.
    static const char *const names[] = {"Unrestricted", "RemoteSigned", "AllSigned", "Restricted",
                                        "Bypass",       "Undefined",    "Default"};
    return enum_of(value, names, 7) < 7;
}

// ---- tests of single values ----

static bool must(struct loader *loader, bool holds, const struct data *value, const char *id,
                 const char *what)
{
    return holds || load_fail(loader, value, id, "%s has to be %s", loader->key, what);
}

static bool check_integer(struct loader *loader, const struct data *value)
{
    bool integer =
        value->kind == DATA_NUMBER && (value->number.type == NUM_I32 || value->number.type == NUM_I64);
    return must(loader, integer, value, "DISCTypeMustBeInteger", "a whole number without quotes");
}

struct definition { // of a table inside of AliasDefinitions and the like
    const char *required[2], *optional[2];
    bool script; // the second required key holds a script block
};

static bool is_defined(const struct definition *definition, const struct data *key)
{
    for (int i = 0; i < 2; i++)
        if (data_is_text(key, definition->required[i]) ||
            (definition->optional[i] && data_is_text(key, definition->optional[i])))
            return true;
    return false;
}

static bool check_definition(struct loader *loader, const struct data *table,
                             const struct definition *definition)
{
    for (int i = 0; i < 2; i++)
        if (!data_find(table, definition->required[i]))
            return load_fail(loader, table, "DISCTypeMustContainKey", "the table needs the key %s",
                             definition->required[i]);
    if (definition->script) {
        const struct data *value = data_find(table, definition->required[1])->value;
        if (value->kind != DATA_SCRIPT)
            return load_fail(loader, value, "DISCKeyMustBeScriptBlock", "%s has to be a script block, { … }",
                             definition->required[1]);
    }
    for (size_t i = 0; i < table->table.count; i++) {
        const struct data *key = table->table.entries[i].key;
        if (!is_defined(definition, key))
            return load_fail(loader, key, "DISCTypeContainsInvalidKey",
                             "this key does not belong into such a table");
    }
    return true;
}

static bool check_definitions(struct loader *loader, const struct data *value,
                              const struct definition *definition)
{
    struct data_list list = data_list_of(value);
    if (value->kind == DATA_NULL)
        return must(loader, false, value, "DISCTypeMustBeHashtableArray", "a table or an array of tables");
    for (size_t i = 0; i < list.count; i++) {
        const struct data *item = data_list_at(&list, i);
        if (!must(loader, item->kind == DATA_TABLE, item, "DISCTypeMustBeHashtableArray",
                  "a table or an array of tables") ||
            !check_definition(loader, item, definition))
            return false;
    }
    return true;
}

static bool check_modules(struct loader *loader, const struct data *value)
{
    struct data_list list = data_list_of(value);
    bool all = value->kind != DATA_NULL;
    for (size_t i = 0; i < list.count; i++) {
        const struct data *item = data_list_at(&list, i);
        all = all && (item->kind == DATA_STRING || item->kind == DATA_TABLE);
    }
    return must(loader, all, value, "DISCTypeMustBeStringOrHashtableArrayInFile",
                "names or tables that specify modules");
}

static bool ends_with(const char *text, const char *end)
{
    size_t size = strlen(text), end_size = strlen(end);
    return size >= end_size && utf8_same_ignore_case(text + size - end_size, end_size, end, end_size);
}

static bool check_path(struct loader *loader, const struct data *item, const char *extension,
                       const char *other)
{
    const char *path = data_text_of(loader, item);
    if (!path || path[0] != '/')
        return load_fail(loader, item, "DISCPathsMustBeAbsolute",
                         "the path has to be absolute: it begins with /");
    if (!ends_with(path, extension) && !(other && ends_with(path, other)))
        return load_fail(loader, item, "DISCInvalidExtension", "the file's name has to end in %s", extension);
    return true;
}

static bool check_paths(struct loader *loader, const struct data *value, const char *extension,
                        const char *other)
{
    struct data_list list = data_list_of(value);
    if (value->kind == DATA_NULL)
        return must(loader, false, value, "DISCTypeMustBeStringArray", "a path or an array of paths");
    for (size_t i = 0; i < list.count; i++)
        if (!check_path(loader, data_list_at(&list, i), extension, other))
            return false;
    return true;
}

// ---- the test of a key ----

static bool check_value(struct loader *loader, enum key_type type, const struct data *value)
{
    static const struct definition alias = {{"Name", "Value"}, {"Description", "Options"}, false};
    static const struct definition function = {{"Name", "ScriptBlock"}, {"Options", NULL}, true};
    static const struct definition variable = {{"Name", "Value"}, {NULL, NULL}, false};
    enum session_type session_type;
    enum language_mode mode;
    switch (type) {
    case OF_STRING:
        return must(loader, value->kind == DATA_STRING, value, "DISCTypeMustBeString", "a string");
    case OF_STRINGS:
        return must(loader, value->kind != DATA_NULL, value, "DISCTypeMustBeStringArray",
                    "a string or an array of strings");
    case OF_SESSION_TYPE:
        return must(loader, session_type_of(value, &session_type), value, "DISCTypeMustBeValidEnum",
                    "'Empty', 'RestrictedRemoteServer' or 'Default'");
    case OF_MODE:
        return must(loader, language_mode_of(value, &mode), value, "DISCTypeMustBeValidEnum",
                    "'FullLanguage', 'ConstrainedLanguage', 'RestrictedLanguage' or 'NoLanguage'");
    case OF_POLICY:
        return must(loader, is_policy(value), value, "DISCTypeMustBeValidEnum",
                    "the name of an execution policy");
    case OF_BOOL:
        return must(loader, value->kind == DATA_BOOL, value, "DISCTypeMustBeBoolean", "$true or $false");
    case OF_INTEGER:
        return check_integer(loader, value);
    case OF_TABLE:
    case OF_LINUX:
        return must(loader, value->kind == DATA_TABLE, value, "DISCTypeMustBeHashtable", "a table, @{ … }");
    case OF_ALIASES:
        return check_definitions(loader, value, &alias);
    case OF_FUNCTIONS:
        return check_definitions(loader, value, &function);
    case OF_VARIABLES:
        return check_definitions(loader, value, &variable);
    case OF_MODULES:
        return check_modules(loader, value);
    case OF_SCRIPTS:
        return check_paths(loader, value, ".ps1", ".psm1");
    default:
        return check_paths(loader, value, ".ps1xml", NULL);
    }
}

static bool unknown_key(struct loader *loader, const struct data *key, enum key_place place)
{
    const char *id = place == IN_ENTRY ? "InvalidRoleCapabilityKey" : "DISCUnknownConfigName";
    return load_fail(loader, key, id, "'%s' is no key of such a file%s", key->text.at,
                     data_hint(key, (struct names){key_name_at, KEYS}).text);
}

static bool misplaced_key(struct loader *loader, const struct data *key, enum key_place place)
{
    if (place == IN_ENTRY)
        return load_fail(loader, key, "InvalidRoleCapabilityKey", "'%s' may not stand in a role",
                         key->text.at);
    return load_fail(loader, key, "DISCUnknownConfigName",
                     "'%s' belongs into a session's file (.pssc), not a role's", key->text.at);
}

static bool check_entry(struct loader *loader, const struct data_entry *entry, enum key_place place)
{
    if (entry->key->kind != DATA_STRING)
        return load_fail(loader, entry->key,
                         place == IN_ENTRY ? "InvalidRoleCapabilityKeyType" : "DISCInvalidConfigKeyType",
                         "a key has to be a name");
    enum key key = key_find(entry->key);
    if (key == KEYS)
        return unknown_key(loader, entry->key, place);
    if (!(key_rows[key].places & place))
        return misplaced_key(loader, entry->key, place);
    loader->key = key_rows[key].name;
    return check_value(loader, key_rows[key].type, entry->value);
}

bool keys_check(struct loader *loader, const struct data *table, enum key_place place)
{
    for (size_t i = 0; i < table->table.count; i++)
        if (!check_entry(loader, &table->table.entries[i], place))
            return false;
    return true;
}
