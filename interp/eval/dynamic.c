// Dynamic parameters: a RuntimeDefinedParameterDictionary becomes more rows of the table of one call.
// jesh-full alone.
#include "interp/eval/dynamic.h"

#include <string.h>

#include "base/mem.h"
#include "interp/eval/parameters.h"
#include "interp/value/attributes.h"

struct dynamic {
    struct arena arena;
    struct cmdlet cmdlet;
    struct reading r;
    struct meta *meta;
    size_t first, count; // the static ones come before
    value *objects;      // RuntimeDefinedParameters, from `first` on
};

static bool failed(struct stage *stage)
{
    struct interp *in = stage->cmd.in;
    value record = in->thrown;
    if (record.kind != V_ERROR || in->eval->flow || record.object == in->out_of_memory.object)
        return false;
    in->thrown = value_null;
    struct misbinding what = {.id = "GetDynamicParametersException",
                              .category = CAT_InvalidArgument,
                              .offset = stage->offset,
                              .inner = record.error->exception};
    error_remember(in, record);
    bind_fail(stage, &what, "The dynamic parameters cannot be had: %s", value_text(record.error->message));
    return value_drop(record), false;
}

// --- What the part gives
// -----------------------------------------------------------------------------------------

static bool add_object(struct interp *in, struct array *list, value v)
{
    return !attribute_is(v, &type_runtime_parameter) || list_add(in, list, v);
}

static bool gather(struct interp *in, value given, value *ret)
{
    value list;
    if (!list_new(in, NULL, &list))
        return false;
    bool ok = true;
    if (given.kind == V_TABLE)
        for (size_t i = 0; ok && i < given.table->used; i++)
            ok = given.table->slots[i].key.kind == V_VOID ||
                 add_object(in, list.array, given.table->slots[i].val);
    for (size_t i = 0; ok && value_enumerable(given) && i < given.array->count; i++)
        ok = add_object(in, list.array, given.array->items[i]);
    return ok ? (*ret = list, true) : (value_drop(list), false);
}

// --- The larger table
// ---------------------------------------------------------------------------------------------

static bool prepare(struct dynamic *d, struct stage *stage, size_t count)
{
    struct interp *in = stage->cmd.in;
    const struct meta *meta = stage->meta;
    size_t whole = meta->count + count;
    d->first = meta->count;
    d->count = count;
    d->r = (struct reading){.in = in, .arena = &d->arena, .advanced = true};
    d->r.params = arena_new(&d->arena, (whole + 1) * sizeof *d->r.params);
    d->r.attributes = arena_new(&d->arena, (whole + 1) * sizeof *d->r.attributes);
    d->objects = arena_new(&d->arena, (count + 1) * sizeof *d->objects);
    if (!d->r.params || !d->r.attributes || !d->objects)
        return throw_memory(in);
    memcpy(d->r.params, meta->params, meta->count * sizeof *d->r.params);
    for (const char *const *sets = stage->cmd.cmdlet->sets; sets && sets[d->r.set_count]; d->r.set_count++)
        d->r.sets[d->r.set_count] = sets[d->r.set_count];
    return whole <= OWN_PARAMETERS || throw_error(in, "ScriptTooComplex", CAT_LimitsExceeded, value_null,
                                                  "A block has more than %d parameters.", OWN_PARAMETERS);
}

static bool read_one(struct dynamic *d, size_t i, value object)
{
    value name = attribute_field(object, RUNTIME_NAME),
          attributes = attribute_field(object, RUNTIME_ATTRIBUTES), list;
    if (name.kind != V_STRING)
        return throw_error(d->r.in, "InvalidOperation", CAT_InvalidOperation, value_null,
                           "A dynamic parameter has no name.");
    bool many = value_enumerable(attributes);
    if (!array_from(d->r.in, many ? attributes.array->items : NULL, many ? attributes.array->count : 0,
                    &list))
        return false;
    bool ok = reading_parameter(&d->r, d->first + i, value_text(name), list);
    d->objects[i] = value_keep(object);
    return value_drop(list), ok;
}

static bool make_meta(struct dynamic *d, struct stage *stage)
{
    struct interp *in = stage->cmd.in;
    const char **sets = arena_new(&d->arena, (d->r.set_count + 1) * sizeof *sets);
    if (!sets)
        return throw_memory(in);
    memcpy(sets, d->r.sets, d->r.set_count * sizeof *sets);
    d->cmdlet = *stage->cmd.cmdlet;
    d->cmdlet.params = d->r.params;
    d->cmdlet.sets = d->r.set_count ? sets : NULL;
    d->meta = bind_meta_new(in, &d->arena, &d->cmdlet);
    if (!d->meta)
        return false;
    const struct meta *old = stage->meta;
    memcpy(d->meta->types, old->types, old->count * sizeof *old->types);
    for (size_t i = 0; i < d->count; i++) {
        value type = attribute_field(d->objects[i], RUNTIME_TYPE);
        if (type.kind == V_TYPE)
            d->meta->types[d->first + i] = type.type;
    }
    if (!old->default_set || (!stage->cmd.cmdlet->sets && d->r.set_count))
        d->meta->default_set = 0;
    return reading_check(&d->r, &d->cmdlet, d->meta->count);
}

static bool resize(struct stage *stage, value **io, size_t old, size_t more)
{
    value *bigger = mem_resize(*io, (old + 1) * sizeof(value), (more + 1) * sizeof(value));
    if (!bigger)
        return throw_memory(stage->cmd.in);
    memset(bigger + old, 0, (more + 1 - old) * sizeof(value));
    return *io = bigger, true;
}

// All three have room, or none was touched so that the old table no longer fits.
static bool swap(struct dynamic *d, struct stage *stage)
{
    const struct meta *old = stage->meta;
    size_t count = d->meta->count;
    if (!resize(stage, &stage->bound_args, old->count, count))
        return false;
    if (!resize(stage, &stage->line_args, old->count, count) ||
        !resize(stage, &stage->cmd.arg, old->real_count, d->meta->real_count))
        return false;
    for (size_t i = old->real_count; i < d->meta->real_count; i++)
        stage->cmd.arg[i] = value_void;
    if (stage->sets == old->all_sets)
        stage->sets = d->meta->all_sets;
    stage->meta = d->meta;
    stage->cmd.cmdlet = &d->cmdlet;
    return true;
}

static bool extend(struct stage *stage, value objects)
{
    struct dynamic *d = mem_new(1, sizeof *d);
    if (!d)
        return throw_memory(stage->cmd.in);
    stage->dynamic = d;
    bool ok = prepare(d, stage, objects.array->count);
    for (size_t i = 0; ok && i < d->count; i++)
        ok = read_one(d, i, objects.array->items[i]);
    return ok && make_meta(d, stage) && swap(d, stage);
}

bool dynamic_open(struct stage *stage)
{
    value given = value_null, objects;
    if (!block_dynamic(stage, &given))
        return failed(stage);
    bool ok = gather(stage->cmd.in, given, &objects);
    value_drop(given);
    if (!ok)
        return false;
    ok = !objects.array->count || extend(stage, objects);
    return value_drop(objects), ok;
}

bool dynamic_publish(struct stage *stage)
{
    struct dynamic *d = stage->dynamic;
    for (size_t i = 0; d && i < d->count; i++) {
        value *fields = ATTRIBUTE(d->objects[i])->at;
        bool bound = bind_is_bound(stage, d->first + i);
        if (bound)
            value_set(&fields[RUNTIME_VALUE], stage->bound_args[d->first + i]);
        fields[RUNTIME_IS_SET] = value_bool(bound);
    }
    return true;
}

void dynamic_close(struct stage *stage)
{
    struct dynamic *d = stage->dynamic;
    if (!d)
        return;
    for (size_t i = 0; d->objects && i < d->count; i++) {
        value_drop(d->objects[i]);
        value_drop(d->r.attributes[d->first + i]);
    }
    arena_free(&d->arena);
    mem_free(d, sizeof *d);
    stage->dynamic = NULL;
}
