// switch [-regex|-wildcard|-exact] [-casesensitive] (value) { condition { … } … }
#include "syntax/parser-internal.h"

struct choice {
    const struct token *label;
    struct extent start, last; // the end of what was read so far
    bool error, incomplete;
    bool has_file;
    uint32_t flags;
    bool named;    // the condition is a file's name
    bool bodiless; // a clause's block is missing
    struct ast *condition, *otherwise;
    struct nodes clauses, parsed;
};

static void missing(struct parser *p, struct choice *choice, enum parse_error_id id)
{
    choice->error = true;
    choice->incomplete = report_incomplete(p, after(choice->last), id);
}

static struct ast *file_condition(struct parser *p, struct choice *choice)
{
    skip_newlines(p);
    struct ast *name = single_argument_rule(p, FILE_NAME);
    choice->has_file = true;
    if (!name) {
        missing(p, choice, PE_MissingFilenameOption);
        return choice->condition;
    }
    choice->last = extent_of(name);
    struct ast *element = NODE(p, AST_COMMAND_EXPRESSION, extent_of(name), name);
    return NODE(p, AST_PIPELINE, extent_of(name), element);
}

static void switch_parameter(struct parser *p, struct choice *choice, const struct token *parameter)
{
    const uint32_t ways = NODE_SWITCH_REGEX | NODE_SWITCH_WILDCARD | NODE_SWITCH_EXACT;
    choice->last = parameter->at;
    if (is_parameter(parameter, "regex")) {
        choice->flags = (choice->flags & ~ways) | NODE_SWITCH_REGEX;
    } else if (is_parameter(parameter, "wildcard")) {
        choice->flags = (choice->flags & ~ways) | NODE_SWITCH_WILDCARD;
    } else if (is_parameter(parameter, "exact")) {
        choice->flags = (choice->flags & ~ways) | NODE_SWITCH_EXACT;
    } else if (is_parameter(parameter, "casesensitive")) {
        choice->flags |= NODE_SWITCH_CASESENSITIVE;
    } else if (is_parameter(parameter, "parallel")) {
        choice->flags |= NODE_SWITCH_PARALLEL;
    } else if (is_parameter(parameter, "file")) {
        choice->flags |= NODE_SWITCH_FILE;
        choice->condition = file_condition(p, choice);
        choice->named = true;
    } else {
        choice->error = true;
        report(p, parameter->at, PE_InvalidSwitchFlag);
    }
}

static void switch_value(struct parser *p, struct choice *choice, const struct token *lparen)
{
    struct token rparen;
    choice->last = lparen->at;
    if (choice->has_file) {
        choice->error = true;
        report(p, lparen->at, PE_PipelineValueRequired);
    }
    skip_newlines(p);
    choice->condition = pipeline_chain_rule(p);
    choice->named = false;
    if (choice->condition)
        choice->last = extent_of(choice->condition);
    else
        missing(p, choice, PE_PipelineValueRequired);
    skip_newlines(p);
    if (take_token(p, TOK_RPAREN, &rparen))
        choice->last = rparen.at;
    else if (!choice->incomplete)
        missing(p, choice, PE_MissingEndParenthesisInSwitchStatement);
}

static struct ast *clause_condition(struct parser *p, bool *ret_default)
{
    struct token token;
    *ret_default = take_token(p, TOK_DEFAULT, &token);
    return *ret_default ? word_node(p, token.at, token.text) : single_argument_rule(p, CLAUSE_CONDITION);
}

static void keep_clause(struct parser *p, struct choice *choice, struct ast *condition, struct ast *body,
                        bool fallback)
{
    add_node(p, &choice->parsed, body);
    choice->last = extent_of(body);
    if (!fallback) {
        add_node(p, &choice->clauses, condition);
        add_node(p, &choice->clauses, body);
        return;
    }
    if (choice->otherwise) {
        choice->error = true;
        report(p, extent_of(condition), PE_MultipleSwitchDefaultClauses);
    }
    choice->otherwise = body;
}

// False: no clause stands here.
static bool switch_clause(struct parser *p, struct choice *choice)
{
    bool fallback;
    struct ast *condition = clause_condition(p, &fallback);
    if (!condition) {
        choice->error = true;
        report_incomplete(p, after(choice->last), PE_MissingSwitchConditionExpression);
        if (peek_kind(p) == TOK_RCURLY)
            skip_token(p);
        return false;
    }
    add_node(p, &choice->parsed, condition);
    choice->last = extent_of(condition);
    struct ast *body = statement_block_rule(p);
    if (body)
        keep_clause(p, choice, condition, body, fallback);
    else
        missing(p, choice, PE_MissingSwitchStatementClause), choice->bodiless = true;
    return true;
}

static void switch_body(struct parser *p, struct choice *choice, const struct token *lcurly)
{
    struct token rcurly;
    choice->last = lcurly->at;
    skip_newlines(p);
    while (switch_clause(p, choice)) {
        skip_separators(p);
        if (take_token(p, TOK_RCURLY, &rcurly)) {
            if (!choice->bodiless)
                choice->last = rcurly.at;
            return;
        }
        if (rcurly.kind != TOK_END_OF_INPUT)
            continue;
        if (!choice->incomplete) {
            choice->error = true;
            report_unclosed(p, lcurly->at, rcurly.at, PE_MissingEndCurlyBrace);
        }
        return;
    }
}

static struct ast *switch_node(struct parser *p, struct choice *choice)
{
    struct nodes kids = {0};
    if (choice->error) {
        bool valued = choice->condition && !choice->named;
        if (valued)
            add_node(p, &kids, choice->condition);
        add_nodes(p, &kids, &choice->parsed);
        struct ast *error = error_statement(p, span(choice->start, choice->last), &kids);
        return error_parts(error, TOK_SWITCH, valued), error;
    }
    add_node(p, &kids, choice->condition);
    add_node(p, &kids, choice->otherwise);
    add_nodes(p, &kids, &choice->clauses);
    struct ast *node = new_node(p, AST_SWITCH_STATEMENT, span(choice->start, choice->last));
    if (choice->label)
        node->text = choice->label->text;
    node->flags = choice->flags;
    set_kids(p, node, &kids);
    return node;
}

struct ast *switch_rule(struct parser *p, const struct token *label, const struct token *keyword)
{
    struct choice choice = {.label = label, .start = label ? label->at : keyword->at};
    struct token token;
    choice.last = choice.start;
    skip_newlines(p);
    while (take_token(p, TOK_PARAMETER, &token))
        switch_parameter(p, &choice, &token);
    if (take_token(p, TOK_LPAREN, &token))
        switch_value(p, &choice, &token);
    else if (!choice.condition && !choice.has_file)
        missing(p, &choice, PE_PipelineValueRequired);
    skip_newlines(p);
    if (take_token(p, TOK_LCURLY, &token))
        switch_body(p, &choice, &token);
    else if (!choice.incomplete)
        missing(p, &choice, PE_MissingCurlyBraceInSwitchStatement);
    return switch_node(p, &choice);
}
