// What every object has: ToString, Equals, GetType, GetHashCode; and methods as values (PSMethod).
#include <stdio.h>
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/class.h"
#include "interp/value/enum.h"
#include "interp/value/format.h"
#include "interp/value/made.h"
#include "interp/value/member-info.h"
#include "interp/value/type-definitions.h"
#include "interp/value/type-facts.h"
#include "interp/value/types-rows.h"

METHOD(to_string)
{
    return UNUSED, value_to_method_string(in, self, ret);
}
METHOD(get_type)
{
    return UNUSED, *ret = (value){.kind = V_TYPE, .type = type_public(value_type(self))}, true;
}

// .NET's Equals: of one type and equal; collections are equal to themselves alone.
static bool same(struct interp *in, value a, value b, bool *ret)
{
    if (value_is_null(a) || value_is_null(b))
        return *ret = value_is_null(a) && value_is_null(b), true;
    if (value_type(a) != value_type(b))
        return *ret = false, true;
    if (value_enumerable(a) || a.kind == V_TABLE || (a.kind == V_OBJECT && !a.object->type->equal))
        return *ret = a.object == b.object, true;
    return value_equal(in, a, b, true, ret);
}

METHOD(equals)
{
    bool result;
    UNUSED;
    if (!same(in, self, args[0], &result))
        return false;
    return *ret = value_bool(result), true;
}
METHOD(equals_static)
{
    bool result;
    UNUSED;
    if (!same(in, args[0], args[1], &result))
        return false;
    return *ret = value_bool(result), true;
}
METHOD(reference_equals)
{
    UNUSED;
    bool both_null = value_is_null(args[0]) && value_is_null(args[1]);
    return *ret = value_bool(both_null || (value_is_heap(args[0]) && args[0].kind == args[1].kind &&
                                           args[0].object == args[1].object)),
           true;
}
METHOD(get_hash_code)
{
    return UNUSED, *ret = value_int((int32_t)value_hash(self)), true;
}
METHOD(object_new_plain)
{
    UNUSED;
    return custom_new(in, ret);
}

static const struct method object_methods[] = {{"ToString", to_string, STR},
                                               {"GetType", get_type, TYP},
                                               {"Equals", equals, BOOLEAN, P(OBJ), .names = "obj"},
                                               {"GetHashCode", get_hash_code, I32},
                                               {0}};
static const struct method object_statics[] = {{"Equals", equals_static, BOOLEAN, P(OBJ, OBJ)},
                                               {"ReferenceEquals", reference_equals, BOOLEAN, P(OBJ, OBJ)},
                                               {0}};
static const struct method object_constructors[] = {{"new", object_new_plain, OBJ}, {0}};
const struct type_members full_object = {object_methods, object_statics, object_constructors, NULL};
const struct type_members full_custom = {NULL, NULL, object_constructors, NULL};

// --- ToString(format) and the order of all formattable types
// ------------------------------

PUBLIC_METHOD(value_method_format)
{
    UNUSED;
    if (value_is_null(args[0]))
        return value_to_method_string(in, self, ret);
    if (value_format_string(in, self, value_text(args[0]), args[0].string->size, ret))
        return true;
    value_set(&in->thrown, value_null);
    return method_throw(in, &type_format_exception, "'%s' is not a format of this type.",
                        value_text(args[0]));
}
PUBLIC_METHOD(value_method_compare)
{
    int order;
    UNUSED;
    if (value_is_null(args[0]))
        return *ret = value_int(1), true;
    if (value_type(args[0]) != value_type(self))
        return method_throw(in, &type_argument_exception, "Only a %s can be compared.",
                            value_type(self)->name);
    if (!value_compare(in, self, args[0], true, &order))
        return false;
    return *ret = value_int(order), true;
}
PUBLIC_METHOD(value_method_to_string)
{
    return UNUSED, value_to_method_string(in, self, ret);
}
METHOD(type_code)
{
    return UNUSED, *ret = enum_value(&type_type_code, value_type(self)->type_code), true;
}

#define VALUE_METHODS                                                                                        \
    {"ToString", to_string, STR}, {"ToString", value_method_format, STR, P(STR)},                            \
        {"ToString", value_method_to_string, STR, P(PROVIDER)},                                              \
        {"ToString", value_method_format, STR, P(STR, PROVIDER)},                                            \
        {"CompareTo", value_method_compare, I32, P(OBJ)},                                                    \
    {                                                                                                        \
        "Equals", equals, BOOLEAN, P(OBJ)                                                                    \
    }

static const struct method value_methods[] = {
    VALUE_METHODS, {"GetTypeCode", type_code, &type_type_code}, {0}};
const struct type_members full_value_type = {value_methods, NULL, NULL, NULL};

// --- Methods as values
// --------------------------------------------------------------------------------------------

bool method_object(struct interp *in, value target, const struct overloads *overloads, value *ret)
{
    if (!object_new(in, &type_ps_method, ret))
        return false;
    AS(method_object, *ret)->target = value_keep(target);
    AS(method_object, *ret)->overloads = *overloads;
    return true;
}

static void add_type(struct buf *out, const struct type *type)
{
    if (type && type->element) {
        add_type(out, type->element);
        buf_add_text(out, "[]");
    } else
        buf_add_text(out, !type ? "void" : type == &type_object ? "System.Object" : type_display(type));
}

static void add_parameter_name(struct buf *out, const char *names, size_t n)
{
    while (names && n--)
        names = strchr(names, ' ') ? strchr(names, ' ') + 1 : NULL;
    if (names) {
        buf_add_char(out, ' ');
        buf_add(out, names, strcspn(names, " "));
    }
}

static void add_overload(struct buf *out, const struct method *method)
{
    add_type(out, method->returns);
    buf_printf(out, " %s(", method->name);
    const struct made_method *made = method->made;
    const struct type *const *types = method_parameters(method);
    for (size_t i = 0; types[i]; i++) {
        buf_add_text(out, i ? ", " : "");
        if (method->rest && !types[i + 1])
            buf_add_text(out, "Params ");
        add_type(out, types[i]);
        if (made)
            buf_printf(out, " %s", made->names[i]);
        else
            add_parameter_name(out, method->names, i);
    }
    buf_add_char(out, ')');
}

// Which of a type's methods a method object stands for.
static enum definition_kind kind_of(value self, const struct type **ret_type, const char **ret_name)
{
    const struct method_object *method = AS(method_object, self);
    bool is_static = method->target.kind == V_TYPE;
    *ret_type = is_static ? method->target.type : value_type(method->target);
    *ret_name = method->overloads.rows[0]->name;
    return !is_static ? DEFINED_M : !strcmp(*ret_name, "new") ? DEFINED_C : DEFINED_S;
}

static bool lines_text(struct interp *in, value lines, const char *before, value *ret)
{
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < lines.array->count; i++)
        buf_printf(&out, "%s%s%s", i ? ", " : "", before, value_text(lines.array->items[i]));
    return buf_take(in, &out, ret);
}

// "static " goes before each; *ret_found false: the type is not among those that are listed.
static bool defined_text(struct interp *in, value self, const char *before, value *ret, bool *ret_found)
{
    const struct type *type;
    const char *name;
    value lines;
    enum definition_kind kind = kind_of(self, &type, &name);
    if (!type_definition(in, type, kind, name, &lines, ret_found) || !*ret_found)
        return !*ret_found;
    bool ok = lines_text(in, lines, before, ret);
    return value_drop(lines), ok;
}

static bool overloads_text(struct interp *in, const struct overloads *overloads, const char *before,
                           value *ret)
{
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < overloads->count; i++) {
        buf_add_text(&out, i ? ", " : "");
        buf_add_text(&out, before);
        add_overload(&out, overloads->rows[i]);
    }
    return buf_take(in, &out, ret);
}

bool ps_method_to_string(struct interp *in, value self, value *ret)
{
    bool found;
    if (!defined_text(in, self, "", ret, &found) || found)
        return found;
    return overloads_text(in, &AS(method_object, self)->overloads, "", ret);
}

bool method_static_text(struct interp *in, value method, value *ret)
{
    bool found;
    if (!defined_text(in, method, "static ", ret, &found) || found)
        return found;
    return overloads_text(in, &AS(method_object, method)->overloads, "static ", ret);
}

bool constructors_text(struct interp *in, const struct type *type, value *ret)
{
    value lines;
    bool found;
    struct buf out = BUF_INIT;
    if (!type_definition(in, type, DEFINED_C, "new", &lines, &found))
        return false;
    if (found) {
        bool ok = lines_text(in, lines, "", ret);
        return value_drop(lines), ok;
    }
    for (const struct method *row = type->full->constructors; row->name; row++) {
        if (row != type->full->constructors)
            buf_add_text(&out, ", ");
        struct method named = *row;
        named.returns = type;
        add_overload(&out, &named);
    }
    return buf_take(in, &out, ret);
}

void ps_method_release(struct object *object)
{
    value_drop(((struct method_object *)object)->target);
}

static bool each_static(struct interp *in, value lines)
{
    for (size_t i = 0; i < lines.array->count; i++) {
        value old = lines.array->items[i];
        if (!string_printf(in, &lines.array->items[i], "static %s", value_text(old)))
            return lines.array->items[i] = old, value_drop(lines), false;
        value_drop(old);
    }
    return true;
}

static bool definitions(struct interp *in, value self, value *ret)
{
    const struct overloads *overloads = &AS(method_object, self)->overloads;
    const struct type *type;
    const char *name;
    bool found;
    enum definition_kind kind = kind_of(self, &type, &name);
    bool is_static = kind == DEFINED_S;
    if (!type_definition(in, type, kind, name, ret, &found))
        return false;
    if (found)
        return !is_static || each_static(in, *ret);
    if (!array_of(in, STR, overloads->count, ret))
        return false;
    for (size_t i = 0; i < overloads->count; i++) {
        struct buf out = BUF_INIT;
        if (is_static)
            buf_add_text(&out, "static ");
        add_overload(&out, overloads->rows[i]);
        if (!buf_take(in, &out, &ret->array->items[i]))
            return value_drop(*ret), false;
    }
    return true;
}
static bool method_name(struct interp *in, value self, value *ret)
{
    return string_text(in, AS(method_object, self)->overloads.rows[0]->name, ret);
}
static bool method_member_type(struct interp *in, value self, value *ret)
{
    (void)in, (void)self;
    return *ret = enum_value(&type_member_types, 64), true;
}
static bool method_type_name(struct interp *in, value self, value *ret)
{
    (void)self;
    return string_text(in, "System.Management.Automation.PSMethod", ret);
}
static bool method_itself(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(self), true;
}
static bool method_is_instance(struct interp *in, value self, value *ret)
{
    (void)in, (void)self;
    return *ret = value_true, true;
}
const struct property ps_method_properties[] = {{"OverloadDefinitions", definitions, NULL},
                                                {"MemberType", method_member_type, NULL},
                                                {"TypeNameOfValue", method_type_name, NULL},
                                                {"Value", method_itself, NULL},
                                                {"Name", method_name, NULL},
                                                {"IsInstance", method_is_instance, NULL},
                                                {0}};

METHOD(ps_method_invoke)
{
    struct method_object *method = AS(method_object, self);
    (void)count;
    return method_call(in, &method->overloads, method->target, method->overloads.rows[0]->name,
                       args[0].array->items, args[0].array->count, ret);
}
static const struct method ps_method_methods[] = {{"Invoke", ps_method_invoke, OBJ, P(OBJS), true}, {0}};
const struct type_members full_ps_method = {ps_method_methods, NULL, NULL, NULL};

// --- [ref]: at[0] a PSVariable, the name of a variable, or $null; at[1] the value without one
// -----------------------------------

static bool reference_get(struct interp *in, value self, value *ret)
{
    value to = AS(fields, self)->at[0];
    if (to.kind == V_OBJECT)
        return member_named(in, to, "Value", ret);
    const value *v = to.kind == V_STRING ? interp_get_variable(in, value_text(to)) : &AS(fields, self)->at[1];
    return *ret = v ? value_keep(*v) : value_null, true;
}
static bool reference_put(struct interp *in, value self, value v)
{
    value to = AS(fields, self)->at[0];
    if (to.kind == V_OBJECT)
        return member_set(in, to, "Value", 5, v);
    if (to.kind == V_STRING)
        return interp_set_variable(in, value_text(to), v);
    return value_set(&AS(fields, self)->at[1], v), true;
}
const struct property ref_properties[] = {{"Value", reference_get, reference_put}, {0}};
bool ref_to_string(struct interp *in, value self, value *ret)
{
    return string_text(in, self.object->type->name, ret);
}
METHOD(reference_new)
{
    UNUSED;
    if (!object_new(in, &type_ref_made, ret))
        return false;
    return value_set(&AS(fields, *ret)->at[1], args[0]), true;
}
static const struct method ref_constructors[] = {{"new", reference_new, REF, P(OBJ)}, {0}};
const struct type_members full_ref = {NULL, NULL, ref_constructors, NULL};

// --- Types themselves
// ----------------------------------------------------------------------------------------------

METHOD(type_element)
{
    UNUSED;
    return *ret = self.type->element ? (value){.kind = V_TYPE, .type = self.type->element} : value_null, true;
}
METHOD(type_attributes)
{
    value all, kept;
    UNUSED;
    if (!type_custom_attributes)
        return array_new(in, 0, ret);
    if (!type_custom_attributes(in, self.type, &all))
        return false;
    if (count < 2)
        return *ret = all, true;
    bool ok = list_new(in, NULL, &kept);
    for (size_t i = 0; ok && args[0].kind == V_TYPE && i < all.array->count; i++)
        if (value_is_type(all.array->items[i], args[0].type))
            ok = list_add(in, kept.array, all.array->items[i]);
    value_drop(all);
    return ok && (*ret = list_become_array(kept), true);
}
METHOD(type_assignable)
{
    UNUSED;
    if (args[0].kind != V_TYPE)
        return *ret = value_false, true;
    enum rank rank = conversion_rank_types(args[0].type, self.type);
    return *ret = value_bool(rank == RANK_IDENTITY || rank == RANK_ASSIGNABLE), true;
}
METHOD(type_subclass)
{
    UNUSED;
    const struct type *at = args[0].kind == V_TYPE ? self.type->base : NULL;
    while (at && at != args[0].type)
        at = at->base;
    return *ret = value_bool(at), true;
}
METHOD(type_instance)
{
    return UNUSED, *ret = value_bool(!value_is_null(args[0]) && value_is_type(args[0], self.type)), true;
}
METHOD(type_from_name)
{
    UNUSED;
    const struct type *type = type_find_in(in, value_text(args[0]), args[0].string->size);
    return *ret = type ? (value){.kind = V_TYPE, .type = type} : value_null, true;
}
METHOD(type_arguments)
{
    UNUSED;
    size_t n = 0;
    while (n < TYPE_ARGUMENTS && type_argument(self.type, n))
        n++;
    if (!array_of(in, TYP, n, ret))
        return false;
    for (size_t i = 0; i < n; i++)
        ret->array->items[i] = (value){.kind = V_TYPE, .type = type_argument(self.type, i)};
    return true;
}
METHOD(make_array)
{
    return UNUSED, *ret = (value){.kind = V_TYPE, .type = type_array_of(self.type)}, true;
}
METHOD(type_interfaces)
{
    value list;
    UNUSED;
    if (!list_new(in, NULL, &list))
        return false;
    for (const struct class *class = class_of(self.type); class; class = class->base)
        for (const struct type *const *at = class->interfaces; *at; at++)
            if (!list_add(in, list.array, (value){.kind = V_TYPE, .type = *at}))
                return value_drop(list), false;
    if (!type_add_interfaces(in, self.type, list.array))
        return value_drop(list), false;
    bool ok = array_of(in, TYP, list.array->count, ret);
    for (size_t i = 0; ok && i < list.array->count; i++)
        ret->array->items[i] = list.array->items[i];
    return value_drop(list), ok;
}
METHOD(make_generic_type)
{
    const struct type *arguments[TYPE_ARGUMENTS];
    size_t given = args[0].kind == V_ARRAY ? args[0].array->count : 0;
    UNUSED;
    if (!type_is_definition(self.type))
        return method_throw(in, &type_invalid_operation_exception, "%s is no definition of a generic type.",
                            self.type->name);
    for (size_t i = 0; i < given && i < TYPE_ARGUMENTS; i++)
        if ((arguments[i] = args[0].array->items[i].type, args[0].array->items[i].kind != V_TYPE))
            return method_throw(in, &type_argument_null_exception, "A type argument must not be $null.");
    const struct type *type = given <= TYPE_ARGUMENTS ? generic_close(in, self.type, arguments, given) : NULL;
    if (!type && value_is_null(in->thrown))
        return method_throw(in, &type_argument_exception, "%s does not take %zu types.", self.type->name,
                            given);
    return *ret = (value){.kind = V_TYPE, .type = type}, type;
}
METHOD(generic_type_definition)
{
    UNUSED;
    const struct type *type = generic_opened(in, self.type);
    if (!type)
        return value_is_null(in->thrown) &&
               method_throw(in, &type_invalid_operation_exception, "%s is no generic type.", self.type->name);
    return *ret = (value){.kind = V_TYPE, .type = type}, true;
}
METHOD(type_code_of)
{
    UNUSED;
    return *ret = enum_value(&type_type_code, args[0].kind == V_TYPE ? args[0].type->type_code : 0), true;
}
METHOD(array_rank_of)
{
    UNUSED;
    if (!self.type->element)
        return method_throw(in, &type_argument_exception, "%s is no array.", self.type->name);
    return *ret = value_int((int32_t)type_rank(self.type)), true;
}
METHOD(make_ranked_array)
{
    char name[512];
    static const char commas[] = ",,,,,,,,";
    UNUSED;
    if (args[0].i < 1 || args[0].i > (int64_t)sizeof commas)
        return method_throw(in, &type_index_range_exception, "An array cannot have that many dimensions.");
    int size = snprintf(name, sizeof name, "%s[%.*s]", self.type->name, (int)args[0].i - 1, commas);
    const struct type *type = size < (int)sizeof name ? type_find_in(in, name, (size_t)size) : NULL;
    return *ret = type ? (value){.kind = V_TYPE, .type = type} : value_null, true;
}
METHOD(type_equals)
{
    return UNUSED, *ret = value_bool(args[0].kind == V_TYPE && args[0].type == self.type), true;
}
static const struct method type_methods[] = {
    {"GetInterfaces", type_interfaces, OBJS},
    {"GetElementType", type_element, TYP},
    {"GetCustomAttributes", type_attributes, OBJS, P(BOOLEAN), .names = "inherit"},
    {"GetCustomAttributes", type_attributes, OBJS, P(TYP, BOOLEAN), .names = "attributeType inherit"},
    {"IsAssignableFrom", type_assignable, BOOLEAN, P(TYP)},
    {"IsSubclassOf", type_subclass, BOOLEAN, P(TYP)},
    {"IsInstanceOfType", type_instance, BOOLEAN, P(OBJ)},
    {"GetEnumNames", type_enum_names, STRS},
    {"GetEnumValues", type_enum_values, ARR},
    {"GetEnumName", type_enum_name, STR, P(OBJ)},
    {"GetEnumUnderlyingType", type_enum_underlying, TYP},
    {"IsEnumDefined", type_enum_defined, BOOLEAN, P(OBJ)},
    {"GetGenericArguments", type_arguments, OBJS},
    {"MakeArrayType", make_array, TYP},
    {"MakeArrayType", make_ranked_array, TYP, P(I32)},
    {"GetArrayRank", array_rank_of, I32},
    {"Equals", type_equals, BOOLEAN, P(TYP)},
    {"MakeGenericType", make_generic_type, TYP, P(&type_type_array), true},
    {"GetGenericTypeDefinition", generic_type_definition, TYP},
    {0}};
static bool empty_types(struct interp *in, value self, value *ret)
{
    return (void)self, array_of(in, TYP, 0, ret);
}
static const struct property type_constants[] = {{"EmptyTypes", empty_types, NULL}, {0}};
static const struct method type_statics[] = {{"GetType", type_from_name, TYP, P(STR)},
                                             {"GetType", type_from_name, TYP, P(STR, BOOLEAN)},
                                             {"GetTypeCode", type_code_of, &type_type_code, P(TYP)},
                                             {0}};
const struct type_members full_type = {type_methods, type_statics, NULL, type_constants};
