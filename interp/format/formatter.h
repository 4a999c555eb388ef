// interp/format/formatter.h: objects to formatting packets: what Format-* commands do, and what Out-Default
// does first with objects that nobody has formatted.
//
// The first object that is no scalar chooses view and columns for all that follow until formatter_end.
#ifndef INTERP_FORMAT_FORMATTER_H
#define INTERP_FORMAT_FORMATTER_H

#include "interp/format/expression.h"
#include "interp/format/packet.h"
#include "interp/format/view.h"

enum expansion { EXPAND_ITEMS, EXPAND_CORE, EXPAND_BOTH };

struct format_request { // a command line; all zero: none
    enum shape shape;
    const struct expressions *properties; // NULL: none given
    const struct expression *group_by;    // NULL
    value view;                           // STRING or $null
    bool autosize, wrap, hide_header, repeat_header, force, display_error;
    unsigned columns, depth; // wide, complex; 0: not given
    enum expansion expansion;
};

struct association {
    const struct expression *from;
    value name;
}; // from NULL: a property as it is

struct associations {
    struct association *items;
    size_t count, capacity;
};

struct formatter {
    struct interp *in;
    struct command *cmd; // whose errors these are; NULL: format-default
    struct format_request request;
    bool (*emit)(void *context, value packet);
    void *context;
    bool started, in_group;
    enum shape shape;
    const struct view_row *view;   // NULL: by properties
    struct associations columns;   // of a table or the wide shape by properties
    value group_value, group_name; // V_VOID: no group value yet
    const struct type *ordinary;   // a type known to be neither scalar nor out of band
    const struct type *fitting;    // a type known to fit the view
    long limit;                    // $FormatEnumerationLimit
};

void formatter_init(struct formatter *formatter, struct interp *in, struct command *cmd,
                    const struct format_request *request, bool (*emit)(void *context, value packet),
                    void *context);
bool formatter_add(struct formatter *formatter, value v);
bool formatter_end(struct formatter *formatter);
void formatter_free(struct formatter *formatter); // also after a failure

// association.c: which properties of target are shown. Unresolved names are kept for tables only.
void associations_free(struct associations *list);
bool associations_of(struct interp *in, const struct expressions *given, value target, bool keep_unresolved,
                     struct associations *ret);
bool associations_default(struct interp *in, value target,
                          struct associations *ret); // the display set, else all
bool association_label(struct interp *in, const struct association *association, value *ret); // STRING

// entry.c: one object as an entry.
bool entry_of_object(struct formatter *formatter, value v, value *ret_packet);
bool entry_out_of_band(struct formatter *formatter, value v, const struct view_row *view, value *ret_packet);
// The text of one property; a failing script block gives "" (or #ERR with -DisplayError).
bool entry_text(struct formatter *formatter, const struct association *association, value v, bool in_table,
                value *ret);

// complex.c: "class X { … }".
bool complex_add(struct formatter *formatter, value v, struct packet *packet);

#endif
