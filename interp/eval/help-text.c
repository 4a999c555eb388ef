// A function's help as a person reads it, from the object that programs read (function-help.c). jesh-full
// alone.
#include <string.h>

#include "interp/eval/help-text.h"

// Every line of a text, so many columns in.
static void add_lines(struct buf *out, const char *text, int indent)
{
    while (*text) {
        size_t size = strcspn(text, "\n");
        if (size)
            buf_printf(out, "%*s%.*s", indent, "", (int)size, text);
        buf_add_char(out, '\n');
        text += size + (text[size] == '\n');
    }
}

static bool add_text_of(struct interp *in, struct buf *out, value of, const char *name, int indent)
{
    value v;
    if (!member_named(in, of, name, &v))
        return false;
    if (v.kind == V_STRING)
        add_lines(out, value_text(v), indent);
    return value_drop(v), true;
}

// Paragraphs are objects with a Text.
static bool add_paragraphs(struct interp *in, struct buf *out, value list, int indent)
{
    bool ok = true;
    for (size_t i = 0; ok && value_enumerable(list) && i < list.array->count; i++)
        ok = add_text_of(in, out, list.array->items[i], "Text", indent);
    return ok;
}

static bool add_calls(struct interp *in, struct buf *out, const char *name, value sets)
{
    for (size_t i = 0; value_enumerable(sets) && i < sets.array->count; i++) {
        value line;
        if (!value_to_string(in, sets.array->items[i], &line))
            return false;
        buf_printf(out, "    %s %s\n\n", name, value_text(line));
        value_drop(line);
    }
    return true;
}

// --- What stands in lists
// ------------------------------------------------------------------------------------------

static bool add_parameter(struct interp *in, struct buf *out, value of)
{
    value name = value_null, type = value_null, needed = value_null, paragraphs = value_null;
    bool ok = member_named(in, of, "name", &name) && member_named(in, of, "parameterValue", &type) &&
              member_named(in, of, "required", &needed) && member_named(in, of, "description", &paragraphs);
    if (ok && name.kind == V_STRING) {
        buf_printf(out, "    -%s <%s>\n", value_text(name),
                   type.kind == V_STRING ? value_text(type) : "Object");
        ok = add_paragraphs(in, out, paragraphs, 8);
        bool is_needed = needed.kind == V_STRING && !strcmp(value_text(needed), "true");
        buf_printf(out, "        Required: %s\n\n", is_needed ? "yes" : "no");
    }
    value_drop(name), value_drop(type), value_drop(needed), value_drop(paragraphs);
    return ok;
}

static bool add_example(struct interp *in, struct buf *out, value of)
{
    value remarks = value_null;
    bool ok = add_text_of(in, out, of, "code", 4) && member_named(in, of, "remarks", &remarks) &&
              add_paragraphs(in, out, remarks, 8);
    value_drop(remarks);
    if (out->size > 1 && strcmp(buf_text(out) + out->size - 2, "\n\n"))
        buf_add_char(out, '\n');
    return ok;
}

static bool add_link(struct interp *in, struct buf *out, value of)
{
    return add_text_of(in, out, of, "linkText", 4) && add_text_of(in, out, of, "uri", 4);
}

static bool add_note(struct interp *in, struct buf *out, value of)
{
    return add_text_of(in, out, of, "Text", 4);
}

static const struct section {
    const char *title, *outer, *inner;
    bool (*add)(struct interp *in, struct buf *out, value of);
} sections[] = {{"PARAMETERS", "parameters", "parameter", add_parameter},
                {"EXAMPLES", "examples", "example", add_example},
                {"NOTES", "alertSet", "alert", add_note},
                {"RELATED LINKS", "relatedLinks", "navigationLink", add_link}};

static bool add_items(struct interp *in, struct buf *out, const struct section *section, value inner)
{
    bool many = value_enumerable(inner), ok = true;
    for (size_t i = 0; ok && i < (many ? inner.array->count : 1); i++)
        ok = section->add(in, out, many ? inner.array->items[i] : inner);
    return ok;
}

static bool add_section(struct interp *in, struct buf *out, const struct section *section, value help)
{
    value outer = value_null, inner = value_null;
    bool ok = member_named(in, help, section->outer, &outer) &&
              (value_is_null(outer) || member_named(in, outer, section->inner, &inner));
    if (ok && !value_is_null(inner) && !(value_enumerable(inner) && !inner.array->count)) {
        buf_printf(out, "%s%s\n", out->size > 1 && strcmp(buf_text(out) + out->size - 2, "\n\n") ? "\n" : "",
                   section->title);
        ok = add_items(in, out, section, inner);
    }
    value_drop(outer), value_drop(inner);
    return ok;
}

// --- The whole
// -----------------------------------------------------------------------------------------------------

static bool add_head(struct interp *in, struct buf *out, const char *name, value help, value sets)
{
    value synopsis = value_null, description = value_null;
    buf_printf(out, "NAME\n    %s\n\n", name);
    bool ok =
        member_named(in, help, "Synopsis", &synopsis) && member_named(in, help, "description", &description);
    // Where nobody wrote one it is how to call the function, which comes next.
    if (ok && synopsis.kind == V_STRING && synopsis.string->size && !strstr(value_text(synopsis), name)) {
        buf_add_text(out, "SYNOPSIS\n");
        add_lines(out, value_text(synopsis), 4);
        buf_add_char(out, '\n');
    }
    buf_add_text(out, "SYNTAX\n");
    ok = ok && add_calls(in, out, name, sets);
    if (ok && value_enumerable(description) && description.array->count) {
        buf_add_text(out, "DESCRIPTION\n");
        ok = add_paragraphs(in, out, description, 4);
        buf_add_char(out, '\n');
    }
    value_drop(synopsis), value_drop(description);
    return ok;
}

bool help_text(struct interp *in, const char *name, value info, value help, value *ret)
{
    struct buf out = BUF_INIT;
    value sets = value_null;
    bool ok = member_named(in, info, "ParameterSets", &sets) && add_head(in, &out, name, help, sets);
    for (size_t i = 0; ok && i < sizeof sections / sizeof *sections; i++)
        ok = add_section(in, &out, &sections[i], help);
    ok = ok && (!out.failed || throw_memory(in)) && string_new(in, buf_text(&out), out.size, ret);
    value_drop(sets), buf_free(&out);
    return ok;
}
