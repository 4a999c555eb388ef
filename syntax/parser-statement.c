// Which statement it is, and the short ones; names and keys.
#include "syntax/parser-internal.h"

struct ast *simple_name_rule(struct parser *p)
{
    struct token token;
    p->lexer.simple_name = true;
    bool found = take_token(p, TOK_IDENTIFIER, &token);
    p->lexer.simple_name = false;
    return found ? word_node(p, token.at, token.text) : NULL;
}

struct ast *label_or_key_rule(struct parser *p)
{
    struct ast *name = simple_name_rule(p);
    if (name || peek_kind(p) == TOK_NEWLINE || peek_kind(p) == TOK_SEMI)
        return name;
    bool comma = p->no_comma;
    p->no_comma = true;
    name = unary_rule(p, false);
    p->no_comma = comma;
    return name;
}

static struct ast *flow_node(struct parser *p, enum ast_kind kind, const struct token *keyword,
                             struct ast *operand)
{
    struct ast *node = NODE(p, kind, operand ? span(keyword->at, extent_of(operand)) : keyword->at, operand);
    return node;
}

static struct ast *block_rule(struct parser *p, const struct token *keyword)
{
    struct ast *body = statement_block_rule(p);
    if (!body) {
        report_incomplete(p, after(keyword->at), PE_MissingStatementAfterKeyword);
        return error_statement(p, keyword->at, NULL);
    }
    struct ast *block = NODE(p, AST_BLOCK_STATEMENT, span(keyword->at, extent_of(body)), body);
    block->op = keyword->kind;
    return block;
}

// One condition and its block. False: *ret_error is the statement that stands for the whole.
static bool if_clause(struct parser *p, const struct token *first, const struct token *keyword,
                      struct nodes *clauses, struct ast **ret_error)
{
    struct token lparen, rparen;
    skip_newlines(p);
    if (!take_token(p, TOK_LPAREN, &lparen)) {
        report_incomplete(p, after(keyword->at), PE_MissingOpenParenthesisInIfStatement);
        *ret_error = error_statement(p, span(first->at, keyword->at), clauses);
        return false;
    }
    skip_newlines(p);
    struct ast *condition = pipeline_chain_rule(p);
    bool missing = !condition;
    if (missing) {
        report_incomplete(p, after(lparen.at), PE_IfStatementMissingCondition);
        condition = error_statement(p, after(lparen.at), NULL);
    }
    add_node(p, clauses, condition);
    skip_newlines(p);
    if (!take_token(p, TOK_RPAREN, &rparen)) {
        if (condition->kind != AST_ERROR_STATEMENT)
            report_incomplete(p, rparen.at, PE_MissingEndParenthesisAfterStatement);
        *ret_error = error_statement(p, span(first->at, before(rparen.at)), clauses);
        return false;
    }
    struct ast *body = statement_block_rule(p);
    if (!body) {
        report_incomplete(p, rparen.at, PE_MissingStatementBlock);
        *ret_error = error_statement(p, span(first->at, rparen.at), clauses);
        return false;
    }
    add_node(p, clauses, body);
    return true;
}

static struct ast *if_rule(struct parser *p, const struct token *first)
{
    struct nodes clauses = {0};
    struct token keyword = *first;
    struct ast *error;
    for (;;) {
        if (!if_clause(p, first, &keyword, &clauses, &error))
            return error;
        uint32_t start = p->has_ahead ? p->ahead.at.start : mark(p);
        skip_newlines(p);
        if (take_token(p, TOK_ELSEIF, &keyword))
            continue;
        if (!take_token(p, TOK_ELSE, &keyword)) {
            resync(p, start);
            break;
        }
        struct ast *otherwise = statement_block_rule(p);
        if (!otherwise) {
            report_incomplete(p, after(keyword.at), PE_MissingStatementBlockAfterElse);
            return error_statement(p, span(first->at, keyword.at), &clauses);
        }
        add_node(p, &clauses, otherwise);
        break;
    }
    struct extent at = span(first->at, extent_of(clauses.at[clauses.count - 1]));
    struct ast *node = new_node(p, AST_IF_STATEMENT, at);
    set_kids(p, node, &clauses);
    return node;
}

static bool cannot_name_function(enum token_kind kind)
{
    switch (kind) {
    case TOK_PIPE: case TOK_LPAREN: case TOK_LCURLY: case TOK_AT_PAREN: case TOK_AT_CURLY: case TOK_RCURLY:
    case TOK_RPAREN: case TOK_END_OF_INPUT: case TOK_SEMI: case TOK_REDIRECTION: case TOK_REDIRECT_IN:
    case TOK_AND_AND: case TOK_OR_OR: case TOK_AMPERSAND: case TOK_VARIABLE: case TOK_SPLATTED_VARIABLE:
    case TOK_HERE_STRING_EXPANDABLE: case TOK_HERE_STRING_LITERAL: case TOK_STRING_LITERAL:
    case TOK_STRING_EXPANDABLE:
        return true;
    default:
        return false;
    }
}

void function_parameters_rule(struct parser *p, struct nodes *parameters, bool *ret_list,
                              struct extent *ret_rparen, struct extent *ret_error)
{
    struct token lparen, rparen;
    *ret_error = *ret_rparen = (struct extent){0, 0};
    skip_newlines(p);
    *ret_list = take_token(p, TOK_LPAREN, &lparen);
    if (!*ret_list)
        return;
    parameter_list_rule(p, parameters);
    skip_newlines(p);
    bool closed = take_token(p, TOK_RPAREN, &rparen);
    *ret_rparen = rparen.at;
    if (!closed) {
        *ret_error = parameters->count ? extent_of(parameters->at[parameters->count - 1]) : lparen.at;
        report_incomplete(p, after(*ret_error), PE_MissingEndParenthesisInFunctionParameterList);
    }
    skip_newlines(p);
}

static struct ast *function_node(struct parser *p, const struct token *keyword, const struct token *name,
                                 struct ast *body, const struct nodes *parameters)
{
    struct nodes kids = {0};
    add_node(p, &kids, body);
    add_nodes(p, &kids, parameters);
    struct ast *function = new_node(p, AST_FUNCTION_DEFINITION, span(keyword->at, extent_of(body)));
    function->op = keyword->kind;
    function->text = raw_text(p, name);
    set_kids(p, function, &kids);
    return function;
}

struct ast *function_rule(struct parser *p, const struct token *keyword)
{
    struct nodes parameters = {0};
    struct extent error, rparen;
    struct token lcurly;
    bool list;
    skip_newlines(p);
    struct token name = next_token(p);
    if (cannot_name_function(name.kind)) {
        unget_token(p, &name);
        report_incomplete(p, after(keyword->at), PE_MissingNameAfterKeyword);
        return error_statement(p, keyword->at, NULL);
    }
    function_parameters_rule(p, &parameters, &list, &rparen, &error);
    if (!take_token(p, TOK_LCURLY, &lcurly) && !error.end) {
        error = list ? rparen : name.at;
        report_incomplete(p, after(error), PE_MissingFunctionBody);
    }
    if (error.end)
        return error_statement(p, span(keyword->at, error), &parameters);
    struct ast *body = script_block_rule(p, &lcurly, keyword->kind == TOK_FILTER, NULL);
    struct ast *function = function_node(p, keyword, &name, body, &parameters);
    function->flags |= list ? NODE_PARENTHESES : 0;
    return function;
}

static struct ast *labeled_rule(struct parser *p, const struct token *label)
{
    skip_newlines(p);
    struct token keyword = next_token(p);
    switch (keyword.kind) {
    case TOK_SWITCH:
        return switch_rule(p, label, &keyword);
    case TOK_FOREACH: case TOK_FOR: case TOK_WHILE: case TOK_DO:
        return loop_rule(p, label, &keyword);
    default:
        resync(p, label->at.start);
        return pipeline_chain_rule(p);
    }
}

static struct ast *reserved_rule(struct parser *p, const struct token *keyword)
{
    report(p, keyword->at, PE_ReservedKeywordNotAllowed);
    return error_statement(p, keyword->at, NULL);
}

// Configurations need a subsystem that is not there: PowerShell takes the name and the brace, reports, and
// leaves the body behind.
static struct ast *configuration_rule(struct parser *p, const struct token *keyword)
{
    skip_newlines(p);
    struct token name = next_token(p);
    if (name.kind == TOK_LCURLY) {
        report(p, after(keyword->at), PE_MissingConfigurationName);
        script_block_expression_rule(p, &name);
        return error_statement(p, keyword->at, NULL);
    }
    unget_token(p, &name);
    if (name.kind == TOK_END_OF_INPUT || name.kind == TOK_COMMA) {
        report_incomplete(p, after(name.at), PE_MissingConfigurationName);
        return error_statement(p, keyword->at, NULL);
    }
    if (!single_argument_rule(p, COMMAND_NAME)) {
        report_incomplete(p, name.at, PE_MissingConfigurationName);
        return error_statement(p, keyword->at, NULL);
    }
    skip_newlines(p);
    report(p, name.at, PE_ParserError);
    take_token(p, TOK_LCURLY, &name);
    return NULL;
}

static struct ast *late_using_rule(struct parser *p, const struct token *keyword)
{
    struct ast *statement = using_rule(p, keyword);
    report(p, extent_of(statement), PE_UsingMustBeAtStartOfScript);
    return statement;
}

// Where attributes were read before a statement that is none of their own, all is read again as a pipeline.
static struct ast *pipeline_statement(struct parser *p, const struct token *token,
                                      const struct nodes *attributes, uint32_t start)
{
    if (attributes->count)
        resync(p, start);
    else
        unget_token(p, token);
    return pipeline_chain_rule(p);
}

static struct ast *end_of_statements(struct parser *p, const struct token *token,
                                     const struct nodes *attributes, uint32_t start)
{
    if (attributes->count)
        return pipeline_statement(p, token, attributes, start);
    unget_token(p, token);
    return NULL;
}

static struct ast *dispatch(struct parser *p, struct token *token, struct nodes *attributes, uint32_t start)
{
    switch (token->kind) {
    case TOK_IF: return if_rule(p, token);
    case TOK_SWITCH: return switch_rule(p, NULL, token);
    case TOK_FOREACH: case TOK_FOR: case TOK_WHILE: case TOK_DO: return loop_rule(p, NULL, token);
    case TOK_FUNCTION: case TOK_FILTER: case TOK_WORKFLOW: return function_rule(p, token);
    case TOK_RETURN: return flow_node(p, AST_RETURN_STATEMENT, token, pipeline_chain_rule(p));
    case TOK_THROW: return flow_node(p, AST_THROW_STATEMENT, token, pipeline_chain_rule(p));
    case TOK_EXIT: return flow_node(p, AST_EXIT_STATEMENT, token, pipeline_chain_rule(p));
    case TOK_BREAK: return flow_node(p, AST_BREAK_STATEMENT, token, label_or_key_rule(p));
    case TOK_CONTINUE: return flow_node(p, AST_CONTINUE_STATEMENT, token, label_or_key_rule(p));
    case TOK_TRAP: return trap_rule(p, token);
    case TOK_TRY: return try_rule(p, token);
    case TOK_DATA: return data_rule(p, token);
    case TOK_PARALLEL: case TOK_SEQUENCE: return block_rule(p, token);
    case TOK_CONFIGURATION: return configuration_rule(p, token);
    case TOK_FROM: case TOK_DEFINE: case TOK_VAR: return reserved_rule(p, token);
    case TOK_LABEL: return labeled_rule(p, token);
    case TOK_CLASS: return class_rule(p, attributes, token);
    case TOK_ENUM: return enum_rule(p, attributes, token);
    case TOK_USING: return late_using_rule(p, token);
    case TOK_END_OF_INPUT: return end_of_statements(p, token, attributes, start);
    default: return pipeline_statement(p, token, attributes, start);
    }
}

static bool has_type(const struct nodes *attributes)
{
    for (uint32_t i = 0; i < attributes->count; i++)
        if (attributes->at[i]->kind == AST_TYPE_CONSTRAINT)
            return true;
    return false;
}

static void refuse_types(struct parser *p, const struct nodes *attributes)
{
    for (uint32_t i = 0; i < attributes->count; i++) {
        if (attributes->at[i]->kind != AST_TYPE_CONSTRAINT)
            continue;
        report(p, extent_of(attributes->at[i]), PE_TypeNotAllowedBeforeStatement);
        return;
    }
}

// Reads attributes before a statement, and what follows them, or takes them back if they are an expression.
static struct token after_attributes(struct parser *p, uint32_t start, struct nodes *attributes)
{
    resync(p, start);
    attribute_list_rule(p, false, attributes);
    struct token token = next_token(p);
    if (!attributes->count)
        return token;
    bool refused = token_flags(token.kind) & TF_NO_ATTRIBUTES;
    if (refused && !has_type(attributes)) {
        report(p, extent_of(attributes->at[0]), PE_UnexpectedAttribute);
        return token;
    }
    if (!refused && (token_flags(token.kind) & TF_KEYWORD)) {
        refuse_types(p, attributes);
        return token;
    }
    resync(p, start);
    return next_token(p);
}

// After an error the leftover of a statement (else, catch, …) is skipped instead of taken for a command.
static bool is_leftover(const struct parser *p, enum token_kind kind)
{
    return (kind == TOK_ELSE || kind == TOK_ELSEIF || kind == TOK_CATCH || kind == TOK_UNTIL)
           && p->source->error_count > 0;
}

static struct ast *nested_statement_rule(struct parser *p)
{
    struct nodes attributes = {0};
    struct token token = next_token(p);
    uint32_t start = token.at.start;
    if (token.kind == TOK_GENERIC && p->source->text[start] == '[')
        token = after_attributes(p, start, &attributes);
    while (is_leftover(p, token.kind)) {
        skip_newlines(p);
        attributes.count = 0;
        token = next_token(p);
        start = token.at.start;
    }
    return dispatch(p, &token, &attributes, start);
}

struct ast *statement_rule(struct parser *p)
{
    struct ast *statement = enter(p) ? nested_statement_rule(p) : NULL;
    leave(p);
    return statement;
}
