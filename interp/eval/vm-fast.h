// interp/eval/vm-fast.h: what the loop does by itself: the most frequent instructions on the most frequent
// values. Each function here returns false where the general rule must be asked (vm.c); it has changed
// nothing then. Inlined into vm-run.c and of use to nobody else.
#ifndef INTERP_VM_FAST_H
#define INTERP_VM_FAST_H

#include "interp/eval/scope.h"
#include "interp/value/types.h"

static inline const value *fast_operand(const struct frame *frame, uint16_t at)
{
    return at & CONSTANT_BIT ? &frame->code->constants[at & ~CONSTANT_BIT] : &frame->registers[at];
}

// A value without heap part goes into *to, in the halves in which it will be read (value_copy).
static inline bool fast_store(value *to, enum value_kind kind, int64_t payload)
{
    struct object *old = to->object;
    bool drop = value_is_heap(*to);
    uint64_t head = kind; // its first byte
    memcpy(to, &head, sizeof head);
    to->i = payload;
    if (drop)
        object_drop(old);
    return true;
}

static inline bool fast_bool(struct frame *frame, uint16_t at, bool b)
{
    return fast_store(&frame->registers[at], V_BOOL, b);
}

static inline bool fast_double(value *to, double f)
{
    int64_t bits;
    memcpy(&bits, &f, sizeof bits);
    return fast_store(to, V_F64, bits);
}

// What does not fit into Int32 is a Double.
static inline bool fast_integer(value *to, int64_t result)
{
    if (result == (int32_t)result)
        return fast_store(to, V_I32, result);
    return fast_double(to, (double)result);
}

// Int32 and Double, in every combination but two Int32.
static inline bool fast_doubles(const value *b, const value *c, double *ret_b, double *ret_c)
{
    if ((b->kind != V_F64 && b->kind != V_I32) || (c->kind != V_F64 && c->kind != V_I32))
        return false;
    *ret_b = b->kind == V_F64 ? b->f : (double)b->i;
    *ret_c = c->kind == V_F64 ? c->f : (double)c->i;
    return true;
}

static inline bool fast_sum(struct frame *frame, const struct ins *ins, bool minus)
{
    const value *b = fast_operand(frame, ins->b), *c = fast_operand(frame, ins->c);
    double x, y;
    int64_t sum;
    if (b->kind == V_I32 && c->kind == V_I32)
        return fast_integer(&frame->registers[ins->a], minus ? b->i - c->i : b->i + c->i);
    if (fast_doubles(b, c, &x, &y))
        return fast_double(&frame->registers[ins->a], minus ? x - y : x + y);
    if ((b->kind != V_I64 && b->kind != V_I32) || (c->kind != V_I64 && c->kind != V_I32))
        return false;
    if (minus ? __builtin_sub_overflow(b->i, c->i, &sum) : __builtin_add_overflow(b->i, c->i, &sum))
        return false;
    return fast_store(&frame->registers[ins->a], V_I64, sum);
}

static inline bool fast_divide(struct frame *frame, uint16_t at, int64_t b, int64_t c)
{
    if (c == 0)
        return false;
    if (b % c == 0)
        return fast_integer(&frame->registers[at], b / c);
    return fast_double(&frame->registers[at], (double)b / (double)c);
}

static inline bool fast_same(const value *b, const value *c, bool *ret)
{
    if (b->kind == V_I32 && c->kind == V_I32)
        return *ret = b->i == c->i, true;
    if (b->kind == V_NULL || c->kind == V_NULL)
        return *ret = b->kind == c->kind,
               b->kind < V_ARRAY && c->kind < V_ARRAY && b->kind != V_VOID && c->kind != V_VOID;
    return false;
}

// The operators that have no instruction of their own, of two Int32.
static inline bool fast_binary(struct frame *frame, const struct ins *ins)
{
    const value *b = fast_operand(frame, ins->b), *c = fast_operand(frame, ins->c);
    double x, y;
    if (b->kind != V_I32 || c->kind != V_I32) {
        if ((ins->flag != TOK_MULTIPLY && ins->flag != TOK_DIVIDE) || !fast_doubles(b, c, &x, &y))
            return false;
        if (ins->flag == TOK_DIVIDE && y == 0)
            return false;
        return fast_double(&frame->registers[ins->a], ins->flag == TOK_DIVIDE ? x / y : x * y);
    }
    switch ((enum token_kind)ins->flag) {
    case TOK_MULTIPLY:
        return fast_integer(&frame->registers[ins->a], b->i * c->i);
    case TOK_REM:
        return c->i && fast_store(&frame->registers[ins->a], V_I32, b->i % c->i);
    case TOK_DIVIDE:
        return fast_divide(frame, ins->a, b->i, c->i);
    case TOK_INE:
    case TOK_CNE:
        return fast_bool(frame, ins->a, b->i != c->i);
    case TOK_BAND:
        return fast_store(&frame->registers[ins->a], V_I32, b->i & c->i);
    case TOK_BOR:
        return fast_store(&frame->registers[ins->a], V_I32, b->i | c->i);
    case TOK_BXOR:
        return fast_store(&frame->registers[ins->a], V_I32, b->i ^ c->i);
    default:
        return false;
    }
}

static inline bool fast_compare(struct frame *frame, const struct ins *ins, bool *ret)
{
    const value *b = fast_operand(frame, ins->b), *c = fast_operand(frame, ins->c);
    double x, y;
    if (ins->op == OP_EQUAL)
        return fast_same(b, c, ret);
    bool ints = (b->kind == V_I32 || b->kind == V_I64) && (c->kind == V_I32 || c->kind == V_I64);
    if (!ints && !fast_doubles(b, c, &x, &y))
        return false;
    switch ((enum op)ins->op) {
    case OP_LESS:
        return *ret = ints ? b->i < c->i : x < y, true;
    case OP_LESS_EQUAL:
        return *ret = ints ? b->i <= c->i : x <= y, true;
    case OP_GREATER:
        return *ret = ints ? b->i > c->i : x > y, true;
    default:
        return *ret = ints ? b->i >= c->i : x >= y, true;
    }
}

static inline bool fast_truth(const value *v)
{
    return v->kind == V_BOOL ? v->b : value_truth(*v);
}

static inline bool fast_load(struct frame *frame, uint16_t at, const value *v)
{
    return value_copy(&frame->registers[at], v), true;
}

// A name that no scope but the global one ever had, and that is nothing special.
static inline bool fast_variable(struct frame *frame, const struct ins *ins)
{
    const struct symbol *symbol = frame->code->symbols[ins->b];
    const struct variable *variable = symbol->global;
    if (ins->flag & ~IN_TEXT || symbol->special != SPECIAL_NONE || symbol->local || !variable ||
        variable->options & OPTION_PRIVATE || variable->hidden)
        return false;
    return fast_load(frame, ins->a, variable->at);
}

static inline bool fast_assign(struct frame *frame, const struct ins *ins)
{
    value *slot = scope_plain_global(frame->in, frame->code->symbols[ins->b], (enum scope_prefix)ins->flag);
    const value *v = fast_operand(frame, ins->a);
    if (!slot)
        return false;
    return value_copy(slot, v), true;
}

static inline bool fast_assign_local(struct frame *frame, const struct ins *ins)
{
    if (frame->in->scope->own_count)
        return false;
    return fast_load(frame, ins->a, fast_operand(frame, ins->b));
}

static inline bool fast_local(struct frame *frame, const struct ins *ins)
{
    const value *v = &frame->registers[ins->b];
    return !value_is_unset(*v) && fast_load(frame, ins->a, v);
}

static inline bool fast_step(struct frame *frame, const struct ins *ins)
{
    static const int8_t by[] = {1, -1, 0};
    const value *v = fast_operand(frame, ins->b);
    return v->kind == V_I32 && fast_integer(&frame->registers[ins->a], v->i + by[ins->flag]);
}

static inline bool fast_append(value *slot, const value *right)
{
    if (slot->kind != V_I32 || right->kind != V_I32)
        return false;
    return fast_integer(slot, slot->i + right->i);
}

static inline bool fast_append_local(struct frame *frame, const struct ins *ins)
{
    return !frame->in->scope->own_count &&
           fast_append(&frame->registers[ins->a], fast_operand(frame, ins->b));
}

static inline bool fast_append_global(struct frame *frame, const struct ins *ins)
{
    value *slot = scope_plain_global(frame->in, frame->code->symbols[ins->a], (enum scope_prefix)ins->flag);
    return slot && fast_append(slot, fast_operand(frame, ins->b));
}

// An element of a vector by a number that stands in it, from its end where it is negative.
static inline bool fast_index(struct frame *frame, const struct ins *ins)
{
    const value *b = fast_operand(frame, ins->b), *c = fast_operand(frame, ins->c);
    if (b->kind != V_ARRAY || c->kind != V_I32 || b->array->rank > 1)
        return false;
    int64_t count = (int64_t)b->array->count, at = c->i < 0 ? c->i + count : c->i;
    if (at < 0 || at >= count)
        return false;
    return fast_load(frame, ins->a, &b->array->items[at]);
}

// True: there was a next item, and the instruction after NEXT is to be skipped.
static inline bool fast_next(struct frame *frame, const struct ins *ins)
{
    struct enumerator *enumerator = (struct enumerator *)frame->registers[ins->b].object;
    struct value_walk *walk = &enumerator->walk;
    if (walk->single || walk->at >= enumerator->count || walk->over.array->count != enumerator->count ||
        walk->over.object->type->release)
        return false;
    return fast_load(frame, ins->a, &walk->over.array->items[walk->at++]);
}

static inline bool fast_emit(struct frame *frame, const struct ins *ins, bool *ret_ok)
{
    value v = *fast_operand(frame, ins->b);
    if (v.kind == V_VOID || value_enumerable(v))
        return false;
    *ret_ok = frame->out->put(frame->out, frame->in, v);
    return true;
}

#endif
