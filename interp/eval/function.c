// Functions: script blocks that scopes know by name.
#include "interp/eval/block.h"

#include "base/mem.h"
#include "interp/eval/attribute.h"
#include "interp/eval/function-table.h"
#include "interp/eval/names.h"

static struct scope_function *find_own(const struct scope *scope, const struct symbol *symbol)
{
    for (size_t i = 0; i < scope->function_count; i++)
        if (scope->functions[i].symbol == symbol)
            return &scope->functions[i];
    return NULL;
}

// Trusted code sees only what trusted code made.
static struct scriptblock *function_seen(enum language_mode mode, struct scriptblock *block)
{
    while (block && mode == MODE_FULL && block->mode != MODE_FULL)
        block = block->behind;
    return block;
}

struct scriptblock *function_find(struct interp *in, const char *name, size_t size)
{
    enum scope_prefix prefix = scope_prefix(&name, &size);
    const struct symbol *symbol = prefix == PREFIX_DRIVE ? NULL : symbol_look(in, name, size);
    if (!symbol)
        return NULL;
    if (symbol->local_function)
        for (const struct scope *scope = scope_named(in, prefix); scope; scope = scope->parent) {
            const struct scope_function *own = find_own(scope, symbol);
            if (own)
                return function_seen(in->mode, own->block.scriptblock);
        }
    return symbol->function.kind == V_SCRIPTBLOCK ? function_seen(in->mode, symbol->function.scriptblock)
                                                  : NULL;
}

static bool add(struct interp *in, struct scope *scope, struct symbol *symbol, value block)
{
    if (scope->function_count == scope->function_capacity) {
        void *bigger = mem_grow(scope->functions, &scope->function_capacity, 4, sizeof *scope->functions);
        if (!bigger)
            return throw_memory(in);
        scope->functions = bigger;
    }
    symbol->local_function = true;
    scope->functions[scope->function_count++] = (struct scope_function){symbol, value_keep(block)};
    return true;
}

// Of two functions of one name, what trusted code calls stays what trusted code made.
static void keep_behind(struct interp *in, value block, value old)
{
    struct scriptblock *shown = block.scriptblock;
    if (in->mode == MODE_FULL || shown->behind)
        return;
    struct scriptblock *trusted = function_seen(MODE_FULL, old.scriptblock);
    if (trusted)
        shown->behind = value_keep((value){.kind = V_SCRIPTBLOCK, .scriptblock = trusted}).scriptblock;
}

bool function_put(struct interp *in, struct scope *scope, struct symbol *symbol, value block)
{
    if (!scope->parent)
        return value_set(&symbol->function, block), true;
    struct scope_function *own = find_own(scope, symbol);
    if (own)
        return value_set(&own->block, block), true;
    return add(in, scope, symbol, block);
}

void function_drop(struct scope *scope, struct symbol *symbol)
{
    struct scope_function *own = scope->parent ? find_own(scope, symbol) : NULL;
    if (!scope->parent)
        value_set(&symbol->function, value_null);
    if (!own)
        return;
    value_drop(own->block);
    *own = scope->functions[--scope->function_count];
}

const value *function_own(const struct scope *scope, const struct symbol *symbol)
{
    const struct scope_function *own = scope->parent ? find_own(scope, symbol) : NULL;
    if (own)
        return &own->block;
    return !scope->parent && symbol->function.kind == V_SCRIPTBLOCK ? &symbol->function : NULL;
}

static bool has_alias_attribute(const struct ast *block)
{
    const struct ast *head = block->kids[SB_PARAM];
    for (uint32_t i = 0; head && i < head->count; i++)
        if (head->kids[i]->kind == AST_ATTRIBUTE)
            return true;
    return false;
}

// [Alias()] before a function's param() names the function.
static bool define_aliases(struct interp *in, struct scope *scope, const struct symbol *symbol, value block)
{
    struct alias *alias;
    if (!has_alias_attribute(block.scriptblock->node))
        return true;
    const struct signature *signature = block_signature(in, block.scriptblock);
    if (!signature)
        return value_set(&in->thrown, value_null), true; // whoever calls it is told
    value attribute = attribute_among(signature->own, &type_alias_attribute);
    value names = attribute.kind == V_OBJECT ? attribute_field(attribute, ONLY_FIELD) : value_null;
    for (size_t i = 0; value_enumerable(names) && i < names.array->count; i++)
        if (names.array->items[i].kind == V_STRING &&
            !alias_put_in(in, scope, value_text(names.array->items[i]), value_text(symbol->name), &alias))
            return false;
    return true;
}

static bool define(struct interp *in, struct symbol *symbol, enum scope_prefix prefix, value block)
{
    struct scope *scope = scope_named(in, prefix);
    const value *old = function_own(scope, symbol);
    if (old)
        keep_behind(in, block, *old);
    return function_put(in, scope, symbol, block) && define_aliases(in, scope, symbol, block);
}

bool function_define(struct interp *in, struct symbol *symbol, enum scope_prefix prefix, value literal)
{
    value block;
    if (!block_here(in, literal, &block))
        return false;
    const struct scriptblock *old = function_find(in, value_text(symbol->name), symbol->name.string->size);
    bool ok =
        function_may_change(in, old, value_text(symbol->name), false) && define(in, symbol, prefix, block);
    value_drop(block);
    return ok;
}
