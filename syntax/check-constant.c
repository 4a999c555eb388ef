// Which expressions an attribute takes: those whose value is known before anything runs.
#include "syntax/check-internal.h"

static bool is_constant_operator(enum token_kind kind)
{
    switch (kind) {
    case TOK_AND:
    case TOK_OR:
    case TOK_XOR:
    case TOK_BAND:
    case TOK_BOR:
    case TOK_BXOR:
    case TOK_NOT:
    case TOK_BNOT:
    case TOK_EXCLAIM:
    case TOK_PLUS:
    case TOK_MINUS:
    case TOK_MULTIPLY:
    case TOK_DIVIDE:
    case TOK_REM:
    case TOK_IEQ:
    case TOK_INE: case TOK_IGE: case TOK_IGT: case TOK_ILT: case TOK_ILE: case TOK_ILIKE: case TOK_INOTLIKE:
    case TOK_IMATCH:
    case TOK_INOTMATCH:
    case TOK_IREPLACE:
    case TOK_ICONTAINS:
    case TOK_INOTCONTAINS:
    case TOK_IIN:
    case TOK_INOTIN: case TOK_CEQ: case TOK_CNE: case TOK_CGE: case TOK_CGT: case TOK_CLT: case TOK_CLE:
    case TOK_SHL: case TOK_SHR: case TOK_JOIN: case TOK_FORMAT: case TOK_DOT_DOT: case TOK_COALESCE:
        return true;
    default:
        return false;
    }
}

static bool are_constant(const struct ast *node, bool of_class)
{
    for (uint32_t i = 0; i < node->count; i++)
        if (!is_constant_argument(node->kids[i], of_class))
            return false;
    return true;
}

static bool is_simple_type(const struct ast *type)
{
    static const char *const names[] = {"string", "char",   "bool",   "boolean", "byte",  "sbyte",
                                        "int",    "int16",  "int32",  "int64",   "long",  "short",
                                        "uint",   "uint16", "uint32", "uint64",  "ulong", "ushort",
                                        "float",  "single", "double", "decimal", "bigint"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_type_named(type, names[i]))
            return true;
    return false;
}

static bool is_constant_block(const struct ast *block, bool of_class)
{
    return block->count == 1 && is_constant_argument(pure_expression(block->kids[0]), of_class);
}

// A field of a type may be the member of an enum: that is not known here, so it is taken for one.
bool is_constant_argument(const struct ast *node, bool of_class)
{
    if (!node)
        return false;
    switch (node->kind) {
    case AST_CONSTANT_EXPRESSION: case AST_STRING_CONSTANT_EXPRESSION: case AST_TYPE_EXPRESSION:
    case AST_ERROR_EXPRESSION:
        return true;
    case AST_VARIABLE_EXPRESSION:
        return is_constant_variable(node);
    case AST_SCRIPT_BLOCK_EXPRESSION:
        return !of_class;
    case AST_ARRAY_LITERAL: case AST_TERNARY_EXPRESSION:
        return are_constant(node, of_class);
    case AST_BINARY_EXPRESSION: case AST_UNARY_EXPRESSION:
        return is_constant_operator((enum token_kind)node->op) && are_constant(node, of_class);
    case AST_CONVERT_EXPRESSION:
        return is_simple_type(node->kids[CONVERT_TYPE]->kids[0]) &&
               is_constant_argument(node->kids[CONVERT_CHILD], of_class);
    case AST_MEMBER_EXPRESSION:
        return node->flags & NODE_STATIC && node->kids[MEMBER_TARGET]->kind == AST_TYPE_EXPRESSION
               && node->kids[MEMBER_NAME]->kind == AST_STRING_CONSTANT_EXPRESSION;
    case AST_PAREN_EXPRESSION:
        return is_constant_argument(pure_expression(node->kids[ONLY]), of_class);
    case AST_SUB_EXPRESSION:
        return is_constant_block(node->kids[ONLY], of_class);
    default:
        return false;
    }
}
