// Pipelines, their chains, redirections, commands and their arguments.
#include <string.h>

#include "syntax/parser-internal.h"

static bool is_verbatim_mark(const struct token *token)
{
    return token->kind == TOK_GENERIC && token->text.size == 3 && !memcmp(token->text.at, "--%", 3);
}

// PowerShell looks at the value alone, so that a quoted mark begins a verbatim argument as well.
static bool is_quoted_mark(const struct token *token)
{
    bool string = token->kind == TOK_STRING_LITERAL || token->kind == TOK_STRING_EXPANDABLE ||
                  token->kind == TOK_HERE_STRING_LITERAL || token->kind == TOK_HERE_STRING_EXPANDABLE;
    return string && token->text.size == 3 && !memcmp(token->text.at, "--%", 3);
}

bool is_redirection(enum token_kind kind)
{
    return kind == TOK_REDIRECTION || kind == TOK_REDIRECT_IN;
}

static struct ast *file_redirection(struct parser *p, const struct token *token, struct extent *ret_extent)
{
    struct ast *file = single_argument_rule(p, FILE_NAME);
    if (!file) {
        report(p, after(token->at), PE_MissingFileSpecification);
        file = error_expression(p, token->at);
    }
    *ret_extent = span(token->at, extent_of(file));
    if (token->kind == TOK_REDIRECT_IN) {
        report(p, token->at, PE_RedirectionNotSupported);
        return NULL;
    }
    struct ast *node = NODE(p, AST_FILE_REDIRECTION, *ret_extent, file);
    node->from = token->from;
    node->flags = token->append ? NODE_APPEND : 0;
    return node;
}

static struct ast *merging_redirection(struct parser *p, const struct token *token, struct extent *ret_extent)
{
    if (token->to != 1 || token->from == token->to)
        report(p, token->at, PE_RedirectionNotSupported);
    struct ast *node = new_node(p, AST_MERGING_REDIRECTION, token->at);
    node->from = token->from;
    node->to = 1;
    *ret_extent = token->at;
    return node;
}

// *redirected holds a bit for each stream. NULL after an error that leaves no redirection.
struct ast *redirection_rule(struct parser *p, const struct token *token, unsigned *redirected,
                             struct extent *ret_extent)
{
    struct ast *node =
        token->merge ? merging_redirection(p, token, ret_extent) : file_redirection(p, token, ret_extent);
    if (node && *redirected & 1u << node->from)
        report(p, extent_of(node), PE_StreamAlreadyRedirected);
    if (node)
        *redirected |= 1u << node->from;
    return node;
}

struct ast *single_argument_rule(struct parser *p, enum argument_context context)
{
    if (peek_kind(p) == TOK_COMMA || peek_kind(p) == TOK_END_OF_INPUT)
        return NULL;
    enum lex_mode mode = set_mode(p, LEX_COMMAND);
    struct ast *argument = argument_rule(p, context, next_token(p));
    set_mode(p, mode);
    return argument;
}

static bool ends_argument(enum token_kind kind)
{
    switch (kind) {
    case TOK_PIPE: case TOK_RCURLY: case TOK_RPAREN: case TOK_END_OF_INPUT: case TOK_NEWLINE: case TOK_SEMI:
    case TOK_REDIRECTION: case TOK_REDIRECT_IN: case TOK_AND_AND: case TOK_OR_OR: case TOK_AMPERSAND:
    case TOK_MINUS_MINUS: case TOK_COMMA:
        return true;
    default:
        return false;
    }
}

static bool begins_primary(enum token_kind kind)
{
    switch (kind) {
    case TOK_SPLATTED_VARIABLE: case TOK_VARIABLE: case TOK_NUMBER: case TOK_HERE_STRING_EXPANDABLE:
    case TOK_STRING_EXPANDABLE: case TOK_HERE_STRING_LITERAL: case TOK_STRING_LITERAL: case TOK_LPAREN:
    case TOK_DOLLAR_PAREN: case TOK_AT_PAREN: case TOK_AT_CURLY: case TOK_LCURLY:
        return true;
    default:
        return false;
    }
}

static struct ast *one_argument(struct parser *p, enum argument_context context, const struct token *token)
{
    if (begins_primary((enum token_kind)token->kind)) {
        unget_token(p, token);
        return primary_rule(p, true);
    }
    if (token->kind == TOK_GENERIC && token->expandable && context != COMMAND_NAME)
        return expandable_node(p, token);
    return word_node(p, token->at, raw_text(p, token));
}

static struct ast *missing_after_comma(struct parser *p, const struct token *comma, struct nodes *items)
{
    report_incomplete(p, after(comma->at), PE_MissingExpression);
    struct ast *node = error_expression(p, span(extent_of(items->at[0]), comma->at));
    set_kids(p, node, items);
    return node;
}

static struct ast *array_node(struct parser *p, struct nodes *items)
{
    struct extent at = span(extent_of(items->at[0]), extent_of(items->at[items->count - 1]));
    struct ast *array = new_node(p, AST_ARRAY_LITERAL, at);
    set_kids(p, array, items);
    return array;
}

// One argument that begins with a token that was taken; arguments joined by commas are one array.
struct ast *argument_rule(struct parser *p, enum argument_context context, struct token token)
{
    struct nodes items = {0};
    struct token comma = {0};
    for (;;) {
        if (ends_argument((enum token_kind)token.kind)) {
            unget_token(p, &token);
            return comma.kind ? missing_after_comma(p, &comma, &items) : NULL;
        }
        struct ast *item = one_argument(p, context, &token);
        bool alone = context != ARGUMENT || is_verbatim_mark(&token);
        add_node(p, &items, item);
        if (alone || !take_token(p, TOK_COMMA, &comma))
            return items.count > 1 ? array_node(p, &items) : item;
        skip_newlines(p);
        token = next_token(p);
    }
}

struct command {
    struct token first;
    struct extent end;
    struct nodes elements;
    enum argument_context context;
    unsigned redirected;
    bool after_dashes; // -- was read: nothing is a parameter any more
    bool done;         // --% took the rest
};

static bool ends_command(enum token_kind kind)
{
    switch (kind) {
    case TOK_PIPE: case TOK_RCURLY: case TOK_RPAREN: case TOK_END_OF_INPUT: case TOK_NEWLINE: case TOK_SEMI:
    case TOK_AND_AND: case TOK_OR_OR: case TOK_AMPERSAND:
        return true;
    default:
        return false;
    }
}

static void add_element(struct parser *p, struct command *command, struct ast *element)
{
    command->end = extent_of(element);
    add_node(p, &command->elements, element);
}

static void dashes_element(struct parser *p, struct command *command, const struct token *token)
{
    struct ast *element = word_node(p, token->at, token->text);
    if (!command->after_dashes) {
        element->kind = AST_COMMAND_PARAMETER;
        element->text = (struct ast_text){"-", 1};
    }
    command->after_dashes = true;
    add_element(p, command, element);
}

static void parameter_element(struct parser *p, struct command *command, const struct token *token)
{
    if (command->context == COMMAND_NAME || command->context == INVOKED_NAME || command->after_dashes) {
        add_element(p, command, word_node(p, token->at, raw_text(p, token)));
        return;
    }
    struct ast *argument = NULL;
    if (token->colon && peek_kind(p) != TOK_COMMA) {
        argument = argument_rule(p, ARGUMENT, next_token(p));
        if (!argument)
            report(p, after(token->at), PE_ParameterRequiresArgument);
    }
    struct extent at = argument ? span(token->at, extent_of(argument)) : token->at;
    struct ast *parameter = NODE(p, AST_COMMAND_PARAMETER, at, argument);
    parameter->text = token->text;
    add_element(p, command, parameter);
}

static void redirection_element(struct parser *p, struct command *command, const struct token *token)
{
    if (command->context == COMMAND_NAME || command->context == INVOKED_NAME) {
        add_element(p, command, word_node(p, token->at, token->text));
        return;
    }
    struct ast *redirection = redirection_rule(p, token, &command->redirected, &command->end);
    if (redirection)
        add_node(p, &command->elements, redirection);
}

static void argument_element(struct parser *p, struct command *command, const struct token *token)
{
    bool verbatim = is_verbatim_mark(token) || is_quoted_mark(token);
    struct ast *argument = argument_rule(p, command->context, *token);
    if (!argument) { // nothing that begins one: cannot be, but a loop must not depend on it
        skip_token(p);
        return;
    }
    add_element(p, command, argument);
    if (!verbatim || p->has_ahead)
        return;
    struct token rest = lex_verbatim(&p->lexer);
    struct ast *node = word_node(p, rest.at, rest.text);
    node->flags = NODE_VERBATIM;
    add_element(p, command, node);
    command->done = true;
}

static void command_element(struct parser *p, struct command *command, const struct token *token)
{
    switch (token->kind) {
    case TOK_MINUS_MINUS:
        dashes_element(p, command, token);
        break;
    case TOK_COMMA:
        command->end = token->at;
        report(p, token->at, PE_MissingArgument);
        skip_newlines(p);
        break;
    case TOK_PARAMETER:
        parameter_element(p, command, token);
        break;
    case TOK_REDIRECTION:
    case TOK_REDIRECT_IN:
        redirection_element(p, command, token);
        break;
    default:
        argument_element(p, command, token);
    }
}

static void command_elements(struct parser *p, struct command *command)
{
    struct token token = command->first = next_token(p);
    command->end = token.at;
    command->context = COMMAND_NAME;
    if (token.kind == TOK_DOT || token.kind == TOK_AMPERSAND) {
        command->context = INVOKED_NAME;
        token = next_token(p);
    }
    while (!ends_command((enum token_kind)token.kind)) {
        command_element(p, command, &token);
        if (command->done)
            return;
        command->context = ARGUMENT;
        token = next_token(p);
    }
    unget_token(p, &token);
}

struct ast *command_rule(struct parser *p)
{
    struct command command = {0};
    enum lex_mode mode = set_mode(p, LEX_COMMAND);
    command_elements(p, &command);
    set_mode(p, mode);
    bool invoked = command.first.kind == TOK_DOT || command.first.kind == TOK_AMPERSAND;
    if (!command.elements.count) {
        if (invoked)
            report(p, command.first.at, PE_MissingExpression);
        return NULL;
    }
    struct ast *node = new_node(p, AST_COMMAND, span(command.first.at, command.end));
    node->op = invoked ? command.first.kind : TOK_NONE;
    set_kids(p, node, &command.elements);
    return node;
}

static struct ast *expression_element(struct parser *p, struct ast *expression)
{
    struct nodes kids = {0};
    struct extent end = extent_of(expression), at;
    unsigned redirected = 0;
    add_node(p, &kids, expression);
    while (is_redirection(peek_kind(p))) {
        struct token token = next_token(p);
        struct ast *redirection = redirection_rule(p, &token, &redirected, &at);
        if (redirection) {
            add_node(p, &kids, redirection);
            end = extent_of(redirection);
        }
    }
    struct ast *element = new_node(p, AST_COMMAND_EXPRESSION, span(extent_of(expression), end));
    set_kids(p, element, &kids);
    return element;
}

struct pipeline {
    struct nodes elements;
    struct token pipe; // the one read last
};

static void pipeline_element(struct parser *p, struct pipeline *pipeline, struct ast *expression)
{
    if (!expression)
        expression = expression_rule(p);
    if (expression && pipeline->elements.count)
        report(p, extent_of(expression), PE_ExpressionsMustBeFirstInPipeline);
    struct ast *element = expression ? expression_element(p, expression) : command_rule(p);
    if (element)
        add_node(p, &pipeline->elements, element);
    else if (pipeline->elements.count || peek_kind(p) == TOK_PIPE)
        report_incomplete(p, pipeline->pipe.kind ? after(pipeline->pipe.at) : peek_token(p)->at,
                          PE_EmptyPipeElement);
}

// True: a pipe was taken and an element follows.
static bool pipeline_goes_on(struct parser *p, struct pipeline *pipeline)
{
    if (peek_kind(p) == TOK_NEWLINE && lex_pipe_follows(&p->lexer, p->ahead.at))
        skip_newlines(p);
    switch (peek_kind(p)) {
    case TOK_SEMI:
    case TOK_NEWLINE:
    case TOK_RPAREN:
    case TOK_RCURLY:
    case TOK_END_OF_INPUT:
    case TOK_AND_AND:
    case TOK_OR_OR: case TOK_AMPERSAND:
        return false;
    case TOK_PIPE:
        pipeline->pipe = next_token(p);
        skip_newlines(p);
        if (peek_kind(p) != TOK_END_OF_INPUT)
            return true;
        report_incomplete(p, after(pipeline->pipe.at), PE_EmptyPipeElement);
        return false;
    default:
        report(p, peek_token(p)->at, PE_UnexpectedToken);
        return false;
    }
}

static struct ast *pipeline_rule(struct parser *p, struct ast *expression)
{
    struct pipeline pipeline = {0};
    do {
        pipeline_element(p, &pipeline, expression);
        expression = NULL;
    } while (pipeline_goes_on(p, &pipeline));
    if (!pipeline.elements.count)
        return NULL;
    struct ast *last = pipeline.elements.at[pipeline.elements.count - 1];
    struct ast *node = new_node(p, AST_PIPELINE, span(extent_of(pipeline.elements.at[0]), extent_of(last)));
    set_kids(p, node, &pipeline.elements);
    return node;
}

static struct ast *assignment_rule(struct parser *p, struct ast *target, const struct token *operator)
{
    skip_newlines(p);
    struct ast *value = statement_rule(p);
    if (!value) {
        report_incomplete(p, after(operator->at), PE_ExpectedValueExpression);
        value = error_statement(p, after(operator->at), NULL);
    }
    struct ast *node =
        NODE(p, AST_ASSIGNMENT_STATEMENT, span(extent_of(target), extent_of(value)), target, value);
    node->op = operator->kind;
    return node;
}

static struct ast *chain_node(struct parser *p, struct ast *left, struct ast *right,
                              const struct token *operator)
{
    if (!left)
        return right;
    struct ast *node = NODE(p, AST_PIPELINE_CHAIN, span(extent_of(left), extent_of(right)), left, right);
    node->op = operator->kind;
    return node;
}

static struct ast *chain_without_end(struct parser *p, struct ast *left, const struct token *operator,
                                     const struct token *found)
{
    struct nodes parsed = {0};
    if (!left)
        return NULL;
    if (found->kind == TOK_END_OF_INPUT)
        report_incomplete(p, after(operator->at), PE_EmptyPipelineChainElement);
    else if (found->kind != TOK_DOT && found->kind != TOK_AMPERSAND)
        report(p, span(operator->at, found->at), PE_EmptyPipelineChainElement);
    add_node(p, &parsed, left);
    return error_statement(p, span(extent_of(left), operator->at), &parsed);
}

static struct ast *background_rule(struct parser *p, struct ast *chain)
{
    skip_token(p);
    if (peek_kind(p) == TOK_AND_AND || peek_kind(p) == TOK_OR_OR) {
        struct token token = next_token(p);
        report(p, token.at, PE_BackgroundOperatorInPipelineChain);
        return error_statement(p, span(extent_of(chain), token.at), NULL);
    }
    chain->flags |= NODE_BACKGROUND;
    return chain;
}

static struct ast *chain_rule(struct parser *p, struct ast *expression)
{
    struct ast *left = NULL;
    struct token operator = {0}, first = {0};
    for (;;) {
        if (!expression)
            first = *peek_token(p);
        struct ast *pipeline = pipeline_rule(p, expression);
        expression = NULL;
        if (!pipeline)
            return chain_without_end(p, left, &operator, &first);
        left = chain_node(p, left, pipeline, &operator);
        if (peek_kind(p) == TOK_AMPERSAND)
            return background_rule(p, left);
        if (peek_kind(p) != TOK_AND_AND && peek_kind(p) != TOK_OR_OR)
            return left;
        operator = next_token(p);
        skip_newlines(p);
        if (peek_kind(p) == TOK_END_OF_INPUT) {
            report_incomplete(p, after(operator.at), PE_EmptyPipelineChainElement);
            return left;
        }
    }
}

static struct ast *assignment_or_chain(struct parser *p)
{
    struct token operator = {0};
    enum lex_mode mode = set_mode(p, LEX_EXPRESSION);
    struct ast *expression = expression_rule(p);
    if (expression && token_flags(peek_kind(p)) & TF_ASSIGN)
        operator = next_token(p);
    set_mode(p, mode);
    return operator.kind ? assignment_rule(p, expression, &operator) : chain_rule(p, expression);
}

struct ast *pipeline_chain_rule(struct parser *p)
{
    struct ast *chain = enter(p) ? assignment_or_chain(p) : NULL;
    leave(p);
    return chain;
}
