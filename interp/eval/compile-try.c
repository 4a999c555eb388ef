// try, catch, finally and trap: rows of the guard table, and the code they lead to. jesh-full alone.
#include "interp/eval/compiler.h"
#include "interp/value/error.h"

// Tests the types of one clause. The jump that is taken where none fits, or NO_JUMP: it takes everything.
static size_t compile_clause(struct compiler *c, const struct ast *clause, uint32_t first, uint16_t record)
{
    uint16_t top = c->top, reg = compile_register(c);
    size_t hits[32], hit_count = 0;
    if (first >= clause->count || !clause->kids[first])
        return c->top = top, NO_JUMP;
    for (uint32_t i = first;
         i < clause->count && hit_count < 32 && clause->kids[i]->kind == AST_TYPE_CONSTRAINT; i++) {
        const struct ast *name = clause->kids[i]->kids[ONLY];
        uint16_t type = compile_type(c, clause->kids[i], name);
        compile_emit(c, OP_CAUGHT, 0, reg, record, type);
        size_t next = compile_jump(c, OP_JUMP_FALSE, reg);
        compile_emit(c, OP_CAUGHT_AS, 0, record, record, type);
        hits[hit_count++] = compile_jump(c, OP_JUMP, 0);
        compile_land(c, next);
    }
    size_t miss = compile_jump(c, OP_JUMP, 0);
    while (hit_count)
        compile_land(c, hits[--hit_count]);
    c->top = top;
    return miss;
}

static void compile_catches(struct compiler *c, const struct ast *node, uint16_t record, uint16_t saved)
{
    size_t outs[64], out_count = 0;
    const uint16_t *outer = c->caught;
    c->caught = &record;
    size_t miss = NO_JUMP;
    for (uint32_t i = TRY_CATCHES; i < node->count && !c->failed; i++) {
        const struct ast *clause = node->kids[i];
        miss = compile_clause(c, clause, CATCH_TYPES, record);
        compile_store_name(c, "_", record);
        compile_block(c, clause->kids[CATCH_BODY]);
        compile_store_name(c, "_", saved);
        if (out_count == 64)
            compile_too_complex(c);
        else
            outs[out_count++] = compile_jump(c, OP_JUMP, 0);
        if (miss != NO_JUMP)
            compile_land(c, miss);
    }
    compile_emit(c, OP_RETHROW, 0, 0, record, 0);
    while (out_count)
        compile_land(c, outs[--out_count]);
    c->caught = outer;
}

static void compile_try_catch(struct compiler *c, const struct ast *node)
{
    uint16_t record = compile_register(c), saved = compile_register(c);
    if (node->count <= TRY_CATCHES)
        return compile_block(c, node->kids[TRY_BODY]);
    compile_load_name(c, "_", saved);
    c->barriers++;
    size_t start = c->code->count;
    compile_block(c, node->kids[TRY_BODY]);
    c->barriers--;
    size_t out = compile_jump(c, OP_JUMP, 0);
    compile_guard(c, (struct guard){.start = (uint32_t)start,
                                    .collectors = c->collectors,
                                    .a = record,
                                    .target = (uint32_t)c->code->count,
                                    .kind = GUARD_TRY});
    compile_catches(c, node, record, saved);
    compile_land(c, out);
}

void compile_finally(struct compiler *c, size_t start, uint16_t pending)
{
    compile_emit(c, OP_LOAD, 0, pending, compile_constant(c, value_null), 0);
    compile_guard(c, (struct guard){.start = (uint32_t)start,
                                    .collectors = c->collectors,
                                    .a = pending,
                                    .target = (uint32_t)c->code->count,
                                    .kind = GUARD_FINALLY});
}

void compile_try(struct compiler *c, const struct ast *node)
{
    if (!node->kids[TRY_FINALLY])
        return compile_try_catch(c, node);
    uint16_t pending = compile_register(c);
    compile_register(c); // pending + 1
    size_t start = c->code->count;
    c->barriers++;
    compile_try_catch(c, node);
    c->barriers--;
    compile_finally(c, start, pending);
    compile_block(c, node->kids[TRY_FINALLY]);
    compile_emit(c, OP_FINALLY_END, 0, pending, 0, 0);
}

static void compile_trap_body(struct compiler *c, const struct ast *body)
{
    uint16_t top = c->top;
    compile_emit(c, OP_CALL, 0, 0, compile_block_of(c, body, NODE_TRAP_BODY), 0);
    c->top = top;
}

static void compile_trap(struct compiler *c, const struct ast *node, uint16_t record, uint16_t saved)
{
    struct loop *loop = c->loop;
    size_t miss = compile_clause(c, &(struct ast){.kids = &node->kids[TRAP_TYPE], .count = 1}, 0, record);
    c->loop = NULL; // its jumps are about the trap
    if (!node->kids[TRAP_TYPE])
        compile_emit(c, OP_CAUGHT_AS, 1, record, record, compile_constant(c, value_null));
    compile_store_name(c, "_", record);
    size_t start = c->code->count;
    compile_trap_body(c, node->kids[TRAP_BODY]);
    compile_guard(
        c, (struct guard){
               .start = (uint32_t)start, .collectors = c->collectors, .a = record, .kind = GUARD_TRAP_BODY});
    compile_emit(c, OP_TRAP_END, 0, record, saved, 0);
    compile_emit(c, OP_TRAP_END, 1, record, saved, 0);
    if (miss != NO_JUMP)
        compile_land(c, miss);
    c->loop = loop;
}

// The traps of a block are reached from any of its statements, so their registers lie above all of those.
void compile_traps(struct compiler *c, const struct ast *block, size_t start)
{
    uint16_t top = c->top, record = 0;
    size_t out = NO_JUMP;
    for (uint32_t i = 0; i < block->count && !c->failed; i++) {
        const struct ast *node = block->kids[i];
        if (node->kind != AST_TRAP_STATEMENT)
            continue;
        if (out == NO_JUMP) {
            c->top = c->code->registers;
            record = compile_register(c);
            compile_register(c); // record + 1: where to go on
            compile_register(c); // record + 2: $_
            out = compile_jump(c, OP_JUMP, 0);
            compile_guard(c, (struct guard){.start = (uint32_t)start,
                                            .collectors = c->collectors,
                                            .a = record,
                                            .target = (uint32_t)c->code->count,
                                            .kind = GUARD_TRAP});
            compile_load_name(c, "_", record + 2);
        }
        compile_trap(c, node, record, record + 2);
    }
    if (out != NO_JUMP) {
        compile_emit(c, OP_TRAP_END, 2, record, record + 2, 0);
        compile_land(c, out);
    }
    c->top = top;
}
