// interp/format/view.h: the registered views and what is shown where there is none.
#ifndef INTERP_FORMAT_VIEW_H
#define INTERP_FORMAT_VIEW_H

#include "interp/format/packet.h"

typedef bool view_value(struct interp *in, value self, value *ret);
typedef bool view_markup(struct interp *in, value self, struct packet *packet);

enum view_row_kind { ROW_VIEW, ROW_ITEM, ROW_END };
struct view_row { // a view is its first row and the items that follow
    enum view_row_kind kind;
    enum shape shape;
    bool out_of_band, wrap;
    const char *types;       // ROW_VIEW: separated by '|'
    const char *group_label; // NULL: not grouped
    view_value *group;
    view_markup *markup; // SHAPE_COMPLEX
    const char *label;   // ROW_ITEM
    size_t width;
    enum align align;
    const char *property; // or
    view_value *compute;
};

// The view of that shape (SHAPE_UNDEFINED: the first of any) that is nearest to the type names of v; NULL:
// none.
const struct view_row *view_find(value v, enum shape shape, bool out_of_band);
const struct view_row *view_at(size_t n); // the n-th of all; NULL after the last
bool view_lists(const struct view_row *view, const char *type,
                size_t size); // is registered for that type name
bool view_applies(const struct view_row *view, value v);
const struct view_row *view_items(const struct view_row *view); // ends where kind is not ROW_ITEM
bool view_item_value(struct interp *in, const struct view_row *item, value self, value *ret);

// Names separated by blanks that stand for all properties of v (DefaultDisplayPropertySet); NULL: none.
const char *view_display_set(value v);

// Strings, numbers, bools, characters and enums, and whatever has no properties: shown as their text.
bool view_is_scalar(value v);
bool view_is_plain(struct interp *in, value v);

// The heading of a folder's files stands in a frame, indented by 4; every other one does not.
bool view_group_framed(const struct view_row *view);

#endif
