#include <string.h>

#include "base/utf8.h"
#include "interp/eval/compiler.h"
#include "interp/eval/state.h"
#include "interp/eval/type-definition.h"
#include "interp/value/error.h"
#include "interp/value/numeric.h"
#include "interp/value/types.h"

static uint16_t constant(struct compiler *c, const struct ast *node)
{
    value v = value_null;
    if (!number_value(c->in, node->number, &v))
        c->failed = true;
    return compile_constant(c, v);
}

static bool is_name(struct ast_text text, const char *name)
{
    return text.size == strlen(name) && utf8_same_ignore_case(text.at, text.size, name, text.size);
}

// The literal pieces and the nested values stand in consecutive registers.
static void mark_piece(struct compiler *c, size_t from)
{
    for (; !c->failed && from < c->code->count; from++)
        if (c->code->ins[from].op == OP_VARIABLE || c->code->ins[from].op == OP_LOCAL)
            c->code->ins[from].flag |= IN_TEXT;
}

static uint16_t expandable(struct compiler *c, const struct ast *node)
{
    uint16_t first = c->top, pieces = 0;
    for (uint32_t i = 0; i <= node->count && !c->failed; i++) {
        if (node->parts[i].size) {
            uint16_t reg = compile_register(c);
            compile_emit(c, OP_LOAD, 0, reg, compile_text_constant(c, node->parts[i]), 0);
            pieces++;
        }
        if (i == node->count)
            break;
        uint16_t reg = compile_register(c);
        size_t from = c->code->count;
        compile_expression_to(c, node->kids[i], reg);
        if (node->kids[i]->kind == AST_VARIABLE_EXPRESSION)
            mark_piece(c, from);
        pieces++;
    }
    c->top = first;
    c->offset = node->start; // what has no text is the text's error
    uint16_t reg = compile_register(c);
    compile_emit(c, OP_TEXT, 0, reg, first, pieces);
    return reg;
}

static uint16_t array_literal(struct compiler *c, const struct ast *node)
{
    uint16_t first = c->top;
    for (uint32_t i = 0; i < node->count && !c->failed; i++) {
        uint16_t reg = compile_register(c);
        compile_expression_to(c, node->kids[i], reg);
    }
    c->top = first;
    uint16_t reg = compile_register(c);
    compile_emit(c, OP_ARRAY, 0, reg, first, (uint16_t)node->count);
    if (node->count >= CONSTANT_BIT)
        compile_raise(c, "ScriptTooComplex", (struct ast_text){"", 0});
    return reg;
}

static uint16_t table(struct compiler *c, const struct ast *node, bool ordered)
{
    uint16_t reg = compile_register(c);
    compile_emit(c, OP_TABLE, ordered, reg, 0, 0);
    for (uint32_t i = 0; i + 1 < node->count && !c->failed; i += 2) {
        uint16_t top = c->top;
        uint16_t key = compile_expression(c, node->kids[i]), val = compile_register(c);
        compile_collected(c, node->kids[i + 1], val);
        c->offset = node->kids[i]->start;
        compile_emit(c, OP_TABLE_SET, 0, reg, key, val);
        c->top = top;
    }
    return reg;
}

// A block's statements are guarded each by itself: an error in one does not stop the next (recorded).
static uint16_t block_value(struct compiler *c, const struct ast *block, bool as_array)
{
    uint16_t reg = compile_register(c);
    if (++c->collectors > c->code->collectors)
        c->code->collectors = c->collectors;
    compile_emit(c, OP_COLLECT, 0, 0, 0, 0);
    compile_block(c, block);
    compile_emit(c, OP_COLLECTED, as_array, reg, 0, 0);
    c->collectors--;
    return reg;
}

static uint16_t short_circuit(struct compiler *c, const struct ast *node)
{
    uint16_t reg = compile_register(c);
    enum token_kind op = (enum token_kind)node->op;
    compile_expression_to(c, node->kids[LEFT], reg);
    if (op != TOK_COALESCE)
        compile_emit(c, OP_TRUTH, 0, reg, reg, 0);
    size_t skip = compile_jump(c,
                               op == TOK_COALESCE ? OP_JUMP_SET
                               : op == TOK_AND    ? OP_JUMP_FALSE
                                                  : OP_JUMP_TRUE,
                               reg);
    compile_expression_to(c, node->kids[RIGHT], reg);
    if (op != TOK_COALESCE)
        compile_emit(c, OP_TRUTH, 0, reg, reg, 0);
    compile_land(c, skip);
    return reg;
}

static enum op own_instruction(enum token_kind op)
{
    switch (op) {
    case TOK_PLUS:
        return OP_ADD;
    case TOK_MINUS:
        return OP_SUBTRACT;
    case TOK_ILT:
        return OP_LESS;
    case TOK_ILE:
        return OP_LESS_EQUAL;
    case TOK_IGT:
        return OP_GREATER;
    case TOK_IGE:
        return OP_GREATER_EQUAL;
    case TOK_IEQ:
        return OP_EQUAL;
    default:
        return OP_BINARY;
    }
}

static bool looks_at_operand(enum token_kind op)
{
    return op == TOK_IREPLACE || op == TOK_CREPLACE || op == TOK_ISPLIT || op == TOK_CSPLIT;
}

static uint16_t binary(struct compiler *c, const struct ast *node)
{
    enum token_kind op = (enum token_kind)node->op;
    if (op == TOK_AND || op == TOK_OR || op == TOK_COALESCE)
        return short_circuit(c, node);
    uint16_t top = c->top;
    uint16_t left = compile_expression(c, node->kids[LEFT]), right = compile_expression(c, node->kids[RIGHT]);
    c->top = top;
    uint16_t reg = compile_register(c);
    if (looks_at_operand(op)) {
        c->offset = (uint32_t)(node->text.at - c->code->source->text);
        compile_emit(c, OP_OPERAND, op, 0, right, 0);
    }
    c->offset = c->statement;
    compile_emit(c, own_instruction(op), op, reg, left, right);
    return reg;
}

static uint16_t unary(struct compiler *c, const struct ast *node)
{
    uint16_t top = c->top, operand = compile_expression(c, node->kids[ONLY]);
    c->top = top;
    uint16_t reg = compile_register(c);
    c->offset = c->statement;
    compile_emit(c, OP_UNARY, node->op, reg, operand, 0);
    return reg;
}

static uint16_t ternary(struct compiler *c, const struct ast *node)
{
    uint16_t reg = compile_register(c);
    compile_expression_to(c, node->kids[TERNARY_CONDITION], reg);
    size_t otherwise = compile_jump(c, OP_JUMP_FALSE, reg);
    compile_expression_to(c, node->kids[TERNARY_TRUE], reg);
    size_t out = compile_jump(c, OP_JUMP, 0);
    compile_land(c, otherwise);
    compile_expression_to(c, node->kids[TERNARY_FALSE], reg);
    compile_land(c, out);
    return reg;
}

// The source text of a type name, "int[]" included.
static struct ast_text type_text(const struct compiler *c, const struct ast *name)
{
    return (struct ast_text){c->code->source->text + name->start, name->end - name->start};
}

uint16_t compile_type(struct compiler *c, const struct ast *node, const struct ast *name)
{
    struct ast_text text = type_text(c, name);
    const struct type *type = type_named_at(c->in, name, text.at, text.size);
    if (type)
        return compile_constant(c, (value){.kind = V_TYPE, .type = type});
    c->offset = node->start;
    if (compile_late_type)
        return compile_late_type(c, node, text);
    compile_raise(c, "TypeNotFound", text);
    return compile_constant(c, value_null);
}

// [void]: evaluated, and nothing comes of it.
static uint16_t nothing(struct compiler *c, const struct ast *child)
{
    uint16_t top = c->top;
    compile_expression(c, child);
    c->top = top;
    return compile_constant(c, value_void);
}

static uint16_t convert(struct compiler *c, const struct ast *node)
{
    const struct ast *name = node->kids[CONVERT_TYPE]->kids[ONLY], *child = node->kids[CONVERT_CHILD];
    uint16_t top = c->top, operand;
    if (is_name(name->text, "void"))
        return nothing(c, child);
    bool bag = is_name(name->text, "pscustomobject");
    if (is_name(name->text, "ordered") && child->kind == AST_HASHTABLE)
        return table(c, child, true);
    if (is_name(name->text, "ref") && child->kind == AST_VARIABLE_EXPRESSION && vm_reference) {
        uint16_t reference = compile_register(c);
        compile_emit(c, OP_CONVERT, 1, reference, compile_text_constant(c, child->text), 0);
        return reference;
    }
    operand = bag && child->kind == AST_HASHTABLE ? table(c, child, true) : compile_expression(c, child);
    uint16_t type = bag ? 0 : compile_type(c, name, name);
    c->top = top;
    uint16_t reg = compile_register(c);
    c->offset = c->statement;
    compile_emit(c, bag ? OP_CUSTOM : OP_CONVERT, 0, reg, operand, type);
    return reg;
}

// ?[ ]: of $null, $null without a look at the index.
static uint16_t conditional(struct compiler *c, const struct ast *node, enum op op)
{
    uint16_t reg = compile_register(c), top = c->top;
    compile_expression_to(c, node->kids[0], reg);
    size_t some = compile_jump(c, OP_JUMP_SET, reg);
    compile_emit(c, OP_LOAD, 0, reg, compile_constant(c, value_null), 0);
    size_t out = compile_jump(c, OP_JUMP, 0);
    compile_land(c, some);
    uint16_t index = compile_expression(c, node->kids[1]);
    c->top = top;
    c->offset = c->statement;
    compile_emit(c, op, 0, reg, reg, index);
    compile_land(c, out);
    return reg;
}

static uint16_t two_operands(struct compiler *c, const struct ast *node, enum op op)
{
    if (node->flags & NODE_NULL_CONDITIONAL)
        return conditional(c, node, op);
    uint16_t top = c->top;
    uint16_t target = compile_expression(c, node->kids[0]), index = compile_expression(c, node->kids[1]);
    c->top = top;
    uint16_t reg = compile_register(c);
    c->offset = c->statement;
    return compile_emit(c, op, (node->flags & NODE_STATIC) != 0, reg, target, index), reg;
}

static uint16_t paren(struct compiler *c, const struct ast *node)
{
    uint16_t reg = compile_register(c);
    compile_collected(c, node->kids[ONLY], reg);
    return reg;
}

static uint16_t refused(struct compiler *c, const char *id, const struct ast *node)
{
    const char *name = ast_name((enum ast_kind)node->kind);
    compile_raise(c, id, (struct ast_text){name, strlen(name)});
    return compile_constant(c, value_null);
}

uint16_t compile_expression(struct compiler *c, const struct ast *node)
{
    c->offset = c->statement;
    uint16_t reg;
    if (c->failed)
        return 0;
    if (compile_full_expression && compile_full_expression(c, node, &reg))
        return reg;
    switch ((enum ast_kind)node->kind) {
    case AST_CONSTANT_EXPRESSION:
        return constant(c, node);
    case AST_STRING_CONSTANT_EXPRESSION:
        return compile_text_constant(c, node->text);
    case AST_EXPANDABLE_STRING_EXPRESSION:
        return expandable(c, node);
    case AST_VARIABLE_EXPRESSION:
        return compile_variable(c, node);
    case AST_ARRAY_LITERAL:
        return array_literal(c, node);
    case AST_HASHTABLE:
        return table(c, node, false);
    case AST_ARRAY_EXPRESSION:
        return block_value(c, node->kids[ONLY], true);
    case AST_SUB_EXPRESSION:
        return block_value(c, node->kids[ONLY], false);
    case AST_PAREN_EXPRESSION:
        return paren(c, node);
    case AST_BINARY_EXPRESSION:
        return binary(c, node);
    case AST_UNARY_EXPRESSION:
        return unary(c, node);
    case AST_TERNARY_EXPRESSION:
        return ternary(c, node);
    case AST_CONVERT_EXPRESSION:
        return convert(c, node);
    case AST_TYPE_EXPRESSION:
        return compile_type(c, node, node->kids[ONLY]);
    case AST_INDEX_EXPRESSION:
        return two_operands(c, node, OP_INDEX);
    case AST_MEMBER_EXPRESSION:
        return two_operands(c, node, OP_MEMBER);
    case AST_INVOKE_MEMBER_EXPRESSION:
        return compile_invoke ? compile_invoke(c, node) : refused(c, "NotBuilt", node);
    case AST_ATTRIBUTED_EXPRESSION: // an attribute says nothing of what is only read
        return compile_expression(c, node->kids[CONVERT_CHILD]);
    case AST_USING_EXPRESSION:
        return refused(c, "UsingWithoutInvokeCommand", node);
    default:
        break;
    }
    uint16_t operand;
    if (compile_full_expression && compile_full_expression(c, node, &operand))
        return operand;
    return refused(c, "NotBuilt", node);
}

void compile_expression_to(struct compiler *c, const struct ast *node, uint16_t reg)
{
    uint16_t top = c->top, operand = compile_expression(c, node);
    c->top = top;
    if (operand != reg)
        compile_emit(c, OP_LOAD, 0, reg, operand, 0);
}
