#include <string.h>

#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"
#include "interp/value/member.h"

enum { NAME = ITEM_PARAM_COUNT, VALUE, INPUT_OBJECT, PASS_THRU, FORCE };
enum { BY_PATH = 1 | 2, BY_LITERAL = 4 | 8, ONE_VALUE = 1 | 4, OF_OBJECT = 2 | 8 };

static const char *const sets[] = {"propertyValuePathSet", "propertyPSObjectPathSet",
                                   "propertyValueLiteralPathSet", "propertyPSObjectLiteralPathSet", NULL};
static const struct param params[] = {
    {"Path", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, BY_PATH},
    {"LiteralPath", "string[]", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, BY_LITERAL},
    {"Filter", "string", NULL, PARAM_NAMED, 0, 0},
    {"Include", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Exclude", "string[]", NULL, PARAM_NAMED, 0, 0},
    {"Credential", "pscredential", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {"Name", "string", "PSProperty", 1, PARAM_MANDATORY | PARAM_PROPERTY, ONE_VALUE},
    {"Value", "object", NULL, 2,
     PARAM_MANDATORY | PARAM_PROPERTY | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY | PARAM_ALLOW_EMPTY_COLLECTION,
     ONE_VALUE},
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY,
     OF_OBJECT},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

struct setting {
    const struct place *place;
    value item, shown; // what -PassThru writes; or $null
};

// What a property refuses has other names here than in an assignment.
static bool failed(struct command *cmd, const char *name)
{
    value record = cmd->in->thrown;
    if (record.kind != V_ERROR || record.object == cmd->in->out_of_memory.object)
        return false;
    bool fixed = strcmp(value_text(record.error->id), "PropertyAssignmentException") == 0;
    cmd->in->thrown = value_null;
    bool ok =
        cmd_throw(cmd, fixed ? "ReadOnlyProperty" : "CatchFromBaseAdapterSetValue", CAT_NotSpecified,
                  value_null, "Property '%s' cannot be set: %s", name, value_text(record.error->message));
    return value_drop(record), ok;
}

static bool agreed(struct command *cmd, const struct setting *s, const char *name, value v, bool *ret_yes)
{
    struct item_look look;
    value target, text;
    if (!place_look(cmd, s->place, &look) || !value_to_string(cmd->in, v, &text))
        return false;
    bool ok = string_printf(cmd->in, &target, "Item: %s Property: %s Value: %s", value_text(s->place->path),
                            name, value_text(text));
    value_drop(text);
    if (!ok)
        return false;
    ok = cmd_should_process(cmd, value_text(target),
                            look.container ? "Set Property Directory" : "Set Property File", ret_yes);
    return value_drop(target), ok;
}

static bool set_one(struct command *cmd, struct setting *s, const char *name, value v)
{
    value old;
    bool found, yes;
    if (!member_get(cmd->in, s->item, name, strlen(name), &old, &found))
        return false;
    value_drop(old);
    if (!found)
        return cmd_error(cmd, "SetPropertyError", CAT_ReadError, value_null, "The item has no property '%s'.",
                         name);
    if (!agreed(cmd, s, name, v, &yes))
        return false;
    if (!yes)
        return true;
    if (!member_set(cmd->in, s->item, name, strlen(name), v))
        return failed(cmd, name);
    return s->shown.kind != V_OBJECT || member_add(cmd->in, s->shown, name, v);
}

static bool set_all(struct command *cmd, struct setting *s)
{
    struct member_walk walk;
    const char *name;
    size_t size;
    value object = cmd->arg[INPUT_OBJECT], key, v;
    bool found, ok = true;
    member_walk_start(cmd->in, &walk, object);
    while (ok && member_walk_next(&walk, &name, &size)) {
        if (!string_new(cmd->in, name, size, &key))
            return false;
        ok = member_get(cmd->in, object, name, size, &v, &found);
        if (ok) {
            ok = set_one(cmd, s, value_text(key), v);
            value_drop(v);
        }
        value_drop(key);
    }
    return ok;
}

static bool set_properties(struct command *cmd, const struct place *place)
{
    struct setting s = {place, value_null, value_null};
    if (!place->provider->hierarchical)
        return items_not_supported(cmd, place->provider);
    if (!place->provider->get(cmd, place->provider, value_text(place->path), &s.item))
        return false;
    bool ok = !cmd_switch(cmd, PASS_THRU) || custom_new(cmd->in, &s.shown);
    if (ok && s.item.kind != V_VOID)
        ok = cmd_bound(cmd, INPUT_OBJECT) ? set_all(cmd, &s)
                                          : set_one(cmd, &s, value_text(cmd->arg[NAME]), cmd->arg[VALUE]);
    if (ok && s.shown.kind == V_OBJECT)
        ok = place_origin(cmd->in, place, s.shown) && cmd_write(cmd, s.shown);
    value_drop(s.shown);
    return value_drop(s.item), ok;
}

static bool process(struct command *cmd)
{
    return items_each(cmd, PATH_FORCE, set_properties);
}

const struct cmdlet cmdlet_set_itemproperty = {
    .params = params, .sets = sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
