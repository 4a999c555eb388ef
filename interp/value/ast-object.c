// Syntax as objects: a node's properties are rows of ast-properties.def. jesh-full alone.
#include "interp/value/ast-object.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/value/numeric.h"
#include "interp/value/objects.h"

#define OBJECT(v) ((struct ast_object *)(v).object)

static const struct type *const types[AST_KINDS] = {
#define AST(kind, name, base) [AST_##kind] = &type_ast_##kind,
#include "syntax/ast.def"
#undef AST
};

static bool make(struct interp *in, const struct type *type, struct source *source, const struct ast *node,
                 uint32_t start, uint32_t end, value *ret)
{
    if (!object_new(in, type, ret))
        return false;
    struct ast_object *object = OBJECT(*ret);
    object->source = source_ref(source);
    object->node = node;
    object->start = start;
    object->end = end;
    return true;
}

bool ast_object_new(struct interp *in, struct source *source, const struct ast *node, value *ret)
{
    if (!node)
        return *ret = value_null, true;
    return make(in, types[node->kind], source, node, node->start, node->end, ret);
}

bool ast_extent_new(struct interp *in, struct source *source, uint32_t start, uint32_t end, value *ret)
{
    return make(in, &type_script_extent, source, NULL, start, end, ret);
}

void ast_object_release(struct object *object)
{
    source_free(((struct ast_object *)object)->source);
}

bool ast_object_to_string(struct interp *in, value self, value *ret)
{
    const struct ast_object *object = OBJECT(self);
    return string_new(in, object->source->text + object->start, object->end - object->start, ret);
}

bool ast_object_equal(value a, value b)
{
    return OBJECT(a)->node == OBJECT(b)->node && OBJECT(a)->source == OBJECT(b)->source;
}

// --- Names of tokens, streams and quotes
// ----------------------------------------------------------------------------

static const char *const token_names[TOKEN_KINDS] = {
#define TOKEN(kind, text, flags) #kind,
#include "syntax/token.def"
#undef TOKEN
};

// Where the words of PowerShell's name are not the words of ours.
static const struct {
    enum token_kind kind;
    const char *name;
} odd_names[] = {
    {TOK_NONE, "Unknown"},
    {TOK_COALESCE, "QuestionQuestion"},
    {TOK_COALESCE_EQUALS, "QuestionQuestionEquals"},
    {TOK_ELSEIF, "ElseIf"},
    {TOK_INLINESCRIPT, "InlineScript"},
    {TOK_ISNOT, "IsNot"},
    {TOK_MINUS_SPLIT_UNARY, "Isplit"},
    {TOK_REDIRECT_IN, "RedirectInStd"},
};

static bool token_name(struct interp *in, enum token_kind kind, value *ret)
{
    char name[32];
    size_t size = 0;
    for (size_t i = 0; i < sizeof odd_names / sizeof *odd_names; i++)
        if (odd_names[i].kind == kind)
            return string_text(in, odd_names[i].name, ret);
    bool first = true;
    for (const char *at = token_names[kind]; *at && size + 1 < sizeof name; at++) {
        if (*at != '_')
            name[size++] = first ? *at : (char)tolower((unsigned char)*at);
        first = *at == '_';
    }
    return string_new(in, name, size, ret);
}

static bool operator_name(struct interp *in, const struct ast *node, value *ret)
{
    bool postfix = node->kind == AST_UNARY_EXPRESSION && node->flags & NODE_POSTFIX;
    if (node->kind == AST_NAMED_BLOCK && node->flags & NODE_UNNAMED && node->op == TOK_NONE)
        return string_text(in, "End", ret);
    if (postfix)
        return string_text(in, node->op == TOK_PLUS_PLUS ? "PostfixPlusPlus" : "PostfixMinusMinus", ret);
    return token_name(in, node->op, ret);
}

static bool stream_name(struct interp *in, uint8_t stream, value *ret)
{
    static const char *const names[] = {"All",     "Output", "Error",      "Warning",
                                        "Verbose", "Debug",  "Information"};
    return string_text(in, names[stream % 7], ret);
}

static bool quote_name(struct interp *in, uint8_t quote, value *ret)
{
    static const char *const names[] = {
        [QUOTE_BARE] = "BareWord",
        [QUOTE_SINGLE] = "SingleQuoted",
        [QUOTE_DOUBLE] = "DoubleQuoted",
        [QUOTE_SINGLE_HERE] = "SingleQuotedHereString",
        [QUOTE_DOUBLE_HERE] = "DoubleQuotedHereString",
    };
    return string_text(in, names[quote], ret);
}

static bool switch_flags(struct interp *in, const struct ast *node, value *ret)
{
    static const struct {
        uint32_t flag;
        const char *name;
    } rows[] = {{NODE_SWITCH_FILE, "File"},
                {NODE_SWITCH_REGEX, "Regex"},
                {NODE_SWITCH_WILDCARD, "Wildcard"},
                {NODE_SWITCH_EXACT, "Exact"},
                {NODE_SWITCH_CASESENSITIVE, "CaseSensitive"},
                {NODE_SWITCH_PARALLEL, "Parallel"}};
    struct buf names = BUF_INIT;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (node->flags & rows[i].flag)
            buf_printf(&names, "%s%s", names.size ? ", " : "", rows[i].name);
    bool ok = string_text(in, names.size ? buf_text(&names) : "None", ret);
    buf_free(&names);
    return ok;
}

// --- Kids
// ------------------------------------------------------------------------------------------------------

static bool is_member(const struct ast *kid)
{
    return kid->kind == AST_PROPERTY_MEMBER || kid->kind == AST_FUNCTION_MEMBER;
}

static bool is_redirection(const struct ast *kid)
{
    return kid->kind == AST_MERGING_REDIRECTION || kid->kind == AST_FILE_REDIRECTION;
}

static bool any(const struct ast *kid)
{
    return kid != NULL;
}
static bool attributes(const struct ast *kid)
{
    return kid->kind == AST_ATTRIBUTE;
}
static bool usings(const struct ast *kid)
{
    return kid->kind == AST_USING_STATEMENT;
}
static bool parameters(const struct ast *kid)
{
    return kid->kind == AST_PARAMETER;
}
static bool traps(const struct ast *kid)
{
    return kid->kind == AST_TRAP_STATEMENT;
}
static bool statements(const struct ast *kid)
{
    return !traps(kid);
}
static bool named(const struct ast *kid)
{
    return kid->kind == AST_NAMED_ATTRIBUTE_ARGUMENT;
}
static bool positional(const struct ast *kid)
{
    return !named(kid);
}
static bool constraints(const struct ast *kid)
{
    return kid->kind == AST_TYPE_CONSTRAINT;
}
static bool elements(const struct ast *kid)
{
    return !is_redirection(kid);
}
static bool arguments(const struct ast *kid)
{
    return kid->kind != AST_TYPE_NAME;
}

static bool kids_between(struct interp *in, const struct ast_object *object, size_t from, size_t to,
                         bool (*wanted)(const struct ast *kid), value *ret)
{
    const struct ast *node = object->node;
    if (!list_new(in, NULL, ret))
        return false;
    for (size_t i = from; i < to; i++) {
        value kid;
        if (!node->kids[i] || !wanted(node->kids[i]))
            continue;
        bool ok = ast_object_new(in, object->source, node->kids[i], &kid) && list_add(in, ret->array, kid);
        value_drop(kid);
        if (!ok)
            return false;
    }
    return true;
}

static bool kids(struct interp *in, const struct ast_object *object, size_t from,
                 bool (*wanted)(const struct ast *kid), value *ret)
{
    return kids_between(in, object, from, object->node->count, wanted, ret);
}

// Of what could not be parsed whole; where nobody says what its parts are, they are just nested.
static bool error_kids(struct interp *in, const struct ast_object *object, bool parts, size_t from, size_t to,
                       value *ret)
{
    if (parts != (object->node->op != TOK_NONE))
        to = from;
    return kids_between(in, object, from, to, any, ret);
}

// What is not written at all is $null, not an empty list.
static bool some(struct interp *in, const struct ast_object *object, size_t from,
                 bool (*wanted)(const struct ast *kid), value *ret)
{
    if (!kids(in, object, from, wanted, ret))
        return false;
    if (!ret->array->count)
        value_drop(*ret), *ret = value_null;
    return true;
}

static bool pair(struct interp *in, const struct ast_object *object, size_t at, value *ret)
{
    if (!object_new(in, &type_tuple, ret))
        return false;
    struct fields *fields = (struct fields *)ret->object;
    return ast_object_new(in, object->source, object->node->kids[at], &fields->at[0]) &&
           ast_object_new(in, object->source, object->node->kids[at + 1], &fields->at[1]);
}

static bool pairs(struct interp *in, const struct ast_object *object, size_t from, value *ret)
{
    if (!list_new(in, NULL, ret))
        return false;
    for (size_t i = from; i + 1 < object->node->count; i += 2) {
        value item;
        bool ok = pair(in, object, i, &item) && list_add(in, ret->array, item);
        value_drop(item);
        if (!ok)
            return false;
    }
    return true;
}

// --- Values
// -----------------------------------------------------------------------------------------------------

// The type that the syntax alone tells; object where only running would.
static bool static_type(struct interp *in, const struct ast *node, value *ret)
{
    const struct type *type = &type_object;
    const struct ast *name = NULL;
    if (node->kind == AST_STRING_CONSTANT_EXPRESSION || node->kind == AST_EXPANDABLE_STRING_EXPRESSION)
        type = type_find("string", 6);
    else if (node->kind == AST_HASHTABLE)
        type = type_find("hashtable", 9);
    else if (node->kind == AST_ARRAY_LITERAL)
        type = type_find("object[]", 8);
    else if (node->kind == AST_SCRIPT_BLOCK_EXPRESSION)
        type = type_find("scriptblock", 11);
    for (uint32_t i = node->kind == AST_PARAMETER ? PARAM_REST : 0; i < node->count && !name; i++)
        if (node->kids[i] && node->kids[i]->kind == AST_TYPE_CONSTRAINT)
            name = node->kids[i]->kids[ONLY];
    if (name)
        type = type_find_in(in, name->text.at, name->text.size);
    if (node->kind == AST_CONSTANT_EXPRESSION) {
        value number;
        if (!number_value(in, node->number, &number))
            return false;
        type = value_type(number);
        value_drop(number);
    }
    *ret = (value){.kind = V_TYPE, .type = type ? type : &type_object};
    return true;
}

static bool of_function(struct interp *in, const struct ast_object *object, size_t slot, value *ret)
{
    const struct ast *function = object->node->count > MEMBER_VALUE ? object->node->kids[MEMBER_VALUE] : NULL;
    struct ast_object inner = {.source = object->source, .node = function};
    if (!function)
        return *ret = value_null, true;
    if (slot == FUNC_BODY)
        return ast_object_new(in, object->source, function->count ? function->kids[FUNC_BODY] : NULL, ret);
    return kids(in, &inner, FUNC_PARAMS, parameters, ret);
}

static bool odd_kid(struct interp *in, const struct ast_object *object, value *ret)
{
    const struct ast *node = object->node;
    return ast_object_new(in, object->source, node->count & 1 ? node->kids[node->count - 1] : NULL, ret);
}

// An expression that is assigned is not a pipeline of one.
static const struct ast *shown(const struct ast *node, const struct ast *kid)
{
    bool pure = node->kind == AST_ASSIGNMENT_STATEMENT && kid && kid->kind == AST_PIPELINE &&
                kid->count == 1 && kid->kids[0]->kind == AST_COMMAND_EXPRESSION &&
                !(kid->flags & NODE_BACKGROUND);
    return pure ? kid->kids[0] : kid;
}

static bool kid(struct interp *in, const struct ast_object *object, size_t slot, value *ret)
{
    const struct ast *node = object->node;
    return ast_object_new(in, object->source, slot < node->count ? shown(node, node->kids[slot]) : NULL, ret);
}

static bool text(struct interp *in, const struct ast *node, value *ret)
{
    bool none = !node->text.at || (!node->text.size && node->kind != AST_STRING_CONSTANT_EXPRESSION &&
                                   node->kind != AST_EXPANDABLE_STRING_EXPRESSION);
    return none ? (*ret = value_null, true) : string_new(in, node->text.at, node->text.size, ret);
}

static bool answer(value *ret, bool yes)
{
    return *ret = value_bool(yes), true;
}

enum how {
    KID,
    TEXT,
    FLAG,
    FLAG_NOT,
    OPERATOR,
    IS_OPERATOR,
    PAIRS,
    ODD_KID,
    NO_KIDS,
    EXTENT,
    STREAM_TO,
    STREAM_FROM,
    SWITCH_FLAGS,
    FOREACH_FLAGS,
    STATIC_TYPE,
    VARIABLE_PATH,
    NUMBER,
    QUOTE,
    SOURCE,
    OF_FUNCTION,
    ERROR_CONDITIONS,
    ERROR_BODIES,
    ERROR_NESTED,
    KIDS_ALL,
    KIDS_ATTRIBUTES,
    KIDS_USINGS,
    KIDS_PARAMETERS,
    KIDS_STATEMENTS,
    KIDS_TRAPS,
    KIDS_POSITIONAL,
    KIDS_NAMED,
    KIDS_CONSTRAINTS,
    KIDS_MEMBERS,
    KIDS_ELEMENTS,
    KIDS_REDIRECTIONS,
    KIDS_ARGUMENTS,
};

static bool (*const wanted_kids[])(const struct ast *kid) = {
    [KIDS_ALL] = any,
    [KIDS_ATTRIBUTES] = attributes,
    [KIDS_USINGS] = usings,
    [KIDS_PARAMETERS] = parameters,
    [KIDS_STATEMENTS] = statements,
    [KIDS_TRAPS] = traps,
    [KIDS_POSITIONAL] = positional,
    [KIDS_NAMED] = named,
    [KIDS_CONSTRAINTS] = constraints,
    [KIDS_MEMBERS] = is_member,
    [KIDS_ELEMENTS] = elements,
    [KIDS_REDIRECTIONS] = is_redirection,
    [KIDS_ARGUMENTS] = arguments,
};

static const struct row {
    enum ast_kind kind;
    const char *name;
    enum how how;
    uint32_t argument;
} rows[] = {
#define AST_PROPERTY(kind, name, how, argument) {AST_##kind, name, how, argument},
#include "interp/value/ast-properties.def"
#undef AST_PROPERTY
};
enum { ROWS = sizeof rows / sizeof *rows };

static bool null_where_none(const struct row *row)
{
    return row->how == KIDS_TRAPS || row->how == KIDS_ARGUMENTS ||
           (row->kind == AST_FUNCTION_DEFINITION && row->how == KIDS_PARAMETERS);
}

static bool read_row(struct interp *in, const struct ast_object *object, const struct row *row, value *ret)
{
    const struct ast *node = object->node;
    switch (row->how) {
    case KID:
        return kid(in, object, row->argument, ret);
    case TEXT:
        return text(in, node, ret);
    case FLAG:
        return answer(ret, node->flags & row->argument);
    case FLAG_NOT:
        return answer(ret, !(node->flags & row->argument));
    case OPERATOR:
        return operator_name(in, node, ret);
    case IS_OPERATOR:
        return answer(ret, node->op == row->argument);
    case PAIRS:
        return pairs(in, object, row->argument, ret);
    case ODD_KID:
        return odd_kid(in, object, ret);
    case NO_KIDS:
        return answer(ret, node->count <= row->argument || !node->kids[row->argument]);
    case EXTENT:
        return ast_extent_new(in, object->source, node->start, node->end, ret);
    case STREAM_TO:
        return stream_name(in, node->to, ret);
    case STREAM_FROM:
        return stream_name(in, node->from, ret);
    case SWITCH_FLAGS:
        return switch_flags(in, node, ret);
    case FOREACH_FLAGS:
        return string_text(in, node->flags & NODE_PARALLEL ? "Parallel" : "None", ret);
    case STATIC_TYPE:
        return static_type(in, node, ret);
    case VARIABLE_PATH:
        return variable_path_new(in, node->text, ret);
    case NUMBER:
        return number_value(in, node->number, ret);
    case QUOTE:
        return quote_name(in, node->quote, ret);
    case SOURCE:
        return string_new(in, object->source->text + node->start, node->end - node->start, ret);
    case OF_FUNCTION:
        return of_function(in, object, row->argument, ret);
    case ERROR_CONDITIONS:
        return error_kids(in, object, true, 0, node->from, ret);
    case ERROR_BODIES:
        return error_kids(in, object, true, node->from, node->count, ret);
    case ERROR_NESTED:
        return error_kids(in, object, false, 0, node->count, ret);
    default:
        return (null_where_none(row) ? some : kids)(in, object, row->argument, wanted_kids[row->how], ret);
    }
}

static const struct row *find_row(enum ast_kind kind, const char *name, size_t size)
{
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].kind == kind && utf8_same_ignore_case(rows[i].name, strlen(rows[i].name), name, size))
            return &rows[i];
    return NULL;
}

// The node above; parts of a text that programs never see as nodes are left out.
static bool parent(struct interp *in, const struct ast_object *object, value *ret)
{
    const struct ast *above = object->node->parent;
    while (above && above->kind == AST_TYPE_NAME)
        above = above->parent;
    return ast_object_new(in, object->source, above, ret);
}

static bool adapter_get(struct interp *in, value self, const char *name, size_t size, value *ret,
                        bool *ret_found)
{
    const struct ast_object *object = OBJECT(self);
    *ret_found = true;
    if (utf8_same_ignore_case(name, size, "Extent", 6))
        return ast_extent_new(in, object->source, object->start, object->end, ret);
    if (utf8_same_ignore_case(name, size, "Parent", 6) && object->node->kind != AST_TYPE_NAME)
        return parent(in, object, ret);
    const struct row *row = find_row(object->node->kind, name, size);
    if (row)
        return read_row(in, object, row, ret);
    *ret_found = false;
    return true;
}

static bool adapter_set(struct interp *in, value self, const char *name, size_t size, value to,
                        bool *ret_found)
{
    (void)in, (void)self, (void)name, (void)size, (void)to;
    *ret_found = false;
    return true;
}

static const char *adapter_name(value self, size_t n, size_t *ret_size)
{
    enum ast_kind kind = OBJECT(self)->node->kind;
    const char *name = n == 0 ? "Extent" : n == 1 && kind != AST_TYPE_NAME ? "Parent" : NULL;
    size_t before = kind == AST_TYPE_NAME ? 1 : 2;
    for (size_t i = 0; i < ROWS && !name; i++)
        if (rows[i].kind == kind && before++ == n)
            name = rows[i].name;
    if (name)
        *ret_size = strlen(name);
    return name;
}

const struct adapter ast_adapter = {adapter_get, adapter_set, adapter_name};
