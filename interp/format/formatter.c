// interp/format/formatter.c: the document that a stream of objects becomes.
#include "interp/value/type-data.h"
#include "interp/format/formatter.h"

#include "interp/eval/interp.h"

enum { TABLE_PROPERTIES = 4, TABLE_COLUMNS = 10, WIDE_COLUMNS = 2 };

void formatter_init(struct formatter *f, struct interp *in, struct command *cmd,
                    const struct format_request *request, bool (*emit)(void *context, value packet),
                    void *context)
{
    *f = (struct formatter){.in = in,
                            .cmd = cmd,
                            .request = *request,
                            .emit = emit,
                            .context = context,
                            .group_value = value_void,
                            .limit = text_enumeration_limit(in)};
}

void formatter_free(struct formatter *f)
{
    associations_free(&f->columns);
    value_drop(f->group_value);
    value_drop(f->group_name);
    f->group_value = value_void;
    f->group_name = value_null;
    f->started = f->in_group = false;
}

static bool emit(struct formatter *f, value packet)
{
    bool ok = f->emit(f->context, packet);
    value_drop(packet);
    return ok;
}

static bool emit_bare(struct formatter *f, enum packet_kind kind)
{
    value packet;
    return packet_new(f->in, kind, &packet) && emit(f, packet);
}

// ---- Choosing a view ----

static enum shape shape_by_count(struct formatter *f, value v, bool *ret_ok)
{
    struct associations list;
    *ret_ok = associations_default(f->in, v, &list);
    if (!*ret_ok)
        return SHAPE_UNDEFINED;
    size_t count = list.count;
    associations_free(&list);
    return count <= TABLE_PROPERTIES ? SHAPE_TABLE : SHAPE_LIST;
}

static bool no_such_view(struct formatter *f)
{
    return cmd_throw(f->cmd, "FormatViewNotFound", CAT_ObjectNotFound, f->request.view,
                     "There is no view of that name for this object: leave -View out.");
}

// The wide shape shows one property: the given one, else the one that looks most like a name.
static bool wide_column(struct formatter *f, value v)
{
    value chosen = type_data_field(f->in, v, DATA_DISPLAY_PROPERTY);
    if (chosen.kind == V_STRING) {
        struct expression only = {.source = chosen};
        struct expressions one = {&only, 1, 0};
        bool ok = associations_of(f->in, &one, v, false, &f->columns);
        for (size_t k = 0; k < f->columns.count; k++)
            f->columns.items[k].from = NULL;
        if (!ok || f->columns.count > 0)
            return ok;
    }
    static const char *const patterns[] = {"name", "id", "key", "*key", "*name", "*id", "*"};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct expression pattern = {0};
        struct expressions one = {&pattern, 1, 0};
        if (!string_text(f->in, patterns[i], &pattern.source))
            return false;
        bool ok = associations_of(f->in, &one, v, false, &f->columns);
        value_drop(pattern.source);
        for (size_t k = 0; k < f->columns.count; k++)
            f->columns.items[k].from = NULL;
        if (!ok || f->columns.count > 0)
            return ok;
    }
    return true;
}

static void keep_first(struct associations *list, size_t count)
{
    while (list->count > count)
        value_drop(list->items[--list->count].name);
}

static bool choose_columns(struct formatter *f, value v)
{
    bool given = f->request.properties != NULL;
    if (f->shape == SHAPE_TABLE) {
        if (given)
            return associations_of(f->in, f->request.properties, v, true, &f->columns);
        if (!associations_default(f->in, v, &f->columns))
            return false;
        keep_first(&f->columns, TABLE_COLUMNS);
        return true;
    }
    if (f->shape != SHAPE_WIDE)
        return true;
    bool ok =
        given ? associations_of(f->in, f->request.properties, v, false, &f->columns) : wide_column(f, v);
    keep_first(&f->columns, 1);
    return ok;
}

static bool choose_view(struct formatter *f, value v)
{
    bool ok = true;
    f->shape = f->request.shape;
    f->view = NULL;
    if (!f->request.properties) {
        if (f->request.view.kind == V_STRING)
            return no_such_view(f);
        f->view = view_find(v, f->shape, false);
        if (f->view)
            return f->shape = f->view->shape, true;
        if (f->shape == SHAPE_UNDEFINED)
            f->shape = shape_by_count(f, v, &ok);
    }
    return ok && choose_columns(f, v);
}

// ---- The start of a document ----

static bool default_align(struct formatter *f, const struct association *association, value v,
                          enum align *ret)
{
    const struct expression plain = {.source = association->name};
    const struct expression *from = association->from ? association->from : &plain;
    value first;
    bool found;
    *ret = ALIGN_LEFT;
    if (!expression_get(f->in, from, association->name, v, &first, &found)) {
        if (from->source.kind != V_SCRIPTBLOCK)
            return false;
        value_set(&f->in->thrown, value_null);
        return true;
    }
    if (first.kind != V_STRING && view_is_scalar(first))
        *ret = ALIGN_RIGHT;
    value_drop(first);
    return true;
}

static bool add_columns(struct formatter *f, value v, struct packet *start)
{
    for (size_t i = 0; i < f->columns.count; i++) {
        const struct association *column = &f->columns.items[i];
        enum align align = column->from ? column->from->align : ALIGN_UNDEFINED;
        value label;
        if (align == ALIGN_UNDEFINED && !default_align(f, column, v, &align))
            return false;
        if (!association_label(f->in, column, &label))
            return false;
        bool ok = packet_add_column(f->in, start, label, column->from ? column->from->width : 0, align);
        value_drop(label);
        if (!ok)
            return false;
    }
    return true;
}

static bool add_view_columns(struct formatter *f, struct packet *start)
{
    for (const struct view_row *item = view_items(f->view); item->kind == ROW_ITEM; item++) {
        value label;
        if (!string_text(f->in, item->label, &label))
            return false;
        bool ok = packet_add_column(f->in, start, label, item->width, item->align);
        value_drop(label);
        if (!ok)
            return false;
    }
    return true;
}

static bool start_document(struct formatter *f, value v)
{
    value packet;
    if (!choose_view(f, v) || !packet_new(f->in, PACKET_FORMAT_START, &packet))
        return false;
    struct packet *start = packet_of(packet);
    start->shape = f->shape;
    start->autosize = f->request.autosize;
    start->hide_header = f->request.hide_header;
    start->repeat_header = f->request.repeat_header;
    start->wide_columns = f->request.columns ? f->request.columns : f->request.autosize ? 0 : WIDE_COLUMNS;
    if (f->shape == SHAPE_TABLE && !(f->view ? add_view_columns(f, start) : add_columns(f, v, start)))
        return value_drop(packet), false;
    f->started = true;
    return emit(f, packet);
}

// ---- Groups ----

static bool same_group(struct interp *in, value a, value b, bool *ret)
{
    *ret = value_is_null(a) && value_is_null(b);
    if (value_is_null(a) || value_is_null(b))
        return true;
    return value_equal(in, a, b, false, ret) && (*ret || value_equal(in, b, a, false, ret));
}

// The group that v belongs to; *ret_found false: it does not say.
static bool group_of(struct formatter *f, value v, value *ret, bool *ret_found)
{
    if (f->request.group_by)
        return expression_first(f->in, f->request.group_by, v, ret, ret_found);
    *ret_found = f->view && f->view->group;
    *ret = value_null;
    return !*ret_found || f->view->group(f->in, v, ret);
}

// The heading of the file system's views is a frame of its own; the others are one line of text.
static bool group_is_framed(const struct formatter *f)
{
    return !f->request.group_by && f->view && view_group_framed(f->view);
}

static bool group_label(struct formatter *f, value v)
{
    const struct expression *by = f->request.group_by;
    value label, names;
    if (!by) {
        if (!string_printf(f->in, &label, "%s%s: ", group_is_framed(f) ? "" : "   ", f->view->group_label))
            return false;
    } else if (by->label.kind == V_STRING) {
        if (!string_printf(f->in, &label, "   %s: ", value_text(by->label)))
            return false;
    } else {
        if (!expression_names(f->in, by, v, &names))
            return false;
        bool ok = string_printf(f->in, &label,
                                "   %s: ", names.array->count ? value_text(names.array->items[0]) : "");
        value_drop(names);
        if (!ok)
            return false;
    }
    value_set(&f->group_name, label);
    value_drop(label);
    return true;
}

// *ret_changed: v begins another group than the object before it.
static bool update_group(struct formatter *f, value v, bool *ret_changed)
{
    value group;
    bool found, same = false;
    *ret_changed = false;
    if (!f->request.group_by && !(f->view && f->view->group))
        return true;
    if (!group_of(f, v, &group, &found))
        return false;
    bool ok = true;
    if (found) {
        if (f->group_value.kind != V_VOID)
            ok = same_group(f->in, group, f->group_value, &same);
        *ret_changed = !same;
        value_set(&f->group_value, group);
        if (ok && !same)
            ok = group_label(f, v);
    }
    value_drop(group);
    return ok;
}

static bool start_group(struct formatter *f)
{
    value packet, text;
    if (!packet_new(f->in, PACKET_GROUP_START, &packet))
        return false;
    bool ok = true, homeless = group_is_framed(f) && value_is_null(f->group_value);
    if (f->group_value.kind != V_VOID && !homeless) {
        ok = text_of_value(f->in, f->group_value, f->limit, false, &text);
        if (ok) {
            if (group_is_framed(f))
                ok = packet_add_mark(f->in, packet_of(packet), MARK_FRAME, 4, value_null);
            ok = ok && packet_add_mark(f->in, packet_of(packet), MARK_TEXT, 0, f->group_name) &&
                 packet_add_mark(f->in, packet_of(packet), MARK_TEXT, 0, text);
            value_drop(text);
        }
    }
    if (!ok)
        return value_drop(packet), false;
    f->in_group = true;
    return emit(f, packet);
}

static bool end_group(struct formatter *f)
{
    f->in_group = false;
    return emit_bare(f, PACKET_GROUP_END);
}

// ---- Objects ----

// The type whose views decide; NULL where the object has type names of its own.
static const struct type *cacheable(value v)
{
    if (!value_is_heap(v))
        return value_type(v);
    return v.object->members ? NULL : v.object->type;
}

static bool emit_out_of_band(struct formatter *f, value v, const struct view_row *view)
{
    value packet;
    return entry_out_of_band(f, v, view, &packet) && emit(f, packet);
}

// Scalars and objects of out-of-band views never open a document.
static bool out_of_band(struct formatter *f, value v, bool *ret_done)
{
    *ret_done = false;
    if (f->request.force)
        return true;
    const struct type *type = cacheable(v);
    if (type && type == f->ordinary)
        return true;
    const struct view_row *view = view_find(v, SHAPE_UNDEFINED, true);
    if (!view && !view_is_plain(f->in, v))
        return f->ordinary = type, true;
    *ret_done = true;
    return emit_out_of_band(f, v, view);
}

// An object that does not fit the view of the document stands for itself, as a list.
static bool misfit(struct formatter *f, value v, bool *ret_done)
{
    *ret_done = false;
    if (!f->view || f->request.force)
        return true;
    const struct type *type = cacheable(v);
    if (type && type == f->fitting)
        return true;
    if (view_applies(f->view, v))
        return f->fitting = type, true;
    *ret_done = true;
    return emit_out_of_band(f, v, NULL);
}

static bool add_one(struct formatter *f, value v)
{
    bool done, changed;
    value packet;
    if (value_is_null(v))
        return true;
    if (packet_of(v))
        return f->emit(f->context, v);
    if (!out_of_band(f, v, &done))
        return false;
    if (done)
        return true;
    if (!f->started && !start_document(f, v))
        return false;
    if (!misfit(f, v, &done))
        return false;
    if (done)
        return true;
    if (!update_group(f, v, &changed))
        return false;
    if (f->in_group && changed && !end_group(f))
        return false;
    if (!f->in_group && !start_group(f))
        return false;
    return entry_of_object(f, v, &packet) && emit(f, packet);
}

static bool add_items(struct formatter *f, value v)
{
    struct value_walk walk;
    value item, items = v;
    if (v.kind == V_TABLE && !text_entries(f->in, v.table, &items))
        return false;
    bool ok = true;
    for (value_walk_start(&walk, items); ok && value_walk_next(f->in, &walk, &item); value_drop(item))
        ok = add_one(f, item);
    if (v.kind == V_TABLE)
        value_drop(items);
    return ok && value_is_null(f->in->thrown);
}

bool formatter_add(struct formatter *f, value v)
{
    if (!text_enumerates(v))
        return add_one(f, v);
    if (f->request.expansion != EXPAND_ITEMS && !add_one(f, v))
        return false;
    return f->request.expansion == EXPAND_CORE || add_items(f, v);
}

bool formatter_end(struct formatter *f)
{
    bool ok = (!f->in_group || end_group(f)) && (!f->started || emit_bare(f, PACKET_FORMAT_END));
    formatter_free(f);
    return ok;
}
