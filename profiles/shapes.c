#include "profiles/shapes.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "base/wildcard.h"

struct shape {
    struct loader *loader;
    const struct data_entry *entry; // of the top-level key
    bool caller;                    // runs_as_caller
    bool refused;                   // the key's refusal is noted: once is enough
};

bool runs_as_caller(const struct data *table)
{
    const struct data_entry *linux_key = data_find(table, "Linux");
    if (!linux_key || linux_key->value->kind != DATA_TABLE)
        return false;
    const struct data_entry *run_as = data_find(linux_key->value, "RunAs");
    return run_as && data_is_text(run_as->value, "Caller");
}

static bool refuse_with(struct shape *shape, const char *what, const char *remedy)
{
    if (shape->refused)
        return true;
    shape->refused = true;
    return load_note(shape->loader, shape->entry, true, "EffectNotBuilt",
                     "%s %s, which this version of jesh does not do: %s", shape->entry->key->text.at, what,
                     remedy);
}

static bool refuse_session(struct shape *shape, const char *what)
{
    return refuse_with(shape, what, "remove it");
}

// ---- constraints on parameters ----

static const char *const common_parameters[] = {
    "Verbose",
    "Debug",
    "ErrorAction",
    "WarningAction",
    "InformationAction",
    "ProgressAction",
    "ErrorVariable",
    "WarningVariable",
    "InformationVariable",
    "OutVariable",
    "OutBuffer",
    "PipelineVariable",
    "vb",
    "db",
    "ea",
    "wa",
    "infa",
    "proga",
    "ev",
    "wv",
    "iv",
    "ov",
    "ob",
    "pv",
};

static bool bad_constraint(struct shape *shape, const struct data *at, const char *what)
{
    return load_fail(shape->loader, at, "InvalidVisibleCommandKeyEntries", "%s", what);
}

static bool is_common(const struct data *name)
{
    for (size_t i = 0; i < sizeof common_parameters / sizeof *common_parameters; i++)
        if (data_is_text(name, common_parameters[i]))
            return true;
    return false;
}

static bool check_values(struct shape *shape, const struct data *value)
{
    struct data_list list = data_list_of(value);
    if (list.count == 0)
        return bad_constraint(shape, value, "a constraint needs at least one value");
    for (size_t i = 0; i < list.count; i++)
        if (!data_text_of(shape->loader, data_list_at(&list, i)))
            return bad_constraint(shape, data_list_at(&list, i), "the values of a constraint are text");
    return true;
}

// A constraint that is not understood would be no constraint.
static bool check_parameter_key(struct shape *shape, const struct data_entry *entry)
{
    if (data_is_text(entry->key, "Name"))
        return true;
    if (data_is_text(entry->key, "ValidateSet") || data_is_text(entry->key, "ValidatePattern"))
        return check_values(shape, entry->value);
    return bad_constraint(shape, entry->key,
                          "a parameter has the keys Name, ValidateSet and ValidatePattern");
}

static bool check_parameter(struct shape *shape, const struct data *parameter)
{
    const struct data_entry *name = parameter->kind == DATA_TABLE ? data_find(parameter, "Name") : NULL;
    if (!name || !data_is_clean(name->value))
        return bad_constraint(shape, parameter, "each of Parameters has to be a table with a Name");
    if (is_common(name->value))
        return bad_constraint(shape, name->value,
                              "common parameters are always allowed and must not be listed");
    if (wildcard_has(name->value->text.at, name->value->text.size))
        return bad_constraint(shape, name->value, "a parameter's name has no wildcards");
    for (size_t i = 0; i < parameter->table.count; i++)
        if (!check_parameter_key(shape, &parameter->table.entries[i]))
            return false;
    return true;
}

static bool check_parameters(struct shape *shape, const struct data *command)
{
    const struct data_entry *name = data_find(command, "Name"),
                            *parameters = data_find(command, "Parameters");
    if (!name || !data_is_clean(name->value) || !parameters || parameters->value->kind == DATA_NULL)
        return bad_constraint(shape, command, "a limited command needs a Name and Parameters");
    for (size_t i = 0; i < command->table.count; i++)
        if (&command->table.entries[i] != name && &command->table.entries[i] != parameters)
            return bad_constraint(
                shape, command->table.entries[i].key,
                "a limited command has the keys Name and Parameters; constraints belong to a parameter");
    struct data_list list = data_list_of(parameters->value);
    for (size_t i = 0; i < list.count; i++)
        if (!check_parameter(shape, data_list_at(&list, i)))
            return false;
    return true;
}

static bool defines_function(const struct loader *loader, const struct data *name)
{
    const struct data_entry *entry = data_find(loader->table, "FunctionDefinitions");
    struct data_list list = entry ? data_list_of(entry->value) : (struct data_list){0};
    for (size_t i = 0; i < list.count; i++) {
        const struct data_entry *known = data_find(data_list_at(&list, i), "Name");
        if (known && data_is_text(known->value, name->text.at))
            return true;
    }
    return false;
}

static bool check_constraint(struct shape *shape, const struct data *command)
{
    if (!check_parameters(shape, command))
        return false;
    const struct data *name = data_find(command, "Name")->value;
    const char *slash = strrchr(name->text.at, '\\');
    const char *bare = slash ? slash + 1 : name->text.at;
    if (!cmdlet_find(bare, strlen(bare)) && !defines_function(shape->loader, name))
        return load_note(shape->loader, shape->entry, false, "UnknownCommand",
                         "there is no command '%s' here; the entry is skipped", name->text.at);
    return refuse_session(shape, "limits the parameters of a command");
}

static bool check_visible(struct shape *shape, const struct data *value, const char *id)
{
    struct data_list list = data_list_of(value);
    for (size_t i = 0; i < list.count; i++) {
        const struct data *item = data_list_at(&list, i);
        if (item->kind == DATA_TABLE
                ? !check_constraint(shape, item)
                : item->kind != DATA_STRING && !load_fail(shape->loader, item, id,
                                                          "a command is given by name, or by a table "
                                                          "with Name and Parameters"))
            return false;
    }
    return true;
}

static bool check_names(struct shape *shape, const struct data *value)
{
    struct data_list list = data_list_of(value);
    for (size_t i = 0; i < list.count; i++)
        if (data_list_at(&list, i)->kind != DATA_STRING &&
            !load_note(shape->loader, shape->entry, false, "NotAName",
                       "an entry that is no text matches nothing"))
            return false;
    return true;
}

// ---- programs ----

static bool bad_template(struct shape *shape, const struct data *at, const char *what)
{
    return load_fail(shape->loader, at, "InvalidVisibleExternalCommandEntries", "%s", what);
}

static bool check_word(struct shape *shape, const struct data *word)
{
    if (word->kind == DATA_STRING)
        return data_is_clean(word) ||
               bad_template(shape, word, "a word of a template is text without control characters");
    if (word->kind != DATA_TABLE || word->table.count != 1)
        return bad_template(shape, word,
                            "a word of a template is text, or a table with ValidateSet or ValidatePattern");
    const struct data_entry *entry = &word->table.entries[0];
    if (!data_is_text(entry->key, "ValidateSet") && !data_is_text(entry->key, "ValidatePattern"))
        return bad_template(shape, entry->key, "a placeholder has the key ValidateSet or ValidatePattern");
    return check_values(shape, entry->value);
}

static bool check_words(struct shape *shape, const struct data *template)
{
    struct data_list words = data_list_of(template);
    for (size_t i = 0; i < words.count; i++)
        if (!check_word(shape, data_list_at(&words, i)))
            return false;
    return true;
}

// Templates are arrays of words; a single template may stand without the array around it.
static bool check_arguments(struct shape *shape, const struct data *value)
{
    struct data_list list = data_list_of(value);
    bool nested = false;
    for (size_t i = 0; i < list.count; i++)
        nested = nested || data_list_at(&list, i)->kind == DATA_ARRAY;
    if (!nested)
        return check_words(shape, value);
    for (size_t i = 0; i < list.count; i++)
        if (!check_words(shape, data_list_at(&list, i)))
            return false;
    return true;
}

static bool check_template(struct shape *shape, const struct data *table)
{
    const struct data_entry *name = data_find(table, "Name"), *arguments = data_find(table, "Arguments");
    if (!name || !data_is_clean(name->value) || name->value->text.at[0] != '/')
        return bad_template(shape, table, "a program's table needs a Name that is an absolute path");
    for (size_t i = 0; i < table->table.count; i++)
        if (&table->table.entries[i] != name && &table->table.entries[i] != arguments)
            return bad_template(shape, table->table.entries[i].key,
                                "a program's table has the keys Name and Arguments");
    if (arguments && !check_arguments(shape, arguments->value))
        return false;
    return refuse_session(shape, "lets programs run");
}

static bool check_program(struct shape *shape, const struct data *item)
{
    if (item->kind == DATA_TABLE)
        return check_template(shape, item);
    const char *text = data_text_of(shape->loader, item);
    if (!text)
        return bad_template(shape, item,
                            "a program is given by its absolute path, or by a table with Name and Arguments");
    if (text[0] == '/' || wildcard_has(text, strlen(text)))
        return refuse_session(shape, "lets programs run");
    return load_note(shape->loader, shape->entry, false, "NotAPath",
                     "'%s' is no absolute path and so matches no program here", text);
}

static bool check_programs(struct shape *shape, const struct data *value)
{
    struct data_list list = data_list_of(value);
    for (size_t i = 0; i < list.count; i++)
        if (!check_program(shape, data_list_at(&list, i)))
            return false;
    return true;
}

// ---- roles and groups ----

static bool check_role_name(struct shape *shape, const struct data *name)
{
    const char *at = name->kind == DATA_STRING ? name->text.at : "";
    const char *slash = strchr(at, '\\');
    bool plain = data_is_clean(name) && !strchr(at, '/') && !strstr(at, "..") &&
                 !wildcard_has(at, name->text.size) && (!slash || !strchr(slash + 1, '\\'));
    return plain || load_fail(shape->loader, name, "CouldNotFindRoleCapability",
                              "a role is a name, or Module\\Name: no path, no wildcard");
}

static bool check_role_file(struct shape *shape, const struct data *path)
{
    size_t size = path->kind == DATA_STRING ? path->text.size : 0;
    bool role = size > 5 && strcasecmp(path->text.at + size - 5, ".psrc") == 0;
    return role || load_fail(shape->loader, path, "InvalidRoleCapabilityFileExtension",
                             "a role's file has a name that ends in .psrc");
}

static bool check_roles(struct shape *shape, const struct data *value, bool files)
{
    struct data_list list = data_list_of(value);
    for (size_t i = 0; i < list.count; i++)
        if (!(files ? check_role_file : check_role_name)(shape, data_list_at(&list, i)))
            return false;
    return true;
}

static bool check_role_entry(struct shape *shape, const struct data_entry *role)
{
    if (role->key->kind != DATA_STRING)
        return load_fail(shape->loader, role->key, "InvalidRoleKeyType",
                         "a role is given to a user or group by name");
    if (role->value->kind != DATA_TABLE)
        return load_fail(shape->loader, role->value, "InvalidRoleEntryNotHashtable",
                         "what a user or group gets is a table: @{ RoleCapabilities = 'Name' }");
    return keys_check(shape->loader, role->value, IN_ENTRY) &&
           shapes_check(shape->loader, role->value, IN_ENTRY);
}

static bool check_definitions(struct shape *shape, const struct data *table)
{
    for (size_t i = 0; i < table->table.count; i++)
        if (!check_role_entry(shape, &table->table.entries[i]))
            return false;
    return true;
}

static bool check_groups(struct shape *shape, const struct data *table);

static bool check_group_items(struct shape *shape, const struct data *value)
{
    struct data_list list = data_list_of(value);
    for (size_t i = 0; i < list.count; i++) {
        const struct data *item = data_list_at(&list, i);
        if (item->kind == DATA_TABLE
                ? !check_groups(shape, item)
                : !data_is_clean(item) &&
                      !load_fail(shape->loader, item, "UnknownGroupMembershipValue",
                                 "a condition holds names of groups and tables with And or Or"))
            return false;
    }
    return true;
}

static bool check_groups(struct shape *shape, const struct data *table)
{
    if (table->table.count == 0)
        return true;
    const struct data *key = table->table.entries[0].key;
    if (table->table.count > 1 || (!data_is_text(key, "And") && !data_is_text(key, "Or")))
        return load_fail(shape->loader, table, "UnknownGroupMembershipKey",
                         "a condition has one key, And or Or");
    return check_group_items(shape, table->table.entries[0].value);
}

// ---- the rest ----

static bool is_option(const char *text, size_t size)
{
    static const char *const options[] = {"None",    "ReadOnly", "Constant",
                                          "Private", "AllScope", "Unspecified"};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (utf8_same_ignore_case(options[i], strlen(options[i]), text, size))
            return true;
    return false;
}

static bool check_options(struct shape *shape, const struct data *value)
{
    const char *text = data_text_of(shape->loader, value);
    while (text && *text) {
        text += strspn(text, ", ");
        size_t size = strcspn(text, ", ");
        if (size && !is_option(text, size))
            return load_fail(shape->loader, value, "ArgumentException",
                             "options are None, ReadOnly, Constant, Private and AllScope");
        text += size;
    }
    return true;
}

// Options of aliases and functions. What is in force of them is decided where they are defined.
static bool check_all_options(struct shape *shape, const struct data *value)
{
    struct data_list list = data_list_of(value);
    for (size_t i = 0; i < list.count; i++) {
        const struct data_entry *options = data_find(data_list_at(&list, i), "Options");
        if (options && !check_options(shape, options->value))
            return false;
    }
    return true;
}

// The Core module is part of every session, here as in PowerShell.
static bool check_modules(struct shape *shape, const struct data *value)
{
    struct data_list list = data_list_of(value);
    for (size_t i = 0; i < list.count; i++)
        if (!data_is_text(data_list_at(&list, i), "Microsoft.PowerShell.Core"))
            return refuse_session(shape, "imports modules");
    return true;
}

static bool check_account(struct shape *shape, const struct key_row *row)
{
    const struct data *value = shape->entry->value;
    if (row == &key_rows[KEY_GROUP_MANAGED_SERVICE_ACCOUNT]) {
        const char *slash = strchr(value->text.at, '\\');
        if (!slash || slash == value->text.at || !slash[1] || strchr(slash + 1, '\\'))
            return load_fail(shape->loader, value, "InvalidGroupManagedServiceAccount",
                             "the account has to be Domain\\Name");
    }
    if (!data_asks(value))
        return true;
    if (!shape->caller)
        return refuse_with(shape, row->what, "keep the caller's identity with Linux = @{ RunAs = 'Caller' }");
    return load_note(shape->loader, shape->entry, false, "RunsAsCaller",
                     "without effect: Linux.RunAs says that the caller's identity is kept");
}

static bool check_effect(struct shape *shape, const struct key_row *row)
{
    if (row->effect == NOTED)
        return load_note(shape->loader, shape->entry, false, "NoEffect", "%s has no effect here: %s",
                         row->name, row->what);
    if (row->effect == UNBUILT && data_asks(shape->entry->value))
        return refuse_session(shape, row->what);
    return true;
}

static bool check_shape(struct shape *shape, enum key key)
{
    const struct data *value = shape->entry->value;
    const struct key_row *row = &key_rows[key];
    switch (key) {
    case KEY_VISIBLE_CMDLETS:
        return check_visible(shape, value, "InvalidVisibleCmdletsKeyEntries");
    case KEY_VISIBLE_FUNCTIONS:
        return check_visible(shape, value, "InvalidVisibleFunctionsKeyEntries");
    case KEY_VISIBLE_ALIASES:
    case KEY_VISIBLE_PROVIDERS:
        return check_names(shape, value);
    case KEY_VISIBLE_EXTERNAL_COMMANDS:
        return check_programs(shape, value);
    case KEY_ROLE_CAPABILITIES:
    case KEY_ROLE_CAPABILITY_FILES:
        return check_roles(shape, value, key == KEY_ROLE_CAPABILITY_FILES) && check_effect(shape, row);
    case KEY_ALIAS_DEFINITIONS:
    case KEY_FUNCTION_DEFINITIONS:
        return check_all_options(shape, value) && check_effect(shape, row);
    case KEY_ROLE_DEFINITIONS:
        return check_definitions(shape, value) && check_effect(shape, row);
    case KEY_REQUIRED_GROUPS:
        return check_groups(shape, value) && check_effect(shape, row);
    case KEY_MODULES_TO_IMPORT:
        return check_modules(shape, value);
    case KEY_GROUP_MANAGED_SERVICE_ACCOUNT:
    case KEY_RUN_AS_VIRTUAL_ACCOUNT:
    case KEY_RUN_AS_VIRTUAL_ACCOUNT_GROUPS:
        return check_account(shape, row);
    default:
        return check_effect(shape, row);
    }
}

bool shapes_check(struct loader *loader, const struct data *table, enum key_place place)
{
    struct shape shape = {.loader = loader, .caller = runs_as_caller(loader->table)};
    for (size_t i = 0; i < table->table.count; i++) {
        shape.entry = &table->table.entries[i];
        // One refusal speaks for everything inside of a role: RoleDefinitions has its own.
        shape.refused = place == IN_ENTRY;
        if (!check_shape(&shape, key_find(shape.entry->key)))
            return false;
    }
    return true;
}
