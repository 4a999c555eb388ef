// Types and attributes: what stands in [ ].
#include "syntax/parser-internal.h"

enum { MAX_DIMENSIONS = 32 };

static struct ast *type_node(struct parser *p, const struct token *name)
{
    struct ast *type = new_node(p, AST_TYPE_NAME, name->at);
    type->text = name->text;
    return type;
}

static struct ast *error_type(struct parser *p, struct extent at)
{
    struct ast *type = new_node(p, AST_TYPE_NAME, at);
    type->text = (struct ast_text){":ErrorTypeName:", 15};
    return type;
}

// After the comma that follows a type's name. The assembly is a kid of the type.
static void assembly_rule(struct parser *p, const struct token *comma, struct ast *type)
{
    struct extent at = lex_assembly_name(&p->lexer);
    if (at.end == at.start) {
        report(p, after(comma->at), PE_MissingAssemblyNameSpecification);
        return;
    }
    struct nodes kids = {0};
    for (uint32_t i = 0; i < type->count; i++)
        add_node(p, &kids, type->kids[i]);
    add_node(p, &kids, word_node(p, at, lex_text_of(&p->lexer, at)));
    type->flags |= NODE_ASSEMBLY;
    type->end = at.end;
    set_kids(p, type, &kids);
}

static struct ast *array_node(struct parser *p, struct ast *element, struct extent end, unsigned rank)
{
    struct ast *array = NODE(p, AST_TYPE_NAME, span(extent_of(element), end), element);
    array->flags = NODE_ARRAY;
    array->rank = (uint16_t)rank;
    return array;
}

static struct ast *more_dimensions(struct parser *p, struct ast *element, const struct token *first)
{
    struct token last = *first, token = *first;
    unsigned rank = 1;
    while (token.kind == TOK_COMMA) {
        last = token;
        rank++;
        token = next_token(p);
    }
    if (token.kind != TOK_RBRACKET)
        unget_token(p, &token);
    if (rank > MAX_DIMENSIONS) {
        report(p, span(first->at, last.at), PE_ArrayHasTooManyDimensions);
        return element;
    }
    if (token.kind != TOK_RBRACKET)
        report(p, after(last.at), PE_EndSquareBracketExpectedAtEndOfAttribute);
    return array_node(p, element, token.at, rank);
}

// One pair of brackets, of which the first was taken.
static struct ast *array_suffix(struct parser *p, struct ast *element, const struct token *token)
{
    static const enum token_kind closing[] = {TOK_RBRACKET};
    switch (token->kind) {
    case TOK_COMMA:
        return more_dimensions(p, element, token);
    case TOK_RBRACKET:
        return array_node(p, element, token->at, 1);
    case TOK_END_OF_INPUT:
        unget_token(p, token);
        report(p, before(token->at), PE_EndSquareBracketExpectedAtEndOfAttribute);
        return element;
    default:
        report(p, token->at, PE_UnexpectedToken);
        sync_on_error(p, true, closing, 1);
        return element;
    }
}

// All pairs of brackets after a type, and its assembly. `named` carries the assembly.
static struct ast *array_rule(struct parser *p, struct ast *named, struct token token, bool bare)
{
    struct ast *type = named;
    struct token bracket;
    while (!p->lexer.fatal) {
        type = array_suffix(p, type, &token);
        if (!bare && take_token(p, TOK_COMMA, &token)) {
            unsigned height = named->height;
            assembly_rule(p, &token, named);
            for (struct ast *around = type; around != named; around = around->kids[0])
                around->height += named->height - height; // they stood before it had a kid
            break;
        }
        if (!take_token(p, TOK_LBRACKET, &bracket))
            break;
        token = next_token(p);
    }
    return type;
}

static struct ast *finish_type(struct parser *p, const struct token *name, bool bare, bool assembly_allowed);

static struct ast *bracketed_argument(struct parser *p, const struct token *lbracket)
{
    struct token name, rbracket;
    if (!take_token(p, TOK_IDENTIFIER, &name)) {
        report_incomplete(p, after(name.at), PE_MissingTypename);
        return error_type(p, lbracket->at);
    }
    struct ast *type = finish_type(p, &name, false, true);
    if (!take_token(p, TOK_RBRACKET, &rbracket))
        report_incomplete(p, before(rbracket.at), PE_EndSquareBracketExpectedAtEndOfType);
    return type;
}

static struct ast *generic_argument(struct parser *p, const struct token *first)
{
    return first->kind == TOK_IDENTIFIER ? finish_type(p, first, true, true) : bracketed_argument(p, first);
}

bool generic_arguments_rule(struct parser *p, const struct token *first, struct nodes *ret,
                            struct token *ret_last)
{
    bool nested = enter(p);
    if (nested)
        add_node(p, ret, generic_argument(p, first));
    for (;;) {
        skip_newlines(p);
        *ret_last = next_token(p);
        if (ret_last->kind != TOK_COMMA)
            break;
        skip_newlines(p);
        struct token token = *peek_token(p);
        if (token.kind == TOK_IDENTIFIER || token.kind == TOK_LBRACKET) {
            skip_token(p);
            add_node(p, ret, generic_argument(p, &token));
        } else {
            report_incomplete(p, after(ret_last->at), PE_MissingTypename);
            add_node(p, ret, error_type(p, ret_last->at));
        }
    }
    leave(p);
    return ret_last->kind == TOK_RBRACKET;
}

static struct ast *generic_type(struct parser *p, const struct token *name, const struct token *first,
                                bool bare)
{
    struct nodes arguments = {0};
    struct token last;
    struct extent end;
    if (generic_arguments_rule(p, first, &arguments, &last)) {
        end = last.at;
    } else {
        unget_token(p, &last);
        report_incomplete(p, before(last.at), PE_EndSquareBracketExpectedAtEndOfAttribute);
        end = arguments.count ? extent_of(arguments.at[arguments.count - 1]) : first->at;
    }
    struct ast *type = type_node(p, name);
    type->flags = NODE_GENERIC;
    type->end = span(name->at, end).end;
    set_kids(p, type, &arguments);
    if (take_token(p, TOK_LBRACKET, &last))
        return array_rule(p, type, next_token(p), bare);
    if (!bare && take_token(p, TOK_COMMA, &last))
        assembly_rule(p, &last, type);
    return type;
}

static struct ast *bracketed_suffix(struct parser *p, const struct token *name, const struct token *lbracket,
                                    bool bare)
{
    static const enum token_kind closing[] = {TOK_RBRACKET};
    skip_newlines(p);
    struct token token = next_token(p);
    switch (token.kind) {
    case TOK_RBRACKET:
    case TOK_COMMA:
        return array_rule(p, type_node(p, name), token, bare);
    case TOK_LBRACKET:
    case TOK_IDENTIFIER:
        return generic_type(p, name, &token, bare);
    case TOK_END_OF_INPUT:
        unget_token(p, &token);
        report_incomplete(p, after(lbracket->at), PE_MissingTypename);
        break;
    default:
        report(p, token.at, PE_UnexpectedToken);
        sync_on_error(p, true, closing, 1);
    }
    return type_node(p, name);
}

// `bare`: an argument of a generic type without brackets of its own, so a comma begins the next argument.
static struct ast *finish_type(struct parser *p, const struct token *name, bool bare, bool assembly_allowed)
{
    struct token token;
    if (take_token(p, TOK_LBRACKET, &token))
        return bracketed_suffix(p, name, &token, bare);
    struct ast *type = type_node(p, name);
    if (assembly_allowed && !bare && take_token(p, TOK_COMMA, &token))
        assembly_rule(p, &token, type);
    return type;
}

struct ast *type_name_rule(struct parser *p, bool assembly_allowed)
{
    struct token name;
    enum lex_mode mode = set_mode(p, LEX_TYPE_NAME);
    struct ast *type =
        take_token(p, TOK_IDENTIFIER, &name) ? finish_type(p, &name, false, assembly_allowed) : NULL;
    set_mode(p, mode);
    return type;
}

static struct ast *named_value(struct parser *p, const struct token *equals)
{
    static const enum token_kind next[] = {TOK_COMMA, TOK_RPAREN, TOK_RBRACKET, TOK_NEWLINE};
    skip_newlines(p);
    struct ast *value = expression_rule(p);
    if (value)
        return value;
    report_incomplete(p, after(equals->at), PE_MissingExpressionInNamedArgument);
    value = error_expression(p, after(equals->at));
    sync_on_error(p, true, next, 4);
    return value;
}

static struct ast *named_argument(struct parser *p, const struct ast *name, struct extent *last)
{
    struct token equals;
    struct ast *value = NULL;
    if (take_token(p, TOK_EQUALS, &equals)) {
        value = named_value(p, &equals);
        *last = extent_of(value);
    }
    struct extent at = value ? span(extent_of(name), extent_of(value)) : extent_of(name);
    struct ast *argument = NODE(p, AST_NAMED_ATTRIBUTE_ARGUMENT, at, value);
    argument->text = name->text;
    argument->flags = value ? 0 : NODE_OMITTED;
    return argument;
}

static bool is_named_already(const struct nodes *kids, const struct ast_text *name)
{
    for (uint32_t i = ATTR_REST; i < kids->count; i++) {
        const struct ast *kid = kids->at[i];
        if (kid->kind != AST_NAMED_ATTRIBUTE_ARGUMENT || kid->text.size != name->size)
            continue;
        size_t same = 0;
        while (same < name->size && kid->text.at[same] == name->at[same])
            same++;
        if (same == name->size)
            return true;
    }
    return false;
}

static void attribute_argument(struct parser *p, struct nodes *kids, const struct token *comma,
                               struct extent *last)
{
    skip_newlines(p);
    struct ast *name = simple_name_rule(p);
    if (name) {
        struct ast *argument = named_argument(p, name, last);
        if (is_named_already(kids, &name->text))
            report(p, extent_of(name), PE_DuplicateNamedArgument);
        else
            add_node(p, kids, argument);
        return;
    }
    struct ast *value = expression_rule(p);
    if (!value && comma->kind) {
        report_incomplete(p, after(comma->at), PE_MissingExpressionAfterToken);
        value = error_expression(p, after(comma->at));
    }
    if (value) {
        add_node(p, kids, value);
        *last = extent_of(value);
    }
}

static void attribute_arguments(struct parser *p, struct nodes *kids, struct extent *last)
{
    bool comma_off = p->no_comma;
    struct token comma = {0};
    p->no_comma = true;
    for (;;) {
        attribute_argument(p, kids, &comma, last);
        skip_newlines(p);
        if (!take_token(p, TOK_COMMA, &comma))
            break;
        *last = comma.at;
    }
    p->no_comma = comma_off;
}

static struct ast *attribute_node(struct parser *p, struct extent start, struct ast *type,
                                  const struct token *lparen)
{
    struct nodes kids = {0};
    struct extent last = lparen->at;
    struct token rparen, rbracket;
    add_node(p, &kids, type);
    skip_newlines(p);
    enum lex_mode mode = set_mode(p, LEX_EXPRESSION);
    attribute_arguments(p, &kids, &last);
    set_mode(p, mode);
    skip_newlines(p);
    bool closed = take_token(p, TOK_RPAREN, &rparen);
    if (closed)
        last = rparen.at;
    else
        report_incomplete(p, after(last), PE_MissingEndParenthesisInExpression);
    skip_newlines(p);
    if (take_token(p, TOK_RBRACKET, &rbracket))
        last = rbracket.at;
    else if (closed)
        report_incomplete(p, after(rparen.at), PE_EndSquareBracketExpectedAtEndOfAttribute);
    struct ast *attribute = new_node(p, AST_ATTRIBUTE, span(start, last));
    set_kids(p, attribute, &kids);
    return attribute;
}

static bool left_bracket(struct parser *p, struct token *ret)
{
    if (p->has_ahead)
        return take_token(p, TOK_LBRACKET, ret);
    return lex_left_bracket(&p->lexer, ret);
}

static struct ast *nested_attribute_rule(struct parser *p)
{
    struct token lbracket, token;
    if (!left_bracket(p, &lbracket))
        return NULL;
    skip_newlines(p);
    struct ast *type = type_name_rule(p, true);
    if (!type) {
        resync(p, lbracket.at.start);
        report_incomplete(p, after(lbracket.at), PE_MissingTypename);
        return NULL;
    }
    token = next_token(p);
    if (token.kind == TOK_LPAREN)
        return attribute_node(p, lbracket.at, type, &token);
    if (token.kind == TOK_RBRACKET)
        return NODE(p, AST_TYPE_CONSTRAINT, span(lbracket.at, token.at), type);
    unget_token(p, &token);
    report(p, before(token.at), PE_EndSquareBracketExpectedAtEndOfAttribute);
    return NODE(p, AST_TYPE_CONSTRAINT, span(lbracket.at, extent_of(type)), type);
}

// [type], or [type(arguments)]; NULL where no [ stands.
struct ast *attribute_rule(struct parser *p)
{
    struct ast *attribute = enter(p) ? nested_attribute_rule(p) : NULL;
    leave(p);
    return attribute;
}

void attribute_list_rule(struct parser *p, bool in_expression, struct nodes *ret)
{
    struct ast *attribute;
    while ((attribute = attribute_rule(p))) {
        add_node(p, ret, attribute);
        if (!in_expression || attribute->kind == AST_ATTRIBUTE)
            skip_newlines(p);
    }
}
