// NoLanguage: may a typed line be turned into a list of commands? PowerShell's clients answer this in three
// passes over the syntax, and the first refusal of the first pass that has one is the answer: the shape of
// the whole, then every node in order, then every argument's value. The values are those of input that nobody
// trusts: nothing is computed but constants.
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "syntax/modes-internal.h"
#include "syntax/modes.h"

// ---- shape ----

static size_t count_kids(const struct ast *block, bool traps)
{
    size_t count = 0;
    for (uint32_t i = 0; block && i < block->count; i++)
        count += (block->kids[i]->kind == AST_TRAP_STATEMENT) == traps;
    return count;
}

static const char *check_shape(const struct ast *root)
{
    const struct ast *end = root->kids[SB_END];
    if (root->kids[SB_BEGIN] || root->kids[SB_PROCESS] || root->kids[SB_CLEAN] || root->kids[SB_DYNAMICPARAM])
        return "CanConvertOneClauseOnly";
    if (count_kids(end, false) == 0)
        return "CantConvertEmptyPipeline";
    if (count_kids(end, true) > 0)
        return "CantConvertScriptBlockWithTrap";
    for (uint32_t i = 0; i < end->count; i++)
        if (end->kids[i]->kind != AST_PIPELINE)
            return "CanOnlyConvertOnePipeline";
    return NULL;
}

// ---- every node ----

struct lister {
    const struct ast *root;
    bool bound; // uses $args, a parameter or $using:, which only a trusted client could give values
};

static bool is_top_level(const struct lister *lister, const struct ast *pipeline)
{
    return pipeline->parent && pipeline->parent->parent == lister->root;
}

// The expression that a pipeline consists of, without command, further element or redirection; else NULL.
static const struct ast *pure_expression(const struct ast *pipeline)
{
    if (pipeline->kind != AST_PIPELINE || pipeline->count != 1 ||
        pipeline->kids[0]->kind != AST_COMMAND_EXPRESSION)
        return NULL;
    const struct ast *element = pipeline->kids[0];
    return element->count == 1 ? element->kids[CMDEXPR_EXPRESSION] : NULL;
}

static const char *list_pipeline(struct lister *lister, const struct ast *node)
{
    if (node->kids[0]->kind != AST_COMMAND_EXPRESSION)
        return NULL;
    bool value = pure_expression(node) && !is_top_level(lister, node);
    return value ? NULL : "CantConvertPipelineStartsWithExpression";
}

static const char *list_command(struct lister *lister, const struct ast *node)
{
    if (node->op == TOK_DOT)
        return "CantConvertWithDotSourcing";
    if (!node->parent || !is_top_level(lister, node->parent))
        return "CantConvertWithCommandInvocations";
    const struct ast *name = mode_command_name(node);
    if (name && name->kind == AST_SCRIPT_BLOCK_EXPRESSION)
        return "CantConvertWithScriptBlockInvocation";
    return NULL;
}

static bool named(struct ast_text text, const char *name)
{
    return utf8_same_ignore_case(text.at, text.size, name, strlen(name));
}

// The name without local: or private:, which PowerShell looks through here.
static struct ast_text local_name(struct ast_text path)
{
    static const char *const scopes[] = {"local:", "private:"};
    for (size_t i = 0; i < 2; i++) {
        size_t size = strlen(scopes[i]);
        if (path.size > size && strncasecmp(path.at, scopes[i], size) == 0)
            return (struct ast_text){path.at + size, path.size - size};
    }
    return path;
}

static bool is_parameter(const struct lister *lister, struct ast_text name)
{
    const struct ast *block = lister->root->kids[SB_PARAM];
    for (uint32_t i = 0; block && i < block->count; i++) {
        const struct ast *parameter = block->kids[i];
        if (parameter->kind == AST_PARAMETER) {
            struct ast_text known = parameter->kids[PARAM_VARIABLE]->text;
            if (utf8_same_ignore_case(known.at, known.size, name.at, name.size))
                return true;
        }
    }
    return false;
}

static const char *list_variable(struct lister *lister, const struct ast *node)
{
    struct ast_text name = local_name(node->text);
    if (named(name, "args") || is_parameter(lister, name)) {
        lister->bound = true;
        return NULL;
    }
    bool constant = named(name, "true") || named(name, "false") || named(name, "null");
    return constant && !(node->flags & NODE_SPLATTED) ? NULL : "CantConvertWithUndeclaredVariables";
}

static const char *list_node(struct lister *lister, const struct ast *node)
{
    switch (node->kind) {
    case AST_PIPELINE:
        return list_pipeline(lister, node);
    case AST_COMMAND:
        return list_command(lister, node);
    case AST_VARIABLE_EXPRESSION:
        return list_variable(lister, node);
    case AST_SCRIPT_BLOCK_EXPRESSION:
        return "CantConvertWithScriptBlocks";
    case AST_FILE_REDIRECTION:
        return "CanConvertOneOutputErrorRedir";
    case AST_MERGING_REDIRECTION:
        return node->to == 1 ? NULL : "CanConvertOneOutputErrorRedir";
    default:
        return NULL;
    }
}

static const char *list_walk(struct lister *lister, const struct ast *node)
{
    if (node->kind == AST_USING_EXPRESSION) {
        lister->bound = true;
        return NULL;
    }
    const char *id = list_node(lister, node);
    for (unsigned rank = 0; rank < MODE_RANKS && !id; rank++)
        for (uint32_t i = 0; i < node->count && !id; i++)
            if (node->kids[i] && mode_kid_rank(node, i) == rank)
                id = list_walk(lister, node->kids[i]);
    return id;
}

// ---- values ----

enum { VALUE_NODES = 5000, VALUE_KEYS = 500 };

struct valuer {
    const struct ast *root;
    unsigned seen;
};

static bool value_is_safe(struct valuer *valuer, const struct ast *node);

static bool kids_are_safe(struct valuer *valuer, const struct ast *node)
{
    for (uint32_t i = 0; i < node->count; i++)
        if (!node->kids[i] || !value_is_safe(valuer, node->kids[i]))
            return false;
    return true;
}

static bool unary_is_safe(enum token_kind op)
{
    return op == TOK_EXCLAIM || op == TOK_NOT || op == TOK_BNOT || op == TOK_PLUS || op == TOK_MINUS;
}

static const struct ast *unwrapped(const struct ast *node)
{
    while (node->kind == AST_PAREN_EXPRESSION && node->count && pure_expression(node->kids[ONLY]))
        node = pure_expression(node->kids[ONLY]);
    return node;
}

static bool is_null(const struct ast *node)
{
    return unwrapped(node)->kind == AST_VARIABLE_EXPRESSION && named(unwrapped(node)->text, "null");
}

static bool is_whole_number(const struct ast *node)
{
    struct ast_text text = node->text;
    return !memchr(text.at, '.', text.size) && (text.at[text.size - 1] | 0x20) != 'l';
}

// Only an Int32 is a place; what is made of others is seen when it is made.
static bool is_place(const struct ast *node)
{
    node = unwrapped(node);
    switch (node->kind) {
    case AST_CONSTANT_EXPRESSION:
        return is_whole_number(node);
    case AST_STRING_CONSTANT_EXPRESSION:
    case AST_EXPANDABLE_STRING_EXPRESSION:
    case AST_VARIABLE_EXPRESSION:
    case AST_HASHTABLE:
        return false;
    case AST_ARRAY_LITERAL:
        for (uint32_t i = 0; i < node->count; i++)
            if (!is_place(node->kids[i]))
                return false;
        return true;
    default:
        return true;
    }
}

// Text and arrays have places, tables keys; a number or a constant is not looked into.
static bool index_is_safe(const struct ast *node)
{
    const struct ast *target = unwrapped(node->kids[INDEX_TARGET]), *index = node->kids[INDEX_INDEX];
    if (target->kind == AST_HASHTABLE || target->kind == AST_INDEX_EXPRESSION)
        return !is_null(index);
    return target->kind != AST_CONSTANT_EXPRESSION && target->kind != AST_VARIABLE_EXPRESSION &&
           is_place(index);
}

static bool keys_are_safe(const struct ast *table)
{
    for (uint32_t i = 0; i < table->count; i += 2)
        if (is_null(table->kids[i]))
            return false;
    return true;
}

static bool convert_is_safe(struct valuer *valuer, const struct ast *node)
{
    const struct ast *type = node->kids[CONVERT_TYPE];
    return type->kind == AST_TYPE_CONSTRAINT && mode_type_is_primitive(type->kids[ONLY], valuer->root) &&
           value_is_safe(valuer, node->kids[CONVERT_CHILD]);
}

static bool pipeline_is_safe(struct valuer *valuer, const struct ast *node)
{
    const struct ast *expression = pure_expression(node);
    return expression && value_is_safe(valuer, expression);
}

static bool value_is_safe(struct valuer *valuer, const struct ast *node)
{
    if (++valuer->seen > VALUE_NODES)
        return false;
    switch (node->kind) {
    case AST_CONSTANT_EXPRESSION:
    case AST_STRING_CONSTANT_EXPRESSION:
    case AST_VARIABLE_EXPRESSION: // judged by list_variable
        return true;
    case AST_EXPANDABLE_STRING_EXPRESSION:
    case AST_ARRAY_LITERAL:
    case AST_ARRAY_EXPRESSION:
    case AST_SUB_EXPRESSION:
    case AST_PAREN_EXPRESSION:
    case AST_STATEMENT_BLOCK:
    case AST_TERNARY_EXPRESSION:
        return kids_are_safe(valuer, node);
    case AST_INDEX_EXPRESSION:
        return kids_are_safe(valuer, node) && index_is_safe(node);
    case AST_HASHTABLE:
        return node->count <= 2 * VALUE_KEYS && keys_are_safe(node) && kids_are_safe(valuer, node);
    case AST_UNARY_EXPRESSION:
        return unary_is_safe((enum token_kind)node->op) && kids_are_safe(valuer, node);
    case AST_CONVERT_EXPRESSION:
        return convert_is_safe(valuer, node);
    case AST_PIPELINE:
        return pipeline_is_safe(valuer, node);
    default:
        return false;
    }
}

static bool is_blank(struct ast_text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.at[i] != ' ' && text.at[i] != '\t' && text.at[i] != '\n' && text.at[i] != '\r')
            return false;
    return true;
}

// A command's name has to be text: what `&` is given may be anything that is safe.
static const char *check_name(struct valuer *valuer, const struct ast *name)
{
    if (!value_is_safe(valuer, name))
        return "CantConvertWithDynamicExpression";
    name = unwrapped(name);
    bool text =
        name->kind == AST_STRING_CONSTANT_EXPRESSION || name->kind == AST_EXPANDABLE_STRING_EXPRESSION;
    return text && !is_blank(name->text) ? NULL : "CantConvertWithScriptBlockInvocation";
}

static const char *check_argument(struct valuer *valuer, const struct ast *node)
{
    bool parameter = node->kind == AST_COMMAND_PARAMETER;
    const struct ast *value = parameter ? (node->count ? node->kids[ONLY] : NULL) : node;
    valuer->seen = 0; // each value is measured alone
    return !value || value_is_safe(valuer, value) ? NULL : "CantConvertWithDynamicExpression";
}

static const char *check_command(struct valuer *valuer, const struct ast *command)
{
    const struct ast *name = mode_command_name(command);
    valuer->seen = 0;
    const char *id = name ? check_name(valuer, name) : NULL;
    for (uint32_t i = 0; i < command->count && !id; i++)
        if (command->kids[i] != name && command->kids[i]->kind != AST_MERGING_REDIRECTION)
            id = check_argument(valuer, command->kids[i]);
    return id;
}

static const char *check_values(const struct ast *root)
{
    struct valuer valuer = {.root = root};
    const struct ast *end = root->kids[SB_END];
    const char *id = NULL;
    for (uint32_t i = 0; i < end->count && !id; i++)
        for (uint32_t k = 0; k < end->kids[i]->count && !id; k++)
            id = check_command(&valuer, end->kids[i]->kids[k]);
    return id;
}

const char *mode_check_command_list(const struct source *source)
{
    if (source->error_count)
        return source->errors[0].id;
    const struct ast *root = source->root;
    if (!root)
        return "OutOfMemory";
    struct lister lister = {.root = root};
    const char *id = check_shape(root);
    if (!id)
        id = list_walk(&lister, root);
    if (!id && lister.bound)
        id = "InvalidOperation";
    return id ? id : check_values(root);
}
