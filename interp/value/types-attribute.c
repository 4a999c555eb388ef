// Attributes as programs make and read them.
#include <limits.h>
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/attributes.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"

void attribute_release(struct object *object)
{
    struct attribute *attribute = (struct attribute *)object;
    for (size_t i = 0; i < sizeof attribute->at / sizeof *attribute->at; i++)
        value_drop(attribute->at[i]);
}

bool attribute_new(struct interp *in, const struct type *type, value *ret)
{
    return object_new(in, type, ret);
}

value attribute_among(value attributes, const struct type *type)
{
    for (size_t i = 0; value_enumerable(attributes) && i < attributes.array->count; i++)
        if (attribute_is(attributes.array->items[i], type))
            return attributes.array->items[i];
    return value_null;
}

bool converter_new(struct interp *in, const struct type *type, value *ret)
{
    if (!attribute_new(in, &type_converter_attribute, ret))
        return false;
    ATTRIBUTE(*ret)->at[ONLY_FIELD] = (value){.kind = V_TYPE, .type = type};
    return true;
}

// --- Fields
// --------------------------------------------------------------------------------------------------------

static bool set_field(struct interp *in, value self, unsigned at, const struct type *type, value to)
{
    value v;
    if (!value_convert(in, to, type, &v))
        return false;
    value_drop(ATTRIBUTE(self)->at[at]);
    ATTRIBUTE(self)->at[at] = v;
    return true;
}

#define GET(n)                                                                                               \
    static bool get_##n(struct interp *in, value self, value *ret)                                           \
    {                                                                                                        \
        return (void)in, *ret = value_keep(ATTRIBUTE(self)->at[n]), true;                                    \
    }
#define SET(n, name, type)                                                                                   \
    static bool set_##name##_##n(struct interp *in, value self, value to)                                    \
    {                                                                                                        \
        return set_field(in, self, n, type, to);                                                             \
    }
GET(0)
GET(1) GET(2) GET(3) GET(4) GET(5) GET(6) GET(7) GET(8) GET(9) SET(0, bool, &type_bool)
    SET(1, bool, &type_bool) SET(2, bool, &type_bool) SET(3, bool, &type_bool) SET(4, bool, &type_bool)
        SET(5, bool, &type_bool) SET(6, bool, &type_bool) SET(9, bool, &type_bool) SET(0, text, &type_string)
            SET(1, text, &type_string) SET(2, text, &type_string) SET(3, text, &type_string)
                SET(6, text, &type_string) SET(7, text, &type_string) SET(8, text, &type_string)
                    SET(1, int, &type_int) SET(1, options, &type_regex_options)
                        SET(7, impact, &type_confirm_impact) SET(1, texts, &type_string_array)
                            SET(0, any, &type_object) SET(1, type, &type_type) SET(3, any, &type_object)

                                static bool get_type_id(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = (value){.kind = V_TYPE, .type = self.object->type}, true;
}

const struct property attribute_properties[] = {{"TypeId", get_type_id, NULL}, {0}};
const struct property obsolete_properties[] = {{"Message", get_0, NULL}, {"IsError", get_1, NULL}, {0}};
const struct property alias_attribute_properties[] = {{"AliasNames", get_0, NULL}, {0}};
const struct property completer_properties[] = {{"Type", get_1, NULL}, {"ScriptBlock", get_0, NULL}, {0}};
// Nothing is confirmed that is not asked about.
static bool get_impact(struct interp *in, value self, value *ret)
{
    if (value_truth(ATTRIBUTE(self)->at[BINDING_SHOULD_PROCESS]))
        return get_7(in, self, ret);
    return *ret = enum_value(&type_confirm_impact, 0), true;
}
const struct property common_attribute_properties[] = {{"DefaultParameterSetName", get_0, set_text_0},
                                                       {"SupportsShouldProcess", get_1, set_bool_1},
                                                       {"SupportsPaging", get_6, set_bool_6},
                                                       {"SupportsTransactions", get_2, set_bool_2},
                                                       {"ConfirmImpact", get_impact, set_impact_7},
                                                       {"HelpUri", get_3, set_text_3},
                                                       {"RemotingCapability", get_4, NULL},
                                                       {0}};
const struct property cmdlet_attribute_properties[] = {{"NounName", get_9, NULL}, {"VerbName", get_8, NULL}, {0}};
const struct property cmdlet_binding_properties[] = {{"PositionalBinding", get_5, set_bool_5}, {0}};
const struct property dsc_property_properties[] = {{"Key", get_0, set_bool_0},
                                                   {"Mandatory", get_1, set_bool_1},
                                                   {"NotConfigurable", get_2, set_bool_2},
                                                   {0}};
const struct property dsc_resource_properties[] = {{"RunAsCredential", get_0, set_any_0}, {0}};
const struct property output_type_properties[] = {{"Type", get_0, NULL},
                                                  {"ProviderCmdlet", get_2, set_text_2},
                                                  {"ParameterSetName", get_1, set_texts_1},
                                                  {0}};
const struct property ps_type_name_properties[] = {{"Name", get_0, NULL}, {"Type", get_1, NULL}, {0}};
const struct property parameter_attribute_properties[] = {
    {"Position", get_1, set_int_1},
    {"ParameterSetName", get_2, set_text_2},
    {"Mandatory", get_0, set_bool_0},
    {"ValueFromPipeline", get_3, set_bool_3},
    {"ValueFromPipelineByPropertyName", get_4, set_bool_4},
    {"ValueFromRemainingArguments", get_5, set_bool_5},
    {"HelpMessage", get_6, set_text_6},
    {"HelpMessageBaseName", get_7, set_text_7},
    {"HelpMessageResourceId", get_8, set_text_8},
    {"DontShow", get_9, set_bool_9},
    {0}};
const struct property suppress_message_properties[] = {{"Category", get_0, NULL},
                                                       {"CheckId", get_1, NULL},
                                                       {"Scope", get_2, set_text_2},
                                                       {"Target", get_3, set_text_3},
                                                       {"MessageId", get_6, set_text_6},
                                                       {"Justification", get_7, set_text_7},
                                                       {0}};
const struct property default_value_properties[] = {
    {"Value", get_0, set_any_0}, {"Help", get_1, set_text_1}, {0}};
const struct property type_name_attribute_properties[] = {{"PSTypeName", get_0, NULL}, {0}};
const struct property validate_length_properties[] = {
    {"MinLength", get_0, NULL}, {"MaxLength", get_1, NULL}, {0}};
const struct property validate_drive_properties[] = {{"ValidRootDrives", get_0, NULL}, {0}};
const struct property validate_pattern_properties[] = {{"RegexPattern", get_0, NULL},
                                                       {"Options", get_1, set_options_1},
                                                       {"ErrorMessage", get_2, set_text_2},
                                                       {0}};
const struct property validate_range_properties[] = {
    {"MinRange", get_0, NULL}, {"MaxRange", get_1, NULL}, {"RangeKind", get_2, NULL}, {0}};
const struct property validate_script_properties[] = {
    {"ErrorMessage", get_1, set_text_1}, {"ScriptBlock", get_0, NULL}, {0}};
const struct property validate_set_properties[] = {{"ErrorMessage", get_2, set_text_2},
                                                   {"IgnoreCase", get_1, set_bool_1},
                                                   {"ValidValues", get_0, NULL},
                                                   {0}};
const struct property runtime_parameter_properties[] = {
    {"Name", get_0, set_text_0},  {"ParameterType", get_1, set_type_1}, {"Value", get_3, set_any_3},
    {"IsSet", get_4, set_bool_4}, {"Attributes", get_2, NULL},          {0}};

bool ps_type_name_to_string(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_keep(ATTRIBUTE(self)->at[0]), true;
}

// --- Constructors
// --------------------------------------------------------------------------------------------------

// self is the type that is made: a class may derive from it.
static bool made(struct interp *in, value self, const value *fields, size_t count, value *ret)
{
    if (!attribute_new(in, self.type, ret))
        return false;
    for (size_t i = 0; i < count; i++)
        ATTRIBUTE(*ret)->at[i] = value_keep(fields[i]);
    return true;
}

METHOD(make_plain)
{
    return made(in, self, args, count, ret);
}
METHOD(make_parameter)
{
    value all = string_static(in, "__AllParameterSets");
    const value fields[] = {[PARAMETER_MANDATORY] = value_false,
                            [PARAMETER_POSITION] = value_int(NO_POSITION),
                            [PARAMETER_SET] = all,
                            [PARAMETER_PIPELINE] = value_false,
                            [PARAMETER_PROPERTY] = value_false,
                            [PARAMETER_REMAINING] = value_false,
                            [PARAMETER_HIDDEN] = value_false};
    (void)args, (void)count;
    bool ok = made(in, self, fields, sizeof fields / sizeof *fields, ret);
    return value_drop(all), ok;
}
METHOD(make_binding)
{
    const value fields[] = {[BINDING_SHOULD_PROCESS] = value_false,
                            [BINDING_TRANSACTIONS] = value_false,
                            [BINDING_POSITIONAL] = value_true,
                            [BINDING_PAGING] = value_false,
                            [BINDING_IMPACT] = enum_value(&type_confirm_impact, 2)};
    (void)args, (void)count;
    return made(in, self, fields, sizeof fields / sizeof *fields, ret);
}
METHOD(make_set)
{
    const value fields[] = {[SET_VALUES] = args[0], [SET_IGNORE_CASE] = value_true};
    (void)count;
    return made(in, self, fields, 2, ret);
}
METHOD(make_set_from)
{
    const value fields[] = {
        [SET_IGNORE_CASE] = value_true, [SET_MESSAGE] = value_null, [SET_GENERATOR] = args[0]};
    (void)count;
    return made(in, self, fields, 4, ret);
}
METHOD(make_pattern)
{
    const value fields[] = {[PATTERN_TEXT] = args[0], [PATTERN_OPTIONS] = enum_value(&type_regex_options, 1)};
    (void)count;
    return made(in, self, fields, 2, ret);
}
METHOD(make_range)
{
    int order;
    (void)count;
    if (value_is_null(args[0]) || value_is_null(args[1]))
        return method_throw(in, &type_argument_null_exception, "A range has both ends.");
    if (args[0].kind == V_SCRIPTBLOCK)
        return throw_error(in, "MinRangeNotIComparable", CAT_MetadataError, value_null,
                           "The ends of a range have an order.");
    if (value_type(args[0]) != value_type(args[1]) && !(value_is_number(args[0]) && value_is_number(args[1])))
        return throw_error(in, "MinRangeNotTheSameTypeOfMaxRange", CAT_MetadataError, value_null,
                           "Both ends of a range are of one type.");
    if (!value_compare(in, args[0], args[1], true, &order))
        return false;
    if (order > 0)
        return throw_error(in, "MaxRangeSmallerThanMinRange", CAT_MetadataError, value_null,
                           "The end of a range does not come before its beginning.");
    return made(in, self, args, 2, ret);
}
METHOD(make_range_kind)
{
    value fields[] = {[RANGE_KIND] = value_null};
    (void)count;
    return value_convert(in, args[0], &type_range_kind, &fields[RANGE_KIND]) && made(in, self, fields, 3, ret);
}
static bool negative(struct interp *in, const value args[2])
{
    if (args[0].i >= 0 && args[1].i >= 0)
        return false;
    return method_throw(in, &type_ps_argument_range_exception, "A number of things is not negative."), true;
}
METHOD(make_length)
{
    (void)count;
    if (negative(in, args))
        return false;
    if (args[1].i < args[0].i)
        return throw_error(in, "ValidateLengthMaxLengthSmallerThanMinLength", CAT_MetadataError, value_null,
                           "The greatest length is not less than the smallest.");
    return made(in, self, args, 2, ret);
}
METHOD(make_count)
{
    (void)count;
    if (negative(in, args))
        return false;
    if (args[1].i < args[0].i)
        return throw_error(in, "ValidateRangeMaxLengthSmallerThanMinLength", CAT_MetadataError, value_null,
                           "The greatest count is not less than the smallest.");
    return made(in, self, args, 2, ret);
}
METHOD(make_user_drive)
{
    value drives, name = string_static(in, "User");
    (void)args, (void)count;
    bool ok = array_from(in, &name, 1, &drives);
    value_drop(name);
    ok = ok && made(in, self, &drives, 1, ret);
    return ok ? value_drop(drives), true : false;
}
METHOD(make_completer_of)
{
    const value fields[] = {value_null, args[0]};
    (void)count;
    return made(in, self, fields, 2, ret);
}
METHOD(make_obsolete)
{
    const value fields[] = {count ? args[0] : value_null, count > 1 ? args[1] : value_false};
    return made(in, self, fields, 2, ret);
}

static bool type_name_object(struct interp *in, value of, value *ret)
{
    value text = value_null, type = value_null;
    if (of.kind == V_TYPE)
        type = of;
    bool ok = of.kind == V_TYPE ? string_text(in, of.type->name, &text) : value_to_string(in, of, &text);
    if (ok && of.kind != V_TYPE) {
        const struct type *found = type_find(value_text(text), text.string->size);
        if (found)
            type = (value){.kind = V_TYPE, .type = found};
    }
    const value fields[] = {text, type};
    ok = ok && made(in, (value){.kind = V_TYPE, .type = &type_ps_type_name}, fields, 2, ret);
    return value_drop(text), ok;
}
METHOD(make_output)
{
    value names, sets;
    (void)count;
    if (!array_new(in, args[0].array->count, &names) || !array_new(in, 0, &sets))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < args[0].array->count; i++)
        ok = type_name_object(in, args[0].array->items[i], &names.array->items[i]);
    const value fields[] = {names, sets};
    ok = ok && made(in, self, fields, 2, ret);
    value_drop(sets);
    return value_drop(names), ok;
}
METHOD(make_type_name)
{
    (void)count, (void)self;
    return type_name_object(in, args[0], ret);
}
METHOD(make_runtime)
{
    value attributes;
    if (count)
        attributes = value_keep(args[2]);
    else if (!list_new(in, &type_collection, &attributes))
        return false;
    const value fields[] = {count ? args[0] : value_null,
                            count ? args[1] : (value){.kind = V_TYPE, .type = &type_object}, attributes,
                            value_null, value_false};
    bool ok = made(in, self, fields, sizeof fields / sizeof *fields, ret);
    return value_drop(attributes), ok;
}
METHOD(make_runtime_table)
{
    (void)args, (void)count;
    if (!table_new(in, false, ret))
        return false;
    ret->object->type = self.type;
    return true;
}

#define MEMBERS(symbol, ...)                                                                                 \
    static const struct method symbol##_constructors[] = {__VA_ARGS__, {0}};                                 \
    const struct type_members full_##symbol = {NULL, NULL, symbol##_constructors, NULL};
#define PLAIN(symbol) MEMBERS(symbol, {"new", make_plain, OBJ})
PLAIN(flags_attribute)
PLAIN(allow_empty_collection)
PLAIN(allow_empty_string)
PLAIN(allow_null)
PLAIN(transformation_attribute)
PLAIN(credential_attribute)
PLAIN(dont_show_attribute)
PLAIN(dsc_property)
PLAIN(dsc_resource)
PLAIN(default_value_attribute)
PLAIN(wildcards_attribute)
PLAIN(validate_attribute)
PLAIN(validate_each)
PLAIN(validate_not_null)
PLAIN(validate_not_empty)
PLAIN(validate_not_blank)
PLAIN(validate_trusted)
PLAIN(attribute)
#define FOREIGN(symbol, name)                                                                                \
    MEMBERS(symbol##_attribute, {"new", make_plain, OBJ}, {"new", make_plain, OBJ, P(&type_object_array), true})
#include "interp/value/foreign-attributes.def"
#undef FOREIGN
MEMBERS(parameter_attribute, {"new", make_parameter, OBJ})
MEMBERS(cmdlet_binding, {"new", make_binding, OBJ})
MEMBERS(alias_attribute, {"new", make_plain, OBJ, P(STRS), true})
MEMBERS(argument_completions, {"new", make_plain, OBJ, P(STRS), true})
MEMBERS(argument_completer, {"new", make_completer_of, OBJ, P(TYP)},
        {"new", make_plain, OBJ, P(&type_scriptblock)}, {"new", make_plain, OBJ})
MEMBERS(obsolete_attribute, {"new", make_obsolete, OBJ}, {"new", make_obsolete, OBJ, P(STR)},
        {"new", make_obsolete, OBJ, P(STR, BOOLEAN)})
MEMBERS(output_type, {"new", make_output, OBJ, P(&type_type_array), true},
        {"new", make_output, OBJ, P(STRS), true})
MEMBERS(ps_type_name, {"new", make_type_name, OBJ, P(STR)}, {"new", make_type_name, OBJ, P(TYP)})
MEMBERS(type_name_attribute, {"new", make_plain, OBJ, P(STR)})
MEMBERS(suppress_message, {"new", make_plain, OBJ, P(STR, STR)})
MEMBERS(validate_count, {"new", make_count, OBJ, P(I32, I32)})
MEMBERS(validate_length, {"new", make_length, OBJ, P(I32, I32)})
MEMBERS(validate_drive, {"new", make_plain, OBJ, P(STRS), true})
MEMBERS(validate_user_drive, {"new", make_user_drive, OBJ})
MEMBERS(validate_pattern, {"new", make_pattern, OBJ, P(STR)})
MEMBERS(validate_range, {"new", make_range_kind, OBJ, P(OBJ)},
        {"new", make_range, OBJ, P(OBJ, OBJ)})
MEMBERS(validate_script, {"new", make_plain, OBJ, P(&type_scriptblock)})
MEMBERS(validate_set, {"new", make_set_from, OBJ, P(TYP)}, {"new", make_set, OBJ, P(STRS), true})
MEMBERS(runtime_parameter, {"new", make_runtime, OBJ}, {"new", make_runtime, OBJ, P(STR, TYP, OBJ)})
MEMBERS(runtime_parameters, {"new", make_runtime_table, OBJ})
