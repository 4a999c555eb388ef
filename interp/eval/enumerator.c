// $foreach and $switch: the enumerator of a loop, which its body may move on. jesh-full alone.
#include "interp/eval/state.h"
#include "interp/value/types-rows.h"

#define WALK(v) (&((struct enumerator *)(v).object)->walk)

static bool current(struct interp *in, value self, value *ret)
{
    const struct value_walk *walk = WALK(self);
    (void)in;
    *ret = value_null;
    if (walk->single && walk->over.kind != V_VOID)
        *ret = value_keep(walk->over);
    else if (!walk->single && walk->at && walk->at <= walk->over.array->count)
        *ret = value_keep(walk->over.array->items[walk->at - 1]);
    return true;
}
METHOD(move_next)
{
    value item;
    UNUSED;
    *ret = value_false;
    if (!value_walk_next(in, WALK(self), &item))
        return true;
    value_drop(item);
    return *ret = value_true, true;
}
METHOD(reset)
{
    UNUSED;
    WALK(self)->at = 0;
    return true;
}
extern const struct property loop_enumerator_properties[];
extern const struct type_members full_loop_enumerator;
const struct property loop_enumerator_properties[] = {{"Current", current, NULL}, {0}};
static const struct method methods[] = {{"MoveNext", move_next, BOOLEAN}, {"Reset", reset, VOID}, {0}};
const struct type_members full_loop_enumerator = {methods, NULL, NULL, NULL};
