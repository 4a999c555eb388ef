// Members as objects.
#include "interp/value/member-info.h"
#include "interp/value/class.h"

#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/items.h"
#include "interp/value/type-data.h"
#include "interp/value/types-rows.h"

#define INFO(v) ((struct member_info *)(v).object)
#define GETTER(name) static bool name(struct interp *in, value self, value *ret)

void member_info_release(struct object *object)
{
    struct member_info *info = (struct member_info *)object;
    value_drop(info->target);
    value_drop(info->member.name);
    value_drop(info->member.val);
    value_drop(info->member.second);
}

static const struct type *const types[] = {
    [MEMBER_NOTE] = &type_ps_note_property,         [MEMBER_ALIAS] = &type_ps_alias_property,
    [MEMBER_SCRIPT] = &type_ps_script_property,     [MEMBER_SCRIPT_METHOD] = &type_ps_script_method,
    [MEMBER_PROPERTY_SET] = &type_ps_property_set,  [MEMBER_MEMBER_SET] = &type_ps_member_set,
    [MEMBER_VARIABLE] = &type_ps_variable_property,
};

bool is_member_info(value v)
{
    return v.kind == V_OBJECT && v.object->type->release == member_info_release;
}

static bool make(struct interp *in, const struct type *type, value target, const struct member *member,
                 value *ret)
{
    if (!object_new(in, type, ret))
        return false;
    struct member_info *info = INFO(*ret);
    info->target = value_keep(target);
    info->member = *member;
    value_keep(member->name);
    value_keep(member->val);
    value_keep(member->second);
    return true;
}

bool member_info_new(struct interp *in, value target, const struct member *member, bool instance, value *ret)
{
    if (member->kind == MEMBER_MEMBER_SET && is_member_info(member->val))
        return *ret = value_keep(member->val), true;
    if (!make(in, types[member->kind], target, member, ret))
        return false;
    INFO(*ret)->instance = instance;
    return true;
}

bool member_info_of_property(struct interp *in, value target, const char *name, size_t size, value *ret)
{
    struct member member = {.kind = MEMBER_NOTE};
    if (!string_new(in, name, size, &member.name))
        return false;
    bool ok = make(in, &type_ps_property, target, &member, ret);
    if (ok)
        INFO(*ret)->own = INFO(*ret)->instance = true;
    value_drop(member.name);
    return ok;
}

bool member_info_put(struct interp *in, value target, value info)
{
    struct member member = INFO(info)->member;
    if (member.kind == MEMBER_MEMBER_SET)
        member.val = info;
    if (!member_put(in, target, &member))
        return false;
    INFO(info)->instance = true;
    if (member.kind != MEMBER_MEMBER_SET)
        value_set(&INFO(info)->target, target);
    return true;
}

// --- What all of them have ---

static const char *name_of(value self)
{
    return value_text(INFO(self)->member.name);
}

static size_t name_size(value self)
{
    return INFO(self)->member.name.string->size;
}

// The member as it is now, where it is somebody's.
static const struct member *current(struct interp *in, value self)
{
    const struct member *live = value_is_null(INFO(self)->target)
                                    ? NULL
                                    : member_lookup(in, INFO(self)->target, name_of(self), name_size(self));
    return live && live->kind == INFO(self)->member.kind ? live : &INFO(self)->member;
}

GETTER(name)
{
    (void)in;
    return *ret = value_keep(INFO(self)->member.name), true;
}
GETTER(is_instance)
{
    (void)in;
    return *ret = value_bool(INFO(self)->instance), true;
}

static const struct {
    const struct type *type;
    uint32_t bits;
    const char *text;
} kinds[] = {
    {&type_ps_alias_property, 1, "AliasProperty"}, {&type_ps_property, 4, "Property"},
    {&type_ps_note_property, 8, "NoteProperty"},   {&type_ps_script_property, 16, "ScriptProperty"},
    {&type_ps_property_set, 32, "PropertySet"},    {&type_ps_method_base, 64, "Method"},
    {&type_ps_script_method, 256, "ScriptMethod"}, {&type_ps_member_set, 1024, "MemberSet"},
};

static size_t kind_of(value info)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (value_is_type(info, kinds[i].type))
            return i;
    return 0;
}

const char *member_type_text(value info)
{
    return kinds[kind_of(info)].text;
}

uint32_t member_type_bits(value info)
{
    return kinds[kind_of(info)].bits;
}

GETTER(member_type)
{
    (void)in;
    return *ret = enum_value(&type_member_types, member_type_bits(self)), true;
}

GETTER(get_value)
{
    const struct member *member = current(in, self);
    bool found;
    if (INFO(self)->own || member->kind == MEMBER_ALIAS)
        return member_get(in, INFO(self)->target, name_of(self), name_size(self), ret, &found);
    if (member->kind == MEMBER_SCRIPT_METHOD || member->kind >= MEMBER_PROPERTY_SET)
        return *ret = value_keep(self), true;
    return member_value(in, INFO(self)->target, member, ret, &found);
}

static bool set_value(struct interp *in, value self, value to)
{
    if (INFO(self)->own)
        return member_set(in, INFO(self)->target, name_of(self), name_size(self), to);
    struct member *member = (struct member *)current(in, self);
    if (member != &INFO(self)->member && member->kind == MEMBER_NOTE)
        value_set(&INFO(self)->member.val, to);
    return member_assign(in, INFO(self)->target, member, to);
}

static bool type_text(struct interp *in, value v, const char *otherwise, value *ret)
{
    const struct type *type = value_type(v);
    return string_text(in, type ? type->name : otherwise, ret);
}

GETTER(note_type)
{
    return type_text(in, current(in, self)->val, "System.Object", ret);
}
GETTER(value_type_text)
{
    value v;
    if (!get_value(in, self, &v))
        return false;
    bool ok = type_text(in, v, "System.Object", ret);
    return value_drop(v), ok;
}
GETTER(object_text)
{
    (void)self;
    return string_text(in, "System.Object", ret);
}
GETTER(own_type)
{
    return string_text(in, self.object->type->name, ret);
}
GETTER(yes)
{
    (void)in, (void)self;
    return *ret = value_true, true;
}
GETTER(gettable)
{
    return *ret = value_bool(!value_is_null(current(in, self)->val)), true;
}
GETTER(settable)
{
    const struct member_info *info = INFO(self);
    const struct property *p =
        info->own ? property_find(value_type(info->target), name_of(self), name_size(self)) : NULL;
    if (info->own)
        return *ret = value_bool(!p || property_is_writable(p)), true;
    return *ret = value_bool(!value_is_null(current(in, self)->second)), true;
}
GETTER(alias_settable)
{
    const struct property *p =
        property_find(value_type(INFO(self)->target), value_text(current(in, self)->val),
                      current(in, self)->val.string->size);
    return *ret = value_bool(!p || property_is_writable(p)), true;
}
GETTER(val)
{
    return *ret = value_keep(current(in, self)->val), true;
}
GETTER(second)
{
    return *ret = value_keep(current(in, self)->second), true;
}
GETTER(set_names)
{
    value list = INFO(self)->member.val;
    if (!list_new(in, &type_string_collection, ret))
        return false;
    for (size_t i = 0; value_enumerable(list) && i < list.array->count; i++)
        if (!list_add(in, ret->array, list.array->items[i]))
            return value_drop(*ret), false;
    return true;
}
GETTER(set_members)
{
    return member_infos(in, self, INFO_ALL, ret);
}
GETTER(definitions)
{
    value text;
    if (!member_info_text(in, self, &text))
        return false;
    bool ok = array_of(in, STR, 1, ret);
    if (ok)
        ret->array->items[0] = text;
    else
        value_drop(text);
    return ok;
}

#define BASE                                                                                                 \
    {"Name", name, NULL},                                                                                    \
    {                                                                                                        \
        "IsInstance", is_instance, NULL                                                                      \
    }
const struct property ps_note_property_properties[] = {{"MemberType", member_type, NULL},
                                                       {"IsSettable", yes, NULL},
                                                       {"IsGettable", yes, NULL},
                                                       {"Value", get_value, set_value},
                                                       {"TypeNameOfValue", note_type, NULL},
                                                       BASE,
                                                       {0}};
const struct property ps_property_properties[] = {{"MemberType", member_type, NULL},
                                                  {"Value", get_value, set_value},
                                                  {"IsSettable", settable, NULL},
                                                  {"IsGettable", yes, NULL},
                                                  {"TypeNameOfValue", value_type_text, NULL},
                                                  BASE,
                                                  {0}};
const struct property ps_alias_property_properties[] = {{"ReferencedMemberName", val, NULL},
                                                        {"ConversionType", second, NULL},
                                                        {"MemberType", member_type, NULL},
                                                        {"TypeNameOfValue", value_type_text, NULL},
                                                        {"IsSettable", alias_settable, NULL},
                                                        {"IsGettable", yes, NULL},
                                                        {"Value", get_value, set_value},
                                                        BASE,
                                                        {0}};
const struct property ps_script_property_properties[] = {{"GetterScript", val, NULL},
                                                         {"SetterScript", second, NULL},
                                                         {"MemberType", member_type, NULL},
                                                         {"IsSettable", settable, NULL},
                                                         {"IsGettable", gettable, NULL},
                                                         {"Value", get_value, set_value},
                                                         {"TypeNameOfValue", object_text, NULL},
                                                         BASE,
                                                         {0}};
const struct property ps_script_method_properties[] = {{"Script", val, NULL},
                                                       {"OverloadDefinitions", definitions, NULL},
                                                       {"MemberType", member_type, NULL},
                                                       {"TypeNameOfValue", object_text, NULL},
                                                       {"Value", get_value, NULL},
                                                       BASE,
                                                       {0}};
const struct property ps_property_set_properties[] = {{"ReferencedPropertyNames", set_names, NULL},
                                                      {"MemberType", member_type, NULL},
                                                      {"Value", get_value, NULL},
                                                      {"TypeNameOfValue", own_type, NULL},
                                                      BASE,
                                                      {0}};
const struct property ps_member_set_properties[] = {{"InheritMembers", yes, NULL},
                                                    {"Members", set_members, NULL},
                                                    {"MemberType", member_type, NULL},
                                                    {"Value", get_value, NULL},
                                                    {"TypeNameOfValue", own_type, NULL},
                                                    BASE,
                                                    {0}};

// --- Definitions ---

static void add_type_name(struct buf *out, const struct type *type)
{
    if (!type)
        buf_add_text(out, "object");
    else if (type == &type_object)
        buf_add_text(out, "System.Object");
    else
        buf_add_text(out, type_display(type));
}

static bool note_text(struct interp *in, struct buf *out, const struct member *member)
{
    value v, text;
    bool found;
    if (!member_value(in, value_null, member, &v, &found))
        return false;
    add_type_name(out, value_type(v));
    buf_printf(out, " %s=", value_text(member->name));
    if (value_is_null(v))
        return buf_add_text(out, "null"), true;
    bool ok = value_to_method_string(in, v, &text);
    if (ok) {
        buf_add(out, value_text(text), text.string->size);
        value_drop(text);
    }
    return value_drop(v), ok;
}

static bool script_text(struct interp *in, struct buf *out, const struct member *member)
{
    buf_printf(out, "System.Object %s {", value_text(member->name));
    if (!value_is_null(member->val)) {
        buf_add_text(out, "get=");
        if (!value_add_string(in, out, member->val))
            return false;
        buf_add_char(out, ';');
    }
    if (!value_is_null(member->second)) {
        buf_add_text(out, "set=");
        if (!value_add_string(in, out, member->second))
            return false;
        buf_add_char(out, ';');
    }
    return buf_add_char(out, '}'), true;
}

static void alias_text(struct buf *out, const struct member *member)
{
    buf_printf(out, "%s = ", value_text(member->name));
    if (member->second.kind == V_TYPE)
        buf_printf(out, "(%s)", member->second.type->name);
    buf_add_text(out, value_text(member->val));
}

static bool own_text(struct interp *in, struct buf *out, value self)
{
    value v = value_null;
    const struct property *p = property_find(value_type(INFO(self)->target), name_of(self), name_size(self));
    if (!get_value(in, self, &v))
        value_set(&in->thrown, value_null);
    add_type_name(out, p && p->field ? p->field->type : value_is_null(v) ? &type_object : value_type(v));
    buf_printf(out, " %s {get;%s}", name_of(self), !p || property_is_writable(p) ? "set;" : "");
    return value_drop(v), true;
}

static bool names_text(struct interp *in, struct buf *out, const struct member *member)
{
    value list = member->val;
    buf_printf(out, "%s {", value_text(member->name));
    for (size_t i = 0; value_enumerable(list) && i < list.array->count; i++) {
        buf_add_text(out, i ? ", " : "");
        if (!value_add_string(in, out, list.array->items[i]))
            return false;
    }
    return buf_add_char(out, '}'), true;
}

static void set_text(struct buf *out, value self)
{
    const struct members *members = self.object->members;
    buf_printf(out, "%s {", name_of(self));
    for (size_t i = 0; members && i < members->count; i++)
        buf_printf(out, "%s%s", i ? ", " : "", value_text(members->items[i].name));
    buf_add_char(out, '}');
}

static bool add_definition(struct interp *in, struct buf *out, value self)
{
    const struct member *member = current(in, self);
    if (INFO(self)->own)
        return own_text(in, out, self);
    switch ((enum member_kind)member->kind) {
    case MEMBER_NOTE:
    case MEMBER_VARIABLE:
        return note_text(in, out, member);
    case MEMBER_ALIAS:
        return alias_text(out, member), true;
    case MEMBER_SCRIPT:
        return script_text(in, out, member);
    case MEMBER_SCRIPT_METHOD:
        return buf_printf(out, "System.Object %s();", value_text(member->name)), true;
    case MEMBER_PROPERTY_SET:
        return names_text(in, out, member);
    case MEMBER_MEMBER_SET:
        break;
    }
    return set_text(out, self), true;
}

bool member_info_text(struct interp *in, value self, value *ret)
{
    struct buf out = BUF_INIT;
    if (add_definition(in, &out, self))
        return buf_take(in, &out, ret);
    buf_free(&out);
    return false;
}

// --- Making and calling them ---

static bool made(struct interp *in, const struct member *member, value *ret)
{
    if (!*value_text(member->name))
        return method_throw(in, &type_argument_exception, "A member needs a name.");
    return member_info_new(in, value_null, member, true, ret);
}
METHOD(note_new)
{
    UNUSED;
    return made(in, &(struct member){.name = args[0], .val = args[1], .kind = MEMBER_NOTE}, ret);
}
METHOD(alias_new)
{
    value to = count > 2 ? args[2] : value_null;
    (void)self;
    return made(in, &(struct member){.name = args[0], .val = args[1], .second = to, .kind = MEMBER_ALIAS},
                ret);
}
METHOD(script_new)
{
    value set = count > 2 ? args[2] : value_null;
    (void)self;
    return made(in, &(struct member){.name = args[0], .val = args[1], .second = set, .kind = MEMBER_SCRIPT},
                ret);
}
METHOD(script_method_new)
{
    UNUSED;
    return made(in, &(struct member){.name = args[0], .val = args[1], .kind = MEMBER_SCRIPT_METHOD}, ret);
}
METHOD(property_set_new)
{
    UNUSED;
    return made(in, &(struct member){.name = args[0], .val = args[1], .kind = MEMBER_PROPERTY_SET}, ret);
}
METHOD(member_set_new)
{
    (void)self;
    if (!make(in, &type_ps_member_set, value_null,
              &(struct member){.name = args[0], .kind = MEMBER_MEMBER_SET}, ret))
        return false;
    for (size_t i = 0; count > 1 && value_enumerable(args[1]) && i < args[1].array->count; i++)
        if (is_member_info(args[1].array->items[i]) && !member_info_put(in, *ret, args[1].array->items[i]))
            return value_drop(*ret), false;
    return true;
}
METHOD(copy)
{
    UNUSED;
    return make(in, self.object->type, INFO(self)->target, &INFO(self)->member, ret);
}
METHOD(script_method_invoke)
{
    (void)count;
    value target = INFO(self)->target;
    return method_invoke(in, target, INFO(self)->member.name, args[0].array->items, args[0].array->count,
                         ret);
}
#define BLOCK &type_scriptblock
static const struct method info_methods[] = {{"Copy", copy, &type_ps_member_info}, {0}};
static const struct method script_method_methods[] = {{"Invoke", script_method_invoke, OBJ, P(OBJS), true},
                                                      {0}};
static const struct method note_constructors[] = {{"new", note_new, OBJ, P(STR, OBJ)}, {0}};
static const struct method alias_constructors[] = {
    {"new", alias_new, OBJ, P(STR, STR)}, {"new", alias_new, OBJ, P(STR, STR, TYP)}, {0}};
static const struct method script_constructors[] = {
    {"new", script_new, OBJ, P(STR, BLOCK)}, {"new", script_new, OBJ, P(STR, BLOCK, BLOCK)}, {0}};
static const struct method script_method_constructors[] = {{"new", script_method_new, OBJ, P(STR, BLOCK)},
                                                           {0}};
static const struct method property_set_constructors[] = {{"new", property_set_new, OBJ, P(STR, STRS)}, {0}};
static const struct method member_set_constructors[] = {
    {"new", member_set_new, OBJ, P(STR)}, {"new", member_set_new, OBJ, P(STR, OBJS)}, {0}};
const struct type_members full_ps_member_info = {.methods = info_methods};
const struct type_members full_ps_note_property = {.constructors = note_constructors};
const struct type_members full_ps_alias_property = {.constructors = alias_constructors};
const struct type_members full_ps_script_property = {.constructors = script_constructors};
const struct type_members full_ps_script_method = {.methods = script_method_methods,
                                                   .constructors = script_method_constructors};
const struct type_members full_ps_property_set = {.constructors = property_set_constructors};
const struct type_members full_ps_member_set = {.constructors = member_set_constructors};
