// Members of objects: those that every object of its type has, those it was given, and those that its type
// names were given.
#include "interp/value/member.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/class.h"
#include "interp/value/error.h"
#include "interp/value/member-index.h"
#include "interp/value/set.h"
#include "interp/value/shared-name.h"
#include "interp/value/type-data.h"
#include "interp/value/types.h"

struct member *member_find(const struct members *members, const char *name, size_t size)
{
    if (members && members->index)
        return member_index_find(members, name, size);
    for (size_t i = 0; members && i < members->count; i++) {
        struct string *own = members->items[i].name.string;
        if (own->size == size && utf8_same_ignore_case(own->text, size, name, size))
            return &members->items[i];
    }
    return NULL;
}

const struct property *property_find(const struct type *type, const char *name, size_t size)
{
    for (; type; type = type->base)
        for (const struct property *property = type->properties; property && property->name; property++)
            if (strlen(property->name) == size && utf8_same_ignore_case(property->name, size, name, size))
                return property;
    return NULL;
}

static const struct member *shared_member(struct interp *in, value self, const char *name, size_t size)
{
    const char *type_name;
    for (size_t i = 0; (type_name = value_type_name(self, i)); i++) {
        const struct type_data *data = type_data_find(in, type_name);
        const struct member *found = data ? member_find(type_data_members(data), name, size) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

const struct member *member_lookup(struct interp *in, value self, const char *name, size_t size)
{
    const struct member *own = member_find(value_members(in, self), name, size);
    if (own || in->type_data.kind != V_TABLE)
        return own;
    return shared_member(in, self, name, size);
}

// --- Boxes ---

struct boxes {
    size_t count, capacity;
    struct members **at;
};
enum { BOXES_MOST = 0xFFFFFF }; // what three bytes beside a number can say

static size_t box_of(value v)
{
    if (value_is_heap(v) || v.kind == V_ENUM)
        return 0;
    return v.pad[0] | (size_t)v.pad[1] << 8 | (size_t)v.pad[2] << 16;
}

// What the object was promised comes to be.
static struct members *keep_promise(const struct interp *in, value v)
{
    struct members *members = v.object->members;
    struct promise *promise = members->promise;
    members->promise = NULL;
    promise->fill((struct interp *)in, promise, members->number, v);
    object_drop(&promise->head);
    return members;
}

struct members *value_members(const struct interp *in, value v)
{
    if (value_is_heap(v)) {
        struct members *members = v.object->members;
        return members && members->promise ? keep_promise(in, v) : members;
    }
    size_t box = box_of(v);
    return box ? in->boxes->at[box - 1] : NULL;
}

static bool box_make(struct interp *in, size_t *ret)
{
    if (!in->boxes && !(in->boxes = mem_new(1, sizeof *in->boxes)))
        return throw_memory(in);
    struct boxes *boxes = in->boxes;
    if (boxes->count == boxes->capacity) {
        struct members **at =
            boxes->count < BOXES_MOST ? mem_grow(boxes->at, &boxes->capacity, 16, sizeof *at) : NULL;
        if (!at)
            return throw_memory(in);
        boxes->at = at;
    }
    boxes->at[boxes->count++] = NULL;
    return *ret = boxes->count, true;
}

bool value_box(struct interp *in, value *v)
{
    size_t box = 0;
    value copy;
    if (v->kind == V_STRING && !v->object->members) {
        if (!string_new(in, value_text(*v), v->string->size, &copy))
            return false;
        value_drop(*v);
        *v = copy;
    }
    if (value_is_heap(*v) || v->kind == V_ENUM || box_of(*v))
        return true;
    if (!box_make(in, &box))
        return false;
    v->pad[0] = (uint8_t)box;
    v->pad[1] = (uint8_t)(box >> 8);
    v->pad[2] = (uint8_t)(box >> 16);
    return true;
}

void boxes_free(struct interp *in)
{
    for (size_t i = 0; in->boxes && i < in->boxes->count; i++)
        if (in->boxes->at[i])
            members_free(in->boxes->at[i]);
    if (in->boxes)
        mem_free(in->boxes->at, in->boxes->capacity * sizeof *in->boxes->at);
    mem_free(in->boxes, sizeof *in->boxes);
    in->boxes = NULL;
}

static struct members **members_slot(struct interp *in, value v)
{
    if (value_is_heap(v)) {
        value_members(in, v);
        return &v.object->members;
    }
    size_t box = box_of(v);
    return box ? &in->boxes->at[box - 1] : NULL;
}

static struct members *members_make(struct interp *in, value self)
{
    struct members **slot = members_slot(in, self);
    if (!slot)
        return throw_error(in, "MemberOnPlainValue", CAT_InvalidOperation, self,
                           "Members can be added to objects only."),
               NULL;
    if (!*slot && !(*slot = mem_new(1, sizeof **slot)))
        throw_memory(in);
    return *slot;
}

// --- Reading ---

bool property_read(struct interp *in, const struct property *property, value self, value *ret)
{
    return property->field ? class_read(in, property->field, self, ret) : property->get(in, self, ret);
}

bool property_write(struct interp *in, const struct property *property, value self, value to)
{
    return property->field ? class_write(in, property, self, to) : property->set(in, self, to);
}

// What the script behind a member throws goes into $Error; told is the member's failure.
static bool script_failed(struct interp *in, const char *id, const struct member *member)
{
    value inner = in->thrown;
    if (inner.kind != V_ERROR || inner.error->escaped)
        return false;
    in->thrown = value_null;
    interp_remember(in, inner);
    if (id)
        throw_error(in, id, CAT_NotSpecified, value_null, "'%s': %s", value_text(member->name),
                    inner.error->message.kind == V_STRING ? value_text(inner.error->message) : "");
    return value_drop(inner), !id;
}

// A property whose script fails is $null.
static bool read_script(struct interp *in, value self, const struct member *member, value *ret)
{
    if (value_is_null(member->val))
        return throw_error(in, "GetWithoutGetterFromScriptPropertyValue", CAT_NotSpecified, value_null,
                           "'%s' can only be set.", value_text(member->name));
    value block = value_keep(member->val);
    bool ok = in->member_block && in->member_block(in, block, self, NULL, 0, ret);
    value_drop(block);
    if (!ok && !script_failed(in, NULL, member))
        return false;
    if (!ok || ret->kind == V_VOID)
        *ret = value_null;
    return true;
}

static bool read_alias(struct interp *in, value self, const struct member *member, value *ret,
                       bool *ret_found)
{
    value raw, name = value_keep(member->val), to = value_keep(member->second);
    bool cycle = in->alias_depth++ > 16; // aliases of each other are of nothing
    bool ok = cycle ? (*ret_found = false, *ret = value_null, true)
                    : member_get(in, self, value_text(name), name.string->size, ret, ret_found);
    in->alias_depth--;
    if (ok && *ret_found && to.kind == V_TYPE) {
        raw = *ret;
        ok = value_convert(in, raw, to.type, ret);
        value_drop(raw);
    }
    value_drop(name);
    value_drop(to);
    return ok;
}

bool member_value(struct interp *in, value self, const struct member *member, value *ret, bool *ret_found)
{
    *ret_found = true;
    switch ((enum member_kind)member->kind) {
    case MEMBER_SCRIPT:
        return read_script(in, self, member, ret);
    case MEMBER_ALIAS:
        return read_alias(in, self, member, ret, ret_found);
    case MEMBER_SCRIPT_METHOD:
        *ret_found = false;
        return *ret = value_null, true;
    case MEMBER_VARIABLE:
        return member_get(in, member->val, "Value", 5, ret, ret_found);
    default:
        return *ret = value_keep(member->val), true;
    }
}

static bool is_intrinsic(const char *name, size_t size)
{
    return size >= 6 && size <= 11 && (name[0] | 32) == 'p' && (name[1] | 32) == 's';
}

bool member_get(struct interp *in, value self, const char *name, size_t size, value *ret, bool *ret_found)
{
    *ret_found = true;
    if (is_intrinsic(name, size) && intrinsic_get && !value_is_null(self) &&
        intrinsic_get(in, self, name, size, ret))
        return value_is_null(in->thrown);
    const struct member *member = member_lookup(in, self, name, size);
    if (member && member->kind != MEMBER_SCRIPT_METHOD)
        return member_value(in, self, member, ret, ret_found);
    const value *entry = self.kind == V_TABLE ? table_get_name(self.table, name, size) : NULL;
    if (entry)
        return *ret = value_keep(*entry), true;
    const struct type *type = value_type(self);
    if (type && type->adapter) {
        if (!type->adapter->get(in, self, name, size, ret, ret_found))
            return false;
        if (*ret_found)
            return true;
        *ret_found = true;
    }
    const struct property *property = property_find(type, name, size);
    if (property)
        return property_read(in, property, self, ret);
    if (type && type->class && class_getter(in, self, name, size, ret))
        return value_is_null(in->thrown);
    *ret_found = false;
    *ret = value_null;
    return true;
}

bool member_named(struct interp *in, value self, const char *name, value *ret)
{
    bool found;
    return member_get(in, self, name, strlen(name), ret, &found);
}

static bool set_table(struct interp *in, struct table *table, const char *name, size_t size, value to)
{
    value key;
    if (!string_new(in, name, size, &key))
        return false;
    value self = {.kind = V_TABLE, .table = table};
    bool own = dictionary_checks && dictionary_checks(self);
    bool ok = own ? dictionary_put(in, self, key, to) : table_set(in, table, key, to);
    value_drop(key);
    return ok;
}

static bool write_script(struct interp *in, value self, const struct member *member, value to)
{
    value result;
    if (value_is_null(member->second))
        return throw_error(in, "SetWithoutSetterFromScriptProperty", CAT_NotSpecified, value_null,
                           "'%s' has no script that sets it.", value_text(member->name));
    value block = value_keep(member->second);
    bool ok = in->member_block && in->member_block(in, block, self, &to, 1, &result);
    value_drop(block);
    if (!ok)
        return script_failed(in, "ScriptSetValueRuntimeException", member);
    return value_drop(result), true;
}

bool member_assign(struct interp *in, value self, struct member *member, value to)
{
    if (member->kind == MEMBER_NOTE)
        return value_set(&member->val, to), true;
    if (member->kind == MEMBER_VARIABLE)
        return member_set(in, member->val, "Value", 5, to);
    if (member->kind == MEMBER_SCRIPT)
        return write_script(in, self, member, to);
    if (member->kind == MEMBER_ALIAS && in->alias_depth < 16) {
        value name = value_keep(member->val);
        in->alias_depth++;
        bool ok = member_set(in, self, value_text(name), name.string->size, to);
        in->alias_depth--;
        return value_drop(name), ok;
    }
    return throw_error(in, "PropertyAssignmentException", CAT_InvalidOperation, self, "'%s' cannot be set.",
                       value_text(member->name));
}

static bool not_settable(struct interp *in, value self, const char *name, size_t size)
{
    bool bag = value_type(self) == &type_custom || value_type(self)->adapter;
    return throw_error(in, bag ? "ExceptionWhenSetting" : "PropertyAssignmentException",
                       bag ? CAT_NotSpecified : CAT_InvalidOperation, self,
                       "The property '%.*s' is not on this object, so it cannot be set.", (int)size, name);
}

bool member_set(struct interp *in, value self, const char *name, size_t size, value to)
{
    const struct member *member = member_lookup(in, self, name, size);
    if (member && member->kind != MEMBER_SCRIPT_METHOD)
        return member_assign(in, self, (struct member *)member, to);
    const struct type *type = value_type(self);
    bool found = false;
    if (type && type->adapter && !type->adapter->set(in, self, name, size, to, &found))
        return false;
    if (found)
        return true;
    const struct property *property = property_find(type, name, size);
    if (self.kind == V_TABLE && !(property && property_is_writable(property)))
        return set_table(in, self.table, name, size, to);
    if (property && property_is_writable(property))
        return property_write(in, property, self, to);
    if (property)
        return throw_error(in, "PropertyAssignmentException", CAT_InvalidOperation, self,
                           "'%.*s' is a property that can only be read.", (int)size, name);
    return not_settable(in, self, name, size);
}

static bool append(struct interp *in, struct members *members, const struct member *member)
{
    if (members->count == members->capacity) {
        struct member *items = mem_grow(members->items, &members->capacity, 4, sizeof *items);
        if (!items)
            return throw_memory(in);
        members->items = items;
    }
    struct member *added = &members->items[members->count++];
    *added = *member;
    value_keep(added->name);
    value_keep(added->val);
    value_keep(added->second);
    return member_index_add(members), true;
}

bool member_put(struct interp *in, value self, const struct member *member)
{
    struct members *members = members_make(in, self);
    if (!members)
        return false;
    struct member *old = member_find(members, value_text(member->name), member->name.string->size);
    if (!old)
        return append(in, members, member);
    struct member gone = *old;
    *old = *member;
    value_keep(old->name);
    value_keep(old->val);
    value_keep(old->second);
    value_drop(gone.name);
    value_drop(gone.val);
    value_drop(gone.second);
    return true;
}

bool member_promise(struct interp *in, value self, struct promise *promise, int64_t number)
{
    struct members *members = members_make(in, self);
    if (!members)
        return false;
    if (members->count)
        return promise->fill(in, promise, number, self);
    object_keep(&promise->head);
    members->promise = promise;
    members->number = number;
    return true;
}

bool member_add(struct interp *in, value self, const char *name, value val)
{
    struct member *old = member_find(value_members(in, self), name, strlen(name));
    if (old && old->kind == MEMBER_NOTE)
        return value_set(&old->val, val), true;
    struct member added = {.val = val, .kind = MEMBER_NOTE};
    if (!name_shared(in, name, strlen(name), &added.name))
        return false;
    bool ok = member_put(in, self, &added);
    value_drop(added.name);
    return ok;
}

bool member_remove(struct interp *in, value self, const char *name, size_t size)
{
    struct members *members = value_members(in, self);
    struct member *member = member_find(members, name, size);
    if (!member)
        return false;
    struct member old = *member;
    size_t at = (size_t)(member - members->items);
    member_index_drop(members);
    memmove(member, member + 1, (--members->count - at) * sizeof *member);
    value_drop(old.name);
    value_drop(old.val);
    value_drop(old.second);
    return true;
}

// --- Type names ---

bool member_add_type_name(struct interp *in, value self, const char *name)
{
    struct members *members = members_make(in, self);
    value text, list = value_null;
    if (!members || !string_text(in, name, &text))
        return false;
    bool some = members->type_names.kind == V_LIST;
    bool ok = list_new(in, &type_consolidated_string, &list) && list_add(in, list.array, text);
    for (size_t i = 0; ok && some && i < members->type_names.array->count; i++)
        ok = list_add(in, list.array, members->type_names.array->items[i]);
    value_drop(text);
    if (ok) {
        members->prefix |= !some;
        value_set(&members->type_names, list);
    }
    value_drop(list);
    return ok;
}

static bool list_type_names(struct interp *in, value self, value *ret)
{
    value list, text;
    const char *name;
    if (!list_new(in, &type_consolidated_string, &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && (name = value_type_name(self, i)); i++) {
        ok = string_text(in, name, &text) && list_add(in, list.array, text);
        if (ok)
            value_drop(text);
    }
    if (!ok)
        return value_drop(list), false;
    return *ret = list, true;
}

bool member_type_names(struct interp *in, value self, value *ret)
{
    struct members *members = value_members(in, self);
    if (members && members->type_names.kind == V_LIST && !members->prefix)
        return *ret = value_keep(members->type_names), true;
    if (!list_type_names(in, self, ret))
        return false;
    if (!value_is_heap(self) || self.kind == V_STRING)
        return true;
    if (!(members = members_make(in, self)))
        return value_drop(*ret), false;
    members->prefix = false;
    return value_set(&members->type_names, *ret), true;
}

// --- The walk ---

void member_walk_start(struct interp *in, struct member_walk *walk, value self)
{
    *walk = (struct member_walk){.in = in, .self = self, .type = value_type(self)};
}

enum { WALK_OWN, WALK_SHARED, WALK_ADAPTED, WALK_TYPE };

static bool is_shown(const struct member *member)
{
    return member->kind <= MEMBER_SCRIPT && !member->hidden;
}

static bool show(const char *name, size_t size, const char **ret_name, size_t *ret_size)
{
    *ret_name = name;
    *ret_size = size;
    return true;
}

static void next_stage(struct member_walk *walk)
{
    walk->stage++;
    walk->at = walk->name = 0;
}

static bool hidden_by_derived(const struct member_walk *walk, const char *name)
{
    for (const struct type *type = value_type(walk->self); type && type != walk->type; type = type->base)
        for (const struct property *property = type->properties; property && property->name; property++)
            if (!strcmp(property->name, name))
                return true;
    return member_lookup(walk->in, walk->self, name, strlen(name));
}

static bool next_own(struct member_walk *walk, const char **ret_name, size_t *ret_size)
{
    struct members *members = value_members(walk->in, walk->self);
    while (members && walk->at < members->count) {
        const struct member *member = &members->items[walk->at++];
        if (is_shown(member))
            return show(value_text(member->name), member->name.string->size, ret_name, ret_size);
    }
    return next_stage(walk), false;
}

static bool next_of_name(struct member_walk *walk, const char *type_name, const char **ret_name,
                         size_t *ret_size)
{
    const struct type_data *data = type_data_find(walk->in, type_name);
    const struct members *members = data ? type_data_members(data) : NULL;
    while (members && walk->at < members->count) {
        const struct member *member = &members->items[walk->at++];
        size_t size = member->name.string->size;
        if (is_shown(member) && member_lookup(walk->in, walk->self, value_text(member->name), size) == member)
            return show(value_text(member->name), size, ret_name, ret_size);
    }
    return false;
}

static bool next_shared(struct member_walk *walk, const char **ret_name, size_t *ret_size)
{
    const char *type_name;
    bool any = walk->in->type_data.kind == V_TABLE;
    for (; any && (type_name = value_type_name(walk->self, walk->name)); walk->name++, walk->at = 0)
        if (next_of_name(walk, type_name, ret_name, ret_size))
            return true;
    return next_stage(walk), false;
}

static bool next_adapted(struct member_walk *walk, const char **ret_name, size_t *ret_size)
{
    const struct adapter *adapter = walk->type ? walk->type->adapter : NULL;
    const char *name = adapter ? adapter->name(walk->self, walk->at++, ret_size) : NULL;
    if (!name)
        return next_stage(walk), false;
    return *ret_name = name, true;
}

bool member_walk_next(struct member_walk *walk, const char **ret_name, size_t *ret_size)
{
    if (walk->stage == WALK_OWN && next_own(walk, ret_name, ret_size))
        return true;
    if (walk->stage == WALK_SHARED && next_shared(walk, ret_name, ret_size))
        return true;
    if (walk->stage == WALK_ADAPTED && next_adapted(walk, ret_name, ret_size))
        return true;
    if (walk->type && walk->type->adapter)
        return false;
    for (; walk->type; walk->type = walk->type->base, walk->at = 0) {
        const struct property *properties = walk->type->properties;
        while (properties && properties[walk->at].name) {
            const struct field *field = properties[walk->at].field;
            const char *name = properties[walk->at++].name;
            if (!(field && field->hidden && !walk->hidden) && !hidden_by_derived(walk, name))
                return show(name, strlen(name), ret_name, ret_size);
        }
    }
    return false;
}

const char *value_type_name(value v, size_t n)
{
    struct members *members = value_is_heap(v) ? v.object->members : NULL;
    if (members && members->type_names.kind == V_LIST) {
        struct array *names = members->type_names.array;
        if (n < names->count)
            return names->items[n].kind == V_STRING ? value_text(names->items[n]) : "";
        if (!members->prefix)
            return NULL;
        n -= names->count;
    }
    const struct type *type = value_type(v);
    for (const char *const *names = type ? type->type_names : NULL; names && *names; names++)
        if (n-- == 0)
            return *names;
    for (type = type ? type_public(type) : NULL; type; type = type->base)
        if (n-- == 0)
            return type->full_name ? type->full_name : type->name;
    return NULL;
}
