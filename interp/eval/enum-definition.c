// Enums that a text defines. jesh-full alone.
#include "interp/eval/type-definition.h"

#include <string.h>

#include "base/utf8.h"
#include "interp/value/enum.h"
#include "interp/value/error.h"
#include "interp/value/numeric.h"
#include "interp/value/operate.h"
#include "interp/value/types.h"

struct reading {
    struct definition *def;
    const struct ast *node;
    struct type *type, *array;
    struct enum_info *info;
    struct enum_member *members; // sorted by number once all are known
    size_t count;
    const struct type *underlying;
};

static bool same(struct ast_text text, const char *name)
{
    return utf8_same_ignore_case(text.at, text.size, name, strlen(name));
}

// --- Values of members
// ----------------------------------------------------------------------------------------------
// False with nothing thrown: not a constant.

static bool evaluate(struct reading *r, const struct ast *node, value *ret);

static const struct ast *inside(const struct ast *node)
{ // of parentheses
    const struct ast *pipeline = node->kids[ONLY];
    const struct ast *element =
        pipeline->kind == AST_PIPELINE && pipeline->count == 1 ? pipeline->kids[0] : NULL;
    return element && element->kind == AST_COMMAND_EXPRESSION ? element->kids[CMDEXPR_EXPRESSION] : NULL;
}

static bool evaluate_binary(struct reading *r, const struct ast *node, value *ret)
{
    value left, right;
    if (!evaluate(r, node->kids[LEFT], &left))
        return false;
    bool ok = evaluate(r, node->kids[RIGHT], &right);
    if (ok)
        ok = operate_binary(r->def->in, (enum token_kind)node->op, left, right, ret), value_drop(right);
    return value_drop(left), ok;
}

static bool evaluate_unary(struct reading *r, const struct ast *node, value *ret)
{
    value operand;
    if (!evaluate(r, node->kids[ONLY], &operand))
        return false;
    bool ok = operate_unary(r->def->in, (enum token_kind)node->op, operand, ret);
    return value_drop(operand), ok;
}

static bool has_member(const struct reading *r, struct ast_text name)
{
    for (size_t i = 0; i < r->count; i++)
        if (same(name, r->members[i].name))
            return true;
    return false;
}

static struct ast_text source_text(const struct reading *r, const struct ast *node)
{
    return (struct ast_text){r->def->source->text + node->start, node->end - node->start};
}

static const struct type *type_at(struct reading *r, const struct ast *node)
{
    struct ast_text text = source_text(r, node);
    return type_named_at(r->def->in, node, text.at, text.size);
}

static bool evaluate_member(struct reading *r, const struct ast *node, value *ret)
{
    const struct ast *owner = node->kids[MEMBER_TARGET], *name = node->kids[MEMBER_NAME];
    int64_t number;
    value text;
    if (owner->kind != AST_TYPE_EXPRESSION || name->kind != AST_STRING_CONSTANT_EXPRESSION)
        return false;
    const struct type *type = type_at(r, owner->kids[ONLY]);
    if (type == r->type)
        return false;
    if (type && type->enumeration && enum_parse(type, name->text.at, name->text.size, &number))
        return *ret = enum_value(type, number), true;
    if (!type || type->class || type->enumeration ||
        !string_new(r->def->in, name->text.at, name->text.size, &text))
        return false;
    bool ok = static_get(r->def->in, type, text, ret);
    return value_drop(text), ok;
}

static bool evaluate_convert(struct reading *r, const struct ast *node, value *ret)
{
    const struct type *to = type_at(r, node->kids[CONVERT_TYPE]->kids[ONLY]);
    value v;
    if (!to || !evaluate(r, node->kids[CONVERT_CHILD], &v))
        return false;
    bool ok = value_convert(r->def->in, v, to, ret);
    return value_drop(v), ok;
}

static bool evaluate(struct reading *r, const struct ast *node, value *ret)
{
    if (node->kind == AST_PAREN_EXPRESSION && inside(node))
        return evaluate(r, inside(node), ret);
    switch ((enum ast_kind)node->kind) {
    case AST_CONSTANT_EXPRESSION:
        return number_value(r->def->in, node->number, ret);
    case AST_STRING_CONSTANT_EXPRESSION:
        return string_new(r->def->in, node->text.at, node->text.size, ret);
    case AST_UNARY_EXPRESSION:
        return evaluate_unary(r, node, ret);
    case AST_BINARY_EXPRESSION:
        return evaluate_binary(r, node, ret);
    case AST_CONVERT_EXPRESSION:
        return evaluate_convert(r, node, ret);
    case AST_MEMBER_EXPRESSION:
        return evaluate_member(r, node, ret);
    default:
        return false;
    }
}

static bool largest(const struct reading *r, int64_t number)
{
    static const struct {
        const struct type *type;
        int64_t most;
    } rows[] = {{&type_byte, UINT8_MAX},    {&type_sbyte, INT8_MAX}, {&type_int16, INT16_MAX},
                {&type_uint16, UINT16_MAX}, {&type_int, INT32_MAX},  {&type_uint32, UINT32_MAX},
                {&type_long, INT64_MAX},    {&type_uint64, -1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].type == r->underlying)
            return number == rows[i].most;
    return false;
}

// The initial value as a number of the underlying type. False: an error was told.
static bool initial(struct reading *r, const struct ast *node, int64_t *ret)
{
    struct interp *in = r->def->in;
    value v, number;
    if (!evaluate(r, node, &v)) {
        value_set(&in->thrown, value_null);
        return definition_error(r->def, node, PE_EnumeratorValueMustBeConstant), false;
    }
    bool numeric = value_is_number(v), ok = value_convert(in, v, r->underlying, &number);
    value_set(&in->thrown, value_null);
    if (ok)
        *ret = number.i;
    else
        definition_error(r->def, node, numeric ? PE_EnumeratorValueOutOfBounds : PE_CannotConvertValue);
    return value_drop(v), ok;
}

// --- Members
// ------------------------------------------------------------------------------------------------------

struct next {
    int64_t number;
    bool too_big;
};

static bool add_member(struct reading *r, const struct ast *node, struct next *next)
{
    struct enum_member *member = &r->members[r->count];
    if (node->kids[MEMBER_VALUE]) {
        initial(r, node->kids[MEMBER_VALUE], &next->number);
        next->too_big = false;
    }
    if (next->too_big)
        definition_error(r->def, node, PE_EnumeratorValueOutOfBounds);
    if (has_member(r, node->text))
        definition_error(r->def, node, PE_MemberAlreadyDefined);
    member->name = arena_text(&r->def->in->eval->arena, node->text.at, node->text.size);
    if (!member->name)
        return throw_memory(r->def->in);
    member->number = next->number;
    r->count++;
    next->too_big = largest(r, next->number);
    if (!next->too_big)
        next->number++;
    return true;
}

static void sort_members(struct reading *r)
{ // few, and of one number the first written stays first
    for (size_t i = 1; i < r->count; i++)
        for (size_t j = i; j && (uint64_t)r->members[j - 1].number > (uint64_t)r->members[j].number; j--) {
            struct enum_member other = r->members[j];
            r->members[j] = r->members[j - 1];
            r->members[j - 1] = other;
        }
}

static bool is_integral(const struct type *type)
{
    return type->type_code >= type_sbyte.type_code && type->type_code <= type_uint64.type_code &&
           !type->enumeration;
}

static void read_underlying(struct reading *r)
{
    r->underlying = &type_int;
    for (uint32_t i = 0; i < r->node->count; i++) {
        const struct ast *kid = r->node->kids[i];
        if (kid->kind != AST_TYPE_CONSTRAINT)
            continue;
        const struct type *type = type_at(r, kid->kids[ONLY]);
        if (type && is_integral(type))
            r->underlying = type;
        else
            definition_error(r->def, kid, type ? PE_InvalidUnderlyingType : PE_TypeNotFound);
    }
}

static bool add_members(struct reading *r)
{
    struct next next = {0};
    read_underlying(r);
    for (uint32_t i = 0; i < r->node->count; i++) {
        const struct ast *kid = r->node->kids[i];
        bool attribute = kid->kind == AST_ATTRIBUTE;
        if (attribute &&
            (same(kid->kids[ATTR_TYPE]->text, "Flags") || same(kid->kids[ATTR_TYPE]->text, "System.Flags") ||
             same(kid->kids[ATTR_TYPE]->text, "System.FlagsAttribute") ||
             same(kid->kids[ATTR_TYPE]->text, "FlagsAttribute")))
            r->info->flags = true;
        if (kid->kind == AST_PROPERTY_MEMBER && !add_member(r, kid, &next))
            return false;
    }
    sort_members(r);
    r->info->underlying = r->underlying;
    r->type->type_code = r->underlying->type_code;
    return true;
}

// --- Enums
// ----------------------------------------------------------------------------------------------------------

static bool make_types(struct reading *r)
{
    struct arena *arena = &r->def->in->eval->arena;
    r->type = arena_new(arena, sizeof *r->type);
    r->array = arena_new(arena, sizeof *r->array);
    r->info = arena_new(arena, sizeof *r->info);
    r->members = arena_new(arena, (r->node->count + 1) * sizeof *r->members);
    if (!r->type || !r->array || !r->info || !r->members)
        return throw_memory(r->def->in);
    *r->info = (struct enum_info){.row = ENUM_MADE, .members = r->members};
    *r->type = (struct type){
        .base = &type_enum, .enumeration = r->info, .type_code = type_int.type_code, .vector = r->array};
    *r->array = (struct type){.base = &type_array, .type_code = 1, .element = r->type};
    r->type->name = definition_name(r->def, r->node, "");
    r->array->name = definition_name(r->def, r->node, "[]");
    r->info->name = r->type->name;
    return r->type->name && r->array->name;
}

static bool same_text(struct ast_text a, struct ast_text b)
{
    return utf8_same_ignore_case(a.at, a.size, b.at, b.size);
}

struct graph {
    struct reading *readings;
    size_t count;
    size_t self;
    bool waits;
    const bool *done;
};

// An enum waits for another one whose members its values name.
static bool seek(const struct ast *node, void *context)
{
    struct graph *graph = context;
    if (node->kind != AST_MEMBER_EXPRESSION || node->kids[MEMBER_TARGET]->kind != AST_TYPE_EXPRESSION)
        return true;
    struct ast_text name = node->kids[MEMBER_TARGET]->kids[ONLY]->text;
    for (size_t i = 0; i < graph->count; i++)
        if (i != graph->self && !graph->done[i] && same_text(name, graph->readings[i].node->text))
            graph->waits = true;
    return true;
}

static bool define_ready(struct graph *graph, bool *done, bool *ret_any)
{
    for (size_t i = 0; i < graph->count; i++) {
        graph->self = i;
        graph->waits = false;
        if (done[i])
            continue;
        ast_walk(graph->readings[i].node, seek, graph);
        if (graph->waits)
            continue;
        if (!add_members(&graph->readings[i]))
            return false;
        done[i] = *ret_any = true;
    }
    return true;
}

static bool define_in_order(struct graph *graph, bool *done)
{
    bool any = true;
    graph->done = done;
    while (any) {
        any = false;
        if (!define_ready(graph, done, &any))
            return false;
    }
    for (size_t i = 0; i < graph->count; i++)
        if (!done[i])
            definition_error(graph->readings[i].def, graph->readings[i].node, PE_CycleInEnumInitializers);
    return true;
}

bool enums_define(struct definition *def, const struct ast *const *nodes, size_t count)
{
    struct arena *arena = &def->in->eval->arena;
    struct graph graph = {.readings = arena_new(arena, (count + 1) * sizeof *graph.readings)};
    bool *done = arena_new(arena, count + 1);
    if (!graph.readings || !done)
        return throw_memory(def->in);
    for (size_t i = 0; i < count; i++) {
        struct reading *r = &graph.readings[graph.count];
        if (nodes[i]->op != TOK_ENUM)
            continue;
        *r = (struct reading){.def = def, .node = nodes[i]};
        if (!make_types(r) || !definition_add(def, nodes[i], r->type))
            return false;
        graph.count++;
    }
    return define_in_order(&graph, done);
}
