// The syntax of a command, from its table of parameters.
#include <string.h>

#include "interp/cmdlets/command-info.h"

void command_add_type(struct buf *out, const char *type)
{
    static const char *const shown[][2] = {
        {"object", "Object"}, {"object[]", "Object[]"}, {"datetime", "datetime"}};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (!strcmp(shown[i][0], type))
            type = shown[i][1];
    const char *dot = strrchr(type, '.');
    buf_add_text(out, dot ? dot + 1 : type);
}

static bool in_set(const struct param *param, unsigned set)
{
    return !param->sets || param->sets & set;
}

static bool is_mandatory(const struct param *param, unsigned set)
{
    return param->mandatory_sets ? param->mandatory_sets & set : param->flags & PARAM_MANDATORY;
}

static void add_param(struct buf *out, const struct param *param, unsigned set)
{
    bool needed = is_mandatory(param, set), by_place = param->position != PARAM_NAMED;
    buf_add_text(out, needed ? " " : " [");
    buf_printf(out, by_place ? "[-%s]" : "-%s", param->name);
    if (strcmp(param->type, "switch") != 0) {
        buf_add_text(out, " <");
        command_add_type(out, param->type);
        buf_add_char(out, '>');
    }
    if (!needed)
        buf_add_char(out, ']');
}

// Positional ones in their order, then those that must be named, then the rest.
static void add_set(struct buf *out, const char *name, const struct param *params, unsigned set)
{
    enum { PLACES = 16 };
    buf_add_text(out, name);
    for (int place = 0; place < PLACES; place++)
        for (const struct param *p = params; p->name; p++)
            if (p->position == place && in_set(p, set))
                add_param(out, p, set);
    for (int optional = 0; optional < 2; optional++)
        for (const struct param *p = params; p->name; p++)
            if (p->position == PARAM_NAMED && in_set(p, set) && is_mandatory(p, set) != optional &&
                !(p->flags & PARAM_HIDDEN))
                add_param(out, p, set);
}

bool command_syntax(struct interp *in, const struct visible_command *command, struct buf *out)
{
    const struct cmdlet *cmdlet = in->cmdlets[command->id];
    const struct param *params = command_params(in, command);
    bool one = command->proxy || !cmdlet || !cmdlet->sets;
    for (size_t i = 0; one ? i == 0 : cmdlet->sets[i] != NULL; i++) {
        if (i)
            buf_add_char(out, '\n');
        add_set(out, command->name, params, one ? ~0u : 1u << i);
        if (cmdlet && cmdlet->properties & CMDLET_SHOULD_PROCESS)
            buf_add_text(out, " [-WhatIf] [-Confirm]");
        buf_add_text(out, " [<CommonParameters>]");
    }
    return out->failed ? throw_full(in, out) : true;
}

bool command_definition(struct interp *in, const struct visible_command *command, struct buf *out)
{
    struct buf lines = BUF_INIT;
    if (!command_syntax(in, command, &lines))
        return buf_free(&lines), false;
    for (char *line = lines.data; line && *line;) {
        size_t size = strcspn(line, "\n");
        buf_printf(out, "\n%.*s\n", (int)size, line);
        line += size + (line[size] == '\n');
    }
    buf_free(&lines);
    return out->failed ? throw_memory(in) : true;
}
