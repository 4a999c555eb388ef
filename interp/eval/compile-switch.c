// switch: its items are walked as those of foreach, and each is held against the clauses. jesh-full alone.
#include "interp/eval/compiler.h"

static unsigned match_flags(const struct ast *node)
{
    unsigned flags = node->flags & NODE_SWITCH_REGEX ? 1 : node->flags & NODE_SWITCH_WILDCARD ? 2 : 0;
    return flags | (node->flags & NODE_SWITCH_CASESENSITIVE ? 4 : 0);
}

// A script block as a clause is a condition about $_: its statements stand here as those of $( ) would.
static void compile_clause(struct compiler *c, const struct ast *clause, unsigned flags, uint16_t item,
                           uint16_t reg)
{
    const struct ast *block =
        clause->kind == AST_SCRIPT_BLOCK_EXPRESSION ? clause->kids[ONLY]->kids[SB_END] : NULL;
    if (!block) {
        compile_expression_to(c, clause, reg);
        compile_emit(c, OP_MATCH, flags, reg, item, reg);
        return;
    }
    if (++c->collectors > c->code->collectors)
        c->code->collectors = c->collectors;
    compile_emit(c, OP_COLLECT, 0, 0, 0, 0);
    compile_block(c, block);
    compile_emit(c, OP_COLLECTED, 0, reg, 0, 0);
    c->collectors--;
}

static void compile_clauses(struct compiler *c, const struct ast *node, uint16_t item)
{
    uint16_t reg = compile_register(c), matched = compile_register(c);
    compile_emit(c, OP_LOAD, 0, matched, compile_constant(c, value_false), 0);
    for (uint32_t i = SWITCH_CLAUSES; i + 1 < node->count && !c->failed; i += 2) {
        c->offset = node->kids[i]->start;
        compile_clause(c, node->kids[i], match_flags(node), item, reg);
        size_t skip = compile_jump(c, OP_JUMP_FALSE, reg);
        compile_emit(c, OP_LOAD, 0, matched, compile_constant(c, value_true), 0);
        compile_block(c, node->kids[i + 1]);
        compile_store_name(c, "_", item); // a clause may have changed it
        compile_land(c, skip);
    }
    if (!node->kids[SWITCH_DEFAULT])
        return;
    size_t skip = compile_jump(c, OP_JUMP_TRUE, matched);
    compile_block(c, node->kids[SWITCH_DEFAULT]);
    compile_land(c, skip);
}

void compile_switch(struct compiler *c, const struct ast *node)
{
    struct loop loop;
    uint16_t list = compile_register(c), item = compile_register(c), saved = compile_register(c), outer;
    compile_load_name(c, "_", saved);
    compile_condition(c, node->kids[SWITCH_CONDITION], list);
    compile_emit(c, OP_LABELLED, (node->flags & NODE_SWITCH_FILE) != 0, list, list, 0);
    bool shown = loop_show(c, node, "switch", list, &outer);
    size_t start = c->code->count;
    loop_open(c, &loop, node->text);
    compile_emit(c, OP_NEXT, 0, item, list, 0);
    size_t out = compile_jump(c, OP_JUMP, 0);
    compile_store_name(c, "_", item);
    compile_clauses(c, node, item);
    loop_next(c, &loop);
    compile_jump_back(c, OP_JUMP, 0, start);
    compile_land(c, out);
    loop_close(c, &loop, start, start);
    compile_store_name(c, "_", saved);
    if (shown)
        compile_store_name(c, "switch", outer);
}
