// Aliases: the visible ones of the session, and what Set-Alias and the Alias provider make of them.
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#include "interp/eval/interp.h"
#include "interp/eval/names.h"
#include "interp/eval/scope.h"
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
    as_alias(v)->mode = (uint8_t)in->mode;
    *ret = v;
    return true;
}

static struct alias *look(value table, const char *name, size_t size)
{
    const value *found = table.kind == V_TABLE ? table_get_name(table.table, name, size) : NULL;
    return found ? as_alias(*found) : NULL;
}

struct alias *alias_get(const struct interp *in, const char *name, size_t size)
{
    struct alias *found = NULL;
    if (in->eval->local_aliases)
        for (const struct scope *scope = in->scope; scope->parent && !found; scope = scope->parent)
            found = look(scope->aliases, name, size);
    if (!found)
        found = look(in->aliases, name, size);
    bool hidden = found && in->narrowed && in->mode == MODE_FULL && found->mode != MODE_FULL;
    return hidden ? NULL : found; // trusted code sees what trusted code made
}

bool alias_follow(const struct interp *in, value *io_name)
{
    for (int hops = 0; hops < 16; hops++) {
        const struct alias *alias = alias_get(in, value_text(*io_name), io_name->string->size);
        if (!alias)
            return true;
        *io_name = alias->definition;
    }
    return false;
}

// Where an alias of that name is made: AllScope ones are one for all scopes.
static value *table_for(struct interp *in, struct scope *scope, const char *name)
{
    const struct alias *global = look(in->aliases, name, strlen(name));
    if (!scope || !scope->parent || (global && global->options & OPTION_ALLSCOPE))
        return &in->aliases;
    return &scope->aliases;
}

struct alias *alias_in(struct interp *in, struct scope *scope, const char *name)
{
    return look(*table_for(in, scope, name), name, strlen(name));
}

bool alias_share(struct interp *in, struct scope *scope, struct alias *alias)
{
    value *table = table_for(in, scope, value_text(alias->name));
    if (table->kind != V_TABLE && !table_new(in, false, table))
        return false;
    in->eval->local_aliases |= table != &in->aliases;
    return table_set(in, table->table, alias->name, (value){.kind = V_OBJECT, .object = &alias->head});
}

static bool define(struct interp *in, struct scope *scope, struct alias *alias, value definition)
{
    value_set(&alias->definition, definition);
    return alias_share(in, scope, alias);
}

bool alias_put_in(struct interp *in, struct scope *scope, const char *name, const char *definition,
                  struct alias **ret)
{
    struct alias *old = alias_in(in, scope, name);
    value alias, text;
    if (!string_text(in, definition, &text))
        return false;
    bool ok = old ? (alias = value_keep((value){.kind = V_OBJECT, .object = &old->head}), true)
                  : new_alias(in, name, &alias);
    if (ok) {
        ok = define(in, scope, as_alias(alias), text);
        if (ok && ret)
            *ret = as_alias(alias);
        value_drop(alias);
    }
    value_drop(text);
    return ok;
}

bool alias_put(struct interp *in, const char *name, const char *definition, struct alias **ret)
{
    return alias_put_in(in, in->scope, name, definition, ret);
}

bool alias_remove_in(struct interp *in, struct scope *scope, const char *name)
{
    value *table = table_for(in, scope, name), key;
    if (table->kind != V_TABLE)
        return true;
    if (!string_text(in, name, &key))
        return false;
    table_remove(table->table, key);
    value_drop(key);
    return true;
}

bool alias_remove(struct interp *in, const char *name)
{
    struct scope *scope = in->scope;
    while (scope->parent && !look(scope->aliases, name, strlen(name)))
        scope = scope->parent;
    return alias_remove_in(in, scope, name);
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

static int by_name(const void *a, const void *b)
{
    const struct string *x = as_alias(*(const value *)a)->name.string,
                        *y = as_alias(*(const value *)b)->name.string;
    return utf8_compare_ignore_case(x->text, x->size, y->text, y->size);
}

// Where one is hidden by another of the same name, only the inner one is listed.
static bool list_table(struct interp *in, value table, struct array *list)
{
    for (size_t i = 0; table.kind == V_TABLE && i < table.table->used; i++) {
        value alias = table.table->slots[i].val, name;
        if (table.table->slots[i].key.kind != V_STRING)
            continue;
        name = as_alias(alias)->name;
        if (alias_get(in, value_text(name), name.string->size) == as_alias(alias) &&
            !list_add(in, list, alias))
            return false;
    }
    return true;
}

bool alias_list(struct interp *in, value *ret)
{
    value list;
    if (!list_new(in, NULL, &list))
        return false;
    bool ok = list_table(in, in->aliases, list.array);
    for (const struct scope *scope = in->scope; ok && scope->parent; scope = scope->parent)
        ok = list_table(in, scope->aliases, list.array);
    ok = ok && array_from(in, list.array->items, list.array->count, ret);
    value_drop(list);
    if (ok && ret->array->count)
        qsort(ret->array->items, ret->array->count, sizeof(value), by_name);
    return ok;
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
    const struct string *own = as_alias(self)->definition.string;
    if (!name && function_find && function_find(in, own->text, own->size))
        name = own->text;
    return !name || string_text(in, name, ret);
}

static bool get_display_name(struct interp *in, value self, value *ret)
{
    const struct alias *alias = as_alias(self);
    const char *resolved = in->session ? resolved_name(in, alias) : NULL;
    bool chain = alias_get(in, value_text(alias->definition), alias->definition.string->size) != NULL;
    return string_printf(in, ret, "%s -> %s", value_text(alias->name),
                         chain && resolved ? resolved : value_text(alias->definition));
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
    .base = &type_command_info,
    .properties = properties,
    .to_string = alias_to_string,
    .release = alias_release,
    .size = sizeof(struct alias),
    .type_code = 1,
};
