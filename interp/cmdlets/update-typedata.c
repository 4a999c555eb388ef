// Update-TypeData: what objects of a type name are given; Get- and Remove-TypeData show it and take it away.
#include <string.h>

#include "interp/cmdlets/type-files.h"
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/member.h"
#include "interp/value/type-data.h"
#include "interp/value/types.h"

enum {
    MEMBER_KIND,
    GIVEN_NAME,
    VALUE,
    SECOND,
    CONVERTER,
    ADAPTER,
    SERIALIZATION_METHOD,
    TARGET,
    DEPTH,
    DISPLAY_PROPERTY,
    INHERIT,
    STRING_SOURCE,
    DISPLAY_SET,
    KEY_SET,
    SERIALIZED_SET,
    TYPE_NAME,
    FORCE,
    TYPE_DATA
};
enum { DYNAMIC = 1, DATA = 2 };

static const char *const sets[] = {"DynamicTypeSet", "TypeDataSet", NULL};
static const struct param params[] = {
    {"MemberType", "System.Management.Automation.PSMemberTypes", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY,
     DYNAMIC, .set_values = "NoteProperty|AliasProperty|ScriptProperty|CodeProperty|ScriptMethod|CodeMethod"},
    {"MemberName", "string", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, DYNAMIC},
    {"Value", "object", NULL, PARAM_NAMED, PARAM_ALLOW_NULL, DYNAMIC},
    {"SecondValue", "object", NULL, PARAM_NAMED, PARAM_NOT_NULL, DYNAMIC},
    {"TypeConverter", "type", NULL, PARAM_NAMED, PARAM_NOT_NULL, DYNAMIC},
    {"TypeAdapter", "type", NULL, PARAM_NAMED, PARAM_NOT_NULL, DYNAMIC},
    {"SerializationMethod", "string", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, DYNAMIC},
    {"TargetTypeForDeserialization", "type", NULL, PARAM_NAMED, PARAM_NOT_NULL, DYNAMIC},
    {"SerializationDepth", "int", NULL, PARAM_NAMED, PARAM_NOT_NULL, DYNAMIC, .min = 0, .max = INT32_MAX},
    {"DefaultDisplayProperty", "string", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, DYNAMIC},
    {"InheritPropertySerializationSet", "bool", NULL, PARAM_NAMED, PARAM_NOT_NULL, DYNAMIC},
    {"StringSerializationSource", "string", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, DYNAMIC},
    {"DefaultDisplayPropertySet", "string[]", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, DYNAMIC},
    {"DefaultKeyPropertySet", "string[]", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, DYNAMIC},
    {"PropertySerializationSet", "string[]", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, DYNAMIC},
    {"TypeName", "string", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_NOT_NULL_OR_EMPTY,
     DYNAMIC},
    {"Force", "switch", NULL, PARAM_NAMED, 0, DYNAMIC | DATA},
    {"TypeData", "System.Management.Automation.Runspaces.TypeData[]", NULL, 0,
     PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, DATA},
    {0},
};

static bool refuse(struct command *cmd, const char *id)
{
    return cmd_throw(cmd, id, CAT_InvalidOperation, value_null, "%s: the arguments do not describe a member.",
                     id);
}

static bool convert(struct command *cmd, value v, const struct type *to, value *ret)
{
    bool text = v.kind == V_STRING && to == &type_scriptblock;
    if (!text && value_convert(cmd->in, v, to, ret))
        return true;
    value_set(&cmd->in->thrown, value_null);
    return cmd_throw(cmd, "ConvertToFinalInvalidCastException", CAT_InvalidArgument, value_null,
                     "The value cannot be a %s.", to->name);
}

static bool some(struct command *cmd, unsigned parameter)
{
    value v = cmd_bound(cmd, parameter) ? cmd->arg[parameter] : value_null;
    return !value_is_null(v) && !(v.kind == V_STRING && !v.string->size);
}

static bool make_script(struct command *cmd, struct member *ret)
{
    bool first = some(cmd, VALUE), second = some(cmd, SECOND);
    ret->kind = MEMBER_SCRIPT;
    if (!cmd_bound(cmd, VALUE) && !second)
        return refuse(cmd, "ValueShouldBeSpecified");
    if (!first && !second)
        return refuse(cmd, "ValueAndSecondValueAreNotBothNull");
    return (!first || convert(cmd, cmd->arg[VALUE], &type_scriptblock, &ret->val)) &&
           (!second || convert(cmd, cmd->arg[SECOND], &type_scriptblock, &ret->second));
}

static bool make_member(struct command *cmd, struct member *ret)
{
    enum { ALIAS = 1, NOTE = 8, SCRIPT = 16, METHOD = 256 };
    int64_t kind = cmd->arg[MEMBER_KIND].i;
    if (!cmd_bound(cmd, GIVEN_NAME))
        return refuse(cmd, "MemberNameShouldBeSpecified");
    ret->name = cmd->arg[GIVEN_NAME];
    if (kind == SCRIPT)
        return make_script(cmd, ret);
    if (kind == NOTE ? !cmd_bound(cmd, VALUE) : !some(cmd, VALUE))
        return refuse(cmd, "ValueShouldBeSpecified");
    if (kind != ALIAS && cmd_bound(cmd, SECOND))
        return refuse(cmd, "SecondValueShouldNotBeSpecified");
    ret->kind = kind == ALIAS ? MEMBER_ALIAS : kind == METHOD ? MEMBER_SCRIPT_METHOD : MEMBER_NOTE;
    if (kind == NOTE)
        return ret->val = value_keep(cmd->arg[VALUE]), true;
    if (kind == METHOD)
        return convert(cmd, cmd->arg[VALUE], &type_scriptblock, &ret->val);
    if (kind == ALIAS)
        return value_to_string(cmd->in, cmd->arg[VALUE], &ret->val) &&
               (!some(cmd, SECOND) || convert(cmd, cmd->arg[SECOND], &type_type, &ret->second));
    return cmd_throw(cmd, "ConvertToFinalInvalidCastException", CAT_InvalidArgument, value_null,
                     "Only a method of a compiled type can be such a member.");
}

static bool there_already(struct command *cmd, value type_name, const char *what)
{
    return cmd_error(cmd, "TypesDynamicUpdateException", CAT_InvalidOperation, value_null,
                     "%s: the member '%s' is there already; -Force replaces it.", value_text(type_name), what);
}

static const struct {
    unsigned parameter, field;
} fields[] = {{CONVERTER, DATA_CONVERTER},
              {ADAPTER, DATA_ADAPTER},
              {SERIALIZATION_METHOD, DATA_SERIALIZATION_METHOD},
              {TARGET, DATA_TARGET},
              {DEPTH, DATA_DEPTH},
              {DISPLAY_PROPERTY, DATA_DISPLAY_PROPERTY},
              {INHERIT, DATA_INHERIT},
              {STRING_SOURCE, DATA_STRING_SOURCE},
              {DISPLAY_SET, DATA_DISPLAY_SET},
              {KEY_SET, DATA_KEY_SET},
              {SERIALIZED_SET, DATA_SERIALIZED_SET}};

// What is there stays without -Force, and nothing else of the call is done.
static bool conflicts(struct command *cmd, const struct type_data *data, const struct member *member,
                      const char **ret_what)
{
    if (!data || cmd_switch(cmd, FORCE))
        return false;
    if (member->name.kind == V_STRING &&
        member_find(type_data_members(data), value_text(member->name), member->name.string->size))
        return *ret_what = value_text(member->name), true;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (cmd_bound(cmd, fields[i].parameter) && !value_is_null(data->field[fields[i].field]))
            return *ret_what = params[fields[i].parameter].name, true;
    return false;
}

static bool give(struct command *cmd, value type_name, const struct member *member)
{
    struct type_data *data = type_data_find(cmd->in, value_text(type_name));
    const char *what;
    if (conflicts(cmd, data, member, &what))
        return there_already(cmd, type_name, what);
    if (!type_data_make(cmd->in, type_name, &data))
        return false;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (cmd_bound(cmd, fields[i].parameter))
            value_set(&data->field[fields[i].field], cmd->arg[fields[i].parameter]);
    return member->name.kind != V_STRING || member_put(cmd->in, data->holder, member);
}

static bool is_empty(struct command *cmd)
{
    if (cmd_bound(cmd, MEMBER_KIND))
        return false;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (cmd_bound(cmd, fields[i].parameter))
            return false;
    return true;
}

// Accelerators stand for the full name.
bool type_data_name(struct interp *in, value given, value *ret)
{
    const struct type *type = type_find(value_text(given), given.string->size);
    return type ? string_text(in, type->name, ret) : (*ret = value_keep(given), true);
}

static bool one_type(struct command *cmd, value type_name)
{
    struct member member = {0};
    bool yes = false, ok;
    if (!cmd_bound(cmd, MEMBER_KIND) && (cmd_bound(cmd, GIVEN_NAME) || cmd_bound(cmd, VALUE) || cmd_bound(cmd, SECOND)))
        return refuse(cmd, "MemberTypeIsMissing");
    if (is_empty(cmd))
        return cmd_error(cmd, "TypeDataEmpty", CAT_InvalidOperation, value_null,
                         "Nothing is said that '%s' should have.", value_text(type_name));
    ok = !cmd_bound(cmd, MEMBER_KIND) || make_member(cmd, &member);
    ok = ok && cmd_should_process(cmd, value_text(type_name), "Update TypeData", &yes);
    if (ok && yes)
        ok = give(cmd, type_name, &member);
    value_drop(member.val);
    value_drop(member.second);
    return ok;
}

// --- TypeData objects ---

static bool copy_data(struct command *cmd, const struct type_data *from)
{
    struct type_data *to;
    const struct members *members = type_data_members(from);
    bool ok = type_data_make(cmd->in, from->name, &to);
    for (size_t i = 0; ok && i < DATA_FIELDS; i++)
        if (!value_is_null(from->field[i]))
            value_set(&to->field[i], from->field[i]);
    for (size_t i = 0; ok && members && i < members->count; i++)
        ok = member_put(cmd->in, to->holder, &members->items[i]);
    return ok;
}

static bool many_data(struct command *cmd, value list)
{
    bool ok = true;
    for (size_t i = 0; ok && i < list.array->count; i++)
        ok = copy_data(cmd, (struct type_data *)list.array->items[i].object);
    return ok;
}

static bool process(struct command *cmd)
{
    value type_name;
    if (cmd_bound(cmd, TYPE_DATA))
        return many_data(cmd, cmd->arg[TYPE_DATA]);
    if (!type_data_name(cmd->in, cmd->arg[TYPE_NAME], &type_name))
        return false;
    bool ok = one_type(cmd, type_name);
    return value_drop(type_name), ok;
}

const struct cmdlet cmdlet_update_typedata = {
    .params = params, .sets = sets, .process = process, .properties = CMDLET_SHOULD_PROCESS, .impact = ASKS_LOW};
