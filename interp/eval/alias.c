// Aliases: the visible ones of the session, and what Set-Alias and the Alias provider make of them.
#include <string.h>

#include "base/utf8.h"

#include "interp/eval/interp.h"
#include "interp/eval/names.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"

static struct alias *as_alias(value v)
{
    return (struct alias *)v.object;
}

static bool new_alias(struct interp *in, const char *name, value *ret)
{
    value v;
    if (!object_new(in, &type_alias_info, &v))
        return false;
    if (!string_text(in, name, &as_alias(v)->name))
        return value_drop(v), false;
    *ret = v;
    return true;
}

struct alias *alias_get(const struct interp *in, const char *name, size_t size)
{
    if (in->aliases.kind != V_TABLE)
        return NULL;
    char key[256];
    if (size >= sizeof key)
        return NULL;
    memcpy(key, name, size);
    key[size] = '\0';
    const value *found = table_get_text(in->aliases.table, key);
    return found ? as_alias(*found) : NULL;
}

bool alias_put(struct interp *in, const char *name, const char *definition, struct alias **ret)
{
    struct alias *alias = alias_get(in, name, strlen(name));
    value made = value_null, text;
    if (!string_text(in, definition, &text))
        return false;
    if (!alias) {
        if (!new_alias(in, name, &made))
            return value_drop(text), false;
        alias = as_alias(made);
        bool kept = table_set(in, in->aliases.table, alias->name, made);
        value_drop(made);
        if (!kept)
            return value_drop(text), false;
    }
    value_drop(alias->definition);
    alias->definition = text;
    if (ret)
        *ret = alias;
    return true;
}

bool alias_remove(struct interp *in, const char *name)
{
    value key;
    if (!string_text(in, name, &key))
        return false;
    table_remove(in->aliases.table, key);
    value_drop(key);
    return true;
}

static unsigned built_in_options(const char *name)
{
    const struct alias_row *row = alias_find(name, strlen(name));
    unsigned options = row ? row->options : 0;
    return (options & ALIAS_READONLY ? OPTION_READONLY : 0u) |
           (options & ALIAS_ALLSCOPE ? OPTION_ALLSCOPE : 0u);
}

bool aliases_start(struct interp *in)
{
    if (!table_new(in, false, &in->aliases))
        return false;
    for (size_t i = 0; i < in->session->alias_count; i++) {
        const struct session_pair *pair = &in->session->aliases[i];
        struct alias *alias;
        if (!alias_put(in, pair->name, pair->value, &alias))
            return false;
        alias->options = built_in_options(pair->name);
    }
    return true;
}

// Sorted by insertion: the table is small and asked for rarely.
static void insert_sorted(struct array *array, size_t count, value v)
{
    const struct string *name = as_alias(v)->name.string;
    size_t at = count;
    for (; at > 0; at--) {
        const struct string *other = as_alias(array->items[at - 1])->name.string;
        if (utf8_compare_ignore_case(other->text, other->size, name->text, name->size) <= 0)
            break;
        array->items[at] = array->items[at - 1];
    }
    array->items[at] = value_keep(v);
}

bool alias_list(struct interp *in, value *ret)
{
    const struct table *table = in->aliases.table;
    value list;
    if (!array_new(in, table->count, &list))
        return false;
    size_t count = 0;
    for (size_t i = 0; i < table->used; i++)
        if (table->slots[i].key.kind == V_STRING)
            insert_sorted(list.array, count++, table->slots[i].val);
    *ret = list;
    return true;
}

// --- AliasInfo
// ----------------------------------------------------------------------------------------------------

static bool give(value v, value *ret)
{
    *ret = value_keep(v);
    return true;
}

static bool get_name(struct interp *in, value self, value *ret)
{
    (void)in;
    return give(as_alias(self)->name, ret);
}
static bool get_definition(struct interp *in, value self, value *ret)
{
    (void)in;
    return give(as_alias(self)->definition, ret);
}

static bool get_description(struct interp *in, value self, value *ret)
{
    value description = as_alias(self)->description;
    return description.kind == V_STRING ? give(description, ret) : string_text(in, "", ret);
}

static bool get_options(struct interp *in, value self, value *ret)
{
    (void)in;
    *ret = enum_value(&type_scoped_options, as_alias(self)->options);
    return true;
}

static bool get_command_type(struct interp *in, value self, value *ret)
{
    (void)in, (void)self;
    *ret = enum_value(&type_command_types, 1);
    return true;
}

// Follows aliases of aliases; a chain longer than the table is a circle.
static const char *resolved_name(const struct interp *in, const struct alias *alias)
{
    const char *name = value_text(alias->definition);
    for (size_t i = 0; i <= in->aliases.table->count; i++) {
        const struct alias *next = alias_get(in, name, strlen(name));
        if (!next) {
            const struct visible_command *command = session_command(in->session, name, strlen(name));
            return command && command->visible ? command->name : NULL;
        }
        name = value_text(next->definition);
    }
    return NULL;
}

static bool get_resolved_name(struct interp *in, value self, value *ret)
{
    const char *name = resolved_name(in, as_alias(self));
    *ret = value_null;
    return !name || string_text(in, name, ret);
}

static bool get_display_name(struct interp *in, value self, value *ret)
{
    const struct alias *alias = as_alias(self);
    return string_printf(in, ret, "%s -> %s", value_text(alias->name), value_text(alias->definition));
}

static bool get_empty(struct interp *in, value self, value *ret)
{
    (void)self;
    return string_text(in, "", ret);
}

static bool get_null(struct interp *in, value self, value *ret)
{
    (void)in, (void)self;
    *ret = value_null;
    return true;
}

static const struct property properties[] = {
    {"DisplayName", get_display_name, NULL},
    {"ResolvedCommandName", get_resolved_name, NULL},
    {"Definition", get_definition, NULL},
    {"Options", get_options, NULL},
    {"Description", get_description, NULL},
    {"Name", get_name, NULL},
    {"CommandType", get_command_type, NULL},
    {"Source", get_empty, NULL},
    {"Version", get_null, NULL},
    {"ModuleName", get_empty, NULL},
    {0},
};

static bool alias_to_string(struct interp *in, value self, value *ret)
{
    return get_name(in, self, ret);
}

static void alias_release(struct object *object)
{
    struct alias *alias = (struct alias *)object;
    value_drop(alias->name);
    value_drop(alias->definition);
    value_drop(alias->description);
}

const struct type type_alias_info = {
    .name = "System.Management.Automation.AliasInfo",
    .base = &type_object,
    .properties = properties,
    .to_string = alias_to_string,
    .release = alias_release,
    .size = sizeof(struct alias),
    .type_code = 1,
};
