#include "interp/cmdlets/entries.h"

#include "interp/eval/interp.h"
#include "interp/value/types.h"

enum { PROPERTY, INPUT_OBJECT, NO_ELEMENT, AS_HASHTABLE, AS_STRING, CULTURE, CASE_SENSITIVE };
enum { SET_GROUP = 1, SET_TABLE = 2 };

static const struct param params[] = {
    {"Property", "object[]", NULL, 0},
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"NoElement", "switch", NULL, PARAM_NAMED},
    {"AsHashTable", "switch", "AHT", PARAM_NAMED},
    {"AsString", "switch", NULL, PARAM_NAMED},
    {"Culture", "string", NULL, PARAM_NAMED},
    {"CaseSensitive", "switch", NULL, PARAM_NAMED},
    {0},
};

struct group {
    struct object head;
    value name, members, values;
    int32_t count;
};

static bool get_name(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct group *)self.object)->name), true;
}
static bool get_count(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_int(((struct group *)self.object)->count), true;
}
static bool get_members(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct group *)self.object)->members), true;
}
static bool get_values(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct group *)self.object)->values), true;
}

static void group_release(struct object *object)
{
    struct group *group = (struct group *)object;
    value_drop(group->name);
    value_drop(group->members);
    value_drop(group->values);
}

static const struct property group_properties[] = {
    {"Values", get_values, NULL},
    {"Count", get_count, NULL},
    {"Group", get_members, NULL},
    {"Name", get_name, NULL},
    {0},
};
const struct type type_group_info = {
    .name = "Microsoft.PowerShell.Commands.GroupInfo",
    .base = &type_object,
    .properties = group_properties,
    .release = group_release,
    .size = sizeof(struct group),
    .type_code = 1,
};
const struct type type_group_no_element = {
    .name = "Microsoft.PowerShell.Commands.GroupInfoNoElement",
    .base = &type_group_info,
    .size = sizeof(struct group),
    .release = group_release,
    .type_code = 1,
};

struct state {
    struct expressions by;
    struct entries entries;
};

static bool begin(struct command *cmd)
{
    struct state *state = cmd->state;
    if (cmd_switch(cmd, AS_STRING) && !cmd_switch(cmd, AS_HASHTABLE))
        return cmd_throw(cmd, "ArgumentException", CAT_InvalidArgument, value_null,
                         "-AsString needs -AsHashTable: it names the keys of the table.");
    return !cmd_bound(cmd, PROPERTY) ||
           expressions_read(cmd, cmd->arg[PROPERTY], KEYS(EXPRESSION), &state->by);
}

static bool process(struct command *cmd)
{
    struct state *state = cmd->state;
    if (!cmd_bound(cmd, INPUT_OBJECT) || value_is_null(cmd->arg[INPUT_OBJECT]))
        return true;
    return entries_add(cmd, &state->entries, &state->by, cmd->arg[INPUT_OBJECT]);
}

static value key_of(const struct entries *entries, size_t at, size_t key)
{
    value v = entries->keys ? entries->items[at].keys[key] : entries->items[at].object;
    return v.kind == V_VOID ? value_null : v;
}

// The values of the group's first object, and their texts joined by commas.
static bool name_group(struct interp *in, const struct entries *entries, size_t at, value *ret_values,
                       value *ret_name)
{
    struct buf name = {0};
    size_t count = entries->keys ? entries->keys : 1;
    value values;
    if (!list_new(in, &type_array_list, &values))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        value key = key_of(entries, at, i);
        if (i)
            buf_add_text(&name, ", ");
        ok = list_add(in, values.array, key) && value_add_string(in, &name, key);
    }
    ok = ok && string_new(in, buf_text(&name), name.size, ret_name);
    buf_free(&name);
    if (!ok)
        return value_drop(values), false;
    *ret_values = values;
    return true;
}

static bool collect(struct interp *in, const struct entries *entries, size_t from, size_t to, value *ret)
{
    value members;
    if (!list_new(in, &type_collection, &members))
        return false;
    for (size_t i = from; i < to; i++)
        if (!list_add(in, members.array, entries->items[i].object))
            return value_drop(members), false;
    *ret = members;
    return true;
}

static bool write_group(struct command *cmd, const struct entries *entries, size_t from, size_t to)
{
    bool bare = cmd_switch(cmd, NO_ELEMENT);
    value info;
    if (!object_new(cmd->in, bare ? &type_group_no_element : &type_group_info, &info))
        return false;
    struct group *group = (struct group *)info.object;
    group->count = (int32_t)(to - from);
    bool ok = name_group(cmd->in, entries, from, &group->values, &group->name) &&
              collect(cmd->in, entries, from, bare ? from : to, &group->members);
    if (!ok)
        return value_drop(info), false;
    return cmd_take(cmd, info);
}

// The key is the value itself where there is one property, else its text.
static bool add_to_table(struct command *cmd, struct table *table, const struct entries *entries, size_t from,
                         size_t to)
{
    value values, name, members;
    if (!name_group(cmd->in, entries, from, &values, &name))
        return false;
    bool as_text = cmd_switch(cmd, AS_STRING) || entries->keys > 1;
    value key = as_text ? name : key_of(entries, from, 0);
    bool ok = collect(cmd->in, entries, from, cmd_switch(cmd, NO_ELEMENT) ? from : to, &members);
    if (ok) {
        ok = value_is_null(key) || table_set(cmd->in, table, key, members);
        value_drop(members);
    }
    value_drop(values);
    value_drop(name);
    return ok;
}

static bool end(struct command *cmd)
{
    struct state *state = cmd->state;
    struct entries *entries = &state->entries;
    struct entry_order order = {cmd->in, &state->by, cmd_switch(cmd, CASE_SENSITIVE), false};
    value table = value_null;
    bool as_table = cmd_switch(cmd, AS_HASHTABLE), ok = entries_sort(entries, &order);
    if (ok && as_table)
        ok = table_new(cmd->in, false, &table);
    for (size_t from = 0, to; ok && from < entries->count; from = to) {
        for (to = from + 1; to < entries->count; to++)
            if (entry_compare(&order, entries->keys, &entries->items[from], &entries->items[to]) != 0)
                break;
        ok = as_table ? add_to_table(cmd, table.table, entries, from, to)
                      : write_group(cmd, entries, from, to);
    }
    if (ok && as_table && entries->count)
        ok = cmd_write(cmd, table);
    value_drop(table);
    return ok;
}

static void clean(struct command *cmd)
{
    struct state *state = cmd->state;
    entries_free(&state->entries);
    expressions_free(&state->by);
}

const struct cmdlet cmdlet_group_object = {
    .params = params,
    .state_size = sizeof(struct state),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = clean,
};
