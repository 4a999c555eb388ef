// The .NET types behind commands, and the attributes that these carry. jesh-full alone.
#include <string.h>

#include "interp/cmdlets/command-info.h"
#include "interp/eval/pipeline.h"
#include "interp/value/attributes.h"
#include "interp/value/enum.h"
#include "interp/value/objects.h"

static const struct type type_ps_cmdlet = {
    .name = "System.Management.Automation.PSCmdlet", .base = &type_object, .type_code = 1};
static const struct type types[] = {
#define CMDLET(id, full_name, rights, class_name, flags)                                                     \
    {.name = class_name, .base = &type_ps_cmdlet, .type_code = 1},
#include "profiles/cmdlets.def"
#undef CMDLET
};

const struct type *command_type(enum cmdlet_id id)
{
    return &types[id];
}

static bool words(struct interp *in, enum cmdlet_id id, value attribute)
{
    const char *name = cmdlet_rows[id].name, *dash = strchr(name, '-');
    value *at = ((struct attribute *)attribute.object)->at;
    size_t size = dash ? (size_t)(dash - name) : strlen(name);
    return string_new(in, name, size, &at[CMDLET_VERB]) &&
           string_text(in, dash ? dash + 1 : "", &at[CMDLET_NOUN]);
}

// What supports no ShouldProcess asks nobody, whatever else it is.
static int64_t impact_of(const struct cmdlet *cmdlet)
{
    enum { NONE, LOW, MEDIUM };
    if (!(cmdlet->properties & CMDLET_SHOULD_PROCESS))
        return NONE;
    return cmdlet->impact ? cmdlet->impact - 1 : MEDIUM;
}

static bool attribute_of(struct interp *in, enum cmdlet_id id, value *ret)
{
    static const struct cmdlet nothing;
    const struct cmdlet *cmdlet = in->cmdlets[id] ? in->cmdlets[id] : &nothing;
    if (!object_new(in, &type_cmdlet_attribute, ret))
        return false;
    value *at = ((struct attribute *)ret->object)->at;
    bool ok = !cmdlet->sets || string_text(in, cmdlet->sets[cmdlet->default_set], &at[BINDING_DEFAULT_SET]);
    at[BINDING_SHOULD_PROCESS] = value_bool(cmdlet->properties & CMDLET_SHOULD_PROCESS);
    at[BINDING_PAGING] = value_bool(cmdlet->properties & CMDLET_PAGING);
    at[BINDING_TRANSACTIONS] = value_false;
    at[BINDING_IMPACT] = enum_value(&type_confirm_impact, impact_of(cmdlet));
    if (ok && words(in, id, *ret))
        return true;
    return value_drop(*ret), false;
}

bool type_custom_attributes(struct interp *in, const struct type *type, value *ret)
{
    value attribute;
    bool command = type >= types && type < types + sizeof types / sizeof *types;
    if (!command)
        return array_new(in, 0, ret);
    if (!attribute_of(in, (enum cmdlet_id)(type - types), &attribute))
        return false;
    bool ok = array_from(in, &attribute, 1, ret);
    return value_drop(attribute), ok;
}
