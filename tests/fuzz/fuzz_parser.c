// Lexer and parser: any bytes give a tree whose parts fit together, or one of the limits' errors, and nothing leaks.
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "syntax/diagnose.h"
#include "syntax/parser.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static bool check_node(const struct ast *node, void *context)
{
    const struct source *source = context;
    if (node->height > LIMIT_NESTING || node->start > source->size + 1 || node->start > node->end)
        abort();
    for (uint32_t i = 0; i < node->count; i++)
        if (node->kids[i] && (node->kids[i]->parent != node || node->kids[i]->height >= node->height))
            abort();
    if (node->kind == AST_EXPANDABLE_STRING_EXPRESSION && node->count && !node->parts)
        abort();
    if (node->kind == AST_CONSTANT_EXPRESSION && !node->number)
        abort();
    return true;
}

static void check_errors(const struct source *source)
{
    for (size_t i = 0; i < source->error_count; i++)
        if (!source->errors[i].id || source->errors[i].start_units > source->size + 1)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct source *source;
    struct err err = {0};
    if (!parse((const char *)bytes, size, NULL, 0, &source, &err)) {
        if (!err.id)
            abort();
    } else {
        ast_walk(source->root, check_node, source);
        check_errors(source);
        source_free(source);
    }
    if (mem_used())
        abort();
    return 0;
}
