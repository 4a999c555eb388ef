// Objects of .NET that are a few values and nothing more: where something stands on a screen, how a pipeline
// is to run. The values stand in the fields, in the order of their properties. jesh-full alone.
#include "interp/eval/interp.h"
#include "interp/value/cast.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"

#define AT(v, n) (((struct fields *)(v).object)->at[n])

static bool read(value self, size_t n, value empty, value *ret)
{
    value v = AT(self, n);
    return *ret = value_keep(v.kind == V_VOID || v.kind == V_NULL ? empty : v), true;
}

static bool write(struct interp *in, value self, size_t n, const struct type *type, value to)
{
    value fits;
    if (!value_convert(in, to, type, &fits))
        return false;
    value_set(&AT(self, n), fits);
    return value_drop(fits), true;
}

#define SLOT(name, n, type, empty)                                                                           \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, read(self, n, empty, ret);                                                          \
    }                                                                                                        \
    static bool set_##name(struct interp *in, value self, value to)                                          \
    {                                                                                                        \
        return write(in, self, n, type, to);                                                                 \
    }

SLOT(number_0, 0, I32, value_int(0))
SLOT(number_1, 1, I32, value_int(0))
SLOT(number_2, 2, I32, value_int(0))
SLOT(number_3, 3, I32, value_int(0))
SLOT(switch_0, 0, BOOLEAN, value_false)
SLOT(switch_1, 1, BOOLEAN, value_false)
SLOT(object_2, 2, OBJ, value_null)
SLOT(object_3, 3, &type_action_preference, value_null)

const struct property coordinates_properties[] = {
    {"X", number_0, set_number_0}, {"Y", number_1, set_number_1}, {0}};
const struct property host_size_properties[] = {
    {"Width", number_0, set_number_0}, {"Height", number_1, set_number_1}, {0}};
const struct property host_rectangle_properties[] = {{"Left", number_0, set_number_0},
                                                     {"Top", number_1, set_number_1},
                                                     {"Right", number_2, set_number_2},
                                                     {"Bottom", number_3, set_number_3},
                                                     {0}};
const struct property invocation_settings_properties[] = {
    {"AddToHistory", switch_0, set_switch_0},
    {"ExposeFlowControlExceptions", switch_1, set_switch_1},
    {"Host", object_2, set_object_2},
    {"ErrorActionPreference", object_3, set_object_3},
    {0}};

bool numbers_to_string(struct interp *in, value self, value *ret)
{
    value a, b;
    return number_0(in, self, &a) && number_1(in, self, &b) &&
           string_printf(in, ret, "%d,%d", (int)a.i, (int)b.i);
}

bool rectangle_to_string(struct interp *in, value self, value *ret)
{
    value at[4];
    for (size_t i = 0; i < 4; i++)
        read(self, i, value_int(0), &at[i]);
    return string_printf(in, ret, "%d,%d ; %d,%d", (int)at[0].i, (int)at[1].i, (int)at[2].i, (int)at[3].i);
}

bool numbers_equal(value a, value b)
{
    value x, y;
    for (size_t i = 0; i < 4; i++)
        if (read(a, i, value_int(0), &x) && read(b, i, value_int(0), &y) && x.i != y.i)
            return false;
    return true;
}

METHOD(make)
{
    if (!object_new(in, self.type, ret))
        return false;
    for (size_t i = 0; i < count; i++)
        AT(*ret, i) = value_keep(args[i]);
    return true;
}

static const struct method pair_constructors[] = {{"new", make, OBJ}, {"new", make, OBJ, P(I32, I32)}, {0}};
static const struct method rectangle_constructors[] = {
    {"new", make, OBJ}, {"new", make, OBJ, P(I32, I32, I32, I32)}, {0}};
static const struct method empty_constructors[] = {{"new", make, OBJ}, {0}};
extern const struct type_members full_coordinates, full_host_size, full_host_rectangle,
    full_invocation_settings;
const struct type_members full_coordinates = {.constructors = pair_constructors};
const struct type_members full_host_size = {.constructors = pair_constructors};
const struct type_members full_host_rectangle = {.constructors = rectangle_constructors};
const struct type_members full_invocation_settings = {.constructors = empty_constructors};
