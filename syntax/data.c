#include "syntax/data.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "syntax/modes-internal.h"

enum { MOST_KEYS = 500 }; // of PowerShell's data files too

struct reader {
    struct source *source;
    struct err *err;
};

static struct data *read_value(struct reader *reader, const struct ast *node);

static const char *data_id(const struct ast *node)
{
    const char *id = mode_restricted_id((enum ast_kind)node->kind);
    if (id)
        return id;
    switch (node->kind) {
    case AST_COMMAND:
    case AST_USING_STATEMENT:
        return "CmdletNotInAllowedListForDataSection";
    case AST_VARIABLE_EXPRESSION:
    case AST_USING_EXPRESSION:
        return "VariableReferenceNotSupportedInDataSection";
    case AST_EXPANDABLE_STRING_EXPRESSION:
        return "ExpandableStringNotSupportedInDataSection";
    case AST_CONVERT_EXPRESSION:
    case AST_TYPE_EXPRESSION:
        return "TypeNotAllowedInDataSection";
    case AST_IF_STATEMENT:
        return "FlowControlStatementNotSupportedInDataSection";
    default:
        return "OperatorNotSupportedInDataSection";
    }
}

static const char *data_text(const struct ast *node)
{
    switch (node->kind) {
    case AST_COMMAND:
        return "a bare word is a command, and a profile runs none: put quotes around text";
    case AST_VARIABLE_EXPRESSION:
        return "a profile knows the variables $true, $false and $null only";
    case AST_EXPANDABLE_STRING_EXPRESSION:
        return "text with variables is not data: use single quotes, or write the value itself";
    default:
        return "a profile is data: strings, numbers, $true, $false, $null, arrays, tables and script blocks "
               "only";
    }
}

// All failures leave here, with the position. NULL, so that a reader can return it.
static struct data *refuse(struct reader *reader, const struct ast *node, const char *id, const char *text)
{
    struct position at = source_position(reader->source, node->start);
    err_set(reader->err, EXIT_SETUP, id, "%s", text);
    err_at(reader->err, reader->source->name, at.line, at.column);
    return NULL;
}

static struct data *refuse_kind(struct reader *reader, const struct ast *node)
{
    return refuse(reader, node, data_id(node), data_text(node));
}

static void *allocate(struct reader *reader, const struct ast *node, size_t bytes)
{
    void *block = arena_new(&reader->source->arena, bytes + 1);
    if (!block)
        refuse(reader, node, "OutOfMemory", "no memory left for this file");
    return block;
}

static struct data *new_data(struct reader *reader, const struct ast *node, enum data_kind kind)
{
    struct data *data = allocate(reader, node, sizeof *data);
    if (data) {
        struct position at = source_position(reader->source, node->start);
        data->kind = kind;
        data->line = at.line;
        data->column = at.column;
    }
    return data;
}

// ---- single values ----

static struct data *read_text(struct reader *reader, const struct ast *node)
{
    if (node->text.size &&
        memchr(node->text.at, '\0',
               node->text.size)) // text ends at a NUL for whoever uses it as a name or path
        return refuse(reader, node, "InvalidCharacter", "a NUL character is not allowed in a profile");
    struct data *data = new_data(reader, node, DATA_STRING);
    if (data)
        data->text = node->text;
    return data;
}

static struct data *read_number(struct reader *reader, const struct ast *node)
{
    struct data *data = new_data(reader, node, DATA_NUMBER);
    if (data)
        data->number = *node->number;
    return data;
}

static struct data *read_script(struct reader *reader, const struct ast *node)
{
    struct data *data = new_data(reader, node, DATA_SCRIPT);
    if (data)
        data->text = (struct ast_text){reader->source->text + node->start + 1, node->end - node->start - 2};
    return data;
}

static bool named(const struct ast *node, const char *name)
{
    return utf8_same_ignore_case(node->text.at, node->text.size, name, strlen(name));
}

static struct data *read_variable(struct reader *reader, const struct ast *node)
{
    bool yes = named(node, "true");
    if (node->flags & NODE_SPLATTED)
        return refuse_kind(reader, node);
    if (named(node, "null"))
        return new_data(reader, node, DATA_NULL);
    if (!yes && !named(node, "false"))
        return refuse_kind(reader, node);
    struct data *data = new_data(reader, node, DATA_BOOL);
    if (data)
        data->flag = yes;
    return data;
}

static bool negate(struct number *number)
{
    switch (number->type) {
    case NUM_I8:
    case NUM_I16:
    case NUM_I32:
    case NUM_I64:
        if (number->i == INT64_MIN)
            return false;
        number->i = -number->i;
        return true;
    case NUM_F64:
        number->f = -number->f;
        return true;
    default:
        return false;
    }
}

// A sign before a number may be an operator of its own.
static struct data *read_signed(struct reader *reader, const struct ast *node)
{
    const struct ast *operand = node->kids[ONLY];
    bool sign = node->op == TOK_MINUS || node->op == TOK_PLUS;
    if (!sign || operand->kind != AST_CONSTANT_EXPRESSION)
        return refuse_kind(reader, node);
    struct data *data = read_number(reader, operand);
    if (data && node->op == TOK_MINUS && !negate(&data->number))
        return refuse_kind(reader, node);
    return data;
}

// ---- tables and arrays ----

static bool same_key(const struct data *a, const struct data *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == DATA_STRING)
        return utf8_same_ignore_case(a->text.at, a->text.size, b->text.at, b->text.size);
    return a->number.type == b->number.type && a->number.type != NUM_DECIMAL &&
           a->number.type != NUM_BIGINT && a->number.u == b->number.u;
}

static bool is_new_key(struct reader *reader, const struct ast *node, const struct data *table,
                       const struct data *key)
{
    for (size_t i = 0; i < table->table.count; i++)
        if (same_key(table->table.entries[i].key, key))
            return refuse(reader, node, "DuplicateKeyInHashLiteral", "this key is written twice");
    return true;
}

static struct data *read_key(struct reader *reader, const struct ast *node)
{
    if (node->kind == AST_STRING_CONSTANT_EXPRESSION)
        return read_text(reader, node);
    if (node->kind == AST_CONSTANT_EXPRESSION)
        return read_number(reader, node);
    return refuse_kind(reader, node);
}

static bool read_entry(struct reader *reader, const struct ast *key, const struct ast *value,
                       struct data *table)
{
    struct data_entry entry = {.key = read_key(reader, key)};
    if (!entry.key || !is_new_key(reader, key, table, entry.key))
        return false;
    entry.value = read_value(reader, value);
    if (!entry.value)
        return false;
    table->table.entries[table->table.count++] = entry;
    return true;
}

static struct data *read_table(struct reader *reader, const struct ast *node)
{
    if (node->count / 2 > MOST_KEYS) // each is looked for among all others
        return refuse(reader, node, "DataFileTooManyKeys", "a table of a data file has at most 500 keys");
    struct data *data = new_data(reader, node, DATA_TABLE);
    if (!data)
        return NULL;
    data->table.entries = allocate(reader, node, node->count / 2 * sizeof *data->table.entries);
    if (!data->table.entries)
        return NULL;
    for (uint32_t i = 0; i + 1 < node->count; i += 2)
        if (!read_entry(reader, node->kids[i], node->kids[i + 1], data))
            return NULL;
    return data;
}

// Values read so far; a linked list, since the number of items of @( ) is known only at its end.
struct item {
    struct data *value;
    struct item *next;
};

struct items {
    struct item *first, **last;
    size_t count;
};

static bool add_item(struct reader *reader, const struct ast *node, struct items *items, struct data *value)
{
    struct item *item = value ? allocate(reader, node, sizeof *item) : NULL;
    if (!item)
        return false;
    item->value = value;
    *items->last = item;
    items->last = &item->next;
    items->count++;
    return true;
}

// What a statement inside @( ) writes: an array gives its elements.
static bool add_items(struct reader *reader, const struct ast *node, struct items *items)
{
    struct data *value = read_value(reader, node);
    if (!value || value->kind != DATA_ARRAY)
        return add_item(reader, node, items, value);
    for (size_t i = 0; i < value->array.count; i++)
        if (!add_item(reader, node, items, value->array.items[i]))
            return false;
    return true;
}

static struct data *as_array(struct reader *reader, const struct ast *node, const struct items *items)
{
    struct data *data = new_data(reader, node, DATA_ARRAY);
    if (!data)
        return NULL;
    data->array.items = allocate(reader, node, items->count * sizeof *data->array.items);
    if (!data->array.items)
        return NULL;
    for (const struct item *item = items->first; item; item = item->next)
        data->array.items[data->array.count++] = item->value;
    return data;
}

static struct data *read_array(struct reader *reader, const struct ast *node)
{
    bool expression = node->kind == AST_ARRAY_EXPRESSION;
    const struct ast *list = expression ? node->kids[ONLY] : node;
    struct items items = {.last = &items.first};
    for (uint32_t i = 0; i < list->count; i++) {
        const struct ast *kid = list->kids[i];
        bool added = expression ? add_items(reader, kid, &items)
                                : add_item(reader, kid, &items, read_value(reader, kid));
        if (!added)
            return NULL;
    }
    return as_array(reader, node, &items);
}

// ---- statements ----

static struct data *read_pipeline(struct reader *reader, const struct ast *node)
{
    const struct ast *first = node->kids[0];
    if (node->flags & NODE_BACKGROUND || node->count != 1)
        return refuse_kind(reader, first->kind == AST_COMMAND ? first : node);
    return read_value(reader, first);
}

static struct data *read_expression(struct reader *reader, const struct ast *node)
{
    if (node->count > CMDEXPR_REDIRECTIONS)
        return refuse_kind(reader, node->kids[CMDEXPR_REDIRECTIONS]);
    return read_value(reader, node->kids[CMDEXPR_EXPRESSION]);
}

static struct data *read_value(struct reader *reader, const struct ast *node)
{
    switch (node->kind) {
    case AST_PIPELINE:
        return read_pipeline(reader, node);
    case AST_COMMAND_EXPRESSION:
        return read_expression(reader, node);
    case AST_PAREN_EXPRESSION:
        return read_value(reader, node->kids[ONLY]);
    case AST_STRING_CONSTANT_EXPRESSION:
        return read_text(reader, node);
    case AST_CONSTANT_EXPRESSION:
        return read_number(reader, node);
    case AST_UNARY_EXPRESSION:
        return read_signed(reader, node);
    case AST_VARIABLE_EXPRESSION:
        return read_variable(reader, node);
    case AST_SCRIPT_BLOCK_EXPRESSION:
        return read_script(reader, node);
    case AST_HASHTABLE:
        return read_table(reader, node);
    case AST_ARRAY_EXPRESSION:
    case AST_ARRAY_LITERAL:
        return read_array(reader, node);
    default:
        return refuse_kind(reader, node);
    }
}

// The whole text: nothing but one table.
static struct data *read_root(struct reader *reader, const struct ast *root)
{
    static const uint8_t refused[] = {SB_BEGIN, SB_PROCESS, SB_PARAM, SB_DYNAMICPARAM, SB_CLEAN};
    for (size_t i = 0; i < sizeof refused; i++)
        if (root->kids[refused[i]])
            return refuse(reader, root->kids[refused[i]], "InvalidScriptBlockInDataSection", data_text(root));
    if (root->count > SB_REST)
        return refuse_kind(reader, root->kids[SB_REST]);
    const struct ast *end = root->kids[SB_END];
    struct data *table = NULL;
    for (uint32_t i = 0; end && i < end->count; i++) {
        struct data *value = read_value(reader, end->kids[i]);
        if (!value)
            return NULL;
        if (table || value->kind != DATA_TABLE)
            return refuse(reader, end->kids[i], "InvalidPSSessionConfigurationFile",
                          "the file has to be one table, @{ … }");
        table = value;
    }
    return table
               ? table
               : refuse(reader, root, "InvalidPSSessionConfigurationFile", "the file holds no table, @{ … }");
}

static bool report_syntax(struct reader *reader)
{
    const struct parse_error *first = &reader->source->errors[0];
    struct position at = source_position(reader->source, first->start);
    err_set(reader->err, EXIT_SETUP, first->id, "%s", first->text ? first->text : "syntax error");
    return err_at(reader->err, reader->source->name, at.line, at.column);
}

static bool parse_bytes(const char *bytes, size_t size, const char *name, struct source **ret_source,
                        struct err *err)
{
    char *text;
    size_t text_size;
    if (!source_decode(bytes, size, &text, &text_size, err))
        return err_at(err, name, 0, 0);
    bool parsed = parse(text, text_size, name, 0, ret_source, err);
    mem_free(text, text_size + 1);
    return parsed || err_at(err, name, 0, 0);
}

bool data_read(const char *bytes, size_t size, const char *name, struct source **ret_source,
               const struct data **ret_table, struct err *err)
{
    struct source *source;
    if (!parse_bytes(bytes, size, name, &source, err))
        return false;
    struct reader reader = {.source = source, .err = err};
    const struct data *table = source->error_count ? NULL : read_root(&reader, source->root);
    if (source->error_count)
        report_syntax(&reader);
    if (!table) {
        source_free(source);
        return false;
    }
    *ret_source = source;
    *ret_table = table;
    return true;
}

const struct data_entry *data_find(const struct data *table, const char *name)
{
    for (size_t i = 0; i < table->table.count; i++) {
        const struct data *key = table->table.entries[i].key;
        if (key->kind == DATA_STRING &&
            utf8_same_ignore_case(key->text.at, key->text.size, name, strlen(name)))
            return &table->table.entries[i];
    }
    return NULL;
}
