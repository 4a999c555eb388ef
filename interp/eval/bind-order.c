// Arguments in order: how a block is given them that a method or a command calls and no pipeline. What stands
// first is the first parameter's, be it a switch or one of a later position; nothing is mandatory, nothing is
// looked for by name, and an argument is converted as an assignment to the parameter would be.
#include "interp/eval/block.h"
#include "interp/eval/names.h"
#include "interp/eval/parameters.h"
#include "interp/eval/pipeline.h"
#include "interp/value/exceptions.h"
#include "interp/value/objects.h"

// No statement stands around the conversion: its own exception is the error's.
static bool refused(struct interp *in)
{
    struct error_record *error = in->thrown.kind == V_ERROR ? in->thrown.error : NULL;
    value around = error ? error->exception : value_null;
    value cast =
        value_is_type(around, &type_exception) ? ((struct exception *)around.object)->inner : value_null;
    if (value_is_type(cast, &type_ps_invalid_cast_exception))
        value_set(&error->exception, cast);
    return false;
}

static bool take(struct stage *stage, size_t at, value v)
{
    const struct signature *signature = stage->held.scriptblock->signature;
    value name = value_null, fits;
    if (!string_text(stage->cmd.in, stage->meta->params[at].name, &name))
        return false;
    bool ok = parameter_check(stage->cmd.in, signature->attributes[at], name, v, &fits);
    value_drop(name);
    if (!ok)
        return refused(stage->cmd.in);
    value_drop(stage->bound_args[at]);
    stage->bound_args[at] = fits;
    stage->bound |= (uint64_t)1 << at;
    stage->order[stage->ordered++] = (uint8_t)at;
    return true;
}

bool bind_in_order(struct stage *stage, const value *args, size_t count)
{
    size_t taken = count < stage->meta->count ? count : stage->meta->count;
    value rest;
    stage->sets = stage->meta->all_sets;
    for (size_t i = 0; i < taken; i++)
        if (!take(stage, i, args[i].kind == V_VOID ? value_null : args[i]))
            return false;
    if (!array_from(stage->cmd.in, args ? args + taken : NULL, count - taken, &rest))
        return false;
    block_give_args(stage, rest);
    return value_drop(rest), true;
}
