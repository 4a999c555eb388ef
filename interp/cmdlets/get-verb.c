#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"
#include "interp/value/objects.h"

enum { VERB_PARAM, GROUP };

static const struct param params[] = {
    {"Verb", "string[]", NULL, 0, PARAM_PIPELINE | PARAM_PROPERTY},
    {"Group", "string[]", NULL, 1, PARAM_PIPELINE | PARAM_PROPERTY,
     .set_values = "Common|Communications|Data|Diagnostic|Lifecycle|Other|Security"},
    {0},
};

static const struct verb {
    const char *name, *group, *prefix;
} verbs[] = {
#define VERB(name, group, prefix) {name, group, prefix},
#include "interp/cmdlets/verbs.def"
#undef VERB
};

// --- The object: at[0] the verb, at[1] its alias prefix, at[2] its group
// -----------------------------------------------------

#define FIELD(name, n)                                                                                       \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, *ret = value_keep(AS(fields, self)->at[n]), true;                                   \
    }
FIELD(verb_name, 0)
FIELD(verb_prefix, 1)
FIELD(verb_group, 2)
#undef FIELD

static bool verb_description(struct interp *in, value self, value *ret)
{
    return string_printf(in, ret, "%s: one of the verbs of %s", value_text(AS(fields, self)->at[0]),
                         value_text(AS(fields, self)->at[2]));
}

static const struct property properties[] = {{"Verb", verb_name, NULL},
                                             {"AliasPrefix", verb_prefix, NULL},
                                             {"Group", verb_group, NULL},
                                             {"Description", verb_description, NULL},
                                             {0}};
const struct type type_verb_info = {.name = "System.Management.Automation.VerbInfo",
                                           .base = &type_object,
                                           .properties = properties,
                                           .release = fields_release,
                                           .size = sizeof(struct fields),
                                           .type_code = 1};

// --- The command
// -------------------------------------------------------------------------------------------------

static bool wanted(const struct command *cmd, const struct verb *verb)
{
    return (!cmd_bound(cmd, VERB_PARAM) || items_like_any(cmd->arg[VERB_PARAM], verb->name)) &&
           (!cmd_bound(cmd, GROUP) || items_like_any(cmd->arg[GROUP], verb->group));
}

static bool write_verb(struct command *cmd, const struct verb *verb)
{
    value info;
    if (!object_new(cmd->in, &type_verb_info, &info))
        return false;
    value *at = AS(fields, info)->at;
    if (!string_text(cmd->in, verb->name, &at[0]) || !string_text(cmd->in, verb->prefix, &at[1]) ||
        !string_text(cmd->in, verb->group, &at[2]))
        return value_drop(info), false;
    return cmd_take(cmd, info);
}

static bool process(struct command *cmd)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (wanted(cmd, &verbs[i]) && !write_verb(cmd, &verbs[i]))
            return false;
    return true;
}

const struct cmdlet cmdlet_get_verb = {.params = params, .process = process};
