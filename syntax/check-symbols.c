// Classes of a script: each name once, attributes that exist, and properties that a method must reach
// through $this.
#include <string.h>

#include "base/utf8.h"
#include "syntax/check-internal.h"

// What encloses the node that is looked at.
struct scope {
    const struct ast *type;   // the innermost class
    const struct ast *method; // its method, where nothing but the method's own block is between
};

static void visit(struct check *check, const struct ast *node, struct scope scope);

static void add_types(struct check *check, struct name_set *names, const struct ast *node)
{
    if (!node || node->kind == AST_SCRIPT_BLOCK_EXPRESSION || node->kind == AST_FUNCTION_DEFINITION)
        return;
    if (node->kind == AST_TYPE_DEFINITION) {
        if (!name_set_add(names, node->text))
            complain(check, node, PE_MemberAlreadyDefined);
        return;
    }
    for (uint32_t i = 0; i < node->count; i++)
        add_types(check, names, node->kids[i]);
}

static void check_type_names(struct check *check, const struct ast *script)
{
    struct name_set names = {0};
    for (uint32_t i = SB_DYNAMICPARAM; i < SB_REST; i++)
        add_types(check, &names, script->kids[i]);
    name_set_free(&names);
}

// A method's parameters have none, and Flags is for enums.
static bool is_misplaced(const struct ast *attribute)
{
    const struct ast *on = attribute->parent;
    struct ast_text name = attribute->kids[ATTR_TYPE]->text;
    bool flags = same_name(name, "Flags") || same_name(name, "FlagsAttribute") ||
                 same_name(name, "System.FlagsAttribute");
    if (on->kind == AST_PARAMETER)
        return on->parent->kind == AST_FUNCTION_DEFINITION && on->parent->parent->kind == AST_FUNCTION_MEMBER;
    if (!flags)
        return false;
    return on->kind == AST_PROPERTY_MEMBER || on->kind == AST_FUNCTION_MEMBER ||
           (on->kind == AST_TYPE_DEFINITION && on->op != TOK_ENUM);
}

// What namespaces hold is not known here.
static bool uses_namespaces(const struct ast *root)
{
    while (root && root->parent)
        root = root->parent;
    for (uint32_t i = SB_REST; root && i < root->count; i++)
        if (root->kids[i]->kind == AST_USING_STATEMENT && root->kids[i]->op == TOK_NAMESPACE)
            return true;
    return false;
}

static void check_class_attribute(struct check *check, const struct ast *attribute)
{
    const struct ast *type = attribute->kids[ATTR_TYPE];
    if (is_misplaced(attribute))
        complain(check, attribute, PE_AttributeNotAllowedOnDeclaration);
    if (!(type->flags & (NODE_GENERIC | NODE_ARRAY)) && !is_known_attribute(type->text) &&
        !name_set_has(&check->classes, type->text) && !uses_namespaces(type))
        complain(check, type, PE_CustomAttributeTypeNotFound);
}

static const struct ast *property_of(const struct ast *type, struct ast_text name)
{
    for (uint32_t i = 0; i < type->count; i++) {
        const struct ast *member = type->kids[i];
        if (member->kind == AST_PROPERTY_MEMBER &&
            utf8_same_ignore_case(member->text.at, member->text.size, name.at, name.size))
            return member;
    }
    return NULL;
}

static void check_target(struct check *check, const struct ast *target, const struct ast *type)
{
    if (target->kind == AST_ARRAY_LITERAL) {
        for (uint32_t i = 0; i < target->count; i++)
            check_target(check, target->kids[i], type);
        return;
    }
    if (target->kind == AST_PAREN_EXPRESSION && pure_expression(target->kids[ONLY])) {
        check_target(check, pure_expression(target->kids[ONLY]), type);
        return;
    }
    while (target->kind == AST_CONVERT_EXPRESSION)
        target = target->kids[CONVERT_CHILD];
    if (target->kind != AST_VARIABLE_EXPRESSION)
        return;
    const struct ast *property = property_of(type, target->text);
    if (property)
        complain(check, target,
                 property->flags & NODE_STATIC ? PE_MissingTypeInStaticPropertyAssignment : PE_MissingThis);
}

static struct scope scope_of(const struct ast *node, struct scope scope)
{
    if (node->kind == AST_TYPE_DEFINITION)
        return (struct scope){.type = node};
    if (node->kind == AST_FUNCTION_MEMBER)
        scope.method = node;
    else if (node->kind == AST_SCRIPT_BLOCK_EXPRESSION ||
             (node->kind == AST_FUNCTION_DEFINITION && node->parent->kind != AST_FUNCTION_MEMBER))
        scope.method = NULL;
    return scope;
}

static void visit(struct check *check, const struct ast *node, struct scope scope)
{
    if (!node)
        return;
    scope = scope_of(node, scope);
    if (node->kind == AST_SCRIPT_BLOCK)
        check_type_names(check, node);
    if (node->kind == AST_ATTRIBUTE && scope.type)
        check_class_attribute(check, node);
    if (node->kind == AST_ASSIGNMENT_STATEMENT && scope.method)
        check_target(check, node->kids[LEFT], scope.type);
    for (uint32_t i = 0; i < node->count; i++)
        visit(check, node->kids[i], scope);
}

static bool note_class(const struct ast *node, void *context)
{
    if (node->kind == AST_TYPE_DEFINITION)
        name_set_add(context, node->text);
    return true;
}

// Most scripts have no class: then there is nothing to look for.
void check_symbols(struct check *check, const struct ast *root)
{
    ast_walk(root, note_class, &check->classes);
    if (check->classes.count)
        visit(check, root, (struct scope){0});
}
