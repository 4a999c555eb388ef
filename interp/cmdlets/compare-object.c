#include "interp/cmdlets/entries.h"

#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"

enum {
    REFERENCE_OBJECT,
    DIFFERENCE_OBJECT,
    SYNC_WINDOW,
    PROPERTY,
    EXCLUDE_DIFFERENT,
    INCLUDE_EQUAL,
    PASS_THRU,
    CULTURE,
    CASE_SENSITIVE
};

static const struct param params[] = {
    {"ReferenceObject", "psobject[]", NULL, 0, PARAM_MANDATORY | PARAM_ALLOW_EMPTY_COLLECTION},
    {"DifferenceObject", "psobject[]", NULL, 1,
     PARAM_MANDATORY | PARAM_PIPELINE | PARAM_ALLOW_EMPTY_COLLECTION},
    {"SyncWindow", "int", NULL, PARAM_NAMED, .min = 0, .max = INT32_MAX},
    {"Property", "object[]", NULL, PARAM_NAMED},
    {"ExcludeDifferent", "switch", NULL, PARAM_NAMED},
    {"IncludeEqual", "switch", NULL, PARAM_NAMED},
    {"PassThru", "switch", NULL, PARAM_NAMED},
    {"Culture", "string", NULL, PARAM_NAMED},
    {"CaseSensitive", "switch", NULL, PARAM_NAMED},
    {0},
};

// Both sides are walked in step; what finds no partner waits in a backlog of at most SyncWindow entries.
struct side {
    struct entries entries;
    size_t next;
    size_t *waiting, waiting_count, waiting_capacity;
    const char *mark;
};

struct state {
    struct expressions by;
    struct side reference, difference;
};

static const size_t NONE = SIZE_MAX;

static bool begin(struct command *cmd)
{
    struct state *state = cmd->state;
    state->reference.mark = "<=";
    state->difference.mark = "=>";
    if (cmd_bound(cmd, PROPERTY) && !expressions_read(cmd, cmd->arg[PROPERTY], KEYS(EXPRESSION), &state->by))
        return false;
    return true;
}

static bool add_properties(struct command *cmd, const struct entry *entry, value result)
{
    struct state *state = cmd->state;
    if (state->by.count == 0)
        return member_add(cmd->in, result, "InputObject", entry->object);
    for (size_t i = 0; i < state->by.count; i++) {
        value name, key = entry->keys[i].kind == V_VOID ? value_null : entry->keys[i];
        if (!value_to_string(cmd->in, state->by.items[i].source, &name))
            return false;
        bool ok = member_add(cmd->in, result, value_text(name), key);
        value_drop(name);
        if (!ok)
            return false;
    }
    return true;
}

static bool write(struct command *cmd, const struct entry *entry, const char *mark)
{
    value result, indicator;
    bool pass = cmd_switch(cmd, PASS_THRU), ok = true;
    if (pass && value_is_heap(entry->object) && entry->object.kind != V_STRING)
        result = value_keep(entry->object);
    else if (pass)
        return cmd_write(cmd, entry->object);
    else if (!custom_new(cmd->in, &result) || !add_properties(cmd, entry, result))
        return false;
    ok = string_text(cmd->in, mark, &indicator);
    if (ok) {
        ok = member_add(cmd->in, result, "SideIndicator", indicator);
        value_drop(indicator);
    }
    if (!ok)
        return value_drop(result), false;
    return cmd_take(cmd, result);
}

static bool write_match(struct command *cmd, const struct entry *entry)
{
    return !(cmd_switch(cmd, INCLUDE_EQUAL) || cmd_switch(cmd, EXCLUDE_DIFFERENT)) || write(cmd, entry, "==");
}

static bool write_single(struct command *cmd, const struct side *side, size_t at)
{
    return cmd_switch(cmd, EXCLUDE_DIFFERENT) || write(cmd, &side->entries.items[at], side->mark);
}

static bool same(struct command *cmd, const struct entry *a, const struct entry *b)
{
    struct state *state = cmd->state;
    struct entry_order order = {cmd->in, &state->by, cmd_switch(cmd, CASE_SENSITIVE), false};
    return entry_compare(&order, state->by.count, a, b) == 0;
}

static void stop_waiting(struct side *side, size_t at)
{
    side->waiting_count--;
    memmove(side->waiting + at, side->waiting + at + 1, (side->waiting_count - at) * sizeof *side->waiting);
}

// Takes a waiting entry that equals `entry` out of the backlog; NONE: there is none.
static size_t take_waiting(struct command *cmd, struct side *side, const struct entry *entry)
{
    for (size_t i = 0; i < side->waiting_count; i++)
        if (same(cmd, &side->entries.items[side->waiting[i]], entry)) {
            size_t found = side->waiting[i];
            stop_waiting(side, i);
            return found;
        }
    return NONE;
}

static bool wait(struct command *cmd, struct side *side, size_t at)
{
    size_t window = cmd_bound(cmd, SYNC_WINDOW) ? (size_t)cmd->arg[SYNC_WINDOW].i : INT32_MAX;
    if (window == 0)
        return write_single(cmd, side, at);
    while (side->waiting_count >= window) {
        if (!write_single(cmd, side, side->waiting[0]))
            return false;
        stop_waiting(side, 0);
    }
    if (side->waiting_count == side->waiting_capacity) {
        size_t *waiting = mem_grow(side->waiting, &side->waiting_capacity, 16, sizeof *waiting);
        if (!waiting)
            return throw_memory(cmd->in);
        side->waiting = waiting;
    }
    side->waiting[side->waiting_count++] = at;
    return true;
}

// One step on both sides; difference NONE: only the reference side has any left.
static bool step(struct command *cmd, size_t difference)
{
    struct state *state = cmd->state;
    struct side *left = &state->reference, *right = &state->difference;
    size_t reference = left->next < left->entries.count ? left->next++ : NONE;
    const struct entry *l = reference != NONE ? &left->entries.items[reference] : NULL;
    const struct entry *r = difference != NONE ? &right->entries.items[difference] : NULL;
    if (l && r && same(cmd, l, r))
        return write_match(cmd, l);
    size_t match = r ? take_waiting(cmd, left, r) : NONE;
    if (match != NONE && !write_match(cmd, &left->entries.items[match]))
        return false;
    if (match != NONE)
        difference = NONE;
    match = l ? take_waiting(cmd, right, l) : NONE;
    if (match != NONE && !write_match(cmd, l))
        return false;
    if (match != NONE)
        reference = NONE;
    return (difference == NONE || wait(cmd, right, difference)) &&
           (reference == NONE || wait(cmd, left, reference));
}

static bool add_all(struct command *cmd, struct side *side, value objects)
{
    struct state *state = cmd->state;
    if (value_is_null(objects))
        return true;
    for (size_t i = 0; i < objects.array->count; i++)
        if (!entries_add(cmd, &side->entries, &state->by, objects.array->items[i]))
            return false;
    return true;
}

static bool process(struct command *cmd)
{
    struct state *state = cmd->state;
    struct side *right = &state->difference;
    if (state->reference.entries.count == 0 && !add_all(cmd, &state->reference, cmd->arg[REFERENCE_OBJECT]))
        return false;
    if (!cmd_bound(cmd, DIFFERENCE_OBJECT) || !add_all(cmd, right, cmd->arg[DIFFERENCE_OBJECT]))
        return value_is_null(cmd->in->thrown);
    while (right->next < right->entries.count)
        if (!step(cmd, right->next++))
            return false;
    return true;
}

static bool write_waiting(struct command *cmd, const struct side *side)
{
    for (size_t i = 0; i < side->waiting_count; i++)
        if (!write_single(cmd, side, side->waiting[i]))
            return false;
    return true;
}

static bool end(struct command *cmd)
{
    struct state *state = cmd->state;
    while (state->reference.next < state->reference.entries.count)
        if (!step(cmd, NONE))
            return false;
    return write_waiting(cmd, &state->difference) && write_waiting(cmd, &state->reference);
}

static void side_free(struct side *side)
{
    entries_free(&side->entries);
    mem_free(side->waiting, side->waiting_capacity * sizeof *side->waiting);
}

static void clean(struct command *cmd)
{
    struct state *state = cmd->state;
    side_free(&state->reference);
    side_free(&state->difference);
    expressions_free(&state->by);
}

const struct cmdlet cmdlet_compare_object = {
    .params = params,
    .state_size = sizeof(struct state),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = clean,
};
