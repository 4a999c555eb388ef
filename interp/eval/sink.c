#include "interp/eval/state.h"

bool sink_put_each(struct sink *sink, struct interp *in, value v)
{
    struct value_walk walk;
    value item;
    if (v.kind == V_VOID)
        return true;
    if (!value_walkable(v))
        return sink->put(sink, in, v);
    value_walk_start(&walk, v);
    while (value_walk_next(in, &walk, &item)) {
        bool ok = sink->put(sink, in, item);
        value_drop(item);
        if (!ok)
            return value_walk_end(&walk), false;
    }
    value_walk_end(&walk);
    return value_is_null(in->thrown);
}

bool sink_put_nowhere(struct sink *sink, struct interp *in, value v)
{
    return (void)sink, (void)in, (void)v, true;
}

static bool write_from(struct sink *sink, struct interp *in, value v)
{
    return (void)in, cmd_write(((struct command_sink *)sink)->cmd, v);
}

struct command_sink command_sink(struct command *cmd)
{
    return (struct command_sink){{write_from}, cmd};
}

static bool collect(struct sink *sink, struct interp *in, value v)
{
    return list_gather(in, &((struct collector *)sink)->list, v);
}

void collector_start(struct collector *collector)
{
    *collector = (struct collector){{collect}, value_null};
}

bool collector_take(struct collector *collector, struct interp *in, value *ret)
{
    value list = collector->list;
    (void)in;
    collector->list = value_null;
    if (list.kind == V_NULL)
        return *ret = value_void, true;
    if (list.array->count == 1) {
        *ret = value_keep(list.array->items[0]);
        return value_drop(list), true;
    }
    return *ret = list_become_array(list), true;
}

bool collector_take_array(struct collector *collector, struct interp *in, value *ret)
{
    value list = collector->list;
    collector->list = value_null;
    if (list.kind == V_NULL)
        return array_new(in, 0, ret);
    return *ret = list_become_array(list), true;
}

static bool too_deep(struct interp *in, uint64_t most)
{
    throw_error(in, "CallDepthOverflow", CAT_InvalidOperation, value_null,
                "Calls are nested more than %llu deep.", (unsigned long long)most);
    if (in->thrown.object != in->out_of_memory.object)
        in->thrown.error->of_command = true;
    return false;
}

bool depth_enter(struct interp *in)
{
    uint64_t most = in->session->limits[LIMIT_CALL_DEPTH];
    const char *here = __builtin_frame_address(0);
    if ((most && in->eval->depth >= most) || here < in->stack_floor)
        return too_deep(in, most);
    in->eval->depth++;
    return true;
}

void depth_leave(struct interp *in)
{
    in->eval->depth--;
}
