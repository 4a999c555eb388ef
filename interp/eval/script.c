// Script files as blocks: parameters, a scope that `script:` means, their own place. jesh-full alone.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/block.h"
#include "interp/eval/type-definition.h"

static bool refuse(struct interp *in, const struct source *source)
{
    const struct parse_error *first = source->errors;
    throw_error(in, first->id, CAT_ParserError, value_null, "%s", first->text ? first->text : first->id);
    if (in->thrown.object == in->out_of_memory.object)
        return false;
    struct position at = source_position(source, first->start);
    in->thrown.error->positioned = true;
    in->thrown.error->line = at.line;
    in->thrown.error->column = at.column;
    return false;
}

// A text becomes what the session is, whoever asks for it.
static bool check(struct interp *in, struct source *source)
{
    bool ok = !source->error_count;
    enum language_mode mode = mode_narrower(in->floor, in->mode);
    const char *refusal = mode_gate(mode, GATE_SCRIPT_TEXT);
    if (refusal)
        return throw_error(in, refusal, CAT_ParserError, value_null, "This session runs commands, not scripts.");
    if (mode == MODE_CONSTRAINED)
        ok = mode_check_constrained(source, source->root) && ok;
    else if (mode == MODE_RESTRICTED)
        ok = ok && mode_check_restricted(source, source->root, NULL);
    ok = ok && types_define(in, source);
    return ok || (value_is_null(in->thrown) && refuse(in, source));
}

static bool make_block(struct interp *in, struct source *source, value *ret)
{
    if (!check(in, source) || !block_new(in, source, source->root, NULL, ret))
        return false;
    return ret->scriptblock->mode = (uint8_t)mode_narrower(in->floor, in->mode), true;
}

bool script_block(struct interp *in, const char *text, size_t size, const char *path, value *ret)
{
    struct source *source;
    struct err err = {0};
    if (!parse(text, size, path, 0, &source, &err))
        return throw_error(in, err.id, CAT_ParserError, value_null, "%s", err.text);
    bool ok = make_block(in, source, ret);
    source_free(source);
    return ok;
}

// A relative path is told from where the session stands.
static bool whole_path(struct interp *in, const char *path, value *ret)
{
    const value *here = *path == '/' ? NULL : interp_get_variable(in, "PWD");
    value folder;
    if (!here || value_is_null(*here))
        return string_text(in, path, ret);
    if (!value_to_string(in, *here, &folder))
        return false;
    if (path[0] == '.' && path[1] == '/')
        path += 2;
    bool ok = string_printf(in, ret, "%s%s%s", value_text(folder), folder.string->size > 1 ? "/" : "", path);
    value_drop(folder);
    return ok;
}

bool script_place(struct interp *in, struct scope *scope, const char *path)
{
    value whole, folder;
    if (!whole_path(in, path, &whole))
        return false;
    const char *slash = strrchr(value_text(whole), '/');
    size_t size = slash ? (size_t)(slash - value_text(whole)) : 0;
    bool ok = string_new(in, value_text(whole), size ? size : slash != NULL, &folder);
    if (ok) {
        value_set(&scope->special[SPECIAL_PATH], whole);
        value_set(&scope->special[SPECIAL_ROOT], folder);
        value_drop(folder);
    }
    value_drop(whole);
    return ok;
}

bool script_open_block(struct stage *stage, struct pipeline *pipeline, size_t index, value path, value text,
                       bool dotted)
{
    struct interp *in = pipeline->in;
    const char *slash = strrchr(value_text(path), '/');
    value block, whole;
    if (!string_text(in, slash ? slash + 1 : value_text(path), &stage->name))
        return false;
    if (!whole_path(in, value_text(path), &whole))
        return false;
    bool ok = script_block(in, value_text(text), text.string->size, value_text(whole), &block);
    value_drop(whole);
    if (!ok)
        return false;
    ok = block_open(stage, pipeline, index, block, value_text(stage->name), dotted);
    if (ok && !dotted)
        block_scope(stage)->script = true;
    value_drop(block);
    return ok;
}
