// Statements that only the whole language has: linked into jesh-full alone (interp/full-only).
#include "interp/eval/compiler.h"

static void compile_foreach(struct compiler *c, const struct ast *node) {
    uint16_t list = compile_register(c), item = compile_register(c);
    compile_collected(c, node->kids[FOREACH_CONDITION], list);
    compile_emit(c, OP_WALK, 0, list, list, 0);
    size_t start = c->code->count;
    compile_emit(c, OP_NEXT, 0, item, list, 0);
    size_t out = compile_jump(c, OP_JUMP, 0);
    compile_store(c, node->kids[FOREACH_VARIABLE], item);
    compile_block(c, node->kids[FOREACH_BODY]);
    compile_jump_back(c, OP_JUMP, 0, start);
    compile_land(c, out);
}

static void compile_while(struct compiler *c, const struct ast *node) {
    size_t start = c->code->count;
    uint16_t reg = compile_register(c);
    compile_collected(c, node->kids[LOOP_CONDITION], reg);
    size_t out = compile_jump(c, OP_JUMP_FALSE, reg);
    compile_block(c, node->kids[LOOP_BODY]);
    compile_jump_back(c, OP_JUMP, 0, start);
    compile_land(c, out);
}

static enum token_kind operator_of_assignment(enum token_kind op) {
    switch (op) {
    case TOK_PLUS_EQUALS: return TOK_PLUS;
    case TOK_MINUS_EQUALS: return TOK_MINUS;
    case TOK_MULTIPLY_EQUALS: return TOK_MULTIPLY;
    case TOK_DIVIDE_EQUALS: return TOK_DIVIDE;
    case TOK_REMAINDER_EQUALS: return TOK_REM;
    default: return TOK_NONE;
    }
}

static void compile_assignment(struct compiler *c, const struct ast *node) {
    const struct ast *left = node->kids[LEFT];
    enum token_kind op = operator_of_assignment(node->op);
    if (left->kind != AST_VARIABLE_EXPRESSION || (node->op != TOK_EQUALS && op == TOK_NONE)) return compile_not_built(c, node);
    uint16_t reg = compile_register(c);
    compile_collected(c, node->kids[RIGHT], reg);
    if (op != TOK_NONE) {
        uint16_t old = compile_variable(c, left);
        compile_emit(c, OP_BINARY, op, reg, old, reg);
    }
    compile_store(c, left, reg);
    compile_emit(c, OP_SUCCESS, 0, 0, 0, 0);
}

bool compile_full(struct compiler *c, const struct ast *node) {
    switch ((enum ast_kind)node->kind) {
    case AST_FOREACH_STATEMENT: return compile_foreach(c, node), true;
    case AST_WHILE_STATEMENT: return compile_while(c, node), true;
    case AST_ASSIGNMENT_STATEMENT: return compile_assignment(c, node), true;
    case AST_FUNCTION_DEFINITION: return compile_function(c, node), true;
    case AST_RETURN_STATEMENT: return compile_return(c, node), true;
    default: return false;
    }
}

bool compile_full_expression(struct compiler *c, const struct ast *node, uint16_t *ret) {
    switch ((enum ast_kind)node->kind) {
    case AST_SCRIPT_BLOCK_EXPRESSION: return *ret = compile_script_block(c, node), true;
    default: return false;
    }
}
