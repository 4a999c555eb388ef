// What a module exports, made known in other session states and taken back. jesh-full alone.
#include "interp/eval/module.h"

#include "interp/eval/names.h"

struct scope *module_target(struct interp *in)
{
    return in->eval->module ? &in->eval->module->scope : in->global;
}

static bool wanted(const struct module_import *how, enum member_set set, value name)
{
    bool all = true;
    for (size_t i = 0; i < MEMBER_SETS; i++)
        all = all && how->patterns[i].kind == V_NULL;
    return all || patterns_fit(how->patterns[set], name);
}

static bool import_one(struct interp *in, struct scope *scope, enum member_set set, value name, value member)
{
    struct symbol *symbol;
    switch (set) {
    case MEMBERS_FUNCTIONS:
        symbol = symbol_of(in, value_text(name), name.string->size);
        return symbol && function_put(in, scope, symbol, member);
    case MEMBERS_VARIABLES:
        return scope_share(in, scope, (struct variable *)member.object);
    case MEMBERS_ALIASES:
        if (value_is_text(((struct alias *)member.object)->name, value_text(name)))
            return alias_share(in, scope, (struct alias *)member.object);
        return alias_put_in(in, scope, value_text(name),
                            value_text(((struct alias *)member.object)->definition), NULL);
    default:
        return true;
    }
}

static bool import_member(struct interp *in, struct scope *scope, enum member_set set,
                          const struct table_slot *slot, const struct module_import *how)
{
    value name;
    bool leave = false;
    if (!module_prefixed(in, set == MEMBERS_VARIABLES ? value_null : how->prefix, slot->key, &name))
        return false;
    bool ok = (!how->told || how->told(how->context, set, name, &leave)) &&
              (leave || import_one(in, scope, set, name, slot->val));
    value_drop(name);
    return ok;
}

bool module_import(struct interp *in, struct module *module, struct scope *scope,
                   const struct module_import *how)
{
    for (unsigned set = 0; set < MEMBER_SETS; set++) {
        value table = module->exports[set];
        for (size_t i = 0; table.kind == V_TABLE && i < table.table->used; i++) {
            const struct table_slot *slot = &table.table->slots[i];
            if (slot->key.kind == V_STRING && wanted(how, (enum member_set)set, slot->key) &&
                !import_member(in, scope, (enum member_set)set, slot, how))
                return false;
        }
    }
    return true;
}

// --- Taken back
// ------------------------------------------------------------------------------------------------------

static void drop_function(struct interp *in, struct scope *scope, value name, value block)
{
    struct symbol *symbol = symbol_look(in, value_text(name), name.string->size);
    const value *own = symbol ? function_own(scope, symbol) : NULL;
    if (own && own->scriptblock == block.scriptblock)
        function_drop(scope, symbol);
}

static void drop_alias(struct interp *in, struct scope *scope, value name, value alias)
{
    const struct alias *own = alias_in(in, scope, value_text(name));
    if (own && own->definition.string == ((struct alias *)alias.object)->definition.string)
        alias_remove_in(in, scope, value_text(name));
}

static bool drop_variable(struct interp *in, struct scope *scope, value member)
{
    struct variable *variable = (struct variable *)member.object, *there;
    if (!scope_variable(in, scope, variable->symbol, false, &there))
        return false;
    if (there == variable)
        scope_forget(scope, variable);
    return true;
}

static bool drop_member(struct interp *in, struct scope *scope, enum member_set set, value name, value member)
{
    if (set == MEMBERS_VARIABLES)
        return drop_variable(in, scope, member);
    if (set == MEMBERS_FUNCTIONS)
        drop_function(in, scope, name, member);
    else if (set == MEMBERS_ALIASES)
        drop_alias(in, scope, name, member);
    return true;
}

static bool drop_members(struct interp *in, struct module *module, struct scope *scope)
{
    bool ok = true;
    for (unsigned set = 0; set < MEMBER_SETS; set++) {
        value table = module->exports[set];
        for (size_t i = 0; ok && table.kind == V_TABLE && i < table.table->used; i++) {
            const struct table_slot *slot = &table.table->slots[i];
            value name, prefix = set == MEMBERS_VARIABLES ? value_null : module->prefix;
            if (slot->key.kind != V_STRING)
                continue;
            if (!module_prefixed(in, prefix, slot->key, &name))
                return false;
            ok = drop_member(in, scope, (enum member_set)set, name, slot->val);
            value_drop(name);
        }
    }
    return ok;
}

// It is taken from whoever takes it back; other session states that imported it keep what they have.
bool module_remove(struct interp *in, struct module *module)
{
    struct module *here = in->eval->module;
    bool ok = here == module || drop_members(in, module, here ? &here->scope : in->global);
    module_forget(in, module);
    return ok;
}
