// interp/format/view.c: the table of views.
#include "interp/format/view.h"

#include <string.h>

#include "base/utf8.h"
#include "interp/format/view-values.h"
#include "interp/value/types.h"

#define VIEW(shape_, types_, label_, group_)                                                                 \
    {.kind = ROW_VIEW, .shape = SHAPE_##shape_, .types = types_, .group_label = label_, .group = group_},
#define WRAPPED(shape_, types_, label_, group_)                                                              \
    {.kind = ROW_VIEW,                                                                                       \
     .shape = SHAPE_##shape_,                                                                                \
     .types = types_,                                                                                        \
     .group_label = label_,                                                                                  \
     .group = group_,                                                                                        \
     .wrap = true},
#define ITEM(label_, width_, align_, property_)                                                              \
    {.kind = ROW_ITEM, .label = label_, .width = width_, .align = ALIGN_##align_, .property = property_},
#define CALC(label_, width_, align_, compute_)                                                               \
    {.kind = ROW_ITEM, .label = label_, .width = width_, .align = ALIGN_##align_, .compute = compute_},
#define MARKUP(types_, function_)                                                                            \
    {.kind = ROW_VIEW, .shape = SHAPE_COMPLEX, .types = types_, .markup = function_},
#define OUT_OF_BAND(types_, function_)                                                                       \
    {.kind = ROW_VIEW, .shape = SHAPE_COMPLEX, .types = types_, .markup = function_, .out_of_band = true},
#define DISPLAY_SET(types_, names_)
static const struct view_row rows[] = {
#include "interp/format/views.def"
    {.kind = ROW_END},
};
#undef VIEW
#undef WRAPPED
#undef ITEM
#undef CALC
#undef MARKUP
#undef OUT_OF_BAND
#undef DISPLAY_SET

#define VIEW(...)
#define WRAPPED(...)
#define ITEM(...)
#define CALC(...)
#define MARKUP(...)
#define OUT_OF_BAND(...)
#define DISPLAY_SET(types_, names_) {types_, names_},
static const struct {
    const char *types, *names;
} display_sets[] = {
#include "interp/format/views.def"
};
#undef VIEW
#undef WRAPPED
#undef ITEM
#undef CALC
#undef MARKUP
#undef OUT_OF_BAND
#undef DISPLAY_SET

static bool lists(const char *types, const char *name, size_t size)
{
    for (const char *at = types; at; at = strchr(at, '|')) {
        if (*at == '|')
            at++;
        size_t own = strcspn(at, "|");
        if (own == size && utf8_same_ignore_case(at, own, name, size))
            return true;
    }
    return false;
}

// How far down the type names of v the first listed one is; SIZE_MAX: none is listed.
static size_t distance(const char *types, value v)
{
    const char *name;
    for (size_t i = 0; (name = value_type_name(v, i)); i++)
        if (lists(types, name, strlen(name)))
            return i;
    return SIZE_MAX;
}

const struct view_row *view_find(value v, enum shape shape, bool out_of_band)
{
    const struct view_row *best = NULL;
    size_t nearest = SIZE_MAX;
    for (const struct view_row *row = rows; row->kind != ROW_END; row++) {
        if (row->kind != ROW_VIEW || row->out_of_band != out_of_band)
            continue;
        if (shape != SHAPE_UNDEFINED && row->shape != shape)
            continue;
        size_t far = distance(row->types, v);
        if (far < nearest) {
            nearest = far;
            best = row;
        }
    }
    return best;
}

const struct view_row *view_at(size_t n)
{
    for (const struct view_row *row = rows; row->kind != ROW_END; row++)
        if (row->kind == ROW_VIEW && n-- == 0)
            return row;
    return NULL;
}

bool view_lists(const struct view_row *view, const char *type, size_t size)
{
    return lists(view->types, type, size);
}

bool view_applies(const struct view_row *view, value v)
{
    return distance(view->types, v) != SIZE_MAX;
}

const struct view_row *view_items(const struct view_row *view)
{
    return view + 1;
}

bool view_item_value(struct interp *in, const struct view_row *item, value self, value *ret)
{
    if (item->compute)
        return item->compute(in, self, ret);
    bool found;
    return member_get(in, self, item->property, strlen(item->property), ret, &found);
}

const char *view_display_set(value v)
{
    for (size_t i = 0; i < sizeof display_sets / sizeof *display_sets; i++)
        if (distance(display_sets[i].types, v) != SIZE_MAX)
            return display_sets[i].names;
    return NULL;
}

bool view_is_scalar(value v)
{
    switch (v.kind) {
    case V_STRING:
    case V_BOOL:
    case V_CHAR:
    case V_DECIMAL:
    case V_BIGINT:
    case V_ENUM:
        return true;
    case V_OBJECT:
        return v.object->type == &type_intptr;
    default:
        return v.kind >= V_I8 && v.kind <= V_F64;
    }
}

bool view_is_plain(struct interp *in, value v)
{
    if (view_is_scalar(v))
        return true;
    if (v.kind == V_TABLE && !v.table->ordered)
        return true; // its properties would be read as keys, which are not there
    struct member_walk walk;
    const char *name;
    size_t size;
    member_walk_start(in, &walk, v);
    return !member_walk_next(&walk, &name, &size);
}

bool view_group_framed(const struct view_row *view)
{
    return view->group == view_parent;
}
