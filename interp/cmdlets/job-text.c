// Blocks as text: what $using: names is read here and sent along.
#include "interp/cmdlets/job-text.h"

#include <string.h>

#include "interp/eval/block.h"
#include "interp/eval/text-command.h"

enum { MOST_USED = 256 };

struct uses {
    const struct ast *nodes[MOST_USED];
    size_t count;
};

// "x" of $using:x.
static struct ast_text name_of(const struct ast *using)
{
    const struct ast *variable = using->kids[ONLY];
    while (variable->kind != AST_VARIABLE_EXPRESSION && variable->count && variable->kids[0])
        variable = variable->kids[0];
    struct ast_text name = variable->text;
    if (name.size > 6 && !strncasecmp(name.at, "using:", 6))
        name = (struct ast_text){name.at + 6, name.size - 6};
    return name;
}

static bool find(const struct ast *node, void *context)
{
    struct uses *uses = context;
    if (node->kind != AST_USING_EXPRESSION)
        return true;
    if (uses->count < MOST_USED)
        uses->nodes[uses->count++] = node;
    return false;
}

static bool read_one(struct command *cmd, const struct ast *node, value used)
{
    struct interp *in = cmd->in;
    struct ast_text text = name_of(node);
    value name, key;
    if (!string_new(in, text.at, text.size, &name))
        return false;
    const value *found = interp_get_variable(in, value_text(name));
    bool ok = string_printf(in, &key, "__using_%s", value_text(name));
    if (ok) {
        if (!found)
            ok = cmd_throw(cmd, "UsingVariableIsUndefined", CAT_InvalidOperation, name,
                           "$using:%s has no value here.", value_text(name));
        else
            ok = table_set(in, used.table, key, *found);
        value_drop(key);
    }
    return value_drop(name), ok;
}

static bool rewrite(struct command *cmd, const struct source *source, uint32_t start, uint32_t end,
                    const struct uses *uses, value *ret)
{
    struct buf out = {0};
    for (size_t i = 0; i < uses->count; i++) {
        const struct ast *node = uses->nodes[i];
        buf_add(&out, source->text + start, node->start - start);
        buf_add_text(&out, "${__using_");
        buf_add(&out, name_of(node).at, name_of(node).size);
        buf_add_char(&out, '}');
        start = node->end;
    }
    buf_add(&out, source->text + start, end - start);
    bool ok = out.failed ? throw_full(cmd->in, &out) : string_new(cmd->in, buf_text(&out), out.size, ret);
    buf_free(&out);
    return ok;
}

static bool block_text(struct command *cmd, value v, value *ret_text, value *ret_used)
{
    const struct scriptblock *block = v.scriptblock;
    const struct source *source = block->source;
    uint32_t start = block->node->start, end = block->node->end;
    struct uses uses = {.count = 0};
    if (end > start + 1 && source->text[start] == '{' && source->text[end - 1] == '}')
        start++, end--;
    ast_walk(block->node, find, &uses);
    if (!table_new(cmd->in, false, ret_used))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < uses.count; i++)
        ok = read_one(cmd, uses.nodes[i], *ret_used);
    ok = ok && rewrite(cmd, source, start, end, &uses, ret_text);
    if (!ok) {
        value_drop(*ret_used);
        *ret_used = value_null;
    }
    return ok;
}

bool job_text(struct command *cmd, value v, value *ret_text, value *ret_used)
{
    *ret_used = value_null;
    if (v.kind == V_SCRIPTBLOCK)
        return block_text(cmd, v, ret_text, ret_used);
    return script_read(cmd->in, v, ret_text) ||
           cmd_throw(cmd, "FilePathDoesNotExist", CAT_ObjectNotFound, v, "There is no file '%s'.",
                     value_text(v));
}

bool job_use(struct interp *in, value used)
{
    for (size_t i = 0; used.kind == V_TABLE && i < used.table->used; i++)
        if (used.table->slots[i].key.kind == V_STRING &&
            !interp_set_variable(in, value_text(used.table->slots[i].key), used.table->slots[i].val))
            return false;
    return true;
}
