#include "syntax/ast.h"

const char *ast_name(enum ast_kind kind)
{
    static const char *const names[] = {
#define AST(kind, name, base) name,
#include "syntax/ast.def"
#undef AST
    };
    return names[kind];
}

void ast_walk(const struct ast *node, bool (*visit)(const struct ast *node, void *context), void *context)
{
    if (!node || !visit(node, context))
        return;
    for (uint32_t i = 0; i < node->count; i++)
        ast_walk(node->kids[i], visit, context);
}
