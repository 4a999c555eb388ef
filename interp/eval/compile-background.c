// `pipeline &` is Start-Job of its text; the variables that it names go with it. jesh-full alone.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/compiler.h"
#include "interp/eval/names.h"
#include "interp/eval/scope.h"

enum { MOST_NAMED = 128 };

struct named {
    struct compiler *c;
    struct symbol *symbols[MOST_NAMED];
    size_t count;
};

// Those that every session has by itself are not sent.
static bool find(const struct ast *node, void *context)
{
    struct named *named = context;
    const char *name = node->text.at;
    size_t size = node->text.size;
    if (node->kind != AST_VARIABLE_EXPRESSION || scope_prefix(&name, &size) != PREFIX_NONE)
        return true;
    struct symbol *symbol = symbol_of(named->c->in, name, size);
    if (!symbol || symbol->special != SPECIAL_NONE || named->count == MOST_NAMED ||
        (symbol->global && symbol->global->options))
        return true;
    for (size_t i = 0; i < named->count; i++)
        if (named->symbols[i] == symbol)
            return true;
    return named->symbols[named->count++] = symbol, true;
}

static void add_names(struct buf *out, const struct named *named)
{
    for (size_t i = 0; i < named->count; i++)
        buf_printf(out, "%s${%s}", i ? ", " : "", value_text(named->symbols[i]->name));
}

static bool write_text(struct compiler *c, const struct ast *node, struct buf *out)
{
    struct named named = {.c = c};
    const struct source *source = c->code->source;
    size_t size = node->end - node->start;
    while (size && strchr("& \t\r\n", source->text[node->start + size - 1]))
        size--;
    ast_walk(node, find, &named);
    buf_add_text(out, "Start-Job -ScriptBlock { param(");
    add_names(out, &named);
    buf_add_text(out, ") ");
    buf_add(out, source->text + node->start, size);
    buf_add_text(out, "\n}");
    if (named.count) {
        buf_add_text(out, " -ArgumentList @(");
        add_names(out, &named);
        buf_add_char(out, ')');
    }
    return !out->failed;
}

// The block inside keeps the text that it is compiled from alive, as long as the code.
static void compile_text(struct compiler *c, const struct ast *node, struct source *text)
{
    struct source *own = c->code->source;
    const struct ast *end = text->root ? text->root->kids[SB_END] : NULL;
    size_t before = c->code->pipe_count;
    if (text->error_count || !end || end->count != 1 || end->kids[0]->kind != AST_PIPELINE)
        return compile_raise(c, "NotBuilt", (struct ast_text){"&", 1});
    c->code->source = text;
    compile_pipeline(c, end->kids[0]);
    c->code->source = own;
    for (size_t i = before; !c->failed && i < c->code->pipe_count; i++) {
        struct pipe_code *pipe = c->code->pipes[i];
        pipe->offset = node->start;
        for (size_t j = 0; j < pipe->count; j++) {
            pipe->elements[j].offset = pipe->elements[j].name_offset = node->start;
            for (size_t k = 0; k < pipe->elements[j].count; k++)
                pipe->elements[j].arguments[k].offset = node->start;
        }
    }
    c->offset = node->start;
}

void compile_background(struct compiler *c, const struct ast *node)
{
    struct buf text = {0};
    struct source *source;
    struct err err = {0};
    if (!write_text(c, node, &text) || !parse(buf_text(&text), text.size, NULL, 0, &source, &err)) {
        buf_free(&text);
        c->failed = true;
        throw_memory(c->in);
        return;
    }
    buf_free(&text);
    compile_text(c, node, source);
    source_free(source);
}
