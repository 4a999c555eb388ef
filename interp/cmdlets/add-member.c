// Add-Member: what an object is given beside what its type has.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/member.h"
#include "interp/value/method.h"
#include "interp/value/types.h"

#pragma weak method_exists

enum {
    INPUT_OBJECT,
    KIND,
    NAME,
    VALUE,
    SECOND,
    TYPE_NAME,
    FORCE,
    PASS_THRU,
    NOTE_NAME,
    NOTE_VALUE,
    NOTES
};
enum { SET_TYPE_NAME = 1, SET_MEMBER = 2, SET_SINGLE = 4, SET_MULTI = 8, SET_GIVING = 14 };

// A first argument that names a kind of member is one, never the name of a note.
#define NO_KIND                                                                                              \
    "(?!(AliasProperty|CodeMethod|CodeProperty|MemberSet|NoteProperty|PropertySet|ScriptMethod|"             \
    "ScriptProperty)$)[\\s\\S]+"

static const char *const sets[] = {"TypeNameSet", "MemberSet", "NotePropertySingleMemberSet",
                                   "NotePropertyMultiMemberSet", NULL};
static const struct param params[] = {
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_PIPELINE},
    {"MemberType", "System.Management.Automation.PSMemberTypes", "Type", 0, PARAM_MANDATORY, SET_MEMBER},
    {"Name", "string", NULL, 1, PARAM_MANDATORY, SET_MEMBER},
    {"Value", "object", NULL, 2, 0, SET_MEMBER},
    {"SecondValue", "object", NULL, 3, 0, SET_MEMBER},
    {"TypeName", "string", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, .mandatory_sets = SET_TYPE_NAME},
    {"Force", "switch", NULL, PARAM_NAMED, 0, SET_GIVING},
    {"PassThru", "switch", NULL, PARAM_NAMED},
    {"NotePropertyName", "string", NULL, 0, PARAM_MANDATORY | PARAM_NOT_NULL_OR_EMPTY, SET_SINGLE,
     .pattern = NO_KIND},
    {"NotePropertyValue", "object", NULL, 1, PARAM_MANDATORY | PARAM_ALLOW_NULL, SET_SINGLE},
    {"NotePropertyMembers", "System.Collections.IDictionary", NULL, 0,
     PARAM_MANDATORY | PARAM_NOT_NULL_OR_EMPTY, SET_MULTI},
    {0},
};

// --- The member that the arguments describe ---

static bool refuse(struct command *cmd, const char *id)
{
    return cmd_throw(cmd, id, CAT_InvalidOperation, value_null, "%s: the values do not fit this kind of member.",
                     id);
}

// As LanguagePrimitives.ConvertTo inside a command: the id is the conversion's own.
static bool convert(struct command *cmd, value v, const struct type *to, value *ret)
{
    if (v.kind == V_STRING && to == &type_scriptblock)
        return cmd_throw(cmd, "ConvertToFinalInvalidCastException", CAT_InvalidArgument, value_null,
                         "A text is not a script block.");
    if (value_convert(cmd->in, v, to, ret))
        return true;
    value_set(&cmd->in->thrown, value_null);
    return cmd_throw(cmd, "ConvertToFinalInvalidCastException", CAT_InvalidArgument, value_null,
                     "The value cannot be a %s.", to->name);
}

static bool has_value(const struct command *cmd)
{
    return cmd_bound(cmd, VALUE) && !value_is_null(cmd->arg[VALUE]);
}

static bool make_alias(struct command *cmd, struct member *ret)
{
    if (!has_value(cmd))
        return refuse(cmd, "Value1ShouldNotBeNull");
    if (cmd_bound(cmd, SECOND) && value_is_null(cmd->arg[SECOND]))
        return refuse(cmd, "Value2ShouldNotBeNull");
    return value_to_string(cmd->in, cmd->arg[VALUE], &ret->val) &&
           (!cmd_bound(cmd, SECOND) || convert(cmd, cmd->arg[SECOND], &type_type, &ret->second));
}

static bool make_script(struct command *cmd, struct member *ret)
{
    bool second = cmd_bound(cmd, SECOND) && !value_is_null(cmd->arg[SECOND]);
    if (!has_value(cmd) && !second)
        return refuse(cmd, "Value1AndValue2AreNotBothNull");
    return (!has_value(cmd) || convert(cmd, cmd->arg[VALUE], &type_scriptblock, &ret->val)) &&
           (!second || convert(cmd, cmd->arg[SECOND], &type_scriptblock, &ret->second));
}

static bool make_single(struct command *cmd, const struct type *to, struct member *ret)
{
    if (cmd_bound(cmd, SECOND))
        return refuse(cmd, "Value2ShouldNotBeSpecified");
    if (!has_value(cmd))
        return refuse(cmd, "Value1ShouldNotBeNull");
    return convert(cmd, cmd->arg[VALUE], to, &ret->val);
}

static bool make_note(struct command *cmd, struct member *ret)
{
    if (cmd_bound(cmd, SECOND))
        return refuse(cmd, "Value2ShouldNotBeSpecified");
    ret->val = cmd_bound(cmd, VALUE) ? value_keep(cmd->arg[VALUE]) : value_null;
    return true;
}

static bool make_member_set(struct command *cmd, struct member *ret)
{
    value args[2] = {cmd->arg[NAME], cmd_bound(cmd, VALUE) ? cmd->arg[VALUE] : value_null};
    const struct type *type = type_find("System.Management.Automation.PSMemberSet", 40);
    if (cmd_bound(cmd, SECOND))
        return refuse(cmd, "Value2ShouldNotBeSpecified");
    if (!type || !type_construct)
        return refuse(cmd, "CannotAddMemberType");
    return type_construct(cmd->in, type, args, has_value(cmd) ? 2 : 1, &ret->val);
}

static bool make_member(struct command *cmd, struct member *ret)
{
    int64_t kind = cmd->arg[KIND].i;
    enum { ALIAS = 1, CODE_PROPERTY = 2, NOTE = 8, SCRIPT = 16, SET = 32, CODE_METHOD = 128, METHOD = 256, SETS = 1024 };
    ret->kind = kind == ALIAS    ? MEMBER_ALIAS
                : kind == SCRIPT ? MEMBER_SCRIPT
                : kind == METHOD ? MEMBER_SCRIPT_METHOD
                : kind == SET    ? MEMBER_PROPERTY_SET
                : kind == SETS   ? MEMBER_MEMBER_SET
                                 : MEMBER_NOTE;
    switch (kind) {
    case ALIAS:
        return make_alias(cmd, ret);
    case NOTE:
        return make_note(cmd, ret);
    case SCRIPT:
        return make_script(cmd, ret);
    case SET:
        return make_single(cmd, type_array_of(&type_string), ret);
    case METHOD:
        return make_single(cmd, &type_scriptblock, ret);
    case SETS:
        return make_member_set(cmd, ret);
    case CODE_PROPERTY:
    case CODE_METHOD: // needs a method of a compiled type, which no value here is
        return cmd_throw(cmd, "ConvertToFinalInvalidCastException", CAT_InvalidArgument, value_null,
                         "Only a method of a compiled type can be such a member.");
    default:
        return refuse(cmd, kind & (kind - 1) || !kind ? "WrongMemberCount" : "CannotAddMemberType");
    }
}

// --- Giving it ---

static bool is_there(struct command *cmd, value to, const char *name, size_t size)
{
    const struct type *type = value_type(to);
    bool found = false;
    value v = value_null;
    if (type && type->adapter && type->adapter->get(cmd->in, to, name, size, &v, &found))
        value_drop(v);
    return found || property_find(type, name, size) || (method_exists && method_exists(to, name, size));
}

// *ret_given false: it was reported and the object stays as it was.
static bool give(struct command *cmd, value to, const struct member *member, bool *ret_given)
{
    const char *name = value_text(member->name);
    size_t size = member->name.string->size;
    bool own = member_find(value_members(cmd->in, to), name, size);
    const struct member *shared = own ? NULL : member_lookup(cmd->in, to, name, size);
    *ret_given = false;
    if ((own || shared || is_there(cmd, to, name, size)) && !cmd_switch(cmd, FORCE))
        return cmd_error(cmd, "MemberAlreadyExists", CAT_InvalidOperation, to,
                         "There is a member '%s' already; -Force replaces it.", name);
    if (shared)
        return cmd_error(cmd, "CannotRemoveTypeDataMember", CAT_InvalidOperation, to,
                         "'%s' is a member of the object's type data.", name);
    if (own)
        member_remove(cmd->in, to, name, size);
    *ret_given = true;
    return member_put(cmd->in, to, member);
}

static bool name_type(struct command *cmd, value to)
{
    if (!cmd_bound(cmd, TYPE_NAME))
        return true;
    const struct type *type = type_find(value_text(cmd->arg[TYPE_NAME]), cmd->arg[TYPE_NAME].string->size);
    return member_add_type_name(cmd->in, to, type ? type->name : value_text(cmd->arg[TYPE_NAME]));
}

static bool give_notes(struct command *cmd, value to, bool *ret_given)
{
    const struct table *table = cmd->arg[NOTES].table;
    bool given = false, ok = true;
    for (size_t i = 0; ok && i < table->used; i++) {
        struct member member = {.val = table->slots[i].val, .kind = MEMBER_NOTE};
        if (table->slots[i].key.kind == V_VOID)
            continue;
        if (!value_to_string(cmd->in, table->slots[i].key, &member.name))
            return false;
        if (member.name.string->size == 0)
            ok = cmd_error(cmd, "NotePropertyNameShouldNotBeNull", CAT_InvalidOperation, member.name,
                           "A member needs a name.");
        else
            ok = give(cmd, to, &member, &given);
        *ret_given |= given;
        value_drop(member.name);
    }
    return ok;
}

static bool give_member(struct command *cmd, value to, bool *ret_given)
{
    bool single = cmd->set == 2;
    struct member member = {.name = single ? cmd->arg[NOTE_NAME] : cmd->arg[NAME]};
    if (single)
        member.val = value_keep(cmd->arg[NOTE_VALUE]);
    bool ok = (single || make_member(cmd, &member)) && give(cmd, to, &member, ret_given);
    value_drop(member.val);
    value_drop(member.second);
    return ok;
}

static bool process(struct command *cmd)
{
    value to = value_keep(cmd->arg[INPUT_OBJECT]);
    bool given = cmd->set == 0, ok = value_box(cmd->in, &to);
    if (ok && cmd->set == 3)
        ok = give_notes(cmd, to, &given);
    else if (ok && cmd->set != 0)
        ok = give_member(cmd, to, &given);
    ok = ok && (!given || name_type(cmd, to));
    if (ok && given && cmd_switch(cmd, PASS_THRU))
        ok = cmd_write(cmd, to);
    return value_drop(to), ok;
}

const struct cmdlet cmdlet_add_member = {.params = params, .sets = sets, .process = process};
