// Tokens of a text as programs see them: [Language.Parser]::ParseInput's and, in the form of older days,
// [PSParser]::Tokenize's. jesh-full alone.
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/ast-object.h"
#include "interp/value/enum.h"
#include "interp/value/numeric.h"
#include "interp/value/token-object.h"
#include "interp/value/types-rows.h"
#include "syntax/token-list.h"

enum { EXTENT, TEXT, KIND, FLAGS, VALUE, NAME_FIELD, MARK, STREAM };
#define AT(v) (((struct fields *)(v).object)->at)

// TokenFlags beyond those that follow from the lexer's own.
enum {
    FLAG_KEYWORD = 16,
    FLAG_BLOCK_NAME = 32,
    FLAG_BINARY = 256,
    FLAG_UNARY = 512,
    FLAG_CASE = 1024,
    FLAG_TERNARY = 2048,
    FLAG_SPECIAL = 4096,
    FLAG_ASSIGN = 8192,
    FLAG_INVARIANT = 32768,
    FLAG_RESTRICTED = 131072,
    FLAG_FIX = 262144,
    FLAG_COMMAND = 524288,
    FLAG_MEMBER = 1048576,
    FLAG_TYPE = 2097152,
    FLAG_ATTRIBUTE = 4194304,
    FLAG_FOLDS = 8388608,
    FLAG_NO_ATTRIBUTES = 16777216,
};

// --- Kinds and flags
// -----------------------------------------------------------------------------------------------

static const char *const kind_names[] = {
#define TOKEN(kind, text, flags) #kind,
#include "syntax/token.def"
#undef TOKEN
};

static int64_t kind_number(enum token_kind kind)
{
    static const struct {
        enum token_kind kind;
        const char *name;
    } others[] = {{TOK_NONE, "Unknown"},
                  {TOK_REDIRECT_IN, "RedirectInStd"},
                  {TOK_MINUS_SPLIT_UNARY, "Isplit"},
                  {TOK_COALESCE, "QuestionQuestion"},
                  {TOK_COALESCE_EQUALS, "QuestionQuestionEquals"}};
    char name[32];
    size_t size = 0;
    int64_t number = 0;
    for (const char *at = kind_names[kind]; *at && size < sizeof name; at++)
        if (*at != '_')
            name[size++] = *at;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].kind == kind)
            size = (size_t)snprintf(name, sizeof name, "%s", others[i].name);
    return enum_parse(&type_token_kind, name, size, &number) ? number : 0;
}

static int64_t flags_of_kind(enum token_kind kind)
{
    static const struct {
        unsigned own;
        int64_t flag;
    } rows[] = {{TF_BINARY, FLAG_BINARY},
                {TF_UNARY, FLAG_UNARY},
                {TF_ASSIGN, FLAG_ASSIGN},
                {TF_KEYWORD, FLAG_KEYWORD},
                {TF_CASE, FLAG_CASE},
                {TF_INVARIANT, FLAG_INVARIANT},
                {TF_BLOCK_NAME, FLAG_BLOCK_NAME},
                {TF_NO_ATTRIBUTES, FLAG_NO_ATTRIBUTES},
                {TF_RESTRICTED, FLAG_RESTRICTED}};
    static const uint16_t special[] = {TOK_PIPE, TOK_DOT, TOK_COLON_COLON, TOK_AMPERSAND, TOK_COLON};
    unsigned own = token_flags(kind);
    int64_t flags = own & TF_PRECEDENCE;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        flags |= own & rows[i].own ? rows[i].flag : 0;
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        flags |= special[i] == kind ? FLAG_SPECIAL : 0;
    if (kind == TOK_PLUS_PLUS || kind == TOK_MINUS_MINUS)
        flags |= FLAG_FIX;
    enum { COMPARES = 5 };
    bool shifts = kind == TOK_SHL || kind == TOK_SHR, compares = (own & TF_PRECEDENCE) == COMPARES && !shifts;
    bool folds = own & TF_BINARY && !(own & TF_RESTRICTED) && !compares && kind != TOK_COALESCE;
    if (kind == TOK_QUESTION_MARK)
        flags |= FLAG_TERNARY;
    return flags | (folds || kind == TOK_NOT || kind == TOK_BNOT || kind == TOK_EXCLAIM ? FLAG_FOLDS : 0);
}

// --- What the syntax makes of a token
// ---------------------------------------------------------------------------------

struct marking {
    const struct token_list *list;
    int64_t *flags; // by token
};

static void mark(struct marking *m, uint32_t start, int64_t flag)
{
    size_t low = 0, high = m->list->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (m->list->at[middle].at.start < start)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < m->list->count && m->list->at[low].at.start == start)
        m->flags[low] |= flag;
}

static bool is_bare(const struct ast *node)
{
    return node && node->kind == AST_STRING_CONSTANT_EXPRESSION && node->quote == QUOTE_BARE;
}

// The name of a type stands behind "class" or "enum".
static void mark_definition(struct marking *m, const struct ast *node)
{
    for (size_t i = 0; i + 1 < m->list->count; i++)
        if (m->list->at[i].at.start >= node->start &&
            (m->list->at[i].kind == TOK_CLASS || m->list->at[i].kind == TOK_ENUM)) {
            m->flags[i + 1] |= FLAG_TYPE;
            return;
        }
}

static bool mark_node(const struct ast *node, void *context)
{
    struct marking *m = context;
    const struct ast *first = node->count ? node->kids[0] : NULL;
    bool member = node->kind == AST_MEMBER_EXPRESSION || node->kind == AST_INVOKE_MEMBER_EXPRESSION;
    bool label = node->kind == AST_BREAK_STATEMENT || node->kind == AST_CONTINUE_STATEMENT;
    if (node->kind == AST_COMMAND && is_bare(first))
        mark(m, first->start, FLAG_COMMAND);
    if (member && node->count > MEMBER_NAME && is_bare(node->kids[MEMBER_NAME]))
        mark(m, node->kids[MEMBER_NAME]->start, FLAG_MEMBER);
    if (label && is_bare(first))
        mark(m, first->start, FLAG_MEMBER);
    for (uint32_t i = 0; node->kind == AST_HASHTABLE && i < node->count; i += 2)
        if (is_bare(node->kids[i]))
            mark(m, node->kids[i]->start, FLAG_MEMBER);
    if (node->kind == AST_NAMED_ATTRIBUTE_ARGUMENT)
        mark(m, node->start, FLAG_MEMBER);
    if (node->kind == AST_TYPE_NAME)
        mark(m, node->start,
             FLAG_TYPE | (node->parent && node->parent->kind == AST_ATTRIBUTE ? FLAG_ATTRIBUTE : 0));
    if (node->kind == AST_TYPE_DEFINITION)
        mark_definition(m, node);
    return true;
}

// --- Objects
// ------------------------------------------------------------------------------------------------------

static const struct type *class_of_token(const struct token *token)
{
    switch (token->kind) {
    case TOK_NUMBER:
        return &type_number_token;
    case TOK_VARIABLE:
    case TOK_SPLATTED_VARIABLE:
        return &type_variable_token;
    case TOK_PARAMETER:
        return &type_parameter_token;
    case TOK_LABEL:
        return &type_label_token;
    case TOK_REDIRECTION:
        return token->merge ? &type_merging_token : &type_file_redirection_token;
    case TOK_STRING_EXPANDABLE:
    case TOK_HERE_STRING_EXPANDABLE:
        return &type_expandable_token;
    case TOK_STRING_LITERAL:
    case TOK_HERE_STRING_LITERAL:
        return &type_literal_token;
    case TOK_GENERIC:
        return token->part_count ? &type_expandable_token : &type_literal_token;
    default:
        return &type_token;
    }
}

static bool fill_value(struct interp *in, const struct token *token, value *at)
{
    const char *colon = memchr(token->text.at, ':', token->text.size);
    const struct type *type = class_of_token(token);
    if (type == &type_number_token)
        return !token->number || number_value(in, token->number, &at[VALUE]);
    if (type == &type_variable_token) {
        size_t skip = colon ? (size_t)(colon + 1 - token->text.at) : 0;
        return variable_path_new(in, token->text, &at[VALUE]) &&
               string_new(in, token->text.at + skip, token->text.size - skip, &at[NAME_FIELD]);
    }
    at[MARK] = value_bool(type == &type_parameter_token ? token->colon : token->append);
    at[STREAM] = enum_value(&type_redirection_stream, token->from);
    return type == &type_token || string_new(in, token->text.at, token->text.size, &at[VALUE]);
}

static bool token_new(struct interp *in, struct source *source, const struct token *token, int64_t flags,
                      value *ret)
{
    uint32_t end = token->at.end < source->size ? token->at.end : (uint32_t)source->size;
    uint32_t start = token->at.start < end ? token->at.start : end;
    if (!object_new(in, class_of_token(token), ret))
        return false;
    value *at = AT(*ret);
    at[KIND] = enum_value(&type_token_kind, kind_number(token->kind));
    flags |= flags_of_kind(token->kind);
    if (flags & (FLAG_COMMAND | FLAG_MEMBER))
        flags &= ~FLAG_KEYWORD; // a name is none, whatever it is
    at[FLAGS] = enum_value(&type_token_flags_enum, flags);
    bool ok = ast_extent_new(in, source, start, end, &at[EXTENT]) &&
              string_new(in, source->text + start, end - start, &at[TEXT]) && fill_value(in, token, at);
    return ok || (value_drop(*ret), false);
}

bool token_objects(struct interp *in, struct source *source, value *ret_list)
{
    const struct token_list *list = source->tokens;
    struct marking m = {list, mem_new(list->count + 1, sizeof *m.flags)};
    value one;
    if (!m.flags || list->failed)
        return mem_free(m.flags, (list->count + 1) * sizeof *m.flags), throw_memory(in);
    ast_walk(source->root, mark_node, &m);
    bool ok = list_new(in, NULL, ret_list);
    for (size_t i = 0; ok && i < list->count; i++) {
        ok = token_new(in, source, &list->at[i], m.flags[i], &one) && list_add(in, ret_list->array, one);
        if (ok)
            value_drop(one);
    }
    mem_free(m.flags, (list->count + 1) * sizeof *m.flags);
    return ok;
}

#define FIELD(function, n)                                                                                   \
    static bool function(struct interp *in, value self, value *ret)                                          \
    {                                                                                                        \
        return (void)in, *ret = value_keep(AT(self)[n]), true;                                               \
    }
FIELD(extent, EXTENT)
FIELD(text, TEXT)
FIELD(kind, KIND)
FIELD(flags, FLAGS)
FIELD(val, VALUE)
FIELD(name, NAME_FIELD)
FIELD(mark_of, MARK)
FIELD(stream, STREAM)

static bool has_error(struct interp *in, value self, value *ret)
{
    enum { IN_ERROR = 65536 };
    return (void)in, *ret = value_bool(AT(self)[FLAGS].i & IN_ERROR), true;
}
static bool nothing(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_null, true;
}

bool token_to_string(struct interp *in, value self, value *ret)
{
    return text(in, self, ret);
}

const struct property token_properties[] = {{"Text", text, NULL},     {"TokenFlags", flags, NULL},
                                            {"Kind", kind, NULL},     {"HasError", has_error, NULL},
                                            {"Extent", extent, NULL}, {0}};
const struct property value_token_properties[] = {{"Value", val, NULL}, {0}};
const struct property expandable_token_properties[] = {{"NestedTokens", nothing, NULL}, {0}};
const struct property label_token_properties[] = {{"LabelText", val, NULL}, {0}};
const struct property variable_token_properties[] = {{"Name", name, NULL}, {"VariablePath", val, NULL}, {0}};
const struct property parameter_token_properties[] = {
    {"ParameterName", val, NULL}, {"UsedColon", mark_of, NULL}, {0}};
const struct property merging_token_properties[] = {{"FromStream", stream, NULL}, {0}};
const struct property file_redirection_token_properties[] = {
    {"FromStream", stream, NULL}, {"Append", mark_of, NULL}, {0}};
