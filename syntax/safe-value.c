#include "syntax/safe-value.h"

#include <string.h>
#include <strings.h>

#include "syntax/token.h"

enum { MOST_KEYS = 500, MOST_NODES = 5000 };

struct visit {
    bool limited;
    unsigned nodes, depth;
};

static bool is_safe(struct visit *visit, const struct ast *node);

static bool kids_safe(struct visit *visit, const struct ast *node)
{
    for (uint32_t i = 0; i < node->count; i++)
        if (node->kids[i] && !is_safe(visit, node->kids[i]))
            return false;
    return true;
}

static bool named(const struct ast *node, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(names[i]) == node->text.size && !strncasecmp(node->text.at, names[i], node->text.size))
            return true;
    return false;
}

static bool variable_safe(const struct ast *node)
{
    static const char *const names[] = {"true", "false", "null"};
    return named(node, names, sizeof names / sizeof *names);
}

static bool conversion_safe(struct visit *visit, const struct ast *node)
{
    static const char *const names[] = {"int",   "int32",  "long",   "int64",  "byte",    "sbyte",  "short",
                                        "int16", "char",   "bool",   "double", "boolean", "single", "float",
                                        "uint",  "uint32", "ushort", "uint16", "ulong",   "uint64"};
    const struct ast *type = node->kids[0];
    while (type->count == 1 && type->kind != AST_TYPE_NAME && type->kids[0])
        type = type->kids[0];
    return named(type, names, sizeof names / sizeof *names) && is_safe(visit, node->kids[CONVERT_CHILD]);
}

static bool unary_safe(struct visit *visit, const struct ast *node)
{
    if (node->op == TOK_PLUS_PLUS || node->op == TOK_MINUS_MINUS)
        return false;
    return kids_safe(visit, node);
}

static bool node_safe(struct visit *visit, const struct ast *node)
{
    switch ((enum ast_kind)node->kind) {
    case AST_CONSTANT_EXPRESSION:
    case AST_STRING_CONSTANT_EXPRESSION:
    case AST_SCRIPT_BLOCK_EXPRESSION:
    case AST_TYPE_EXPRESSION:
        return true;
    case AST_VARIABLE_EXPRESSION:
        return variable_safe(node);
    case AST_CONVERT_EXPRESSION:
        return conversion_safe(visit, node);
    case AST_UNARY_EXPRESSION:
        return unary_safe(visit, node);
    case AST_HASHTABLE:
        return (!visit->limited || node->count / 2 <= MOST_KEYS) && kids_safe(visit, node);
    case AST_PIPELINE:
        return node->count == 1 && !(node->flags & NODE_BACKGROUND) && kids_safe(visit, node);
    case AST_COMMAND_EXPRESSION:
    case AST_EXPANDABLE_STRING_EXPRESSION:
    case AST_ARRAY_LITERAL:
    case AST_ARRAY_EXPRESSION:
    case AST_SUB_EXPRESSION:
    case AST_STATEMENT_BLOCK:
    case AST_PAREN_EXPRESSION:
    case AST_INDEX_EXPRESSION:
    case AST_TERNARY_EXPRESSION:
        return kids_safe(visit, node);
    default:
        return false;
    }
}

static bool is_safe(struct visit *visit, const struct ast *node)
{
    enum { DEEPEST = 250 };
    if ((visit->limited && ++visit->nodes > MOST_NODES) || visit->depth == DEEPEST)
        return false;
    visit->depth++;
    bool ok = node_safe(visit, node);
    visit->depth--;
    return ok;
}

bool safe_value(const struct ast *node, bool limited)
{
    return is_safe(&(struct visit){.limited = limited}, node);
}
