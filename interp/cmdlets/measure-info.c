// The objects of Measure-Object, and the list of what it measures.
#include "base/mem.h"
#include "base/utf8.h"
#include "interp/cmdlets/measure-object.h"
#include "interp/value/types.h"

static bool get_count(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_int(((struct measure_info *)self.object)->count), true;
}
static bool get_average(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct measure_info *)self.object)->average), true;
}
static bool get_sum(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct measure_info *)self.object)->sum), true;
}
static bool get_maximum(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct measure_info *)self.object)->maximum), true;
}
static bool get_minimum(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct measure_info *)self.object)->minimum), true;
}
static bool get_deviation(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct measure_info *)self.object)->deviation), true;
}
static bool get_property(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct measure_info *)self.object)->property), true;
}

static void info_release(struct object *object)
{
    struct measure_info *info = (struct measure_info *)object;
    value_drop(info->average);
    value_drop(info->sum);
    value_drop(info->maximum);
    value_drop(info->minimum);
    value_drop(info->deviation);
    value_drop(info->property);
}

static const struct property info_properties[] = {
    {"Count", get_count, NULL},       {"Average", get_average, NULL},
    {"Sum", get_sum, NULL},           {"Maximum", get_maximum, NULL},
    {"Minimum", get_minimum, NULL},   {"StandardDeviation", get_deviation, NULL},
    {"Property", get_property, NULL}, {0},
};
const struct type type_measure = {
    .name = "Microsoft.PowerShell.Commands.GenericMeasureInfo",
    .base = &type_object,
    .properties = info_properties,
    .release = info_release,
    .size = sizeof(struct measure_info),
    .type_code = 1,
};
const struct type type_object_measure = {
    .name = "Microsoft.PowerShell.Commands.GenericObjectMeasureInfo",
    .base = &type_object,
    .properties = info_properties,
    .release = info_release,
    .size = sizeof(struct measure_info),
    .type_code = 1,
};

static bool same_name(value a, value b)
{
    if (a.kind != V_STRING || b.kind != V_STRING)
        return a.kind == b.kind;
    return utf8_same_ignore_case(value_text(a), a.string->size, value_text(b), b.string->size);
}

struct measure *measure_find(struct command *cmd, value property)
{
    struct measure_state *state = cmd->state;
    for (size_t i = 0; i < state->count; i++)
        if (same_name(state->items[i].property, property))
            return &state->items[i];
    if (state->count == state->capacity) {
        struct measure *items = mem_grow(state->items, &state->capacity, 2, sizeof *items);
        if (!items)
            return throw_memory(cmd->in), NULL;
        state->items = items;
    }
    struct measure *m = &state->items[state->count++];
    *m = (struct measure){.property = value_keep(property), .max = value_void, .min = value_void};
    return m;
}

void measure_clean(struct command *cmd)
{
    struct measure_state *state = cmd->state;
    for (size_t i = 0; i < state->count; i++) {
        value_drop(state->items[i].property);
        value_drop(state->items[i].max);
        value_drop(state->items[i].min);
    }
    mem_free(state->items, state->capacity * sizeof *state->items);
    expressions_free(&state->by);
}
