// Statements and expressions that only the whole language has: linked into jesh-full alone
// (interp/full-only).
#include "interp/eval/block.h"
#include "interp/eval/compiler.h"

static const struct ast *kid(const struct ast *node, size_t i)
{
    return i < node->count ? node->kids[i] : NULL;
}

static uint16_t operand_of(struct compiler *c, const struct ast *node)
{
    uint16_t reg = compile_register(c);
    compile_collected(c, node, reg);
    return reg;
}

static void compile_exit(struct compiler *c, const struct ast *node)
{
    uint16_t status = kid(node, ONLY) ? operand_of(c, node->kids[ONLY]) : compile_constant(c, value_int(0));
    compile_emit(c, OP_EXIT, 0, 0, status, 0);
}

static void compile_throw(struct compiler *c, const struct ast *node)
{
    const struct ast *what = kid(node, ONLY);
    if (!what && c->caught) {
        compile_emit(c, OP_RETHROW, 1, 0, *c->caught, 0);
        return;
    }
    uint16_t reg = what ? operand_of(c, what) : compile_constant(c, value_void);
    c->offset = node->start;
    compile_emit(c, OP_THROW, 0, 0, reg, 0);
}

static void compile_data_commands(struct compiler *c, const struct ast *node)
{
    uint32_t count = node->count - DATA_COMMANDS;
    bool constant = true;
    uint16_t top = c->top, first = top;
    value body = value_null;
    for (uint32_t i = 0; i < count && !c->failed; i++) {
        uint16_t reg = compile_register(c);
        constant &= node->kids[DATA_COMMANDS + i]->kind == AST_STRING_CONSTANT_EXPRESSION;
        compile_expression_to(c, node->kids[DATA_COMMANDS + i], reg);
    }
    if (!count)
        return;
    if (!block_new(c->in, c->code->source, node->kids[DATA_BODY], NULL, &body))
        c->failed = true;
    c->offset = node->kids[DATA_COMMANDS]->start;
    compile_emit(c, OP_DATA_COMMANDS, constant, first, compile_constant(c, body), (uint16_t)count);
    c->top = top;
}

static void compile_data_body(struct compiler *c, const struct ast *node)
{
    uint16_t outer = compile_register(c), pending = compile_register(c);
    compile_register(c); // pending + 1
    compile_data_commands(c, node);
    compile_emit(c, OP_DATA, 0, outer, 0, 0);
    size_t start = c->code->count;
    c->barriers++;
    compile_block(c, node->kids[DATA_BODY]);
    c->barriers--;
    compile_finally(c, start, pending);
    compile_emit(c, OP_DATA, 1, outer, 0, 0);
    compile_emit(c, OP_FINALLY_END, 0, pending, 0, 0);
}

static void compile_data(struct compiler *c, const struct ast *node)
{
    uint16_t reg = compile_register(c);
    if (!node->text.size)
        return compile_data_body(c, node);
    if (++c->collectors > c->code->collectors)
        c->code->collectors = c->collectors;
    compile_emit(c, OP_COLLECT, 0, 0, 0, 0);
    compile_data_body(c, node);
    compile_emit(c, OP_COLLECTED, 0, reg, 0, 0);
    c->collectors--;
    compile_store(c, &(struct ast){.kind = AST_VARIABLE_EXPRESSION, .text = node->text, .start = node->start},
                  reg);
}

bool compile_full(struct compiler *c, const struct ast *node)
{
    switch ((enum ast_kind)node->kind) {
    case AST_FOREACH_STATEMENT:
    case AST_FOR_STATEMENT:
    case AST_WHILE_STATEMENT:
    case AST_DO_WHILE_STATEMENT:
    case AST_DO_UNTIL_STATEMENT:
        return compile_loop(c, node), true;
    case AST_SWITCH_STATEMENT:
        return compile_switch(c, node), true;
    case AST_TRY_STATEMENT:
        return compile_try(c, node), true;
    case AST_TRAP_STATEMENT:
        return true; // compile_traps
    case AST_TYPE_DEFINITION:
        return true; // types_define
    case AST_COMMAND_EXPRESSION:
        return compile_base_call(c, node->kids[CMDEXPR_EXPRESSION]), true;
    case AST_BREAK_STATEMENT:
    case AST_CONTINUE_STATEMENT:
        return compile_jump_out(c, node), true;
    case AST_FUNCTION_DEFINITION:
        return compile_function(c, node), true;
    case AST_RETURN_STATEMENT:
        return compile_return(c, node), true;
    case AST_EXIT_STATEMENT:
        return compile_exit(c, node), true;
    case AST_THROW_STATEMENT:
        return compile_throw(c, node), true;
    case AST_DATA_STATEMENT:
        return compile_data(c, node), true;
    case AST_ASSIGNMENT_STATEMENT:
        return compile_assignment(c, node, NULL), true;
    default:
        return false;
    }
}

bool compile_full_value(struct compiler *c, const struct ast *node, uint16_t reg)
{
    uint16_t top = c->top, from;
    if (node->kind != AST_ASSIGNMENT_STATEMENT)
        return false;
    compile_assignment(c, node, &from);
    if (from != reg)
        compile_emit(c, OP_LOAD, 0, reg, from, 0);
    c->top = top;
    return true;
}

static bool is_step(const struct ast *node)
{
    return node->kind == AST_UNARY_EXPRESSION && (node->op == TOK_PLUS_PLUS || node->op == TOK_MINUS_MINUS);
}

bool compile_silent(struct compiler *c, const struct ast *expression)
{
    if (!is_step(expression))
        return false;
    compile_step(c, expression, false);
    compile_emit(c, OP_SUCCESS, 0, 0, 0, 0);
    return true;
}

bool compile_full_expression(struct compiler *c, const struct ast *node, uint16_t *ret)
{
    if (node->kind == AST_SCRIPT_BLOCK_EXPRESSION)
        return *ret = compile_script_block(c, node), true;
    if (!is_step(node))
        return false;
    *ret = compile_step(c, node, true);
    return true;
}
