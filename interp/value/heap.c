// Reference counts, and the release of what nobody holds any more.
#include "base/mem.h"
#include "interp/value/bigint.h"
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
    mem_free(array, array->head.type->size ? array->head.type->size : sizeof *array);
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
    mem_free(table, table->head.type->size ? table->head.type->size : sizeof *table);
}

static void release_error(struct error_record *record)
{
    value own[] = {record->id,          record->message,     record->target,  record->activity,
                   record->exception,   record->invocation,  record->details, record->reason,
                   record->target_name, record->target_type, record->stack,   record->command};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        value_drop(own[i]);
    if (record->source)
        source_free(record->source);
    mem_free(record, sizeof *record);
}

static void release_native(struct object *object)
{
    size_t size = object->type->size;
    for (const struct type *type = object->type; type; type = type->base)
        if (type->release) {
            type->release(object);
            break;
        }
    mem_free(object, size);
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
    mem_free(members->items, members->capacity * sizeof *members->items);
    mem_free(members, sizeof *members);
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
    struct object *object = mem_new(1, size);
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
