// The parameters of a script block as a table for the binder.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/attribute.h"
#include "interp/eval/block.h"
#include "interp/eval/parameters.h"
#include "interp/value/types.h"

struct block_reading {
    struct reading r;
    struct signature *signature;
    struct source *source;
    bool positional, default_named;
};

// --- Attributes
// ----------------------------------------------------------------------------------------------------

static bool is_attribute(const struct ast *node)
{
    return node->kind == AST_ATTRIBUTE || node->kind == AST_TYPE_CONSTRAINT;
}

static bool attributes_of(struct block_reading *b, const struct ast *node, uint32_t from, value *ret)
{
    size_t count = 0, at = 0;
    value list;
    for (uint32_t i = from; i < node->count; i++)
        count += is_attribute(node->kids[i]);
    if (!array_new(b->r.in, count, &list))
        return false;
    for (uint32_t i = from; i < node->count; i++)
        if (is_attribute(node->kids[i]) &&
            !attribute_make(b->r.in, b->source, node->kids[i], &list.array->items[at++]))
            return value_drop(list), false;
    return *ret = list, true;
}

static bool one_parameter(struct block_reading *b, size_t i, const struct ast *node)
{
    struct interp *in = b->r.in;
    struct ast_text text = node->kids[PARAM_VARIABLE]->text;
    const char *name = arena_text(&b->signature->arena, text.at, text.size);
    value attributes;
    if (!name)
        return throw_memory(in);
    if (!attributes_of(b, node, PARAM_REST, &attributes))
        return false;
    bool ok = reading_parameter(&b->r, i, name, attributes);
    value_drop(attributes);
    b->signature->nodes[i] = node;
    b->signature->names[i] = symbol_of(in, text.at, text.size);
    return ok && b->signature->names[i];
}

// --- Parameters
// ----------------------------------------------------------------------------------------------------

static void put_at(struct param *param, int position)
{
    struct param_more *more = (struct param_more *)param->more;
    param->position = position;
    for (size_t i = 0; more && i < more->row_count; i++)
        more->rows[i].position = position;
}

// Without a Position or a set of their own, parameters that are no switches have the places they are written
// in.
static void place(struct block_reading *b, size_t count)
{
    int next = 0;
    for (size_t i = 0; i < count && b->positional && !b->r.any_position && !b->r.any_set; i++)
        if (b->signature->meta->types[i] != &type_switch)
            put_at(&b->r.params[i], next++);
}

static bool missing_values(struct block_reading *b, size_t count)
{
    struct interp *in = b->r.in;
    for (size_t i = 0; i < count; i++) {
        const struct type *type = b->signature->meta->types[i];
        value *at = &b->signature->missing[i];
        bool plain = type->base == &type_value_type || type == &type_string || type->enumeration;
        if (type == &type_switch)
            *at = (value){.kind = V_SWITCH};
        else if (type == &type_object || type == &type_char || !plain || type->enumeration ||
                 !value_convert(in, value_null, type, at))
            *at = value_null;
        value_set(&in->thrown, value_null);
    }
    return true;
}

static void read_binding(struct block_reading *b, value binding)
{
    struct cmdlet *cmdlet = &b->signature->cmdlet;
    value set = attribute_field(binding, BINDING_DEFAULT_SET);
    b->r.advanced = true;
    if (value_truth(attribute_field(binding, BINDING_SHOULD_PROCESS)))
        cmdlet->properties |= CMDLET_SHOULD_PROCESS;
    cmdlet->impact = (uint8_t)(attribute_field(binding, BINDING_IMPACT).i + 1);
    if (value_truth(attribute_field(binding, BINDING_PAGING)))
        cmdlet->properties |= CMDLET_PAGING;
    if (!value_truth(attribute_field(binding, BINDING_POSITIONAL)))
        b->positional = false;
    if (set.kind != V_STRING)
        return;
    unsigned bit = reading_set(&b->r, value_text(set));
    b->default_named = bit != 0;
    while (bit > 1)
        bit >>= 1, cmdlet->default_set++;
}

// PARAMETERs stand in a param block among its attributes, or behind the body of a function.
static size_t count_of(const struct ast *list, uint32_t from)
{
    size_t count = 0;
    for (uint32_t i = from; list && i < list->count; i++)
        count += list->kids[i]->kind == AST_PARAMETER;
    return count;
}

static bool allocate(struct block_reading *b, size_t count)
{
    struct signature *to = b->signature;
    struct arena *arena = &to->arena;
    b->r.params = arena_new(arena, (count + 1) * sizeof *b->r.params);
    b->r.attributes = to->attributes = arena_new(arena, (count + 1) * sizeof *to->attributes);
    to->names = arena_new(arena, (count + 1) * sizeof *to->names);
    to->nodes = arena_new(arena, (count + 1) * sizeof *to->nodes);
    to->missing = arena_new(arena, (count + 1) * sizeof *to->missing);
    to->count = count;
    return (b->r.params && to->names && to->nodes && to->missing && to->attributes) || throw_memory(b->r.in);
}

static bool name_sets(struct block_reading *b)
{
    if (!b->r.set_count)
        return true;
    const char **sets = arena_new(&b->signature->arena, (b->r.set_count + 1) * sizeof *sets);
    if (!sets)
        return throw_memory(b->r.in);
    memcpy(sets, b->r.sets, b->r.set_count * sizeof *sets);
    b->signature->cmdlet.sets = sets;
    return true;
}

static bool make_meta(struct block_reading *b)
{
    struct signature *to = b->signature;
    to->cmdlet.params = b->r.params;
    to->cmdlet.properties |= CMDLET_FUNCTION;
    if (!name_sets(b))
        return false;
    to->meta = bind_meta_new(b->r.in, &to->arena, &to->cmdlet);
    if (!to->meta)
        return false;
    for (size_t i = 0; i < to->count; i++) {
        value converter = attribute_among(to->attributes[i], &type_converter_attribute);
        if (converter.kind == V_OBJECT)
            to->meta->types[i] = attribute_field(converter, ONLY_FIELD).type;
    }
    if (b->r.set_count && !b->default_named)
        to->meta->default_set = 0;
    to->advanced = b->r.advanced;
    to->meta->simple = !to->advanced;
    return true;
}

static bool read_parameters(struct block_reading *b, const struct ast *list, uint32_t from)
{
    size_t at = 0;
    for (uint32_t i = from; list && i < list->count; i++)
        if (list->kids[i]->kind == AST_PARAMETER && !one_parameter(b, at++, list->kids[i]))
            return false;
    return true;
}

static bool read_list(struct block_reading *b, const struct ast *block, const struct ast *list, uint32_t from)
{
    size_t count = count_of(list, from);
    if (count > OWN_PARAMETERS)
        return throw_error(b->r.in, "ScriptTooComplex", CAT_LimitsExceeded, value_null,
                           "A block has more than %d parameters.", OWN_PARAMETERS);
    if (!allocate(b, count) || (block && !attributes_of(b, block, 0, &b->signature->own)))
        return false;
    value binding = attribute_among(b->signature->own, &type_cmdlet_binding);
    if (binding.kind == V_OBJECT)
        read_binding(b, binding);
    if (!read_parameters(b, list, from) || !make_meta(b) ||
        !reading_check(&b->r, &b->signature->cmdlet, count))
        return false;
    place(b, count);
    return missing_values(b, count);
}

struct signature *signature_new(struct interp *in, const struct scriptblock *block)
{
    struct signature *signature = mem_new(1, sizeof *signature);
    if (!signature)
        return throw_memory(in), NULL;
    struct block_reading b = {.r = {.in = in, .arena = &signature->arena},
                              .signature = signature,
                              .source = block->source,
                              .positional = true};
    const struct ast *function =
        block->function && count_of(block->function, FUNC_PARAMS) ? block->function : NULL;
    const struct ast *list = block->node->kids[SB_PARAM], *place = in->eval->place;
    in->eval->place = block->node;
    bool ok = read_list(&b, list, function ? function : list, function ? (uint32_t)FUNC_PARAMS : 0);
    in->eval->place = place;
    if (ok)
        return signature;
    signature_free(signature);
    return NULL;
}

void signature_free(struct signature *signature)
{
    for (size_t i = 0; i < signature->count; i++) {
        if (signature->missing)
            value_drop(signature->missing[i]);
        if (signature->attributes)
            value_drop(signature->attributes[i]);
    }
    value_drop(signature->own);
    arena_free(&signature->arena);
    mem_free(signature, sizeof *signature);
}
