#include "interp/value/types.h"

bool value_enumerable(value v)
{
    return v.kind == V_ARRAY || v.kind == V_LIST;
}

void value_walk_start(struct value_walk *walk, value over)
{
    *walk = (struct value_walk){.over = over, .single = !value_enumerable(over)};
}

bool value_walk_next(struct interp *in, struct value_walk *walk, value *ret_item)
{
    (void)in;
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
