// Operators: ternary, binary, comma, unary and casts.
#include "syntax/parser-internal.h"

static struct ast *missing_operand(struct parser *p, const struct token *operator)
{
    report_incomplete(p, after(operator->at), PE_ExpectedValueExpression);
    return error_expression(p, after(operator->at));
}

static struct ast *ternary_expression_rule(struct parser *p, bool ternary);

static struct ast *nested_expression_rule(struct parser *p, bool ternary)
{
    struct ast *expression = enter(p) ? ternary_expression_rule(p, ternary) : NULL;
    leave(p);
    return expression;
}

struct ast *expression_rule(struct parser *p)
{
    return nested_expression_rule(p, false);
}

// A parameter's name in an expression is an operator that does not exist.
static struct ast *unknown_operator(struct parser *p, struct ast *left)
{
    struct token token = next_token(p);
    report(p, token.at, PE_UnexpectedToken);
    struct ast *parameter = new_node(p, AST_COMMAND_PARAMETER, token.at);
    parameter->text = token.text;
    return NODE(p, AST_ERROR_EXPRESSION, span(extent_of(left), token.at), left, parameter);
}

static struct ast *comma_rule(struct parser *p, bool ternary)
{
    struct nodes items = {0};
    struct token comma;
    struct ast *item = unary_rule(p, ternary);
    if (!item || p->no_comma || peek_kind(p) != TOK_COMMA)
        return item;
    add_node(p, &items, item);
    while (take_token(p, TOK_COMMA, &comma)) {
        skip_newlines(p);
        item = unary_rule(p, true);
        if (!item) {
            report_incomplete(p, after(comma.at), PE_MissingExpressionAfterToken);
            add_node(p, &items, error_expression(p, comma.at));
            break;
        }
        add_node(p, &items, item);
    }
    struct extent at = span(extent_of(items.at[0]), extent_of(items.at[items.count - 1]));
    struct ast *array = new_node(p, AST_ARRAY_LITERAL, at);
    set_kids(p, array, &items);
    return array;
}

static struct ast *binary_node(struct parser *p, struct ast *left, const struct token *operator,
                               struct ast *right)
{
    struct ast *node = NODE(p, AST_BINARY_EXPRESSION, span(extent_of(left), extent_of(right)), left, right);
    node->op = (uint16_t) operator->kind;
    node->text = (struct ast_text){p->source->text + operator->at.start, operator->at.end - operator->at.start};
    return node;
}

enum { LEVELS = 16 };

// Operands that wait for a tighter operator to end: at most one for each level of precedence.
struct operands {
    struct ast *left[LEVELS];
    struct token op[LEVELS];
    unsigned count;
};

static unsigned precedence(enum token_kind kind)
{
    return token_flags(kind) & TF_PRECEDENCE;
}

static struct ast *fold(struct parser *p, struct operands *waiting, struct ast *right, unsigned level)
{
    while (waiting->count && precedence((enum token_kind)waiting->op[waiting->count - 1].kind) >= level) {
        waiting->count--;
        right = binary_node(p, waiting->left[waiting->count], &waiting->op[waiting->count], right);
    }
    return right;
}

static struct ast *binary_rule(struct parser *p, bool ternary)
{
    struct operands waiting = {.count = 0};
    struct ast *operand = comma_rule(p, ternary);
    if (!operand)
        return NULL;
    while (is_binary(peek_kind(p))) {
        struct token operator = next_token(p);
        operand = fold(p, &waiting, operand, precedence((enum token_kind)operator.kind));
        waiting.left[waiting.count] = operand;
        waiting.op[waiting.count++] = operator;
        skip_newlines(p);
        operand = comma_rule(p, true);
        if (!operand)
            operand = missing_operand(p, &operator);
    }
    operand = fold(p, &waiting, operand, 0);
    return peek_kind(p) == TOK_PARAMETER ? unknown_operator(p, operand) : operand;
}

static struct ast *missing_colon(struct parser *p, struct ast *condition, struct ast *chosen,
                                 const struct token *found)
{
    struct nodes parsed = {0};
    add_node(p, &parsed, condition);
    if (chosen->kind != AST_ERROR_EXPRESSION) {
        add_node(p, &parsed, chosen);
        report_incomplete(p, found->at, PE_MissingColonInTernaryExpression);
    }
    struct ast *node = error_expression(p, span(extent_of(condition), before(found->at)));
    set_kids(p, node, &parsed);
    return node;
}

static struct ast *ternary_rest(struct parser *p, struct ast *condition, const struct token *question)
{
    struct token colon;
    skip_newlines(p);
    struct ast *yes = nested_expression_rule(p, true);
    if (!yes)
        yes = missing_operand(p, question);
    skip_newlines(p);
    if (!take_token(p, TOK_COLON, &colon))
        return missing_colon(p, condition, yes, &colon);
    skip_newlines(p);
    struct ast *no = nested_expression_rule(p, true);
    if (!no)
        no = missing_operand(p, &colon);
    return NODE(p, AST_TERNARY_EXPRESSION, span(extent_of(condition), extent_of(no)), condition, yes, no);
}

static struct ast *ternary_expression_rule(struct parser *p, bool ternary)
{
    struct token question;
    enum lex_mode mode = set_mode(p, LEX_EXPRESSION);
    struct ast *expression = binary_rule(p, ternary);
    if (expression && take_token(p, TOK_QUESTION_MARK, &question))
        expression = ternary_rest(p, expression, &question);
    set_mode(p, mode);
    return expression;
}

// The first token of an operand is read anew where a sign or the end of a number depends on that.
static struct token operand_token(struct parser *p, bool ternary)
{
    bool old_signed = p->lexer.signed_numbers, old_ternary = p->lexer.ternary;
    p->lexer.signed_numbers = true;
    p->lexer.ternary = ternary;
    if (p->has_ahead && (p->ahead.kind == TOK_MINUS || p->ahead.kind == TOK_REDIRECTION ||
                         (ternary && p->ahead.kind == TOK_GENERIC)))
        resync(p, p->ahead.at.start);
    struct token token = *peek_token(p);
    p->lexer.signed_numbers = old_signed;
    p->lexer.ternary = old_ternary;
    return token;
}

static struct ast *prefix_rule(struct parser *p, const struct token *operator)
{
    if (operator->kind == TOK_COMMA && p->no_comma)
        return NULL;
    skip_token(p);
    skip_newlines(p);
    struct ast *operand = unary_rule(p, true);
    if (!operand) {
        report_incomplete(p, after(operator->at), PE_MissingExpressionAfterOperator);
        return error_expression(p, operator->at);
    }
    struct extent at = span(operator->at, extent_of(operand));
    if (operator->kind == TOK_COMMA)
        return NODE(p, AST_ARRAY_LITERAL, at, operand);
    struct ast *node = NODE(p, AST_UNARY_EXPRESSION, at, operand);
    node->op = operator->kind;
    return node;
}

static struct ast *attributed_node(struct parser *p, struct ast *attribute, struct ast *child)
{
    enum ast_kind kind =
        attribute->kind == AST_TYPE_CONSTRAINT ? AST_CONVERT_EXPRESSION : AST_ATTRIBUTED_EXPRESSION;
    return NODE(p, kind, span(extent_of(attribute), extent_of(child)), attribute, child);
}

// A type is a value where a member is asked of it, or where a newline, a comma or nothing to convert follows.
static struct ast *type_or_cast(struct parser *p, struct ast *constraint)
{
    struct token token;
    struct ast *child = NULL;
    bool member = !p->has_ahead && lex_member_operator(&p->lexer, false, &token);
    if (!member && peek_kind(p) != TOK_NEWLINE && peek_kind(p) != TOK_COMMA)
        child = unary_rule(p, true);
    if (child)
        return attributed_node(p, constraint, child);
    struct ast *type =
        NODE(p, AST_TYPE_EXPRESSION, extent_of(constraint), constraint->kids ? constraint->kids[0] : NULL);
    return member ? postfix_rule(p, true, token, type) : type;
}

static struct ast *attributed_operand(struct parser *p, struct nodes *attributes)
{
    struct ast *last = attributes->at[attributes->count - 1];
    if (last->kind == AST_TYPE_CONSTRAINT)
        return type_or_cast(p, last);
    skip_newlines(p);
    struct ast *child = unary_rule(p, true);
    if (child)
        return attributed_node(p, last, child);
    report_incomplete(p, extent_of(last), PE_UnexpectedAttribute);
    return NULL;
}

static struct ast *bracket_rule(struct parser *p, const struct token *first)
{
    struct nodes attributes = {0};
    attribute_list_rule(p, true, &attributes);
    if (!attributes.count)
        return NULL;
    struct ast *expression = attributed_operand(p, &attributes);
    if (!expression) {
        struct ast *last = attributes.at[attributes.count - 1];
        struct ast *error = error_expression(p, span(first->at, extent_of(last)));
        set_kids(p, error, &attributes);
        return error;
    }
    for (uint32_t i = attributes.count - 1; i-- > 0;)
        expression = attributed_node(p, attributes.at[i], expression);
    return expression;
}

static struct ast *postfix_step(struct parser *p, struct ast *expression)
{
    if (peek_kind(p) != TOK_PLUS_PLUS && peek_kind(p) != TOK_MINUS_MINUS)
        return expression;
    struct token token = next_token(p);
    struct ast *node = NODE(p, AST_UNARY_EXPRESSION, span(extent_of(expression), token.at), expression);
    node->op = token.kind;
    node->flags = NODE_POSTFIX;
    return node;
}

static struct ast *operand_rule(struct parser *p, bool ternary)
{
    struct ast *expression;
    struct token token = operand_token(p, ternary);
    if (token_flags(token.kind) & TF_UNARY) {
        expression = prefix_rule(p, &token);
        if (!expression || expression->kind == AST_ERROR_EXPRESSION)
            return expression;
    } else if (token.kind == TOK_LBRACKET) {
        expression = bracket_rule(p, &token);
        if (expression && expression->kind == AST_ERROR_EXPRESSION)
            return expression;
    } else {
        expression = primary_rule(p, true);
    }
    return expression ? postfix_step(p, expression) : NULL;
}

struct ast *unary_rule(struct parser *p, bool ternary)
{
    struct ast *expression = enter(p) ? operand_rule(p, ternary) : NULL;
    leave(p);
    return expression;
}
