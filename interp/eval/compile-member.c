// Calls of members: [type]::method(…) and $x.method(…). Linked into jesh-full alone.
#include "interp/eval/compiler.h"

static const struct ast *inside(const struct ast *node)
{ // of parentheses
    while (node && node->kind == AST_PAREN_EXPRESSION) {
        const struct ast *pipeline = node->kids[ONLY];
        const struct ast *element = pipeline->kind == AST_PIPELINE && pipeline->count == 1 ? pipeline->kids[0] : NULL;
        node = element && element->kind == AST_COMMAND_EXPRESSION ? element->kids[CMDEXPR_EXPRESSION] : NULL;
    }
    return node;
}

// ([Base]$this).Method(): the method is Base's own, whatever a derived class made of it. Its type stands behind
// the arguments.
static bool compile_base(struct compiler *c, const struct ast *target)
{
    const struct ast *convert = target->kind == AST_PAREN_EXPRESSION ? inside(target) : NULL;
    if (!convert || convert->kind != AST_CONVERT_EXPRESSION)
        return false;
    const struct ast *name = convert->kids[CONVERT_TYPE]->kids[ONLY];
    uint16_t reg = compile_register(c), type = compile_type(c, convert, name);
    compile_emit(c, OP_LOAD, 0, reg, type, 0);
    return true;
}

// Target, name and arguments stand in consecutive registers.
uint16_t compile_invoke(struct compiler *c, const struct ast *node)
{
    uint16_t first = compile_register(c), name = compile_register(c);
    uint32_t count = node->count - 2 - ((node->flags & NODE_GENERIC) != 0);
    compile_expression_to(c, node->kids[0], first);
    compile_expression_to(c, node->kids[1], name);
    size_t none = 0, conditional = node->flags & NODE_NULL_CONDITIONAL;
    if (conditional) {
        size_t some = compile_jump(c, OP_JUMP_SET, first);
        none = compile_jump(c, OP_JUMP, 0);
        compile_land(c, some);
    }
    for (uint32_t i = 0; i < count && !c->failed; i++) {
        uint16_t reg = compile_register(c);
        compile_expression_to(c, node->kids[2 + i], reg);
    }
    bool is_static = node->flags & NODE_STATIC, of_base = !is_static && compile_base(c, node->kids[0]);
    c->top = (uint16_t)(first + 1);
    c->offset = c->statement;
    compile_emit(c, OP_INVOKE, is_static | of_base << 1, first, first, (uint16_t)count);
    if (conditional)
        compile_land(c, none);
    return first;
}
