// System.Random. With a seed it gives .NET's numbers; without one, only chance is asked for.
#include <sys/random.h>

#include "interp/eval/interp.h"
#include "interp/value/seeded.h"
#include "interp/value/types-rows.h"

#define RANDOM &type_random
#define OWN(v) AS(random_numbers, v)

// --- Members

METHOD(random_new)
{
    int32_t seed;
    UNUSED;
    if (count)
        seed = (int32_t)args[0].i;
    else if (getrandom(&seed, sizeof seed, 0) != sizeof seed)
        seed = (int32_t)date_now_utc();
    if (!object_new(in, RANDOM, ret))
        return false;
    return random_seed(OWN(*ret), seed), true;
}

static bool bad_limit(struct interp *in)
{
    return method_throw(in, &type_argument_range_exception,
                        "The upper limit must not be below the lower one.");
}

METHOD(next)
{
    int64_t low = count > 1 ? args[0].i : 0, high = count ? args[count - 1].i : INT32_MAX;
    UNUSED;
    if (high < low)
        return bad_limit(in);
    if (!count)
        return *ret = value_int(random_sample(OWN(self))), true;
    return *ret = value_int(random_between(OWN(self), (int32_t)low, (int32_t)high)), true;
}
METHOD(next_long)
{
    int64_t low = count > 1 ? args[0].i : 0, high = count ? args[count - 1].i : INT64_MAX;
    UNUSED;
    if (high < low)
        return bad_limit(in);
    if (count)
        return *ret = value_long(random_long(OWN(self), low, high)), true;
    do
        low = (int64_t)(random_wide(OWN(self)) >> 1);
    while (low == INT64_MAX);
    return *ret = value_long(low), true;
}
METHOD(next_double)
{
    return UNUSED, *ret = value_double(random_real(OWN(self))), true;
}
METHOD(next_single)
{
    float f;
    UNUSED;
    do
        f = (float)random_real(OWN(self));
    while (f >= 1);
    return *ret = (value){.kind = V_F32, .f = f}, true;
}
METHOD(next_bytes)
{
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The bytes must not be $null.");
    for (size_t i = 0; i < args[0].array->count; i++)
        args[0].array->items[i] = (value){.kind = V_U8, .u = (uint8_t)random_sample(OWN(self))};
    return true;
}
METHOD(shuffle)
{
    UNUSED;
    value *items = args[0].array->items;
    for (size_t i = 0; i + 1 < args[0].array->count; i++) {
        size_t other = (size_t)random_between(OWN(self), (int32_t)i, (int32_t)args[0].array->count);
        value item = items[i];
        items[i] = items[other];
        items[other] = item;
    }
    return true;
}
METHOD(get_items)
{
    UNUSED;
    if (args[1].i < 0 || !args[0].array->count)
        return bad_limit(in);
    if (!array_of(in, args[0].array->element, (size_t)args[1].i, ret))
        return false;
    for (int64_t i = 0; i < args[1].i; i++) {
        int32_t at = random_between(OWN(self), 0, (int32_t)args[0].array->count);
        ret->array->items[i] = value_keep(args[0].array->items[at]);
    }
    return true;
}
static bool shared(struct interp *in, value self, value *ret)
{
    return random_new(in, self, NULL, 0, ret);
}
static const struct property random_statics[] = {{"Shared", shared, NULL}, {0}};
static const struct method random_methods[] = {
    {"Next", next, I32},
    {"Next", next, I32, P(I32)},
    {"Next", next, I32, P(I32, I32)},
    {"NextInt64", next_long, I64},
    {"NextInt64", next_long, I64, P(I64)},
    {"NextInt64", next_long, I64, P(I64, I64)},
    {"NextDouble", next_double, F64},
    {"NextSingle", next_single, F32},
    {"NextBytes", next_bytes, VOID, P(BYTES)},
    {"Shuffle", shuffle, VOID, P(ARR)},
    {"GetItems", get_items, OBJ, P(ARR, I32)},
    {0},
};
static const struct method random_constructors[] = {
    {"new", random_new, RANDOM}, {"new", random_new, RANDOM, P(I32)}, {0}};
const struct type_members full_random = {random_methods, NULL, random_constructors, random_statics};
