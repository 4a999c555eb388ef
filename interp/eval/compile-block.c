// Script blocks, functions and their parts.
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/block.h"
#include "interp/eval/compiler.h"
#include "interp/eval/scope.h"
#include "interp/value/types.h"

// --- Which variables are the block's own
// -----------------------------------------------------------------------------

static bool may_be_slot(const struct symbol *symbol)
{
    return symbol->special == SPECIAL_NONE && !value_is_text(symbol->name, "OFS") &&
           !(symbol->global && symbol->global->options & OPTION_ALLSCOPE);
}

static void add_local(struct compiler *c, struct symbol *symbol)
{
    struct code *code = c->code;
    if (!symbol) {
        c->failed = true;
        return;
    }
    for (size_t i = 0; i < code->local_count; i++)
        if (code->locals[i] == symbol)
            return;
    if (c->failed || !compile_grow(c, &code->locals, &code->local_capacity, code->local_count, sizeof symbol))
        return;
    symbol->local = true;
    code->locals[code->local_count++] = symbol;
    compile_register(c);
}

static void add_target(struct compiler *c, const struct ast *node)
{
    while (node->kind == AST_CONVERT_EXPRESSION || node->kind == AST_ATTRIBUTED_EXPRESSION)
        node = node->kids[CONVERT_CHILD];
    if (node->kind == AST_PAREN_EXPRESSION || node->kind == AST_ARRAY_LITERAL || node->kind == AST_PIPELINE ||
        node->kind == AST_COMMAND_EXPRESSION)
        for (uint32_t i = 0; i < node->count; i++)
            if (node->kids[i])
                add_target(c, node->kids[i]);
    if (node->kind != AST_VARIABLE_EXPRESSION || c->code->local_count > 4000)
        return;
    const char *name = node->text.at;
    size_t size = node->text.size;
    enum scope_prefix prefix = scope_prefix(&name, &size);
    if (prefix != PREFIX_NONE && prefix != PREFIX_LOCAL)
        return;
    struct symbol *symbol = symbol_of(c->in, name, size);
    if (!symbol || may_be_slot(symbol))
        add_local(c, symbol);
}

static bool visit(const struct ast *node, void *context)
{
    struct compiler *c = context;
    switch ((enum ast_kind)node->kind) {
    case AST_FUNCTION_DEFINITION:
    case AST_TYPE_DEFINITION:
        return false;
    case AST_ASSIGNMENT_STATEMENT:
        return add_target(c, node->kids[LEFT]), true;
    case AST_FOREACH_STATEMENT:
        return add_target(c, node->kids[FOREACH_VARIABLE]), true;
    case AST_UNARY_EXPRESSION:
        if (node->op == TOK_PLUS_PLUS || node->op == TOK_MINUS_MINUS)
            add_target(c, node->kids[ONLY]);
        return true;
    default:
        return true;
    }
}

static bool names_variables(const struct ast *command)
{
    static const char *const names[] = {
        "New-Variable", "Remove-Variable", "Set-Variable", "Set-PSBreakpoint", "nv", "rv", "sv", "sbp",
        "set"};
    static const char module[] = "Microsoft.PowerShell.Utility\\";
    const struct ast *first = command->kids[0];
    if (command->op == TOK_DOT || first->kind != AST_STRING_CONSTANT_EXPRESSION)
        return command->op == TOK_DOT;
    const char *name = first->text.at;
    size_t size = first->text.size, prefix = sizeof module - 1;
    if (size > prefix && utf8_same_ignore_case(name, prefix, module, prefix))
        name += prefix, size -= prefix;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (utf8_same_ignore_case(name, size, names[i], strlen(names[i])))
            return true;
    return false;
}

// Commands that make and remove variables by their names, blocks that run in this scope, private variables.
static bool seek_names(const struct ast *node, void *context)
{
    const char *name = node->text.at;
    size_t size = node->text.size;
    bool *found = context;
    if (node->kind == AST_FUNCTION_DEFINITION || node->kind == AST_TYPE_DEFINITION ||
        node->kind == AST_SCRIPT_BLOCK_EXPRESSION)
        return false;
    if (node->kind == AST_COMMAND)
        *found = *found || names_variables(node);
    if (node->kind == AST_VARIABLE_EXPRESSION)
        *found = *found || scope_prefix(&name, &size) == PREFIX_PRIVATE;
    return !*found;
}

// --- The parts
// -------------------------------------------------------------------------------------------------------

static void compile_default(struct compiler *c, const struct scriptblock *block, uint16_t slot)
{
    const struct signature *signature = block->signature;
    const struct ast *node = signature->nodes[slot];
    const struct type *type = signature->meta->types[slot];
    uint16_t top = c->top;
    if (node->kids[PARAM_DEFAULT]) {
        size_t given = compile_jump(c, OP_JUMP_GIVEN, slot);
        uint16_t reg = compile_register(c);
        compile_expression_to(c, node->kids[PARAM_DEFAULT], reg);
        if (type != &type_object)
            compile_emit(c, OP_DEFAULT, 0, reg, reg,
                         compile_constant(c, (value){.kind = V_TYPE, .type = type}));
        compile_emit(c, OP_LOAD, 0, slot, reg, 0);
        compile_land(c, given);
    }
    if (!c->scoped)
        compile_emit(c, OP_ASSIGN, 0, slot, compile_symbol(c, signature->names[slot]), 0);
    else if (!may_be_slot(signature->names[slot]))
        compile_emit(c, OP_ASSIGN, 0, slot, compile_symbol(c, signature->names[slot]), 0);
    c->top = top;
}

static void compile_defaults(struct compiler *c, const struct scriptblock *block)
{
    c->code->entries[ENTRY_DEFAULTS] = (uint32_t)c->code->count;
    compile_types(c, block->node);
    for (size_t i = 0; i < block->signature->meta->count && !c->failed; i++)
        compile_default(c, block, (uint16_t)i);
    compile_emit(c, OP_END, 0, 0, 0, 0);
}

static void compile_part(struct compiler *c, const struct ast *part, enum code_entry entry)
{
    c->code->entries[entry] = part ? (uint32_t)c->code->count : NO_ENTRY;
    if (!part)
        return;
    compile_block(c, part);
    compile_emit(c, OP_END, 0, 0, 0, 0);
}

static void take_locals(struct compiler *c, const struct scriptblock *block)
{
    const struct signature *signature = block->signature;
    c->code->parameters = (uint16_t)signature->meta->count;
    if (!c->scoped) {
        for (size_t i = 0; i < signature->meta->count; i++)
            compile_register(c);
        return;
    }
    for (size_t i = 0; i < signature->meta->count; i++)
        add_local(c, signature->names[i]);
    for (uint32_t i = 0; i < block->node->count; i++)
        if (block->node->kids[i]) {
            ast_walk(block->node->kids[i], visit, c);
            ast_walk(block->node->kids[i], seek_names, &c->by_name);
        }
}

bool code_compile_block(struct interp *in, const struct scriptblock *block, bool scoped, struct code **ret)
{
    struct code *code = mem_new(1, sizeof *code);
    if (!code)
        return throw_memory(in);
    const struct ast *member = block->function ? block->function->parent : NULL;
    struct compiler c = {.in = in, .code = code, .scoped = scoped};
    if (member && member->kind == AST_FUNCTION_MEMBER)
        c.method = member;
    if (!block_signature(in, (struct scriptblock *)block))
        return mem_free(code, sizeof *code), false;
    code->source = source_ref(block->source);
    c.signature = block->signature;
    code->trap_body = block->node->flags & NODE_TRAP_BODY;
    take_locals(&c, block);
    compile_defaults(&c, block);
    compile_part(&c, block->node->kids[SB_BEGIN], ENTRY_BEGIN);
    compile_part(&c, block->node->kids[SB_PROCESS], ENTRY_PROCESS);
    compile_part(&c, block->node->kids[SB_END], ENTRY_MAIN);
    compile_part(&c, block->node->kids[SB_CLEAN], ENTRY_CLEAN);
    compile_part(&c, block->node->kids[SB_DYNAMICPARAM], ENTRY_DYNAMIC);
    if (c.failed)
        return code_free(code), false;
    *ret = code;
    return true;
}

// --- As expressions and statements
// -------------------------------------------------------------------------------------

uint16_t compile_script_block(struct compiler *c, const struct ast *node)
{
    value v = value_null;
    if (!block_new(c->in, c->code->source, node->kids[ONLY], NULL, &v))
        c->failed = true;
    uint16_t reg = compile_register(c);
    compile_emit(c, OP_BLOCK, 0, reg, compile_constant(c, v), 0);
    return reg;
}

void compile_function(struct compiler *c, const struct ast *node)
{
    const char *name = node->text.at;
    size_t size = node->text.size;
    enum scope_prefix prefix = scope_prefix(&name, &size);
    value v = value_null;
    if (!block_new(c->in, c->code->source, node->kids[FUNC_BODY], node, &v))
        c->failed = true;
    uint16_t block = compile_constant(c, v);
    compile_emit(c, OP_DEFINE, prefix, 0, block, compile_symbol(c, symbol_of(c->in, name, size)));
}

// Inside of $( ) the value is the block's, not that of $( ).
static void return_from_inside(struct compiler *c, const struct ast *statement)
{
    uint16_t reg = compile_register(c);
    compile_collected(c, statement, reg);
    compile_emit(c, OP_CLOSE, 0, 0, 0, 0);
    compile_emit(c, OP_EMIT, 0, 0, reg, 0);
}

void compile_return(struct compiler *c, const struct ast *node)
{
    if (c->method)
        return compile_method_return(c, node);
    if (node->kids[ONLY] && c->collectors)
        return_from_inside(c, node->kids[ONLY]);
    else if (node->kids[ONLY])
        compile_statement_inside(c, node->kids[ONLY]);
    compile_emit(c, c->barriers || c->code->trap_body ? OP_LEAVE : OP_RETURN, 0, 0, 0, 0);
}

// { node } where no braces stand: of a STATEMENT_BLOCK its statements, of an expression that.
static struct ast *block_around(struct compiler *c, const struct ast *node, uint32_t flags)
{
    enum { EXPRESSION, ELEMENT, PIPELINE, BLOCK, SCRIPT, LITERAL, NODES };
    static const uint8_t kinds[NODES] = {0,
                                         AST_COMMAND_EXPRESSION,
                                         AST_PIPELINE,
                                         AST_STATEMENT_BLOCK,
                                         AST_SCRIPT_BLOCK,
                                         AST_SCRIPT_BLOCK_EXPRESSION};
    struct arena *arena = &c->code->source->arena;
    struct ast *nodes = arena_new(arena, NODES * sizeof *nodes), *inner = (struct ast *)node;
    struct ast **kids = arena_new(arena, (NODES + SB_REST) * sizeof *kids);
    if (!nodes || !kids)
        return c->failed = true, throw_memory(c->in), NULL;
    for (int i = node->kind == AST_STATEMENT_BLOCK ? SCRIPT : ELEMENT; i < NODES; i++) {
        struct ast **own = i == SCRIPT ? kids + NODES : kids + i;
        own[i == SCRIPT ? SB_END : 0] = inner;
        nodes[i] = (struct ast){.kind = kinds[i],
                                .flags = i == SCRIPT ? flags : 0,
                                .start = node->start,
                                .end = node->end,
                                .count = i == SCRIPT ? SB_REST : 1,
                                .kids = own};
        inner = &nodes[i];
    }
    return inner;
}

uint16_t compile_block_of(struct compiler *c, const struct ast *node, uint32_t flags)
{
    const struct ast *block = block_around(c, node, flags);
    return block ? compile_script_block(c, block) : compile_constant(c, value_null);
}
