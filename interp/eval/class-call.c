// Running methods and constructors of classes that texts define.
#include "interp/eval/class-call.h"

#include "interp/eval/block.h"
#include "interp/eval/pipeline.h"
#include "interp/value/error.h"
#include "interp/value/objects.h"

struct running {
    struct frame frame;
    struct scope scope;
    value matches;
};

// What a method writes goes nowhere; its errors are its caller's.
static bool run_entries(struct running *running, value *result)
{
    struct frame *frame = &running->frame;
    struct sink nowhere = {sink_put_nowhere};
    uint32_t defaults = frame->code->entries[ENTRY_DEFAULTS];
    bool plain = defaults == NO_ENTRY || frame->code->ins[defaults].op == OP_END;
    frame->stage = frame->in->eval->frame ? frame->in->eval->frame->stage : NULL;
    frame->method = true;
    frame->result = result;
    return (plain || frame_enter(frame, ENTRY_DEFAULTS, &nowhere)) &&
           frame_enter(frame, ENTRY_MAIN, &nowhere);
}

static bool run(struct interp *in, const struct code *code, value self, const value *args, size_t count,
                value *result)
{
    struct running running;
    if (!frame_open(&running.frame, in, code))
        return false;
    struct scope *outer = in->scope;
    scope_start(&running.scope, outer);
    running.scope.code = code;
    running.scope.slots = running.frame.registers;
    running.scope.special[SPECIAL_THIS] = value_keep(self);
    running.matches = value_keep(in->matches);
    for (size_t i = 0; i < count; i++)
        running.frame.registers[i] = value_keep(args[i]);
    in->scope = &running.scope;
    struct method_caller caller = method_caller_enter(in);
    bool ok = run_entries(&running, result);
    method_caller_leave(in, caller);
    in->scope = outer;
    value_set(&in->matches, running.matches);
    value_drop(running.matches);
    scope_end(in, &running.scope);
    frame_close(&running.frame);
    if (!ok && in->thrown.kind == V_ERROR)
        error_remember(in, in->thrown); // whoever called may tell another error instead
    return ok;
}

static bool run_block(struct interp *in, const struct made_method *made, value self, const value *args,
                      size_t count, value *result)
{
    const struct code *code = block_code(in, made->block.scriptblock, true);
    return code && run(in, code, self, args, count, result);
}

// --- The class itself
// ---------------------------------------------------------------------------------------------

static bool initialize(struct interp *in, struct class *class, bool is_static, value self)
{
    struct code **code = &class->initializers[is_static];
    value nothing = value_null;
    if (!*code && !code_compile_initializers(in, class, is_static, code))
        return false;
    return (*code)->ins[0].op == OP_END || run(in, *code, self, NULL, 0, &nothing);
}

static const struct field *field_named(const struct property *p, value name)
{
    for (; p->name; p++)
        if (value_is_text(name, p->name))
            return p->field;
    return NULL;
}

bool class_begin_field(struct interp *in, value target, value name, value v)
{
    bool is_static = target.kind == V_TYPE;
    const struct class *class = class_of(is_static ? target.type : value_type(target));
    const struct field *field = NULL;
    for (; class && !field; class = class->base)
        field = field_named(is_static ? class->members.static_properties : class->type.properties, name);
    return !field || class_store(in, (struct field *)field, target, v);
}

static bool start(struct interp *in, struct class *class)
{
    value nothing = value_null;
    if (class->base && !class_start(in, class->base))
        return false;
    if (!initialize(in, class, true, value_unset))
        return false;
    return !class->starter || run_block(in, class->starter, value_unset, NULL, 0, &nothing);
}

bool class_start(struct interp *in, struct class *class)
{
    if (class->started && !class->failed)
        return true;
    class->started = true;
    if (!class->failed && start(in, class))
        return true;
    class->failed = true;
    value_set(&in->thrown, value_null);
    return throw_error(in, "System.TypeInitializationException", CAT_OperationStopped, value_null,
                       "The static members of [%s] could not be made.", class->type.name);
}

// --- Constructors
// -------------------------------------------------------------------------------------------------

static bool construct_base(struct interp *in, struct class *class, value self, const value *args,
                           size_t count)
{
    struct overloads found = {0};
    value nothing = value_null;
    if (!class->base && class->native == &type_object && !count)
        return true;
    if (!class->base)
        return class_take_native(in, self, args, count);
    for (const struct method *row = class->base->members.constructors; row && row->name; row++)
        if (found.count < sizeof found.rows / sizeof *found.rows)
            found.rows[found.count++] = row;
    bool ok = method_call(in, &found, self, class->base->type.name, args, count, &nothing);
    if (ok)
        value_drop(nothing);
    return ok;
}

bool class_construct_base(struct interp *in, const value *at, size_t count)
{
    value self = in->scope->special[SPECIAL_THIS];
    struct class *class = class_of(at[0].type);
    return value_is_unset(self) || construct_base(in, class, self, at + 1, count);
}

static bool construct(struct interp *in, const struct made_method *made, value self, const value *args,
                      size_t count)
{
    value nothing = value_null;
    if (!initialize(in, made->owner, false, self))
        return false;
    if (value_is_null(made->block))
        return construct_base(in, made->owner, self, NULL, 0);
    return run_block(in, made, self, args, count, &nothing);
}

static bool make(struct interp *in, const struct made_method *made, const value *args, size_t count,
                 value *ret)
{
    value self;
    if (!class_start(in, made->owner) || !class_new(in, made->owner, &self))
        return false;
    if (!construct(in, made, self, args, count))
        return value_drop(self), false;
    return *ret = self, true;
}

static bool is_constructor(const struct made_method *made)
{
    return !made->node || made->node->flags & NODE_CONSTRUCTOR;
}

bool class_call(struct interp *in, const struct method *method, value self, const value *args, size_t count,
                value *ret)
{
    const struct made_method *made = method->made;
    if (is_constructor(made) && self.kind == V_TYPE)
        return make(in, made, args, count, ret);
    value result = value_null;
    bool ok = is_constructor(made)
                  ? construct(in, made, self, args, count)
                  : class_start(in, made->owner) &&
                        run_block(in, made, made->is_static ? value_unset : self, args, count, &result);
    if (!ok)
        return value_drop(result), false;
    return *ret = result, true;
}
