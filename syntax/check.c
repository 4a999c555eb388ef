// What PowerShell refuses before anything runs, although the grammar allows it. One visit of the whole
// tree, in PowerShell's order, since the order of errors is part of the answer.
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "syntax/check-internal.h"
#include "syntax/modes.h"
#include "syntax/parser-internal.h"

static void visit(struct check *check, const struct ast *node);

void complain(struct check *check, const struct ast *node, enum parse_error_id id)
{
    diagnose(check->source, (struct extent){node->start, node->end}, id, false);
}

bool is_type_named(const struct ast *type, const char *name)
{
    struct ast_text text = type->text;
    if (type->flags & (NODE_ARRAY | NODE_GENERIC))
        return false;
    if (text.size > 7 && utf8_same_ignore_case(text.at, 7, "System.", 7))
        text = (struct ast_text){text.at + 7, text.size - 7};
    return same_name(text, name);
}

const struct ast *pure_expression(const struct ast *pipeline)
{
    if (!pipeline || pipeline->kind != AST_PIPELINE || pipeline->count != 1 ||
        pipeline->flags & NODE_BACKGROUND)
        return NULL;
    const struct ast *element = pipeline->kids[0];
    return element->kind == AST_COMMAND_EXPRESSION && element->count == 1 ? element->kids[0] : NULL;
}

bool is_constant_variable(const struct ast *node)
{
    return node->kind == AST_VARIABLE_EXPRESSION &&
           (same_name(node->text, "true") || same_name(node->text, "false") || same_name(node->text, "null"));
}

bool is_void_method(const struct ast *member)
{
    const struct ast *type = member->kids[MEMBER_TYPE];
    return !type || is_type_named(type->kids[0], "void");
}

bool local_name(const struct ast *variable, struct ast_text *ret_name)
{
    static const char *const scopes[] = {"local:", "private:", "variable:"};
    struct ast_text name = variable->text;
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        size_t size = strlen(scopes[i]);
        if (name.size > size && utf8_same_ignore_case(name.at, size, scopes[i], size)) {
            *ret_name = (struct ast_text){name.at + size, name.size - size};
            return i < 2;
        }
    }
    *ret_name = name;
    return !memchr(name.at, ':', name.size);
}

static void check_parameters(struct check *check, const struct ast *node, uint32_t first)
{
    struct name_set names = {0};
    for (uint32_t i = first; i < node->count; i++) {
        const struct ast *parameter = node->kids[i];
        if (parameter->kind != AST_PARAMETER)
            continue;
        const struct ast *name = parameter->kids[PARAM_VARIABLE];
        if (!name_set_add(&names, name->text))
            complain(check, name, PE_DuplicateFormalParameter);
        for (uint32_t j = PARAM_REST; j < parameter->count; j++) {
            const struct ast *type = parameter->kids[j];
            if (type->kind == AST_TYPE_CONSTRAINT && is_type_named(type->kids[0], "void"))
                complain(check, type, PE_VoidTypeConstraintNotAllowed);
        }
    }
    name_set_free(&names);
}

static bool is_method(const struct ast *node)
{
    return node && node->kind == AST_FUNCTION_MEMBER;
}

static void check_parameter(struct check *check, const struct ast *parameter)
{
    bool of_method = parameter->parent->parent && is_method(parameter->parent->parent), typed = false;
    for (uint32_t i = PARAM_REST; i < parameter->count; i++) {
        const struct ast *type = parameter->kids[i];
        if (type->kind != AST_TYPE_CONSTRAINT)
            continue;
        if (is_type_named(type->kids[0], "ordered"))
            complain(check, type, PE_OrderedAttributeOnlyOnHashLiteralNode);
        else if (of_method && typed)
            complain(check, type, PE_MultipleTypeConstraintsOnMethodParam);
        typed = true;
    }
}

static bool stands_on_class(const struct check *check, const struct ast *attribute)
{
    const struct ast *parent = attribute->parent;
    return parent->kind == AST_TYPE_DEFINITION || parent->kind == AST_PROPERTY_MEMBER || is_method(parent)
           || (parent->kind == AST_PARAMETER && is_method(check->member));
}

static void check_argument(struct check *check, const struct ast *argument, bool of_class)
{
    if (!is_constant_argument(argument, of_class))
        complain(check, argument, of_class ? PE_ParameterAttributeArgumentNeedsToBeConstant
                                           : PE_ParameterAttributeArgumentNeedsToBeConstantOrScriptBlock);
}

static void check_attribute(struct check *check, const struct ast *attribute)
{
    bool of_class = stands_on_class(check, attribute);
    struct name_set names = {0};
    check_attribute_place(check, attribute);
    for (uint32_t i = ATTR_REST; i < attribute->count; i++) {
        const struct ast *argument = attribute->kids[i];
        if (argument->kind != AST_NAMED_ATTRIBUTE_ARGUMENT)
            continue;
        if (!name_set_add(&names, argument->text))
            complain(check, argument, PE_DuplicateNamedArgument);
        else if (argument->kids[0])
            check_argument(check, argument->kids[0], of_class);
    }
    name_set_free(&names);
    for (uint32_t i = ATTR_REST; i < attribute->count; i++)
        if (attribute->kids[i]->kind != AST_NAMED_ATTRIBUTE_ARGUMENT)
            check_argument(check, attribute->kids[i], of_class);
}

static const struct ast *first_named_block(const struct ast *script)
{
    for (int i = SB_DYNAMICPARAM; i <= SB_CLEAN; i++)
        if (script->kids[i] && !(script->kids[i]->flags & NODE_UNNAMED))
            return script->kids[i];
    return NULL;
}

static void check_method(struct check *check, const struct ast *member)
{
    const struct ast *function = member->kids[MEMBER_VALUE], *body = function->kids[FUNC_BODY];
    const struct ast *type = member->kids[MEMBER_TYPE], *named = first_named_block(body);
    if (body->kids[SB_PARAM])
        complain(check, body->kids[SB_PARAM], PE_ParamBlockNotAllowedInMethod);
    if (named)
        complain(check, named, PE_NamedBlockNotAllowedInMethod);
    if (member->flags & NODE_CONSTRUCTOR && type)
        complain(check, type, PE_ConstructorCantHaveReturnType);
    bool returns = check_method_flow(check, member);
    struct extent name = {function->start, function->start + (uint32_t)member->text.size};
    if (!returns && !is_void_method(member))
        diagnose(check->source, name, PE_MethodHasCodePathNotReturn, false);
}

static void check_function(struct check *check, const struct ast *function)
{
    const struct ast *param = function->kids[FUNC_BODY]->kids[SB_PARAM];
    if (function->flags & NODE_PARENTHESES && param)
        complain(check, param, PE_OnlyOneParameterListAllowed);
    else
        check_parameters(check, function, FUNC_PARAMS);
    if (function->op == TOK_WORKFLOW)
        complain(check, function, PE_WorkflowNotSupportedInPowerShellCore);
}

static void check_foreach(struct check *check, const struct ast *node)
{
    if (node->flags & NODE_PARALLEL || node->kids[FOREACH_THROTTLE])
        complain(check, node, PE_KeywordParameterReservedForFutureUse);
    if (node->kids[FOREACH_THROTTLE] && !(node->flags & NODE_PARALLEL))
        complain(check, node, PE_ThrottleLimitRequiresParallelFlag);
}

// The commands that a data section allows; NULL where one of the names is not written out: any command.
static const char *const *allowed_commands(struct check *check, const struct ast *data, size_t *ret_count)
{
    static const char *const none[1];
    const char **names = arena_new(&check->source->arena, data->count * sizeof *names);
    if (!names)
        return none; // without memory no command is allowed
    names[0] = "ConvertFrom-StringData";
    for (uint32_t i = DATA_COMMANDS; i < data->count; i++) {
        if (data->kids[i]->kind != AST_STRING_CONSTANT_EXPRESSION)
            return NULL;
        names[i] = data->kids[i]->text.at;
    }
    *ret_count = data->count;
    return names;
}

static void check_data(struct check *check, const struct ast *data)
{
    struct mode_allow allow = {0};
    allow.commands = allowed_commands(check, data, &allow.command_count);
    mode_check_restricted(check->source, data->kids[DATA_BODY], &allow);
}

static bool is_exception_root(const struct ast *type)
{
    return is_type_named(type->kids[0], "Exception");
}

static struct ast_text last_part(struct ast_text name)
{
    const char *dot = memrchr(name.at, '.', name.size);
    return dot ? (struct ast_text){dot + 1, name.size - (size_t)(dot + 1 - name.at)} : name;
}

// Only what the names alone show: the same type, or System.Exception before any other exception.
static bool catches(const struct ast *first, const struct ast *second)
{
    struct ast_text a = last_part(first->kids[0]->text), b = last_part(second->kids[0]->text);
    bool exception = b.size >= 9 && utf8_same_ignore_case(b.at + b.size - 9, 9, "Exception", 9);
    return (is_exception_root(first) && exception) || utf8_same_ignore_case(a.at, a.size, b.at, b.size);
}

static void check_later_catch(struct check *check, const struct ast *first, const struct ast *second)
{
    for (uint32_t i = CATCH_TYPES; i < first->count; i++)
        for (uint32_t j = CATCH_TYPES; j < second->count; j++)
            if (catches(first->kids[i], second->kids[j]))
                complain(check, second->kids[j], PE_ExceptionTypeAlreadyCaught);
}

enum { CATCH_PAIRS = 256 }; // clauses that are held against each other: the work grows with their square

static void check_try(struct check *check, const struct ast *node)
{
    uint32_t end = node->count < CATCH_PAIRS ? node->count : CATCH_PAIRS;
    for (uint32_t i = TRY_CATCHES; i + 1 < end; i++) {
        const struct ast *first = node->kids[i];
        if (first->count == CATCH_TYPES) {
            struct extent at = {node->kids[i + 1]->start, node->kids[i + 1]->end};
            diagnose(check->source, before(at), PE_EmptyCatchNotLast, false);
            continue;
        }
        for (uint32_t j = i + 1; j < end; j++)
            check_later_catch(check, first, node->kids[j]);
    }
}

static bool is_labeled(const struct ast *node)
{
    return node->kind >= AST_SWITCH_STATEMENT && node->kind <= AST_WHILE_STATEMENT;
}

// `label` NULL: a return, which no loop stops; empty: the innermost loop.
static bool ends_at(const struct ast *loop, const struct ast_text *label)
{
    return label && is_labeled(loop)
           && (!label->size || utf8_same_ignore_case(label->at, label->size, loop->text.at, loop->text.size));
}

static void check_leaving_finally(struct check *check, const struct ast *jump, const struct ast_text *label)
{
    for (const struct ast *at = jump->parent, *below = jump; at; below = at, at = at->parent) {
        if (at->kind == AST_NAMED_BLOCK || at->kind == AST_TRAP_STATEMENT || at->kind == AST_SCRIPT_BLOCK
            || ends_at(at, label))
            return;
        if (at->kind == AST_TRY_STATEMENT && at->kids[TRY_FINALLY] == below) {
            complain(check, jump, PE_ControlLeavingFinally);
            return;
        }
    }
}

static void check_label(struct check *check, const struct ast *jump, const struct ast_text *label)
{
    if (!label || !label->size)
        return;
    for (const struct ast *at = jump->parent; at; at = at->parent) {
        if (at->kind == AST_FUNCTION_DEFINITION) {
            if (is_method(at->parent))
                complain(check, jump, PE_LabelNotFound);
            return;
        }
        if (is_labeled(at) && at->kind != AST_SWITCH_STATEMENT && ends_at(at, label))
            return;
    }
}

static void check_jump(struct check *check, const struct ast *jump)
{
    static const struct ast_text innermost = {"", 0};
    const struct ast *label = jump->kids[0];
    const struct ast_text *name = !label ? &innermost
                                  : label->kind == AST_STRING_CONSTANT_EXPRESSION ? &label->text : NULL;
    check_leaving_finally(check, jump, name);
    check_label(check, jump, name);
}

static void check_return(struct check *check, const struct ast *node)
{
    check_leaving_finally(check, node, NULL);
    if (!is_method(check->member))
        return;
    bool is_void = is_void_method(check->member);
    if (node->kids[0] && is_void)
        complain(check, node, PE_VoidMethodHasReturn);
    if (!node->kids[0] && !is_void)
        complain(check, node, PE_NonVoidMethodMissingReturnValue);
}

static void check_splat(struct check *check, const struct ast *variable)
{
    const struct ast *parent = variable->parent;
    if (!(variable->flags & NODE_SPLATTED) || parent->kind == AST_COMMAND ||
        parent->kind == AST_USING_EXPRESSION)
        return;
    bool in_list = parent->kind == AST_ARRAY_LITERAL && parent->parent && parent->parent->kind == AST_COMMAND;
    complain(check, variable, in_list ? PE_SplattingNotPermittedInArgumentList : PE_SplattingNotPermitted);
}

static void check_variable(struct check *check, const struct ast *variable)
{
    check_splat(check, variable);
    if (variable->flags & NODE_UNASSIGNED)
        complain(check, variable, PE_VariableNotLocal);
    if (check->member && check->member->flags & NODE_STATIC && same_name(variable->text, "this"))
        complain(check, variable, PE_NonStaticMemberAccessInStaticMember);
}

static struct ast_text arena_name(struct check *check, const char *text, size_t size)
{
    const char *copy = arena_text(&check->source->arena, text, size);
    return copy ? (struct ast_text){copy, size} : (struct ast_text){"", 0};
}

// As .NET writes the number, in the shortest form that reads back.
static struct ast_text number_name(struct check *check, const struct number *number)
{
    char text[64];
    int size = 0;
    switch (number->type) {
    case NUM_U8: case NUM_U16: case NUM_U32: case NUM_U64:
        size = snprintf(text, sizeof text, "%llu", (unsigned long long)number->u);
        break;
    case NUM_F64:
        for (int digits = 15; digits <= 17; digits++) {
            double back;
            size = snprintf(text, sizeof text, "%.*g", digits, number->f);
            if (sscanf(text, "%lf", &back) == 1 && back == number->f)
                break;
        }
        break;
    case NUM_DECIMAL:
        size = (int)decimal_to_text(number->decimal, text);
        break;
    case NUM_BIGINT:
        return (struct ast_text){number->big.digits, number->big.size};
    default:
        size = snprintf(text, sizeof text, "%lld", (long long)number->i);
    }
    return arena_name(check, text, (size_t)size);
}

static void check_table(struct check *check, const struct ast *table)
{
    struct name_set keys = {0};
    for (uint32_t i = 0; i + 1 < table->count; i += 2) {
        const struct ast *key = table->kids[i];
        struct ast_text name = key->text;
        if (key->kind == AST_CONSTANT_EXPRESSION)
            name = number_name(check, key->number);
        else if (key->kind != AST_STRING_CONSTANT_EXPRESSION)
            continue;
        if (!name_set_add(&keys, name))
            complain(check, key, PE_DuplicateKeyInHashLiteral);
    }
    name_set_free(&keys);
}

static void check_attributed(struct check *check, const struct ast *node)
{
    const struct ast *child = node;
    while (child->kind == AST_ATTRIBUTED_EXPRESSION || child->kind == AST_CONVERT_EXPRESSION)
        child = child->kids[CONVERT_CHILD];
    if (child->kind != AST_VARIABLE_EXPRESSION)
        complain(check, node->kids[CONVERT_TYPE], PE_UnexpectedAttribute);
}

static const struct ast *bad_using(const struct ast *node)
{
    while (node->kind != AST_VARIABLE_EXPRESSION) {
        if (node->kind == AST_INDEX_EXPRESSION) {
            if (!is_constant_argument(node->kids[INDEX_INDEX], false))
                return node->kids[INDEX_INDEX];
        } else if (node->kind != AST_MEMBER_EXPRESSION
                   || node->kids[MEMBER_NAME]->kind != AST_STRING_CONSTANT_EXPRESSION) {
            return node;
        }
        node = node->kids[0];
    }
    return NULL;
}

static void check_using_expression(struct check *check, const struct ast *node)
{
    const struct ast *bad = bad_using(node->kids[0]);
    if (bad)
        complain(check, bad, PE_InvalidUsingExpression);
}

static bool is_namespace(struct ast_text name)
{
    bool start = true;
    for (size_t i = 0; i < name.size; i++) {
        unsigned char c = (unsigned char)name.at[i];
        bool letter = ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || c >= 0x80;
        bool digit = c >= '0' && c <= '9';
        if (c == '.' ? start : !letter && (start || !digit))
            return false;
        start = c == '.';
    }
    return !start;
}

static void check_using(struct check *check, const struct ast *node)
{
    bool supported = node->op == TOK_NAMESPACE || node->op == TOK_ASSEMBLY || node->op == TOK_MODULE;
    if (!supported || node->kids[USING_ALIAS])
        complain(check, node, PE_UsingStatementNotSupported);
    if (node->op == TOK_NAMESPACE && !is_namespace(node->kids[USING_NAME]->text))
        complain(check, node->kids[USING_NAME], PE_InvalidNamespaceValue);
}

static void check_unary(struct check *check, const struct ast *node)
{
    if (node->op == TOK_PLUS_PLUS || node->op == TOK_MINUS_MINUS)
        check_assignment(check, node->kids[0], false, PE_OperatorRequiresVariableOrProperty);
}

static void check_property(struct check *check, const struct ast *member)
{
    const struct ast *type = member->kids[MEMBER_TYPE];
    if (type && is_type_named(type->kids[0], "void"))
        complain(check, type, PE_TypeNotAllowedForProperty);
}

static void check_block(struct check *check, const struct ast *node)
{
    struct extent keyword = {node->start,
                             node->start + (uint32_t)strlen(token_text((enum token_kind)node->op))};
    diagnose(check->source, keyword, PE_UnexpectedKeyword, false);
}

static void check_switch(struct check *check, const struct ast *node)
{
    if (node->flags & NODE_SWITCH_PARALLEL)
        complain(check, node, PE_KeywordParameterReservedForFutureUse);
}

static void check_param_block(struct check *check, const struct ast *node)
{
    check_parameters(check, node, 0);
}

static void check_assignment_statement(struct check *check, const struct ast *node)
{
    check_assignment(check, node->kids[LEFT], node->op == TOK_EQUALS, PE_InvalidLeftHandSide);
}

static void (*const checks[AST_KINDS])(struct check *check, const struct ast *node) = {
    [AST_PARAM_BLOCK] = check_param_block,
    [AST_ATTRIBUTE] = check_attribute,
    [AST_PARAMETER] = check_parameter,
    [AST_USING_STATEMENT] = check_using,
    [AST_PROPERTY_MEMBER] = check_property,
    [AST_FUNCTION_MEMBER] = check_method,
    [AST_FUNCTION_DEFINITION] = check_function,
    [AST_DATA_STATEMENT] = check_data,
    [AST_SWITCH_STATEMENT] = check_switch,
    [AST_FOREACH_STATEMENT] = check_foreach,
    [AST_TRY_STATEMENT] = check_try,
    [AST_BREAK_STATEMENT] = check_jump,
    [AST_CONTINUE_STATEMENT] = check_jump,
    [AST_RETURN_STATEMENT] = check_return,
    [AST_ASSIGNMENT_STATEMENT] = check_assignment_statement,
    [AST_BLOCK_STATEMENT] = check_block,
    [AST_UNARY_EXPRESSION] = check_unary,
    [AST_ATTRIBUTED_EXPRESSION] = check_attributed,
    [AST_CONVERT_EXPRESSION] = check_cast,
    [AST_VARIABLE_EXPRESSION] = check_variable,
    [AST_HASHTABLE] = check_table,
    [AST_USING_EXPRESSION] = check_using_expression,
};

static void visit_range(struct check *check, const struct ast *node, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end && i < node->count; i++)
        visit(check, node->kids[i]);
}

// PowerShell's order of visiting where it is not the order of the slots.
static void visit_kids(struct check *check, const struct ast *node)
{
    uint32_t count = node->count, fixed = 0;
    switch (node->kind) {
    case AST_SCRIPT_BLOCK:
        fixed = SB_REST;
        break;
    case AST_FUNCTION_DEFINITION:
    case AST_DATA_STATEMENT:
    case AST_CATCH_CLAUSE:
        fixed = 1;
        break;
    case AST_SWITCH_STATEMENT:
    case AST_TRY_STATEMENT:
    case AST_PARAMETER:
        visit_range(check, node, 0, 1);
        visit_range(check, node, 2, count);
        visit_range(check, node, 1, 2);
        return;
    default:
        break;
    }
    visit_range(check, node, fixed, count);
    visit_range(check, node, 0, fixed);
}

static void visit(struct check *check, const struct ast *node)
{
    if (!node)
        return;
    const struct ast *member = check->member;
    if (node->kind == AST_FUNCTION_MEMBER || node->kind == AST_PROPERTY_MEMBER)
        check->member = node;
    if (node->kind == AST_SCRIPT_BLOCK && !(node->parent && is_method(node->parent->parent)))
        check->member = NULL;
    if (checks[node->kind])
        checks[node->kind](check, node);
    visit_kids(check, node);
    if (node->kind == AST_TYPE_DEFINITION)
        check_resource(check, node);
    check->member = member;
}

void check_source(struct source *source, struct ast *root)
{
    struct check check = {.source = source};
    check_requires(&check);
    check_symbols(&check, root);
    visit(&check, root);
    name_set_free(&check.classes);
}
