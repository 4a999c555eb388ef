// Instructions that jesh-full alone has.
#include <string.h>

#include "interp/eval/bind.h"
#include "interp/eval/block.h"
#include "interp/eval/class-call.h"
#include "interp/eval/data.h"
#include "interp/eval/interp.h"
#include "interp/eval/names.h"
#include "interp/eval/pipeline.h"
#include "interp/eval/scope.h"
#include "interp/eval/type-definition.h"
#include "interp/value/append.h"
#include "interp/value/enum.h"
#include "interp/value/exceptions.h"
#include "interp/value/operate.h"
#include "interp/value/store.h"
#include "interp/value/types.h"

// --- Leaving
// ------------------------------------------------------------------------------------------------------

static bool start_flow(struct frame *frame, enum flow flow, value label)
{
    frame->in->eval->flow = flow;
    value_set(&frame->in->eval->flow_label, label);
    return false;
}

static bool do_break(struct frame *frame, const struct ins *ins)
{
    return start_flow(frame, ins->flag ? FLOW_CONTINUE : FLOW_BREAK, frame_operand(frame, ins->b));
}

static bool do_exit(struct frame *frame, value status)
{
    int32_t code = 0;
    if (!value_is_null(status) && !value_to_int(frame->in, status, &code)) {
        value_set(&frame->in->thrown, value_null);
        code = 0;
    }
    frame->in->exit_requested = true;
    frame->in->exit_code = code;
    return start_flow(frame, FLOW_EXIT, value_null);
}

static bool do_throw(struct frame *frame, value what)
{
    value record;
    if (!error_from_thrown(frame->in, what, &record))
        return false;
    record.error->script_terminating = record.error->from_throw = true;
    throw_record(frame->in, record);
    value_drop(record);
    return false;
}

static bool do_rethrow(struct frame *frame, const struct ins *ins)
{
    value record = frame_operand(frame, ins->b);
    if (ins->flag)
        record.error->script_terminating = record.error->from_throw = true;
    return throw_record(frame->in, record);
}

// --- Handlers
// -----------------------------------------------------------------------------------------------------

static bool do_finally_end(struct frame *frame, uint16_t at)
{
    struct interp *in = frame->in;
    value what = frame->registers[at], with = frame->registers[at + 1];
    if (what.kind != V_I32)
        return true;
    if (what.i < 0)
        return throw_record(in, with);
    if (what.i == FLOW_STOP)
        return false;
    if (what.i == FLOW_EXIT)
        in->exit_requested = true;
    return start_flow(frame, (enum flow)what.i, with);
}

static bool resume(struct frame *frame, const struct ins *ins, size_t *pc)
{
    *pc = (size_t)frame->registers[ins->a + 1].i;
    return interp_set_variable(frame->in, "_", frame->registers[ins->b]);
}

// The end of a trap: flag 0 its body ran through, 1 it said continue, 2 it was not about this error.
static bool do_trap_end(struct frame *frame, const struct ins *ins, size_t *pc)
{
    struct interp *in = frame->in;
    value record = frame->registers[ins->a];
    in->success = false;
    if (ins->flag == 1)
        return resume(frame, ins, pc);
    if (ins->flag == 2)
        return throw_record(in, record);
    unsigned action = preference_of_errors(in);
    if (action == ACTION_STOP)
        return throw_record(in, record);
    if (action == ACTION_CONTINUE && !stage_report(in, frame->stage, STREAM_ERROR, record))
        return false;
    return resume(frame, ins, pc);
}

// --- switch
// -------------------------------------------------------------------------------------------------------

static bool lines_of_file(struct interp *in, value path, value *ret)
{
    const struct named_arg args[] = {{"LiteralPath", path},
                                     {"ErrorAction", enum_value(&type_action_preference, ACTION_STOP)}};
    if (interp_call(in, cmdlet_id_of(cmdlet_find("Get-Content", 11)), args, 2, NULL, 0, ret))
        return true;
    value why = in->thrown; // it is the statement's error
    in->thrown = value_null;
    if (why.kind != V_ERROR)
        return false;
    error_forget(in, why);
    throw_error(in, "PathNotFound", CAT_ObjectNotFound, path, "%s", value_text(why.error->message));
    return value_drop(why), false;
}

static bool do_labelled(struct frame *frame, const struct ins *ins, value *ret)
{
    value over = frame_operand(frame, ins->b), file;
    if (!ins->flag)
        return frame_walk(frame, over, true, ret);
    if (!lines_of_file(frame->in, over, &file))
        return false;
    bool ok = frame_walk(frame, file, false, ret);
    return value_drop(file), ok;
}

static bool match_regex(struct interp *in, value item, value clause, bool exact, bool *ret)
{
    value matches;
    if (!operate_match(in, item, clause, exact, ret, &matches))
        return false;
    if (*ret)
        value_set(&in->matches, matches);
    return value_drop(matches), true;
}

static bool match_text(struct interp *in, unsigned flags, value item, value clause, bool *ret)
{
    bool exact = flags & 4;
    if (flags & 1)
        return match_regex(in, item, clause, exact, ret);
    if (flags & 2)
        return operate_like(in, item, clause, exact, ret);
    return value_equal(in, item, clause, exact, ret);
}

static bool do_match(struct frame *frame, const struct ins *ins, value *ret)
{
    struct interp *in = frame->in;
    value item = frame_operand(frame, ins->b), clause = frame_operand(frame, ins->c), text = value_null,
          pattern = value_null, result;
    bool yes = false, ok = true;
    if (value_is_null(clause))
        return *ret = value_bool(value_is_null(item)), true;
    if (clause.kind == V_SCRIPTBLOCK) {
        in->eval->relays = true;
        ok = in->call_block(in, clause, item, &result);
        in->eval->relays = false;
        if (!ok)
            return false;
        *ret = value_bool(value_truth(result));
        return value_drop(result), true;
    }
    ok =
        value_to_string(in, item, &text) && (clause.kind == V_STRING ? (pattern = value_keep(clause), true)
                                                                     : value_to_string(in, clause, &pattern));
    ok = ok && match_text(in, ins->flag, text, pattern, &yes);
    value_drop(text);
    value_drop(pattern);
    return *ret = value_bool(yes), ok;
}

// --- Assignment
// -----------------------------------------------------------------------------------------------------

// The last of the places takes what is left: nothing, one, or an array.
static bool do_items(struct frame *frame, const struct ins *ins)
{
    struct interp *in = frame->in;
    value over = value_keep(frame_operand(frame, ins->b)), item;
    struct value_walk walk;
    struct collector rest;
    collector_start(&rest);
    value_walk_start(&walk, over.kind == V_NULL ? value_void : over);
    for (uint16_t i = 0; i + 1 < ins->c; i++) {
        if (!value_walk_next(in, &walk, &item))
            item = value_null;
        frame_put_take(frame, ins->a + i, item);
    }
    bool ok = true;
    while (ok && value_walk_next(in, &walk, &item)) {
        ok = rest.sink.put(&rest.sink, in, item);
        value_drop(item);
    }
    ok = collector_take(&rest, in, &item) && ok;
    frame_put_take(frame, ins->a + ins->c - 1, item.kind == V_VOID ? value_null : item);
    value_drop(over);
    return ok;
}

static bool do_step(struct frame *frame, const struct ins *ins, value *ret)
{
    value v = frame_operand(frame, ins->b);
    if (ins->flag == 2)
        return *ret = value_is_null(v) ? value_int(0) : value_keep(v), true;
    if (v.kind == V_I32 && v.i != (ins->flag ? INT32_MIN : INT32_MAX))
        return *ret = value_int((int32_t)(v.i + (ins->flag ? -1 : 1))), true;
    if (!value_is_null(v) && !value_is_number(v) && v.kind != V_CHAR && v.kind != V_BOOL)
        return throw_error(frame->in, "OperatorRequiresNumber", CAT_InvalidOperation, v,
                           "The operator '%s' works only on numbers.", ins->flag ? "--" : "++");
    value from = value_is_null(v) ? value_int(0) : v;
    return (ins->flag ? operate_subtract : operate_add)(frame->in, from, value_int(1), ret);
}

static bool is_lenient(struct frame *frame, const struct symbol *symbol)
{
    return !scope_strict(frame->in) ||
           throw_error(frame->in, "VariableIsUndefined", CAT_InvalidOperation, symbol->name,
                       "$%s has no value.", value_text(symbol->name));
}

static bool append_slowly(struct frame *frame, struct symbol *symbol, enum scope_prefix prefix, value right)
{
    const value *found;
    value sum;
    if (!scope_get(frame->in, symbol, prefix, &found) || !(found || is_lenient(frame, symbol)))
        return false;
    if (!operate_add(frame->in, found ? *found : value_null, right, &sum))
        return false;
    bool ok = scope_set(frame->in, symbol, prefix, sum);
    return value_drop(sum), ok;
}

static bool do_append(struct frame *frame, const struct ins *ins)
{
    struct symbol *symbol = frame->code->symbols[ins->a];
    value right = frame_operand(frame, ins->b),
          *slot = scope_plain_global(frame->in, symbol, (enum scope_prefix)ins->flag);
    if (slot)
        return value_append(frame->in, slot, right);
    return append_slowly(frame, symbol, (enum scope_prefix)ins->flag, right);
}

static bool do_append_local(struct frame *frame, const struct ins *ins)
{
    value *slot = &frame->registers[ins->a], right = frame_operand(frame, ins->b);
    if (!frame->in->scope->own_count && !value_is_unset(*slot))
        return value_append(frame->in, slot, right);
    struct symbol *symbol = frame->code->locals[ins->a];
    const value *found = value_is_unset(*slot) ? NULL : slot;
    value sum;
    bool own = ins->flag & IN_OWN;
    if (!found && !scope_get(frame->in, symbol, own ? PREFIX_LOCAL : PREFIX_NONE, &found))
        return false;
    if (!found && !own && !is_lenient(frame, symbol))
        return false;
    if (!operate_add(frame->in, found ? *found : value_null, right, &sum))
        return false;
    bool ok = scope_set(frame->in, symbol, PREFIX_LOCAL, sum);
    return value_drop(sum), ok;
}

static bool do_fit(struct frame *frame, const struct ins *ins, value *ret)
{
    const struct array *pair = frame_operand(frame, ins->c).array;
    return parameter_check(frame->in, pair->items[1], pair->items[0], frame_operand(frame, ins->b), ret);
}

static bool do_declare(struct frame *frame, const struct ins *ins)
{
    return variable_declare(frame->in, frame->code->symbols[ins->b], (enum scope_prefix)ins->flag,
                            frame_operand(frame, ins->c), frame_operand(frame, ins->a));
}

static bool do_member_set(struct frame *frame, const struct ins *ins)
{
    struct interp *in = frame->in;
    value target = frame_operand(frame, ins->b), name = frame_operand(frame, ins->c), text;
    if (!value_to_string(in, name, &text))
        return false;
    value v = frame->registers[ins->a];
    bool ok = ins->flag ? vm_static_set(in, target, text, v)
                        : store_member(in, target, value_text(text), text.string->size, false, v);
    return value_drop(text), ok;
}

static bool do_peek(struct frame *frame, const struct ins *ins, value *ret)
{
    const value *found;
    if (!scope_get(frame->in, frame->code->symbols[ins->b], PREFIX_NONE, &found))
        return false;
    return *ret = found ? value_keep(*found) : value_null, true;
}

// What does not fit is told as an argument is that does not, where the function was called.
static bool do_default(struct frame *frame, value v, const struct type *type, value *ret)
{
    struct interp *in = frame->in;
    if (value_convert(in, v, type, ret))
        return true;
    if (!frame->stage || in->thrown.kind != V_ERROR || in->thrown.object == in->out_of_memory.object)
        return false;
    value_set(&in->thrown, value_null);
    return bind_throw(frame->stage, "ParameterArgumentTransformationError", CAT_InvalidData,
                      frame->stage->offset, value_null,
                      "What a parameter is without an argument does not convert to %s.", type->name);
}

// --- The table
// ------------------------------------------------------------------------------------------------------

static bool compute(struct frame *frame, const struct ins *ins, value *ret)
{
    value b = ins->op == OP_PEEK ? value_null : frame_operand(frame, ins->b);
    switch ((enum op)ins->op) {
    case OP_PEEK:
        return do_peek(frame, ins, ret);
    case OP_DEFAULT:
        return do_default(frame, b, frame_operand(frame, ins->c).type, ret);
    case OP_BLOCK:
        return block_here(frame->in, b, ret);
    case OP_CAUGHT:
        return *ret = value_bool(error_is(b, frame_operand(frame, ins->c).type)), true;
    case OP_CAUGHT_AS:
        return ins->flag ? error_inner(frame->in, b, ret)
                         : error_as(frame->in, b, frame_operand(frame, ins->c).type, ret);
    case OP_LABELLED:
        return do_labelled(frame, ins, ret);
    case OP_MATCH:
        return do_match(frame, ins, ret);
    case OP_FIT:
        return do_fit(frame, ins, ret);
    case OP_STEP:
        return do_step(frame, ins, ret);
    case OP_TYPE:
        return type_late(frame->in, b, ret);
    default:
        return throw_error(frame->in, "NotBuilt", CAT_NotImplemented, value_null,
                           "Instruction %u is not known.", ins->op);
    }
}

bool frame_step_full(struct frame *frame, const struct ins *ins, size_t *pc)
{
    value v;
    switch ((enum op)ins->op) {
    case OP_CLOSE:
        return frame_cut(frame, ins->a), true;
    case OP_BREAK:
        return do_break(frame, ins);
    case OP_LEAVE:
        return start_flow(frame, FLOW_RETURN, value_null);
    case OP_EXIT:
        return do_exit(frame, frame_operand(frame, ins->b));
    case OP_THROW:
        return do_throw(frame, frame_operand(frame, ins->b));
    case OP_RETHROW:
        return do_rethrow(frame, ins);
    case OP_FINALLY_END:
        return do_finally_end(frame, ins->a);
    case OP_CALL:
        return block_invoke(frame->in, frame_operand(frame, ins->b), NULL, 0, false, frame->out);
    case OP_TRAP_END:
        return do_trap_end(frame, ins, pc);
    case OP_DATA_COMMANDS:
        return data_commands(frame->in, frame_operand(frame, ins->b).scriptblock, frame->registers + ins->a,
                             ins->c, ins->flag);
    case OP_DATA:
        ins->flag ? data_leave(frame->in, frame->registers[ins->a])
                  : data_enter(frame->in, &frame->registers[ins->a]);
        return true;
    case OP_APPEND:
        return do_append(frame, ins);
    case OP_APPEND_LOCAL:
        return do_append_local(frame, ins);
    case OP_ITEMS:
        return do_items(frame, ins);
    case OP_DECLARE:
        return do_declare(frame, ins);
    case OP_TYPES:
        return types_know(frame->in, frame_operand(frame, ins->b));
    case OP_FIELD:
        return class_begin_field(frame->in, frame_operand(frame, ins->b), frame_operand(frame, ins->c),
                                 frame->registers[ins->a]);
    case OP_RESULT:
        return value_set(frame->result, frame_operand(frame, ins->b)), true;
    case OP_BASE:
        return class_construct_base(frame->in, frame->registers + ins->b, ins->c);
    case OP_MEMBER_SET:
        return do_member_set(frame, ins);
    case OP_INDEX_SET:
        return store_index(frame->in, frame_operand(frame, ins->b), frame_operand(frame, ins->c),
                           frame->registers[ins->a]);
    default:
        if (!compute(frame, ins, &v))
            return false;
        return frame_put_take(frame, ins->a, v), true;
    }
}
