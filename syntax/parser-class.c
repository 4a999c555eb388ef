// Classes and enums.
#include <string.h>

#include "base/utf8.h"
#include "syntax/parser-internal.h"

struct member {
    const struct ast_text *class_name;
    struct extent start;
    struct extent last; // of attributes and qualifiers; end 0: none
    struct nodes attributes;
    struct ast *type;
    uint32_t flags;
};

struct body {
    struct nodes members, in_error;
    struct extent last;
};

static void member_attribute(struct parser *p, struct member *member, struct ast *attribute)
{
    member->last = extent_of(attribute);
    if (attribute->kind == AST_ATTRIBUTE)
        add_node(p, &member->attributes, attribute);
    else if (!member->type)
        member->type = attribute;
    else
        report(p, extent_of(attribute), PE_TooManyTypes);
}

static void member_qualifier(struct parser *p, struct member *member, const struct token *token,
                             uint32_t flag)
{
    if (member->flags & flag)
        report(p, token->at, PE_DuplicateQualifier);
    member->flags |= flag;
    member->last = token->at;
}

// Attributes, a type, static and hidden, in any order. Gives the token after them.
static struct token member_prefix(struct parser *p, struct member *member)
{
    for (;;) {
        skip_newlines(p);
        struct ast *attribute = attribute_rule(p);
        struct extent at = attribute ? extent_of(attribute) : peek_token(p)->at;
        if (!member->start.end)
            member->start = at;
        if (attribute) {
            member_attribute(p, member, attribute);
            continue;
        }
        struct token token = next_token(p);
        if (token.kind != TOK_HIDDEN && token.kind != TOK_STATIC)
            return token;
        member_qualifier(p, member, &token, token.kind == TOK_HIDDEN ? NODE_HIDDEN : NODE_STATIC);
    }
}

static bool ends_member(enum token_kind kind)
{
    return kind == TOK_NEWLINE || kind == TOK_SEMI || kind == TOK_RCURLY;
}

// The end of a property or enum member: a newline, ';' or the body's '}'.
static struct extent member_end(struct parser *p, struct extent last, bool required)
{
    struct token token = *peek_token(p);
    if (!ends_member((enum token_kind)token.kind) && required)
        report_incomplete(p, after(last), PE_MissingPropertyTerminator);
    skip_separators(p);
    return token.kind == TOK_SEMI ? token.at : last;
}

static struct ast *member_node(struct parser *p, enum ast_kind kind, struct member *member, struct extent end,
                               struct ast *value)
{
    struct nodes kids = {0};
    add_node(p, &kids, member->type);
    add_node(p, &kids, value);
    add_nodes(p, &kids, &member->attributes);
    struct ast *node = new_node(p, kind, span(member->start, end));
    node->flags = member->flags;
    set_kids(p, node, &kids);
    return node;
}

static struct ast *property_rule(struct parser *p, struct member *member, const struct token *variable)
{
    struct token equals;
    struct ast *value = NULL;
    if (take_token(p, TOK_EQUALS, &equals)) {
        skip_newlines(p);
        value = expression_rule(p);
    }
    struct extent end = member_end(p, value ? extent_of(value) : variable->at, true);
    struct ast *property = member_node(p, AST_PROPERTY_MEMBER, member, end, value);
    property->text = variable->text;
    return property;
}

// : base(arguments) of a constructor. *ret_call is the call, also where none is written.
static bool base_call_rule(struct parser *p, struct ast **ret_call, struct extent *error)
{
    struct token colon, base = {0}, lparen;
    struct nodes arguments = {0};
    struct extent last = {0, 0};
    skip_newlines(p);
    enum lex_mode mode = set_mode(p, LEX_SIGNATURE);
    if (take_token(p, TOK_COLON, &colon)) {
        skip_newlines(p);
        if (!take_token(p, TOK_BASE, &base)) {
            *error = colon.at;
            report_incomplete(p, after(colon.at), PE_MissingBaseCtorCall);
        } else {
            skip_newlines(p);
            last = base.at;
            if (take_token(p, TOK_LPAREN, &lparen)) {
                arguments_rule(p, &lparen, &arguments, &last);
                skip_newlines(p);
            } else {
                *error = base.at;
                report_incomplete(p, after(base.at), PE_MissingMethodParameterList);
            }
        }
    }
    set_mode(p, mode);
    struct extent at = base.kind == TOK_BASE ? span(base.at, last) : (struct extent){0, 0};
    struct ast *call = new_node(p, AST_BASE_CTOR_EXPRESSION, at);
    set_kids(p, call, &arguments);
    *ret_call = NODE(p, AST_COMMAND_EXPRESSION, at, call);
    return !error->end;
}

static struct ast *method_body(struct parser *p, const struct token *name, const struct token *lcurly,
                               struct nodes *parameters, struct ast *base_call)
{
    struct nodes kids = {0};
    enum lex_mode mode = set_mode(p, LEX_COMMAND);
    struct ast *script = script_block_rule(p, lcurly, false, base_call);
    set_mode(p, mode);
    add_node(p, &kids, script);
    add_nodes(p, &kids, parameters);
    struct ast *function = new_node(p, AST_FUNCTION_DEFINITION, span(name->at, extent_of(script)));
    function->op = TOK_FUNCTION;
    function->text = name->text;
    function->flags = NODE_PARENTHESES;
    set_kids(p, function, &kids);
    return function;
}

// NULL after an error that was reported.
static struct ast *method_rule(struct parser *p, const struct member *member, const struct token *name)
{
    struct nodes parameters = {0};
    struct extent error = {0, 0}, rparen = {0, 0};
    struct token lcurly;
    struct ast *base_call = NULL;
    bool list = false;
    if (peek_kind(p) == TOK_LPAREN)
        function_parameters_rule(p, &parameters, &list, &rparen, &error);
    else
        report_incomplete(p, after(name->at), PE_MissingMethodParameterList);
    if (member->flags & NODE_CONSTRUCTOR && !(member->flags & NODE_STATIC))
        base_call_rule(p, &base_call, &error);
    if (!take_token(p, TOK_LCURLY, &lcurly) && !error.end) {
        error = list ? rparen : name->at;
        report_incomplete(p, after(error), PE_MissingFunctionBody);
    }
    return error.end ? NULL : method_body(p, name, &lcurly, &parameters, base_call);
}

static void keep_in_error(struct parser *p, struct body *body, const struct member *member)
{
    add_nodes(p, &body->in_error, &member->attributes);
    if (member->type)
        add_node(p, &body->in_error, member->type);
    if (body->in_error.count)
        body->last = extent_of(body->in_error.at[body->in_error.count - 1]);
}

static bool is_class_name(const struct member *member, const struct token *name)
{
    return utf8_same_ignore_case(member->class_name->at, member->class_name->size, name->text.at,
                                 name->text.size);
}

// False where a method in error leaves nothing to go on with.
static bool add_method(struct parser *p, struct member *member, const struct token *name, struct body *body)
{
    static const enum token_kind closing[] = {TOK_RCURLY};
    if (is_class_name(member, name))
        member->flags |= NODE_CONSTRUCTOR;
    struct ast *function = method_rule(p, member, name);
    if (!function) {
        sync_on_error(p, false, closing, 1);
        keep_in_error(p, body, member);
        return member->attributes.count || member->type;
    }
    struct ast *method = member_node(p, AST_FUNCTION_MEMBER, member, extent_of(function), function);
    method->text = name->text;
    add_node(p, &body->members, method);
    body->last = extent_of(method);
    return true;
}

static bool member_rule(struct parser *p, const struct ast_text *class_name, struct body *body)
{
    struct member member = {.class_name = class_name};
    struct token token = member_prefix(p, &member);
    if (token.kind == TOK_VARIABLE) {
        struct ast *property = property_rule(p, &member, &token);
        add_node(p, &body->members, property);
        body->last = extent_of(property);
        return true;
    }
    if (token.kind == TOK_IDENTIFIER || token_flags(token.kind) & TF_KEYWORD)
        return add_method(p, &member, &token, body);
    unget_token(p, &token);
    if (!member.last.end)
        return false;
    report_incomplete(p, after(member.last), PE_IncompleteMemberDefinition);
    keep_in_error(p, body, &member);
    return member.attributes.count || member.type;
}

static struct ast *type_node(struct parser *p, enum token_kind kind, struct extent at, struct ast_text name,
                             const struct nodes *attributes, const struct nodes *bases,
                             const struct nodes *members)
{
    struct nodes kids = {0};
    for (uint32_t i = 0; i < attributes->count; i++)
        if (attributes->at[i]->kind == AST_ATTRIBUTE)
            add_node(p, &kids, attributes->at[i]);
    add_nodes(p, &kids, bases);
    add_nodes(p, &kids, members);
    struct ast *node = new_node(p, AST_TYPE_DEFINITION, at);
    node->op = (uint16_t)kind;
    node->text = name;
    set_kids(p, node, &kids);
    return node;
}

static struct ast *missing_name(struct parser *p, const struct token *keyword)
{
    report_incomplete(p, after(keyword->at), PE_MissingNameAfterKeyword);
    return error_statement(p, keyword->at, NULL);
}

static void base_types(struct parser *p, struct nodes *bases)
{
    struct token last;
    if (!take_token(p, TOK_COLON, &last))
        return;
    do {
        skip_newlines(p);
        struct ast *type = type_name_rule(p, false);
        if (!type) {
            report_incomplete(p, after(last.at), PE_TypeNameExpected);
            return;
        }
        add_node(p, bases, NODE(p, AST_TYPE_CONSTRAINT, extent_of(type), type));
        skip_newlines(p);
    } while (take_token(p, TOK_COMMA, &last));
}

static struct ast *whole_type(struct parser *p, const struct nodes *attributes, struct nodes *in_error,
                              struct ast *type)
{
    for (uint32_t i = 0; i < attributes->count; i++)
        if (attributes->at[i]->kind == AST_TYPE_CONSTRAINT)
            add_node(p, in_error, attributes->at[i]);
    if (!in_error->count)
        return type;
    add_node(p, in_error, type);
    return error_statement(p, extent_of(type), in_error);
}

static struct ast *class_body(struct parser *p, const struct nodes *attributes, const struct token *keyword,
                              const struct ast *name)
{
    struct nodes bases = {0};
    struct token lcurly, rcurly;
    base_types(p, &bases);
    if (!take_token(p, TOK_LCURLY, &lcurly)) {
        struct extent last = bases.count ? extent_of(bases.at[bases.count - 1]) : extent_of(name);
        report_incomplete(p, after(last), PE_MissingTypeBody);
        return error_statement(p, span(keyword->at, last), &bases);
    }
    struct body body = {.last = lcurly.at};
    while (member_rule(p, &name->text, &body))
        ;
    if (take_token(p, TOK_RCURLY, &rcurly))
        body.last = rcurly.at;
    else
        report_unclosed(p, after(lcurly.at), rcurly.at, PE_MissingEndCurlyBrace);
    struct extent start = attributes->count ? extent_of(attributes->at[0]) : keyword->at;
    struct ast *type =
        type_node(p, TOK_CLASS, span(start, body.last), name->text, attributes, &bases, &body.members);
    return whole_type(p, attributes, &body.in_error, type);
}

struct ast *class_rule(struct parser *p, struct nodes *attributes, const struct token *keyword)
{
    skip_newlines(p);
    struct ast *name = simple_name_rule(p);
    if (!name)
        return missing_name(p, keyword);
    skip_newlines(p);
    enum lex_mode mode = set_mode(p, LEX_SIGNATURE);
    struct ast *node = class_body(p, attributes, keyword, name);
    set_mode(p, mode);
    return node;
}

static bool is_integer_type(const struct ast *type)
{
    static const char *const names[] = {
        "byte",         "sbyte",         "int16",        "short",         "uint16",       "ushort",
        "int",          "int32",         "uint32",       "uint",          "long",         "int64",
        "ulong",        "uint64",        "system.byte",  "system.sbyte",  "system.int16", "system.uint16",
        "system.int32", "system.uint32", "system.int64", "system.uint64",
    };
    if (type->flags & (NODE_ARRAY | NODE_GENERIC))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (utf8_same_ignore_case(type->text.at, type->text.size, names[i], strlen(names[i])))
            return true;
    return false;
}

static void underlying_type(struct parser *p, struct nodes *bases)
{
    struct token colon;
    if (!take_token(p, TOK_COLON, &colon))
        return;
    skip_newlines(p);
    struct ast *type = type_name_rule(p, false);
    if (!type) {
        report_incomplete(p, after(colon.at), PE_TypeNameExpected);
        return;
    }
    if (!is_integer_type(type))
        report(p, extent_of(type), PE_InvalidUnderlyingType);
    add_node(p, bases, NODE(p, AST_TYPE_CONSTRAINT, extent_of(type), type));
}

// = VALUE of an enum's member; false where the value is missing.
static bool enum_value(struct parser *p, struct ast **ret_value, struct extent *end)
{
    struct token equals;
    bool found = true;
    *ret_value = NULL;
    enum lex_mode mode = set_mode(p, LEX_EXPRESSION);
    if (take_token(p, TOK_EQUALS, &equals)) {
        *ret_value = expression_rule(p);
        found = *ret_value;
        *end = found ? extent_of(*ret_value) : equals.at;
        if (!found)
            report(p, after(equals.at), PE_ExpectedValueExpression);
    }
    set_mode(p, mode);
    return found;
}

static struct ast *enum_member_rule(struct parser *p)
{
    struct member member = {.flags = NODE_STATIC};
    struct ast *value;
    skip_newlines(p);
    struct ast *name = simple_name_rule(p);
    if (!name)
        return NULL;
    struct extent end = member.start = extent_of(name);
    bool complete = enum_value(p, &value, &end);
    end = member_end(p, end, complete);
    struct ast *node = member_node(p, AST_PROPERTY_MEMBER, &member, end, value);
    node->text = name->text;
    return node;
}

static struct ast *enum_body(struct parser *p, const struct nodes *attributes, const struct token *keyword,
                             const struct ast *name)
{
    struct nodes bases = {0}, members = {0}, in_error = {0};
    struct token lcurly, rcurly;
    struct ast *member;
    underlying_type(p, &bases);
    skip_newlines(p);
    if (!take_token(p, TOK_LCURLY, &lcurly)) {
        report_incomplete(p, after(extent_of(name)), PE_MissingTypeBody);
        return error_statement(p, span(keyword->at, extent_of(name)), NULL);
    }
    while ((member = enum_member_rule(p)))
        add_node(p, &members, member);
    if (!take_token(p, TOK_RCURLY, &rcurly))
        report_unclosed(p, after(lcurly.at), rcurly.at, PE_MissingEndCurlyBrace);
    struct extent start = attributes->count ? extent_of(attributes->at[0]) : keyword->at;
    struct ast *type =
        type_node(p, TOK_ENUM, span(start, rcurly.at), name->text, attributes, &bases, &members);
    return whole_type(p, attributes, &in_error, type);
}

struct ast *enum_rule(struct parser *p, struct nodes *attributes, const struct token *keyword)
{
    skip_newlines(p);
    struct ast *name = simple_name_rule(p);
    if (!name)
        return missing_name(p, keyword);
    enum lex_mode mode = set_mode(p, LEX_SIGNATURE);
    struct ast *node = enum_body(p, attributes, keyword, name);
    set_mode(p, mode);
    return node;
}
