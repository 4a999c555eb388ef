#include "interp/eval/command-metadata.h"

#include <string.h>

#include "interp/eval/parameters.h"
#include "interp/value/attributes.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"

#define FIELD(name, n)                                                                                       \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, *ret = value_keep(ATTRIBUTE(self)->at[n]), true;                                    \
    }
FIELD(get_name, METADATA_NAME)
FIELD(get_kind, METADATA_KIND)
FIELD(get_default_set, METADATA_DEFAULT_SET)
FIELD(get_process, METADATA_PROCESS)
FIELD(get_paging, METADATA_PAGING)
FIELD(get_positional, METADATA_POSITIONAL)
FIELD(get_help, METADATA_HELP)
FIELD(get_impact, METADATA_IMPACT)
FIELD(get_parameters, METADATA_PARAMETERS)
#undef FIELD

#define SETTER(name, n)                                                                                      \
    static bool name(struct interp *in, value self, value to)                                                \
    {                                                                                                        \
        return (void)in, value_set(&ATTRIBUTE(self)->at[n], to), true;                                       \
    }
SETTER(set_name, METADATA_NAME)
SETTER(set_default_set, METADATA_DEFAULT_SET)
SETTER(set_process, METADATA_PROCESS)
SETTER(set_paging, METADATA_PAGING)
SETTER(set_positional, METADATA_POSITIONAL)
SETTER(set_help, METADATA_HELP)
#undef SETTER

static bool get_transactions(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_false, true;
}
static bool get_remoting(struct interp *in, value self, value *ret)
{
    return (void)self, string_text(in, "PowerShell", ret);
}

static const struct property properties[] = {{"Name", get_name, set_name},
                                             {"CommandType", get_kind, NULL},
                                             {"DefaultParameterSetName", get_default_set, set_default_set},
                                             {"SupportsShouldProcess", get_process, set_process},
                                             {"SupportsPaging", get_paging, set_paging},
                                             {"PositionalBinding", get_positional, set_positional},
                                             {"SupportsTransactions", get_transactions, NULL},
                                             {"HelpUri", get_help, set_help},
                                             {"RemotingCapability", get_remoting, NULL},
                                             {"ConfirmImpact", get_impact, NULL},
                                             {"Parameters", get_parameters, NULL},
                                             {0}};

// --- From a command
// ------------------------------------------------------------------------------------------------------

static bool is_common(value name)
{
    for (size_t i = 0; i < COMMON_PARAMETERS; i++)
        if (!strcasecmp(common_params[i].name, value_text(name)))
            return true;
    return false;
}

static bool take_parameters(struct interp *in, value command, value *at)
{
    value all = value_null, own;
    if (!member_named(in, command, "Parameters", &all) || !table_new(in, false, &own))
        return value_drop(all), false;
    own.object->type = &type_dictionary;
    bool ok = true;
    for (size_t i = 0; ok && all.kind == V_TABLE && i < all.table->used; i++) {
        const struct table_slot *slot = &all.table->slots[i];
        if (slot->key.kind != V_STRING)
            continue;
        if (!strcasecmp(value_text(slot->key), "WhatIf"))
            at[METADATA_PROCESS] = value_true;
        if (!strcasecmp(value_text(slot->key), "Verbose"))
            at[METADATA_ADVANCED] = value_true;
        ok = is_common(slot->key) || table_set(in, own.table, slot->key, slot->val);
    }
    value_drop(all);
    return at[METADATA_PARAMETERS] = own, ok;
}

static bool take_binding(struct interp *in, value command, value *at)
{
    value block = value_null, attributes = value_null;
    if (!member_named(in, command, "ScriptBlock", &block))
        return false;
    bool ok = value_is_null(block) || member_named(in, block, "Attributes", &attributes);
    value binding = ok ? attribute_among(attributes, &type_cmdlet_binding) : value_null;
    if (!value_is_null(binding)) {
        value_set(&at[METADATA_PAGING], attribute_field(binding, BINDING_PAGING));
        value_set(&at[METADATA_POSITIONAL], attribute_field(binding, BINDING_POSITIONAL));
        value_set(&at[METADATA_HELP], attribute_field(binding, BINDING_HELP));
        value_set(&at[METADATA_IMPACT], attribute_field(binding, BINDING_IMPACT));
    }
    value_drop(block), value_drop(attributes);
    return ok;
}

static bool take_name(struct interp *in, value command, value *at)
{
    value name = value_null, module = value_null;
    bool ok = member_named(in, command, "Name", &name) && member_named(in, command, "ModuleName", &module);
    if (ok && module.kind == V_STRING && module.string->size &&
        value_is_type(command, type_find("System.Management.Automation.CmdletInfo", 39)))
        ok = string_printf(in, &at[METADATA_NAME], "%s\\%s", value_text(module), value_text(name));
    else if (ok)
        at[METADATA_NAME] = value_keep(name);
    value_drop(name), value_drop(module);
    return ok;
}

static bool of_command(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    (void)self, (void)count;
    value v;
    if (!object_new(in, &type_command_metadata, &v))
        return false;
    value *at = ATTRIBUTE(v)->at;
    at[METADATA_PROCESS] = at[METADATA_PAGING] = at[METADATA_ADVANCED] = value_false;
    at[METADATA_POSITIONAL] = value_true;
    at[METADATA_IMPACT] = enum_value(&type_confirm_impact, 2);
    if (take_name(in, args[0], at) &&
        member_named(in, args[0], "DefaultParameterSet", &at[METADATA_DEFAULT_SET]) &&
        take_parameters(in, args[0], at) && take_binding(in, args[0], at))
        return *ret = v, true;
    return value_drop(v), false;
}

static bool copy(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    (void)self, (void)count;
    value v;
    if (!object_new(in, &type_command_metadata, &v))
        return false;
    for (size_t i = 0; i <= METADATA_ADVANCED; i++)
        ATTRIBUTE(v)->at[i] = value_keep(ATTRIBUTE(args[0])->at[i]);
    value *parameters = &ATTRIBUTE(v)->at[METADATA_PARAMETERS], all = *parameters;
    bool ok = table_new(in, false, parameters) && table_set_all(in, parameters->table, all.table);
    if (ok)
        parameters->object->type = &type_dictionary;
    value_drop(all);
    return ok ? (*ret = v, true) : (value_drop(v), false);
}

static const struct method constructors[] = {
    {"new", of_command, &type_command_metadata, P(&type_command_info)},
    {"new", of_command, &type_command_metadata, P(&type_command_info, BOOLEAN)},
    {"new", copy, &type_command_metadata, P(&type_command_metadata)},
    {0}};
static const struct type_members members = {.constructors = constructors};

const struct type type_command_metadata = {.name = "System.Management.Automation.CommandMetadata",
                                           .base = &type_object,
                                           .type_code = 1,
                                           .size = sizeof(struct attribute),
                                           .release = attribute_release,
                                           .properties = properties,
                                           .full = &members};
