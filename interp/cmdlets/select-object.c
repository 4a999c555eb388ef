// Select-Object: which objects pass (select-pick.c), and what is left of each.
#include <string.h>

#include "base/utf8.h"
#include "base/wildcard.h"
#include "interp/cmdlets/entries.h"
#include "interp/cmdlets/select-object.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

static const char *const sets[] = {"DefaultParameter", "SkipLastParameter", "IndexParameter",
                                   "SkipIndexParameter", NULL};
enum { SET_DEFAULT = 1, SET_SKIP_LAST = 2, SET_INDEX = 4, SET_SKIP_INDEX = 8 };
static const struct param params[] = {
    {"Property", "object[]", NULL, 0, 0, SET_DEFAULT | SET_SKIP_LAST},
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"ExcludeProperty", "string[]", NULL, PARAM_NAMED, 0, SET_DEFAULT | SET_SKIP_LAST},
    {"ExpandProperty", "string", NULL, PARAM_NAMED, 0, SET_DEFAULT | SET_SKIP_LAST},
    {"Unique", "switch", NULL, PARAM_NAMED},
    {"CaseInsensitive", "switch", NULL, PARAM_NAMED},
    {"Last", "int", NULL, PARAM_NAMED, 0, SET_DEFAULT, .min = 0, .max = INT32_MAX},
    {"First", "int", NULL, PARAM_NAMED, 0, SET_DEFAULT, .min = 0, .max = INT32_MAX},
    {"Skip", "int", NULL, PARAM_NAMED, 0, SET_DEFAULT | SET_SKIP_LAST, .min = 0, .max = INT32_MAX},
    {"SkipLast", "int", NULL, PARAM_NAMED, 0, SET_SKIP_LAST, .min = 0, .max = INT32_MAX},
    {"Wait", "switch", NULL, PARAM_NAMED, 0, SET_DEFAULT | SET_INDEX},
    {"Index", "int[]", NULL, PARAM_NAMED, 0, SET_INDEX, .min = 0, .max = INT32_MAX},
    {"SkipIndex", "int[]", NULL, PARAM_NAMED, 0, SET_SKIP_INDEX, .min = 0, .max = INT32_MAX},
    {0},
};

static bool begin(struct command *cmd)
{
    struct select_state *state = cmd->state;
    if (cmd_bound(cmd, SELECT_PROPERTY) &&
        !expressions_read(cmd, cmd->arg[SELECT_PROPERTY], KEYS(EXPRESSION) | KEYS(LABEL), &state->by))
        return false;
    if (state->by.count > 0 || !cmd_bound(cmd, SELECT_EXCLUDE))
        return true;
    value all; // everything but those
    if (!string_text(cmd->in, "*", &all))
        return false;
    bool ok = expressions_read(cmd, all, KEYS(EXPRESSION), &state->by);
    value_drop(all);
    return ok;
}

// ---- -Property ----

static bool is_excluded(const struct command *cmd, value name)
{
    if (!cmd_bound(cmd, SELECT_EXCLUDE))
        return false;
    struct array *patterns = cmd->arg[SELECT_EXCLUDE].array;
    for (size_t i = 0; i < patterns->count; i++) {
        struct text pattern = text_of(patterns->items[i]);
        if (wildcard_match(pattern.at, pattern.size, name.string->text, name.string->size, true))
            return true;
    }
    return false;
}

static bool has_member(struct interp *in, value v, value name, bool *ret)
{
    value old;
    if (!member_get(in, v, value_text(name), name.string->size, &old, ret))
        return false;
    value_drop(old);
    return true;
}

// Adds the property unless the object has it: then that is reported and the first one stays.
static bool add_property(struct command *cmd, value to, value name, value v, const char *id)
{
    bool there;
    if (!has_member(cmd->in, to, name, &there))
        return false;
    if (there)
        return cmd_error(cmd, id, CAT_InvalidOperation, to, "The property '%s' is there already.",
                         value_text(name));
    return member_add(cmd->in, to, value_text(name), v);
}

static bool add_named(struct command *cmd, const struct expression *by, value name, value from, value to,
                      const char *id)
{
    struct select_state *state = cmd->state;
    value v, own = value_keep(name);
    bool found;
    if (is_excluded(cmd, name))
        return value_drop(own), true;
    if (by->label.kind == V_STRING)
        value_set(&own, by->label);
    if (!expression_get(cmd->in, by, name, from, &v, &found)) {
        if (!expression_forgiven(cmd, by, &v))
            return value_drop(own), false;
    }
    state->added++;
    bool ok = add_property(cmd, to, own, v, id);
    value_drop(own);
    value_drop(v);
    return ok;
}

static bool add_expression(struct command *cmd, const struct expression *by, value from, value to,
                           const char *id)
{
    value names;
    if (!expression_names(cmd->in, by, from, &names))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < names.array->count; i++)
        ok = add_named(cmd, by, names.array->items[i], from, to, id);
    if (ok && names.array->count == 0 && !expression_is_pattern(by) && by->source.kind == V_STRING)
        ok = add_named(cmd, by, by->source, from, to, id);
    value_drop(names);
    return ok;
}

static bool add_all(struct command *cmd, value from, value to, const char *id)
{
    struct select_state *state = cmd->state;
    state->added = 0;
    for (size_t i = 0; i < state->by.count; i++)
        if (!add_expression(cmd, &state->by.items[i], from, to, id))
            return false;
    return true;
}

static bool name_selected(struct interp *in, value from, value to)
{
    const char *name = value_type_name(from, 0);
    value selected;
    if (!name || !strncmp(name, "Selected.", 9))
        return !name || member_add_type_name(in, to, name);
    if (!string_printf(in, &selected, "Selected.%s", name))
        return false;
    bool ok = member_add_type_name(in, to, value_text(selected));
    value_drop(selected);
    return ok;
}

static bool write_selected(struct command *cmd, value v)
{
    value result;
    if (!custom_new(cmd->in, &result))
        return false;
    bool ok = name_selected(cmd->in, v, result) &&
              add_all(cmd, v, result, "AlreadyExistingUserSpecifiedPropertyNoExpand") &&
              select_write(cmd, result);
    value_drop(result);
    return ok;
}

// ---- -ExpandProperty ----

// Items get the selected properties.
static bool write_item(struct command *cmd, value from, value item)
{
    struct select_state *state = cmd->state;
    value own;
    if (state->by.count == 0)
        return select_write(cmd, item);
    own = value_keep(item);
    if (!value_box(cmd->in, &own))
        return value_drop(own), false;
    bool ok = add_all(cmd, from, own, "AlreadyExistingUserSpecifiedPropertyExpand") && select_write(cmd, own);
    value_drop(own);
    return ok;
}

static bool write_items(struct command *cmd, value from, value v)
{
    struct value_walk walk;
    value item;
    bool ok = true;
    if (!value_enumerable(v))
        return value_is_null(v) || write_item(cmd, from, v);
    for (value_walk_start(&walk, v); ok && value_walk_next(cmd->in, &walk, &item); value_drop(item))
        ok = write_item(cmd, from, item);
    return ok;
}

static bool write_expanded(struct command *cmd, value v)
{
    struct expression by = {.source = cmd->arg[SELECT_EXPAND]};
    value names, inner;
    bool found;
    if (!expression_names(cmd->in, &by, v, &names))
        return false;
    size_t count = names.array->count;
    bool ok = count != 1 || expression_get(cmd->in, &by, names.array->items[0], v, &inner, &found);
    value_drop(names);
    if (!ok)
        return false;
    if (count == 0)
        return cmd_error(cmd, "ExpandPropertyNotFound", CAT_InvalidArgument, v, "There is no property '%s'.",
                         value_text(by.source));
    if (count > 1)
        return cmd_error(cmd, "MutlipleExpandProperties", CAT_InvalidArgument, v,
                         "'%s' means several properties.", value_text(by.source));
    ok = write_items(cmd, v, inner);
    value_drop(inner);
    return ok;
}

bool select_object(struct command *cmd, value v)
{
    struct select_state *state = cmd->state;
    if (cmd_bound(cmd, SELECT_EXPAND))
        return write_expanded(cmd, v);
    if (state->by.count && value_is_null(v))
        return true;
    return state->by.count ? write_selected(cmd, v) : select_write(cmd, v);
}

const struct cmdlet cmdlet_select_object = {
    .params = params,
    .sets = sets,
    .state_size = sizeof(struct select_state),
    .begin = begin,
    .process = select_pick,
    .end = select_pick_end,
    .clean = select_clean,
};
