// The members of types as objects: what [type].GetMethods() and its kin give. The tables that the members
// stand in live as long as the session, so that these objects only point into them. jesh-full alone.
#include "interp/value/reflection.h"

#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/class.h"
#include "interp/value/enum.h"
#include "interp/value/exceptions.h"
#include "interp/value/member.h"
#include "interp/value/type-definitions.h"
#include "interp/value/types-rows.h"

#define GETTER(name) static bool name(struct interp *in, value self, value *ret)
enum reflected_kind { METHOD_ROW, GET_ACCESSOR, SET_ACCESSOR, CONSTRUCTOR, PROPERTY, PARAMETER };
struct reflected {
    struct object head;
    enum reflected_kind kind;
    const struct type *owner;
    const struct method *method;
    const struct property *property;
    uint32_t position; // of a parameter
    bool is_static;
};
#define IT(v) ((const struct reflected *)(v).object)
#define ROW_TYPE(v)                                                                                          \
    (value)                                                                                                  \
    {                                                                                                        \
        .kind = V_TYPE, .type = (v)                                                                          \
    }

static const struct type type_method_info, type_constructor_info, type_property_info, type_parameter_info;
static const struct type *const shapes[] = {
    [METHOD_ROW] = &type_method_info,   [GET_ACCESSOR] = &type_method_info,
    [SET_ACCESSOR] = &type_method_info, [CONSTRUCTOR] = &type_constructor_info,
    [PROPERTY] = &type_property_info,   [PARAMETER] = &type_parameter_info};

static bool made(struct interp *in, struct reflected what, value *ret)
{
    if (!object_new(in, shapes[what.kind], ret))
        return false;
    what.head = *ret->object;
    return *(struct reflected *)ret->object = what, true;
}

// --- What the tables say

static const struct type *returns(const struct reflected *it)
{
    const struct type *type = it->method->made ? it->method->made->returns : it->method->returns;
    return type ? type : &type_void;
}
static const struct type *property_type(struct interp *in, const struct reflected *it)
{
    value lines;
    bool found;
    if (it->property->field)
        return it->property->field->type ? it->property->field->type : &type_object;
    if (!type_definition(in, it->owner, DEFINED_P, it->property->name, &lines, &found))
        value_set(&in->thrown, value_null), found = false;
    if (!found)
        return &type_object;
    const char *line = value_text(lines.array->items[0]);
    const struct type *type = type_find_in(in, line, strcspn(line, " "));
    return value_drop(lines), type ? type : &type_object;
}
static const struct type *const *parameters(const struct reflected *it)
{
    return it->method->made ? it->method->made->types : method_parameters(it->method);
}
static size_t parameter_count(const struct reflected *it)
{
    size_t n = 0;
    while (it->method && parameters(it)[n])
        n++;
    return it->kind == SET_ACCESSOR ? 1 : n;
}
static const struct type *result_type(struct interp *in, const struct reflected *it)
{
    return it->kind == SET_ACCESSOR ? &type_void : it->method ? returns(it) : property_type(in, it);
}
static const struct type *parameter_type(struct interp *in, const struct reflected *it, size_t n)
{
    return it->method ? parameters(it)[n] : property_type(in, it);
}

static bool add_type(struct buf *out, const struct type *type)
{
    bool brief = type == &type_void || (type->type_code >= 3 && type->type_code <= 14) ||
                 (type->element && type->element->type_code >= 3 && type->element->type_code <= 14);
    return buf_add_text(out, brief ? type->name + strlen("System.") : type->name);
}
static bool add_name(struct buf *out, const struct reflected *it)
{
    if (it->kind == CONSTRUCTOR)
        return buf_add_text(out, ".ctor");
    if (it->kind == GET_ACCESSOR || it->kind == SET_ACCESSOR)
        buf_add_text(out, it->kind == GET_ACCESSOR ? "get_" : "set_");
    return buf_add_text(out, it->method ? it->method->name : it->property->name);
}
static bool parameter_name(struct interp *in, const struct reflected *it, size_t n, value *ret)
{
    if (!it->method)
        return string_text(in, "value", ret);
    if (it->method->made)
        return string_text(in, it->method->made->names[n], ret);
    const char *at = it->method->names ? it->method->names : "";
    for (; n && *at; n--)
        at += strcspn(at, " ") + (at[strcspn(at, " ")] == ' ');
    return string_new(in, at, strcspn(at, " "), ret);
}

static bool reflected_text(struct interp *in, value self, value *ret)
{
    struct buf out = BUF_INIT;
    const struct reflected *it = IT(self);
    add_type(&out, it->kind == PARAMETER     ? parameter_type(in, it, it->position)
                   : it->kind == CONSTRUCTOR ? &type_void
                                             : result_type(in, it));
    buf_add_char(&out, ' ');
    if (it->kind == PARAMETER) {
        value name;
        if (!parameter_name(in, it, it->position, &name))
            return buf_free(&out), false;
        buf_add_text(&out, value_text(name));
        value_drop(name);
        return buf_take(in, &out, ret);
    }
    add_name(&out, it);
    for (size_t i = 0; it->kind != PROPERTY && i < parameter_count(it); i++) {
        buf_add_text(&out, i ? ", " : "(");
        add_type(&out, parameter_type(in, it, i));
    }
    if (it->kind != PROPERTY)
        buf_add_text(&out, parameter_count(it) ? ")" : "()");
    return buf_take(in, &out, ret);
}

// --- Properties of these objects

GETTER(name)
{
    struct buf out = BUF_INIT;
    if (IT(self)->kind == PARAMETER)
        return parameter_name(in, IT(self), IT(self)->position, ret);
    return add_name(&out, IT(self)), buf_take(in, &out, ret);
}
GETTER(return_type)
{
    return *ret = ROW_TYPE(result_type(in, IT(self))), true;
}
GETTER(property_kind)
{
    return *ret = ROW_TYPE(property_type(in, IT(self))), true;
}
GETTER(parameter_kind)
{
    return *ret = ROW_TYPE(parameter_type(in, IT(self), IT(self)->position)), true;
}
#define SAID(name, expression)                                                                               \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        return (void)in, (void)self, *ret = expression, true;                                                \
    }
SAID(declaring_type, ROW_TYPE(IT(self)->owner))
SAID(is_static, value_bool(IT(self)->is_static))
SAID(yes, value_true)
SAID(no, value_false)
SAID(can_write, value_bool(IT(self)->property->set || IT(self)->property->field))
SAID(is_constructor, value_bool(IT(self)->kind == CONSTRUCTOR))
SAID(is_special, value_bool(!IT(self)->method || IT(self)->kind == CONSTRUCTOR ||
                            !strncmp(IT(self)->method->name, "op_", 3)))
SAID(position, value_int((int32_t)IT(self)->position))
GETTER(member_type)
{
    enum { IS_CONSTRUCTOR = 1, IS_METHOD = 8, IS_PROPERTY = 16 };
    int64_t kind = IT(self)->kind == CONSTRUCTOR ? IS_CONSTRUCTOR
                   : IT(self)->kind == PROPERTY  ? IS_PROPERTY
                                                 : IS_METHOD;
    return (void)in, *ret = enum_value(&type_reflection_member_types, kind), true;
}
static bool accessor(struct interp *in, value self, enum reflected_kind kind, value *ret)
{
    struct reflected it = *IT(self);
    it.kind = kind;
    return made(in, it, ret);
}
GETTER(get_method)
{
    return accessor(in, self, GET_ACCESSOR, ret);
}
GETTER(set_method)
{
    const struct property *p = IT(self)->property;
    return p->set || p->field ? accessor(in, self, SET_ACCESSOR, ret) : (*ret = value_null, true);
}

// --- Methods of these objects

METHOD(parameters_of)
{
    const struct reflected *it = IT(self);
    UNUSED;
    if (!array_of(in, &type_object, parameter_count(it), ret))
        return false;
    for (uint32_t i = 0; i < ret->array->count; i++) {
        struct reflected one = *it;
        one.kind = PARAMETER, one.position = i;
        if (!made(in, one, &ret->array->items[i]))
            return value_drop(*ret), *ret = value_null, false;
    }
    return true;
}
static bool on_target(struct interp *in, const struct reflected *it, value target)
{
    if (it->is_static || (!value_is_null(target) && value_is_type(target, it->owner)))
        return true;
    return method_throw(in, &type_invalid_operation_exception, "The object is no [%s].", it->owner->name);
}
static bool called(struct interp *in, const struct reflected *it, value target, const value *args,
                   size_t count, value *ret)
{
    struct overloads one = {.rows = {it->method}, .count = 1};
    if (!on_target(in, it, target))
        return false;
    if (it->kind == SET_ACCESSOR && count)
        return *ret = value_null, property_write(in, it->property, target, args[0]);
    if (!it->method)
        return property_read(in, it->property, target, ret);
    return method_call(in, &one, it->is_static ? ROW_TYPE(it->owner) : target, it->method->name, args, count,
                       ret);
}
METHOD(invoke)
{
    bool given = args[1].kind == V_ARRAY;
    UNUSED;
    return called(in, IT(self), args[0], given ? args[1].array->items : NULL,
                  given ? args[1].array->count : 0, ret);
}
METHOD(construct)
{
    bool given = args[0].kind == V_ARRAY;
    UNUSED;
    return type_construct(in, IT(self)->owner, given ? args[0].array->items : NULL,
                          given ? args[0].array->count : 0, ret);
}
METHOD(get_value)
{
    return UNUSED, on_target(in, IT(self), args[0]) && property_read(in, IT(self)->property, args[0], ret);
}
METHOD(set_value)
{
    UNUSED;
    if (!IT(self)->property->set && !IT(self)->property->field)
        return method_throw(in, &type_argument_exception, "It can only be read.");
    return on_target(in, IT(self), args[0]) && property_write(in, IT(self)->property, args[0], args[1]) &&
           (*ret = value_null, true);
}

static const struct property method_properties[] = {{"Name", name, NULL},
                                                    {"DeclaringType", declaring_type, NULL},
                                                    {"ReflectedType", declaring_type, NULL},
                                                    {"MemberType", member_type, NULL},
                                                    {"ReturnType", return_type, NULL},
                                                    {"IsConstructor", is_constructor, NULL},
                                                    {"IsSpecialName", is_special, NULL},
                                                    {"IsStatic", is_static, NULL},
                                                    {"IsPrivate", no, NULL},
                                                    {"IsPublic", yes, NULL},
                                                    {"IsAbstract", no, NULL},
                                                    {0}};
static const struct property constructor_properties[] = {{"Name", name, NULL},
                                                         {"DeclaringType", declaring_type, NULL},
                                                         {"ReflectedType", declaring_type, NULL},
                                                         {"MemberType", member_type, NULL},
                                                         {"IsConstructor", yes, NULL},
                                                         {"IsSpecialName", yes, NULL},
                                                         {"IsStatic", no, NULL},
                                                         {"IsPrivate", no, NULL},
                                                         {"IsPublic", yes, NULL},
                                                         {0}};
static const struct property property_properties[] = {{"MemberType", member_type, NULL},
                                                      {"Name", name, NULL},
                                                      {"DeclaringType", declaring_type, NULL},
                                                      {"ReflectedType", declaring_type, NULL},
                                                      {"PropertyType", property_kind, NULL},
                                                      {"CanRead", yes, NULL},
                                                      {"CanWrite", can_write, NULL},
                                                      {"IsSpecialName", no, NULL},
                                                      {"GetMethod", get_method, NULL},
                                                      {"SetMethod", set_method, NULL},
                                                      {0}};
static const struct property parameter_properties[] = {{"ParameterType", parameter_kind, NULL},
                                                       {"Name", name, NULL},
                                                       {"HasDefaultValue", no, NULL},
                                                       {"Position", position, NULL},
                                                       {"IsOptional", no, NULL},
                                                       {"IsOut", no, NULL},
                                                       {0}};
static const struct method method_methods[] = {
    {"GetParameters", parameters_of, OBJS}, {"Invoke", invoke, OBJ, P(OBJ, OBJS)}, {0}};
static const struct method constructor_methods[] = {
    {"GetParameters", parameters_of, OBJS}, {"Invoke", construct, OBJ, P(OBJS)}, {0}};
static const struct method property_methods[] = {{"GetValue", get_value, OBJ, P(OBJ)},
                                                 {"GetValue", get_value, OBJ, P(OBJ, OBJS)},
                                                 {"SetValue", set_value, VOID, P(OBJ, OBJ)},
                                                 {"SetValue", set_value, VOID, P(OBJ, OBJ, OBJS)},
                                                 {0}};
static const struct type_members full_method = {.methods = method_methods},
                                 full_constructor = {.methods = constructor_methods},
                                 full_property = {.methods = property_methods};
#define SHAPE(full_name, members)                                                                            \
    .name = "System.Reflection." full_name, .base = &type_object, .size = sizeof(struct reflected),          \
    .to_string = reflected_text, .type_code = 1, .properties = members
static const struct type type_method_info = {SHAPE("RuntimeMethodInfo", method_properties),
                                             .full = &full_method};
static const struct type type_constructor_info = {SHAPE("RuntimeConstructorInfo", constructor_properties),
                                                  .full = &full_constructor};
static const struct type type_property_info = {SHAPE("RuntimePropertyInfo", property_properties),
                                               .full = &full_property};
static const struct type type_parameter_info = {SHAPE("RuntimeParameterInfo", parameter_properties)};

// --- What a type has

struct gathering {
    struct interp *in;
    const struct type *owner;
    struct array *list;
};

static bool gathered(const struct gathering *to, struct reflected what)
{
    value one;
    what.owner = to->owner;
    if (!made(to->in, what, &one))
        return false;
    bool ok = list_add(to->in, to->list, one);
    return value_drop(one), ok;
}
static bool is_hidden(const struct method *row, const struct gathering *to)
{
    for (size_t i = 0; i < to->list->count; i++) {
        const struct reflected *it = IT(to->list->items[i]);
        if (it->method && it->method != row && !strcmp(it->method->name, row->name) && it->owner != to->owner)
            return true;
    }
    return false;
}
static bool add_rows(const struct gathering *to, const struct method *row, enum reflected_kind kind,
                     bool statics)
{
    bool ok = true;
    for (; ok && row && row->name; row++)
        if (kind == CONSTRUCTOR || !is_hidden(row, to))
            ok = gathered(to, (struct reflected){.kind = kind, .method = row, .is_static = statics});
    return ok;
}
static bool add_properties(const struct gathering *to, const struct property *p, bool accessors, bool statics)
{
    bool ok = true;
    for (; ok && p && p->name; p++) {
        struct reflected it = {
            .kind = accessors ? GET_ACCESSOR : PROPERTY, .property = p, .is_static = statics};
        if (p->extended)
            continue;
        ok = gathered(to, it);
        it.kind = SET_ACCESSOR;
        if (ok && accessors && (p->set || p->field))
            ok = gathered(to, it);
    }
    return ok;
}

// What is static of a base is not inherited.
static bool add_all(struct gathering *to, const struct type *asked, unsigned what)
{
    static const struct type_members none;
    const struct type_members *full = to->owner->full, *own = to->owner == asked ? full : &none;
    const struct property *statics = own ? own->static_properties : NULL;
    if ((what & REFLECT_METHODS) && (!add_properties(to, to->owner->properties, true, false) ||
                                     !add_properties(to, statics, true, true) ||
                                     !add_rows(to, full ? full->methods : NULL, METHOD_ROW, false) ||
                                     !add_rows(to, own ? own->statics : NULL, METHOD_ROW, true)))
        return false;
    return !(what & REFLECT_PROPERTIES) || (add_properties(to, to->owner->properties, false, false) &&
                                            add_properties(to, statics, false, true));
}

bool reflection_list(struct interp *in, const struct type *type, unsigned what, value *ret)
{
    struct gathering to = {.in = in, .owner = type};
    if (!list_new(in, NULL, ret))
        return false;
    to.list = ret->array;
    bool ok = !(what & REFLECT_METHODS) || add_all(&to, type, REFLECT_METHODS);
    for (to.owner = type->base; ok && (what & REFLECT_METHODS) && to.owner; to.owner = to.owner->base)
        ok = add_all(&to, type, REFLECT_METHODS);
    to.owner = type;
    if (ok && (what & REFLECT_CONSTRUCTORS))
        ok = add_rows(&to, type_constructors(type), CONSTRUCTOR, false);
    for (; ok && (what & REFLECT_PROPERTIES) && to.owner; to.owner = to.owner->base)
        ok = add_all(&to, type, REFLECT_PROPERTIES);
    return ok ? true : (value_drop(*ret), *ret = value_null, false);
}

bool reflection_has(struct interp *in, value one, value text)
{
    value own;
    if (!name(in, one, &own))
        return false;
    bool same = !strcmp(value_text(own), value_text(text));
    return value_drop(own), same;
}

bool reflection_takes(value one, const struct array *types)
{
    const struct reflected *it = IT(one);
    if (parameter_count(it) != types->count)
        return false;
    for (size_t i = 0; it->method && i < types->count; i++)
        if (types->items[i].kind != V_TYPE || parameters(it)[i] != types->items[i].type)
            return false;
    return true;
}
