// Help on functions as objects. jesh-full alone.
#include <string.h>

#include "interp/eval/comment-help.h"
#include "interp/eval/function-info.h"
#include "interp/eval/parameter-info.h"
#include "interp/eval/parameters.h"
#include "interp/value/types.h"

struct making {
    struct interp *in;
    const struct comment_help *help;
    const struct scriptblock *block;
    const struct signature *signature;
    const char *name;
    value info;
};

// --- Pieces
// -----------------------------------------------------------------------------------------------------

static bool put(struct interp *in, value to, const char *name, bool made, value v)
{
    if (!made)
        return false;
    bool ok = member_add(in, to, name, v);
    return value_drop(v), ok;
}

static bool trimmed(struct interp *in, const char *text, value *ret)
{
    size_t size;
    text += strspn(text, " \t\r\n");
    for (size = strlen(text); size && strchr(" \t\r\n", text[size - 1]); size--)
        ;
    return string_new(in, text, size, ret);
}

static bool put_text(struct interp *in, value to, const char *name, const char *text)
{
    value v = value_null;
    bool ok = trimmed(in, text ? text : "", &v);
    return put(in, to, name, ok, v);
}

// {Text: …} in a list, which is how help holds its paragraphs.
static bool paragraph(struct interp *in, const char *text, bool whole, value *ret)
{
    value one, v = value_null;
    if (!custom_new(in, &one))
        return false;
    bool ok = whole ? string_text(in, text, &v) : trimmed(in, text, &v);
    ok = put(in, one, "Text", ok, v) && array_from(in, &one, 1, ret);
    return value_drop(one), ok;
}

static bool put_paragraph(struct interp *in, value to, const char *name, const char *text, bool whole)
{
    value v = value_null;
    bool ok = !text || paragraph(in, text, whole, &v);
    return put(in, to, name, ok, v);
}

static bool nest(struct interp *in, value inner, const char *name, value *ret) // takes inner
{
    if (!custom_new(in, ret))
        return value_drop(inner), false;
    return put(in, *ret, name, true, inner) || (value_drop(*ret), false);
}

static const char *text_of(const struct making *m, const char *name)
{
    const struct help_section *section = comment_help_section(m->help, name, NULL);
    return section ? section->text : NULL;
}

// --- Parameters
// -------------------------------------------------------------------------------------------------

static const char *pipeline_text(unsigned flags)
{
    bool whole = flags & PARAM_PIPELINE, named = flags & PARAM_PROPERTY;
    return whole && named ? "true (ByValue, ByPropertyName)"
           : whole        ? "true (ByValue)"
           : named        ? "true (ByPropertyName)"
                          : "false";
}

static const char *short_name(const struct type *type)
{
    const char *dot = strrchr(type->name, '.');
    return dot ? dot + 1 : type->name;
}

static bool put_default(const struct making *m, size_t i, value to)
{
    const struct ast *node = m->signature->nodes[i]->kids[PARAM_DEFAULT];
    value v = value_null;
    const char *text = m->block->source->text;
    bool quoted = node && node->kind == AST_STRING_CONSTANT_EXPRESSION;
    bool ok = !node    ? string_text(m->in, "", &v)
              : quoted ? string_new(m->in, node->text.at, node->text.size, &v)
                       : string_new(m->in, text + node->start, node->end - node->start, &v);
    return put(m->in, to, "defaultValue", ok, v);
}

static bool parameter_new(const struct making *m, size_t i, unsigned set, value *ret)
{
    struct interp *in = m->in;
    const struct param *param = &m->signature->meta->params[i];
    const struct type *type = m->signature->meta->types[i];
    const struct help_section *section = comment_help_section(m->help, "PARAMETER", param->name);
    int position;
    unsigned flags;
    value v, kind = value_null, place = value_null;
    parameter_in_set(param, set, &position, &flags);
    if (!custom_new(in, &v))
        return false;
    bool ok = put_text(in, v, "name", param->name) &&
              put_paragraph(in, v, "description", section ? section->text : NULL, false) &&
              put_default(m, i, v) && put_text(in, v, "parameterValue", short_name(type));
    ok = ok && custom_new(in, &kind) && put_text(in, kind, "name", short_name(type)) &&
         put(in, v, "type", true, kind);
    ok = ok && put_text(in, v, "required", flags & PARAM_MANDATORY ? "true" : "false") &&
         put_text(in, v, "variableLength", type->element ? "true" : "false") &&
         put_text(in, v, "globbing", param->flags & PARAM_WILDCARD ? "true" : "false") &&
         put_text(in, v, "pipelineInput", pipeline_text(flags));
    ok = ok && (position == PARAM_NAMED ? string_text(in, "named", &place)
                                        : string_printf(in, &place, "%d", position + 1));
    ok = ok && put(in, v, "position", true, place);
    return ok ? (*ret = v, true) : (value_drop(v), false);
}

static bool parameters_of(const struct making *m, unsigned set, value *ret)
{
    value list, one;
    const struct meta *meta = m->signature->meta;
    if (!list_new(m->in, NULL, &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < meta->count; i++) {
        if (!(bind_sets_of(meta, i) & set))
            continue;
        ok = parameter_new(m, i, set, &one) && list_add(m->in, list.array, one);
        if (ok)
            value_drop(one);
    }
    ok = ok && array_from(m->in, list.array->items, list.array->count, ret);
    return value_drop(list), ok;
}

static bool put_parameters(const struct making *m, value to)
{
    value list, nested = value_null;
    bool ok =
        parameters_of(m, m->signature->meta->all_sets, &list) && nest(m->in, list, "parameter", &nested);
    return put(m->in, to, "parameters", ok, nested);
}

static bool put_syntax(const struct making *m, value to)
{
    struct interp *in = m->in;
    unsigned all = m->signature->meta->all_sets;
    value list, item, own, nested = value_null;
    if (!list_new(in, NULL, &list))
        return false;
    bool ok = true;
    for (unsigned set = 1; ok && set && set <= all; set <<= 1) {
        ok = custom_new(in, &item) && put_text(in, item, "name", m->name) && parameters_of(m, set, &own) &&
             put(in, item, "parameter", true, own) && list_add(in, list.array, item);
        if (ok)
            value_drop(item);
    }
    ok = ok && array_from(in, list.array->items, list.array->count, &own) &&
         nest(in, own, "syntaxItem", &nested);
    value_drop(list);
    return put(in, to, "syntax", ok, nested);
}

// --- Examples, links, and the rest
// -------------------------------------------------------------------------------

// Behind a prompt the code goes on to a blank line, else it is one line.
static size_t code_size(const char *text, bool prompted)
{
    const char *end = prompted ? strstr(text, "\n\n") : strchr(text, '\n');
    return end ? (size_t)(end - text) : strlen(text);
}

static bool put_code(struct interp *in, value to, const char *text, size_t size)
{
    value whole, v = value_null;
    if (!string_new(in, text, size, &whole))
        return false;
    bool ok = trimmed(in, value_text(whole), &v);
    value_drop(whole);
    return put(in, to, "code", ok, v);
}

static bool put_introduction(struct interp *in, value to, const char *text, size_t size)
{
    value shown, intro = value_null;
    if (!(size ? string_new(in, text, size, &shown) : string_text(in, "PS > ", &shown)))
        return false;
    bool ok = paragraph(in, value_text(shown), true, &intro);
    value_drop(shown);
    return put(in, to, "introduction", ok, intro);
}

static bool example_new(struct interp *in, const char *text, size_t number, value *ret)
{
    value v, title = value_null;
    const char *prompt = memchr(text, '>', strcspn(text, "\n"));
    size_t skip = prompt ? (size_t)(prompt + 1 - text) : 0, size = code_size(text + skip, prompt != NULL);
    const char *rest = text + skip + size;
    if (!custom_new(in, &v))
        return false;
    bool ok = string_printf(in, &title, "-------------------------- EXAMPLE %zu --------------------------",
                            number);
    ok = put(in, v, "title", ok, title) && put_code(in, v, text + skip, size) &&
         put_introduction(in, v, text, skip) && put_paragraph(in, v, "remarks", rest + (*rest == '\n'), true);
    return ok ? (*ret = v, true) : (value_drop(v), false);
}

static bool link_new(struct interp *in, const char *text, size_t number, value *ret)
{
    bool uri = !strncasecmp(text, "http:", 5) || !strncasecmp(text, "https:", 6);
    (void)number;
    if (!custom_new(in, ret))
        return false;
    return (put_text(in, *ret, "linkText", uri ? "" : text) && put_text(in, *ret, "uri", uri ? text : "")) ||
           (value_drop(*ret), false);
}

static bool type_new(struct interp *in, const char *text, size_t number, value *ret)
{
    value name;
    (void)number;
    return custom_new(in, &name) && put_text(in, name, "name", text) && nest(in, name, "type", ret);
}

static bool alert_new(struct interp *in, const char *text, size_t number, value *ret)
{
    (void)number;
    return custom_new(in, ret) && put_text(in, *ret, "Text", text);
}

// All sections of a name, each as an object, under two names.
static bool put_each(const struct making *m, value to, const char *section, const char *outer,
                     const char *inner,
                     bool (*make)(struct interp *in, const char *text, size_t number, value *ret))
{
    struct interp *in = m->in;
    value list, one, nested = value_null;
    if (!comment_help_section(m->help, section, NULL))
        return true;
    if (!list_new(in, NULL, &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < m->help->count; i++) {
        if (strcmp(m->help->sections[i].name, section))
            continue;
        ok =
            make(in, m->help->sections[i].text, list.array->count + 1, &one) && list_add(in, list.array, one);
        if (ok)
            value_drop(one);
    }
    value array;
    ok =
        ok && array_from(in, list.array->items, list.array->count, &array) && nest(in, array, inner, &nested);
    value_drop(list);
    return put(in, to, outer, ok, nested);
}

static bool put_synopsis(const struct making *m, value to)
{
    const char *text = text_of(m, "SYNOPSIS");
    struct described of = {m->signature->meta, m->signature->cmdlet.sets, m->signature->attributes};
    value sets, line, whole = value_null;
    if (text || m->help->count)
        return put_text(m->in, to, "Synopsis", text);
    if (!parameter_sets_new(m->in, &of, &sets))
        return false;
    bool ok = value_to_string(m->in, sets.array->items[0], &line);
    value_drop(sets);
    if (!ok)
        return false;
    ok = string_printf(m->in, &whole, "\n%s %s\n", m->name, value_text(line));
    value_drop(line);
    return put(m->in, to, "Synopsis", ok, whole);
}

static bool put_module(const struct making *m, value to)
{
    bool found;
    value name = value_null;
    bool ok = member_get(m->in, m->info, "ModuleName", 10, &name, &found);
    return put(m->in, to, "ModuleName", ok, name);
}

static bool fill(const struct making *m, value to)
{
    struct interp *in = m->in;
    bool filter = m->block->function && m->block->function->op == TOK_FILTER;
    static const char *const plain[][2] = {
        {"Component", "COMPONENT"}, {"Role", "ROLE"}, {"Functionality", "FUNCTIONALITY"}};
    bool ok = put_text(in, to, "Name", m->name) &&
              put_text(in, to, "Category", filter ? "Filter" : "Function") && put_synopsis(m, to) &&
              put_paragraph(in, to, "description", text_of(m, "DESCRIPTION"), false) && put_syntax(m, to) &&
              put_parameters(m, to);
    for (size_t i = 0; ok && i < sizeof plain / sizeof *plain; i++)
        ok = put_text(in, to, plain[i][0], text_of(m, plain[i][1]));
    return ok && put_each(m, to, "EXAMPLE", "examples", "example", example_new) &&
           put_each(m, to, "LINK", "relatedLinks", "navigationLink", link_new) &&
           put_each(m, to, "INPUTS", "inputTypes", "inputType", type_new) &&
           put_each(m, to, "OUTPUTS", "returnValues", "returnValue", type_new) &&
           put_each(m, to, "NOTES", "alertSet", "alert", alert_new) && put_module(m, to);
}

bool function_help(struct interp *in, value info, value *ret)
{
    struct scriptblock *block = FUNCTION_INFO(info)->block.scriptblock;
    struct comment_help help;
    comment_help_read(block, &help);
    struct making m = {in,  &help, block, block_signature(in, block), value_text(FUNCTION_INFO(info)->name),
                       info};
    const struct help_section *other = comment_help_section(&help, "FORWARDHELPTARGETNAME", NULL);
    bool ok = m.signature != NULL;
    if (ok && other)
        ok = string_text(in, other->argument, ret); // its help is wanted
    else if (ok && (ok = custom_new(in, ret)))
        ok = (fill(&m, *ret) && member_add_type_name(in, *ret, "MamlCommandHelpInfo")) ||
             (value_drop(*ret), false);
    arena_free(&help.arena);
    return ok;
}
