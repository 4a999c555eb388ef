// Values: variables, literals, brackets of all kinds, and what follows a value: members, calls, indexes.
#include <string.h>

#include "base/utf8.h"
#include "syntax/parser-internal.h"

enum { USING_SIZE = 6 }; // "using:"

static bool is_using(const struct ast_text *name)
{
    return name->size > USING_SIZE && utf8_same_ignore_case(name->at, USING_SIZE, "using:", USING_SIZE);
}

static struct ast *members_rule(struct parser *p, struct ast *target)
{
    struct token token = {0};
    bool found = !p->has_ahead && lex_member_operator(&p->lexer, true, &token);
    return postfix_rule(p, found, token, target);
}

static struct ast *variable_rule(struct parser *p, const struct token *token, bool members)
{
    struct ast *variable = variable_node(p, token);
    if (!is_using(&token->text))
        return variable;
    variable->text = (struct ast_text){token->text.at + USING_SIZE, token->text.size - USING_SIZE};
    if (members)
        variable = members_rule(p, variable);
    return NODE(p, AST_USING_EXPRESSION, extent_of(variable), variable);
}

static struct ast *number_node(struct parser *p, const struct token *token)
{
    static const struct number zero = {.type = NUM_I32};
    struct ast *node = new_node(p, AST_CONSTANT_EXPRESSION, token->at);
    node->text = token->text;
    node->number = token->number ? token->number : &zero;
    return node;
}

// The text of $( ) inside a string is read by the same parser from a place of its own.
static struct ast *nested_expression(struct parser *p, const struct token_part *part)
{
    struct lexer outer = p->lexer;
    bool had_ahead = p->has_ahead;
    struct token ahead = p->ahead;
    p->lexer.text = part->text.at;
    p->lexer.size = (uint32_t)part->text.size;
    p->lexer.at = p->lexer.start = 0;
    p->lexer.map = part->map;
    p->has_ahead = false;
    struct ast *expression = enter(p) ? primary_rule(p, true) : NULL;
    leave(p);
    outer.work = p->lexer.work;
    outer.fatal = p->lexer.fatal;
    outer.value = p->lexer.value;
    outer.parts = p->lexer.parts;
    p->lexer = outer;
    p->has_ahead = had_ahead;
    p->ahead = ahead;
    return expression ? expression : error_expression(p, part->at);
}

static struct ast *part_node(struct parser *p, const struct token_part *part)
{
    if (!part->is_variable)
        return nested_expression(p, part);
    struct token token = {
        .kind = TOK_VARIABLE, .at = part->at, .text = part->text, .braced = part->is_braced};
    return variable_rule(p, &token, false);
}

static struct ast_text literal_between(struct parser *p, const struct token *token, uint32_t start,
                                       uint32_t end)
{
    const char *copy = arena_text(&p->source->arena, token->text.at + start, end - start);
    if (!copy)
        p->lexer.fatal = "OutOfMemory";
    return copy ? (struct ast_text){copy, end - start} : (struct ast_text){"", 0};
}

static struct ast_text *literals(struct parser *p, const struct token *token)
{
    struct ast_text *parts = arena_new(&p->source->arena, (token->part_count + 1) * sizeof *parts);
    uint32_t start = 0;
    if (!parts) {
        p->lexer.fatal = "OutOfMemory";
        return NULL;
    }
    for (uint32_t i = 0; i < token->part_count; i++) {
        parts[i] = literal_between(p, token, start, token->parts[i].before);
        start = token->parts[i].after;
    }
    parts[token->part_count] = literal_between(p, token, start, (uint32_t)token->text.size);
    return parts;
}

struct ast *expandable_node(struct parser *p, const struct token *token)
{
    struct nodes kids = {0};
    struct ast *node = new_node(
        p, token->part_count ? AST_EXPANDABLE_STRING_EXPRESSION : AST_STRING_CONSTANT_EXPRESSION, token->at);
    node->quote = token->kind == TOK_GENERIC ? QUOTE_BARE : token->quote;
    node->text = token->text;
    if (!token->part_count)
        return node;
    node->parts = literals(p, token);
    for (uint32_t i = 0; i < token->part_count && !p->lexer.fatal; i++)
        add_node(p, &kids, part_node(p, &token->parts[i]));
    set_kids(p, node, &kids);
    return node;
}

static struct ast *parenthesis_rule(struct parser *p, const struct token *lparen)
{
    struct token rparen;
    bool comma = p->no_comma;
    enum lex_mode mode = set_mode(p, LEX_COMMAND);
    p->no_comma = false;
    skip_newlines(p);
    struct ast *pipeline = pipeline_chain_rule(p);
    if (!pipeline) {
        report_incomplete(p, after(lparen->at), PE_ExpectedExpression);
        pipeline = error_statement(p, after(lparen->at), NULL);
    }
    struct extent end = extent_of(pipeline);
    skip_newlines(p);
    if (take_token(p, TOK_RPAREN, &rparen))
        end = rparen.at;
    else
        report_incomplete(p, after(end), PE_MissingEndParenthesisInExpression);
    p->no_comma = comma;
    set_mode(p, mode);
    return NODE(p, AST_PAREN_EXPRESSION, span(lparen->at, end), pipeline);
}

static struct ast *subexpression_rule(struct parser *p, const struct token *first)
{
    struct nodes statements = {0};
    struct token rparen;
    bool comma = p->no_comma;
    enum lex_mode mode = set_mode(p, LEX_COMMAND);
    p->no_comma = false;
    struct extent body = statement_list_rule(p, &statements);
    struct extent end = body.end ? body : first->at;
    skip_newlines(p);
    if (take_token(p, TOK_RPAREN, &rparen))
        end = rparen.at;
    else
        report_incomplete(p, rparen.at, PE_MissingEndParenthesisInSubexpression);
    p->no_comma = comma;
    set_mode(p, mode);
    struct ast *block = new_node(p, AST_STATEMENT_BLOCK, body.end ? body : after(first->at));
    set_kids(p, block, &statements);
    return NODE(p, first->kind == TOK_DOLLAR_PAREN ? AST_SUB_EXPRESSION : AST_ARRAY_EXPRESSION,
                span(first->at, end), block);
}

static struct ast *entry_without_equals(struct parser *p, const struct ast *key)
{
    static const enum token_kind ends[] = {TOK_RCURLY, TOK_SEMI, TOK_NEWLINE};
    report(p, after(extent_of(key)), PE_MissingEqualsInHashLiteral);
    sync_on_error(p, false, ends, 3);
    return error_statement(p, after(extent_of(key)), NULL);
}

static struct ast *entry_value(struct parser *p, const struct token *equals)
{
    enum lex_mode mode = set_mode(p, LEX_COMMAND);
    skip_newlines(p);
    struct ast *value = statement_rule(p);
    if (!value) {
        report_incomplete(p, after(equals->at), PE_MissingStatementInHashLiteral);
        value = error_statement(p, after(equals->at), NULL);
    }
    set_mode(p, mode);
    return value;
}

static bool entry_rule(struct parser *p, struct nodes *entries)
{
    struct token equals;
    enum lex_mode mode = set_mode(p, LEX_EXPRESSION);
    struct ast *key = label_or_key_rule(p);
    bool found = key && take_token(p, TOK_EQUALS, &equals);
    set_mode(p, mode);
    if (!key)
        return false;
    add_node(p, entries, key);
    add_node(p, entries, found ? entry_value(p, &equals) : entry_without_equals(p, key));
    return true;
}

static struct ast *table_rule(struct parser *p, const struct token *first)
{
    struct nodes entries = {0};
    struct token rcurly;
    skip_newlines(p);
    while (entry_rule(p, &entries) && (peek_kind(p) == TOK_NEWLINE || peek_kind(p) == TOK_SEMI))
        skip_separators(p);
    bool closed = take_token(p, TOK_RCURLY, &rcurly);
    if (!closed)
        report_unclosed(p, after(first->at), rcurly.at, PE_MissingEndCurlyBrace);
    struct ast *table = new_node(p, AST_HASHTABLE, span(first->at, closed ? rcurly.at : before(rcurly.at)));
    set_kids(p, table, &entries);
    return table;
}

struct ast *script_block_expression_rule(struct parser *p, const struct token *lcurly)
{
    bool comma = p->no_comma;
    enum lex_mode mode = set_mode(p, LEX_COMMAND);
    p->no_comma = false;
    struct ast *script = script_block_rule(p, lcurly, false, NULL);
    p->no_comma = comma;
    set_mode(p, mode);
    return NODE(p, AST_SCRIPT_BLOCK_EXPRESSION, extent_of(script), script);
}

static struct ast *value_rule(struct parser *p, const struct token *token, bool members)
{
    switch (token->kind) {
    case TOK_SPLATTED_VARIABLE: case TOK_VARIABLE: return variable_rule(p, token, members);
    case TOK_NUMBER: return number_node(p, token);
    case TOK_HERE_STRING_EXPANDABLE: case TOK_STRING_EXPANDABLE:
    case TOK_HERE_STRING_LITERAL: case TOK_STRING_LITERAL: return expandable_node(p, token);
    case TOK_LPAREN: return parenthesis_rule(p, token);
    case TOK_AT_PAREN: case TOK_DOLLAR_PAREN: return subexpression_rule(p, token);
    case TOK_AT_CURLY: return table_rule(p, token);
    case TOK_LCURLY: return script_block_expression_rule(p, token);
    default: return NULL;
    }
}

struct ast *primary_rule(struct parser *p, bool members)
{
    struct token token = next_token(p);
    struct ast *value = value_rule(p, &token, members);
    if (!value) {
        unget_token(p, &token);
        return NULL;
    }
    return members ? members_rule(p, value) : value;
}

static struct ast *member_name(struct parser *p)
{
    struct ast *name = simple_name_rule(p);
    if (name)
        return name;
    enum token_kind kind = peek_kind(p);
    if (token_flags(kind) & TF_UNARY || kind == TOK_LBRACKET)
        return unary_rule(p, false);
    return primary_rule(p, false);
}

static struct ast *argument_after_comma(struct parser *p, const struct token *comma, bool *reported)
{
    skip_newlines(p);
    struct ast *argument = expression_rule(p);
    if (!argument && comma->kind) {
        report_incomplete(p, after(comma->at), PE_MissingExpressionAfterToken);
        *reported = true;
    }
    return argument;
}

void arguments_rule(struct parser *p, const struct token *lparen, struct nodes *arguments,
                    struct extent *ret_last)
{
    struct token comma = {0}, rparen;
    struct ast *argument;
    bool reported = false, comma_off = p->no_comma;
    struct extent last = lparen->at;
    p->no_comma = true;
    while ((argument = argument_after_comma(p, &comma, &reported))) {
        add_node(p, arguments, argument);
        last = extent_of(argument);
        skip_newlines(p);
        if (!take_token(p, TOK_COMMA, &comma))
            break;
    }
    skip_newlines(p);
    bool closed = take_token(p, TOK_RPAREN, &rparen);
    if (!closed && !reported)
        report_incomplete(p, after(last), PE_MissingEndParenthesisInMethodCall);
    p->no_comma = comma_off;
    *ret_last = closed ? rparen.at : reported ? comma.at : last;
}

// [types] between a method's name and its arguments; nothing is taken where no ( follows them.
static struct ast *method_types(struct parser *p)
{
    uint32_t start = mark(p);
    struct token lbracket = next_token(p), first, last;
    struct nodes arguments = {0};
    if (lbracket.kind != TOK_LBRACKET) {
        resync(p, start);
        return NULL;
    }
    enum lex_mode mode = set_mode(p, LEX_TYPE_NAME);
    skip_newlines(p);
    bool type = take_token(p, TOK_IDENTIFIER, &first);
    bool closed = type && generic_arguments_rule(p, &first, &arguments, &last);
    if (type && !closed) {
        unget_token(p, &last);
        report_incomplete(p, before(last.at), PE_EndSquareBracketExpectedAtEndOfType);
    }
    set_mode(p, mode);
    char next = p->has_ahead ? 0 : p->lexer.at < p->lexer.size ? p->lexer.text[p->lexer.at] : 0;
    if (!type || (closed && next != '(' && next != '{')) {
        resync(p, start);
        return NULL;
    }
    struct ast *types = new_node(p, AST_TYPE_NAME, span(lbracket.at, type && closed ? last.at : first.at));
    types->flags = NODE_GENERIC;
    set_kids(p, types, &arguments);
    return types;
}

static uint32_t access_flags(const struct token *operator)
{
    return (operator->kind == TOK_COLON_COLON ? NODE_STATIC : 0)
           | (operator->kind == TOK_QUESTION_DOT ? NODE_NULL_CONDITIONAL : 0);
}

static struct ast *invoke_rule(struct parser *p, struct ast *target, const struct token *operator,
                               struct ast * name, struct ast *types, const struct token *open)
{
    struct nodes kids = {0};
    struct extent last;
    add_node(p, &kids, target);
    add_node(p, &kids, name);
    if (open->kind == TOK_LPAREN) {
        arguments_rule(p, open, &kids, &last);
    } else {
        struct ast *block = script_block_expression_rule(p, open);
        add_node(p, &kids, block);
        last = extent_of(block);
    }
    if (types)
        add_node(p, &kids, types);
    struct ast *node = new_node(p, AST_INVOKE_MEMBER_EXPRESSION, span(extent_of(target), last));
    node->flags = access_flags(operator) | (types ? NODE_GENERIC : 0);
    set_kids(p, node, &kids);
    return node;
}

static struct ast *missing_member(struct parser *p, const struct ast *target, const struct token *operator)
{
    report_incomplete(p, after(operator->at), PE_MissingPropertyName);
    struct ast *argument = single_argument_rule(p, ARGUMENT);
    return argument ? argument : error_expression(p, span(extent_of(target), operator->at));
}

static struct ast *member_rule(struct parser *p, struct ast *target, const struct token *operator)
{
    struct token open;
    struct ast *name = member_name(p);
    if (!name) {
        name = missing_member(p, target, operator);
    } else if (!p->has_ahead) {
        struct ast *types = method_types(p);
        if (!p->has_ahead && lex_invoke_open(&p->lexer, &open))
            return invoke_rule(p, target, operator, name, types, &open);
    }
    struct ast *node = NODE(p, AST_MEMBER_EXPRESSION, span(extent_of(target), extent_of(name)), target, name);
    node->flags = access_flags(operator);
    return node;
}

static struct ast *index_rule(struct parser *p, struct ast *target, const struct token *lbracket)
{
    struct token rbracket;
    bool comma = p->no_comma;
    p->no_comma = false;
    skip_newlines(p);
    struct ast *index = expression_rule(p);
    p->no_comma = comma;
    if (!index) {
        report_incomplete(p, after(lbracket->at), PE_MissingArrayIndexExpression);
        index = error_expression(p, lbracket->at);
    }
    struct extent end = extent_of(index);
    skip_newlines(p);
    if (take_token(p, TOK_RBRACKET, &rbracket))
        end = rbracket.at;
    else if (index->kind != AST_ERROR_EXPRESSION)
        report_incomplete(p, after(end), PE_MissingEndSquareBracket);
    struct ast *node = NODE(p, AST_INDEX_EXPRESSION, span(extent_of(target), end), target, index);
    node->flags = lbracket->kind == TOK_QUESTION_LBRACKET ? NODE_NULL_CONDITIONAL : 0;
    return node;
}

// Members, calls and indexes after a target; `found` says that the operator `token` was taken.
struct ast *postfix_rule(struct parser *p, bool found, struct token token, struct ast *target)
{
    while (found && !p->lexer.fatal) {
        skip_newlines(p);
        if (token.kind == TOK_LBRACKET || token.kind == TOK_QUESTION_LBRACKET)
            target = index_rule(p, target, &token);
        else
            target = member_rule(p, target, &token);
        found = !p->has_ahead && lex_member_operator(&p->lexer, true, &token);
    }
    return target;
}
