// interp/format/complex.c: any object as "class X { … }", to a depth.
#include <string.h>

#include "interp/eval/state.h"
#include "interp/format/formatter.h"

enum { INDENT = 2, DEPTH = 5 };

struct walk {
    struct formatter *formatter;
    struct packet *packet;
    unsigned depth; // how many levels are opened
};

static bool add(struct walk *w, enum mark_kind kind)
{
    return packet_add_mark(w->formatter->in, w->packet, kind, INDENT, value_null);
}

static bool add_line(struct walk *w, const char *text)
{
    return packet_add_text(w->formatter->in, w->packet, text) && add(w, MARK_NEWLINE);
}

static bool add_leaf(struct walk *w, value v)
{
    value text;
    if (!text_of_value(w->formatter->in, v, w->formatter->limit, false, &text))
        return false;
    bool ok = packet_add_mark(w->formatter->in, w->packet, MARK_TEXT, 0, text) && add(w, MARK_NEWLINE);
    value_drop(text);
    return ok;
}

static bool add_object(struct walk *w, value v, unsigned level, const struct expressions *given);
static bool add_collection(struct walk *w, value v, unsigned level);

static bool is_leaf(value v, unsigned level, unsigned depth)
{
    return level >= depth || value_is_null(v) || view_is_scalar(v);
}

static bool add_item(struct walk *w, value item, unsigned level)
{
    if (is_leaf(item, level, w->depth))
        return add_leaf(w, item);
    if (!text_enumerates(item))
        return add_object(w, item, level + 1, NULL);
    return add(w, MARK_NEWLINE) && add(w, MARK_FRAME) && add_collection(w, item, level + 1) &&
           add(w, MARK_END_FRAME);
}

static bool add_items(struct walk *w, value items, unsigned level)
{
    struct value_walk walk;
    value item;
    bool ok = true;
    long count = 0, limit = w->formatter->limit;
    for (value_walk_start(&walk, items); ok && value_walk_next(w->formatter->in, &walk, &item);
         value_drop(item)) {
        if (limit >= 0 && count++ == limit)
            return value_drop(item), add_line(w, ELLIPSIS);
        ok = add_item(w, item, level);
    }
    return ok;
}

static bool add_items_of(struct walk *w, value v, unsigned level)
{
    value items = v;
    if (!add_line(w, "[") || !add(w, MARK_FRAME))
        return false;
    if (v.kind == V_TABLE && !text_entries(w->formatter->in, v.table, &items))
        return false;
    bool ok = add_items(w, items, level);
    if (v.kind == V_TABLE)
        value_drop(items);
    return ok && add(w, MARK_END_FRAME) && add_line(w, "]") && add(w, MARK_NEWLINE);
}

// -Depth may be as large as the user likes; the nesting is counted as that of calls is.
static bool add_collection(struct walk *w, value v, unsigned level)
{
    if (!depth_enter(w->formatter->in))
        return false;
    bool ok = add_items_of(w, v, level);
    depth_leave(w->formatter->in);
    return ok;
}

// The value after "name = ".
static bool add_value(struct walk *w, value v, unsigned level, unsigned depth)
{
    if (text_enumerates(v) && level < depth)
        return add(w, MARK_NEWLINE) && add(w, MARK_FRAME) && add_collection(w, v, level + 1) &&
               add(w, MARK_END_FRAME);
    if (is_leaf(v, level, depth))
        return add_leaf(w, v);
    return add(w, MARK_NEWLINE) && add(w, MARK_FRAME) && add_object(w, v, level + 1, NULL) &&
           add(w, MARK_END_FRAME);
}

static bool add_property(struct walk *w, const struct association *a, value v, unsigned level)
{
    struct interp *in = w->formatter->in;
    const struct expression plain = {.source = a->name}, *from = a->from ? a->from : &plain;
    value name = a->name, label, item = value_null;
    bool found;
    if (name.kind == V_STRING ? (label = value_keep(name), false) : !value_to_string(in, name, &label))
        return false;
    bool ok = packet_add_mark(in, w->packet, MARK_TEXT, 0, label) && packet_add_text(in, w->packet, " = ");
    value_drop(label);
    if (!ok)
        return false;
    if (!expression_get(in, from, name, v, &item, &found)) {
        if (from->source.kind != V_SCRIPTBLOCK)
            return false;
        value_set(&in->thrown, value_null);
        item = value_null;
    }
    ok = add_value(w, item, level, from->depth ? from->depth + level : w->depth);
    value_drop(item);
    return ok;
}

static bool add_class(struct walk *w, value v)
{
    const char *name = value_type_name(v, 0);
    for (const char *at = name; at && *at; at++)
        if (*at == '.' || *at == '+')
            name = at + 1;
    return packet_add_text(w->formatter->in, w->packet, "class ") && add_line(w, name ? name : "PSObject");
}

static bool add_members(struct walk *w, value v, unsigned level, const struct expressions *given)
{
    struct associations list;
    bool ok = given ? associations_of(w->formatter->in, given, v, false, &list)
                    : associations_default(w->formatter->in, v, &list);
    if (!ok)
        return false;
    ok = add_class(w, v) && add_line(w, "{") && add(w, MARK_FRAME);
    for (size_t i = 0; ok && i < list.count; i++)
        ok = add_property(w, &list.items[i], v, level);
    associations_free(&list);
    return ok && add(w, MARK_END_FRAME) && add_line(w, "}");
}

static bool add_object(struct walk *w, value v, unsigned level, const struct expressions *given)
{
    if (!depth_enter(w->formatter->in))
        return false;
    bool ok = add_members(w, v, level, given);
    depth_leave(w->formatter->in);
    return ok;
}

bool complex_add(struct formatter *f, value v, struct packet *packet)
{
    struct walk w = {f, packet, f->request.depth ? f->request.depth : DEPTH};
    if (text_enumerates(v))
        return add_collection(&w, v, 0);
    if (view_is_scalar(v))
        return add_leaf(&w, v);
    return add_object(&w, v, 0, f->request.properties);
}
