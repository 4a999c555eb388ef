// A pipeline with & behind it: Start-Job of its text. jesh-full alone.
#include "interp/eval/background.h"

#include <strings.h>

#include "interp/eval/block.h"
#include "interp/eval/compiler.h"
#include "profiles/rights.h"

// --- Its text as a block
// -----------------------------------------------------------------------------------------

struct taking {
    const struct source *source;
    struct buf text;
    uint32_t at;
};

static bool is_everywhere(struct ast_text name)
{
    static const char *const names[] = {"_", "args", "input", "true", "false", "null", "PID", "PWD", "?", "this"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == name.size && !strncasecmp(names[i], name.at, name.size))
            return true;
    return memchr(name.at, ':', name.size);
}

// What the text reads of the session goes along as $using: variables.
static bool visit(const struct ast *node, void *context)
{
    struct taking *taking = context;
    if (node->kind != AST_VARIABLE_EXPRESSION || is_everywhere(node->text) || node->start < taking->at)
        return true;
    const char *start = taking->source->text + taking->at;
    size_t sign = node->start - taking->at + (taking->source->text[node->start + 1] == '{' ? 2 : 1);
    buf_add(&taking->text, start, sign);
    buf_add_text(&taking->text, "using:");
    taking->at += (uint32_t)sign;
    return true;
}

static bool take_text(struct compiler *c, const struct ast *node, struct taking *ret)
{
    const struct ast *last = node->count ? node->kids[node->count - 1] : node;
    *ret = (struct taking){.source = c->code->source, .text = BUF_INIT, .at = node->start};
    ast_walk(node, visit, ret);
    if (last->end > ret->at)
        buf_add(&ret->text, ret->source->text + ret->at, last->end - ret->at);
    return !ret->text.failed;
}

bool compile_background(struct compiler *c, const struct ast *node)
{
    struct taking taking;
    value block = value_null;
    if (!take_text(c, node, &taking) ||
        !script_block(c->in, buf_text(&taking.text), taking.text.size, NULL, &block))
        c->failed = true;
    buf_free(&taking.text);
    c->offset = node->start;
    compile_emit(c, OP_BACKGROUND, 0, 0, compile_constant(c, block), 0);
    return true;
}

// --- Starting it
// --------------------------------------------------------------------------------------------------

bool background_start(struct interp *in, value block, struct sink *out)
{
    const struct named_arg args[] = {{"ScriptBlock", block}};
    value job;
    if (!interp_call(in, CMDLET_start_job, args, 1, NULL, 0, &job))
        return false;
    bool ok = job.kind == V_VOID || sink_put_each(out, in, job);
    return value_drop(job), ok;
}
