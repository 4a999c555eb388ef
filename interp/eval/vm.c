// What each instruction does by the general rules; vm-run.c has the loop (docs/EVALUATOR.md).
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "interp/eval/scope.h"
#include "interp/value/enum.h"
#include "interp/value/gate.h"
#include "interp/value/member.h"
#include "interp/value/method.h"
#include "interp/value/operate.h"
#include "interp/value/types.h"

static void enumerator_release(struct object *object)
{
    value_walk_end(&((struct enumerator *)object)->walk);
    value_drop(((struct enumerator *)object)->walk.over);
}

// enumerator.c: what $foreach and $switch show of it
extern const struct property loop_enumerator_properties[] __attribute__((weak));
extern const struct type_members full_loop_enumerator __attribute__((weak));

static const struct type type_array_loop = {.name = "System.ArrayEnumerator",
                                            .base = &type_object,
                                            .type_code = 1,
                                            .size = sizeof(struct enumerator),
                                            .release = enumerator_release,
                                            .properties = loop_enumerator_properties,
                                            .full = &full_loop_enumerator},
                         type_list_loop = {.name = "System.Collections.Generic.Enumerator",
                                           .base = &type_object,
                                           .type_code = 1,
                                           .size = sizeof(struct enumerator),
                                           .release = enumerator_release,
                                           .properties = loop_enumerator_properties,
                                           .full = &full_loop_enumerator};

// --- Single instructions; each returns false where it threw
// -------------------------------------------------------

static bool do_table_set(struct frame *frame, const struct ins *ins)
{
    struct table *table = frame->registers[ins->a].table;
    value key = frame_operand(frame, ins->b);
    if (value_is_null(key))
        return throw_error(frame->in, "InvalidNullKey", CAT_InvalidOperation, value_null,
                           "A key must not be $null.");
    if (table_get(table, key))
        return throw_error(frame->in, "DuplicateKeyInHashLiteral", CAT_InvalidOperation, key,
                           "A table holds this key twice.");
    return table_set(frame->in, table, key, frame_operand(frame, ins->c));
}

static bool do_custom(struct frame *frame, value table, value *ret)
{
    value object;
    if (table.kind != V_TABLE)
        return *ret = value_keep(table.kind == V_VOID ? value_null : table), true;
    if ((gate_custom && !gate_custom(frame->in)) || !custom_new(frame->in, &object))
        return false;
    for (size_t i = 0; i < table.table->used; i++) {
        const struct table_slot *slot = &table.table->slots[i];
        value name;
        if (slot->key.kind == V_VOID)
            continue;
        if (!value_to_string(frame->in, slot->key, &name))
            return value_drop(object), false;
        bool typed = value_is_text(name, "PSTypeName") && slot->val.kind == V_STRING;
        bool ok = typed ? member_add_type_name(frame->in, object, value_text(slot->val))
                        : member_add(frame->in, object, value_text(name), slot->val);
        value_drop(name);
        if (!ok)
            return value_drop(object), false;
    }
    return *ret = object, true;
}

static bool do_text(struct frame *frame, const struct ins *ins, value *ret)
{
    struct buf out = BUF_INIT;
    bool ok = true;
    for (uint16_t i = 0; ok && i < ins->c; i++)
        ok = value_add_string(frame->in, &out, frame->registers[ins->b + i]);
    if (ok)
        ok = out.failed ? throw_full(frame->in, &out) : string_new(frame->in, buf_text(&out), out.size, ret);
    buf_free(&out);
    return ok;
}

// The first version of strict mode leaves the pieces of strings alone.
static bool undefined(struct frame *frame, const struct symbol *symbol, bool in_text)
{
    if (scope_strict(frame->in) < (in_text ? 2 : 1) || symbol->special == SPECIAL_INPUT)
        return true;
    return throw_error(frame->in, "VariableIsUndefined", CAT_InvalidOperation, symbol->name,
                       "$%s has no value.", value_text(symbol->name));
}

static bool do_variable(struct frame *frame, const struct symbol *symbol, unsigned prefix, value *ret)
{
    const value *found = scope_plain_global(frame->in, symbol, (enum scope_prefix)(prefix & ~IN_TEXT));
    if (found)
        return *ret = value_keep(*found), true;
    if (!scope_get(frame->in, symbol, (enum scope_prefix)(prefix & ~IN_TEXT), &found))
        return false;
    *ret = found ? value_keep(*found) : value_null;
    return found || (prefix & ~IN_TEXT) == PREFIX_DRIVE || undefined(frame, symbol, prefix & IN_TEXT);
}

// A slot that was never assigned is the variable of that name further out.
static bool do_local(struct frame *frame, uint16_t slot, unsigned flag, value *ret)
{
    value v = frame->registers[slot];
    if (!value_is_unset(v))
        return *ret = value_keep(v), true;
    if (!(flag & IN_OWN))
        return do_variable(frame, frame->code->locals[slot], flag, ret);
    const value *found;
    if (!scope_get(frame->in, frame->code->locals[slot], PREFIX_LOCAL, &found))
        return false;
    return *ret = found ? value_keep(*found) : value_null, true;
}

static bool do_assign(struct frame *frame, const struct ins *ins)
{
    value *slot = scope_plain_global(frame->in, frame->code->symbols[ins->b], (enum scope_prefix)ins->flag),
          v = frame_operand(frame, ins->a);
    if (slot)
        return value_set(slot, v), true;
    return scope_may_set(frame->in, frame->code->symbols[ins->b]) &&
           scope_set(frame->in, frame->code->symbols[ins->b], (enum scope_prefix)ins->flag, v);
}

static bool do_define(struct frame *frame, const struct ins *ins)
{
    if (!function_define)
        return throw_error(frame->in, "NotBuilt", CAT_NotImplemented, value_null,
                           "There are no functions here.");
    return function_define(frame->in, frame->code->symbols[ins->c], (enum scope_prefix)ins->flag,
                           frame_operand(frame, ins->b));
}

static bool do_assign_local(struct frame *frame, const struct ins *ins)
{
    value v = frame_operand(frame, ins->b);
    if (frame->in->scope->own_count)
        return scope_set(frame->in, frame->code->locals[ins->a], PREFIX_LOCAL, v);
    return value_set(&frame->registers[ins->a], v), true;
}

// What the items of a collection, and of collections in it, have of that name; a custom object without it
// gives $null.
static bool gather_members(struct interp *in, value over, value name, struct sink *out)
{
    struct value_walk walk;
    value item, member;
    bool ok = true, has;
    value_walk_start(&walk, over);
    while (ok && value_walk_next(in, &walk, &item)) {
        ok = member_get(in, item, value_text(name), name.string->size, &member, &has);
        bool bare = ok && !has && value_type(item) == &type_custom;
        if (bare && scope_strict(in) >= 2)
            ok = throw_error(in, "PropertyNotFoundStrict", CAT_NotSpecified, value_null,
                             "There is no member '%s' on this value.", value_text(name));
        if (ok && (has || bare))
            sink_put_each(out, in, has ? member : value_null);
        else if (ok && value_enumerable(item))
            ok = gather_members(in, item, name, out);
        if (ok)
            value_drop(member);
        value_drop(item);
    }
    return ok;
}

static bool each_member(struct frame *frame, value target, value name, value *ret)
{
    struct collector found;
    collector_start(&found);
    if (!gather_members(frame->in, target, name, &found.sink))
        return value_drop(found.list), false;
    return collector_take(&found, frame->in, ret) && (ret->kind != V_VOID || (*ret = value_null, true));
}

// From version 2 on, strict mode asks for members that are there.
static bool missing_member(struct frame *frame, value target, value name)
{
    if (scope_strict(frame->in) < 2)
        return true;
    bool empty = value_enumerable(target) && !target.array->count;
    return throw_error(frame->in, "PropertyNotFoundStrict", empty ? CAT_InvalidOperation : CAT_NotSpecified,
                       value_null, "There is no member '%s' on this %s.", value_text(name),
                       value_is_null(target) ? "$null" : "value");
}

static bool named_member(struct frame *frame, value target, value name, value *ret)
{
    bool found;
    if (!member_get(frame->in, target, value_text(name), name.string->size, ret, &found))
        return false;
    if (found)
        return true;
    if (vm_method && vm_method(frame->in, target, name, ret))
        return true;
    if (value_enumerable(target)) {
        if (!each_member(frame, target, name, ret))
            return false;
        return !value_is_null(*ret) || missing_member(frame, target, name);
    }
    if (scope_strict(frame->in) >= 2 || (!value_is_text(name, "Count") && !value_is_text(name, "Length")))
        return missing_member(frame, target, name);
    return *ret = value_int(!value_is_null(target)), true;
}

static bool do_member(struct frame *frame, value target, value name, value *ret)
{
    value text;
    if (name.kind == V_STRING)
        return named_member(frame, target, name, ret);
    const value *entry = target.kind == V_TABLE ? table_get(target.table, name) : NULL;
    if (entry)
        return *ret = value_keep(*entry), true;
    if (!value_to_string(frame->in, name, &text))
        return false;
    bool ok = named_member(frame, target, text, ret);
    return value_drop(text), ok;
}

static bool is_inside(struct frame *frame, value target, value index, bool *ret)
{
    int64_t at, count = target.kind == V_STRING ? target.string->units : (int64_t)target.array->count;
    if (!value_to_long(frame->in, index, &at))
        return false;
    return *ret = at < count && at >= -count, true;
}

// From version 3 on, strict mode asks for elements that are there.
static bool do_index(struct frame *frame, value target, value index, value *ret)
{
    bool inside = true, many = index.kind == V_ARRAY;
    if (!operate_index(frame->in, target, index, ret))
        return false;
    bool vector = value_enumerable(target) || target.kind == V_STRING;
    if (!(many || (value_is_null(*ret) && value_is_number(index))) || !vector || scope_strict(frame->in) < 3)
        return true;
    for (size_t i = 0; many && inside && i < index.array->count; i++)
        if (value_is_number(index.array->items[i]) &&
            !is_inside(frame, target, index.array->items[i], &inside))
            return value_drop(*ret), false;
    if (!many && !is_inside(frame, target, index, &inside))
        return false;
    if (inside)
        return true;
    value_drop(*ret);
    const char *id =
        target.kind == V_LIST ? "System.ArgumentOutOfRangeException" : "System.IndexOutOfRangeException";
    return throw_error(frame->in, id, CAT_OperationStopped, index, "The index is outside of the array.");
}

static bool do_static(struct frame *frame, value type, value name, value *ret)
{
    int64_t number;
    if (!vm_static && (type.kind != V_TYPE || name.kind != V_STRING))
        return throw_error(frame->in, "NotBuilt", CAT_NotImplemented, name, ":: needs a type.");
    if (type.kind == V_TYPE && name.kind == V_STRING && type.type->enumeration &&
        enum_parse(type.type, value_text(name), name.string->size, &number))
        return *ret = enum_value(type.type, number), true;
    if (vm_static)
        return vm_static(frame->in, type, name, ret);
    return throw_error(frame->in, "NotBuilt", CAT_NotImplemented, name,
                       "This language mode has no static members.");
}

bool frame_walk(struct frame *frame, value over, bool null_too, value *ret)
{
    if (!object_new(frame->in, over.kind == V_LIST ? &type_list_loop : &type_array_loop, ret))
        return false;
    struct enumerator *enumerator = (struct enumerator *)ret->object;
    value_walk_start(&enumerator->walk, value_keep(over.kind == V_NULL && !null_too ? value_void : over));
    if (!enumerator->walk.single)
        enumerator->count = over.array->count;
    return true;
}

// At the end the next instruction leaves the loop, else it is skipped.
static bool do_next(struct frame *frame, const struct ins *ins, size_t *pc)
{
    value item;
    struct enumerator *enumerator = (struct enumerator *)frame->registers[ins->b].object;
    if (!enumerator->walk.single && (enumerator->walk.over.array->count != enumerator->count ||
                                     table_side_changed(enumerator->walk.over)))
        return throw_error(frame->in, "System.InvalidOperationException", CAT_OperationStopped, value_null,
                           "The collection was changed while it was walked.");
    if (!value_walk_next(frame->in, &enumerator->walk, &item))
        return value_is_null(frame->in->thrown);
    ++*pc;
    return frame_put_take(frame, ins->a, item), true;
}

static bool do_raise(struct frame *frame, const struct ins *ins)
{
    value id = frame_operand(frame, ins->b), about = frame_operand(frame, ins->c);
    enum category category = value_is_text(id, "NotBuilt") ? CAT_NotImplemented : CAT_InvalidOperation;
    return throw_error(frame->in, value_text(id), category, about, "%s: %s", value_text(id),
                       value_text(about));
}

static bool do_collect(struct frame *frame)
{
    struct collector *collector = &frame->collectors[frame->depth++];
    collector_start(collector);
    frame->out = &collector->sink;
    return true;
}

static bool do_collected(struct frame *frame, bool as_array, value *ret)
{
    struct collector *collector = &frame->collectors[--frame->depth];
    frame->out = frame->depth ? &frame->collectors[frame->depth - 1].sink : frame->outer;
    return as_array ? collector_take_array(collector, frame->in, ret)
                    : collector_take(collector, frame->in, ret);
}

// Instructions that compute one value from their operands.
static bool compute(struct frame *frame, const struct ins *ins, value *ret)
{
    struct interp *in = frame->in;
    value b = ins->op == OP_VARIABLE ? value_null : frame_operand(frame, ins->b);
    switch ((enum op)ins->op) {
    case OP_LOAD:
        return *ret = value_keep(b), true;
    case OP_ADD:
        return operate_add(in, b, frame_operand(frame, ins->c), ret);
    case OP_SUBTRACT:
        return operate_subtract(in, b, frame_operand(frame, ins->c), ret);
    case OP_LESS:
        return operate_compare(in, TOK_ILT, b, frame_operand(frame, ins->c), ret);
    case OP_LESS_EQUAL:
        return operate_compare(in, TOK_ILE, b, frame_operand(frame, ins->c), ret);
    case OP_GREATER:
        return operate_compare(in, TOK_IGT, b, frame_operand(frame, ins->c), ret);
    case OP_GREATER_EQUAL:
        return operate_compare(in, TOK_IGE, b, frame_operand(frame, ins->c), ret);
    case OP_EQUAL:
        return operate_compare(in, TOK_IEQ, b, frame_operand(frame, ins->c), ret);
    case OP_BINARY:
        return operate_binary(in, (enum token_kind)ins->flag, b, frame_operand(frame, ins->c), ret);
    case OP_UNARY:
        return operate_unary(in, (enum token_kind)ins->flag, b, ret);
    case OP_TRUTH:
        return *ret = value_bool(value_truth(b)), true;
    case OP_ARRAY:
        return array_from(in, frame->registers + ins->b, ins->c, ret);
    case OP_TABLE:
        return table_new(in, ins->flag, ret);
    case OP_CUSTOM:
        return do_custom(frame, b, ret);
    case OP_CONVERT:
        return ins->flag ? vm_reference(in, b, ret)
                         : value_convert(in, b, frame_operand(frame, ins->c).type, ret);
    case OP_INDEX:
        return do_index(frame, b, frame_operand(frame, ins->c), ret);
    case OP_MEMBER:
        return ins->flag ? do_static(frame, b, frame_operand(frame, ins->c), ret)
                         : do_member(frame, b, frame_operand(frame, ins->c), ret);
    case OP_TEXT:
        return do_text(frame, ins, ret);
    case OP_VARIABLE:
        return do_variable(frame, frame->code->symbols[ins->b], ins->flag, ret);
    case OP_LOCAL:
        return do_local(frame, ins->b, ins->flag, ret);
    case OP_WALK:
        return frame_walk(frame, b, false, ret);
    default:
        return false;
    }
}

static bool emit(struct frame *frame, value v)
{
    return sink_put_each(frame->out, frame->in, v);
}

bool frame_step(struct frame *frame, const struct ins *ins, size_t *pc)
{
    value v;
    switch ((enum op)ins->op) {
    case OP_TABLE_SET:
        return do_table_set(frame, ins);
    case OP_ASSIGN:
        return do_assign(frame, ins);
    case OP_DEFINE:
        return do_define(frame, ins);
    case OP_ASSIGN_LOCAL:
        return do_assign_local(frame, ins);
    case OP_OPERAND:
        return operate_right_fits(frame->in, (enum token_kind)ins->flag, frame_operand(frame, ins->b));
    case OP_EMIT:
        return emit(frame, frame_operand(frame, ins->b));
    case OP_COLLECT:
        return do_collect(frame);
    case OP_COLLECTED:
        if (!do_collected(frame, ins->flag, &v))
            return false;
        return frame_put_take(frame, ins->a, v), true;
    case OP_NEXT:
        return do_next(frame, ins, pc);
    case OP_SUCCESS:
        return frame->in->success = true;
    case OP_RAISE:
        return do_raise(frame, ins);
    default:
        if (ins->op > OP_FULL)
            return frame_step_full && frame_step_full(frame, ins, pc);
        if (!compute(frame, ins, &v))
            return false;
        return frame_put_take(frame, ins->a, v), true;
    }
}
