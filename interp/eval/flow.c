// How errors and jumps find the guard that wants them (docs/EVALUATOR.md, "Statements and errors"). jesh-full
// alone.
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/pipeline.h"

static bool covers(const struct guard *row, size_t pc)
{
    return row->start <= pc && pc < row->end;
}

static void go(struct frame *frame, const struct guard *row, size_t *pc)
{
    frame_cut(frame, row->collectors);
    *pc = row->target;
}

static bool leave_for(struct frame *frame, const struct guard *row, size_t *pc)
{
    frame_cut(frame, row->collectors);
    *pc = row->end;
    return true;
}

// --- Jumps
// -------------------------------------------------------------------------------------------------------

static bool has_label(const struct frame *frame, const struct guard *row)
{
    value wanted = frame->in->eval->flow_label, label = frame_operand(frame, row->a);
    if (value_is_null(wanted))
        return true;
    return label.kind == V_STRING && wanted.kind == V_STRING &&
           utf8_same_ignore_case(value_text(label), label.string->size, value_text(wanted),
                                 wanted.string->size);
}

static void end_flow(struct eval_state *eval)
{
    eval->flow = FLOW_NONE;
    value_set(&eval->flow_label, value_null);
}

// What the finally block interrupts stands in its two registers until FINALLY_END.
static bool enter_finally(struct frame *frame, const struct guard *row, size_t *pc)
{
    struct interp *in = frame->in;
    enum flow flow = in->eval->flow;
    frame_put_take(frame, row->a, value_int(flow ? (int)flow : -1));
    frame_put_take(frame, row->a + 1, value_keep(flow ? in->eval->flow_label : in->thrown));
    end_flow(in->eval);
    value_set(&in->thrown, value_null);
    in->exit_requested = false;
    go(frame, row, pc);
    return true;
}

static bool to_loop(struct frame *frame, const struct guard *row, size_t *pc)
{
    bool next = frame->in->eval->flow == FLOW_CONTINUE;
    end_flow(frame->in->eval);
    if (!next)
        return leave_for(frame, row, pc);
    go(frame, row, pc);
    return true;
}

static bool error_unwind(struct frame *frame, size_t *pc);

// continue in a trap forgets the error; break lets it go on, as if there were no trap.
static bool out_of_trap(struct frame *frame, const struct guard *row, size_t *pc)
{
    struct interp *in = frame->in;
    bool resume = in->eval->flow == FLOW_CONTINUE;
    value record = frame->registers[row->a];
    end_flow(in->eval);
    frame_cut(frame, resume ? frame->registers[row->a + 1].aux : row->collectors);
    *pc = row->end + 1;
    if (resume)
        return true;
    record.error->script_terminating = record.error->escaped = true;
    throw_record(in, record);
    return error_unwind(frame, pc);
}

static bool flow_unwind(struct frame *frame, size_t *pc)
{
    enum flow flow = frame->in->eval->flow;
    bool jump = flow == FLOW_BREAK || flow == FLOW_CONTINUE;
    for (size_t i = 0; i < frame->code->guard_count; i++) {
        const struct guard *row = &frame->code->guards[i];
        if (!covers(row, *pc))
            continue;
        if (row->kind == GUARD_FINALLY)
            return enter_finally(frame, row, pc);
        if (row->kind == GUARD_LOOP && jump && has_label(frame, row))
            return to_loop(frame, row, pc);
        if (row->kind == GUARD_TRAP_BODY && jump)
            return out_of_trap(frame, row, pc);
    }
    if (flow != FLOW_RETURN || frame->code->trap_body)
        return false;
    end_flow(frame->in->eval);
    *pc = frame->code->count - 1; // END
    return true;
}

// Whoever reads the pipeline has enough: what is left is to clean up.
static bool stop_unwind(struct frame *frame, size_t *pc)
{
    struct interp *in = frame->in;
    for (size_t i = 0; i < frame->code->guard_count && !in->interrupted && !in->exit_requested; i++) {
        const struct guard *row = &frame->code->guards[i];
        if (!covers(row, *pc) || row->kind != GUARD_FINALLY)
            continue;
        in->eval->flow = FLOW_STOP;
        return enter_finally(frame, row, pc);
    }
    return false;
}

// --- Errors
// ------------------------------------------------------------------------------------------------------

static bool handles(const struct guard *row)
{
    return row->kind == GUARD_TRY || row->kind == GUARD_TRAP;
}

static const struct guard *handler_at(const struct code *code, size_t pc)
{
    for (size_t i = 0; i < code->guard_count; i++)
        if (handles(&code->guards[i]) && covers(&code->guards[i], pc))
            return &code->guards[i];
    return NULL;
}

static bool caller_handles(const struct frame *frame)
{
    if (frame->relays)
        return true;
    for (const struct frame *f = frame->cleaning ? NULL : frame->caller; f; f = f->cleaning ? NULL : f->caller)
        if (f->method || f->relays || handler_at(f->code, f->pc))
            return true;
    return false;
}

static const struct guard *first_at(const struct code *code, size_t pc, enum guard_kind kind,
                                    enum guard_kind other)
{
    for (size_t i = 0; i < code->guard_count; i++)
        if ((code->guards[i].kind == kind || code->guards[i].kind == other) && covers(&code->guards[i], pc))
            return &code->guards[i];
    return NULL;
}

// A catch sees a record of its own, not the one in $Error.
static bool caught(struct frame *frame, uint16_t at)
{
    struct interp *in = frame->in;
    value copy;
    if (in->thrown.object == in->out_of_memory.object)
        copy = value_keep(in->thrown);
    else if (!error_copy(in, in->thrown.error, &copy))
        return false;
    copy.error->call = NULL;
    value_set(&in->thrown, value_null);
    frame_put_take(frame, at, copy);
    return true;
}

static bool to_handler(struct frame *frame, size_t *pc)
{
    struct interp *in = frame->in;
    const struct guard *row = first_at(frame->code, *pc, GUARD_TRY, GUARD_FINALLY);
    if (!row)
        return false;
    if (row->kind == GUARD_FINALLY)
        return enter_finally(frame, row, pc);
    error_remember(in, in->thrown);
    if (!caught(frame, row->a))
        return false;
    go(frame, row, pc);
    return true;
}

static bool to_trap(struct frame *frame, const struct guard *trap, const struct guard *statement, size_t *pc)
{
    struct interp *in = frame->in;
    error_remember(in, in->thrown);
    if (!caught(frame, trap->a))
        return false;
    value next = value_int((int32_t)statement->end); // and what the statement has open there
    next.aux = (uint32_t)statement->collectors;
    frame_put_take(frame, trap->a + 1, next);
    frame_cut(frame, statement->collectors);
    *pc = trap->target;
    return true;
}

static bool asks_to_stop(const struct stage *stage)
{
    return stage->common_bound >> COMMON_ERROR_ACTION & 1 &&
           stage->common[COMMON_ERROR_ACTION].i == ACTION_STOP;
}

// -ErrorAction Stop ends the call that it was given to, $ErrorActionPreference the script.
static void end_call(const struct frame *frame, struct error_record *record)
{
    const struct stage *stage = frame->stage;
    while (stage && !asks_to_stop(stage))
        stage = stage->outer;
    if (!stage)
        record->script_terminating = true;
    else if (stage != frame->stage)
        record->call = stage;
}

static bool outermost(const struct code *code, const struct guard *statement, size_t pc)
{
    for (size_t i = 0; i < code->guard_count; i++)
        if (code->guards[i].kind == GUARD_STATEMENT && covers(&code->guards[i], pc) && &code->guards[i] > statement)
            return false;
    return true;
}

// Those who wrote the statement get its error: it is the whole of an expression, or of what they asked to run.
static bool is_theirs(const struct frame *frame, const struct guard *statement, size_t pc)
{
    if (frame->handed || (frame->in->bare && frame->in->scope == frame->in->global))
        return true;
    return frame->stage && frame->stage->redirected && outermost(frame->code, statement, pc);
}

// Nothing handles the error: what $ErrorActionPreference says.
static bool by_preference(struct frame *frame, const struct guard *statement, size_t *pc)
{
    struct interp *in = frame->in;
    struct error_record *thrown = in->thrown.error;
    if (thrown->call) {
        if (thrown->call == frame->stage)
            thrown->call = NULL;
        return to_handler(frame, pc);
    }
    if (is_theirs(frame, statement, *pc))
        return to_handler(frame, pc);
    value record = value_keep(in->thrown);
    value_set(&in->thrown, value_null);
    enum action action = (enum action)preference_of_errors(in);
    bool quiet = action == ACTION_SILENT || action == ACTION_IGNORE;
    in->success = false;
    if (action == ACTION_STOP || ((!quiet || record.error->stopped) && record.error->script_terminating)) {
        if (action == ACTION_STOP && !record.error->script_terminating)
            end_call(frame, record.error);
        throw_record(in, record);
        value_drop(record);
        return to_handler(frame, pc);
    }
    error_remember(in, record);
    if (action != ACTION_IGNORE)
        kept_around(frame->stage, KEPT_ERRORS, record);
    bool ok = quiet || stage_report(in, frame->stage, STREAM_ERROR, record);
    value_drop(record);
    return leave_for(frame, statement, pc) && ok;
}

static bool error_unwind(struct frame *frame, size_t *pc)
{
    struct interp *in = frame->in;
    const struct guard *statement = first_at(frame->code, *pc, GUARD_STATEMENT, GUARD_STATEMENT);
    const struct guard *handler = handler_at(frame->code, *pc);
    error_place(in->thrown, frame->code, frame->code->offsets[*pc]);
    error_trace(in, in->thrown.error);
    in->success = false;
    if (handler && handler->kind == GUARD_TRAP && statement)
        return to_trap(frame, handler, statement, pc);
    if (handler || !statement || caller_handles(frame))
        return to_handler(frame, pc);
    return by_preference(frame, statement, pc);
}

bool frame_unwind(struct frame *frame, size_t *pc)
{
    if (frame->in->eval->flow)
        return flow_unwind(frame, pc);
    return value_is_null(frame->in->thrown) ? stop_unwind(frame, pc) : error_unwind(frame, pc);
}
