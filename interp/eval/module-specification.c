// Microsoft.PowerShell.Commands.ModuleSpecification: which module in which version. jesh-full alone.
#include <ctype.h>
#include <string.h>

#include "interp/eval/module-specification.h"
#include "interp/eval/state.h"
#include "interp/value/types-rows.h"

#define AT(v, n) AS(fields, v)->at[n]
#define SPECIFICATION &type_module_specification

// --- From a table

static const struct key {
    const char *name;
    const struct type *type;
    enum specification_field field;
} keys[] = {{"ModuleName", STR, SPECIFICATION_NAME},
            {"Guid", &type_guid, SPECIFICATION_GUID},
            {"ModuleVersion", &type_version, SPECIFICATION_MINIMUM},
            {"MaximumVersion", STR, SPECIFICATION_MAXIMUM},
            {"RequiredVersion", &type_version, SPECIFICATION_REQUIRED}};

static const struct key *key_named(value name)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (value_is_text(name, keys[i].name))
            return &keys[i];
    return NULL;
}

static bool bad_cast(struct interp *in, const struct key *key)
{
    value_set(&in->thrown, value_null);
    return method_throw(in, &type_ps_invalid_cast_exception, "%s is nothing that a [%s] can be made of.",
                        key->name, key->type->name);
}

static bool take_entries(struct interp *in, const struct table *table, value to)
{
    for (size_t i = 0; i < table->used; i++) {
        const struct table_slot *slot = &table->slots[i];
        if (slot->key.kind == V_VOID)
            continue;
        const struct key *key = key_named(slot->key);
        if (!key)
            return method_throw(in, &type_argument_exception,
                                "A module is described by ModuleName, ModuleVersion, MaximumVersion, "
                                "RequiredVersion and Guid alone.");
        if (!value_convert(in, slot->val, key->type, &AT(to, key->field)))
            return bad_cast(in, key);
    }
    return true;
}

static bool has(value v, enum specification_field field)
{
    return !value_is_null(AT(v, field));
}

static bool settled(struct interp *in, value v)
{
    if (!has(v, SPECIFICATION_NAME) || !AT(v, SPECIFICATION_NAME).string->size)
        return method_throw(in, &type_missing_member_exception, "ModuleName is missing.");
    if (!has(v, SPECIFICATION_MINIMUM) && !has(v, SPECIFICATION_MAXIMUM) && !has(v, SPECIFICATION_REQUIRED))
        return method_throw(in, &type_missing_member_exception,
                            "One of ModuleVersion, MaximumVersion and RequiredVersion is needed.");
    if (has(v, SPECIFICATION_REQUIRED) && (has(v, SPECIFICATION_MINIMUM) || has(v, SPECIFICATION_MAXIMUM)))
        return method_throw(in, &type_argument_exception,
                            "RequiredVersion leaves no room for ModuleVersion and MaximumVersion.");
    return true;
}

static bool from_table(struct interp *in, const struct table *table, value *ret)
{
    if (!object_new(in, SPECIFICATION, ret))
        return false;
    if (take_entries(in, table, *ret) && settled(in, *ret))
        return true;
    return value_drop(*ret), false;
}

METHOD(from_hashtable)
{
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "A description is needed, not $null.");
    return from_table(in, args[0].table, ret);
}

METHOD(from_name)
{
    UNUSED;
    if (args[0].kind != V_STRING || !args[0].string->size)
        return method_throw(in, &type_argument_exception, "A module's name must not be empty.");
    if (!object_new(in, SPECIFICATION, ret))
        return false;
    return AT(*ret, SPECIFICATION_NAME) = value_keep(args[0]), true;
}

METHOD(from_nothing)
{
    UNUSED;
    return object_new(in, SPECIFICATION, ret);
}

// --- As text

static bool add_entry(struct interp *in, struct buf *out, value self, enum specification_field field,
                      const char *format)
{
    value text;
    if (!has(self, field))
        return true;
    if (!value_to_string(in, AT(self, field), &text))
        return false;
    buf_printf(out, format, value_text(text));
    return value_drop(text), true;
}

bool module_specification_text(struct interp *in, value self, value *ret)
{
    struct buf out = BUF_INIT;
    if (!has(self, SPECIFICATION_NAME))
        return string_text(in, "", ret);
    bool bare = true;
    for (size_t i = 1; i < sizeof keys / sizeof *keys; i++)
        bare = bare && !has(self, keys[i].field);
    if (bare)
        return *ret = value_keep(AT(self, SPECIFICATION_NAME)), true;
    buf_printf(&out, "@{ ModuleName = '%s'", value_text(AT(self, SPECIFICATION_NAME)));
    bool ok = add_entry(in, &out, self, SPECIFICATION_GUID, "; Guid = '{%s}' ") &&
              add_entry(in, &out, self, SPECIFICATION_REQUIRED, "; RequiredVersion = '%s'") &&
              add_entry(in, &out, self, SPECIFICATION_MINIMUM, "; ModuleVersion = '%s'") &&
              add_entry(in, &out, self, SPECIFICATION_MAXIMUM, "; MaximumVersion = '%s'");
    buf_printf(&out, " }");
    if (ok)
        return buf_take(in, &out, ret);
    return buf_free(&out), false;
}

static const char *skip(const char *at)
{
    while (isspace((unsigned char)*at) || *at == ';')
        at++;
    return at;
}

// One Key = 'text' of such a text.
static bool read_entry(struct interp *in, const char **io_at, struct table *table)
{
    const char *key = *io_at, *end = key;
    while (isalpha((unsigned char)*end))
        end++;
    const char *at = skip(end);
    if (end == key || *at != '=' || (at = skip(at + 1), *at != '\'' && *at != '"'))
        return false;
    const char *close = strchr(at + 1, *at);
    value name, text;
    if (!close || !string_new(in, key, (size_t)(end - key), &name))
        return false;
    bool ok = string_new(in, at + 1, (size_t)(close - at - 1), &text);
    if (ok)
        ok = table_set(in, table, name, text), value_drop(text);
    value_drop(name);
    return *io_at = skip(close + 1), ok;
}

static bool read_table(struct interp *in, const char *text, value *ret)
{
    const char *at = skip(text);
    value table;
    if (at[0] != '@' || at[1] != '{' || !table_new(in, false, &table))
        return false;
    at = skip(at + 2);
    bool ok = true;
    while (ok && *at && *at != '}')
        ok = read_entry(in, &at, table.table);
    ok = ok && *at == '}' && !*skip(at + 1) && from_table(in, table.table, ret);
    value_drop(table);
    return ok;
}

METHOD(try_parse)
{
    value made = value_null;
    UNUSED;
    const char *text = args[0].kind == V_STRING ? value_text(args[0]) : "";
    bool ok =
        *skip(text) == '@' ? read_table(in, text, &made) : *text && from_name(in, value_null, args, 1, &made);
    if (!ok)
        value_set(&in->thrown, value_null);
    bool set = reference_set(in, args[1], made);
    value_drop(made);
    return *ret = value_bool(ok), set;
}

// --- Members

#define GETTER(name, field)                                                                                  \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, *ret = value_keep(AT(self, field)), true;                                           \
    }
GETTER(get_name, SPECIFICATION_NAME)
GETTER(get_guid, SPECIFICATION_GUID)
GETTER(get_minimum, SPECIFICATION_MINIMUM)
GETTER(get_maximum, SPECIFICATION_MAXIMUM)
GETTER(get_required, SPECIFICATION_REQUIRED)
#undef GETTER
const struct property module_specification_properties[] = {{"Name", get_name, NULL},
                                                           {"Guid", get_guid, NULL},
                                                           {"Version", get_minimum, NULL},
                                                           {"MaximumVersion", get_maximum, NULL},
                                                           {"RequiredVersion", get_required, NULL},
                                                           {0}};
static const struct method constructors[] = {
    {"new", from_nothing, SPECIFICATION},
    {"new", from_name, SPECIFICATION, P(STR), .names = "moduleName"},
    {"new", from_hashtable, SPECIFICATION, P(&type_hashtable), .names = "moduleSpecification"},
    {0}};
static const struct method statics[] = {
    {"TryParse", try_parse, BOOLEAN, P(STR, REF), .names = "input result"}, {0}};
const struct type_members full_module_specification = {.statics = statics, .constructors = constructors};
