// Help on functions as objects. jesh-full alone.
#include <string.h>

#include "interp/eval/comment-help.h"
#include "interp/eval/function-info.h"
#include "interp/eval/help-text.h"
#include "interp/eval/parameter-info.h"
#include "interp/eval/parameters.h"
#include "interp/value/attributes.h"
#include "interp/value/member.h"
#include "interp/value/method.h"
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

static bool text_of_default(const struct making *m, const struct ast *node, value *ret)
{
    const char *text = m->block->source->text;
    if (node->kind == AST_STRING_CONSTANT_EXPRESSION)
        return string_new(m->in, node->text.at, node->text.size, ret);
    return string_new(m->in, text + node->start, node->end - node->start, ret);
}

// The author's own words stand before the value, and that before what the text says.
static bool default_of(const struct making *m, size_t i, value *ret)
{
    const struct ast *node = m->signature->nodes[i]->kids[PARAM_DEFAULT];
    const struct type *type = m->signature->meta->types[i];
    value own = attribute_among(m->signature->attributes[i], &type_default_value_attribute);
    value help = own.kind == V_OBJECT ? attribute_field(own, 1) : value_null;
    value given = own.kind == V_OBJECT ? attribute_field(own, 0) : value_null;
    if (help.kind == V_STRING && help.string->size)
        return *ret = value_keep(help), true;
    if (!value_is_null(given))
        return value_to_string(m->in, given, ret);
    if (node)
        return text_of_default(m, node, ret);
    bool flag = type == &type_switch || type == &type_bool,
         number = type->type_code >= 5 && type->type_code <= 15;
    return string_text(m->in, flag ? "False" : number && !type->enumeration ? "0" : "", ret);
}

static bool put_default(const struct making *m, size_t i, value to)
{
    value v = value_null;
    bool ok = default_of(m, i, &v);
    return put(m->in, to, "defaultValue", ok, v);
}

static bool put_description(const struct making *m, size_t i, value to)
{
    const struct param *param = &m->signature->meta->params[i];
    const struct help_section *section = comment_help_section(m->help, "PARAMETER", param->name);
    struct buf comment = BUF_INIT;
    if (!section)
        comment_help_parameter(m->block, m->signature->nodes[i], &comment);
    bool there = section || comment.size;
    bool ok = !there ||
              put_paragraph(m->in, to, "description", section ? section->text : buf_text(&comment), false);
    buf_free(&comment);
    return ok;
}

// {parameterValue: the names}: one of them is given.
static bool put_names(struct interp *in, value to, const struct type *type)
{
    value name, names, group = value_null;
    if (!string_text(in, "GetEnumNames", &name))
        return false;
    bool ok = method_invoke(in, (value){.kind = V_TYPE, .type = type}, name, NULL, 0, &names) &&
              nest(in, names, "parameterValue", &group);
    value_drop(name);
    return put(in, to, "parameterValueGroup", ok, group);
}

// A text that says whether it must be there.
static bool put_value(struct interp *in, value to, const struct type *type)
{
    value text = value_null;
    bool ok = string_text(in, short_name(type), &text) &&
              put_text(in, text, "required", type == &type_switch ? "false" : "true");
    return put(in, to, "parameterValue", ok, text);
}

static bool put_rules(struct interp *in, value to, const struct param *param, unsigned set)
{
    int position;
    unsigned flags;
    value place = value_null;
    parameter_in_set(param, set, &position, &flags);
    bool ok = put_text(in, to, "required", flags & PARAM_MANDATORY ? "true" : "false") &&
              put_text(in, to, "globbing", param->flags & PARAM_WILDCARD ? "true" : "false") &&
              put_text(in, to, "pipelineInput", pipeline_text(flags));
    ok = ok && (position == PARAM_NAMED ? string_text(in, "named", &place)
                                        : string_printf(in, &place, "%d", position + 1));
    return put(in, to, "position", ok, place);
}

static bool put_type(struct interp *in, value to, const struct type *type)
{
    value kind = value_null;
    bool ok = custom_new(in, &kind) && put_text(in, kind, "name", short_name(type));
    return put(in, to, "type", ok, kind);
}

static bool fill_parameter(const struct making *m, size_t i, unsigned set, bool syntax, value to)
{
    struct interp *in = m->in;
    const struct param *param = &m->signature->meta->params[i];
    const struct type *type = m->signature->meta->types[i], *element = type->element ? type->element : type;
    bool named = element->enumeration != NULL, plain = !named && !(syntax && type == &type_switch);
    return put_text(in, to, "name", param->name) && (!plain || put_value(in, to, type)) &&
           (syntax || (put_type(in, to, type) && put_default(m, i, to))) && put_description(m, i, to) &&
           (!named || put_names(in, to, element)) && put_rules(in, to, param, set) &&
           member_add_type_name(in, to, "MamlCommandHelpInfo#parameter");
}

static bool parameter_new(const struct making *m, size_t i, unsigned set, bool syntax, value *ret)
{
    value v;
    if (!custom_new(m->in, &v))
        return false;
    return fill_parameter(m, i, set, syntax, v) ? (*ret = v, true) : (value_drop(v), false);
}

static bool parameters_of(const struct making *m, unsigned set, bool syntax, value *ret)
{
    value list, one;
    const struct meta *meta = m->signature->meta;
    if (!list_new(m->in, NULL, &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < meta->count; i++) {
        if (!(bind_sets_of(meta, i) & set))
            continue;
        ok = parameter_new(m, i, set, syntax, &one) && list_add(m->in, list.array, one);
        if (ok)
            value_drop(one);
    }
    ok = ok && array_from(m->in, list.array->items, list.array->count, ret);
    return value_drop(list), ok;
}

static bool put_parameters(const struct making *m, value to)
{
    value list, nested = value_null;
    bool ok = parameters_of(m, m->signature->meta->all_sets, false, &list) &&
              nest(m->in, list, "parameter", &nested);
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
        ok = custom_new(in, &item) && put_text(in, item, "name", m->name) &&
             parameters_of(m, set, true, &own) && put(in, item, "parameter", true, own) &&
             list_add(in, list.array, item);
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

// The code goes on to a blank line.
static size_t code_size(const char *text)
{
    const char *end = strstr(text, "\n\n");
    return end ? (size_t)(end - text) : strlen(text);
}

// What follows the code is the first of five paragraphs; the others keep a distance.
static bool put_remarks(struct interp *in, value to, const char *text)
{
    enum { PARAGRAPHS = 5 };
    value all[PARAGRAPHS], v = value_null;
    size_t count = 0;
    bool ok = true;
    for (; ok && count < PARAGRAPHS; count += ok) {
        value shown = value_null;
        ok = custom_new(in, &all[count]);
        if (!ok)
            break;
        ok = trimmed(in, count ? "" : text, &shown);
        ok = put(in, all[count], "Text", ok, shown) && member_add_type_name(in, all[count], "MamlTextItem") &&
             member_add_type_name(in, all[count], "MamlParaTextItem");
        if (!ok)
            value_drop(all[count]);
    }
    ok = ok && array_from(in, all, count, &v);
    while (count)
        value_drop(all[--count]);
    return put(in, to, "remarks", ok, v);
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
    size_t skip = prompt ? (size_t)(prompt + 1 - text) : 0, size = code_size(text + skip);
    const char *rest = text + skip + size;
    if (!custom_new(in, &v))
        return false;
    bool ok = string_printf(in, &title, "-------------------------- EXAMPLE %zu --------------------------",
                            number);
    ok = put(in, v, "title", ok, title) && put_code(in, v, text + skip, size) &&
         put_introduction(in, v, text, skip) && put_remarks(in, v, rest) &&
         member_add_type_name(in, v, "MamlCommandHelpInfo#example");
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
    value name = value_null;
    bool ok = member_named(m->in, m->info, "ModuleName", &name);
    return put(m->in, to, "ModuleName", ok, name);
}

static bool fill(const struct making *m, value to)
{
    struct interp *in = m->in;
    bool filter = m->block->function && m->block->function->op == TOK_FILTER;
    bool script = m->info.object->type == &type_external_script;
    const char *category = script ? "ExternalScript" : filter ? "Filter" : "Function";
    static const char *const plain[][2] = {
        {"Component", "COMPONENT"}, {"Role", "ROLE"}, {"Functionality", "FUNCTIONALITY"}};
    bool ok = put_text(in, to, "Name", m->name) && put_text(in, to, "Category", category) &&
              put_synopsis(m, to) && put_paragraph(in, to, "description", text_of(m, "DESCRIPTION"), false) &&
              put_syntax(m, to) && put_parameters(m, to);
    for (size_t i = 0; ok && i < sizeof plain / sizeof *plain; i++)
        ok = put_text(in, to, plain[i][0], text_of(m, plain[i][1]));
    return ok && put_each(m, to, "EXAMPLE", "examples", "example", example_new) &&
           put_each(m, to, "LINK", "relatedLinks", "navigationLink", link_new) &&
           put_each(m, to, "INPUTS", "inputTypes", "inputType", type_new) &&
           put_each(m, to, "OUTPUTS", "returnValues", "returnValue", type_new) &&
           put_each(m, to, "NOTES", "alertSet", "alert", alert_new) && put_module(m, to);
}

// As the help of commands has it, for the view that writes it.
static bool put_shown(const struct making *m, value to)
{
    value text = value_null;
    if (!put(m->in, to, "Text", help_text(m->in, m->name, m->info, to, &text), text))
        return false;
    struct member *member = member_find(to.object->members, "Text", 4);
    return member->hidden = true;
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
        ok = (fill(&m, *ret) && put_shown(&m, *ret) && member_add_type_name(in, *ret, "HelpInfo") &&
              member_add_type_name(in, *ret, "MamlCommandHelpInfo")) ||
             (value_drop(*ret), false);
    arena_free(&help.arena);
    return ok;
}
