#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "interp/cmdlets/random-command.h"
#include "interp/eval/interp.h"


const char *const random_sets[] = {"RandomNumberParameterSet", "RandomListItemParameterSet",
                                   "ShuffleParameterSet", NULL};
static const struct param params[] = {
    RANDOM_PARAMETERS
    {"SetSeed", "int", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool no_numbers(struct command *cmd)
{
    return cmd_throw(cmd, "NoRandomness", CAT_ResourceUnavailable, value_null,
                     "The kernel gives no random bytes.");
}

static bool begin(struct command *cmd)
{
    struct random_choice *state = cmd->state;
    struct interp *in = cmd->in;
    if (cmd_bound(cmd, SET_SEED)) { // for every later command as well
        if (!in->numbers && !(in->numbers = mem_new(1, sizeof *in->numbers)))
            return throw_memory(in);
        random_seed(in->numbers, (int32_t)cmd->arg[SET_SEED].i);
    }
    state->random.seeded = in->numbers;
    return true;
}

// --- Numbers
// --------------------------------------------------------------------------------------------------------

static bool bad_range(struct command *cmd)
{
    return cmd_throw(cmd, "MinGreaterThanOrEqualMax", CAT_InvalidArgument, value_null,
                     "-Minimum must be smaller than -Maximum.");
}

static bool is_real(value v)
{
    return v.kind == V_F32 || v.kind == V_F64 || v.kind == V_DECIMAL;
}

// Also where high - low is more than a number can be.
static double within(double low, double high, double unit)
{
    double range = high - low;
    return isinf(range) ? low * (1 - unit) + high * unit : low + unit * range;
}

static bool write_real(struct command *cmd, double low, double high)
{
    double unit;
    if (!(low < high))
        return bad_range(cmd);
    if (!random_unit(&((struct random_choice *)cmd->state)->random, &unit))
        return no_numbers(cmd);
    return cmd_write(cmd, value_double(within(low, high, unit)));
}

static bool write_whole(struct command *cmd, int64_t low, int64_t high, bool wide)
{
    uint64_t offset;
    if (low >= high)
        return bad_range(cmd);
    if (!random_below(&((struct random_choice *)cmd->state)->random, (uint64_t)high - (uint64_t)low, &offset))
        return no_numbers(cmd);
    int64_t number = (int64_t)((uint64_t)low + offset);
    return cmd_write(cmd, wide ? value_long(number) : value_int((int32_t)number));
}

// A limit given as text is the number it spells; whole numbers stay Int32 where both limits fit.
static bool limit(struct command *cmd, unsigned param, value *ret)
{
    double number;
    *ret = cmd_bound(cmd, param) ? cmd->arg[param] : value_null;
    if (ret->kind != V_STRING)
        return true;
    if (!value_to_double(cmd->in, *ret, &number))
        return false;
    const char *text = value_text(*ret);
    bool hex = strpbrk(text, "xX"), real = strchr(text, '.') || (!hex && strpbrk(text, "eE"));
    bool whole = !real && number == floor(number) && fabs(number) < 9e15;
    *ret = !whole                         ? value_double(number)
           : fabs(number) <= 2147483647.0 ? value_int((int32_t)number)
                                          : value_long((int64_t)number);
    return true;
}

static bool write_number(struct command *cmd)
{
    value low, high;
    double a = 0, b = 1.7976931348623157e308;
    int64_t from = 0, to = INT32_MAX;
    if (!limit(cmd, MINIMUM, &low) || !limit(cmd, MAXIMUM, &high))
        return false;
    if (is_real(low) || is_real(high)) {
        if ((!value_is_null(low) && !value_to_double(cmd->in, low, &a)) ||
            (!value_is_null(high) && !value_to_double(cmd->in, high, &b)))
            return false;
        return write_real(cmd, a, b);
    }
    bool wide = low.kind == V_I64 || high.kind == V_I64 || low.kind == V_U64 || high.kind == V_U64;
    if (wide)
        to = INT64_MAX;
    if ((!value_is_null(low) && !value_to_long(cmd->in, low, &from)) ||
        (!value_is_null(high) && !value_to_long(cmd->in, high, &to)))
        return false;
    return write_whole(cmd, from, to, wide);
}

static bool write_numbers(struct command *cmd)
{
    int64_t count = cmd_bound(cmd, COUNT) ? cmd->arg[COUNT].i : 1;
    for (int64_t i = 0; i < count; i++)
        if (cmd_stopped(cmd) || !write_number(cmd))
            return false;
    return true;
}

// --- Items
// ----------------------------------------------------------------------------------------------------------

static uint64_t wanted(const struct command *cmd)
{
    if (cmd_switch(cmd, SHUFFLE))
        return UINT64_MAX;
    return cmd_bound(cmd, COUNT) ? (uint64_t)cmd->arg[COUNT].i : 1;
}

// Each of n items stays with the same chance, without knowing n: the next takes the place of one chosen
// before.
static bool keep_item(struct command *cmd, value item)
{
    struct random_choice *state = cmd->state;
    uint64_t at, count = wanted(cmd);
    if (state->items.array->count < count)
        return state->seen++, list_add(cmd->in, state->items.array, item);
    if (!random_below(&state->random, ++state->seen, &at))
        return no_numbers(cmd);
    if (at >= count)
        return true;
    if (!random_below(&state->random, count, &at))
        return no_numbers(cmd);
    return value_set(&state->items.array->items[at], item), true;
}

static bool keep_items(struct command *cmd)
{
    struct random_choice *state = cmd->state;
    value given = cmd->arg[INPUT_OBJECT];
    if (value_is_null(state->items) && !list_new(cmd->in, NULL, &state->items))
        return false;
    for (size_t i = 0; given.kind == V_ARRAY && i < given.array->count; i++)
        if (!keep_item(cmd, given.array->items[i]))
            return false;
    return true;
}

// A shuffle by Fisher and Yates.
static bool write_items(struct command *cmd)
{
    struct random_choice *state = cmd->state;
    struct array *items = state->items.array;
    for (size_t i = 0; i < items->count; i++) {
        uint64_t ahead;
        if (!random_below(&state->random, items->count - i, &ahead))
            return no_numbers(cmd);
        value chosen = items->items[i + ahead];
        items->items[i + ahead] = items->items[i];
        items->items[i] = chosen;
        if (!cmd_write(cmd, chosen))
            return false;
    }
    return true;
}

bool random_process(struct command *cmd)
{
    return cmd_bound(cmd, INPUT_OBJECT) ? keep_items(cmd) : cmd->expects_input || write_numbers(cmd);
}

bool random_end(struct command *cmd)
{
    return value_is_null(((struct random_choice *)cmd->state)->items) || write_items(cmd);
}

void random_clean(struct command *cmd)
{
    value_drop(((struct random_choice *)cmd->state)->items);
}

const struct cmdlet cmdlet_get_random = {
    .params = params,
    .sets = random_sets,
    .state_size = sizeof(struct random_choice),
    .begin = begin,
    .process = random_process,
    .end = random_end,
    .clean = random_clean,
};
