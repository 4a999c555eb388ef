// What programs call on script blocks and on $PSCmdlet. jesh-full alone.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/block-members.h"
#include "interp/eval/block.h"
#include "interp/eval/module.h"
#include "interp/value/ast-object.h"
#include "interp/value/types.h"

// --- Script blocks
// -------------------------------------------------------------------------------------------------

static bool invoke(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    struct collector found;
    value given = count ? args[0] : value_null;
    bool many = given.kind == V_ARRAY || given.kind == V_LIST;
    collector_start(&found);
    if (!block_invoke(in, self, many ? given.array->items : NULL, many ? given.array->count : 0, false,
                      &found.sink))
        return value_drop(found.list), false;
    return collector_take(&found, in, ret);
}

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

static bool closure(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    value home;
    (void)args, (void)count;
    if (!module_new(in, NULL, &home))
        return false;
    struct scope *scope = &MODULE(home)->scope;
    bool ok = !in->scope->parent || copy_scope(in, scope, in->scope);
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
    return script_block(in, value_text(args[0]), args[0].string->size, NULL, ret);
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

const struct property scriptblock_properties[] = {
    {.name = "Ast", .get = block_ast},           {.name = "IsFilter", .get = block_is_filter},
    {.name = "File", .get = block_file},         {.name = "Module", .get = block_home},
    {.name = "StartPosition", .get = block_place}, {0},
};

static const struct method block_methods[] = {
    {"Invoke", invoke, &type_object, {&type_object_array}, true},
    {"InvokeReturnAsIs", invoke, &type_object, {&type_object_array}, true},
    {"GetNewClosure", closure, &type_scriptblock, {NULL}, false},
    {0}};
static const struct method block_statics[] = {{"Create", create, &type_scriptblock, {&type_string}, false},
                                              {0}};
const struct type_members full_scriptblock = {block_methods, block_statics, NULL, NULL, true};
