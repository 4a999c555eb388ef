// $PSDefaultParameterValues: "Command:Parameter" = value, for parameters that the command line left out.
// jesh-full alone.
#include <string.h>

#include "base/wildcard.h"
#include "interp/eval/bind.h"
#include "interp/eval/pipeline.h"
#include "interp/eval/scope.h"

// The name before the colon is a pattern for the command.
static bool is_for(const struct stage *stage, const struct string *key, const char **ret_parameter)
{
    const char *colon = memchr(key->text, ':', key->size);
    if (!colon || !wildcard_match(key->text, (size_t)(colon - key->text), stage->cmd.name,
                                  strlen(stage->cmd.name), true))
        return false;
    return *ret_parameter = colon + 1, true;
}

static size_t parameter_named(const struct stage *stage, const char *name)
{
    for (size_t i = 0; i < stage->meta->count; i++)
        if (!strcasecmp(stage->meta->params[i].name, name))
            return i;
    for (size_t i = 0; i < COMMON_PARAMETERS; i++)
        if (!strcasecmp(common_params[i].name, name) && (i < COMMON_WHAT_IF || stage->meta->common_confirm))
            return OWN_PARAMETERS + i;
    return NO_PARAMETER;
}

static bool give(struct stage *stage, size_t parameter, value v)
{
    struct interp *in = stage->cmd.in;
    value made = value_null;
    if (v.kind == V_SCRIPTBLOCK && (!block_call_scoped || !block_call_scoped(in, v, value_null, &made)))
        return false;
    enum bind_result result =
        bind_value(stage, parameter, v.kind == V_SCRIPTBLOCK ? made : v, NULL, true, stage->offset);
    value_drop(made);
    if (result == BIND_THROWN)
        value_set(&in->thrown, value_null);
    return true;
}

static bool is_disabled(const struct table *table)
{
    const value *disabled = table_get_text(table, "Disabled");
    return disabled && value_truth(*disabled);
}

bool bind_defaults(struct stage *stage)
{
    const value *found = interp_get_variable(stage->cmd.in, "PSDefaultParameterValues");
    if (!found || found->kind != V_TABLE || !found->table->count || is_disabled(found->table) ||
        stage->meta->simple)
        return true;
    const struct table *table = found->table;
    for (size_t i = 0; i < table->used; i++) {
        const char *name;
        if (table->slots[i].key.kind != V_STRING || !is_for(stage, table->slots[i].key.string, &name))
            continue;
        size_t parameter = parameter_named(stage, name);
        if (parameter == NO_PARAMETER || bind_is_bound(stage, parameter))
            continue;
        if (parameter < OWN_PARAMETERS && !(bind_sets_of(stage->meta, parameter) & stage->sets))
            continue;
        if (!give(stage, parameter, table->slots[i].val))
            return false;
    }
    return true;
}
