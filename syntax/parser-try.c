// try and catch, trap, and data sections.
#include "syntax/parser-internal.h"

struct attempt {
    struct extent error; // a statement in error that ends here; end 0: none
    struct nodes kids;   // body, finally, catch clauses
    struct nodes types;  // of catch clauses that have no block
};

static void missing(struct parser *p, struct extent *error, struct extent last, enum parse_error_id id)
{
    *error = last;
    report_incomplete(p, after(last), id);
}

// Types between catch and its block. *ret_comma is the comma that was not followed by one; else it is no
// token.
static void catch_types(struct parser *p, struct attempt *attempt, struct nodes *types,
                        struct token *ret_comma)
{
    struct token comma = {0};
    for (;;) {
        uint32_t start = mark(p);
        skip_newlines(p);
        struct ast *type = attribute_rule(p);
        *ret_comma = (struct token){0};
        if (!type && comma.kind) {
            missing(p, &attempt->error, comma.at, PE_MissingTypeLiteralToken);
            *ret_comma = comma;
        }
        if (!type)
            return;
        if (type->kind != AST_TYPE_CONSTRAINT) {
            resync(p, start);
            return;
        }
        add_node(p, types, type);
        skip_newlines(p);
        if (!take_token(p, TOK_COMMA, &comma))
            return;
    }
}

static bool catch_rule(struct parser *p, struct attempt *attempt)
{
    struct token keyword, comma;
    struct nodes types = {0}, kids = {0};
    skip_newlines(p);
    if (!take_token(p, TOK_CATCH, &keyword))
        return false;
    catch_types(p, attempt, &types, &comma);
    struct ast *body = statement_block_rule(p);
    if (!body) {
        if (!comma.kind)
            missing(p, &attempt->error, types.count ? extent_of(types.at[types.count - 1]) : keyword.at,
                    PE_MissingCatchHandlerBlock);
        add_nodes(p, &attempt->types, &types);
        return false;
    }
    add_node(p, &kids, body);
    add_nodes(p, &kids, &types);
    struct ast *clause = new_node(p, AST_CATCH_CLAUSE, span(keyword.at, extent_of(body)));
    set_kids(p, clause, &kids);
    add_node(p, &attempt->kids, clause);
    return true;
}

static struct ast *finally_rule(struct parser *p, struct attempt *attempt)
{
    struct token keyword;
    skip_newlines(p);
    if (!take_token(p, TOK_FINALLY, &keyword))
        return NULL;
    struct ast *block = statement_block_rule(p);
    if (!block)
        missing(p, &attempt->error, keyword.at, PE_MissingFinallyStatementBlock);
    return block;
}

static struct ast *try_in_error(struct parser *p, struct extent at, struct attempt *attempt)
{
    struct nodes parsed = {0};
    for (uint32_t i = 0; i < attempt->kids.count; i++)
        if (attempt->kids.at[i])
            add_node(p, &parsed, attempt->kids.at[i]);
    add_nodes(p, &parsed, &attempt->types);
    return error_statement(p, at, &parsed);
}

struct ast *try_rule(struct parser *p, const struct token *keyword)
{
    struct attempt attempt = {0};
    struct ast *body = statement_block_rule(p);
    if (!body) {
        report_incomplete(p, after(keyword->at), PE_MissingTryStatementBlock);
        return error_statement(p, keyword->at, NULL);
    }
    add_node(p, &attempt.kids, body);
    add_node(p, &attempt.kids, NULL);
    while (catch_rule(p, &attempt))
        ;
    struct ast *finally = finally_rule(p, &attempt);
    bool alone = attempt.kids.count == TRY_CATCHES && !finally;
    if (alone && !attempt.error.end)
        missing(p, &attempt.error, extent_of(body), PE_MissingCatchOrFinally);
    if (p->lexer.fatal)
        return error_statement(p, keyword->at, NULL);
    attempt.kids.at[TRY_FINALLY] = finally;
    if (attempt.error.end)
        return try_in_error(p, span(keyword->at, attempt.error), &attempt);
    struct ast *last = finally ? finally : attempt.kids.at[attempt.kids.count - 1];
    struct ast *node = new_node(p, AST_TRY_STATEMENT, span(keyword->at, extent_of(last)));
    set_kids(p, node, &attempt.kids);
    return node;
}

struct ast *trap_rule(struct parser *p, const struct token *keyword)
{
    uint32_t start = mark(p);
    skip_newlines(p);
    struct ast *type = attribute_rule(p);
    if (type && type->kind != AST_TYPE_CONSTRAINT) {
        resync(p, start);
        type = NULL;
    }
    struct ast *body = statement_block_rule(p);
    if (body)
        return NODE(p, AST_TRAP_STATEMENT, span(keyword->at, extent_of(body)), type, body);
    struct extent last = type ? extent_of(type) : keyword->at;
    report_incomplete(p, after(last), PE_MissingTrapStatement);
    struct nodes parsed = {0};
    if (type)
        add_node(p, &parsed, type);
    return error_statement(p, span(keyword->at, last), &parsed);
}

// The names after -SupportedCommand.
static void supported_commands(struct parser *p, const struct token *parameter, struct nodes *commands,
                               struct extent *error)
{
    struct token comma = {0};
    if (!is_parameter(parameter, "SupportedCommand")) {
        *error = parameter->at;
        report(p, parameter->at, PE_InvalidParameterForDataSectionStatement);
    }
    for (;;) {
        skip_newlines(p);
        struct ast *command = single_argument_rule(p, COMMAND_NAME);
        if (!command) {
            struct extent last = comma.kind ? comma.at : parameter->at;
            if (!error->end)
                report_incomplete(p, after(last), PE_MissingValueForSupportedCommandInDataSectionStatement);
            *error = last;
            return;
        }
        add_node(p, commands, command);
        if (!take_token(p, TOK_COMMA, &comma))
            return;
    }
}

static struct ast *data_node(struct parser *p, struct extent at, const struct ast *name, struct ast *body,
                             const struct nodes *commands)
{
    struct nodes kids = {0};
    add_node(p, &kids, body);
    add_nodes(p, &kids, commands);
    struct ast *node = new_node(p, AST_DATA_STATEMENT, at);
    if (name)
        node->text = name->text;
    set_kids(p, node, &kids);
    return node;
}

struct ast *data_rule(struct parser *p, const struct token *keyword)
{
    struct extent error = {0, 0};
    struct nodes commands = {0};
    struct token parameter;
    struct ast *body = NULL;
    skip_newlines(p);
    struct ast *name = simple_name_rule(p);
    skip_newlines(p);
    if (take_token(p, TOK_PARAMETER, &parameter))
        supported_commands(p, &parameter, &commands, &error);
    if (!error.end) {
        body = statement_block_rule(p);
        if (!body)
            missing(p, &error,
                    commands.count ? extent_of(commands.at[commands.count - 1])
                    : name         ? extent_of(name)
                                   : keyword->at,
                    PE_MissingStatementBlockForDataSection);
    }
    if (error.end)
        return error_statement(p, span(keyword->at, error), &commands);
    return data_node(p, span(keyword->at, extent_of(body)), name, body, &commands);
}
