// Symbols, and the walk from the innermost scope outwards.
#include "interp/eval/scope.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/invocation.h"
#include "interp/eval/module.h"
#include "interp/eval/session-state.h"
#include "interp/value/types.h"

// --- Symbols
// -----------------------------------------------------------------------------------------------------

static void symbol_release(struct object *object)
{
    struct symbol *symbol = (struct symbol *)object;
    value_drop(symbol->name);
    value_drop(symbol->function);
    if (symbol->global)
        value_drop((value){.kind = V_OBJECT, .object = &symbol->global->head});
}

static const struct type type_symbol = {
    .name = "symbol",
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct symbol),
    .release = symbol_release,
};

static const struct {
    const char *name;
    enum special special;
} specials[] = {
    {"_", SPECIAL_UNDERSCORE},
    {"PSItem", SPECIAL_UNDERSCORE},
    {"args", SPECIAL_ARGS},
    {"input", SPECIAL_INPUT},
    {"this", SPECIAL_THIS},
    {"MyInvocation", SPECIAL_INVOCATION},
    {"PSBoundParameters", SPECIAL_BOUND},
    {"PSCmdlet", SPECIAL_CMDLET},
    {"PSScriptRoot", SPECIAL_ROOT},
    {"PSCommandPath", SPECIAL_PATH},
    {"Sender", SPECIAL_SENDER},
    {"?", SPECIAL_SUCCESS},
    {"Matches", SPECIAL_MATCHES},
    {"ExecutionContext", SPECIAL_CONTEXT},
};

static uint8_t special_of(const char *name, size_t size)
{
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++)
        if (utf8_same_ignore_case(name, size, specials[i].name, strlen(specials[i].name)))
            return (uint8_t)specials[i].special;
    return SPECIAL_NONE;
}

struct symbol *symbol_look(const struct interp *in, const char *name, size_t size)
{
    const value *found = table_get_name(in->eval->symbols.table, name, size);
    return found ? (struct symbol *)found->object : NULL;
}

static struct symbol *symbol_add(struct interp *in, value name)
{
    value v;
    if (!object_new(in, &type_symbol, &v))
        return NULL;
    struct symbol *symbol = (struct symbol *)v.object;
    symbol->name = value_keep(name);
    symbol->special = special_of(value_text(name), name.string->size);
    bool ok = table_set(in, in->eval->symbols.table, name, v);
    value_drop(v);
    return ok ? symbol : NULL;
}

struct symbol *symbol_of(struct interp *in, const char *name, size_t size)
{
    struct symbol *symbol = symbol_look(in, name, size);
    value key;
    if (symbol || !string_new(in, name, size, &key))
        return symbol;
    symbol = symbol_add(in, key);
    value_drop(key);
    return symbol;
}

enum scope_prefix scope_prefix(const char **io_name, size_t *io_size)
{
    static const struct {
        const char *text;
        enum scope_prefix prefix;
    } prefixes[] = {{"global:", PREFIX_GLOBAL},
                    {"script:", PREFIX_SCRIPT},
                    {"local:", PREFIX_LOCAL},
                    {"private:", PREFIX_PRIVATE},
                    {"variable:", PREFIX_NONE}};
    const char *colon = memchr(*io_name, ':', *io_size);
    if (!colon || colon == *io_name)
        return PREFIX_NONE;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t size = strlen(prefixes[i].text);
        if (*io_size <= size || !utf8_same_ignore_case(*io_name, size, prefixes[i].text, size))
            continue;
        *io_name += size;
        *io_size -= size;
        return prefixes[i].prefix;
    }
    return PREFIX_DRIVE;
}

// --- Scopes
// ------------------------------------------------------------------------------------------------------

void scope_start(struct scope *scope, struct scope *parent)
{
    *scope = (struct scope){.parent = parent, .aliases = value_null};
    for (size_t i = 0; i < SCOPE_SPECIALS; i++)
        scope->special[i] = value_unset;
}

static void let_go(struct variable *variable)
{
    if (variable->at != &variable->val)
        value_set(&variable->val, *variable->at);
    variable->at = &variable->val;
    value_drop((value){.kind = V_OBJECT, .object = &variable->head});
}

// What follows a variable's value follows that of the scopes further out again.
static void watch_outer(struct interp *in, const struct scope *scope, const struct symbol *symbol)
{
    const struct variable *found = NULL;
    for (scope = scope->parent; scope && scope->parent && !found; scope = scope->parent)
        found = scope_own(scope, symbol);
    if (!found)
        found = symbol->global;
    value_set(&in->ofs, found ? *found->at : value_null);
}

void scope_end(struct interp *in, struct scope *scope)
{
    if (in && in->scope_ended) // a module may outlive the session
        in->scope_ended(in, scope);
    for (size_t i = 0; i < scope->own_count; i++) {
        if (scope->own[i]->watched)
            watch_outer(in, scope, scope->own[i]->symbol);
        let_go(scope->own[i]);
    }
    for (size_t i = 0; i < scope->function_count; i++)
        value_drop(scope->functions[i].block);
    for (size_t i = 0; i < SCOPE_SPECIALS; i++)
        value_drop(scope->special[i]);
    value_drop(scope->aliases);
    value_drop(scope->types);
    if (scope->own)
        mem_free(scope->own, scope->own_capacity * sizeof *scope->own);
    if (scope->functions)
        mem_free(scope->functions, scope->function_capacity * sizeof *scope->functions);
}

value *scope_slot(const struct scope *scope, const struct symbol *symbol)
{
    if (!scope->code)
        return NULL;
    for (size_t i = 0; i < scope->code->local_count; i++)
        if (scope->code->locals[i] == symbol)
            return &scope->slots[i];
    return NULL;
}

struct variable *scope_own(const struct scope *scope, const struct symbol *symbol)
{
    for (size_t i = 0; i < scope->own_count; i++)
        if (scope->own[i]->symbol == symbol)
            return scope->own[i];
    return NULL;
}

static const value *scope_look(const struct scope *scope, const struct symbol *symbol)
{
    const struct variable *own = scope->own_count ? scope_own(scope, symbol) : NULL;
    if (own)
        return own->at;
    value *slot = scope_slot(scope, symbol);
    return slot && !value_is_unset(*slot) ? slot : NULL;
}

struct scope *scope_named(struct interp *in, enum scope_prefix prefix)
{
    struct scope *scope = in->scope;
    if (prefix == PREFIX_GLOBAL)
        return in->global;
    if (prefix != PREFIX_SCRIPT)
        return scope;
    while (scope->parent && !scope->script)
        scope = scope->parent;
    return scope;
}

// --- Session states
// ----------------------------------------------------------------------------------------------

static struct scope **inner_of(const struct interp *in, const struct module *module)
{
    return module ? (struct scope **)&module->inner : &in->eval->outside;
}

struct scope *state_scope(const struct interp *in, const struct module *module)
{
    return module == in->eval->module ? in->scope : *inner_of(in, module);
}

void state_enter(struct interp *in, struct module *module, struct scope *scope, struct entered *ret)
{
    struct eval_state *eval = in->eval;
    *ret = (struct entered){eval->module, in->scope, NULL};
    if (module != eval->module) {
        *inner_of(in, eval->module) = in->scope;
        ret->inner = *inner_of(in, module);
        eval->module = module;
    }
    in->scope = scope;
}

// The state that is left stands again where it stood before.
void state_leave(struct interp *in, const struct entered *entered)
{
    struct eval_state *eval = in->eval;
    if (eval->module != entered->module) {
        *inner_of(in, eval->module) = entered->inner;
        eval->module = entered->module;
    }
    in->scope = entered->scope;
}

// It is one object for each state that asks, and kept until another one does.
static bool context_get(struct interp *in, const value **ret)
{
    value context;
    if (!execution_context)
        return *ret = NULL, true;
    if (!execution_context(in, &context))
        return false;
    value_set(&in->eval->context, context);
    value_drop(context);
    return *ret = &in->eval->context, true;
}

static bool special_get(struct interp *in, enum special which, const value **ret)
{
    static const value *const answers[] = {&value_false, &value_true};
    if (which == SPECIAL_SUCCESS)
        return *ret = answers[in->success], true;
    if (which == SPECIAL_MATCHES)
        return *ret = &in->matches, true;
    if (which == SPECIAL_CONTEXT)
        return context_get(in, ret);
    for (struct scope *scope = in->scope; scope; scope = scope->parent) {
        value *at = &scope->special[which];
        if (value_is_unset(*at))
            continue;
        if (value_is_lazy(*at) && which == SPECIAL_INVOCATION && !scope->call) {
            value_set(at, value_null);
            return (!invocation_typed || invocation_typed(in, at)) && (*ret = at, true);
        }
        if (value_is_lazy(*at) && !scope->make_special(in, scope, which, at))
            return false;
        return *ret = at, true;
    }
    return *ret = NULL, true;
}

static bool is_visible(const struct variable *own, bool innermost)
{
    return innermost || !(own->options & OPTION_PRIVATE);
}

// From the current scope outwards; what is private is seen from its own scope only.
static const value *walk(struct interp *in, const struct symbol *symbol)
{
    for (const struct scope *scope = in->scope; scope->parent; scope = scope->parent) {
        const struct variable *own = scope->own_count ? scope_own(scope, symbol) : NULL;
        if (own && !is_visible(own, scope == in->scope))
            continue;
        const value *found = own ? own->at : scope_look(scope, symbol);
        if (found)
            return found;
    }
    return NULL;
}

bool variable_is_private(const struct interp *in, const struct variable *variable)
{
    return variable->hidden && in->scope == in->global;
}

bool variable_private(struct interp *in, const struct variable *variable)
{
    return throw_error(in, "VariableIsPrivate", CAT_PermissionDenied, variable->name, "$%s is private.",
                       value_text(variable->name));
}

bool scope_may_set(struct interp *in, const struct symbol *symbol)
{
    const struct variable *global = symbol->global;
    return !global || !variable_is_private(in, global) || variable_private(in, global);
}

bool scope_get(struct interp *in, const struct symbol *symbol, enum scope_prefix prefix, const value **ret)
{
    *ret = NULL;
    if (prefix == PREFIX_DRIVE)
        return !drive_get || drive_get(in, symbol, ret);
    if (symbol->special != SPECIAL_NONE && !symbol->local)
        return special_get(in, (enum special)symbol->special, ret);
    if (symbol->local && prefix == PREFIX_NONE && (*ret = walk(in, symbol)))
        return true;
    struct scope *scope = scope_named(in, prefix);
    if (prefix != PREFIX_NONE && scope->parent)
        return *ret = scope_look(scope, symbol), true;
    if (symbol->global && variable_is_private(in, symbol->global))
        return variable_private(in, symbol->global);
    if (symbol->global && is_visible(symbol->global, in->scope == in->global))
        *ret = symbol->global->at;
    return true;
}

static struct variable *global_allscope(const struct symbol *symbol)
{
    return symbol->global && symbol->global->options & OPTION_ALLSCOPE ? symbol->global : NULL;
}

static bool special_set(struct interp *in, const struct symbol *symbol, value v)
{
    if (symbol->special == SPECIAL_MATCHES)
        return value_set(&in->matches, v), true;
    if (symbol->special == SPECIAL_SUCCESS || symbol->special == SPECIAL_CONTEXT)
        return throw_error(in, "VariableNotWritable", CAT_WriteError, symbol->name, "$%s cannot be changed.",
                           value_text(symbol->name));
    return value_set(&in->scope->special[symbol->special], v), true;
}

bool scope_set(struct interp *in, struct symbol *symbol, enum scope_prefix prefix, value v)
{
    struct variable *variable;
    if (prefix == PREFIX_DRIVE && drive_set)
        return drive_set(in, symbol, v);
    struct scope *scope = scope_named(in, prefix);
    if (symbol->special != SPECIAL_NONE)
        return special_set(in, symbol, v);
    if ((variable = global_allscope(symbol)))
        return variable_assign(in, variable, v, false);
    value *slot = scope->own_count ? NULL : scope_slot(scope, symbol);
    if (slot)
        return value_set(slot, v), true;
    if (!scope_variable(in, scope, symbol, true, &variable))
        return false;
    if (prefix == PREFIX_PRIVATE)
        variable->options |= OPTION_PRIVATE;
    return variable_assign(in, variable, v, false);
}

// --- Variables as objects
// ----------------------------------------------------------------------------------------

static bool add_own(struct interp *in, struct scope *scope, struct variable *variable)
{
    if (scope->own_count == scope->own_capacity) {
        void *bigger = mem_grow(scope->own, &scope->own_capacity, 4, sizeof *scope->own);
        if (!bigger)
            return throw_memory(in);
        scope->own = bigger;
    }
    scope->own[scope->own_count++] = variable;
    return true;
}

static bool make_global(struct interp *in, struct symbol *symbol, struct variable **ret)
{
    if (!symbol->global && !variable_new(in, symbol, &symbol->global))
        return false;
    return *ret = symbol->global, true;
}

static bool make_local(struct interp *in, struct scope *scope, struct symbol *symbol, value *slot,
                       struct variable **ret)
{
    struct variable *variable;
    if (!variable_new(in, symbol, &variable))
        return false;
    if (!add_own(in, scope, variable))
        return value_drop((value){.kind = V_OBJECT, .object = &variable->head}), false;
    if (slot) {
        if (value_is_unset(*slot))
            *slot = value_null;
        variable->at = slot;
    }
    symbol->local = true;
    return *ret = variable, true;
}

bool scope_variable(struct interp *in, struct scope *scope, struct symbol *symbol, bool create,
                    struct variable **ret)
{
    *ret = scope->parent ? scope_own(scope, symbol) : symbol->global;
    if (*ret)
        return true;
    if (!scope->parent)
        return !create || make_global(in, symbol, ret);
    value *slot = scope_slot(scope, symbol);
    if (slot && value_is_unset(*slot) && !create)
        return true;
    return (!slot && !create) || make_local(in, scope, symbol, slot, ret);
}

// One object known in several scopes: what a module exports.
bool scope_share(struct interp *in, struct scope *scope, struct variable *variable)
{
    struct symbol *symbol = variable->symbol;
    value_keep((value){.kind = V_OBJECT, .object = &variable->head});
    if (!scope->parent) {
        if (symbol->global)
            value_drop((value){.kind = V_OBJECT, .object = &symbol->global->head});
        return symbol->global = variable, true;
    }
    symbol->local = true;
    for (size_t i = 0; i < scope->own_count; i++)
        if (scope->own[i]->symbol == symbol)
            return let_go(scope->own[i]), scope->own[i] = variable, true;
    return add_own(in, scope, variable);
}

unsigned scope_strict(const struct interp *in)
{
    for (const struct scope *scope = in->scope; scope; scope = scope->parent)
        if (scope->strict)
            return scope->strict - 1u;
    return 0;
}
