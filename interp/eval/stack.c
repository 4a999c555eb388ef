// Registers of frames: chunks that never move, used as a stack.
#include "base/mem.h"
#include "interp/eval/state.h"

enum { CHUNK_VALUES = 4096 };

struct stack_chunk {
    struct stack_chunk *below;
    size_t used, capacity;
    value values[];
};

static size_t chunk_size(size_t capacity)
{
    return sizeof(struct stack_chunk) + capacity * sizeof(value);
}

static struct stack_chunk *chunk_new(struct stack *stack, size_t least)
{
    size_t capacity = least > CHUNK_VALUES ? least : CHUNK_VALUES;
    struct stack_chunk *chunk = mem_resize(NULL, 0, chunk_size(capacity)); // zeroes would be written twice
    if (!chunk)
        return NULL;
    *chunk = (struct stack_chunk){.below = stack->chunk, .capacity = capacity};
    return stack->chunk = chunk;
}

value *stack_take(struct interp *in, size_t count)
{
    struct stack *stack = &in->eval->stack;
    struct stack_chunk *chunk = stack->chunk;
    if (!chunk || chunk->capacity - chunk->used < count)
        chunk = chunk_new(stack, count);
    if (!chunk)
        return throw_memory(in), NULL;
    value *block = chunk->values + chunk->used;
    chunk->used += count;
    for (size_t i = 0; i < count; i++)
        block[i] = value_null;
    return block;
}

static void chunk_drop(struct stack *stack)
{
    struct stack_chunk *chunk = stack->chunk;
    stack->chunk = chunk->below;
    mem_free(chunk, chunk_size(chunk->capacity));
}

void stack_give(struct interp *in, value *block, size_t count)
{
    struct stack *stack = &in->eval->stack;
    for (size_t i = 0; i < count; i++)
        value_drop(block[i]);
    stack->chunk->used -= count;
    if (!stack->chunk->used && stack->chunk->below)
        chunk_drop(stack);
}

void stack_free(struct stack *stack)
{
    while (stack->chunk)
        chunk_drop(stack);
}
