// .PSObject, .PSBase and their kin: a value looked at as what has members. jesh-full alone.
#include <string.h>

#include "base/utf8.h"
#include "base/wildcard.h"
#include "interp/eval/interp.h"
#include "interp/value/class.h"
#include "interp/value/enum.h"
#include "interp/value/items.h"
#include "interp/value/member-info.h"
#include "interp/value/type-data.h"
#include "interp/value/types-rows.h"

struct looked_at {
    struct object head;
    value target;
};
#define TARGET(v) (((struct looked_at *)(v).object)->target)
#define GETTER(name) static bool name(struct interp *in, value self, value *ret)

static void looked_at_release(struct object *object)
{
    value_drop(((struct looked_at *)object)->target);
}

// --- Collections of members ---

struct member_list {
    struct array list;
    value target;
};
static void member_list_release(struct object *object)
{
    value_drop(((struct member_list *)object)->target);
}

static bool count_each(struct interp *in, value self, value *ret)
{
    size_t count = self.array->count;
    if (count < 2)
        return *ret = count ? value_int(1) : value_null, true;
    if (!array_new(in, count, ret))
        return false;
    for (size_t i = 0; i < count; i++)
        ret->array->items[i] = value_int(1);
    return true;
}
// Such a collection has no count of its own: .Count is asked of each of its members.
static const struct property collection_properties[] = {
    {"Count", count_each, NULL}, {"Length", count_each, NULL}, {0}};

static value member_collection(value self)
{
    return ((struct member_list *)self.object)->target;
}

METHOD(collection_add)
{
    value target = member_collection(self);
    (void)ret, (void)count;
    if (!is_member_info(args[0]))
        return method_throw(in, &type_argument_exception, "Only members can be added.");
    return member_info_put(in, target, args[0]) && list_add(in, self.array, args[0]);
}
METHOD(collection_remove)
{
    UNUSED;
    if (!member_remove(in, member_collection(self), value_text(args[0]), args[0].string->size))
        return true;
    for (size_t i = 0; i < self.array->count; i++) {
        struct member_info *info = (struct member_info *)self.array->items[i].object;
        if (is_member_info(self.array->items[i]) && value_is_text(args[0], value_text(info->member.name)))
            return items_take_out(self.array, i, 1), true;
    }
    return true;
}

static bool info_name(value info, const char **ret_name, size_t *ret_size)
{
    if (is_member_info(info)) {
        value name = ((struct member_info *)info.object)->member.name;
        return *ret_name = value_text(name), *ret_size = name.string->size, true;
    }
    *ret_name = AS(method_object, info)->overloads.rows[0]->name;
    return *ret_size = strlen(*ret_name), true;
}

METHOD(collection_match)
{
    UNUSED;
    const char *name;
    size_t size;
    if (!list_new(in, &type_collection, ret))
        return false;
    for (size_t i = 0; i < self.array->count; i++) {
        value info = self.array->items[i];
        info_name(info, &name, &size);
        bool kind = count < 2 || (member_type_bits(info) & (uint32_t)args[1].i);
        if (kind && wildcard_match(value_text(args[0]), args[0].string->size, name, size, true) &&
            !list_add(in, ret->array, info))
            return value_drop(*ret), false;
    }
    return true;
}
METHOD(collection_item)
{
    UNUSED;
    const char *name;
    size_t size;
    for (size_t i = 0; i < self.array->count; i++) {
        info_name(self.array->items[i], &name, &size);
        if (utf8_same_ignore_case(name, size, value_text(args[0]), args[0].string->size))
            return *ret = value_keep(self.array->items[i]), true;
    }
    return *ret = value_null, true;
}

static const struct method collection_methods[] = {
    {"Add", collection_add, VOID, P(OBJ)},
    {"Add", collection_add, VOID, P(OBJ, BOOLEAN)},
    {"Remove", collection_remove, VOID, P(STR)},
    {"Match", collection_match, OBJ, P(STR)},
    {"Match", collection_match, OBJ, P(STR, &type_member_types)},
    {"get_Item", collection_item, OBJ, P(STR)},
    {"GetEnumerator", get_enumerator, OBJ},
    {0}};
static const struct type_members collection_full = {.methods = collection_methods};
#define COLLECTION(of)                                                                                       \
    {                                                                                                        \
        .name = "System.Management.Automation.PSMemberInfoIntegratingCollection`1"                           \
                "[System.Management.Automation." of "]",                                                     \
        .base = &type_object, .properties = collection_properties, .full = &collection_full, .type_code = 1, \
        .size = sizeof(struct member_list), .release = member_list_release                                   \
    }
static const struct type type_all_members = COLLECTION("PSMemberInfo"),
                         type_all_properties = COLLECTION("PSPropertyInfo"),
                         type_all_methods = COLLECTION("PSMethodInfo");

bool member_collection_item(struct interp *in, value target, value index, value *ret)
{
    value name;
    if (target.object->type->full != &collection_full)
        return false;
    if (!value_to_string(in, index, &name))
        return true;
    bool ok = collection_item(in, target, &name, 1, ret);
    value_drop(name);
    return ok || (*ret = value_null, true);
}

static bool collection_new(struct interp *in, const struct type *type, value target, value *ret)
{
    struct member_list *list = heap_new(in, sizeof *list, V_LIST, type);
    if (!list)
        return false;
    list->target = value_keep(target);
    return *ret = (value){.kind = V_LIST, .array = &list->list}, true;
}

static bool take_in(struct interp *in, value list, value info)
{
    bool ok = list_add(in, list.array, info);
    value_drop(info);
    return ok;
}

static bool wanted(const struct member *member, unsigned kinds)
{
    if (member->kind <= MEMBER_SCRIPT)
        return kinds & INFO_PROPERTIES;
    return kinds & (member->kind == MEMBER_SCRIPT_METHOD ? INFO_METHODS : INFO_SETS);
}

static bool add_given(struct interp *in, value target, const struct members *members, unsigned kinds,
                      bool instance, value list)
{
    value info;
    for (size_t i = 0; members && i < members->count; i++) {
        const struct member *member = &members->items[i];
        size_t size = member->name.string->size;
        if (member->hidden || !wanted(member, kinds) ||
            member_lookup(in, target, value_text(member->name), size) != member)
            continue;
        if (!member_info_new(in, target, member, instance, &info) || !take_in(in, list, info))
            return false;
    }
    return true;
}

static bool add_all_given(struct interp *in, value target, unsigned kinds, value list)
{
    const char *name;
    if (!add_given(in, target, value_members(in, target), kinds, true, list))
        return false;
    for (size_t i = 0; in->type_data.kind == V_TABLE && (name = value_type_name(target, i)); i++) {
        const struct type_data *data = type_data_find(in, name);
        if (data && !add_given(in, target, type_data_members(data), kinds, false, list))
            return false;
    }
    return true;
}

static bool add_own_properties(struct interp *in, value target, bool hidden, value list)
{
    struct member_walk walk;
    const char *name;
    size_t size;
    value info;
    member_walk_start(in, &walk, target);
    walk.hidden = hidden;
    while (member_walk_next(&walk, &name, &size)) {
        if (member_lookup(in, target, name, size))
            continue;
        if (!member_info_of_property(in, target, name, size, &info) || !take_in(in, list, info))
            return false;
    }
    return true;
}

static bool listed(value list, const char *name)
{
    const char *own;
    size_t size;
    for (size_t i = 0; i < list.array->count; i++)
        if (info_name(list.array->items[i], &own, &size) && size == strlen(name) && !memcmp(own, name, size))
            return true;
    return false;
}

static bool add_own_methods(struct interp *in, value target, bool hidden, value list)
{
    value method;
    const struct type *type = value_type(target);
    for (; type; type = type->base)
        for (const struct method *row = type->full ? type->full->methods : NULL; row && row->name; row++) {
            if (listed(list, row->name) || (row->made && row->made->hidden && !hidden))
                continue;
            if (!method_value(in, target, row->name, strlen(row->name), &method) ||
                !take_in(in, list, method))
                return false;
        }
    return true;
}

static bool fill(struct interp *in, value target, unsigned kinds, value list)
{
    return add_all_given(in, target, kinds, list) &&
           (!(kinds & INFO_PROPERTIES) || add_own_properties(in, target, kinds & INFO_HIDDEN, list)) &&
           (!(kinds & INFO_METHODS) || value_is_type(target, &type_ps_member_set) ||
            add_own_methods(in, target, kinds & INFO_HIDDEN, list));
}

bool member_infos(struct interp *in, value target, unsigned kinds, value *ret)
{
    static const struct type *const of[] = {[INFO_PROPERTIES] = &type_all_properties,
                                            [INFO_METHODS] = &type_all_methods,
                                            [INFO_ALL] = &type_all_members};
    value list;
    if (!collection_new(in, kinds < INFO_ALL && of[kinds] ? of[kinds] : &type_all_members, target, &list))
        return false;
    if (!fill(in, target, kinds, list))
        return value_drop(list), false;
    return *ret = list, true;
}

// --- PSObject ---

GETTER(object_members)
{
    return member_infos(in, TARGET(self), INFO_ALL, ret);
}
// A property set counts among the properties where it is asked for by name; the list leaves it out.
GETTER(object_properties)
{
    return member_infos(in, TARGET(self), INFO_PROPERTIES, ret);
}
GETTER(object_methods)
{
    return member_infos(in, TARGET(self), INFO_METHODS, ret);
}
GETTER(object_base)
{
    (void)in;
    return *ret = value_keep(TARGET(self)), true;
}
GETTER(object_names)
{
    return member_type_names(in, TARGET(self), ret);
}
static const struct property object_properties_[] = {{"Members", object_members, NULL},
                                                     {"Properties", object_properties, NULL},
                                                     {"Methods", object_methods, NULL},
                                                     {"ImmediateBaseObject", object_base, NULL},
                                                     {"BaseObject", object_base, NULL},
                                                     {"TypeNames", object_names, NULL},
                                                     {0}};

static bool copy_members(struct interp *in, value from, value to)
{
    const struct members *members = value_members(in, from);
    for (size_t i = 0; members && i < members->count; i++)
        if (!member_put(in, to, &members->items[i]))
            return false;
    for (size_t i = members && members->type_names.kind == V_LIST ? members->type_names.array->count : 0;
         i--;)
        if (members->prefix && !member_add_type_name(in, to, value_text(members->type_names.array->items[i])))
            return false;
    return true;
}
METHOD(object_copy)
{
    UNUSED;
    value target = TARGET(self), name;
    if (value_type(target) != &type_custom) {
        if (!method_exists(target, "Clone", 5))
            return *ret = value_keep(target), true;
        name = string_static(in, "Clone");
        bool ok = method_invoke(in, target, name, NULL, 0, ret);
        return value_drop(name), ok;
    }
    if (!custom_new(in, ret))
        return false;
    return copy_members(in, target, *ret) || (value_drop(*ret), false);
}
METHOD(as_object)
{
    UNUSED;
    *ret = value_keep(args[0]);
    return value_box(in, ret);
}
static bool looked_at_text(struct interp *in, value self, value *ret)
{
    return value_to_string(in, TARGET(self), ret);
}
static const struct method ps_object_methods[] = {{"Copy", object_copy, OBJ}, {0}};
static const struct method ps_object_statics[] = {{"AsPSObject", as_object, OBJ, P(OBJ)}, {0}};
METHOD(object_new_of)
{
    UNUSED;
    if (!count)
        return custom_new(in, ret);
    *ret = value_keep(args[0]);
    return value_box(in, ret);
}
static const struct method ps_object_constructors[] = {
    {"new", object_new_of, OBJ}, {"new", object_new_of, OBJ, P(OBJ)}, {0}};
const struct type_members full_psobject = {ps_object_methods, ps_object_statics, ps_object_constructors, NULL};
static const struct type type_looked_at = {.name = "System.Management.Automation.PSObject",
                                           .shorthand = "psobject",
                                           .base = &type_object,
                                           .properties = object_properties_,
                                           .full = &full_psobject,
                                           .type_code = 1,
                                           .to_string = looked_at_text,
                                           .release = looked_at_release,
                                           .size = sizeof(struct looked_at)};

// --- PSBase, PSAdapted, PSExtended: one side of an object ---

static bool side_get(struct interp *in, value self, const char *name, size_t size, value *ret,
                     bool *ret_found);
static bool side_set(struct interp *in, value self, const char *name, size_t size, value to, bool *ret_found);
static const char *side_name(value self, size_t n, size_t *ret_size);
static const struct adapter side_adapter = {side_get, side_set, side_name};

#define SIDE(symbol)                                                                                         \
    static const struct type symbol = {.name = "System.Management.Automation.PSMemberSet",                   \
                                       .base = &type_object,                                                 \
                                       .adapter = &side_adapter,                                             \
                                       .type_code = 1,                                                       \
                                       .to_string = looked_at_text,                                          \
                                       .release = looked_at_release,                                         \
                                       .size = sizeof(struct looked_at)}
SIDE(type_side_base);
SIDE(type_side_adapted);
SIDE(type_side_extended);

static bool side_get(struct interp *in, value self, const char *name, size_t size, value *ret,
                     bool *ret_found)
{
    value target = TARGET(self);
    const struct type *type = value_type(target);
    *ret_found = true;
    if (self.object->type == &type_side_extended) {
        const struct member *member = member_lookup(in, target, name, size);
        if (member)
            return member_value(in, target, member, ret, ret_found);
    } else {
        if (type->adapter && self.object->type == &type_side_adapted)
            return type->adapter->get(in, target, name, size, ret, ret_found);
        const struct property *p = property_find(type, name, size);
        if (p)
            return property_read(in, p, target, ret);
    }
    *ret_found = false;
    return *ret = value_null, true;
}

static bool side_set(struct interp *in, value self, const char *name, size_t size, value to, bool *ret_found)
{
    const struct property *p = property_find(value_type(TARGET(self)), name, size);
    *ret_found = p && property_is_writable(p) && self.object->type != &type_side_extended;
    return !*ret_found || property_write(in, p, TARGET(self), to);
}

static const char *side_name(value self, size_t n, size_t *ret_size)
{
    if (self.object->type == &type_side_extended) {
        struct members *members = value_is_heap(TARGET(self)) ? TARGET(self).object->members : NULL;
        if (!members || n >= members->count)
            return NULL;
        *ret_size = members->items[n].name.string->size;
        return value_text(members->items[n].name);
    }
    for (const struct type *type = value_type(TARGET(self)); type; type = type->base)
        for (const struct property *p = type->properties; p && p->name; p++)
            if (n-- == 0)
                return *ret_size = strlen(p->name), p->name;
    return NULL;
}

value side_target(value v)
{
    const struct type *type = v.kind == V_OBJECT ? v.object->type : NULL;
    return type && type->adapter == &side_adapter ? TARGET(v) : v;
}

static bool look_at(struct interp *in, const struct type *type, value self, value *ret)
{
    if (!object_new(in, type, ret))
        return false;
    TARGET(*ret) = value_keep(self);
    return true;
}

bool intrinsic_get(struct interp *in, value self, const char *name, size_t size, value *ret)
{
    static const struct {
        const char *name;
        const struct type *type;
    } names[] = {{"PSObject", &type_looked_at},
                 {"PSBase", &type_side_base},
                 {"PSAdapted", &type_side_adapted},
                 {"PSExtended", &type_side_extended},
                 {"PSTypeNames", NULL}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strlen(names[i].name) != size || !utf8_same_ignore_case(names[i].name, size, name, size))
            continue;
        const struct type *type = names[i].type;
        if (type == &type_side_base && value_type(self) == &type_custom)
            type = &type_looked_at; // what stands behind such an object is the PSObject itself
        *ret = value_null;
        return (type ? look_at(in, type, self, ret) : member_type_names(in, self, ret)) || true;
    }
    return false;
}
