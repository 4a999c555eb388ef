// System.IntPtr, as far as programs meet it: at[0] is its number.
#include <limits.h>

#include "interp/eval/interp.h"
#include "interp/value/format.h"
#include "interp/value/types-rows.h"

#define INTPTR &type_intptr
static bool made(struct interp *in, int64_t n, value *ret)
{
    if (!object_new(in, INTPTR, ret))
        return false;
    return AS(fields, *ret)->at[0] = value_long(n), true;
}
METHOD(intptr_new)
{
    UNUSED;
    return made(in, args[0].i, ret);
}
METHOD(to_int64)
{
    return UNUSED, *ret = AS(fields, self)->at[0], true;
}
METHOD(to_int32)
{
    UNUSED;
    int64_t n = AS(fields, self)->at[0].i;
    if (n != (int32_t)n)
        return method_throw(in, &type_overflow_exception, "The pointer does not fit into an int.");
    return *ret = value_int((int32_t)n), true;
}
METHOD(add)
{
    UNUSED;
    return made(in, (int64_t)((uint64_t)AS(fields, args[0])->at[0].i + (uint64_t)args[1].i), ret);
}
METHOD(subtract)
{
    UNUSED;
    return made(in, (int64_t)((uint64_t)AS(fields, args[0])->at[0].i - (uint64_t)args[1].i), ret);
}
METHOD(format)
{
    UNUSED;
    return value_format_string(in, AS(fields, self)->at[0], value_text(args[0]), args[0].string->size, ret);
}
bool intptr_to_string(struct interp *in, value self, value *ret)
{
    return value_to_string(in, AS(fields, self)->at[0], ret);
}
bool intptr_equal(value a, value b)
{
    int64_t n = AS(fields, a)->at[0].i;
    if (value_type(b) == INTPTR)
        return AS(fields, b)->at[0].i == n;
    return (b.kind == V_I32 || b.kind == V_I64) && b.i == n;
}
#define CONSTANT(name, n)                                                                                    \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)self, made(in, n, ret);                                                                 \
    }
CONSTANT(zero, 0)
CONSTANT(most, INT64_MAX)
CONSTANT(least, INT64_MIN)
static bool size(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_int((int32_t)sizeof(void *)), true;
}
static const struct method methods[] = {{"ToInt32", to_int32, I32},
                                        {"ToInt64", to_int64, I64},
                                        {"ToString", format, STR, P(STR), .names = "format"},
                                        {0}};
static const struct method method_statics[] = {
    {"Add", add, INTPTR, P(INTPTR, I32)}, {"Subtract", subtract, INTPTR, P(INTPTR, I32)}, {0}};
static const struct method constructors[] = {{"new", intptr_new, INTPTR, P(I32), .names = "value"},
                                             {"new", intptr_new, INTPTR, P(I64), .names = "value"},
                                             {0}};
static const struct property statics[] = {
    {"Zero", zero, NULL}, {"Size", size, NULL}, {"MaxValue", most, NULL}, {"MinValue", least, NULL}, {0}};
const struct type_members full_intptr = {methods, method_statics, constructors, statics};
