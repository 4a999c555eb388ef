// foreach, for, while, do.
#include "syntax/parser-internal.h"

// A loop that is being read. Once `error` ends somewhere, it is a statement in error that ends there.
struct loop {
    const struct token *label, *keyword;
    struct extent start, error;
    struct nodes parsed;
    uint32_t flags;
};

static bool failed(const struct loop *loop)
{
    return loop->error.end > 0;
}

static void missing(struct parser *p, struct loop *loop, struct extent last, enum parse_error_id id)
{
    loop->error = last;
    report_incomplete(p, after(last), id);
}

// What there is of it, in the order of the text: the condition of "do" stands last.
static struct ast *loop_in_error(struct parser *p, struct loop *loop, bool body_first)
{
    struct nodes parsed = {0};
    uint32_t count = loop->parsed.count;
    for (uint32_t i = 0; i < count; i++) {
        struct ast *part = loop->parsed.at[body_first ? count - 1 - i : i];
        if (part)
            add_node(p, &parsed, part);
    }
    return error_statement(p, span(loop->start, loop->error), &parsed);
}

static struct ast *finish(struct parser *p, struct loop *loop, enum ast_kind kind, struct extent end)
{
    struct ast *node;
    if (failed(loop))
        return loop_in_error(p, loop, kind == AST_DO_WHILE_STATEMENT || kind == AST_DO_UNTIL_STATEMENT);
    node = new_node(p, kind, span(loop->start, end));
    if (loop->label)
        node->text = loop->label->text;
    node->flags = loop->flags;
    set_kids(p, node, &loop->parsed);
    return node;
}

static bool open_parenthesis(struct parser *p, struct loop *loop, const struct token *keyword,
                             struct token *ret)
{
    skip_newlines(p);
    if (take_token(p, TOK_LPAREN, ret))
        return true;
    missing(p, loop, keyword->at, PE_MissingOpenParenthesisAfterKeyword);
    return false;
}

static struct ast *throttle_rule(struct parser *p, const struct token *parameter)
{
    skip_newlines(p);
    struct ast *limit = single_argument_rule(p, ARGUMENT);
    if (!limit)
        report_incomplete(p, after(parameter->at), PE_MissingThrottleLimit);
    return limit;
}

static struct ast *foreach_parameters(struct parser *p, struct loop *loop)
{
    struct ast *throttle = NULL;
    struct token parameter;
    skip_newlines(p);
    while (take_token(p, TOK_PARAMETER, &parameter)) {
        if (is_parameter(&parameter, "parallel")) {
            loop->flags |= NODE_PARALLEL;
        } else if (is_parameter(&parameter, "throttlelimit")) {
            throttle = throttle_rule(p, &parameter);
        } else {
            loop->error = parameter.at;
            report(p, parameter.at, PE_InvalidForeachFlag);
        }
        skip_newlines(p);
    }
    return throttle;
}

static struct ast *foreach_variable(struct parser *p, struct loop *loop, const struct token *lparen)
{
    skip_newlines(p);
    struct token token = next_token(p);
    if (token.kind != TOK_VARIABLE && token.kind != TOK_SPLATTED_VARIABLE) {
        unget_token(p, &token);
        missing(p, loop, lparen->at, PE_MissingVariableNameAfterForeach);
        return NULL;
    }
    return variable_node(p, &token);
}

// in EXPRESSION ) BLOCK
static void foreach_rest(struct parser *p, struct loop *loop, const struct ast *variable)
{
    struct token in, rparen;
    skip_newlines(p);
    if (!take_token(p, TOK_IN, &in)) {
        missing(p, loop, extent_of(variable), PE_MissingInInForeach);
        return;
    }
    skip_newlines(p);
    struct ast *condition = pipeline_chain_rule(p);
    add_node(p, &loop->parsed, condition);
    if (!condition) {
        missing(p, loop, in.at, PE_MissingForeachExpression);
        return;
    }
    skip_newlines(p);
    if (!take_token(p, TOK_RPAREN, &rparen)) {
        missing(p, loop, extent_of(condition), PE_MissingEndParenthesisAfterForeach);
        return;
    }
    struct ast *body = statement_block_rule(p);
    add_node(p, &loop->parsed, body);
    if (!body)
        missing(p, loop, rparen.at, PE_MissingForeachStatement);
}

static struct ast *foreach_rule(struct parser *p, struct loop *loop)
{
    struct token lparen;
    struct ast *throttle = foreach_parameters(p, loop);
    if (!open_parenthesis(p, loop, loop->keyword, &lparen))
        return finish(p, loop, AST_FOREACH_STATEMENT, loop->error);
    struct ast *variable = foreach_variable(p, loop, &lparen);
    if (!variable)
        return finish(p, loop, AST_FOREACH_STATEMENT, loop->error);
    add_node(p, &loop->parsed, variable);
    foreach_rest(p, loop, variable);
    if (failed(loop))
        return finish(p, loop, AST_FOREACH_STATEMENT, loop->error);
    struct extent end = extent_of(loop->parsed.at[FOREACH_BODY]);
    add_node(p, &loop->parsed, throttle);
    return finish(p, loop, AST_FOREACH_STATEMENT, end);
}

// One clause and the semicolon after it; *last is the end of what was read so far.
static void for_clause(struct parser *p, struct loop *loop, bool semicolon, struct extent *last)
{
    struct token semi;
    skip_newlines(p);
    struct ast *clause = pipeline_chain_rule(p);
    add_node(p, &loop->parsed, clause);
    if (clause)
        *last = extent_of(clause);
    if (semicolon && take_token(p, TOK_SEMI, &semi))
        *last = semi.at;
}

static struct ast *for_rule(struct parser *p, struct loop *loop)
{
    struct token lparen, rparen;
    if (!open_parenthesis(p, loop, loop->keyword, &lparen))
        return finish(p, loop, AST_FOR_STATEMENT, loop->error);
    struct extent last = lparen.at;
    for_clause(p, loop, true, &last);
    for_clause(p, loop, true, &last);
    for_clause(p, loop, false, &last);
    skip_newlines(p);
    if (!take_token(p, TOK_RPAREN, &rparen)) {
        missing(p, loop, last, PE_MissingEndParenthesisAfterStatement);
        return finish(p, loop, AST_FOR_STATEMENT, last);
    }
    struct ast *body = statement_block_rule(p);
    add_node(p, &loop->parsed, body);
    if (!body)
        missing(p, loop, rparen.at, PE_MissingLoopStatement);
    return finish(p, loop, AST_FOR_STATEMENT, body ? extent_of(body) : rparen.at);
}

static struct ast *while_rule(struct parser *p, struct loop *loop)
{
    struct token lparen, rparen;
    if (!open_parenthesis(p, loop, loop->keyword, &lparen))
        return finish(p, loop, AST_WHILE_STATEMENT, loop->error);
    skip_newlines(p);
    struct ast *condition = pipeline_chain_rule(p);
    if (!condition) {
        report_incomplete(p, after(lparen.at), PE_MissingExpressionAfterKeyword);
        condition = error_statement(p, after(lparen.at), NULL);
    }
    add_node(p, &loop->parsed, condition);
    skip_newlines(p);
    if (!take_token(p, TOK_RPAREN, &rparen)) {
        loop->error = extent_of(condition);
        if (condition->kind != AST_ERROR_STATEMENT)
            missing(p, loop, extent_of(condition), PE_MissingEndParenthesisAfterStatement);
        return finish(p, loop, AST_WHILE_STATEMENT, loop->error);
    }
    struct ast *body = statement_block_rule(p);
    add_node(p, &loop->parsed, body);
    if (!body)
        missing(p, loop, rparen.at, PE_MissingLoopStatement);
    return finish(p, loop, AST_WHILE_STATEMENT, body ? extent_of(body) : rparen.at);
}

// ( CONDITION ) after the while or until of a do loop; gives the end of the loop.
static struct extent do_condition(struct parser *p, struct loop *loop, const struct token *keyword)
{
    struct token lparen, rparen;
    if (!open_parenthesis(p, loop, keyword, &lparen))
        return loop->error;
    skip_newlines(p);
    struct ast *condition = pipeline_chain_rule(p);
    if (!condition)
        missing(p, loop, lparen.at, PE_MissingExpressionAfterKeyword);
    loop->parsed.at[LOOP_CONDITION] = condition;
    skip_newlines(p);
    if (!take_token(p, TOK_RPAREN, &rparen) && condition)
        missing(p, loop, extent_of(condition), PE_MissingEndParenthesisAfterStatement);
    return rparen.at;
}

static struct ast *do_rule(struct parser *p, struct loop *loop)
{
    struct ast *body = statement_block_rule(p);
    if (!body) {
        missing(p, loop, loop->keyword->at, PE_MissingLoopStatement);
        return finish(p, loop, AST_DO_WHILE_STATEMENT, loop->error);
    }
    add_node(p, &loop->parsed, NULL);
    add_node(p, &loop->parsed, body);
    skip_newlines(p);
    struct token keyword = next_token(p);
    if (keyword.kind != TOK_WHILE && keyword.kind != TOK_UNTIL) {
        unget_token(p, &keyword);
        missing(p, loop, extent_of(body), PE_MissingWhileOrUntilInDoWhile);
        return finish(p, loop, AST_DO_WHILE_STATEMENT, loop->error);
    }
    struct extent end = do_condition(p, loop, &keyword);
    return finish(p, loop, keyword.kind == TOK_UNTIL ? AST_DO_UNTIL_STATEMENT : AST_DO_WHILE_STATEMENT, end);
}

struct ast *loop_rule(struct parser *p, const struct token *label, const struct token *keyword)
{
    struct loop loop = {.label = label, .keyword = keyword, .start = label ? label->at : keyword->at};
    switch (keyword->kind) {
    case TOK_FOREACH:
        return foreach_rule(p, &loop);
    case TOK_FOR:
        return for_rule(p, &loop);
    case TOK_WHILE:
        return while_rule(p, &loop);
    default:
        return do_rule(p, &loop);
    }
}
