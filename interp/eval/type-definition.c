// Enums that a text defines. They exist before the text runs, as in PowerShell. jesh-full alone.
#include "interp/eval/type-definition.h"

#include <string.h>

#include "base/utf8.h"
#include "interp/eval/state.h"
#include "interp/value/enum.h"
#include "interp/value/numeric.h"
#include "interp/value/operate.h"
#include "interp/value/types.h"

struct definition {
    struct interp *in;
    const struct source *source;
    struct type *type, *array;
    struct enum_info *info;
    struct enum_member *members; // sorted by number once all are known
    size_t count;
    bool failed;
};

static bool same(struct ast_text text, const char *name)
{
    return utf8_same_ignore_case(text.at, text.size, name, strlen(name));
}

const struct type *defined_type(struct interp *in, const char *name, size_t size)
{
    bool array = size > 2 && !memcmp(name + size - 2, "[]", 2);
    value key;
    if (value_is_null(in->eval->types) || !string_new(in, name, array ? size - 2 : size, &key))
        return NULL;
    const value *found = table_get(in->eval->types.table, key);
    value_drop(key);
    return !found ? NULL : array ? type_array_of(found->type) : found->type;
}

// --- Values of members
// ----------------------------------------------------------------------------------------------

static bool evaluate(struct definition *def, const struct ast *node, value *ret);

static const struct ast *inside(const struct ast *node)
{ // of parentheses
    const struct ast *pipeline = node->kids[ONLY];
    const struct ast *element =
        pipeline->kind == AST_PIPELINE && pipeline->count == 1 ? pipeline->kids[0] : NULL;
    return element && element->kind == AST_COMMAND_EXPRESSION ? element->kids[CMDEXPR_EXPRESSION] : NULL;
}

static bool not_constant(struct definition *def, const struct ast *node)
{
    return throw_error(def->in, "EnumeratorValueMustBeConstant", CAT_ParserError, value_null,
                       "The value of '%s' is not a constant.", ast_name((enum ast_kind)node->kind));
}

static bool evaluate_binary(struct definition *def, const struct ast *node, value *ret)
{
    value left, right;
    if (!evaluate(def, node->kids[LEFT], &left))
        return false;
    bool ok = evaluate(def, node->kids[RIGHT], &right);
    if (ok)
        ok = operate_binary(def->in, (enum token_kind)node->op, left, right, ret), value_drop(right);
    return value_drop(left), ok;
}

static bool evaluate_unary(struct definition *def, const struct ast *node, value *ret)
{
    value operand;
    if (!evaluate(def, node->kids[ONLY], &operand))
        return false;
    bool ok = operate_unary(def->in, (enum token_kind)node->op, operand, ret);
    return value_drop(operand), ok;
}

static bool own_member(const struct definition *def, struct ast_text name, value *ret)
{
    for (size_t i = 0; i < def->count; i++)
        if (same(name, def->members[i].name))
            return *ret = value_long(def->members[i].number), true;
    return false;
}

static bool evaluate_member(struct definition *def, const struct ast *node, value *ret)
{
    const struct ast *owner = node->kids[MEMBER_TARGET], *name = node->kids[MEMBER_NAME];
    int64_t number;
    if (owner->kind != AST_TYPE_EXPRESSION || name->kind != AST_STRING_CONSTANT_EXPRESSION)
        return not_constant(def, node);
    const struct ast *type_name = owner->kids[ONLY];
    if (same(type_name->text, def->type->name) && own_member(def, name->text, ret))
        return true;
    const struct type *type = type_named(def->in, type_name->text.at, type_name->text.size);
    if (!type || !type->enumeration || !enum_parse(type, name->text.at, name->text.size, &number))
        return not_constant(def, node);
    return *ret = value_long(number), true;
}

static bool evaluate(struct definition *def, const struct ast *node, value *ret)
{
    if (node->kind == AST_PAREN_EXPRESSION && inside(node))
        return evaluate(def, inside(node), ret);
    switch ((enum ast_kind)node->kind) {
    case AST_CONSTANT_EXPRESSION:
        return number_value(def->in, node->number, ret);
    case AST_UNARY_EXPRESSION:
        return evaluate_unary(def, node, ret);
    case AST_BINARY_EXPRESSION:
        return evaluate_binary(def, node, ret);
    case AST_CONVERT_EXPRESSION:
        return evaluate(def, node->kids[CONVERT_CHILD], ret);
    case AST_MEMBER_EXPRESSION:
        return evaluate_member(def, node, ret);
    default:
        return not_constant(def, node);
    }
}

// --- Enums
// ----------------------------------------------------------------------------------------------------------

static bool copy_text(struct definition *def, struct ast_text text, const char *after, const char **ret)
{
    size_t more = strlen(after);
    char *copy = arena_new(&def->in->eval->arena, text.size + more + 1);
    if (!copy)
        return throw_memory(def->in);
    memcpy(copy, text.at, text.size);
    memcpy(copy + text.size, after, more + 1);
    return *ret = copy, true;
}

static bool add_member(struct definition *def, const struct ast *node, int64_t *io_next)
{
    struct enum_member *member = &def->members[def->count];
    value v;
    if (node->kids[MEMBER_VALUE]) {
        if (!evaluate(def, node->kids[MEMBER_VALUE], &v))
            return false;
        bool ok = value_to_long(def->in, v, io_next);
        value_drop(v);
        if (!ok)
            return false;
    }
    if (!copy_text(def, node->text, "", &member->name))
        return false;
    member->number = (*io_next)++;
    def->count++;
    return true;
}

static void sort_members(struct definition *def)
{ // few, and of one number the first written stays first
    for (size_t i = 1; i < def->count; i++)
        for (size_t j = i; j && (uint64_t)def->members[j - 1].number > (uint64_t)def->members[j].number;
             j--) {
            struct enum_member other = def->members[j];
            def->members[j] = def->members[j - 1];
            def->members[j - 1] = other;
        }
}

static bool add_members(struct definition *def, const struct ast *node)
{
    int64_t next = 0;
    for (uint32_t i = 0; i < node->count; i++) {
        const struct ast *kid = node->kids[i];
        if (kid->kind == AST_ATTRIBUTE && same(kid->kids[ATTR_TYPE]->text, "Flags"))
            def->info->flags = true;
        if (kid->kind == AST_PROPERTY_MEMBER && !add_member(def, kid, &next))
            return false;
    }
    sort_members(def);
    return true;
}

static bool make_types(struct definition *def, const struct ast *node)
{
    struct arena *arena = &def->in->eval->arena;
    def->type = arena_new(arena, sizeof *def->type);
    def->array = arena_new(arena, sizeof *def->array);
    def->info = arena_new(arena, sizeof *def->info);
    def->members = arena_new(arena, (node->count + 1) * sizeof *def->members);
    if (!def->type || !def->array || !def->info || !def->members)
        return throw_memory(def->in);
    memset(def->members, 0, (node->count + 1) * sizeof *def->members);
    *def->info = (struct enum_info){.row = ENUM_MADE, .members = def->members};
    *def->type =
        (struct type){.base = &type_enum, .enumeration = def->info, .type_code = 9, .vector = def->array};
    *def->array = (struct type){.base = &type_array, .type_code = 1, .element = def->type};
    if (!copy_text(def, node->text, "", &def->type->name) ||
        !copy_text(def, node->text, "[]", &def->array->name))
        return false;
    def->info->name = def->type->name;
    return true;
}

static bool define(struct definition *def, const struct ast *node)
{
    struct interp *in = def->in;
    value key;
    if (value_is_null(in->eval->types) && !table_new(in, false, &in->eval->types))
        return false;
    def->count = 0;
    if (!make_types(def, node) || !add_members(def, node) ||
        !string_new(in, node->text.at, node->text.size, &key))
        return false;
    bool ok = table_set(in, in->eval->types.table, key, (value){.kind = V_TYPE, .type = def->type});
    return value_drop(key), ok;
}

static bool visit(const struct ast *node, void *context)
{
    struct definition *def = context;
    if (node->kind == AST_TYPE_DEFINITION && node->op == TOK_ENUM && !def->failed)
        def->failed = !define(def, node);
    return !def->failed;
}

bool types_define(struct interp *in, const struct source *source)
{
    struct definition def = {.in = in, .source = source};
    ast_walk(source->root, visit, &def);
    return !def.failed;
}
