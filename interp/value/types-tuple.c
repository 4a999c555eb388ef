// Tuples: at[0] how many; at[1]… the items.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/items.h"
#include "interp/value/made.h"
#include "interp/value/types-rows.h"

static bool tuple_make(struct interp *in, const struct type *type, const value *args, size_t count,
                       value *ret)
{
    if (!object_new(in, type, ret))
        return false;
    AS(fields, *ret)->at[0] = value_int((int32_t)count);
    for (size_t i = 0; i < count; i++)
        AS(fields, *ret)->at[i + 1] = value_keep(args[i]);
    return true;
}
METHOD(tuple_create)
{
    return tuple_make(in, self.type, args, count, ret);
}
#define TUPLES(name, call)                                                                                   \
    {name, call, OBJ, P(OBJ)}, {name, call, OBJ, P(OBJ, OBJ)}, {name, call, OBJ, P(OBJ, OBJ, OBJ)},          \
        {name, call, OBJ, P(OBJ, OBJ, OBJ, OBJ)}, {name, call, OBJ, P(OBJ, OBJ, OBJ, OBJ, OBJ)},             \
        {name, call, OBJ, P(OBJ, OBJ, OBJ, OBJ, OBJ, OBJ)},                                                  \
    {                                                                                                        \
        name, call, OBJ, P(OBJ, OBJ, OBJ, OBJ, OBJ, OBJ, OBJ)                                                \
    }
static const struct method tuple_statics[] = {TUPLES("Create", tuple_create), {0}};
static const struct method tuple_constructors[] = {TUPLES("new", tuple_create), {0}};
const struct type_members full_tuple = {NULL, tuple_statics, tuple_constructors, NULL, false};
const struct type_members full_value_tuple = {NULL, tuple_statics, tuple_constructors, NULL, false};
#define ITEM(n)                                                                                              \
    static bool tuple_item##n(struct interp *in, value self, value *ret)                                     \
    {                                                                                                        \
        return (void)in, *ret = value_keep(AS(fields, self)->at[n]), true;                                   \
    }
ITEM(1)
ITEM(2) ITEM(3) ITEM(4) ITEM(5) ITEM(6)
    ITEM(7) static bool tuple_length(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = AS(fields, self)->at[0], true;
}
const struct property tuple_properties[] = {
    {"Item1", tuple_item1, NULL}, {"Item2", tuple_item2, NULL},   {"Item3", tuple_item3, NULL},
    {"Item4", tuple_item4, NULL}, {"Item5", tuple_item5, NULL},   {"Item6", tuple_item6, NULL},
    {"Item7", tuple_item7, NULL}, {"Length", tuple_length, NULL}, {0}};
bool tuple_to_string(struct interp *in, value self, value *ret)
{
    struct buf out = BUF_INIT;
    struct fields *own = AS(fields, self);
    bool ok = buf_add_char(&out, '(');
    for (int64_t i = 1; ok && i <= own->at[0].i; i++) {
        if (i > 1)
            buf_add_text(&out, ", ");
        ok = value_add_string(in, &out, own->at[i]);
    }
    buf_add_char(&out, ')');
    return ok ? buf_take(in, &out, ret) : (buf_free(&out), false);
}
bool tuple_equal(value a, value b)
{
    struct fields *left = AS(fields, a), *right = AS(fields, b);
    if (left->at[0].i != right->at[0].i)
        return false;
    bool same = true;
    for (int64_t i = 1; same && i <= left->at[0].i; i++) {
        value x = left->at[i], y = right->at[i];
        if (x.kind == V_STRING && y.kind == V_STRING)
            same = x.string->size == y.string->size && !memcmp(value_text(x), value_text(y), x.string->size);
        else
            same = x.kind == y.kind && x.u == y.u;
    }
    return same;
}
