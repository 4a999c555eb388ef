#include "interp/cmdlets/entries.h"
#include "interp/eval/interp.h"
#include "interp/value/type-data.h"

enum { PROPERTY, INPUT_OBJECT, STABLE, DESCENDING, UNIQUE, TOP, BOTTOM, CULTURE, CASE_SENSITIVE };
enum { SET_DEFAULT = 1, SET_TOP = 2, SET_BOTTOM = 4 };

static const char *const sets[] = {"Default", "Top", "Bottom", NULL};
static const struct param params[] = {
    {"Property", "object[]", NULL, 0},
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"Stable", "switch", NULL, PARAM_NAMED, 0, SET_DEFAULT},
    {"Descending", "switch", NULL, PARAM_NAMED},
    {"Unique", "switch", NULL, PARAM_NAMED},
    {"Top", "int", NULL, PARAM_NAMED, PARAM_MANDATORY, SET_TOP, .min = 1, .max = INT32_MAX},
    {"Bottom", "int", NULL, PARAM_NAMED, PARAM_MANDATORY, SET_BOTTOM, .min = 1, .max = INT32_MAX},
    {"Culture", "string", NULL, PARAM_NAMED},
    {"CaseSensitive", "switch", NULL, PARAM_NAMED},
    {0},
};

struct state {
    struct expressions by;
    struct entries entries;
};

static bool begin(struct command *cmd)
{
    struct state *state = cmd->state;
    unsigned keys = KEYS(EXPRESSION) | KEYS(ASCENDING) | KEYS(DESCENDING);
    return !cmd_bound(cmd, PROPERTY) || expressions_read(cmd, cmd->arg[PROPERTY], keys, &state->by);
}

// Without -Property the first object's type may say by what it is sorted.
static bool key_set(struct command *cmd, struct state *state)
{
    if (cmd_bound(cmd, PROPERTY) || state->entries.count || cmd->in->type_data.kind != V_TABLE)
        return true;
    value keys = type_data_field(cmd->in, cmd->arg[INPUT_OBJECT], DATA_KEY_SET);
    return value_is_null(keys) || expressions_read(cmd, keys, KEYS(EXPRESSION), &state->by);
}

static bool process(struct command *cmd)
{
    struct state *state = cmd->state;
    if (!cmd_bound(cmd, INPUT_OBJECT) || value_is_null(cmd->arg[INPUT_OBJECT]))
        return true;
    return key_set(cmd, state) && entries_add(cmd, &state->entries, &state->by, cmd->arg[INPUT_OBJECT]);
}

// Equal neighbours after the first are marked by dropping their objects.
static void keep_unique(struct entries *entries, const struct entry_order *order)
{
    size_t last = 0;
    for (size_t i = 1; i < entries->count; i++) {
        if (entry_compare(order, entries->keys, &entries->items[last], &entries->items[i]) == 0) {
            value_set(&entries->items[i].object, value_void);
        } else {
            last = i;
        }
    }
}

static bool write(struct command *cmd, const struct entries *entries)
{
    size_t total = 0, at = 0;
    for (size_t i = 0; i < entries->count; i++)
        total += entries->items[i].object.kind != V_VOID;
    size_t top = cmd_bound(cmd, TOP) ? (size_t)cmd->arg[TOP].i : total;
    size_t skip =
        cmd_bound(cmd, BOTTOM) && (size_t)cmd->arg[BOTTOM].i < total ? total - (size_t)cmd->arg[BOTTOM].i : 0;
    for (size_t i = 0; i < entries->count; i++) {
        if (entries->items[i].object.kind == V_VOID)
            continue;
        bool wanted = at >= skip && at < top;
        at++;
        if (wanted && !cmd_write(cmd, entries->items[i].object))
            return false;
    }
    return true;
}

static bool end(struct command *cmd)
{
    struct state *state = cmd->state;
    struct entry_order order = {cmd->in, &state->by, cmd_switch(cmd, CASE_SENSITIVE),
                                cmd_switch(cmd, DESCENDING)};
    if (!entries_sort(&state->entries, &order))
        return false;
    if (cmd_switch(cmd, UNIQUE))
        keep_unique(&state->entries, &order);
    return write(cmd, &state->entries);
}

static void clean(struct command *cmd)
{
    struct state *state = cmd->state;
    entries_free(&state->entries);
    expressions_free(&state->by);
}

const struct cmdlet cmdlet_sort_object = {
    .params = params,
    .sets = sets,
    .state_size = sizeof(struct state),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = clean,
};
