#include "interp/value/member.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/value/error.h"
#include "interp/value/types.h"

struct member *member_find(const struct members *members, const char *name, size_t size)
{
    for (size_t i = 0; members && i < members->count; i++) {
        struct string *own = members->items[i].name.string;
        if (own->size == size && utf8_same_ignore_case(own->text, size, name, size))
            return &members->items[i];
    }
    return NULL;
}

static const struct property *find_property(const struct type *type, const char *name, size_t size)
{
    for (; type; type = type->base)
        for (const struct property *property = type->properties; property && property->name; property++)
            if (strlen(property->name) == size && utf8_same_ignore_case(property->name, size, name, size))
                return property;
    return NULL;
}

static const value *find_key(const struct table *table, const char *name, size_t size)
{
    for (size_t i = 0; i < table->used; i++) {
        value key = table->slots[i].key;
        if (key.kind != V_STRING || key.string->size != size)
            continue;
        if (table->case_sensitive ? !memcmp(key.string->text, name, size)
                                  : utf8_same_ignore_case(key.string->text, size, name, size))
            return &table->slots[i].val;
    }
    return NULL;
}

bool member_get(struct interp *in, value self, const char *name, size_t size, value *ret, bool *ret_found)
{
    *ret_found = true;
    if (value_is_heap(self)) {
        struct member *member = member_find(self.object->members, name, size);
        if (member && member->kind == MEMBER_ALIAS)
            return member_get(in, self, value_text(member->val), member->val.string->size, ret, ret_found);
        if (member && member->kind == MEMBER_NOTE)
            return *ret = value_keep(member->val), true;
    }
    const value *entry = self.kind == V_TABLE ? find_key(self.table, name, size) : NULL;
    if (entry)
        return *ret = value_keep(*entry), true;
    const struct property *property = find_property(value_type(self), name, size);
    if (property)
        return property->get(in, self, ret);
    *ret_found = false;
    *ret = value_null;
    return true;
}

static bool set_table(struct interp *in, struct table *table, const char *name, size_t size, value to)
{
    value key;
    if (!string_new(in, name, size, &key))
        return false;
    bool ok = table_set(in, table, key, to);
    value_drop(key);
    return ok;
}

bool member_set(struct interp *in, value self, const char *name, size_t size, value to)
{
    struct member *member = value_is_heap(self) ? member_find(self.object->members, name, size) : NULL;
    if (member && member->kind == MEMBER_NOTE)
        return value_set(&member->val, to), true;
    const struct property *property = find_property(value_type(self), name, size);
    if (self.kind == V_TABLE && !(property && property->set))
        return set_table(in, self.table, name, size, to);
    if (property && property->set)
        return property->set(in, self, to);
    if (property)
        return throw_error(in, "PropertyAssignmentException", CAT_InvalidOperation, self,
                           "'%.*s' is a property that can only be read.", (int)size, name);
    bool bag = value_type(self) == &type_custom;
    return throw_error(in, bag ? "ExceptionWhenSetting" : "PropertyAssignmentException",
                       bag ? CAT_NotSpecified : CAT_InvalidOperation, self,
                       "The property '%.*s' is not on this object, so it cannot be set.", (int)size, name);
}

static struct members *members_of(struct interp *in, value self)
{
    if (!value_is_heap(self))
        return throw_error(in, "MemberOnPlainValue", CAT_InvalidOperation, self,
                           "Members can be added to objects only."),
               NULL;
    if (!self.object->members)
        self.object->members = mem_new(1, sizeof(struct members));
    if (!self.object->members)
        throw_memory(in);
    return self.object->members;
}

static bool append(struct interp *in, struct members *members, value name, value val, enum member_kind kind)
{
    if (members->count == members->capacity) {
        size_t more = members->capacity ? members->capacity * 2 : 4;
        struct member *items =
            mem_resize(members->items, members->capacity * sizeof *items, more * sizeof *items);
        if (!items)
            return throw_memory(in);
        members->items = items;
        members->capacity = more;
    }
    members->items[members->count++] = (struct member){value_keep(name), value_keep(val), (uint8_t)kind};
    return true;
}

bool member_add(struct interp *in, value self, const char *name, value val)
{
    struct members *members = members_of(in, self);
    if (!members)
        return false;
    struct member *old = member_find(members, name, strlen(name));
    if (old)
        return value_set(&old->val, val), true;
    value text;
    if (!string_text(in, name, &text))
        return false;
    bool ok = append(in, members, text, val, MEMBER_NOTE);
    value_drop(text);
    return ok;
}

bool member_remove(value self, const char *name, size_t size)
{
    struct members *members = value_is_heap(self) ? self.object->members : NULL;
    struct member *member = member_find(members, name, size);
    if (!member)
        return false;
    struct member old = *member;
    size_t at = (size_t)(member - members->items);
    memmove(member, member + 1, (--members->count - at) * sizeof *member);
    value_drop(old.name);
    value_drop(old.val);
    return true;
}

bool member_add_type_name(struct interp *in, value self, const char *name)
{
    struct members *members = members_of(in, self);
    value text, list = value_null;
    if (!members || !string_text(in, name, &text))
        return false;
    bool ok = list_new(in, NULL, &list) && list_add(in, list.array, text);
    for (size_t i = 0; ok && members->type_names.kind == V_LIST && i < members->type_names.array->count; i++)
        ok = list_add(in, list.array, members->type_names.array->items[i]);
    value_drop(text);
    if (ok)
        value_set(&members->type_names, list);
    value_drop(list);
    return ok;
}

void member_walk_start(struct member_walk *walk, value self)
{
    *walk = (struct member_walk){.self = self, .type = value_type(self)};
}

static bool hidden_by_derived(const struct member_walk *walk, const char *name)
{
    for (const struct type *type = value_type(walk->self); type && type != walk->type; type = type->base)
        for (const struct property *property = type->properties; property && property->name; property++)
            if (!strcmp(property->name, name))
                return true;
    struct members *members = value_is_heap(walk->self) ? walk->self.object->members : NULL;
    return member_find(members, name, strlen(name));
}

static bool next_own(struct member_walk *walk, const char **ret_name, size_t *ret_size)
{
    struct members *members = value_is_heap(walk->self) ? walk->self.object->members : NULL;
    while (members && walk->at < members->count) {
        const struct member *member = &members->items[walk->at++];
        if (member->kind == MEMBER_SCRIPT_METHOD)
            continue;
        *ret_name = value_text(member->name);
        *ret_size = member->name.string->size;
        return true;
    }
    walk->stage = 1;
    walk->at = 0;
    return false;
}

bool member_walk_next(struct member_walk *walk, const char **ret_name, size_t *ret_size)
{
    if (walk->stage == 0 && next_own(walk, ret_name, ret_size))
        return true;
    for (; walk->type; walk->type = walk->type->base, walk->at = 0) {
        const struct property *properties = walk->type->properties;
        while (properties && properties[walk->at].name) {
            const char *name = properties[walk->at++].name;
            if (hidden_by_derived(walk, name))
                continue;
            *ret_name = name;
            *ret_size = strlen(name);
            return true;
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
            return value_text(names->items[n]);
        n -= names->count;
    }
    const struct type *type = value_type(v);
    for (const char *const *names = type ? type->type_names : NULL; names && *names; names++)
        if (n-- == 0)
            return *names;
    for (; type; type = type->base)
        if (n-- == 0)
            return type->name;
    return NULL;
}
