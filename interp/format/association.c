// interp/format/association.c: the properties of an object that a shape shows.
#include <string.h>

#include "base/mem.h"
#include "interp/format/formatter.h"
#include "interp/value/member.h"
#include "interp/value/type-data.h"
#include "interp/value/types.h"

void associations_free(struct associations *list)
{
    for (size_t i = 0; i < list->count; i++)
        value_drop(list->items[i].name);
    mem_free(list->items, list->capacity * sizeof *list->items);
    *list = (struct associations){0};
}

static bool add(struct interp *in, struct associations *list, const struct expression *from, value name)
{
    if (list->count == list->capacity) {
        struct association *items = mem_grow(list->items, &list->capacity, 8, sizeof *items);
        if (!items)
            return throw_memory(in);
        list->items = items;
    }
    list->items[list->count++] = (struct association){from, value_keep(name)};
    return true;
}

static bool add_resolved(struct interp *in, const struct expression *from, value target, bool keep_unresolved,
                         struct associations *list)
{
    value names;
    if (!expression_names(in, from, target, &names))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < names.array->count; i++)
        ok = add(in, list, from, names.array->items[i]);
    if (ok && names.array->count == 0 && keep_unresolved && !expression_is_pattern(from))
        ok = add(in, list, from, from->source);
    value_drop(names);
    return ok;
}

bool associations_of(struct interp *in, const struct expressions *given, value target, bool keep_unresolved,
                     struct associations *ret)
{
    *ret = (struct associations){0};
    for (size_t i = 0; i < given->count; i++)
        if (!add_resolved(in, &given->items[i], target, keep_unresolved, ret))
            return associations_free(ret), false;
    return true;
}

static bool add_name(struct interp *in, const char *name, size_t size, struct associations *list)
{
    value text;
    if (!string_new(in, name, size, &text))
        return false;
    bool ok = add(in, list, NULL, text);
    value_drop(text);
    return ok;
}

// What PowerShell or the user added to an object of a .NET type.
static bool is_extended(struct interp *in, value target, const char *name, size_t size)
{
    const struct type *type = value_type(target);
    if (type == &type_custom)
        return false;
    if (member_find(value_members(in, target), name, size))
        return false;
    if (member_lookup(in, target, name, size))
        return true;
    for (; type; type = type->base)
        for (const struct property *p = type->properties; p && p->name; p++)
            if (!strcmp(p->name, name))
                return p->extended;
    return true;
}

// Without a choice by the user an object's own properties come first (with a pattern they come as they
// stand).
static bool add_all(struct interp *in, value target, struct associations *list)
{
    for (int extended = 0; extended < 2; extended++) {
        struct member_walk walk;
        const char *name;
        size_t size;
        for (member_walk_start(in, &walk, target); member_walk_next(&walk, &name, &size);)
            if (is_extended(in, target, name, size) == extended && !add_name(in, name, size, list))
                return false;
    }
    return true;
}

static bool add_set(struct interp *in, const char *names, struct associations *list)
{
    while (*names) {
        size_t size = strcspn(names, " ");
        if (!add_name(in, names, size, list))
            return false;
        names += size + (names[size] == ' ');
    }
    return true;
}

static bool add_names(struct interp *in, value names, struct associations *list)
{
    for (size_t i = 0; i < names.array->count; i++)
        if (!add(in, list, NULL, names.array->items[i]))
            return false;
    return true;
}

// The set that the object was given itself, in its PSStandardMembers, or its type by Update-TypeData.
static value given_set(struct interp *in, value target)
{
    const struct member *standard = member_lookup(in, target, "PSStandardMembers", 17);
    bool set = standard && standard->kind == MEMBER_MEMBER_SET && value_is_heap(standard->val);
    const struct member *shown =
        set ? member_find(standard->val.object->members, "DefaultDisplayPropertySet", 25) : NULL;
    if (shown && shown->kind == MEMBER_PROPERTY_SET && value_enumerable(shown->val))
        return shown->val;
    return type_data_field(in, target, DATA_DISPLAY_SET);
}

bool associations_default(struct interp *in, value target, struct associations *ret)
{
    const char *set = view_display_set(target);
    *ret = (struct associations){0};
    value given = given_set(in, target);
    bool ok = value_enumerable(given) ? add_names(in, given, ret)
              : set                   ? add_set(in, set, ret)
                                      : add_all(in, target, ret);
    if (!ok)
        associations_free(ret);
    return ok;
}

bool association_label(struct interp *in, const struct association *association, value *ret)
{
    const struct expression *from = association->from;
    if (from && from->label.kind == V_STRING)
        return *ret = value_keep(from->label), true;
    if (association->name.kind == V_STRING)
        return *ret = value_keep(association->name), true;
    return value_to_string(in, association->name, ret); // a script block
}
