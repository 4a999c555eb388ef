// What can stand on the left of an assignment, and [ref].
#include "syntax/check-internal.h"

static bool is_attributed(const struct ast *node)
{
    return node->kind == AST_ATTRIBUTED_EXPRESSION || node->kind == AST_CONVERT_EXPRESSION;
}

static bool is_cast_to(const struct ast *node, const char *type)
{
    return node->kind == AST_CONVERT_EXPRESSION && is_type_named(node->kids[CONVERT_TYPE]->kids[0], type);
}

static bool is_reference(const struct ast *node)
{
    return is_cast_to(node, "ref") || is_cast_to(node, "Management.Automation.PSReference");
}

// The types that a variable of PowerShell's own may be given; NULL: none but an assignment without a type.
static const struct {
    const char *name, *type, *short_type;
} automatic[] = {
    {"_", "Object", "object"},
    {"args", "Object[]", "object[]"},
    {"input", "Object", "object"},
    {"MyInvocation", "Management.Automation.InvocationInfo", ""},
    {"PSBoundParameters", "Management.Automation.PSBoundParametersDictionary", ""},
    {"PSCmdlet", "Management.Automation.PSScriptCmdlet", ""},
    {"PSCommandPath", "String", "string"},
    {"PSScriptRoot", "String", "string"},
    {"this", "Object", "object"},
};

static bool is_expected_type(const struct ast *cast, size_t row)
{
    const struct ast *type = cast ? cast->kids[CONVERT_TYPE]->kids[0] : NULL;
    if (type && type->flags & NODE_ARRAY && row == 1)
        return is_type_named(type->kids[0], "object");
    return type &&
           (is_type_named(type, automatic[row].type) || is_type_named(type, automatic[row].short_type));
}

static void check_automatic(struct check *check, const struct ast *target, const struct ast *variable,
                            const struct ast *cast)
{
    struct ast_text name;
    if (variable->kind != AST_VARIABLE_EXPRESSION || !local_name(variable, &name))
        return;
    for (size_t i = 0; i < sizeof automatic / sizeof *automatic; i++)
        if (same_name(name, automatic[i].name) && !is_expected_type(cast, i))
            complain(check, target, PE_AssignmentStatementToAutomaticNotSupported);
}

static void check_typed(struct check *check, const struct ast *target, bool simple, enum parse_error_id id)
{
    const struct ast *node = target, *last = NULL, *reference = NULL;
    unsigned casts = 0;
    for (; is_attributed(node); node = node->kids[CONVERT_CHILD]) {
        if (node->kind != AST_CONVERT_EXPRESSION)
            continue;
        casts++;
        last = node;
        if (is_reference(node))
            reference = node->kids[CONVERT_TYPE];
        else if (is_cast_to(node, "void"))
            complain(check, node->kids[CONVERT_TYPE], PE_VoidTypeConstraintNotAllowed);
    }
    if (reference && casts > 1)
        complain(check, reference, PE_ReferenceNeedsToBeByItselfInTypeConstraint);
    else
        check_automatic(check, target, node, last);
    check_assignment(check, node, simple, id);
}

static bool is_target(const struct ast *node)
{
    return node->kind == AST_VARIABLE_EXPRESSION
           || ((node->kind == AST_MEMBER_EXPRESSION || node->kind == AST_INVOKE_MEMBER_EXPRESSION
                || node->kind == AST_INDEX_EXPRESSION) && !(node->flags & NODE_NULL_CONDITIONAL));
}

void check_assignment(struct check *check, const struct ast *target, bool simple, enum parse_error_id id)
{
    while (target->kind == AST_PAREN_EXPRESSION) {
        const struct ast *inner = pure_expression(target->kids[ONLY]);
        if (!inner) {
            complain(check, target->kids[ONLY], id);
            return;
        }
        target = inner;
    }
    if (is_attributed(target)) {
        check_typed(check, target, simple, id);
        return;
    }
    if (target->kind == AST_ARRAY_LITERAL && simple) {
        for (uint32_t i = 0; i < target->count; i++)
            check_assignment(check, target->kids[i], true, id);
        return;
    }
    if (!is_target(target))
        complain(check, target, id);
}

static bool is_assigned(const struct ast *node)
{
    for (const struct ast *below = node, *at = node->parent; at; below = at, at = at->parent) {
        if (at->kind == AST_ASSIGNMENT_STATEMENT)
            return at->kids[LEFT] == below;
        if (at->kind == AST_COMMAND_EXPRESSION)
            return false;
    }
    return false;
}

static void check_reference(struct check *check, const struct ast *cast)
{
    bool again = false;
    for (const struct ast *at = cast->kids[CONVERT_CHILD]; is_attributed(at); at = at->kids[CONVERT_CHILD]) {
        if (!is_reference(at))
            continue;
        again = true;
        complain(check, at->kids[CONVERT_TYPE], PE_ReferenceNeedsToBeByItselfInTypeSequence);
    }
    const struct ast *parent = cast->parent;
    if (parent->kind == AST_CONVERT_EXPRESSION && !again && !is_reference(parent) && !is_assigned(parent))
        complain(check, cast->kids[CONVERT_TYPE], PE_ReferenceNeedsToBeLastTypeInTypeConversion);
}

void check_cast(struct check *check, const struct ast *cast)
{
    if (is_cast_to(cast, "ordered")) {
        if (cast->kids[CONVERT_CHILD]->kind != AST_HASHTABLE)
            complain(check, cast, PE_OrderedAttributeOnlyOnHashLiteralNode);
    } else if (is_reference(cast)) {
        check_reference(check, cast);
    }
}
