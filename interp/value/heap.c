// Reference counts, and the release of what nobody holds any more.
#include "base/mem.h"
#include "interp/value/bigint.h"
#include "interp/value/class.h"
#include "interp/value/cycles.h"
#include "interp/value/member-index.h"
#include "interp/value/member.h"
#include "interp/value/types.h"
#include "syntax/parser.h"

const value value_null = {.kind = V_NULL}, value_void = {.kind = V_VOID};
const value value_true = {.kind = V_BOOL, .b = true}, value_false = {.kind = V_BOOL, .b = false};

// Objects whose last reference is gone wait here, linked through their `members` field, so that a structure
// of any depth is released by one loop. It is the process's only mutable static of this layer: value_drop has
// no room to hand a list through the release functions of native types.
static struct {
    struct object *objects;
    struct members *members;
    bool draining;
} doomed;

static void release_array(struct array *array)
{
    for (size_t i = 0; i < array->count; i++)
        value_drop(array->items[i]);
    array->count = 0;
    if (array->head.type->release)
        array->head.type->release(&array->head);
    mem_free(array->items, array->capacity * sizeof(value));
    if (array->lengths)
        mem_free(array->lengths, array->rank * sizeof(size_t));
    cycles_free(array, array->head.type->size ? array->head.type->size : sizeof *array);
}

static void release_table(struct table *table)
{
    for (size_t i = 0; i < table->used; i++) {
        value_drop(table->slots[i].key);
        value_drop(table->slots[i].val);
    }
    mem_free(table->slots, table->capacity * sizeof *table->slots);
    mem_free(table->index, table->capacity * 2 * sizeof *table->index);
    if (table->head.type->release)
        table->head.type->release(&table->head);
    cycles_free(table, table->head.type->size ? table->head.type->size : sizeof *table);
}

#define OF_ERROR(record)                                                                                     \
    {                                                                                                        \
        (record)->id, (record)->message, (record)->target, (record)->activity, (record)->exception,          \
            (record)->invocation, (record)->details, (record)->reason, (record)->target_name,                \
            (record)->target_type, (record)->stack, (record)->command                                        \
    }

static void release_error(struct error_record *record)
{
    value own[] = OF_ERROR(record);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        value_drop(own[i]);
    if (record->source)
        source_free(record->source);
    cycles_free(record, sizeof *record);
}

static void release_native(struct object *object)
{
    size_t size = object->type->size;
    for (const struct type *type = object->type; type; type = type->base)
        if (type->release) {
            type->release(object);
            break;
        }
    cycles_free(object, size);
}

static void release(struct object *object)
{
    switch (object->kind) {
    case V_STRING:
        mem_free(object, object->spare ? (size_t)1 << object->spare
                                       : sizeof(struct string) + ((struct string *)object)->size + 1);
        break;
    case V_ARRAY:
    case V_LIST:
        release_array((struct array *)object);
        break;
    case V_TABLE:
        release_table((struct table *)object);
        break;
    case V_DECIMAL:
        mem_free(object, sizeof(struct boxed_decimal));
        break;
    case V_BIGINT:
        bigint_release(object);
        break;
    case V_ERROR:
        release_error((struct error_record *)object);
        break;
    default:
        release_native(object);
        break;
    }
}

void members_free(struct members *members)
{
    for (size_t i = 0; i < members->count; i++) {
        value_drop(members->items[i].name);
        value_drop(members->items[i].val);
        value_drop(members->items[i].second);
    }
    value_drop(members->type_names);
    if (members->promise)
        object_drop(&members->promise->head);
    member_index_drop(members);
    mem_free(members->items, members->capacity * sizeof *members->items);
    mem_free(members, sizeof *members);
}

void object_teardown(struct object *object)
{
    struct members *members = object->members;
    object->members = NULL;
    if (members)
        members_free(members);
    release(object);
}

// --- What an object holds
// ------------------------------------------------------------------------------------------

static void visit_members(const struct members *members, struct visitor *visitor)
{
    for (size_t i = 0; i < members->count; i++) {
        visit_value(visitor, members->items[i].name);
        visit_value(visitor, members->items[i].val);
        visit_value(visitor, members->items[i].second);
    }
    visit_value(visitor, members->type_names);
    if (members->promise)
        visitor->see(visitor, &members->promise->head);
}

static void visit_fields(const struct fields *fields, struct visitor *visitor)
{
    for (size_t i = 0; i < sizeof fields->at / sizeof *fields->at; i++)
        visit_value(visitor, fields->at[i]);
}

static void visit_native(struct object *object, struct visitor *visitor)
{
    const struct class *class = object->type->class;
    value *slots = class ? instance_slots(class, object) : NULL;
    for (size_t i = 0; class && i < class->slots; i++)
        visit_value(visitor, slots[i]);
    for (const struct type *type = class ? class->native : object->type; type; type = type->base)
        if (type->each || type->release) {
            if (type->each)
                type->each(object, visitor);
            else if (type->release == fields_release)
                visit_fields((const struct fields *)object, visitor);
            return;
        }
}

static void visit_error(const struct error_record *record, struct visitor *visitor)
{
    const value own[] = OF_ERROR(record);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        visit_value(visitor, own[i]);
}

void visit_children(struct object *object, struct visitor *visitor)
{
    const struct array *array = (const struct array *)object;
    const struct table *table = (const struct table *)object;
    if (object->members)
        visit_members(object->members, visitor);
    for (size_t i = 0; (object->kind == V_ARRAY || object->kind == V_LIST) && i < array->count; i++)
        visit_value(visitor, array->items[i]);
    for (size_t i = 0; object->kind == V_TABLE && i < table->used; i++) {
        visit_value(visitor, table->slots[i].key);
        visit_value(visitor, table->slots[i].val);
    }
    if (object->kind == V_ERROR)
        visit_error((const struct error_record *)object, visitor);
    else
        visit_native(object, visitor);
}

static void drain(void)
{
    doomed.draining = true;
    while (doomed.objects || doomed.members) {
        if (doomed.members) {
            struct members *members = doomed.members;
            doomed.members = members->next;
            members_free(members);
            continue;
        }
        struct object *object = doomed.objects;
        doomed.objects = (struct object *)object->members;
        release(object);
    }
    doomed.draining = false;
}

void value_release(struct object *object)
{
    if (object->members) {
        object->members->next = doomed.members;
        doomed.members = object->members;
    }
    object->members = (struct members *)doomed.objects;
    doomed.objects = object;
    if (!doomed.draining)
        drain();
}

void *heap_new(struct interp *in, size_t size, enum value_kind kind, const struct type *type)
{
    bool counted_alone = kind == V_STRING || kind == V_DECIMAL || kind == V_BIGINT;
    struct object *object = counted_alone ? mem_new(1, size) : cycles_new(size);
    if (!object)
        return throw_memory(in), NULL;
    object->refs = 1;
    object->kind = (uint8_t)kind;
    object->type = type;
    return object;
}

bool object_new(struct interp *in, const struct type *type, value *ret)
{
    struct object *object = heap_new(in, type->size, V_OBJECT, type);
    if (!object)
        return false;
    *ret = (value){.kind = V_OBJECT, .object = object};
    return true;
}

bool custom_new(struct interp *in, value *ret)
{
    return object_new(in, &type_custom, ret);
}

bool decimal_new(struct interp *in, struct decimal number, value *ret)
{
    struct boxed_decimal *boxed = heap_new(in, sizeof *boxed, V_DECIMAL, &type_decimal);
    if (!boxed)
        return false;
    boxed->number = number;
    *ret = (value){.kind = V_DECIMAL, .decimal = boxed};
    return true;
}
