#include <string.h>

#include "base/mem.h"
#include "interp/eval/compiler.h"
#include "interp/eval/type-definition.h"
#include "interp/value/error.h"
#include "interp/value/types.h"

bool compile_grow(struct compiler *c, void *items, size_t *capacity, size_t count, size_t size)
{
    void **block = items;
    if (count < *capacity)
        return true;
    void *bigger = mem_grow(*block, capacity, 16, size);
    if (!bigger)
        return c->failed = true, throw_memory(c->in);
    *block = bigger;
    return true;
}

void compile_too_complex(struct compiler *c)
{
    if (!c->failed)
        throw_error(c->in, "ScriptTooComplex", CAT_LimitsExceeded, value_null,
                    "One statement of this text is too long.");
    c->failed = true;
}

uint16_t compile_register(struct compiler *c)
{
    if (c->top == CONSTANT_BIT - 1)
        return compile_too_complex(c), 0;
    if (++c->top > c->code->registers)
        c->code->registers = c->top;
    return c->top - 1;
}

uint16_t compile_constant(struct compiler *c, value v)
{
    struct code *code = c->code;
    if (code->constant_count == CONSTANT_BIT - 1)
        compile_too_complex(c);
    if (c->failed ||
        !compile_grow(c, &code->constants, &code->constant_capacity, code->constant_count, sizeof v))
        return value_drop(v), 0;
    code->constants[code->constant_count] = v;
    return (uint16_t)(code->constant_count++ | CONSTANT_BIT);
}

uint16_t compile_text_constant(struct compiler *c, struct ast_text text)
{
    value v = value_null;
    if (!string_new(c->in, text.at, text.size, &v))
        c->failed = true;
    return compile_constant(c, v);
}

size_t compile_emit(struct compiler *c, enum op op, unsigned flag, uint16_t a, uint16_t b, uint16_t operand_c)
{
    struct code *code = c->code;
    if (c->failed ||
        !compile_grow(c, &code->offsets, &code->offset_capacity, code->count, sizeof(uint32_t)) ||
        !compile_grow(c, &code->ins, &code->ins_capacity, code->count, sizeof(struct ins)))
        return 0;
    code->offsets[code->count] = c->offset;
    code->ins[code->count] =
        (struct ins){.op = (uint8_t)op, .flag = (uint8_t)flag, .a = a, .b = b, .c = operand_c};
    return code->count++;
}

size_t compile_jump(struct compiler *c, enum op op, uint16_t a)
{
    return compile_emit(c, op, 0, a, 0, 0);
}

void compile_land(struct compiler *c, size_t jump)
{
    if (!c->failed)
        c->code->ins[jump].target = (uint32_t)c->code->count;
}

void compile_jump_back(struct compiler *c, enum op op, uint16_t a, size_t target)
{
    size_t jump = compile_jump(c, op, a);
    if (!c->failed)
        c->code->ins[jump].target = (uint32_t)target;
}

void compile_raise(struct compiler *c, const char *id, struct ast_text about)
{
    uint16_t name = compile_text_constant(c, (struct ast_text){id, strlen(id)});
    compile_emit(c, OP_RAISE, 0, 0, name, compile_text_constant(c, about));
}

// --- Statements
// ------------------------------------------------------------------------------------------------

void compile_not_built(struct compiler *c, const struct ast *node)
{
    const char *name = ast_name(node->kind);
    compile_raise(c, "NotBuilt", (struct ast_text){name, strlen(name)});
}

// A pipeline that is nothing but an expression; NULL: it is more than that.
static const struct ast *only_expression(const struct ast *node)
{
    if (!node || node->kind != AST_PIPELINE || node->count != 1 || node->flags & NODE_BACKGROUND)
        return NULL;
    const struct ast *element = node->kids[0];
    return element->kind == AST_COMMAND_EXPRESSION && element->count == 1 ? element->kids[0] : NULL;
}

// Whether $? is true after a statement because it was an expression; commands, also those in parentheses, say
// it themselves.
bool compile_succeeds(const struct ast *node)
{
    if (node->kind == AST_ASSIGNMENT_STATEMENT)
        return compile_succeeds(node->kids[RIGHT]);
    const struct ast *expression = node->kind == AST_PIPELINE ? only_expression(node) : NULL;
    if (!expression)
        return false;
    if (expression->kind == AST_PAREN_EXPRESSION)
        return compile_succeeds(expression->kids[ONLY]);
    if (expression->kind != AST_SUB_EXPRESSION && expression->kind != AST_ARRAY_EXPRESSION)
        return true;
    return !expression->kids[ONLY]->count;
}

// A condition is a statement of its own for the place of its errors.
void compile_condition(struct compiler *c, const struct ast *node, uint16_t reg)
{
    uint32_t outer = c->statement;
    c->offset = c->statement = node->start;
    compile_collected(c, node, reg);
    c->statement = outer;
}

static void compile_if(struct compiler *c, const struct ast *node)
{
    size_t ends[64], end_count = 0;
    uint32_t i = 0;
    for (; i + 1 < node->count; i += 2) {
        uint16_t reg = compile_register(c);
        compile_condition(c, node->kids[i], reg);
        size_t next = compile_jump(c, OP_JUMP_FALSE, reg);
        compile_block(c, node->kids[i + 1]);
        if (end_count == 64)
            return compile_too_complex(c);
        ends[end_count++] = compile_jump(c, OP_JUMP, 0);
        compile_land(c, next);
    }
    if (i < node->count && node->kids[i])
        compile_block(c, node->kids[i]);
    while (end_count)
        compile_land(c, ends[--end_count]);
}

static void compile_chain(struct compiler *c, const struct ast *node)
{
    compile_statement(c, node->kids[LEFT]);
    size_t skip = compile_jump(c, node->op == TOK_AND_AND ? OP_JUMP_FAILURE : OP_JUMP_SUCCESS, 0);
    compile_statement(c, node->kids[RIGHT]);
    compile_land(c, skip);
}

static void dispatch(struct compiler *c, const struct ast *node)
{
    const struct ast *expression = only_expression(node);
    switch (node->kind) {
    case AST_PIPELINE:
        if (!expression || compile_is_background(c, node))
            return compile_pipeline(c, node);
        if (compile_silent && compile_silent(c, expression))
            return;
        compile_emit(c, OP_EMIT, 0, 0, compile_expression(c, expression), 0);
        if (compile_succeeds(node))
            compile_emit(c, OP_SUCCESS, 0, 0, 0, 0);
        return;
    case AST_PIPELINE_CHAIN:
        if (compile_is_background(c, node))
            return compile_background(c, node);
        return compile_chain(c, node);
    case AST_IF_STATEMENT:
        return compile_if(c, node);
    default:
        if (!compile_full || !compile_full(c, node))
            compile_not_built(c, node);
    }
}

void compile_statement_inside(struct compiler *c, const struct ast *node)
{
    dispatch(c, node);
}

void compile_guard(struct compiler *c, struct guard row)
{
    struct code *code = c->code;
    if (c->failed || !compile_grow(c, &code->guards, &code->guard_capacity, code->guard_count, sizeof row))
        return;
    row.end = (uint32_t)code->count;
    code->guards[code->guard_count++] = row;
}

// No statement leaves anything in a register, so each begins with the same ones free.
void compile_statement(struct compiler *c, const struct ast *node)
{
    uint16_t top = c->top;
    size_t start = c->code->count;
    uint32_t outer = c->statement;
    c->offset = c->statement = c->assigned ? outer : node->start;
    dispatch(c, node);
    c->statement = outer;
    if (node->kind != AST_PIPELINE_CHAIN && node != c->last && !c->method)
        compile_guard(
            c,
            (struct guard){.start = (uint32_t)start,
                           .collectors = c->collectors}); // the sides of a chain are guarded, each by itself
    c->top = top;
}

void compile_block(struct compiler *c, const struct ast *block)
{
    size_t start = c->code->count;
    for (uint32_t i = 0; i < block->count && !c->failed; i++)
        compile_statement(c, block->kids[i]);
    if (compile_traps)
        compile_traps(c, block, start);
}

// The value of a statement: of a plain expression the value itself, else all that it writes.
void compile_collected(struct compiler *c, const struct ast *statement, uint16_t reg)
{
    const struct ast *expression = only_expression(statement);
    if (expression)
        return compile_expression_to(c, expression, reg);
    if (compile_full_value && compile_full_value(c, statement, reg))
        return;
    if (++c->collectors > c->code->collectors)
        c->code->collectors = c->collectors;
    compile_emit(c, OP_COLLECT, 0, 0, 0, 0);
    dispatch(c, statement);
    compile_emit(c, OP_COLLECTED, 0, reg, 0, 0);
    c->collectors--;
}

// An error in the last command of a list ends it: it is what the one who sent the list gets back (recorded).
static void find_last(struct compiler *c, const struct ast *root)
{
    const struct ast *block = root->kids[SB_END];
    if (c->code->command_list && block && block->count)
        c->last = block->kids[block->count - 1];
}

static void compile_root(struct compiler *c, const struct ast *root)
{
    static const enum ast_slot blocks[] = {SB_BEGIN, SB_PROCESS, SB_END};
    find_last(c, root);
    if (compile_types)
        compile_types(c, root);
    for (size_t i = ENTRY_BEGIN; i < ENTRIES; i++)
        c->code->entries[i] = NO_ENTRY;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (root->kids[blocks[i]])
            compile_block(c, root->kids[blocks[i]]);
    compile_emit(c, OP_END, 0, 0, 0, 0);
}

bool code_compile(struct interp *in, struct source *source, bool command_list, struct code **ret_code)
{
    struct code *code = mem_new(1, sizeof *code);
    if (!code)
        return throw_memory(in);
    struct compiler c = {.in = in, .code = code};
    code->command_list = command_list;
    code->source = source_ref(source);
    compile_root(&c, source->root);
    if (c.failed)
        return code_free(code), false;
    *ret_code = code;
    return true;
}

void code_free(struct code *code)
{
    for (size_t i = 0; i < code->constant_count; i++)
        value_drop(code->constants[i]);
    mem_free(code->constants, code->constant_capacity * sizeof *code->constants);
    mem_free(code->ins, code->ins_capacity * sizeof *code->ins);
    mem_free(code->offsets, code->offset_capacity * sizeof *code->offsets);
    mem_free(code->pipes, code->pipe_capacity * sizeof *code->pipes);
    mem_free(code->symbols, code->symbol_capacity * sizeof *code->symbols);
    mem_free(code->locals, code->local_capacity * sizeof *code->locals);
    mem_free(code->guards, code->guard_capacity * sizeof *code->guards);
    source_free(code->source);
    arena_free(&code->arena);
    mem_free(code, sizeof *code);
}
