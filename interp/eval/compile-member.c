// Calls of members: [type]::method(…) and $x.method(…). Linked into jesh-full alone.
#include "interp/eval/compiler.h"

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
    c->top = (uint16_t)(first + 1);
    c->offset = c->statement;
    compile_emit(c, OP_INVOKE, (node->flags & NODE_STATIC) != 0, first, first, (uint16_t)count);
    if (conditional)
        compile_land(c, none);
    return first;
}
