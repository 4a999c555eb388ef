// Which objects pass Select-Object: -First -Last -Skip -SkipLast -Index -SkipIndex -Unique.
#include <string.h>

#include "base/mem.h"
#include "interp/cmdlets/entries.h"
#include "interp/cmdlets/select-object.h"
#include "interp/value/types.h"

static int64_t number(const struct command *cmd, unsigned param)
{
    return cmd_bound(cmd, param) ? cmd->arg[param].i : 0;
}

// Objects to hold back at the end: those that -Last wants or -SkipLast drops, and what -Skip drops behind
// -Last.
static size_t held(const struct command *cmd)
{
    if (cmd_bound(cmd, SELECT_SKIP_LAST))
        return (size_t)number(cmd, SELECT_SKIP_LAST);
    if (!cmd_bound(cmd, SELECT_LAST))
        return 0;
    int64_t skip = cmd_bound(cmd, SELECT_FIRST) ? 0 : number(cmd, SELECT_SKIP);
    return (size_t)(number(cmd, SELECT_LAST) + skip);
}

static bool same_properties(struct command *cmd, value a, value b)
{
    struct member_walk walk;
    const char *name;
    size_t size;
    bool cased = !cmd_switch(cmd, SELECT_CASE_INSENSITIVE), same = true, found;
    for (member_walk_start(cmd->in, &walk, a); same && member_walk_next(&walk, &name, &size);) {
        value left, right;
        if (!member_get(cmd->in, a, name, size, &left, &found))
            return false;
        same = member_get(cmd->in, b, name, size, &right, &found);
        if (same) {
            same = found && objects_compare(cmd->in, left, right, cased) == 0;
            value_drop(right);
        }
        value_drop(left);
    }
    return same;
}

static bool is_known(struct command *cmd, value v)
{
    struct select_state *state = cmd->state;
    bool cased = !cmd_switch(cmd, SELECT_CASE_INSENSITIVE);
    for (size_t i = 0; i < state->unique.array->count; i++) {
        value old = state->unique.array->items[i];
        if ((size_t)state->counts.array->items[i].i != state->added)
            continue;
        if (objects_compare(cmd->in, v, old, cased) != 0)
            continue;
        if (state->added == 0 || same_properties(cmd, v, old))
            return true;
    }
    return false;
}

bool select_write(struct command *cmd, value v)
{
    struct select_state *state = cmd->state;
    struct interp *in = cmd->in;
    if (!cmd_switch(cmd, SELECT_UNIQUE))
        return cmd_write(cmd, v);
    if (state->unique.kind != V_LIST &&
        !(list_new(in, &type_array_list, &state->unique) && list_new(in, &type_array_list, &state->counts)))
        return false;
    return is_known(cmd, v) || (list_add(in, state->unique.array, v) &&
                                list_add(in, state->counts.array, value_int((int32_t)state->added)));
}

static bool listed(value indexes, int64_t at)
{
    for (size_t i = 0; i < indexes.array->count; i++)
        if (indexes.array->items[i].i == at)
            return true;
    return false;
}

static int64_t highest(value indexes)
{
    int64_t top = -1;
    for (size_t i = 0; i < indexes.array->count; i++)
        if (indexes.array->items[i].i > top)
            top = indexes.array->items[i].i;
    return top;
}

static bool go_on(struct command *cmd, bool more)
{
    return more || cmd_switch(cmd, SELECT_WAIT) || cmd_stop_upstream(cmd);
}

static bool pick_by_index(struct command *cmd, value v, int64_t at)
{
    value indexes = cmd->arg[SELECT_INDEX];
    if (listed(indexes, at) && !select_object(cmd, v))
        return false;
    return go_on(cmd, at < highest(indexes));
}

// Puts v into the ring; *ret_out is the one that falls out, V_VOID while there is room.
static bool push(struct command *cmd, value v, value *ret_out)
{
    struct select_state *state = cmd->state;
    size_t size = held(cmd);
    *ret_out = value_void;
    if (size == 0)
        return *ret_out = value_keep(v), true;
    if (state->ring_count == size) {
        *ret_out = state->ring[state->oldest];
        state->ring[state->oldest] = value_keep(v);
        state->oldest = (state->oldest + 1) % size;
        return true;
    }
    if (state->ring_count == state->ring_size) {
        size_t more = state->ring_size ? state->ring_size * 2 : 16;
        if (more > size)
            more = size;
        value *ring = mem_resize(state->ring, state->ring_size * sizeof *ring, more * sizeof *ring);
        if (!ring)
            return throw_memory(cmd->in);
        state->ring = ring;
        state->ring_size = more;
    }
    state->ring[state->ring_count++] = value_keep(v);
    return true;
}

static bool pick_first(struct command *cmd, value v)
{
    struct select_state *state = cmd->state;
    int64_t first = number(cmd, SELECT_FIRST);
    if (state->written >= first)
        return true;
    state->written++;
    if (!select_object(cmd, v))
        return false;
    return cmd_bound(cmd, SELECT_LAST) || go_on(cmd, state->written < first);
}

bool select_pick(struct command *cmd)
{
    struct select_state *state = cmd->state;
    value v = cmd->arg[SELECT_INPUT], out;
    if (!cmd_bound(cmd, SELECT_INPUT) || v.kind == V_VOID)
        return true;
    int64_t at = state->seen++;
    if (cmd_bound(cmd, SELECT_INDEX))
        return pick_by_index(cmd, v, at);
    if (cmd_bound(cmd, SELECT_SKIP_INDEX))
        return listed(cmd->arg[SELECT_SKIP_INDEX], at) || select_object(cmd, v);
    bool skip_front = !cmd_bound(cmd, SELECT_LAST) || cmd_bound(cmd, SELECT_FIRST);
    if (skip_front && at < number(cmd, SELECT_SKIP))
        return true;
    if (cmd_bound(cmd, SELECT_FIRST) && state->written < number(cmd, SELECT_FIRST))
        return pick_first(cmd, v);
    if (cmd_bound(cmd, SELECT_FIRST) && !cmd_bound(cmd, SELECT_LAST))
        return true;
    if (!push(cmd, v, &out))
        return false;
    bool ok = out.kind == V_VOID || cmd_bound(cmd, SELECT_LAST) || select_object(cmd, out);
    value_drop(out);
    return ok;
}

static bool write_last(struct command *cmd)
{
    struct select_state *state = cmd->state;
    size_t drop = cmd_bound(cmd, SELECT_FIRST) ? 0 : (size_t)number(cmd, SELECT_SKIP);
    if (!cmd_bound(cmd, SELECT_LAST) || drop >= state->ring_count)
        return true;
    for (size_t i = 0; i + drop < state->ring_count; i++)
        if (!select_object(cmd, state->ring[(state->oldest + i) % state->ring_count]))
            return false;
    return true;
}

bool select_pick_end(struct command *cmd)
{
    struct select_state *state = cmd->state;
    if (!write_last(cmd))
        return false;
    return state->unique.kind != V_LIST || cmd_write_each(cmd, state->unique);
}

void select_clean(struct command *cmd)
{
    struct select_state *state = cmd->state;
    for (size_t i = 0; i < state->ring_count; i++)
        value_drop(state->ring[i]);
    mem_free(state->ring, state->ring_size * sizeof *state->ring);
    value_drop(state->unique);
    value_drop(state->counts);
    expressions_free(&state->by);
}
