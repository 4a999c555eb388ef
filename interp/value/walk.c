#include "interp/value/class.h"
#include "interp/value/types.h"

// An enumerator goes on from where it stands.
static bool pulls(value v)
{
    if (v.kind != V_OBJECT || !enumerator_next)
        return false;
    return v.object->type->class ? class_yields(v.object->type->class)
                                 : v.object->type->properties == enumerator_properties;
}

bool value_walkable(value v)
{
    return value_enumerable(v) || pulls(v);
}

bool value_enumerable(value v)
{
    return v.kind == V_ARRAY || v.kind == V_LIST;
}

void value_walk_start(struct value_walk *walk, value over)
{
    *walk = (struct value_walk){.over = over, .single = !value_enumerable(over), .pulls = pulls(over)};
}

bool value_walk_next(struct interp *in, struct value_walk *walk, value *ret_item)
{
    if (walk->pulls && walk->over.object->type->class)
        return class_next(in, walk, ret_item);
    if (walk->pulls)
        return enumerator_next(in, walk->over, ret_item);
    if (walk->single) {
        if (walk->at++ || walk->over.kind == V_VOID)
            return false;
        *ret_item = value_keep(walk->over);
        return true;
    }
    if (walk->at >= walk->over.array->count)
        return false;
    *ret_item = value_keep(walk->over.array->items[walk->at++]);
    return true;
}

void value_walk_end(struct value_walk *walk)
{
    value_drop(walk->held);
    walk->held = value_null;
}
