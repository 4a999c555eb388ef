// Measure-Object: counts objects, and sums up their numbers (here) or their text (measure-text.c).
#include <math.h>

#include "interp/cmdlets/entries.h"
#include "interp/cmdlets/measure-object.h"
#include "interp/eval/interp.h"

static const char *const sets[] = {"GenericMeasure", "TextMeasure", NULL};
enum { SET_NUMBERS = 1, SET_TEXT = 2 };
static const struct param params[] = {
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"Property", "object[]", NULL, 0, PARAM_NOT_NULL_OR_EMPTY},
    {"StandardDeviation", "switch", NULL, PARAM_NAMED, 0, SET_NUMBERS},
    {"Sum", "switch", NULL, PARAM_NAMED, 0, SET_NUMBERS},
    {"AllStats", "switch", NULL, PARAM_NAMED, 0, SET_NUMBERS},
    {"Average", "switch", NULL, PARAM_NAMED, 0, SET_NUMBERS},
    {"Maximum", "switch", NULL, PARAM_NAMED, 0, SET_NUMBERS},
    {"Minimum", "switch", NULL, PARAM_NAMED, 0, SET_NUMBERS},
    {"Line", "switch", NULL, PARAM_NAMED, 0, SET_TEXT},
    {"Word", "switch", NULL, PARAM_NAMED, 0, SET_TEXT},
    {"Character", "switch", NULL, PARAM_NAMED, 0, SET_TEXT},
    {"IgnoreWhiteSpace", "switch", NULL, PARAM_NAMED, 0, SET_TEXT},
    {0},
};

static bool wants(const struct command *cmd, unsigned param)
{
    return cmd_switch(cmd, param) || cmd_switch(cmd, MEASURE_ALL);
}

static bool wants_numbers(const struct command *cmd)
{
    return wants(cmd, MEASURE_SUM) || wants(cmd, MEASURE_AVERAGE) || wants(cmd, MEASURE_DEVIATION);
}

static bool wants_text(const struct command *cmd)
{
    return cmd_switch(cmd, MEASURE_LINE) || cmd_switch(cmd, MEASURE_WORD) ||
           cmd_switch(cmd, MEASURE_CHARACTER);
}

static bool begin(struct command *cmd)
{
    struct measure_state *state = cmd->state;
    if (cmd_bound(cmd, MEASURE_PROPERTY) &&
        !expressions_read(cmd, cmd->arg[MEASURE_PROPERTY], KEYS(EXPRESSION), &state->by))
        return false;
    return state->by.count > 0 || measure_find(cmd, value_null) != NULL;
}

// The variance by Welford's running means, which does not cancel.
static void add_number(struct measure *m, double number)
{
    m->sum += number;
    m->numbers++;
    double delta = number - m->mean;
    m->mean += delta / (double)m->numbers;
    m->squares += delta * (number - m->mean);
}

static void keep_extremes(struct command *cmd, struct measure *m, value v)
{
    if (m->max.kind == V_VOID || objects_compare(cmd->in, v, m->max, false) > 0)
        value_set(&m->max, v);
    if (m->min.kind == V_VOID || objects_compare(cmd->in, v, m->min, false) < 0)
        value_set(&m->min, v);
}

static bool measure_number(struct command *cmd, struct measure *m, value v)
{
    double number;
    if (!value_to_double(cmd->in, v, &number)) {
        value_set(&cmd->in->thrown, value_null);
        return cmd_error(cmd, "NonNumericInputObject", CAT_InvalidType, v, "An object is not a number: '%s'.",
                         v.kind == V_STRING ? value_text(v) : value_type_name(v, 0));
    }
    add_number(m, number);
    if (!wants(cmd, MEASURE_MAXIMUM) && !wants(cmd, MEASURE_MINIMUM))
        return true;
    keep_extremes(cmd, m, value_double(number));
    return true;
}

static bool measure_value(struct command *cmd, struct measure *m, value v)
{
    m->count++;
    if (wants_text(cmd))
        return measure_text(cmd, m, v);
    if (wants_numbers(cmd))
        return measure_number(cmd, m, v);
    if (cmd_switch(cmd, MEASURE_MAXIMUM) || cmd_switch(cmd, MEASURE_MINIMUM))
        keep_extremes(cmd, m, v);
    return true;
}

static bool measure_named(struct command *cmd, const struct expression *by, value name, value object)
{
    value v;
    bool found;
    if (!expression_get(cmd->in, by, name, object, &v, &found) && !expression_forgiven(cmd, by, &v))
        return false;
    struct measure *m = value_is_null(v) ? NULL : measure_find(cmd, name);
    bool ok = value_is_null(v) || (m && measure_value(cmd, m, v));
    value_drop(v);
    return ok;
}

static bool measure_properties(struct command *cmd, value object)
{
    struct measure_state *state = cmd->state;
    for (size_t i = 0; i < state->by.count; i++) {
        value names;
        if (!expression_names(cmd->in, &state->by.items[i], object, &names))
            return false;
        bool ok = true;
        for (size_t k = 0; ok && k < names.array->count; k++)
            ok = measure_named(cmd, &state->by.items[i], names.array->items[k], object);
        value_drop(names);
        if (!ok)
            return false;
    }
    return true;
}

static bool process(struct command *cmd)
{
    struct measure_state *state = cmd->state;
    value v = cmd->arg[MEASURE_INPUT];
    if (!cmd_bound(cmd, MEASURE_INPUT) || value_is_null(v))
        return true;
    state->any = true;
    return state->by.count ? measure_properties(cmd, v) : measure_value(cmd, &state->items[0], v);
}

static void fill(struct command *cmd, const struct measure *m, struct measure_info *info)
{
    const struct measure_state *state = cmd->state;
    bool any = m->numbers > 0;
    if (wants(cmd, MEASURE_SUM) && (!state->any || (any && (size_t)m->numbers == (size_t)m->count)))
        info->sum = value_double(m->sum);
    if (wants(cmd, MEASURE_AVERAGE) && any)
        info->average = value_double(m->sum / (double)m->numbers);
    if (wants(cmd, MEASURE_DEVIATION) && any)
        info->deviation = value_double(m->numbers > 1 ? sqrt(m->squares / (double)(m->numbers - 1)) : 0);
    if (wants(cmd, MEASURE_MAXIMUM) && m->max.kind != V_VOID)
        info->maximum = value_keep(m->max);
    if (wants(cmd, MEASURE_MINIMUM) && m->min.kind != V_VOID)
        info->minimum = value_keep(m->min);
    info->count = m->count;
    info->property = value_keep(m->property);
}

static bool write(struct command *cmd, const struct measure *m)
{
    value info;
    if (wants_text(cmd))
        return measure_write_text(cmd, m);
    bool objects =
        !wants_numbers(cmd) && (cmd_switch(cmd, MEASURE_MAXIMUM) || cmd_switch(cmd, MEASURE_MINIMUM));
    if (!object_new(cmd->in, objects ? &type_object_measure : &type_measure, &info))
        return false;
    fill(cmd, m, (struct measure_info *)info.object);
    return cmd_take(cmd, info);
}

static bool end(struct command *cmd)
{
    struct measure_state *state = cmd->state;
    for (size_t i = 0; i < state->count; i++)
        if (!write(cmd, &state->items[i]))
            return false;
    return true;
}

const struct cmdlet cmdlet_measure_object = {
    .params = params,
    .sets = sets,
    .state_size = sizeof(struct measure_state),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = measure_clean,
};
