// Script blocks, their parameters and named blocks, and blocks of statements.
#include "syntax/parser-internal.h"

static bool is_empty(struct extent at)
{
    return at.end == 0;
}

struct extent statement_list_rule(struct parser *p, struct nodes *statements)
{
    struct extent at = {0, 0};
    skip_separators(p);
    for (;;) {
        struct ast *statement = statement_rule(p);
        if (!statement)
            return at;
        if (p->lexer.signature < statement->start)
            report(p, extent_of(statement), PE_TokenAfterEndOfValidScriptText);
        add_node(p, statements, statement);
        at = is_empty(at) ? extent_of(statement) : span(at, extent_of(statement));
        skip_separators(p);
        if (peek_kind(p) == TOK_RPAREN || peek_kind(p) == TOK_RCURLY)
            return at;
    }
}

struct ast *statement_block_rule(struct parser *p)
{
    struct token lcurly, rcurly;
    struct nodes statements = {0};
    skip_newlines(p);
    if (!take_token(p, TOK_LCURLY, &lcurly))
        return NULL;
    struct extent body = statement_list_rule(p, &statements);
    struct extent end = is_empty(body) ? lcurly.at : body;
    if (take_token(p, TOK_RCURLY, &rcurly))
        end = rcurly.at;
    else
        report_unclosed(p, lcurly.at, rcurly.at, PE_MissingEndCurlyBrace);
    struct ast *block = new_node(p, AST_STATEMENT_BLOCK, span(lcurly.at, end));
    set_kids(p, block, &statements);
    return block;
}

static struct ast *default_value(struct parser *p)
{
    struct token equals;
    skip_newlines(p);
    if (!take_token(p, TOK_EQUALS, &equals))
        return NULL;
    skip_newlines(p);
    struct ast *value = expression_rule(p);
    if (!value)
        report_incomplete(p, after(equals.at), PE_MissingExpressionAfterToken);
    return value;
}

static struct ast *parameter_node(struct parser *p, struct extent at, struct ast *variable, struct ast *value,
                                  const struct nodes *attributes)
{
    struct nodes kids = {0};
    add_node(p, &kids, variable);
    add_node(p, &kids, value);
    add_nodes(p, &kids, attributes);
    struct ast *parameter = new_node(p, AST_PARAMETER, at);
    set_kids(p, parameter, &kids);
    return parameter;
}

static struct ast *unnamed_parameter(struct parser *p, const struct nodes *attributes)
{
    static const enum token_kind closing[] = {TOK_RPAREN};
    if (!attributes->count)
        return NULL;
    struct extent last = extent_of(attributes->at[attributes->count - 1]);
    struct extent at = span(extent_of(attributes->at[0]), last);
    report_incomplete(p, after(last), PE_InvalidFunctionParameter);
    sync_on_error(p, true, closing, 1);
    struct ast *variable = new_node(p, AST_VARIABLE_EXPRESSION, at);
    variable->text = (struct ast_text){"__error__", 9};
    return parameter_node(p, at, variable, NULL, attributes);
}

static struct ast *parameter_in_expression_mode(struct parser *p)
{
    struct nodes attributes = {0};
    skip_newlines(p);
    attribute_list_rule(p, false, &attributes);
    skip_newlines(p);
    struct token token = next_token(p);
    if (token.kind != TOK_VARIABLE && token.kind != TOK_SPLATTED_VARIABLE) {
        unget_token(p, &token);
        return unnamed_parameter(p, &attributes);
    }
    struct ast *variable = variable_node(p, &token), *value = default_value(p);
    struct extent first = attributes.count ? extent_of(attributes.at[0]) : token.at;
    return parameter_node(p, span(first, value ? extent_of(value) : token.at), variable, value, &attributes);
}

static struct ast *parameter_rule(struct parser *p)
{
    bool comma = p->no_comma;
    p->no_comma = true;
    enum lex_mode mode = set_mode(p, LEX_EXPRESSION);
    struct ast *parameter = parameter_in_expression_mode(p);
    p->no_comma = comma;
    set_mode(p, mode);
    return parameter;
}

void parameter_list_rule(struct parser *p, struct nodes *parameters)
{
    struct token comma = {0};
    for (;;) {
        struct ast *parameter = parameter_rule(p);
        if (!parameter) {
            if (comma.kind)
                report_incomplete(p, after(comma.at), PE_MissingExpressionAfterToken);
            return;
        }
        add_node(p, parameters, parameter);
        skip_newlines(p);
        if (!take_token(p, TOK_COMMA, &comma))
            return;
    }
}

// Attributes and parameters; a type before param is refused.
static struct ast *param_block_node(struct parser *p, struct extent at, const struct nodes *attributes,
                                    const struct nodes *parameters)
{
    struct nodes kids = {0};
    for (uint32_t i = 0; i < attributes->count; i++) {
        if (attributes->at[i]->kind == AST_ATTRIBUTE)
            add_node(p, &kids, attributes->at[i]);
        else
            report(p, extent_of(attributes->at[i]), PE_TypeNotAllowedBeforeParam);
    }
    add_nodes(p, &kids, parameters);
    struct ast *block = new_node(p, AST_PARAM_BLOCK, at);
    set_kids(p, block, &kids);
    return block;
}

static struct ast *param_block_rule(struct parser *p)
{
    struct nodes attributes = {0}, parameters = {0};
    struct token param, lparen, rparen;
    skip_newlines(p);
    attribute_list_rule(p, false, &attributes);
    skip_newlines(p);
    if (!take_token(p, TOK_PARAM, &param))
        return NULL;
    skip_newlines(p);
    if (!take_token(p, TOK_LPAREN, &lparen))
        return NULL;
    parameter_list_rule(p, &parameters);
    skip_newlines(p);
    struct extent end;
    if (take_token(p, TOK_RPAREN, &rparen)) {
        end = rparen.at;
    } else {
        struct extent last = parameters.count ? extent_of(parameters.at[parameters.count - 1]) : lparen.at;
        end = before(rparen.at);
        report_incomplete(p, after(last), PE_MissingEndParenthesisInFunctionParameterList);
    }
    return param_block_node(p, span(param.at, end), &attributes, &parameters);
}

struct script {
    const struct token *lcurly; // NULL: the whole text
    struct ast *slots[SB_REST];
    struct nodes usings;
    struct extent body;
};

static struct extent whole_text(const struct parser *p)
{
    return (struct extent){0, (uint32_t)p->source->size};
}

// False: something stands after the end of the whole text; it was taken and reading goes on.
static bool close_script(struct parser *p, struct script *script, struct extent *ret_at)
{
    struct token token = next_token(p);
    if (!script->lcurly) {
        *ret_at = whole_text(p);
        if (token.kind == TOK_END_OF_INPUT)
            return true;
        report(p, token.at, PE_UnexpectedToken);
        return false;
    }
    struct extent end = token.at;
    if (token.kind != TOK_RCURLY) {
        unget_token(p, &token);
        end = is_empty(script->body) ? script->lcurly->at : script->body;
        report_unclosed(p, script->lcurly->at, token.at, PE_MissingEndCurlyBrace);
    }
    *ret_at = span(script->lcurly->at, end);
    return true;
}

static struct ast *script_node(struct parser *p, struct script *script, struct extent at)
{
    struct nodes kids = {0};
    for (int i = 0; i < SB_REST; i++)
        add_node(p, &kids, script->slots[i]);
    add_nodes(p, &kids, &script->usings);
    struct ast *node = new_node(p, AST_SCRIPT_BLOCK, at);
    set_kids(p, node, &kids);
    return node;
}

static struct ast *unnamed_block(struct parser *p, struct extent at, bool filter, struct nodes *statements)
{
    struct ast *block = new_node(p, AST_NAMED_BLOCK, at);
    block->op = filter ? TOK_PROCESS : TOK_END;
    block->flags = NODE_UNNAMED;
    set_kids(p, block, statements);
    return block;
}

static struct ast *statements_body(struct parser *p, struct script *script, bool filter, struct ast *first)
{
    struct nodes statements = {0};
    struct extent at, list;
    struct ast *param = script->slots[SB_PARAM];
    if (first)
        add_node(p, &statements, first);
    script->body = param ? extent_of(param) : (struct extent){0, 0};
    do {
        list = statement_list_rule(p, &statements);
        if (is_empty(script->body))
            script->body = list;
        else if (!is_empty(list))
            script->body = span(script->body, list);
    } while (!close_script(p, script, &at));
    script->slots[filter ? SB_PROCESS : SB_END] = unnamed_block(p, script->body, filter, &statements);
    return script_node(p, script, at);
}

static int slot_of(enum token_kind kind)
{
    switch (kind) {
    case TOK_DYNAMICPARAM: return SB_DYNAMICPARAM;
    case TOK_BEGIN: return SB_BEGIN;
    case TOK_PROCESS: return SB_PROCESS;
    case TOK_END: return SB_END;
    case TOK_CLEAN: return SB_CLEAN;
    default: return -1;
    }
}

static struct ast *named_block_node(struct parser *p, const struct token *keyword, const struct ast *body)
{
    struct ast *block = new_node(p, AST_NAMED_BLOCK, span(keyword->at, body ? extent_of(body) : keyword->at));
    block->op = keyword->kind;
    if (body) {
        struct nodes statements = {.at = body->kids, .count = body->count};
        set_kids(p, block, &statements);
    }
    return block;
}

static void named_block_rule(struct parser *p, struct script *script, const struct token *keyword)
{
    struct ast *body = statement_block_rule(p);
    if (!body)
        report_incomplete(p, after(keyword->at), PE_MissingNamedStatementBlock);
    struct ast *block = named_block_node(p, keyword, body);
    int slot = slot_of(keyword->kind);
    if (script->slots[slot])
        report(p, extent_of(block), PE_DuplicateScriptCommandClause);
    else
        script->slots[slot] = block;
    script->body = is_empty(script->body) ? extent_of(block) : span(script->body, extent_of(block));
}

static struct ast *named_blocks_body(struct parser *p, struct script *script)
{
    struct extent at;
    for (;;) {
        struct token keyword = next_token(p);
        if (keyword.kind == TOK_RCURLY || keyword.kind == TOK_END_OF_INPUT) {
            unget_token(p, &keyword);
            break;
        }
        if (slot_of(keyword.kind) < 0) {
            if (script->lcurly)
                unget_token(p, &keyword);
            report(p, keyword.at, PE_MissingNamedBlocks);
            return script_node(p, script,
                               script->lcurly ? span(script->lcurly->at, script->body) : whole_text(p));
        }
        named_block_rule(p, script, &keyword);
        skip_separators(p);
    }
    close_script(p, script, &at);
    return script_node(p, script, at);
}

static struct ast *script_rule(struct parser *p, const struct token *lcurly, bool filter, struct ast *first)
{
    struct script script = {.lcurly = lcurly};
    skip_newlines(p);
    if (!lcurly)
        usings_rule(p, &script.usings);
    uint32_t start = mark(p);
    script.slots[SB_PARAM] = param_block_rule(p);
    if (!script.slots[SB_PARAM])
        resync(p, start);
    skip_separators(p);
    if (token_flags(peek_kind(p)) & TF_BLOCK_NAME)
        return named_blocks_body(p, &script);
    return statements_body(p, &script, filter, first);
}

// With lcurly the block's opening brace was taken already. Never NULL.
struct ast *script_block_rule(struct parser *p, const struct token *lcurly, bool filter, struct ast *first)
{
    struct ast *script = enter(p) ? script_rule(p, lcurly, filter, first)
                                  : new_node(p, AST_SCRIPT_BLOCK, whole_text(p));
    leave(p);
    return script;
}
