// [PSParser]::Tokenize: tokens and errors in the form of PowerShell 2. jesh-full alone.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/ast-object.h"
#include "interp/value/enum.h"
#include "interp/value/token-object.h"
#include "interp/value/types-rows.h"

enum { CONTENT, KIND, EXTENT };
enum { MESSAGE, TOKEN };
enum { FLAG_COMMAND = 524288, FLAG_MEMBER = 1048576, FLAG_TYPE = 2097152, FLAG_ATTRIBUTE = 4194304 };
enum { FLAG_KEYWORD = 16 };
#define AT(v) (((struct fields *)(v).object)->at)

static const char *kind_text(struct interp *in, value token, value *ret_owner)
{
    value kind;
    if (!member_named(in, token, "Kind", &kind) || !value_to_string(in, kind, ret_owner))
        return "";
    return value_text(*ret_owner);
}

static const char *type_of_kind(const char *kind)
{
    static const char *const rows[][2] = {{"Variable", "Variable"},
                                          {"SplattedVariable", "Variable"},
                                          {"Parameter", "CommandParameter"},
                                          {"Number", "Number"},
                                          {"Label", "LoopLabel"},
                                          {"Identifier", "CommandArgument"},
                                          {"Generic", "CommandArgument"},
                                          {"NewLine", "NewLine"},
                                          {"LineContinuation", "LineContinuation"},
                                          {"Comment", "Comment"},
                                          {"EndOfInput", "Unknown"},
                                          {"StringLiteral", "String"},
                                          {"StringExpandable", "String"},
                                          {"HereStringLiteral", "String"},
                                          {"HereStringExpandable", "String"},
                                          {"LParen", "GroupStart"},
                                          {"LCurly", "GroupStart"},
                                          {"AtParen", "GroupStart"},
                                          {"AtCurly", "GroupStart"},
                                          {"DollarParen", "GroupStart"},
                                          {"RParen", "GroupEnd"},
                                          {"RCurly", "GroupEnd"},
                                          {"Semi", "StatementSeparator"},
                                          {"Colon", "Unknown"},
                                          {"Unknown", "Unknown"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i][0], kind))
            return rows[i][1];
    return "Operator";
}

static const char *type_of_token(const char *kind, int64_t flags)
{
    return flags & FLAG_COMMAND     ? "Command"
           : flags & FLAG_MEMBER    ? "Member"
           : flags & FLAG_ATTRIBUTE ? "Attribute"
           : flags & FLAG_TYPE      ? "Type"
           : flags & FLAG_KEYWORD   ? "Keyword"
                                    : type_of_kind(kind);
}

// A variable shows its path, a string its value, everything else what is written.
static bool content_of(struct interp *in, value token, const char *type, value *ret)
{
    bool path = !strcmp(type, "Variable");
    value v = value_null;
    bool ok = member_named(in, token,
                           path                      ? "VariablePath"
                           : !strcmp(type, "String") ? "Value"
                                                     : "Text",
                           &v) &&
              value_to_string(in, v, ret);
    return value_drop(v), ok;
}

static bool old_token(struct interp *in, value token, value *ret)
{
    value flags = value_null, owner = value_null;
    int64_t number = 0;
    if (!member_named(in, token, "TokenFlags", &flags) || !object_new(in, &type_ps_token, ret))
        return false;
    const char *type = type_of_token(kind_text(in, token, &owner), flags.i);
    enum_parse(&type_ps_token_type, type, strlen(type), &number);
    AT(*ret)[KIND] = enum_value(&type_ps_token_type, number);
    bool ok = content_of(in, token, type, &AT(*ret)[CONTENT]) &&
              member_named(in, token, "Extent", &AT(*ret)[EXTENT]);
    value_drop(owner);
    return ok || (value_drop(*ret), false);
}

static bool is_text(struct interp *in, value token, const char *wanted)
{
    value v;
    bool ok = member_named(in, token, "Text", &v);
    bool same = ok && value_is_text(v, wanted);
    return ok && (value_drop(v), same);
}

static bool is_type(value old)
{
    int64_t number = 0;
    return enum_parse(&type_ps_token_type, "Type", 4, &number) && AT(old)[KIND].i == number;
}

// [name] is one token: the brackets belong to the type.
static bool join_brackets(struct interp *in, struct source *source, value open, value close, value old)
{
    value first, last, whole, content;
    if (!member_named(in, open, "Extent", &first) || !member_named(in, close, "Extent", &last))
        return false;
    uint32_t start = ((struct ast_object *)first.object)->start,
             end = ((struct ast_object *)last.object)->end;
    value_drop(first), value_drop(last);
    if (!ast_extent_new(in, source, start, end, &whole) ||
        !string_new(in, source->text + start, end - start, &content))
        return false;
    value_set(&AT(old)[EXTENT], whole);
    value_set(&AT(old)[CONTENT], content);
    return value_drop(whole), value_drop(content), true;
}

static bool add_old(struct interp *in, struct source *source, const struct array *tokens, size_t *io,
                    struct array *to)
{
    size_t at = *io;
    value old, *item = tokens->items;
    bool bracketed = at + 2 < tokens->count && is_text(in, item[at], "[") && is_text(in, item[at + 2], "]");
    if (!old_token(in, item[at + bracketed], &old))
        return false;
    bool ok = true;
    if (bracketed && is_type(old)) {
        ok = join_brackets(in, source, item[at], item[at + 2], old);
        *io += 2;
    } else if (bracketed) {
        value_drop(old);
        ok = old_token(in, item[at], &old);
    }
    ok = ok && list_add(in, to, old);
    return value_drop(old), ok;
}

static bool old_tokens(struct interp *in, struct source *source, value *ret)
{
    value tokens;
    if (!token_objects(in, source, &tokens))
        return false;
    bool ok = list_new(in, &type_collection, ret);
    for (size_t i = 0; ok && i + 1 < tokens.array->count; i++) // the end is none
        ok = add_old(in, source, tokens.array, &i, ret->array);
    return value_drop(tokens), ok;
}

// An error is shown at a token of its own, which is its place.
static bool old_error(struct interp *in, struct source *source, const struct parse_error *error, value *ret)
{
    value token;
    int64_t number = 0;
    if (!object_new(in, &type_ps_parse_error, ret))
        return false;
    bool ok = string_text(in, error->text ? error->text : error->id, &AT(*ret)[MESSAGE]) &&
              object_new(in, &type_ps_token, &token);
    if (!ok)
        return false;
    uint32_t end = error->end < source->size ? error->end : (uint32_t)source->size;
    uint32_t start = error->start < end ? error->start : end;
    AT(*ret)[TOKEN] = token;
    enum_parse(&type_ps_token_type, "Position", 8, &number);
    AT(token)[KIND] = enum_value(&type_ps_token_type, number);
    return ast_extent_new(in, source, start, end, &AT(token)[EXTENT]) &&
           string_new(in, source->text + start, end - start, &AT(token)[CONTENT]);
}

static bool old_errors(struct interp *in, struct source *source, value *ret)
{
    value one;
    bool ok = list_new(in, &type_collection, ret);
    for (size_t i = 0; ok && i < source->error_count; i++) {
        ok = old_error(in, source, &source->errors[i], &one) && list_add(in, ret->array, one);
        if (ok)
            value_drop(one);
    }
    return ok;
}

METHOD(tokenize)
{
    struct source *source;
    struct err err = {0};
    value errors;
    (void)self, (void)count;
    if (!parse(value_text(args[0]), args[0].string->size, NULL, PARSE_TOKENS, &source, &err))
        return throw_error(in, err.id, CAT_ParserError, value_null, "%s", err.text);
    bool ok = old_errors(in, source, &errors);
    if (ok)
        ok = reference_set(in, args[1], errors), value_drop(errors);
    ok = ok && old_tokens(in, source, ret);
    source_free(source);
    return ok;
}
static const struct method parser_statics[] = {{"Tokenize", tokenize, OBJ, P(STR, OBJ)}, {0}};
extern const struct type_members full_ps_parser;
const struct type_members full_ps_parser = {.statics = parser_statics};

#define FIELD(function, n)                                                                                   \
    static bool function(struct interp *in, value self, value *ret)                                          \
    {                                                                                                        \
        return (void)in, *ret = value_keep(AT(self)[n]), true;                                               \
    }
#define PLACE(function, name)                                                                                \
    static bool function(struct interp *in, value self, value *ret)                                          \
    {                                                                                                        \
        return member_named(in, AT(self)[EXTENT], name, ret);                                                \
    }
FIELD(first_field, 0)
FIELD(second_field, 1)
PLACE(start, "StartOffset")
PLACE(start_line, "StartLineNumber")
PLACE(start_column, "StartColumnNumber")
PLACE(end_line, "EndLineNumber")
PLACE(end_column, "EndColumnNumber")
static bool length(struct interp *in, value self, value *ret)
{
    value from, to;
    if (!member_named(in, AT(self)[EXTENT], "StartOffset", &from) ||
        !member_named(in, AT(self)[EXTENT], "EndOffset", &to))
        return false;
    return *ret = value_int((int32_t)(to.i - from.i)), true;
}

const struct property ps_token_properties[] = {
    {"Content", first_field, NULL}, {"Type", second_field, NULL},    {"Start", start, NULL},
    {"Length", length, NULL},       {"StartLine", start_line, NULL}, {"StartColumn", start_column, NULL},
    {"EndLine", end_line, NULL},    {"EndColumn", end_column, NULL}, {0}};
const struct property ps_parse_error_properties[] = {
    {"Token", second_field, NULL}, {"Message", first_field, NULL}, {0}};
