// Running code: the loop, its frames, and what happens where an instruction failed (docs/EVALUATOR.md).
#include <string.h>

#include "interp/eval/vm-fast.h"

static const struct guard *guard_of(const struct code *code, size_t pc)
{
    for (size_t i = 0; i < code->guard_count; i++)
        if (code->guards[i].start <= pc && pc < code->guards[i].end)
            return &code->guards[i];
    return NULL;
}

void frame_cut(struct frame *frame, size_t depth)
{
    while (frame->depth > depth)
        value_drop(frame->collectors[--frame->depth].list);
    frame->out = depth ? &frame->collectors[depth - 1].sink : frame->outer;
}

// An error inside a statement: *pc becomes the next statement's. False: the text is over.
static bool recover(struct frame *frame, size_t *pc)
{
    struct interp *in = frame->in;
    const struct guard *guard = guard_of(frame->code, *pc);
    uint32_t offset = frame->code->offsets[*pc];
    if (frame_unwind)
        return frame_unwind(frame, pc);
    if (value_is_null(in->thrown) || !guard)
        return false;
    error_place(in->thrown, frame->code, offset);
    if (in->thrown.error->script_terminating)
        return false;
    in->success = false;
    frame_cut(frame, guard->collectors);
    *pc = guard->end;
    return error_report_thrown(in, frame->code, offset);
}

// After a comparison most often comes the jump that asks for it.
static inline const struct ins *after_compare(struct frame *frame, const struct ins *ins, bool yes)
{
    const struct ins *next = ins + 1;
    fast_bool(frame, ins->a, yes);
    if ((next->op != OP_JUMP_FALSE && next->op != OP_JUMP_TRUE) || next->a != ins->a)
        return next;
    return yes == (next->op == OP_JUMP_TRUE) ? frame->code->ins + next->target : next + 1;
}

static bool invoke(struct frame *frame, const struct ins *ins)
{
    value v;
    if (!vm_invoke || !vm_invoke(frame->in, ins->flag, frame->registers + ins->b, ins->c, &v))
        return false;
    return frame_put_take(frame, ins->a, v), true;
}

// The two that run further code do not go through frame_step, whose frame would be held at every level.
static bool step(struct frame *frame, const struct ins *ins, size_t *pc)
{
    if (ins->op == OP_PIPE)
        return frame_pipeline(frame, frame->code->pipes[ins->target]);
    return ins->op == OP_INVOKE ? invoke(frame, ins) : frame_step(frame, ins, pc);
}

// One instruction by the general rules. NULL: the frame is over.
__attribute__((noinline)) static const struct ins *slowly(struct frame *frame, const struct ins *ins)
{
    size_t pc = (size_t)(ins - frame->code->ins);
    frame->pc = pc++;
    if (!step(frame, ins, &pc)) {
        pc = frame->pc;
        if (!recover(frame, &pc))
            return NULL;
    }
    return frame->code->ins + pc;
}

static inline bool jumps(const struct frame *frame, const struct ins *ins)
{
    const value *v = &frame->registers[ins->a];
    switch ((enum op)ins->op) {
    case OP_JUMP:
        return true;
    case OP_JUMP_TRUE:
        return fast_truth(v);
    case OP_JUMP_FALSE:
        return !fast_truth(v);
    case OP_JUMP_SET:
        return !value_is_null(*v);
    case OP_JUMP_GIVEN:
        return !value_is_unset(*v);
    case OP_JUMP_SUCCESS:
        return frame->in->success;
    default:
        return !frame->in->success;
    }
}

#define TRY(name, fast)                                                                                      \
    case OP_##name:                                                                                          \
        quick = fast;                                                                                        \
        break;

static bool loop(struct frame *frame, size_t start)
{
    const struct ins *ins = frame->code->ins + start;
    for (bool quick, yes; ins;) {
        switch ((enum op)ins->op) {
        case OP_END:
        case OP_RETURN:
            return true;
        case OP_JUMP_TRUE:
        case OP_JUMP_FALSE:
        case OP_JUMP_SET:
        case OP_JUMP_GIVEN:
        case OP_JUMP_SUCCESS:
        case OP_JUMP_FAILURE:
        case OP_JUMP:
            if (frame->in->interrupted | *frame->in->outer_interrupted)
                return false;
            ins = jumps(frame, ins) ? frame->code->ins + ins->target : ins + 1;
            continue;
        case OP_LESS:
        case OP_LESS_EQUAL:
        case OP_GREATER:
        case OP_GREATER_EQUAL:
        case OP_EQUAL:
            ins = fast_compare(frame, ins, &yes) ? after_compare(frame, ins, yes) : slowly(frame, ins);
            continue;
        case OP_NEXT:
            ins = fast_next(frame, ins) ? ins + 2 : slowly(frame, ins);
            continue;
            TRY(LOAD, fast_load(frame, ins->a, fast_operand(frame, ins->b)))
            TRY(ADD, fast_sum(frame, ins, false))
            TRY(SUBTRACT, fast_sum(frame, ins, true))
            TRY(BINARY, fast_binary(frame, ins))
            TRY(INDEX, fast_index(frame, ins))
            TRY(VARIABLE, fast_variable(frame, ins))
            TRY(LOCAL, fast_local(frame, ins))
            TRY(ASSIGN, fast_assign(frame, ins))
            TRY(ASSIGN_LOCAL, fast_assign_local(frame, ins))
            TRY(STEP, fast_step(frame, ins))
            TRY(APPEND, fast_append_global(frame, ins))
            TRY(APPEND_LOCAL, fast_append_local(frame, ins))
            TRY(SUCCESS, frame->in->success = true)
        default:
            quick = false;
        }
        ins = quick ? ins + 1 : slowly(frame, ins);
    }
    return false;
}

// Registers and, behind them, the collectors.
static size_t frame_size(const struct code *code)
{
    return code->registers +
           (code->collectors * sizeof(struct collector) + sizeof(value) - 1) / sizeof(value);
}

bool frame_open(struct frame *frame, struct interp *in, const struct code *code)
{
    *frame = (struct frame){.in = in, .code = code};
    if (!depth_enter(in))
        return false;
    frame->registers = stack_take(in, frame_size(code));
    if (!frame->registers)
        return depth_leave(in), false;
    frame->collectors = (struct collector *)(frame->registers + code->registers);
    for (size_t i = 0; i < code->local_count; i++)
        frame->registers[i] = value_unset;
    return true;
}

bool frame_enter(struct frame *frame, enum code_entry entry, struct sink *out)
{
    uint32_t pc = frame->code->entries[entry];
    if (pc == NO_ENTRY)
        return true;
    struct eval_state *eval = frame->in->eval;
    frame->out = frame->outer = out;
    frame->caller = eval->frame;
    eval->frame = frame;
    bool ok = loop(frame, pc);
    eval->frame = frame->caller;
    frame_cut(frame, 0);
    return ok;
}

void frame_close(struct frame *frame)
{
    size_t size = frame_size(frame->code);
    for (size_t i = frame->code->registers; i < size; i++)
        frame->registers[i] = value_null; // collectors are no values
    stack_give(frame->in, frame->registers, size);
    depth_leave(frame->in);
}

bool vm_run(struct interp *in, const struct code *code, struct sink *out)
{
    struct frame frame;
    if (!frame_open(&frame, in, code))
        return false;
    bool ok = frame_enter(&frame, ENTRY_MAIN, out);
    frame_close(&frame);
    return ok;
}
