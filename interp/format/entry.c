// interp/format/entry.c: one object as an entry of its shape.
#include "interp/eval/interp.h"
#include "interp/format/formatter.h"

static bool value_of(struct formatter *f, const struct association *association, value v, value *ret)
{
    const struct expression plain = {.source = association->name};
    bool found;
    return expression_get(f->in, association->from ? association->from : &plain, association->name, v, ret,
                          &found);
}

bool entry_text(struct formatter *f, const struct association *association, value v, bool in_table,
                value *ret)
{
    const struct expression *from = association->from;
    value raw;
    if (!value_of(f, association, v, &raw)) {
        if (!from || from->source.kind != V_SCRIPTBLOCK)
            return false;
        value_set(&f->in->thrown, value_null);
        return string_text(f->in, f->request.display_error ? "#ERR" : "", ret);
    }
    bool ok = from && from->format.kind == V_STRING
                  ? text_of_formatted(f->in, raw, from->format, f->limit, ret)
                  : text_of_value(f->in, raw, f->limit, in_table, ret);
    value_drop(raw);
    return ok;
}

static bool add_take(struct formatter *f, struct packet *packet, value label, value text)
{
    bool ok = packet_add_field(f->in, packet, label, text);
    value_drop(text);
    return ok;
}

static bool add_associations(struct formatter *f, value v, const struct associations *list, bool labels,
                             bool in_table, struct packet *packet)
{
    for (size_t i = 0; i < list->count; i++) {
        value text, label = value_null;
        if (labels && !association_label(f->in, &list->items[i], &label))
            return false;
        bool ok = entry_text(f, &list->items[i], v, in_table, &text) && add_take(f, packet, label, text);
        value_drop(label);
        if (!ok)
            return false;
    }
    return true;
}

static bool add_item(struct formatter *f, value v, const struct view_row *item, bool labels,
                     struct packet *packet)
{
    value raw, text, label = value_null;
    if (!view_item_value(f->in, item, v, &raw))
        return false;
    bool ok = text_of_value(f->in, raw, f->limit, false, &text);
    value_drop(raw);
    if (!ok)
        return false;
    if (labels && !string_text(f->in, item->label, &label))
        return value_drop(text), false;
    ok = add_take(f, packet, label, text);
    value_drop(label);
    return ok;
}

static bool add_view_items(struct formatter *f, value v, const struct view_row *view, bool labels,
                           struct packet *packet)
{
    for (const struct view_row *item = view_items(view); item->kind == ROW_ITEM; item++)
        if (!add_item(f, v, item, labels, packet))
            return false;
    return true;
}

// The properties are looked up anew for each object: a list shows what each one has.
static bool add_list(struct formatter *f, value v, bool given, struct packet *packet)
{
    struct associations list;
    bool ok = given && f->request.properties ? associations_of(f->in, f->request.properties, v, false, &list)
                                             : associations_default(f->in, v, &list);
    if (!ok)
        return false;
    ok = add_associations(f, v, &list, true, false, packet);
    associations_free(&list);
    return ok;
}

static bool fill(struct formatter *f, value v, struct packet *packet)
{
    switch (f->shape) {
    case SHAPE_TABLE:
        packet->entry = ENTRY_ROW;
        packet->wrap = f->request.wrap || (f->view && f->view->wrap);
        return f->view ? add_view_items(f, v, f->view, false, packet)
                       : add_associations(f, v, &f->columns, false, true, packet);
    case SHAPE_WIDE:
        packet->entry = ENTRY_WIDE;
        if (f->view)
            return add_view_items(f, v, f->view, false, packet);
        return add_associations(f, v, &f->columns, false, false, packet);
    case SHAPE_COMPLEX:
        packet->entry = ENTRY_MARKUP;
        return f->view ? f->view->markup(f->in, v, packet) : complex_add(f, v, packet);
    default:
        packet->entry = ENTRY_LIST;
        return f->view ? add_view_items(f, v, f->view, true, packet) : add_list(f, v, true, packet);
    }
}

bool entry_of_object(struct formatter *f, value v, value *ret)
{
    value packet;
    if (!packet_new(f->in, PACKET_ENTRY, &packet))
        return false;
    if (!fill(f, v, packet_of(packet)))
        return value_drop(packet), false;
    *ret = packet;
    return true;
}

static bool add_text(struct formatter *f, value v, struct packet *packet)
{
    value text;
    packet->entry = ENTRY_TEXT;
    return value_to_string(f->in, v, &text) && add_take(f, packet, value_null, text);
}

bool entry_out_of_band(struct formatter *f, value v, const struct view_row *view, value *ret)
{
    value packet;
    if (!packet_new(f->in, PACKET_ENTRY, &packet))
        return false;
    struct packet *entry = packet_of(packet);
    entry->out_of_band = true;
    entry->entry = view ? ENTRY_MARKUP : ENTRY_LIST;
    bool ok = view               ? view->markup(f->in, v, entry)
              : view_is_plain(f->in, v) ? add_text(f, v, entry)
                                 : add_list(f, v, false, entry);
    if (!ok)
        return value_drop(packet), false;
    *ret = packet;
    return true;
}
