// What programs call on script blocks and on $PSCmdlet. jesh-full alone.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/block-members.h"
#include "interp/eval/block.h"
#include "interp/eval/data.h"
#include "interp/eval/module.h"
#include "interp/eval/steppable.h"
#include "interp/value/ast-object.h"
#include "interp/value/objects.h"
#include "interp/value/types-rows.h"

// --- Script blocks
// -------------------------------------------------------------------------------------------------

// Relayed: what fails in there, even where the block would go on, ends the statement that calls the method.
static bool run(struct interp *in, value self, value args, bool relayed, struct collector *found)
{
    bool many = args.kind == V_ARRAY || args.kind == V_LIST;
    struct method_caller caller = method_caller_enter(in);
    collector_start(found);
    size_t count = many ? args.array->count : 0;
    const value *items = many ? args.array->items : NULL;
    bool ok = relayed ? block_invoke_relayed(in, self, items, count, &found->sink)
                      : block_invoke(in, self, items, count, false, &found->sink);
    method_caller_leave(in, caller);
    return ok || (value_drop(found->list), block_wrap_thrown(in), false);
}

// What a script throws inside of a method is the cause of a MethodInvocationException; what stands nowhere in
// the script, because it did not begin, is nothing but that.
void block_wrap_thrown(struct interp *in)
{
    if (in->thrown.kind != V_ERROR || in->eval->flow || in->thrown.object == in->out_of_memory.object ||
        value_is_type(in->thrown.error->exception, &type_method_invocation_exception))
        return;
    value record = value_keep(in->thrown);
    if (record.error->positioned)
        error_remember(in, record);
    value_drop(record);
    method_rethrow(in);
}

static bool as_collection(struct interp *in, struct collector *found, value *ret)
{
    if (!list_new(in, &type_collection, ret))
        return value_drop(found->list), false;
    bool ok = true;
    for (size_t i = 0; ok && found->list.kind == V_LIST && i < found->list.array->count; i++)
        ok = list_add(in, ret->array, found->list.array->items[i]);
    value_drop(found->list);
    return ok || (value_drop(*ret), false);
}

static bool invoke(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    struct collector found;
    return run(in, self, count ? args[0] : value_null, true, &found) && as_collection(in, &found, ret);
}

static bool invoke_as_is(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    struct collector found;
    return run(in, self, count ? args[0] : value_null, true, &found) && collector_take(&found, in, ret);
}

// --- InvokeWithContext: functions and variables of its own
// ----------------------------------------------------------------

static bool give_variable(struct interp *in, struct scope *scope, value v)
{
    const struct variable *from = (const struct variable *)v.object;
    struct symbol *symbol;
    struct variable *to;
    if (v.kind != V_OBJECT || v.object->type != &type_psvariable)
        return true;
    symbol = symbol_of(in, value_text(from->name), from->name.string->size);
    if (!symbol)
        return false;
    if (symbol->special < SCOPE_SPECIALS)
        return value_set(&scope->special[symbol->special], *from->at), true;
    return scope_variable(in, scope, symbol, true, &to) && (value_set(to->at, *from->at), true);
}

static bool give_function(struct interp *in, struct scope *scope, value name, value block)
{
    struct symbol *symbol = name.kind == V_STRING ? symbol_of(in, value_text(name), name.string->size) : NULL;
    if (block.kind != V_SCRIPTBLOCK)
        return throw_error(in, "EmptyFunctionBodyInFunctionDefinitionDictionary", CAT_InvalidOperation, name,
                           "A function is defined by a script block.");
    return symbol && function_put(in, scope, symbol, block);
}

static bool give(struct interp *in, struct scope *scope, value functions, value variables)
{
    if (functions.kind == V_TABLE)
        for (size_t i = 0; i < functions.table->used; i++) {
            const struct table_slot *slot = &functions.table->slots[i];
            if (slot->key.kind != V_VOID && !give_function(in, scope, slot->key, slot->val))
                return false;
        }
    if (!value_enumerable(variables) && !value_is_null(variables))
        return give_variable(in, scope, variables);
    for (size_t i = 0; value_enumerable(variables) && i < variables.array->count; i++)
        if (!give_variable(in, scope, variables.array->items[i]))
            return false;
    return true;
}

static bool invoke_with(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    struct scope scope, *outer = in->scope;
    struct collector found;
    scope_start(&scope, outer);
    in->scope = &scope;
    bool ok = give(in, &scope, args[0], args[1]);
    value given = count > 2 ? args[2] : value_null;
    bool many = given.kind == V_ARRAY || given.kind == V_LIST;
    collector_start(&found);
    ok = ok && (block_invoke(in, self, many ? given.array->items : NULL, many ? given.array->count : 0, false,
                             &found.sink) ||
                (value_drop(found.list), block_wrap_thrown(in), false));
    in->scope = outer;
    scope_end(in, &scope);
    return ok && as_collection(in, &found, ret);
}

static bool steppable(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    (void)args, (void)count;
    return steppable_new(in, self, ret);
}

// --- Closures
// ----------------------------------------------------------------------------------------------------

static bool copy_one(struct interp *in, struct scope *to, struct symbol *symbol, value v)
{
    struct variable *variable;
    if (!scope_variable(in, to, symbol, true, &variable))
        return false;
    return value_set(variable->at, v), true;
}

// A closure takes the variables of the scope it is made in, slots and others.
static bool copy_scope(struct interp *in, struct scope *to, const struct scope *from)
{
    for (size_t i = 0; from->code && i < from->code->local_count; i++)
        if (!value_is_unset(from->slots[i]) && !copy_one(in, to, from->code->locals[i], from->slots[i]))
            return false;
    for (size_t i = 0; i < from->own_count; i++)
        if (!copy_one(in, to, from->own[i]->symbol, *from->own[i]->at))
            return false;
    return true;
}

// Those that somebody made; what every session has is seen anyway.
static bool copy_globals(struct interp *in, struct scope *to)
{
    const struct table *symbols = in->eval->symbols.table;
    for (size_t i = 0; i < symbols->used; i++) {
        if (symbols->slots[i].key.kind == V_VOID)
            continue;
        struct symbol *symbol = (struct symbol *)symbols->slots[i].val.object;
        const struct variable *global = symbol->global;
        if (global && !global->options && !global->watched && symbol->special == SPECIAL_NONE &&
            !copy_one(in, to, symbol, *global->at))
            return false;
    }
    return true;
}

static bool closure(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    value home;
    (void)args, (void)count;
    if (!module_new(in, NULL, &home))
        return false;
    struct scope *scope = &MODULE(home)->scope;
    bool ok = in->scope->parent ? copy_scope(in, scope, in->scope) : copy_globals(in, scope);
    ok = ok &&
         block_new(in, self.scriptblock->source, self.scriptblock->node, self.scriptblock->function, ret);
    if (ok)
        value_set(&ret->scriptblock->home, home);
    value_drop(home);
    return ok;
}

static bool create(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    (void)self, (void)count;
    return script_block(in, value_text(args[0]), args[0].string->size, NULL, ret) || method_rethrow(in);
}

static bool block_ast(struct interp *in, value self, value *ret)
{
    const struct scriptblock *block = self.scriptblock;
    return ast_object_new(in, block->source, block->function ? block->function : block->node, ret);
}

static bool block_file(struct interp *in, value self, value *ret)
{
    const char *name = self.scriptblock->source->name;
    return name && *name ? string_text(in, name, ret) : (*ret = value_null, true);
}

static bool block_is_filter(struct interp *in, value self, value *ret)
{
    const struct ast *function = self.scriptblock->function;
    (void)in;
    return *ret = value_bool(function && function->op == TOK_FILTER), true;
}

static bool block_home(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(self.scriptblock->home), true;
}

static bool block_place(struct interp *in, value self, value *ret)
{
    const struct ast *node = self.scriptblock->node;
    return ast_extent_new(in, self.scriptblock->source, node->start, node->end, ret);
}

static bool block_attributes(struct interp *in, value self, value *ret)
{
    struct signature *signature = block_signature(in, self.scriptblock);
    if (!signature || !list_new(in, NULL, ret))
        return false;
    for (size_t i = 0; signature->own.kind == V_ARRAY && i < signature->own.array->count; i++)
        if (!list_add(in, ret->array, signature->own.array->items[i]))
            return value_drop(*ret), false;
    return true;
}

static bool block_is_not(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_false, true;
}

const struct property scriptblock_properties[] = {
    {.name = "Attributes", .get = block_attributes},
    {.name = "DebuggerHidden", .get = block_is_not},
    {.name = "IsConfiguration", .get = block_is_not},
    {.name = "Ast", .get = block_ast},
    {.name = "IsFilter", .get = block_is_filter},
    {.name = "File", .get = block_file},
    {.name = "Module", .get = block_home},
    {.name = "StartPosition", .get = block_place},
    {0},
};

// What the check finds is the exception of a method like any other.
static bool check_restricted(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    (void)count, (void)ret;
    return data_check(in, self.scriptblock, args[0], args[1], args[2].b) || method_rethrow(in);
}

static const struct method block_methods[] = {
    {"CheckRestrictedLanguage", check_restricted, NULL, P(&type_string_array, &type_string_array, &type_bool),
     false},
    {"Invoke", invoke, &type_object, P(&type_object_array), true},
    {"InvokeReturnAsIs", invoke_as_is, &type_object, P(&type_object_array), true},
    {"InvokeWithContext", invoke_with, &type_object, P(&type_object, &type_object, &type_object_array), true},
    {"GetSteppablePipeline", steppable, &type_object, NULL, false},
    {"GetSteppablePipeline", steppable, &type_object, P(&type_object), false},
    {"GetSteppablePipeline", steppable, &type_object, P(&type_object, &type_object_array), false},
    {"GetNewClosure", closure, &type_scriptblock, NULL, false},
    {0}};
static const struct method block_statics[] = {{"Create", create, &type_scriptblock, P(&type_string), false},
                                              {0}};
const struct type_members full_scriptblock = {block_methods, block_statics, NULL, NULL};
