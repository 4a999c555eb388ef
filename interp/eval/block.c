// Script blocks as values.
#include "interp/eval/block.h"
#include "interp/eval/block-members.h"

#include "base/mem.h"
#include "interp/eval/module.h"
#include "interp/value/cycles.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

#define BLOCK(v) ((v).scriptblock)

static void release(struct object *object)
{
    struct scriptblock *block = (struct scriptblock *)object;
    for (int i = 0; i < 2; i++)
        if (block->codes[i])
            code_free(block->codes[i]);
    if (block->signature)
        signature_free(block->signature);
    source_free(block->source);
    value_drop(block->home);
    if (block->behind)
        value_drop((value){.kind = V_SCRIPTBLOCK, .scriptblock = block->behind});
}

static void each(struct object *object, struct visitor *visitor)
{
    const struct scriptblock *block = (const struct scriptblock *)object;
    visit_value(visitor, block->home);
    if (block->behind)
        visit_value(visitor, (value){.kind = V_SCRIPTBLOCK, .scriptblock = block->behind});
}

// The text between the braces; a whole text has none of its own.
static bool to_string(struct interp *in, value self, value *ret)
{
    const struct source *source = BLOCK(self)->source;
    const struct ast *node = BLOCK(self)->node;
    uint32_t start = node->start, end = node->end;
    if (node != source->root && end > start + 1 && source->text[start] == '{' && source->text[end - 1] == '}')
        start++, end--;
    return string_new(in, source->text + start, end - start, ret);
}

const struct type type_scriptblock = {
    .name = "System.Management.Automation.ScriptBlock",
    .shorthand = "scriptblock",
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct scriptblock),
    .release = release,
    .each = each,
    .to_string = to_string,
    .vector = &type_scriptblock_array,
    .full = &full_scriptblock,
    .properties = scriptblock_properties,
};

bool block_new(struct interp *in, struct source *source, const struct ast *node, const struct ast *function,
               value *ret)
{
    struct scriptblock *block = heap_new(in, sizeof *block, V_SCRIPTBLOCK, &type_scriptblock);
    if (!block)
        return false;
    block->source = source_ref(source);
    block->node = node;
    block->function = function;
    block->mode = (uint8_t)in->mode;
    if (in->eval->module)
        block->home = value_keep(module_value(in->eval->module));
    return *ret = (value){.kind = V_SCRIPTBLOCK, .scriptblock = block}, true;
}

bool block_here(struct interp *in, value literal, value *ret)
{
    const struct scriptblock *block = literal.scriptblock;
    if (block->mode == (uint8_t)in->mode)
        return *ret = value_keep(literal), true;
    return block_new(in, block->source, block->node, block->function, ret);
}

struct modes block_enter_mode(struct interp *in, const struct scriptblock *block, bool in_place)
{
    enum language_mode own = (enum language_mode)block->mode;
    if (in_place)
        own = mode_narrower(in->mode, own);
    struct modes outer = {(uint8_t)in->mode, (uint8_t)in->floor, own == in->mode};
    in->mode = own;
    return outer;
}

void block_leave_mode(struct interp *in, struct modes outer)
{
    if (outer.same)
        return;
    in->mode = (enum language_mode)outer.mode;
    if (in->floor != (enum language_mode)outer.floor)
        in->mode = mode_narrower(in->mode, in->floor);
}

static bool is_plain_command(const struct ast *command)
{
    if (command->kind != AST_COMMAND || command->op == TOK_DOT)
        return false;
    for (uint32_t i = 0; i < command->count; i++) {
        const struct ast *part = command->kids[i];
        if (part->kind == AST_COMMAND_PARAMETER)
            part = part->count ? part->kids[0] : NULL;
        if (part && part->kind != AST_STRING_CONSTANT_EXPRESSION && part->kind != AST_CONSTANT_EXPRESSION)
            return false;
    }
    return true;
}

bool block_is_simple(const struct scriptblock *block)
{
    const struct ast *end = block->node->kids[SB_END], *pipeline = end && end->count == 1 ? end->kids[0] : NULL;
    for (uint32_t i = 0; i < SB_REST; i++)
        if (i != SB_END && block->node->kids[i])
            return false;
    if (!pipeline || pipeline->kind != AST_PIPELINE || pipeline->flags & NODE_BACKGROUND)
        return false;
    for (uint32_t i = 0; i < pipeline->count; i++)
        if (!is_plain_command(pipeline->kids[i]))
            return false;
    return true;
}

bool block_is_trusted(value block)
{
    return block.scriptblock->mode == MODE_FULL;
}

struct code *block_code(struct interp *in, struct scriptblock *block, bool scoped)
{
    struct code **slot = &block->codes[scoped];
    struct module *running = in->eval->module;
    if (*slot)
        return *slot;
    in->eval->module = block_module(block); // whose the blocks inside are
    bool ok = code_compile_block(in, block, scoped, slot);
    in->eval->module = running;
    return ok ? *slot : NULL;
}

struct signature *block_signature(struct interp *in, struct scriptblock *block)
{
    if (!block->signature) { // attributes hold blocks of the same code
        struct modes modes = block_enter_mode(in, block, false);
        block->signature = signature_new(in, block);
        block_leave_mode(in, modes);
    }
    return block->signature;
}

struct ast_text block_defined_as(const struct scriptblock *block)
{
    return block->function ? block->function->text : (struct ast_text){0};
}
