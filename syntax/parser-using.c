// using namespace, module, assembly, type, command.
#include <string.h>

#include "base/utf8.h"
#include "syntax/parser-internal.h"

static bool is_directive(enum token_kind kind)
{
    return kind == TOK_NAMESPACE || kind == TOK_MODULE || kind == TOK_ASSEMBLY || kind == TOK_TYPE
           || kind == TOK_COMMAND;
}

static bool ends_item(enum token_kind kind)
{
    return kind == TOK_END_OF_INPUT || kind == TOK_NEWLINE || kind == TOK_SEMI || kind == TOK_COMMA;
}

static void statement_end(struct parser *p)
{
    const struct token *token = peek_token(p);
    if (token->kind == TOK_NEWLINE || token->kind == TOK_SEMI)
        skip_token(p);
    else if (token->kind != TOK_END_OF_INPUT)
        report_incomplete(p, token->at, PE_MissingStatementTerminator);
}

static bool is_name(const struct ast *node)
{
    return node->kind == AST_STRING_CONSTANT_EXPRESSION;
}

// No assembly is ever loaded from a file by its name alone; PowerShell says so at this point.
static void check_assembly(struct parser *p, const struct ast *item)
{
    const char *scheme = strstr(item->text.at, "://");
    if (!scheme)
        report(p, extent_of(item), PE_ErrorLoadingAssembly);
    else if (!utf8_same_ignore_case(item->text.at, (size_t)(scheme - item->text.at), "file", 4))
        report(p, extent_of(item), PE_CannotLoadAssemblyWithUriSchema);
}

static struct ast *bad_item(struct parser *p, struct extent start, struct extent at, struct ast *item)
{
    struct nodes parsed = {0};
    if (item)
        add_node(p, &parsed, item);
    report(p, at, PE_InvalidValueForUsingItemName);
    return error_statement(p, span(start, at), &parsed);
}

static struct ast *item_rule(struct parser *p, const struct token *keyword, const struct token *directive,
                             struct ast **ret_item)
{
    static const enum token_kind ends[] = {TOK_SEMI, TOK_NEWLINE};
    struct token token = next_token(p);
    if (ends_item(token.kind)) {
        report_incomplete(p, after(directive->at), PE_MissingUsingItemName);
        return error_statement(p, span(keyword->at, directive->at), NULL);
    }
    struct ast *item = argument_rule(p, ARGUMENT, token);
    if (!item) {
        struct ast *error = bad_item(p, keyword->at, token.at, NULL);
        sync_on_error(p, true, ends, 2);
        return error;
    }
    if (!is_name(item) && (directive->kind != TOK_MODULE || item->kind != AST_HASHTABLE))
        return bad_item(p, keyword->at, extent_of(item), NULL);
    *ret_item = item;
    return NULL;
}

static struct ast *using_node(struct parser *p, struct extent at, enum token_kind kind, struct ast *name,
                              struct ast *alias, struct ast *module)
{
    struct ast *node = NODE(p, AST_USING_STATEMENT, at, name, alias, module);
    node->op = (uint16_t)kind;
    return node;
}

// = ALIAS, or = @{ module specification }
static struct ast *alias_rule(struct parser *p, const struct token *keyword, enum token_kind kind,
                              const struct token *equals, struct ast *item)
{
    struct token token = next_token(p);
    if (token.kind == TOK_END_OF_INPUT || token.kind == TOK_NEWLINE || token.kind == TOK_SEMI) {
        unget_token(p, &token);
        report_incomplete(p, after(equals->at), PE_MissingNamespaceAlias);
        return error_statement(p, span(keyword->at, equals->at), NULL);
    }
    if (token.kind == TOK_COMMA) {
        report(p, token.at, PE_UnexpectedUnaryOperator);
        return error_statement(p, span(keyword->at, token.at), NULL);
    }
    struct ast *alias = argument_rule(p, ARGUMENT, token);
    bool module = alias && kind == TOK_MODULE && alias->kind == AST_HASHTABLE;
    if (!module && (!alias || !is_name(alias)))
        return bad_item(p, keyword->at, alias ? extent_of(alias) : token.at, item);
    statement_end(p);
    struct extent at = span(keyword->at, extent_of(alias));
    return module ? using_node(p, at, kind, item, NULL, alias) : using_node(p, at, kind, item, alias, NULL);
}

static struct ast *missing_directive(struct parser *p, const struct token *keyword, const struct token *found)
{
    unget_token(p, found);
    report_incomplete(p, after(keyword->at), PE_MissingUsingStatementDirective);
    return error_statement(p, keyword->at, NULL);
}

struct ast *using_rule(struct parser *p, const struct token *keyword)
{
    struct token directive = next_token(p), equals;
    struct ast *item = NULL, *error;
    if (!is_directive((enum token_kind)directive.kind))
        return missing_directive(p, keyword, &directive);
    error = item_rule(p, keyword, &directive, &item);
    if (error)
        return error;
    if (directive.kind == TOK_ASSEMBLY)
        check_assembly(p, item);
    bool table = item->kind == AST_HASHTABLE;
    if (directive.kind != TOK_ASSEMBLY && !table && take_token(p, TOK_EQUALS, &equals))
        return alias_rule(p, keyword, (enum token_kind)directive.kind, &equals, item);
    if (directive.kind == TOK_TYPE || directive.kind == TOK_COMMAND) {
        struct nodes parsed = {0};
        add_node(p, &parsed, item);
        report_incomplete(p, after(extent_of(item)), PE_MissingEqualsInUsingAlias);
        return error_statement(p, span(keyword->at, extent_of(item)), &parsed);
    }
    statement_end(p);
    return using_node(p, span(keyword->at, extent_of(item)), (enum token_kind)directive.kind,
                      table ? NULL : item, NULL, table ? item : NULL);
}

void usings_rule(struct parser *p, struct nodes *usings)
{
    struct token keyword;
    while (take_token(p, TOK_USING, &keyword)) {
        struct ast *statement = using_rule(p, &keyword);
        skip_separators(p);
        if (statement->kind == AST_USING_STATEMENT)
            add_node(p, usings, statement);
    }
    resync(p, keyword.at.start);
}
