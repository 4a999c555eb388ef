#include <string.h>

#include "base/wildcard.h"
#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"
#include "interp/eval/names.h"

enum { NAME, EXCLUDE, SCOPE, DEFINITION };

static const char *const sets[] = {"Default", "Definition", NULL};
static const struct param params[] = {
    {"Name", "string[]", NULL, 0, PARAM_PIPELINE | PARAM_PROPERTY | PARAM_NOT_NULL_OR_EMPTY, 1},
    {"Exclude", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Scope", "string", NULL, PARAM_NAMED, 0, 0},
    {"Definition", "string[]", NULL, PARAM_NAMED, 0, 2},
    {0},
};

// With -Scope what that scope itself has of this name; NULL: nothing.
static const struct alias *in_scope(struct command *cmd, const struct alias *alias)
{
    if (!cmd_bound(cmd, SCOPE))
        return alias;
    struct scope *scope = scope_find(cmd->in, value_text(cmd->arg[SCOPE]));
    return scope ? alias_in(cmd->in, scope, value_text(alias->name)) : NULL;
}

static bool matches(const struct alias *alias, const char *pattern, bool by_definition)
{
    const struct string *text = (by_definition ? alias->definition : alias->name).string;
    return wildcard_match(pattern, strlen(pattern), text->text, text->size, true);
}

static bool write_matching(struct command *cmd, const char *pattern, bool by_definition, bool *ret_any)
{
    value list;
    bool go_on = true;
    *ret_any = false;
    if (!alias_list(cmd->in, &list))
        return false;
    for (size_t i = 0; go_on && i < list.array->count; i++) {
        const struct alias *alias = in_scope(cmd, (const struct alias *)list.array->items[i].object);
        if (!alias || !matches(alias, pattern, by_definition) ||
            (cmd_bound(cmd, EXCLUDE) && items_like_any(cmd->arg[EXCLUDE], value_text(alias->name))))
            continue;
        *ret_any = true;
        go_on = cmd_write(cmd, (value){.kind = V_OBJECT, .object = (struct object *)&alias->head});
    }
    value_drop(list);
    return go_on;
}

static bool write_one(struct command *cmd, value pattern, bool by_definition)
{
    bool any;
    if (pattern.kind != V_STRING)
        return true;
    if (!write_matching(cmd, value_text(pattern), by_definition, &any))
        return false;
    if (any || wildcard_has(value_text(pattern), pattern.string->size))
        return true;
    return cmd_error(cmd, "ItemNotFoundException", CAT_ObjectNotFound, pattern, "There is no alias %s '%s'.",
                     by_definition ? "for" : "named", value_text(pattern));
}

static bool process(struct command *cmd)
{
    bool by_definition = cmd_bound(cmd, DEFINITION), any;
    if (cmd_bound(cmd, SCOPE) && !scope_find(cmd->in, value_text(cmd->arg[SCOPE])))
        return false;
    value patterns = cmd->arg[by_definition ? DEFINITION : NAME];
    if (patterns.kind != V_ARRAY)
        return write_matching(cmd, "*", false, &any);
    for (size_t i = 0; i < patterns.array->count; i++)
        if (!write_one(cmd, patterns.array->items[i], by_definition))
            return false;
    return true;
}

const struct cmdlet cmdlet_get_alias = {.params = params, .sets = sets, .process = process};
