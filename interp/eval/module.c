// Modules: made, known by name, exporting, let go.
#include "interp/eval/module.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/wildcard.h"
#include "interp/eval/block.h"
#include "interp/eval/function-info.h"
#include "interp/eval/names.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

// --- Their life
// -----------------------------------------------------------------------------------------------------

static bool dynamic_name(struct interp *in, value *ret)
{
    value guid, text;
    if (!interp_call(in, cmdlet_id_of(cmdlet_find("New-Guid", 8)), NULL, 0, NULL, 0, &guid))
        return false;
    bool ok = value_to_string(in, guid, &text);
    value_drop(guid);
    if (!ok)
        return false;
    ok = string_printf(in, ret, "__DynamicModule_%s", value_text(text));
    value_drop(text);
    return ok;
}

static void link_module(struct interp *in, struct module *module)
{
    struct module *first = in->eval->modules;
    module->linked = true;
    module->previous = first ? first->previous : module;
    module->next = first ? first : module;
    module->previous->next = module;
    module->next->previous = module;
    module->owner = &in->eval->modules;
    if (!first)
        in->eval->modules = module;
}

static void unlink_module(struct module *module)
{
    if (!module->linked)
        return;
    module->linked = false;
    if (*module->owner == module)
        *module->owner = module->next == module ? NULL : module->next;
    module->previous->next = module->next;
    module->next->previous = module->previous;
}

bool module_new(struct interp *in, const char *name, value *ret)
{
    value v;
    if (!object_new(in, &type_psmodule, &v))
        return false;
    struct module *module = MODULE(v);
    scope_start(&module->scope, in->global);
    module->scope.script = true;
    module->inner = &module->scope;
    module->mode = (uint8_t)in->mode;
    link_module(in, module);
    if (!(name ? string_text(in, name, &module->name) : dynamic_name(in, &module->name)))
        return value_drop(v), false;
    return *ret = v, true;
}

static void drop_fields(struct module *module)
{
    value *own[] = {&module->name,   &module->path,     &module->base,         &module->version,
                    &module->guid,   &module->prefix,   &module->private_data, &module->manifest,
                    &module->nested, &module->required, &module->on_remove,    &module->imported,
                    &module->root,   &module->file};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        value_set(own[i], value_null);
    for (size_t i = 0; i < MEMBER_SETS; i++)
        value_set(&module->exports[i], value_null);
}

void module_release(struct object *object)
{
    struct module *module = (struct module *)object;
    unlink_module(module);
    scope_end(NULL, &module->scope);
    drop_fields(module);
}

void modules_end(struct interp *in)
{
    while (in->eval->modules) {
        struct module *module = in->eval->modules;
        struct scope old = module->scope;
        value_keep(module_value(module));
        unlink_module(module);
        scope_start(&module->scope, in->global);
        scope_end(in, &old);
        drop_fields(module);
        value_drop(module_value(module));
    }
}

// --- By name
// --------------------------------------------------------------------------------------------------------

bool module_table(struct interp *in, struct table **ret)
{
    value *table = in->eval->module ? &in->eval->module->imported : &in->eval->imported;
    if (table->kind != V_TABLE && !table_new(in, true, table))
        return false;
    return *ret = table->table, true;
}

static struct module *last_named(const struct table *table, const char *name, size_t size)
{
    for (size_t i = table->used; i-- > 0;) {
        const struct table_slot *slot = &table->slots[i];
        if (slot->key.kind != V_STRING)
            continue;
        const struct string *own = MODULE(slot->val)->name.string;
        if (utf8_same_ignore_case(own->text, own->size, name, size))
            return MODULE(slot->val);
    }
    return NULL;
}

struct module *module_imported(struct interp *in, const char *name, size_t size)
{
    value tables[] = {in->eval->module ? in->eval->module->imported : value_null, in->eval->imported};
    struct module *found = NULL;
    for (size_t i = 0; !found && i < sizeof tables / sizeof *tables; i++)
        if (tables[i].kind == V_TABLE)
            found = last_named(tables[i].table, name, size);
    return found;
}

// Several of one name can be there: a file is what makes a module the same.
static bool key_of(struct interp *in, struct module *module, value *ret)
{
    value file = value_is_null(module->file) ? module->path : module->file;
    if (!value_is_null(file))
        return *ret = value_keep(file), true;
    return string_printf(in, ret, "%s/%p", value_text(module->name), (void *)module);
}

bool module_register(struct interp *in, struct module *module)
{
    struct table *table;
    value v = module_value(module);
    if (in->eval->loaded.kind != V_TABLE && !table_new(in, true, &in->eval->loaded))
        return false;
    value key;
    if (!key_of(in, module, &key))
        return false;
    bool ok = module_table(in, &table) && table_set(in, table, key, v) &&
              table_set(in, in->eval->loaded.table, key, v);
    return value_drop(key), ok;
}

static void forget_in(value table, value module)
{
    for (size_t i = 0; table.kind == V_TABLE && i < table.table->used; i++)
        if (table.table->slots[i].key.kind != V_VOID && table.table->slots[i].val.object == module.object) {
            value key = value_keep(table.table->slots[i].key);
            table_remove(table.table, key);
            value_drop(key);
            return;
        }
}

void module_forget(struct interp *in, struct module *module)
{
    value v = value_keep(module_value(module));
    forget_in(in->eval->imported, v);
    forget_in(in->eval->loaded, v);
    struct module *first = in->eval->modules, *at = first;
    do {
        forget_in(at->imported, v);
        at = at->next;
    } while (at != first);
    value_drop(v);
}

// --- What they export
// -----------------------------------------------------------------------------------------------

bool module_export_one(struct interp *in, struct module *module, enum member_set set, value name,
                       value member)
{
    value *table = &module->exports[set];
    if (table->kind != V_TABLE && !table_new(in, true, table))
        return false;
    return table_set(in, table->table, name, member);
}

bool patterns_fit(value patterns, value name)
{
    for (size_t i = 0; patterns.kind == V_ARRAY && i < patterns.array->count; i++) {
        value pattern = patterns.array->items[i];
        if (pattern.kind == V_STRING && wildcard_match(value_text(pattern), pattern.string->size,
                                                       value_text(name), name.string->size, true))
            return true;
    }
    return false;
}

static bool export_functions(struct interp *in, struct module *module, value patterns)
{
    const struct scope *scope = &module->scope;
    for (size_t i = 0; i < scope->function_count; i++)
        if (patterns_fit(patterns, scope->functions[i].symbol->name) &&
            !module_export_one(in, module, MEMBERS_FUNCTIONS, scope->functions[i].symbol->name,
                               scope->functions[i].block))
            return false;
    return true;
}

static bool export_aliases(struct interp *in, struct module *module, value patterns)
{
    value table = module->scope.aliases;
    for (size_t i = 0; table.kind == V_TABLE && i < table.table->used; i++) {
        const struct table_slot *slot = &table.table->slots[i];
        if (slot->key.kind == V_STRING && patterns_fit(patterns, slot->key) &&
            !module_export_one(in, module, MEMBERS_ALIASES, slot->key, slot->val))
            return false;
    }
    return true;
}

static bool export_variables(struct interp *in, struct module *module, value patterns)
{
    const struct scope *scope = &module->scope;
    for (size_t i = 0; i < scope->own_count; i++)
        if (patterns_fit(patterns, scope->own[i]->name) &&
            !module_export_one(in, module, MEMBERS_VARIABLES, scope->own[i]->name,
                               (value){.kind = V_OBJECT, .object = &scope->own[i]->head}))
            return false;
    return true;
}

bool module_export(struct interp *in, struct module *module, enum member_set set, value patterns)
{
    switch (set) {
    case MEMBERS_FUNCTIONS:
        return export_functions(in, module, patterns);
    case MEMBERS_ALIASES:
        return export_aliases(in, module, patterns);
    case MEMBERS_VARIABLES:
        return export_variables(in, module, patterns);
    default:
        return true;
    }
}

const value *module_member(const struct module *module, enum member_set set, const char *name, size_t size)
{
    value table = module->exports[set];
    return table.kind == V_TABLE ? table_get_name(table.table, name, size) : NULL;
}

bool module_prefixed(struct interp *in, value prefix, value name, value *ret)
{
    if (prefix.kind != V_STRING || !prefix.string->size)
        return *ret = value_keep(name), true;
    const char *dash = strchr(value_text(name), '-');
    if (!dash)
        return string_printf(in, ret, "%s%s", value_text(prefix), value_text(name));
    return string_printf(in, ret, "%.*s-%s%s", (int)(dash - value_text(name)), value_text(name),
                         value_text(prefix), dash + 1);
}

// As the module's prefix makes its names, or plainly.
static const value *member_as_named(struct interp *in, const struct module *module, const char *name)
{
    value functions = module->exports[MEMBERS_FUNCTIONS], full;
    const value *found = module_member(module, MEMBERS_FUNCTIONS, name, strlen(name));
    for (size_t i = 0; !found && functions.kind == V_TABLE && i < functions.table->used; i++) {
        const struct table_slot *slot = &functions.table->slots[i];
        if (slot->key.kind != V_STRING || !module_prefixed(in, module->prefix, slot->key, &full))
            continue;
        if (value_is_text(full, name))
            found = &slot->val;
        value_drop(full);
    }
    return found;
}

struct scriptblock *module_function(struct interp *in, const char *module_name, size_t size, const char *name,
                                    value *ret_module)
{
    struct module *module = module_imported(in, module_name, size);
    for (int hops = 0; module && hops < 16; hops++) {
        const value *alias, *found = member_as_named(in, module, name);
        if (found) {
            *ret_module = value_keep(module_value(module));
            return found->scriptblock;
        }
        if (!(alias = module_member(module, MEMBERS_ALIASES, name, strlen(name))))
            break;
        name = value_text(((struct alias *)alias->object)->definition);
    }
    return NULL;
}

struct module *module_exporting(struct interp *in, value block)
{
    struct table *table;
    if (!module_table(in, &table))
        return NULL;
    for (size_t i = 0; i < table->used; i++) {
        if (table->slots[i].key.kind != V_STRING)
            continue;
        struct module *module = MODULE(table->slots[i].val);
        value functions = module->exports[MEMBERS_FUNCTIONS];
        for (size_t j = 0; functions.kind == V_TABLE && j < functions.table->used; j++)
            if (functions.table->slots[j].val.kind == V_SCRIPTBLOCK &&
                functions.table->slots[j].val.scriptblock == block.scriptblock)
                return module;
    }
    return NULL;
}

bool info_block(value info, value *ret)
{
    if (!value_is_function_info(info))
        return false;
    return *ret = FUNCTION_INFO(info)->block, true;
}

static bool add_as(struct interp *in, value to, value name, value v, enum member_kind kind)
{
    if (!member_add(in, to, value_text(name), v))
        return false;
    struct member *member = member_find(to.object->members, value_text(name), name.string->size);
    if (member)
        member->kind = kind;
    return true;
}

static bool add_variables(struct interp *in, struct module *module, value to)
{
    value variables = module->exports[MEMBERS_VARIABLES];
    for (size_t i = 0; variables.kind == V_TABLE && i < variables.table->used; i++) {
        const struct table_slot *slot = &variables.table->slots[i];
        if (slot->key.kind == V_STRING && !add_as(in, to, slot->key, slot->val, MEMBER_VARIABLE))
            return false;
    }
    return true;
}

// Exported variables become its properties, functions its methods.
bool module_custom_object(struct interp *in, struct module *module, value *ret)
{
    value functions = module->exports[MEMBERS_FUNCTIONS], made;
    if (!custom_new(in, &made))
        return false;
    bool ok = add_variables(in, module, made);
    for (size_t i = 0; ok && functions.kind == V_TABLE && i < functions.table->used; i++) {
        const struct table_slot *slot = &functions.table->slots[i];
        if (slot->key.kind == V_STRING)
            ok = add_as(in, made, slot->key, slot->val, MEMBER_SCRIPT_METHOD);
    }
    if (!ok)
        return value_drop(made), false;
    return *ret = made, true;
}

bool block_bound(struct interp *in, value block, value home, value *ret)
{
    const struct scriptblock *old = block.scriptblock;
    if (!block_new(in, old->source, old->node, old->function, ret))
        return false;
    value_set(&ret->scriptblock->home, home);
    ret->scriptblock->mode = old->mode;
    return true;
}
