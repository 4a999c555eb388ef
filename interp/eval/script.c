// Script files as blocks: parameters, a scope that `script:` means, their own place. jesh-full alone.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/block.h"
#include "interp/eval/type-definition.h"
#include "interp/eval/using.h"
#include "interp/value/ast-object.h"

static bool refuse(struct interp *in, struct source *source)
{
    const struct parse_error *first = source->errors;
    throw_error(in, first->id, CAT_ParserError, value_null, "%s", first->text ? first->text : first->id);
    if (in->thrown.object == in->out_of_memory.object)
        return false;
    struct position at = source_position(source, first->start);
    if (!parse_exception_set(in, in->thrown, source, false))
        return false;
    in->thrown.error->positioned = true;
    in->thrown.error->line = at.line;
    in->thrown.error->column = at.column;
    in->thrown.error->source = source_ref(source);
    in->thrown.error->offset = first->start;
    return false;
}

// What the file wants to be there before anything of it is looked at.
static bool asked_for(struct interp *in, const struct source *source)
{
    const char *slash = source->name ? strrchr(source->name, '/') : NULL;
    value name;
    if (source->name && source->require_count) {
        if (!string_text(in, slash ? slash + 1 : source->name, &name))
            return false;
        bool met = requires_met(in, source, name);
        value_drop(name);
        if (!met)
            return false;
    }
    return using_modules(in, source);
}

// A text becomes what the session is, whoever asks for it.
static bool check(struct interp *in, struct source *source)
{
    bool ok = !source->error_count;
    enum language_mode mode = mode_narrower(in->floor, in->mode);
    const char *refusal = mode_gate(mode, GATE_SCRIPT_TEXT);
    if (refusal)
        return throw_error(in, refusal, CAT_ParserError, value_null,
                           "This session runs commands, not scripts.");
    if (mode == MODE_CONSTRAINED)
        ok = mode_check_constrained(source, source->root) && ok;
    else if (mode == MODE_RESTRICTED)
        ok = ok && mode_check_restricted(source, source->root, NULL);
    if (ok && !asked_for(in, source))
        return false;
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
    if (!source_parse(in, text, size, path, &source, &err))
        return throw_error(in, err.id, CAT_ParserError, value_null, "%s", err.text);
    bool ok = make_block(in, source, ret);
    source_free(source);
    return ok;
}

// A relative path is told from where the session stands.
bool script_path(struct interp *in, const char *path, value *ret)
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
    if (!script_path(in, path, &whole))
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
    if (!script_path(in, value_text(path), &whole))
        return false;
    bool ok = script_block(in, value_text(text), text.string->size, value_text(whole), &block);
    value_drop(whole);
    if (!ok)
        return false;
    ok = block_open(stage, pipeline, index, block, value_text(stage->name), dotted);
    stage->script = true;
    if (ok && !dotted)
        block_scope(stage)->script = true;
    value_drop(block);
    return ok;
}

// --- The file of a command line
// ---------------------------------------------------------------------------------------

static bool is_truth(const char *text, bool *ret)
{
    text += *text == '$';
    *ret = !strcasecmp(text, "true");
    return *ret || !strcasecmp(text, "false");
}

// -Name, -Name:word and -Name: word name parameters; everything else is text.
static size_t read_word(const value *words, size_t count, struct argument *ret)
{
    const char *text = value_text(words[0]);
    const char *colon = strchr(text, ':');
    bool truth;
    *ret = (struct argument){.kind = ARGUMENT_VALUE, .val = words[0]};
    if (text[0] != '-' || !text[1])
        return 1;
    *ret = (struct argument){.kind = ARGUMENT_PARAMETER,
                             .name = text + 1,
                             .name_size = colon ? (size_t)(colon - text - 1) : words[0].string->size - 1};
    if (!colon || (!colon[1] && count < 2))
        return 1;
    ret->has_value = true;
    if (!colon[1])
        return ret->val = words[1], 2;
    ret->val = is_truth(colon + 1, &truth) ? value_bool(truth) : value_null;
    return 1;
}

static bool read_words(struct interp *in, const value *words, size_t count, struct argument *arguments,
                       value *texts, size_t *ret_count)
{
    for (size_t i = 0; i < count; (*ret_count)++) {
        struct argument *argument = &arguments[*ret_count];
        size_t used = read_word(words + i, count - i, argument);
        const char *colon = strchr(value_text(words[i]), ':');
        if (argument->has_value && value_is_null(argument->val)) {
            if (!string_text(in, colon + 1, &texts[i]))
                return false;
            argument->val = texts[i];
        }
        i += used;
    }
    return true;
}

static bool run_bound(struct stage *stage, struct pipeline *pipeline, struct argument *arguments,
                      size_t count)
{
    struct scope *scope = block_scope(stage);
    scope->script = true;
    stage->takes_host_input = true;
    return bind_line(stage, arguments, count) && pipeline_run(pipeline);
}

bool script_run(struct interp *in, value block, const char *path, const value *words, size_t count,
                struct sink *out)
{
    struct stage stage = {0};
    struct pipeline pipeline = {.in = in, .stages = &stage, .count = 1, .out = out, .scope = in->scope};
    struct argument *arguments = mem_new(count + 1, sizeof *arguments);
    value *texts = mem_new(count + 1, sizeof *texts);
    const char *slash = strrchr(path, '/');
    size_t used = 0;
    bool ok = (arguments && texts) || throw_memory(in);
    ok = ok && read_words(in, words, count, arguments, texts, &used) &&
         string_text(in, slash ? slash + 1 : path, &stage.name) &&
         block_open(&stage, &pipeline, 0, block, value_text(stage.name), false) &&
         run_bound(&stage, &pipeline, arguments, used);
    pipeline_close(&pipeline);
    for (size_t i = 0; texts && i < count; i++)
        value_drop(texts[i]);
    mem_free(texts, (count + 1) * sizeof *texts);
    mem_free(arguments, (count + 1) * sizeof *arguments);
    return ok;
}
