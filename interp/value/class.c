// Instances of classes that texts define: their memory, and what their own methods say about them.
#include "interp/value/class.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/member.h"
#include "interp/value/objects.h"

// --- Properties
// ---------------------------------------------------------------------------------------------------

static value *place_of(const struct field *field, value self)
{
    return field->at ? field->at : &instance_slots(field->owner, self.object)[field->slot];
}

bool class_read(struct interp *in, const struct field *field, value self, value *ret)
{
    if (field->at && in->start_class && !in->start_class(in, field->owner))
        return false;
    return *ret = value_keep(*place_of(field, self)), true;
}

static bool refuse(struct interp *in, const char *name)
{
    value cause = value_keep(in->thrown);
    value_set(&in->thrown, value_null);
    throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null, "'%s' cannot be set: %s", name,
                cause.kind == V_ERROR ? value_text(cause.error->message) : "");
    return value_drop(cause), false;
}

bool class_store(struct interp *in, struct field *field, value self, value v)
{
    value converted;
    if (v.kind == V_VOID)
        v = value_null;
    if (!value_convert(in, v, field->type, &converted))
        return false;
    if (field->node && !in->allows(in, field, converted))
        return value_drop(converted), false;
    value *place = place_of(field, self), old = *place;
    *place = converted;
    return value_drop(old), true;
}

bool class_write(struct interp *in, const struct property *property, value self, value to)
{
    struct field *field = property->field;
    if (field->at && in->start_class && !in->start_class(in, field->owner))
        return false;
    return class_store(in, field, self, to) || refuse(in, property->name);
}

// --- Making and releasing
// -----------------------------------------------------------------------------------------

bool class_new(struct interp *in, struct class *class, value *ret)
{
    size_t size = class->native_size + class->slots * sizeof(value);
    struct object *object = heap_new(in, size, class->kind, &class->type);
    if (!object)
        return false;
    *ret = (value){.kind = (uint8_t) class->kind, .object = object};
    value *slots = instance_slots(class, object);
    for (size_t i = 0; i < class->slots; i++)
        slots[i] = value_keep(class->first[i]);
    return true;
}

static void release(struct object *object)
{
    const struct class *class = object->type->class;
    value *slots = instance_slots(class, object);
    for (size_t i = 0; i < class->slots; i++)
        value_drop(slots[i]);
    for (const struct type *type = class->native; type; type = type->base)
        if (type->release) {
            type->release(object);
            return;
        }
}

bool class_take_native(struct interp *in, value self, const value *args, size_t count)
{
    struct class *class = (struct class *)self.object->type->class;
    char kept[512];
    size_t head = sizeof(struct object), size = class->native_bytes - head;
    value made;
    if (!size || (!count && !type_constructors(class->native)))
        return true;
    if (!type_construct(in, class->native, args, count, &made))
        return false;
    if (made.kind == self.kind && size <= sizeof kept) {
        char *own = (char *)self.object + head, *other = (char *)made.object + head;
        memcpy(kept, own, size);
        memcpy(own, other, size);
        memcpy(other, kept, size);
    }
    return value_drop(made), true;
}

// --- Methods that others ask for
// --------------------------------------------------------------------------------------

static bool takes(const struct method *row, const char *name, size_t count)
{
    return row->made && row->made->count == count &&
           utf8_same_ignore_case(row->name, strlen(row->name), name, strlen(name));
}

const struct method *class_method(const struct type *type, const char *name, size_t count)
{
    for (const struct class *class = class_of(type); class; class = class->base)
        for (const struct method *row = class->members.methods; row && row->name; row++)
            if (takes(row, name, count))
                return row;
    return NULL;
}

static bool ask(struct interp *in, value self, const char *name, const value *args, size_t count,
                bool *ret_found, value *ret)
{
    const struct method *row = class_method(self.object->type, name, count);
    *ret_found = row;
    return !row || in->call_made(in, row, self, args, count, ret);
}

// What is enumerable is shown by its items.
static bool joined(struct interp *in, value self, value *ret)
{
    struct value_walk walk;
    value list, item;
    bool ok = true;
    if (!list_new(in, NULL, &list))
        return false;
    value_walk_start(&walk, self);
    while (ok && value_walk_next(in, &walk, &item))
        ok = list_add(in, list.array, item), value_drop(item);
    value_walk_end(&walk);
    ok = ok && value_is_null(in->thrown) && value_to_string(in, list, ret);
    return value_drop(list), ok;
}

bool class_getter(struct interp *in, value self, const char *name, size_t size, value *ret)
{
    const struct class *class = class_of(value_type(self));
    char getter[64] = "get_";
    *ret = value_null;
    if (size + 5 > sizeof getter || (class->native == &type_object && !*class->interfaces))
        return false;
    memcpy(getter + 4, name, size);
    getter[4 + size] = 0;
    const struct method *row = class_method(&class->type, getter, 0);
    return row && (in->call_made(in, row, self, NULL, 0, ret) || (*ret = value_null, true));
}

bool class_format(struct interp *in, value self, const char *spec, size_t size, value *ret)
{
    const struct class *class = class_of(value_type(self));
    const struct method *row = class_method(&class->type, "ToString", 2);
    value args[2] = {value_null, value_null};
    if (!row || !class_implements(class, &type_formattable))
        return false;
    if (size && !string_new(in, spec, size, &args[0]))
        return false;
    bool ok = in->call_made(in, row, self, args, 2, ret);
    return value_drop(args[0]), ok;
}

bool class_text(struct interp *in, value self, value *ret)
{
    bool found;
    value text;
    if (!ask(in, self, "ToString", NULL, 0, &found, &text))
        return false;
    if (found) {
        bool ok = value_to_string(in, text, ret);
        return value_drop(text), ok;
    }
    for (const struct type *type = class_of(self.object->type)->native; type; type = type->base)
        if (type->to_string)
            return type->to_string(in, self, ret);
    return string_text(in, self.object->type->name, ret);
}

// What PowerShell makes of an object: its items, its IFormattable, its ToString.
static bool to_string(struct interp *in, value self, value *ret)
{
    if (self.kind == V_OBJECT && class_implements(class_of(self.object->type), &type_enumerable))
        return joined(in, self, ret);
    if (class_format(in, self, "", 0, ret))
        return true;
    return value_is_null(in->thrown) && class_text(in, self, ret);
}

static bool equal(value a, value b)
{
    struct class *class = class_of(a.object->type);
    bool found;
    value same;
    if (a.object == b.object)
        return true;
    if (!class || !ask(class->in, a, "Equals", &b, 1, &found, &same) || !found)
        return false;
    bool yes = value_truth(same);
    return value_drop(same), yes;
}

static int compare(value a, value b)
{
    struct class *class = class_of(a.object->type);
    bool found;
    value order;
    int32_t number = 0;
    if (!ask(class->in, a, "CompareTo", &b, 1, &found, &order) || !found)
        return 0;
    value_to_int(class->in, order, &number);
    return value_drop(order), number;
}

void class_set_behaviour(struct class *class)
{
    struct type *type = &class->type;
    type->to_string = to_string;
    type->release = release;
    type->size = class->native_size + class->slots * sizeof(value);
    type->equal = class_method(type, "Equals", 1) ? equal : class->native->equal;
    type->compare = class_method(type, "CompareTo", 1) ? compare : class->native->compare;
}

// --- Enumeration
// --------------------------------------------------------------------------------------------------

bool class_yields(const struct class *class)
{
    return class_implements(class, &type_enumerable) || class_implements(class, &type_enumerator);
}

static bool call(struct interp *in, value self, const char *name, value *ret)
{
    value text;
    if (!string_text(in, name, &text))
        return false;
    bool ok = method_invoke(in, self, text, NULL, 0, ret);
    return value_drop(text), ok;
}

static bool current(struct interp *in, value self, value *ret)
{
    bool found;
    if (!member_get(in, self, "Current", 7, ret, &found))
        return false;
    return found || call(in, self, "get_Current", ret);
}

bool class_next(struct interp *in, struct value_walk *walk, value *ret_item)
{
    value more;
    bool self = class_implements(walk->over.object->type->class, &type_enumerator);
    if (walk->held.kind == V_NULL && self)
        walk->held = value_keep(walk->over);
    else if (walk->held.kind == V_NULL && !call(in, walk->over, "GetEnumerator", &walk->held))
        return false;
    if (value_is_null(walk->held) || !call(in, walk->held, "MoveNext", &more))
        return false;
    bool yes = value_truth(more);
    value_drop(more);
    return yes && current(in, walk->held, ret_item);
}

// --- Operators
// ----------------------------------------------------------------------------------------------------

static void gather_rows(const struct method *row, const char *name, struct overloads *ret)
{
    for (; row && row->name; row++)
        if (utf8_same_ignore_case(row->name, strlen(row->name), name, strlen(name)) && ret->count < 64)
            ret->rows[ret->count++] = row;
}

static void gather(const struct type *type, const char *name, struct overloads *ret)
{
    for (const struct class *class = class_of(type); class; class = class->base)
        gather_rows(class->members.statics, name, ret);
    if (type && type->full && type->full->operators)
        gather_rows(type->full->statics, name, ret);
}

bool class_operate(struct interp *in, const char *method, value left, value right, bool *ret_found,
                   value *ret)
{
    struct overloads found = {0};
    const struct type *first = value_type(left), *second = value_type(right);
    value args[2] = {left, right};
    gather(first, method, &found);
    if (first != second)
        gather(second, method, &found);
    *ret_found = found.count;
    return !found.count ||
           method_call(in, &found, value_null, method, args, right.kind == V_VOID ? 1 : 2, ret);
}

static const struct method *cast_of(const struct type *type, const struct type *from, const struct type *to)
{
    struct overloads found = {0};
    gather(type, "op_Implicit", &found);
    gather(type, "op_Explicit", &found);
    for (size_t i = 0; i < found.count; i++) {
        const struct made_method *made = found.rows[i]->made;
        bool gives = made->returns == to;
        if (gives && made->count == 1 &&
            (made->types[0] == from || conversion_rank_types(from, made->types[0])))
            return found.rows[i];
    }
    return NULL;
}

bool class_cast(struct interp *in, value v, const struct type *to, bool *ret_found, value *ret)
{
    const struct type *from = value_type(v);
    const struct method *row = cast_of(to, from, to);
    if (!row && from)
        row = cast_of(from, from, to);
    *ret_found = row;
    if (!row)
        return true;
    struct overloads one = {.rows = {row}, .count = 1};
    return method_call(in, &one, value_null, row->name, &v, 1, ret);
}

static bool is_bag(const struct type *type)
{
    return type == &type_hashtable || type == &type_ordered || type == &type_custom ||
           type == &type_dictionary;
}

enum rank class_rank(const struct type *from, const struct type *to)
{
    const struct class *class = class_of(to);
    bool none = false, one = false;
    if (cast_of(to, from, to) || cast_of(from, from, to))
        return RANK_IMPLICIT_CAST;
    for (const struct method *row = class ? class->members.statics : NULL; row && row->name; row++)
        if (from == &type_string && takes(row, "Parse", 1) && row->made->types[0] == &type_string)
            return RANK_PARSE;
    for (const struct method *row = class ? class->members.constructors : NULL; row && row->name; row++) {
        none |= !row->made->count;
        one |= row->made->count == 1 && row->made->types[0] != to &&
               conversion_rank_types(from, row->made->types[0]) >= RANK_NUMERIC_IMPLICIT;
    }
    return one ? RANK_CONSTRUCTOR : none && is_bag(from) ? RANK_BAG : RANK_NONE;
}

bool class_implements(const struct class *class, const struct type *interface)
{
    for (; class; class = class->base)
        for (const struct type *const *at = class->interfaces; at && *at; at++)
            if (*at == interface || type_implements(*at, interface))
                return true;
    return false;
}
