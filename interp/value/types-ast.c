// [Language.Parser], and what its results can do: places in a text, errors, and searches in syntax.
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/exceptions.h"
#include "interp/value/objects.h"
#include "interp/value/token-object.h"
#include "interp/value/types-rows.h"

#define OBJECT(v) ((struct ast_object *)(v).object)
#define FIELDS(v) ((struct fields *)(v).object)

// --- Places
// -----------------------------------------------------------------------------------------------------

static bool line_text(struct interp *in, const struct source *source, uint32_t offset, value *ret)
{
    uint32_t start = offset, end = offset;
    while (start && source->text[start - 1] != '\n' && source->text[start - 1] != '\r')
        start--;
    while (end < source->size && source->text[end] != '\n' && source->text[end] != '\r')
        end++;
    return string_new(in, source->text + start, end - start, ret);
}

static bool file_name(struct interp *in, const struct source *source, value *ret)
{
    return source->name && *source->name == '/' ? string_text(in, source->name, ret)
                                                : (*ret = value_null, true);
}

static bool place_new(struct interp *in, const struct ast_object *of, uint32_t offset, value *ret)
{
    if (!object_new(in, &type_script_position, ret))
        return false;
    OBJECT(*ret)->source = source_ref(of->source);
    OBJECT(*ret)->start = offset;
    return true;
}

#define PLACE(function, of, field)                                                                           \
    static bool function(struct interp *in, value self, value *ret)                                          \
    {                                                                                                        \
        (void)in;                                                                                            \
        *ret = value_int((int32_t)source_position(OBJECT(self)->source, OBJECT(self)->of).field);            \
        return true;                                                                                         \
    }
PLACE(start_line, start, line)
PLACE(start_column, start, column)
PLACE(start_offset, start, units)
PLACE(end_line, end, line)
PLACE(end_column, end, column)
PLACE(end_offset, end, units)
#undef PLACE

static bool extent_file(struct interp *in, value self, value *ret)
{
    return file_name(in, OBJECT(self)->source, ret);
}

static bool start_place(struct interp *in, value self, value *ret)
{
    return place_new(in, OBJECT(self), OBJECT(self)->start, ret);
}

static bool end_place(struct interp *in, value self, value *ret)
{
    return place_new(in, OBJECT(self), OBJECT(self)->end, ret);
}

static bool place_line(struct interp *in, value self, value *ret)
{
    return line_text(in, OBJECT(self)->source, OBJECT(self)->start, ret);
}

const struct property script_extent_properties[] = {
    {"File", extent_file, NULL, false, NULL},
    {"StartScriptPosition", start_place, NULL, false, NULL},
    {"EndScriptPosition", end_place, NULL, false, NULL},
    {"StartLineNumber", start_line, NULL, false, NULL},
    {"StartColumnNumber", start_column, NULL, false, NULL},
    {"EndLineNumber", end_line, NULL, false, NULL},
    {"EndColumnNumber", end_column, NULL, false, NULL},
    {"Text", ast_object_to_string, NULL, false, NULL},
    {"StartOffset", start_offset, NULL, false, NULL},
    {"EndOffset", end_offset, NULL, false, NULL},
    {NULL, NULL, NULL, false, NULL},
};
const struct property script_position_properties[] = {
    {"File", extent_file, NULL, false, NULL},          {"LineNumber", start_line, NULL, false, NULL},
    {"ColumnNumber", start_column, NULL, false, NULL}, {"Offset", start_offset, NULL, false, NULL},
    {"Line", place_line, NULL, false, NULL},           {NULL, NULL, NULL, false, NULL},
};

static bool full_script(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    (void)args, (void)count;
    return string_new(in, OBJECT(self)->source->text, OBJECT(self)->source->size, ret);
}
static const struct method place_methods[] = {
    {"GetFullScript", full_script, &type_string, NULL, false, NULL}, {0}};
const struct type_members full_script_position = {place_methods, NULL, NULL, NULL};

// --- Errors: fields Extent, ErrorId, Message, IncompleteInput
// ------------------------------------------------------------

#define FIELD(function, n)                                                                                   \
    static bool function(struct interp *in, value self, value *ret)                                          \
    {                                                                                                        \
        (void)in;                                                                                            \
        return *ret = value_keep(FIELDS(self)->at[n]), true;                                                 \
    }
FIELD(field_0, 0)
FIELD(field_1, 1)
FIELD(field_2, 2)
FIELD(field_3, 3)
#undef FIELD

const struct property parse_error_properties[] = {
    {"Extent", field_0, NULL, false, NULL},  {"ErrorId", field_1, NULL, false, NULL},
    {"Message", field_2, NULL, false, NULL}, {"IncompleteInput", field_3, NULL, false, NULL},
    {NULL, NULL, NULL, false, NULL},
};

bool parse_error_to_string(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(FIELDS(self)->at[2]), true;
}

static bool error_object(struct interp *in, struct source *source, const struct parse_error *error,
                         value *ret)
{
    if (!object_new(in, &type_parse_error, ret))
        return false;
    value *at = FIELDS(*ret)->at;
    at[3] = value_bool(error->incomplete);
    return ast_extent_new(in, source, error->start, error->end, &at[0]) &&
           string_text(in, error->id, &at[1]) &&
           string_text(in, error->text ? error->text : error->id, &at[2]);
}

static bool error_objects(struct interp *in, struct source *source, value *ret)
{
    value list, item;
    if (!list_new(in, NULL, &list))
        return false;
    bool ok = true;
    for (size_t i = 0; i < source->error_count && ok; i++) {
        ok = error_object(in, source, &source->errors[i], &item) && list_add(in, list.array, item);
        value_drop(item);
    }
    ok = ok && array_from(in, list.array->items, list.array->count, ret);
    value_drop(list);
    return ok;
}

// The record that the exception tells of has not been through a command: its id is the parser's alone.
static bool carry_parser_id(struct interp *in, struct error_record *record)
{
    const char *id = value_text(record->id), *comma = strchr(id, ',');
    value whole = record->id;
    if (!comma)
        return error_carry(in, record);
    if (!string_new(in, id, (size_t)(comma - id), &record->id))
        return record->id = whole, false;
    bool ok = error_carry(in, record);
    value_drop(record->id);
    return record->id = whole, ok;
}

void parse_exception_mark(value record)
{
    if (record.kind != V_ERROR || !value_is_type(record.error->exception, &type_parse_exception))
        return;
    struct exception *exception = (struct exception *)record.error->exception.object;
    const value *errors =
        exception->facts.kind == V_TABLE ? table_get_text(exception->facts.table, "Errors") : NULL;
    if (errors && errors->array->count && value_truth(FIELDS(errors->array->items[0])->at[3]))
        exception->head.type = &type_incomplete_parse_exception;
}

bool parse_exception_set(struct interp *in, value record, struct source *source, bool own)
{
    value errors, exception;
    bool incomplete = own && source->error_count && source->errors[0].incomplete;
    const struct type *type = incomplete ? &type_incomplete_parse_exception : &type_parse_exception;
    if (!error_objects(in, source, &errors))
        return false;
    bool ok = exception_new(in, type, record.error->message, &exception);
    if (ok) {
        ok = exception_fact(in, exception, "Errors", errors);
        value_set(&record.error->exception, exception);
        value_drop(exception);
        ok = ok && carry_parser_id(in, record.error);
    }
    value_drop(errors);
    return ok;
}

// --- The parser
// --------------------------------------------------------------------------------------------------

static bool token_array(struct interp *in, struct source *source, value *ret)
{
    value list;
    if (!token_objects(in, source, &list))
        return false;
    bool ok = array_from(in, list.array->items, list.array->count, ret);
    return value_drop(list), ok;
}

static bool parse_text(struct interp *in, value input, const char *name, value tokens, value errors,
                       value *ret)
{
    struct source *source;
    struct err err = {0};
    value found, all;
    if (!parse(value_text(input), input.string->size, name, PARSE_TOKENS, &source, &err))
        return throw_error(in, err.id, CAT_ParserError, value_null, "%s", err.text);
    bool ok = error_objects(in, source, &found);
    if (ok)
        ok = reference_set(in, errors, found), value_drop(found);
    ok = ok && token_array(in, source, &all);
    if (ok)
        ok = reference_set(in, tokens, all), value_drop(all);
    ok = ok && ast_object_new(in, source, source->root, ret);
    source_free(source);
    return ok;
}

static bool parse_input(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    (void)self;
    const char *name = count == 4 && args[1].kind == V_STRING ? value_text(args[1]) : NULL;
    return parse_text(in, args[0], name, args[count - 2], args[count - 1], ret);
}

static const struct method parser_statics[] = {{"ParseInput",
                                                parse_input,
                                                &type_ast_SCRIPT_BLOCK,
                                                P(&type_string, &type_object, &type_object),
                                                false,
                                                NULL},
                                               {"ParseInput",
                                                parse_input,
                                                &type_ast_SCRIPT_BLOCK,
                                                P(&type_string, &type_string, &type_object, &type_object),
                                                false,
                                                NULL},
                                               {0}};
const struct type_members full_language_parser = {NULL, parser_statics, NULL, NULL};

// --- Searching
// ---------------------------------------------------------------------------------------------------

struct search {
    struct interp *in;
    struct source *source;
    value predicate;
    bool first, nested;
    value found; // LIST, or the one
};

static bool ask(struct search *search, const struct ast *node, bool *ret_yes)
{
    value object, answer;
    if (!ast_object_new(search->in, search->source, node, &object))
        return false;
    bool ok = search->in->invoke_block &&
              search->in->invoke_block(search->in, search->predicate, object, &object, 1, &answer);
    if (ok) {
        *ret_yes = value_truth(answer);
        value_drop(answer);
        if (*ret_yes && search->first)
            search->found = value_keep(object);
        else if (*ret_yes)
            ok = list_add(search->in, search->found.array, object);
    }
    value_drop(object);
    return ok;
}

static bool is_nested(const struct ast *node)
{
    return node->kind == AST_SCRIPT_BLOCK_EXPRESSION || node->kind == AST_FUNCTION_DEFINITION ||
           node->kind == AST_TYPE_DEFINITION;
}

// The parser has bounded the depth of the tree.
static bool search_below(struct search *search, const struct ast *node, bool top)
{
    bool yes = false;
    if (node->kind == AST_TYPE_NAME)
        return true;
    if (!ask(search, node, &yes))
        return false;
    if ((yes && search->first) || (!top && !search->nested && is_nested(node)))
        return true;
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->kids[i] && !search_below(search, node->kids[i], false))
            return false;
        if (search->first && !value_is_null(search->found))
            return true;
    }
    return true;
}

static bool find(struct interp *in, value self, const value *args, bool first, value *ret)
{
    const struct ast_object *object = OBJECT(self);
    struct search search = {in, object->source, args[0], first, value_truth(args[1]), value_null};
    if (!first && !list_new(in, NULL, &search.found))
        return false;
    if (search_below(&search, object->node, true))
        return *ret = search.found, true;
    value_drop(search.found);
    return false;
}

static bool find_first(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    (void)count;
    return find(in, self, args, true, ret);
}

static bool find_all(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    (void)count;
    return find(in, self, args, false, ret);
}

static bool command_name(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    const struct ast *node = OBJECT(self)->node;
    (void)args, (void)count;
    const struct ast *first = node->count ? node->kids[0] : NULL;
    if (first && first->kind == AST_STRING_CONSTANT_EXPRESSION)
        return string_new(in, first->text.at, first->text.size, ret);
    return *ret = value_null, true;
}

static const struct method node_methods[] = {
    {"Find", find_first, &type_ast_node, P(&type_scriptblock, &type_bool), false, NULL},
    {"FindAll", find_all, &type_object, P(&type_scriptblock, &type_bool), false, NULL},
    {0}};
const struct type_members full_ast_node = {node_methods, NULL, NULL, NULL};
static const struct method command_methods[] = {
    {"GetCommandName", command_name, &type_string, NULL, false, NULL}, {0}};
const struct type_members full_ast_COMMAND = {command_methods, NULL, NULL, NULL};

// --- Paths of variables: field 0 is the path as written
// --------------------------------------------------------------------

bool variable_path_new(struct interp *in, struct ast_text path, value *ret)
{
    return object_new(in, &type_variable_path, ret) &&
           string_new(in, path.at, path.size, &FIELDS(*ret)->at[0]);
}

bool variable_path_to_string(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(FIELDS(self)->at[0]), true;
}

static const char *after_prefix(value self, const char *prefix)
{
    const char *path = value_text(FIELDS(self)->at[0]);
    size_t size = strlen(prefix);
    return !strncasecmp(path, prefix, size) && path[size] == ':' ? path + size + 1 : NULL;
}

static bool has_scope(value self)
{
    return after_prefix(self, "global") || after_prefix(self, "local") || after_prefix(self, "script") ||
           after_prefix(self, "private") || after_prefix(self, "variable");
}

#define IS_SCOPE(function, prefix)                                                                           \
    static bool function(struct interp *in, value self, value *ret)                                          \
    {                                                                                                        \
        (void)in;                                                                                            \
        return *ret = value_bool(after_prefix(self, prefix) != NULL), true;                                  \
    }
IS_SCOPE(is_global, "global")
IS_SCOPE(is_local, "local")
IS_SCOPE(is_private, "private")
IS_SCOPE(is_script, "script")
#undef IS_SCOPE

static bool is_unqualified(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_bool(!strchr(value_text(FIELDS(self)->at[0]), ':')), true;
}

static bool is_drive(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_bool(strchr(value_text(FIELDS(self)->at[0]), ':') && !has_scope(self)), true;
}

static bool is_variable(struct interp *in, value self, value *ret)
{
    value drive;
    return is_drive(in, self, &drive) && (*ret = value_bool(!value_truth(drive)), true);
}

static bool drive_name(struct interp *in, value self, value *ret)
{
    const char *path = value_text(FIELDS(self)->at[0]), *colon = strchr(path, ':');
    return colon && !has_scope(self) ? string_new(in, path, (size_t)(colon - path), ret)
                                     : (*ret = value_null, true);
}

const struct property variable_path_properties[] = {
    {"UserPath", field_0, NULL, false, NULL},
    {"IsGlobal", is_global, NULL, false, NULL},
    {"IsLocal", is_local, NULL, false, NULL},
    {"IsPrivate", is_private, NULL, false, NULL},
    {"IsScript", is_script, NULL, false, NULL},
    {"IsUnqualified", is_unqualified, NULL, false, NULL},
    {"IsUnscopedVariable", is_unqualified, NULL, false, NULL},
    {"IsVariable", is_variable, NULL, false, NULL},
    {"IsDriveQualified", is_drive, NULL, false, NULL},
    {"DriveName", drive_name, NULL, false, NULL},
    {NULL, NULL, NULL, false, NULL},
};
