#include "interp/cmdlets/items.h"
#include "interp/cmdlets/thrown.h"
#include "interp/cmdlets/variables.h"
#include "interp/eval/interp.h"

enum { NAME, VALUE, INCLUDE, EXCLUDE, DESCRIPTION, OPTION, FORCE, VISIBILITY, PASS_THRU, SCOPE, APPEND };

static const struct param params[] = {
    {"Name", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"Value", "object", NULL, 1, PARAM_PIPELINE | PARAM_PROPERTY, 0},
    {"Include", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Exclude", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Description", "string", NULL, PARAM_NAMED, 0, 0},
    {"Option", "System.Management.Automation.ScopedItemOptions", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Visibility", "System.Management.Automation.SessionStateEntryVisibility", NULL, PARAM_NAMED, 0, 0},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Scope", "string", NULL, PARAM_NAMED, 0, 0},
    {"Append", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

// Several objects from the pipeline become one array; the names are then those of the command line.
struct state {
    bool names_given, value_given;
    value values;
};

static bool passes(const struct command *cmd, const char *name)
{
    if (cmd_bound(cmd, INCLUDE) && !items_like_any(cmd->arg[INCLUDE], name))
        return false;
    return !cmd_bound(cmd, EXCLUDE) || !items_like_any(cmd->arg[EXCLUDE], name);
}

static bool appended(struct command *cmd, const struct variable *variable, value more, value *ret)
{
    value list;
    struct value_walk walk;
    if (!list_new(cmd->in, NULL, &list))
        return false;
    bool ok = true;
    const value parts[] = {*variable->at, more};
    for (size_t i = 0; ok && i < 2; i++) {
        value item;
        value_walk_start(&walk, value_is_null(parts[i]) ? value_void : parts[i]);
        while (ok && value_walk_next(cmd->in, &walk, &item)) {
            ok = list_add(cmd->in, list.array, item);
            value_drop(item);
        }
    }
    ok = ok && array_from(cmd->in, list.array->items, list.array->count, ret);
    value_drop(list);
    return ok;
}

static bool assign(struct command *cmd, struct variable *variable, value v)
{
    value whole;
    if (!cmd_switch(cmd, APPEND))
        return variable_assign(cmd->in, variable, v, cmd_switch(cmd, FORCE));
    if (!appended(cmd, variable, v, &whole))
        return false;
    bool ok = variable_assign(cmd->in, variable, whole, cmd_switch(cmd, FORCE));
    value_drop(whole);
    return ok;
}

// What the variable's own attributes refuse ends the command.
static bool was_refused(value thrown)
{
    return thrown.kind == V_ERROR && thrown.error->category == CAT_MetadataError;
}

static bool change(struct command *cmd, const char *name, bool has_value, value v)
{
    const char *scope = variables_scope(cmd, SCOPE);
    struct variable *variable;
    if (!variables_may_option(cmd, OPTION))
        return false;
    if (!variable_find(cmd->in, name, scope ? scope : "Local", &variable))
        return thrown_report(cmd);
    bool is_new = variable == NULL;
    if (variable && variable_is_private(cmd->in, variable))
        return variables_private(cmd, variable);
    if (!variable && !variable_make(cmd->in, name, scope, &variable))
        return thrown_report(cmd);
    if (has_value && !assign(cmd, variable, v))
        return was_refused(cmd->in->thrown) ? thrown_rethrow(cmd) : thrown_report(cmd);
    if (!variables_describe(cmd, variable, OPTION, DESCRIPTION, VISIBILITY, cmd_switch(cmd, FORCE), is_new))
        return false;
    return !cmd_switch(cmd, PASS_THRU) || variables_write(cmd, variable);
}

static bool change_all(struct command *cmd, bool has_value, value v)
{
    value names = cmd->arg[NAME];
    for (size_t i = 0; i < names.array->count; i++) {
        const char *name = value_text(names.array->items[i]);
        bool yes;
        if (!passes(cmd, name))
            continue;
        if (!variables_agreed(cmd, name, &v, "Set variable", &yes))
            return false;
        if (yes && !change(cmd, name, has_value, v))
            return false;
    }
    return true;
}

static bool begin(struct command *cmd)
{
    struct state *state = cmd->state;
    state->names_given = cmd_bound(cmd, NAME);
    state->value_given = cmd_bound(cmd, VALUE);
    return true;
}

static bool process(struct command *cmd)
{
    struct state *state = cmd->state;
    bool piped = cmd->expects_input && !state->value_given && cmd_bound(cmd, VALUE);
    if (!state->names_given || !piped)
        return change_all(cmd, cmd_bound(cmd, VALUE), cmd_bound(cmd, VALUE) ? cmd->arg[VALUE] : value_null);
    return (!value_is_null(state->values) || list_new(cmd->in, NULL, &state->values)) &&
           list_add(cmd->in, state->values.array, cmd->arg[VALUE]);
}

static bool end(struct command *cmd)
{
    struct state *state = cmd->state;
    value all;
    if (value_is_null(state->values))
        return true;
    if (state->values.array->count == 1)
        return change_all(cmd, true, state->values.array->items[0]);
    if (!array_from(cmd->in, state->values.array->items, state->values.array->count, &all))
        return false;
    bool go_on = change_all(cmd, true, all);
    value_drop(all);
    return go_on;
}

static void clean(struct command *cmd)
{
    value_drop(((struct state *)cmd->state)->values);
}

const struct cmdlet cmdlet_set_variable = {
    .params = params,
    .properties = CMDLET_SHOULD_PROCESS,
    .state_size = sizeof(struct state),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = clean,
};
