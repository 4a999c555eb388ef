// Loops, and the jumps out of them. jesh-full alone.
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/compiler.h"
#include "interp/eval/scope.h"

void compile_load_name(struct compiler *c, const char *name, uint16_t reg)
{
    struct symbol *symbol = symbol_of(c->in, name, strlen(name));
    compile_emit(c, OP_PEEK, 0, reg, compile_symbol(c, symbol), 0);
}

struct seeking {
    struct ast_text name;
    bool found;
};

static bool seek_name(const struct ast *node, void *context)
{
    struct seeking *seeking = context;
    if (node->kind == AST_VARIABLE_EXPRESSION &&
        utf8_same_ignore_case(node->text.at, node->text.size, seeking->name.at, seeking->name.size))
        seeking->found = true;
    return !seeking->found;
}

// The enumerator is a variable for those loops alone that name it.
bool loop_show(struct compiler *c, const struct ast *node, const char *name, uint16_t list,
               uint16_t *ret_saved)
{
    struct seeking seeking = {{name, strlen(name)}, false};
    ast_walk(node, seek_name, &seeking);
    if (!seeking.found)
        return false;
    *ret_saved = compile_register(c);
    compile_load_name(c, name, *ret_saved);
    compile_store_name(c, name, list);
    return true;
}

void compile_store_name(struct compiler *c, const char *name, uint16_t reg)
{
    compile_store(c, &(struct ast){.kind = AST_VARIABLE_EXPRESSION, .text = {name, strlen(name)}}, reg);
}

void loop_open(struct compiler *c, struct loop *loop, struct ast_text label)
{
    *loop = (struct loop){c->loop, label, c->collectors, c->barriers, NO_JUMP, NO_JUMP};
    c->loop = loop;
}

// A chain of jumps: each holds the place of the one before it.
static void land_chain(struct compiler *c, size_t jump)
{
    while (jump != NO_JUMP && !c->failed) {
        size_t before = c->code->ins[jump].target;
        compile_land(c, jump);
        jump = before;
    }
}

void loop_next(struct compiler *c, struct loop *loop)
{
    land_chain(c, loop->continues);
    loop->continues = NO_JUMP;
}

void loop_close(struct compiler *c, struct loop *loop, size_t start, size_t next)
{
    uint16_t label = compile_constant(c, value_null);
    if (loop->label.size)
        label = compile_text_constant(c, loop->label);
    compile_guard(c, (struct guard){.start = (uint32_t)start,
                                    .collectors = c->collectors,
                                    .a = label,
                                    .target = (uint32_t)next,
                                    .kind = GUARD_LOOP});
    land_chain(c, loop->breaks);
    c->loop = loop->outer;
}

// The loop a jump means, where it can be known; NULL: it is found when the jump runs.
static struct loop *loop_of(const struct compiler *c, const struct ast *label)
{
    struct loop *loop = c->loop;
    if (label && (label->kind != AST_STRING_CONSTANT_EXPRESSION || !label->text.size))
        return NULL;
    while (label && loop &&
           !utf8_same_ignore_case(label->text.at, label->text.size, loop->label.at, loop->label.size))
        loop = loop->outer;
    return loop && loop->barriers == c->barriers ? loop : NULL;
}

void compile_jump_out(struct compiler *c, const struct ast *node)
{
    const struct ast *label = node->count ? node->kids[ONLY] : NULL;
    struct loop *loop = loop_of(c, label);
    bool next = node->kind == AST_CONTINUE_STATEMENT;
    if (!loop) {
        uint16_t name = label ? compile_expression(c, label) : compile_constant(c, value_null);
        compile_emit(c, OP_BREAK, next, 0, name, 0);
        return;
    }
    if (loop->collectors != c->collectors)
        compile_emit(c, OP_CLOSE, 0, loop->collectors, 0, 0);
    size_t *chain = next ? &loop->continues : &loop->breaks, jump = compile_jump(c, OP_JUMP, 0);
    if (!c->failed)
        c->code->ins[jump].target = (uint32_t)*chain;
    *chain = jump;
}

static void compile_foreach(struct compiler *c, const struct ast *node)
{
    struct loop loop;
    uint16_t list = compile_register(c), item = compile_register(c), saved;
    compile_condition(c, node->kids[FOREACH_CONDITION], list);
    compile_emit(c, OP_WALK, 0, list, list, 0);
    bool shown = loop_show(c, node->kids[FOREACH_BODY], "foreach", list, &saved);
    size_t start = c->code->count;
    loop_open(c, &loop, node->text);
    c->offset = node->kids[FOREACH_VARIABLE]->start;
    compile_emit(c, OP_NEXT, 0, item, list, 0);
    size_t out = compile_jump(c, OP_JUMP, 0);
    compile_store(c, node->kids[FOREACH_VARIABLE], item);
    compile_block(c, node->kids[FOREACH_BODY]);
    loop_next(c, &loop);
    compile_jump_back(c, OP_JUMP, 0, start);
    compile_land(c, out);
    loop_close(c, &loop, start, start);
    if (shown)
        compile_store_name(c, "foreach", saved);
}

static void compile_while(struct compiler *c, const struct ast *node)
{
    struct loop loop;
    size_t start = c->code->count;
    uint16_t reg = compile_register(c);
    loop_open(c, &loop, node->text);
    compile_condition(c, node->kids[LOOP_CONDITION], reg);
    size_t out = compile_jump(c, OP_JUMP_FALSE, reg);
    compile_block(c, node->kids[LOOP_BODY]);
    loop_next(c, &loop);
    compile_jump_back(c, OP_JUMP, 0, start);
    compile_land(c, out);
    loop_close(c, &loop, start, start);
}

static void compile_do(struct compiler *c, const struct ast *node)
{
    struct loop loop;
    size_t start = c->code->count;
    uint16_t reg = compile_register(c);
    loop_open(c, &loop, node->text);
    compile_block(c, node->kids[LOOP_BODY]);
    loop_next(c, &loop);
    size_t next = c->code->count;
    compile_condition(c, node->kids[LOOP_CONDITION], reg);
    compile_jump_back(c, node->kind == AST_DO_WHILE_STATEMENT ? OP_JUMP_TRUE : OP_JUMP_FALSE, reg, start);
    loop_close(c, &loop, start, next);
}

// What the clauses of a for write is not output, unlike their errors.
static void compile_clause(struct compiler *c, const struct ast *node)
{
    uint16_t top = c->top, reg = compile_register(c);
    if (!node)
        return;
    compile_condition(c, node, reg);
    c->top = top;
}

static void compile_for(struct compiler *c, const struct ast *node)
{
    struct loop loop;
    compile_clause(c, node->kids[FOR_INITIAL]);
    size_t start = c->code->count, out = NO_JUMP;
    uint16_t reg = compile_register(c);
    loop_open(c, &loop, node->text);
    if (node->kids[FOR_CONDITION]) {
        compile_condition(c, node->kids[FOR_CONDITION], reg);
        out = compile_jump(c, OP_JUMP_FALSE, reg);
    }
    compile_block(c, node->kids[FOR_BODY]);
    loop_next(c, &loop);
    size_t next = c->code->count;
    compile_clause(c, node->kids[FOR_ITERATOR]);
    compile_jump_back(c, OP_JUMP, 0, start);
    if (out != NO_JUMP)
        compile_land(c, out);
    loop_close(c, &loop, start, next);
}

void compile_loop(struct compiler *c, const struct ast *node)
{
    switch ((enum ast_kind)node->kind) {
    case AST_FOREACH_STATEMENT:
        return compile_foreach(c, node);
    case AST_WHILE_STATEMENT:
        return compile_while(c, node);
    case AST_FOR_STATEMENT:
        return compile_for(c, node);
    default:
        return compile_do(c, node);
    }
}
