// What the compiler does for classes: return in methods, base calls, initializers, and types by their names.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/class-call.h"
#include "interp/eval/compiler.h"
#include "interp/eval/type-definition.h"
#include "interp/value/error.h"
#include "interp/value/types.h"

uint16_t compile_late_type(struct compiler *c, const struct ast *node, struct ast_text name)
{
    uint16_t reg = compile_register(c);
    c->offset = node->start;
    compile_emit(c, OP_TYPE, 0, reg, compile_text_constant(c, name), 0);
    return reg;
}

// --- Types of a block
// ---------------------------------------------------------------------------------------------

struct list {
    struct compiler *c;
    value types;
};

static bool add_type(const struct ast *node, void *context)
{
    struct list *list = context;
    if (node->kind == AST_SCRIPT_BLOCK_EXPRESSION || node->kind == AST_FUNCTION_DEFINITION)
        return false;
    if (node->kind != AST_TYPE_DEFINITION)
        return true;
    const struct type *type = type_of_node(list->c->in, node);
    if (type && !list_add(list->c->in, list->types.array, (value){.kind = V_TYPE, .type = type}))
        list->c->failed = true;
    return false;
}

void compile_types(struct compiler *c, const struct ast *block)
{
    struct list list = {.c = c};
    if (!c->in->eval->defined)
        return;
    if (!list_new(c->in, NULL, &list.types)) {
        c->failed = true;
        return;
    }
    for (uint32_t i = 0; i < block->count; i++)
        if (block->kids[i])
            ast_walk(block->kids[i], add_type, &list);
    bool any = list.types.array->count;
    uint16_t types = compile_constant(c, list.types);
    if (any)
        compile_emit(c, OP_TYPES, 0, 0, types, 0);
}

// --- Methods
// ------------------------------------------------------------------------------------------------------

static uint16_t type_constant(struct compiler *c, const struct type *type)
{
    return compile_constant(c, (value){.kind = V_TYPE, .type = type});
}

void compile_method_return(struct compiler *c, const struct ast *node)
{
    const struct ast *constraint = c->method->kids[MEMBER_TYPE], *what = node->kids[ONLY];
    if (what) {
        uint16_t reg = compile_register(c);
        c->offset = c->statement = what->start;
        compile_collected(c, what, reg);
        c->offset = what->start;
        if (constraint)
            compile_emit(c, OP_CONVERT, 0, reg, reg, compile_type(c, constraint, constraint->kids[ONLY]));
        compile_emit(c, OP_RESULT, 0, 0, reg, 0);
    }
    compile_emit(c, c->barriers ? OP_LEAVE : OP_RETURN, 0, 0, 0, 0);
}

void compile_base_call(struct compiler *c, const struct ast *node)
{
    const struct ast *owner = c->method ? c->method->parent : NULL;
    const struct type *type = owner ? type_of_node(c->in, owner) : NULL;
    if (!type || c->method->flags & NODE_STATIC)
        return;
    uint16_t top = c->top, first = compile_register(c);
    compile_emit(c, OP_LOAD, 0, first, type_constant(c, type), 0);
    for (uint32_t i = 0; i < node->count && !c->failed; i++) {
        uint16_t reg = compile_register(c);
        compile_expression_to(c, node->kids[i], reg);
    }
    c->offset = c->method->kids[MEMBER_VALUE]->kids[FUNC_BODY]->start;
    compile_emit(c, OP_BASE, 0, 0, first, (uint16_t)node->count);
    c->top = top;
}

// --- Initializers
// -------------------------------------------------------------------------------------------------

static void compile_initializer(struct compiler *c, const struct ast *member, uint16_t target, bool is_static)
{
    const struct ast *first = member->kids[MEMBER_VALUE];
    uint16_t top = c->top, reg = compile_register(c);
    c->method = member;
    c->offset = c->statement = first->start;
    compile_expression_to(c, first, reg);
    c->offset = first->start;
    compile_emit(c, OP_FIELD, is_static, reg, target, compile_text_constant(c, member->text));
    c->top = top;
}

static void compile_all(struct compiler *c, const struct class *class, bool is_static)
{
    uint16_t target = CONSTANT_BIT;
    for (uint32_t i = 0; i < class->node->count && !c->failed; i++) {
        const struct ast *member = class->node->kids[i];
        if (member->kind != AST_PROPERTY_MEMBER || !member->kids[MEMBER_VALUE] ||
            is_static != ((member->flags & NODE_STATIC) != 0))
            continue;
        if (target == CONSTANT_BIT && is_static)
            target = type_constant(c, &class->type);
        else if (target == CONSTANT_BIT) {
            target = compile_register(c);
            compile_load_name(c, "this", target);
        }
        compile_initializer(c, member, target, is_static);
    }
    compile_emit(c, OP_END, 0, 0, 0, 0);
}

bool code_compile_initializers(struct interp *in, struct class *class, bool is_static, struct code **ret)
{
    struct code *code = mem_new(1, sizeof *code);
    if (!code)
        return throw_memory(in);
    struct compiler c = {.in = in, .code = code, .scoped = true};
    code->source = source_ref(class->source);
    for (size_t i = 0; i < ENTRIES; i++)
        code->entries[i] = i == ENTRY_MAIN ? 0 : NO_ENTRY;
    compile_all(&c, class, is_static);
    if (c.failed)
        return code_free(code), false;
    return *ret = code, true;
}
