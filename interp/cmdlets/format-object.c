#include "interp/cmdlets/format-object.h"

static bool emit(void *context, value packet)
{
    return cmd_write(context, packet);
}

static bool has_properties(const struct command *cmd)
{
    return cmd_bound(cmd, FORMAT_PROPERTY) && !value_is_null(cmd->arg[FORMAT_PROPERTY]);
}

static enum expansion expansion_of(const struct command *cmd)
{
    if (!cmd_bound(cmd, FORMAT_EXPAND) || value_is_text(cmd->arg[FORMAT_EXPAND], "EnumOnly"))
        return EXPAND_ITEMS;
    return value_is_text(cmd->arg[FORMAT_EXPAND], "CoreOnly") ? EXPAND_CORE : EXPAND_BOTH;
}

// -GroupBy is one property, never a list of them.
static bool read_group(struct command *cmd, struct format_object *state, struct format_request *request)
{
    value by = cmd->arg[FORMAT_GROUP_BY];
    if (!cmd_bound(cmd, FORMAT_GROUP_BY) || value_is_null(by))
        return true;
    if (value_enumerable(by))
        return cmd_throw(cmd, "DictionaryKeyUnknownType", CAT_InvalidArgument, by,
                         "Objects are grouped by one property: give a name, a script block or a hashtable.");
    if (!expressions_read(cmd, by, KEYS(EXPRESSION) | KEYS(LABEL), &state->group_by))
        return false;
    request->group_by = state->group_by.items;
    return true;
}

bool format_object_begin(struct command *cmd, struct format_request *request, unsigned keys)
{
    struct format_object *state = cmd->state;
    if (cmd_bound(cmd, FORMAT_VIEW) && has_properties(cmd))
        return cmd_throw(cmd, "FormatCannotSpecifyViewAndProperty", CAT_InvalidArgument,
                         cmd->arg[FORMAT_VIEW], "-View and -Property exclude each other.");
    if (has_properties(cmd) && !expressions_read(cmd, cmd->arg[FORMAT_PROPERTY], keys, &state->properties))
        return false;
    if (!read_group(cmd, state, request))
        return false;
    if (state->properties.count)
        request->properties = &state->properties;
    if (cmd_bound(cmd, FORMAT_VIEW))
        request->view = cmd->arg[FORMAT_VIEW];
    request->force = cmd_switch(cmd, FORMAT_FORCE);
    request->display_error = cmd_switch(cmd, FORMAT_DISPLAY_ERROR);
    request->expansion = expansion_of(cmd);
    formatter_init(&state->formatter, cmd->in, cmd, request, emit, cmd);
    state->open = true;
    return true;
}

bool format_object_process(struct command *cmd)
{
    struct format_object *state = cmd->state;
    return !cmd_bound(cmd, FORMAT_INPUT_OBJECT) ||
           formatter_add(&state->formatter, cmd->arg[FORMAT_INPUT_OBJECT]);
}

bool format_object_end(struct command *cmd)
{
    struct format_object *state = cmd->state;
    return formatter_end(&state->formatter);
}

void format_object_clean(struct command *cmd)
{
    struct format_object *state = cmd->state;
    if (state->open)
        formatter_free(&state->formatter);
    expressions_free(&state->properties);
    expressions_free(&state->group_by);
}
