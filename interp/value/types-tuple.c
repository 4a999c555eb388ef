// Tuples: at[0] how many; at[1]… the items.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/items.h"
#include "interp/value/made.h"
#include "interp/value/set.h"
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
METHOD(tuple_new)
{
    value own[7];
    size_t made = 0;
    bool ok = true;
    for (; ok && made < count; made += ok) {
        const struct type *to = type_argument(self.type, made);
        ok = to && to != OBJ ? value_convert(in, args[made], to, &own[made])
                             : (own[made] = value_keep(args[made]), true);
    }
    ok = ok && tuple_make(in, self.type, own, count, ret);
    while (made)
        value_drop(own[--made]);
    return ok;
}
// Tuple.Create makes the generic type that fits; $null has none.
METHOD(tuple_create)
{
    const struct type *types[7];
    for (size_t i = 0; i < count; i++)
        if (!(types[i] = value_type(args[i])))
            return throw_error(in, "MethodCountCouldNotFindBest", CAT_NotSpecified, value_null,
                               "A tuple's types cannot be told from $null.");
    const struct type *type = generic_of(in, self.type->name, types, count);
    return type && tuple_make(in, type, args, count, ret);
}
#define TUPLES(name, call)                                                                                   \
    {name, call, OBJ, P(OBJ)}, {name, call, OBJ, P(OBJ, OBJ)}, {name, call, OBJ, P(OBJ, OBJ, OBJ)},          \
        {name, call, OBJ, P(OBJ, OBJ, OBJ, OBJ)}, {name, call, OBJ, P(OBJ, OBJ, OBJ, OBJ, OBJ)},             \
        {name, call, OBJ, P(OBJ, OBJ, OBJ, OBJ, OBJ, OBJ)},                                                  \
    {                                                                                                        \
        name, call, OBJ, P(OBJ, OBJ, OBJ, OBJ, OBJ, OBJ, OBJ)                                                \
    }
static const struct method tuple_statics[] = {TUPLES("Create", tuple_create), {0}};
static const struct method tuple_constructors[] = {TUPLES("new", tuple_new), {0}};
const struct type_members full_tuple = {NULL, tuple_statics, tuple_constructors, NULL};
const struct type_members full_value_tuple = {NULL, tuple_statics, tuple_constructors, NULL};
bool tuple_is(value v)
{
    const struct type_members *full = value_type(v)->full;
    return full == &full_tuple || full == &full_value_tuple;
}
#define ITEM(n)                                                                                              \
    static bool tuple_item##n(struct interp *in, value self, value *ret)                                     \
    {                                                                                                        \
        return (void)in, *ret = value_keep(AS(fields, self)->at[n]), true;                                   \
    }
ITEM(1)
ITEM(2)
ITEM(3) ITEM(4) ITEM(5) ITEM(6) ITEM(7) static bool tuple_length(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = AS(fields, self)->at[0], true;
}
#define ITEMS_1 {"Item1", tuple_item1, NULL}
#define ITEMS_2 ITEMS_1, {"Item2", tuple_item2, NULL}
#define ITEMS_3 ITEMS_2, {"Item3", tuple_item3, NULL}
#define ITEMS_4 ITEMS_3, {"Item4", tuple_item4, NULL}
#define ITEMS_5 ITEMS_4, {"Item5", tuple_item5, NULL}
#define ITEMS_6 ITEMS_5, {"Item6", tuple_item6, NULL}
#define ITEMS_7 ITEMS_6, {"Item7", tuple_item7, NULL}
#define LENGTH {"Length", tuple_length, NULL}
#define BY_COUNT(name, n) static const struct property name##n[] = {ITEMS_##n, LENGTH, {0}};
#define VALUE_BY_COUNT(name, n) static const struct property name##n[] = {LENGTH, ITEMS_##n, {0}};
#define ALL(of, name) of(name, 1) of(name, 2) of(name, 3) of(name, 4) of(name, 5) of(name, 6) of(name, 7)
ALL(BY_COUNT, tuple_)
ALL(VALUE_BY_COUNT, value_tuple_)
const struct property *tuple_properties_of(size_t count, bool value_type)
{
    static const struct property *const tuples[] = {tuple_1, tuple_2, tuple_3, tuple_4, tuple_5, tuple_6, tuple_7};
    static const struct property *const values[] = {value_tuple_1, value_tuple_2, value_tuple_3, value_tuple_4,
                                                    value_tuple_5, value_tuple_6, value_tuple_7};
    return value_type ? values[count - 1] : tuples[count - 1];
}
bool tuple_to_string(struct interp *in, value self, value *ret)
{
    struct buf out = {.limit = in->string_limit};
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
