// A table out of a file: nothing in it runs.
#include "interp/cmdlets/items.h"
#include "interp/eval/block.h"
#include "interp/eval/interp.h"
#include "interp/eval/text-command.h"
#include "syntax/safe-value.h"

enum { PATH, LITERAL_PATH, SKIP_LIMIT };
enum { SET_PATH = 1, SET_LITERAL = 2 };
static const char *const sets[] = {"ByPath", "ByLiteralPath", NULL};
static const struct param params[] = {
    {"Path", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_NOT_NULL_OR_EMPTY, SET_PATH},
    {"LiteralPath", "string[]", "PSPath LP", PARAM_NAMED,
     PARAM_MANDATORY | PARAM_PROPERTY | PARAM_NOT_NULL_OR_EMPTY, SET_LITERAL},
    {"SkipLimitCheck", "switch", NULL, PARAM_NAMED, PARAM_PROPERTY},
    {0},
};

static bool first_table(const struct ast *node, void *context)
{
    const struct ast **found = context;
    if (*found || node->kind == AST_FUNCTION_DEFINITION || node->kind == AST_SCRIPT_BLOCK_EXPRESSION ||
        node->kind == AST_TYPE_DEFINITION)
        return false;
    if (node->kind == AST_HASHTABLE)
        *found = node;
    return !*found;
}

static bool as_written(struct interp *in, value *v);

static bool slots_as_written(struct interp *in, struct table *table)
{
    for (size_t i = 0; i < table->used; i++)
        if (table->slots[i].key.kind != V_VOID && !as_written(in, &table->slots[i].val))
            return false;
    return true;
}

// A block in a file of data stands for its text, braces and all. What holds it was made just now and by us.
static bool as_written(struct interp *in, value *v)
{
    value made;
    if (v->kind == V_TABLE)
        return slots_as_written(in, v->table);
    for (size_t i = 0; (v->kind == V_ARRAY || v->kind == V_LIST) && i < v->array->count; i++)
        if (!as_written(in, &v->array->items[i]))
            return false;
    if (v->kind != V_SCRIPTBLOCK)
        return true;
    const struct ast *node = v->scriptblock->node;
    if (!script_block(in, v->scriptblock->source->text + node->start, node->end - node->start, NULL, &made))
        return false;
    value_set(v, made);
    return value_drop(made), true;
}

static bool evaluate(struct interp *in, const struct source *source, const struct ast *table, value *ret)
{
    value block;
    if (!script_block(in, source->text + table->start, table->end - table->start, NULL, &block))
        return false;
    bool ok = in->call_block(in, block, value_null, ret);
    value_drop(block);
    return ok;
}

static bool unsafe(struct command *cmd)
{
    return cmd_throw(cmd, "System.InvalidOperationException", CAT_NotSpecified, value_null,
                     "A file of data may hold constants, arrays and tables only, and 500 keys in one.");
}

static bool write_table(struct command *cmd, const struct source *source, value path)
{
    const struct ast *table = NULL;
    value v;
    if (source->error_count)
        return cmd_error(cmd, "CouldNotParseAsPowerShellDataFile", CAT_InvalidData, path, "'%s': %s",
                         value_text(path),
                         source->errors[0].text ? source->errors[0].text : source->errors[0].id);
    ast_walk(source->root, first_table, &table);
    if (!table)
        return cmd_error(cmd, "CouldNotParseAsPowerShellDataFileNoHashtableRoot", CAT_InvalidData, path,
                         "'%s' holds no table.", value_text(path));
    if (!safe_value(table, !cmd_switch(cmd, SKIP_LIMIT)))
        return unsafe(cmd);
    if (!evaluate(cmd->in, source, table, &v))
        return false;
    if (!as_written(cmd->in, &v))
        return value_drop(v), false;
    return cmd_take(cmd, v);
}

static bool import(struct command *cmd, value path)
{
    struct source *source;
    struct err err = {0};
    value text;
    if (!script_read(cmd->in, path, &text))
        return cmd_error(cmd, "PathNotFound", CAT_ObjectNotFound, path, "There is no file '%s'.",
                         value_text(path));
    bool ok = parse(value_text(text), text.string->size, value_text(path), 0, &source, &err);
    value_drop(text);
    if (!ok)
        return cmd_error(cmd, "CouldNotParseAsPowerShellDataFile", CAT_InvalidData, path, "%s", err.text);
    ok = write_table(cmd, source, path);
    source_free(source);
    return ok;
}

static bool import_place(struct command *cmd, const char *path, unsigned flags)
{
    struct places places = {0};
    bool ok = places_of(cmd, path, flags, &places);
    for (size_t i = 0; ok && i < places.count; i++)
        ok = import(cmd, places.items[i].path);
    places_free(&places);
    return ok;
}

static bool process(struct command *cmd)
{
    bool literal = cmd_bound(cmd, LITERAL_PATH);
    value paths = cmd->arg[literal ? LITERAL_PATH : PATH];
    for (size_t i = 0; i < paths.array->count; i++)
        if (paths.array->items[i].kind == V_STRING &&
            !import_place(cmd, value_text(paths.array->items[i]), literal ? PATH_LITERAL : 0))
            return false;
    return true;
}

const struct cmdlet cmdlet_import_powershelldatafile = {.params = params, .sets = sets, .process = process};
