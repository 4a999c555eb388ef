// Script blocks as values.
#include "interp/eval/block.h"
#include "interp/eval/block-members.h"

#include "base/mem.h"
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
}

// The text between the braces.
static bool to_string(struct interp *in, value self, value *ret)
{
    const struct source *source = BLOCK(self)->source;
    const struct ast *node = BLOCK(self)->node;
    uint32_t start = node->start, end = node->end;
    if (end > start + 1 && source->text[start] == '{' && source->text[end - 1] == '}')
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
    .to_string = to_string,
    .vector = &type_scriptblock_array,
    .full = &full_scriptblock,
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
    return *ret = (value){.kind = V_SCRIPTBLOCK, .scriptblock = block}, true;
}

struct code *block_code(struct interp *in, struct scriptblock *block, bool scoped)
{
    struct code **slot = &block->codes[scoped];
    if (!*slot && !code_compile_block(in, block, scoped, slot))
        return NULL;
    return *slot;
}

struct signature *block_signature(struct interp *in, struct scriptblock *block)
{
    if (!block->signature)
        block->signature = signature_new(in, block);
    return block->signature;
}
