// Variables: slots where the code has a scope of its own, else symbols.
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/block.h"
#include "interp/eval/compiler.h"
#include "interp/eval/scope.h"

uint16_t compile_symbol(struct compiler *c, struct symbol *symbol)
{
    struct code *code = c->code;
    if (!symbol)
        return c->failed = true, 0;
    for (size_t i = 0; i < code->symbol_count; i++)
        if (code->symbols[i] == symbol)
            return (uint16_t)i;
    if (c->failed ||
        !compile_grow(c, &code->symbols, &code->symbol_capacity, code->symbol_count, sizeof symbol))
        return 0;
    if (code->symbol_count == UINT16_MAX)
        compile_raise(c, "ScriptTooComplex", (struct ast_text){"", 0});
    code->symbols[code->symbol_count] = symbol;
    return (uint16_t)code->symbol_count++;
}

struct place {
    enum scope_prefix prefix;
    struct symbol *symbol;
};

static struct place place_of(struct compiler *c, const struct ast *node)
{
    const char *name = node->text.at;
    size_t size = node->text.size;
    struct place place = {.prefix = scope_prefix(&name, &size)};
    place.symbol = symbol_of(c->in, name, size);
    if (!place.symbol)
        c->failed = true;
    return place;
}

// NO slot: CONSTANT_BIT.
static uint16_t slot_of(const struct compiler *c, const struct place *place)
{
    if (!c->scoped || (place->prefix != PREFIX_NONE && place->prefix != PREFIX_LOCAL))
        return CONSTANT_BIT;
    for (size_t i = 0; i < c->code->local_count; i++)
        if (c->code->locals[i] == place->symbol)
            return (uint16_t)i;
    return CONSTANT_BIT;
}

static bool is_name(struct ast_text text, const char *name)
{
    return utf8_same_ignore_case(text.at, text.size, name, strlen(name));
}

uint16_t compile_variable(struct compiler *c, const struct ast *node)
{
    if (is_name(node->text, "true"))
        return compile_constant(c, value_true);
    if (is_name(node->text, "false"))
        return compile_constant(c, value_false);
    if (is_name(node->text, "null"))
        return compile_constant(c, value_null);
    struct place place = place_of(c, node);
    if (c->failed)
        return 0;
    uint16_t slot = slot_of(c, &place), reg = compile_register(c);
    c->offset = node->start;
    if (slot != CONSTANT_BIT)
        compile_emit(c, OP_LOCAL, 0, reg, slot, 0);
    else
        compile_emit(c, OP_VARIABLE, place.prefix, reg, compile_symbol(c, place.symbol), 0);
    return reg;
}

// What an assignment changes is the scope's own from the start: nothing, where only scopes further out have
// it.
static unsigned own_only(const struct compiler *c)
{
    return c->by_name ? 0 : IN_OWN;
}

void compile_changed(struct compiler *c, const struct ast *node, uint16_t reg)
{
    struct place place = place_of(c, node);
    uint16_t slot = c->failed ? CONSTANT_BIT : slot_of(c, &place);
    if (slot == CONSTANT_BIT)
        return compile_expression_to(c, node, reg);
    c->offset = node->start;
    compile_emit(c, OP_LOCAL, own_only(c), reg, slot, 0);
}

static bool is_checked(const struct compiler *c, uint16_t slot)
{
    const struct signature *signature = c->signature;
    return signature && slot < signature->count && value_enumerable(signature->attributes[slot]) &&
           signature->attributes[slot].array->count && !value_is_null(signature->names[slot]->name);
}

// What a parameter's attributes asked of its argument they ask of everything that it is given later.
static uint16_t fit(struct compiler *c, uint16_t slot, uint16_t operand)
{
    if (!is_checked(c, slot))
        return operand;
    const value both[] = {c->signature->names[slot]->name, c->signature->attributes[slot]};
    value pair = value_null;
    if (!array_from(c->in, both, 2, &pair))
        c->failed = true;
    uint16_t reg = compile_register(c);
    compile_emit(c, OP_FIT, 0, reg, operand, compile_constant(c, pair));
    return reg;
}

void compile_store(struct compiler *c, const struct ast *node, uint16_t operand)
{
    struct place place = place_of(c, node);
    if (c->failed)
        return;
    uint16_t slot = slot_of(c, &place);
    if (slot != CONSTANT_BIT)
        compile_emit(c, OP_ASSIGN_LOCAL, 0, slot, fit(c, slot, operand), 0);
    else
        compile_emit(c, OP_ASSIGN, place.prefix, operand, compile_symbol(c, place.symbol), 0);
}

void compile_declare(struct compiler *c, const struct ast *node, uint16_t operand, uint16_t attributes)
{
    struct place place = place_of(c, node);
    if (!c->failed)
        compile_emit(c, OP_DECLARE, place.prefix, operand, compile_symbol(c, place.symbol), attributes);
}

void compile_append(struct compiler *c, const struct ast *node, uint16_t operand)
{
    struct place place = place_of(c, node);
    if (c->failed)
        return;
    uint16_t slot = slot_of(c, &place);
    if (slot != CONSTANT_BIT && is_checked(c, slot)) {
        uint16_t sum = compile_register(c);
        compile_emit(c, OP_LOCAL, own_only(c), sum, slot, 0);
        compile_emit(c, OP_ADD, 0, sum, sum, operand);
        compile_emit(c, OP_ASSIGN_LOCAL, 0, slot, fit(c, slot, sum), 0);
    } else if (slot != CONSTANT_BIT)
        compile_emit(c, OP_APPEND_LOCAL, own_only(c), slot, operand, 0);
    else
        compile_emit(c, OP_APPEND, place.prefix, compile_symbol(c, place.symbol), operand, 0);
}
