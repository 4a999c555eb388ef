// Constant expressions: arguments of attributes. jesh-full alone.
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/attribute.h"
#include "interp/eval/block.h"
#include "interp/eval/type-definition.h"
#include "interp/value/enum.h"
#include "interp/value/numeric.h"
#include "interp/value/operate.h"

struct place {
    struct interp *in;
    struct source *source;
};

static bool evaluate(struct place *at, const struct ast *node, value *ret);

static bool refuse(struct place *at, const struct ast *node, const char *id, const char *text)
{
    const struct code place = {.source = at->source};
    throw_error(at->in, id, CAT_InvalidOperation, value_null, "%s", text);
    error_place(at->in->thrown, &place, node->start);
    return false;
}

static bool same(struct ast_text text, const char *name)
{
    return utf8_same_ignore_case(text.at, text.size, name, strlen(name));
}

static bool variable(struct place *at, const struct ast *node, value *ret)
{
    bool yes = same(node->text, "true");
    if (!yes && !same(node->text, "false") && !same(node->text, "null"))
        return refuse(at, node, "ParameterAttributeArgumentNeedsToBeConstant", "This is not a constant.");
    *ret = same(node->text, "null") ? value_null : value_bool(yes);
    return true;
}

static const struct type *type_of(struct place *at, const struct ast *type_name)
{
    const char *text = at->source->text + type_name->start;
    const struct type *type = type_named(at->in, text, type_name->end - type_name->start);
    if (!type)
        refuse(at, type_name, "TypeNotFound", "There is no such type.");
    return type;
}

static bool member(struct place *at, const struct ast *node, value *ret)
{
    const struct ast *owner = node->kids[MEMBER_TARGET], *name = node->kids[MEMBER_NAME];
    int64_t number;
    if (owner->kind != AST_TYPE_EXPRESSION || name->kind != AST_STRING_CONSTANT_EXPRESSION)
        return refuse(at, node, "ParameterAttributeArgumentNeedsToBeConstant", "This is not a constant.");
    const struct type *type = type_of(at, owner->kids[ONLY]);
    if (!type)
        return false;
    if (type->enumeration && enum_parse(type, name->text.at, name->text.size, &number))
        return *ret = enum_value(type, number), true;
    value text;
    if (!string_new(at->in, name->text.at, name->text.size, &text))
        return false;
    bool ok = static_get(at->in, type, text, ret);
    return value_drop(text), ok;
}

static bool list(struct place *at, const struct ast *const *items, size_t count, value *ret)
{
    value array;
    if (!array_new(at->in, count, &array))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!evaluate(at, items[i], &array.array->items[i]))
            return value_drop(array), false;
    return *ret = array, true;
}

static bool binary(struct place *at, const struct ast *node, value *ret)
{
    value left, right;
    if (!evaluate(at, node->kids[LEFT], &left))
        return false;
    bool ok = evaluate(at, node->kids[RIGHT], &right);
    if (ok)
        ok = operate_binary(at->in, (enum token_kind)node->op, left, right, ret), value_drop(right);
    return value_drop(left), ok;
}

static bool unary(struct place *at, const struct ast *node, value *ret)
{
    value operand;
    if (!evaluate(at, node->kids[ONLY], &operand))
        return false;
    bool ok = operate_unary(at->in, (enum token_kind)node->op, operand, ret);
    return value_drop(operand), ok;
}

static bool convert(struct place *at, const struct ast *node, value *ret)
{
    const struct type *type = type_of(at, node->kids[CONVERT_TYPE]->kids[ONLY]);
    value v;
    if (!type || !evaluate(at, node->kids[CONVERT_CHILD], &v))
        return false;
    bool ok = value_convert(at->in, v, type, ret);
    return value_drop(v), ok;
}

// What stands alone in ( ), or in @( ) as a list.
static const struct ast *inside(const struct ast *node)
{
    const struct ast *at = node->kids[ONLY];
    if (at->kind == AST_STATEMENT_BLOCK)
        at = at->count == 1 ? at->kids[0] : NULL;
    if (at && at->kind == AST_PIPELINE)
        at = at->count == 1 ? at->kids[0] : NULL;
    return at && at->kind == AST_COMMAND_EXPRESSION ? at->kids[CMDEXPR_EXPRESSION] : NULL;
}

static bool enclosed(struct place *at, const struct ast *node, value *ret)
{
    const struct ast *inner = inside(node);
    if (!inner && node->kind == AST_ARRAY_EXPRESSION)
        return array_new(at->in, 0, ret);
    if (!inner)
        return refuse(at, node, "ParameterAttributeArgumentNeedsToBeConstant", "This is not a constant.");
    if (node->kind != AST_ARRAY_EXPRESSION || inner->kind == AST_ARRAY_LITERAL)
        return evaluate(at, inner, ret);
    return list(at, &inner, 1, ret);
}

static bool evaluate(struct place *at, const struct ast *node, value *ret)
{
    switch ((enum ast_kind)node->kind) {
    case AST_CONSTANT_EXPRESSION:
        return number_value(at->in, node->number, ret);
    case AST_STRING_CONSTANT_EXPRESSION:
    case AST_EXPANDABLE_STRING_EXPRESSION:
        return string_new(at->in, node->text.at, node->text.size, ret);
    case AST_VARIABLE_EXPRESSION:
        return variable(at, node, ret);
    case AST_TYPE_EXPRESSION:
        *ret = (value){.kind = V_TYPE, .type = type_of(at, node->kids[ONLY])};
        return ret->type != NULL;
    case AST_SCRIPT_BLOCK_EXPRESSION:
        return block_new(at->in, at->source, node->kids[ONLY], NULL, ret);
    case AST_ARRAY_LITERAL:
        return list(at, (const struct ast *const *)node->kids, node->count, ret);
    case AST_PAREN_EXPRESSION:
    case AST_ARRAY_EXPRESSION:
    case AST_SUB_EXPRESSION:
        return enclosed(at, node, ret);
    case AST_UNARY_EXPRESSION:
        return unary(at, node, ret);
    case AST_BINARY_EXPRESSION:
        return binary(at, node, ret);
    case AST_CONVERT_EXPRESSION:
        return convert(at, node, ret);
    case AST_MEMBER_EXPRESSION:
        return member(at, node, ret);
    default:
        return refuse(at, node, "ParameterAttributeArgumentNeedsToBeConstant", "This is not a constant.");
    }
}

bool constant_value(struct interp *in, struct source *source, const struct ast *node, value *ret)
{
    struct place at = {in, source};
    return evaluate(&at, node, ret);
}
