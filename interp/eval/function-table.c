// Functions by name: listed, stored, erased. jesh-full alone.
#include "interp/eval/function-table.h"

#include <stdlib.h>
#include <string.h>

#include "interp/eval/block.h"
#include "interp/eval/function-info.h"
#include "interp/eval/module.h"
#include "interp/eval/names.h"

// --- Looking
// ----------------------------------------------------------------------------------------------------------

static bool is_listed(const struct array *list, value name)
{
    for (size_t i = 0; i < list->count; i++)
        if (!strcasecmp(value_text(FUNCTION_INFO(list->items[i])->name), value_text(name)))
            return true;
    return false;
}

static bool add(struct interp *in, struct array *list, value name, bool may_be_there)
{
    value info;
    struct scriptblock *block = function_find(in, value_text(name), name.string->size);
    if (!block || (may_be_there && is_listed(list, name)))
        return true;
    if (!function_info_new(in, name, (value){.kind = V_SCRIPTBLOCK, .scriptblock = block}, value_null, &info))
        return false;
    bool ok = list_add(in, list, info);
    return value_drop(info), ok;
}

static bool add_scopes(struct interp *in, struct array *list)
{
    for (const struct scope *scope = in->scope; scope; scope = scope->parent)
        for (size_t i = 0; i < scope->function_count; i++)
            if (!add(in, list, scope->functions[i].symbol->name, true))
                return false;
    return true;
}

static bool add_globals(struct interp *in, struct array *list)
{
    const struct table *symbols = in->eval->symbols.table;
    bool others = list->count > 0;
    for (size_t i = 0; i < symbols->used; i++) {
        if (symbols->slots[i].key.kind == V_VOID)
            continue;
        const struct symbol *symbol = (const struct symbol *)symbols->slots[i].val.object;
        if (symbol->function.kind == V_SCRIPTBLOCK && !add(in, list, symbol->name, others))
            return false;
    }
    return true;
}

static int by_name(const void *a, const void *b)
{
    const value *left = a, *right = b;
    return strcasecmp(value_text(FUNCTION_INFO(*left)->name), value_text(FUNCTION_INFO(*right)->name));
}

bool function_list(struct interp *in, value *ret)
{
    value list;
    if (!list_new(in, NULL, &list))
        return false;
    bool ok = add_scopes(in, list.array) && add_globals(in, list.array);
    if (ok && list.array->count)
        qsort(list.array->items, list.array->count, sizeof(value), by_name);
    ok = ok && array_from(in, list.array->items, list.array->count, ret);
    return value_drop(list), ok;
}

bool function_item(struct interp *in, const char *name, value *ret)
{
    struct scriptblock *block = function_find(in, name, strlen(name));
    value text;
    if (!block)
        return *ret = value_void, true;
    size_t size = strlen(name);
    scope_prefix(&name, &size);
    const struct symbol *symbol = symbol_look(in, name, size);
    if (symbol ? (text = value_keep(symbol->name), false) : !string_new(in, name, size, &text))
        return false;
    bool ok =
        function_info_new(in, text, (value){.kind = V_SCRIPTBLOCK, .scriptblock = block}, value_null, ret);
    return value_drop(text), ok;
}

// --- Changing
// ---------------------------------------------------------------------------------------------------------

bool function_may_change(struct interp *in, const struct scriptblock *old, const char *name, bool force)
{
    if (!old || !(old->options & (OPTION_CONSTANT | (force ? 0 : OPTION_READONLY))))
        return true;
    return throw_error(in, "FunctionNotWritable", CAT_WriteError, value_null,
                       "The function %s is read-only or constant.", name);
}

static bool as_block(struct interp *in, value v, value *ret)
{
    value text;
    if (v.kind == V_SCRIPTBLOCK || value_is_function_info(v)) {
        value from = v.kind == V_SCRIPTBLOCK ? v : FUNCTION_INFO(v)->block;
        return block_bound(in, from, from.scriptblock->home, ret);
    }
    if (!value_to_string(in, v, &text))
        return false;
    bool ok = script_block(in, value_text(text), text.string->size, NULL, ret);
    return value_drop(text), ok;
}

bool function_store(struct interp *in, const char *name, value v, bool force)
{
    size_t size = strlen(name);
    const struct scriptblock *old = function_find(in, name, size);
    value block;
    if (value_is_null(v))
        return !old || function_erase(in, name, force);
    if (!function_may_change(in, old, name, force) || !as_block(in, v, &block))
        return false;
    unsigned options = old ? old->options : 0;
    enum scope_prefix prefix = scope_prefix(&name, &size);
    struct symbol *symbol = symbol_of(in, name, size);
    if (old)
        ((struct scriptblock *)old)->options = 0;
    bool ok = symbol && function_define(in, symbol, prefix, block);
    block.scriptblock->options = (uint8_t)options;
    return value_drop(block), ok;
}

bool function_set_options(struct interp *in, const char *name, unsigned options)
{
    struct scriptblock *block = function_find(in, name, strlen(name));
    if (block)
        block->options = (uint8_t)options;
    return true;
}

bool function_erase(struct interp *in, const char *name, bool force)
{
    size_t size = strlen(name);
    const struct scriptblock *old = function_find(in, name, size);
    if (old && old->options & (OPTION_CONSTANT | (force ? 0 : OPTION_READONLY)))
        return throw_error(in, "FunctionNotRemovable", CAT_WriteError, value_null,
                           "The function %s is read-only or constant.", name);
    enum scope_prefix prefix = scope_prefix(&name, &size);
    struct symbol *symbol = (struct symbol *)symbol_look(in, name, size);
    struct scope *scope = scope_named(in, prefix);
    for (; symbol && scope->parent; scope = scope->parent)
        if (function_own(scope, symbol))
            return function_drop(scope, symbol), true;
    if (symbol)
        value_set(&symbol->function, value_null);
    return true;
}
