// interp/format/packet.h: what Format-* commands send down the pipeline and Out-* commands turn into lines.
//
// A document is: FORMAT_START (GROUP_START ENTRY* GROUP_END)* FORMAT_END. Entries that are out of band may
// stand anywhere.
#ifndef INTERP_FORMAT_PACKET_H
#define INTERP_FORMAT_PACKET_H

#include "interp/format/text.h"

enum packet_kind {
    PACKET_FORMAT_START,
    PACKET_GROUP_START,
    PACKET_ENTRY,
    PACKET_GROUP_END,
    PACKET_FORMAT_END
};
enum shape { SHAPE_UNDEFINED, SHAPE_TABLE, SHAPE_LIST, SHAPE_WIDE, SHAPE_COMPLEX };
enum entry { ENTRY_TEXT, ENTRY_ROW, ENTRY_LIST, ENTRY_WIDE, ENTRY_MARKUP };

struct column {
    value label;  // STRING
    size_t width; // 0: from the content
    enum align align;
};

struct field {
    value label, text;
}; // STRING; label of list entries only

// Running text with frames: the form of the custom shape and of group headings.
enum mark_kind { MARK_TEXT, MARK_NEWLINE, MARK_FRAME, MARK_END_FRAME };
struct mark {
    enum mark_kind kind;
    unsigned indent;
    value text;
};

struct packet {
    struct object head;
    enum packet_kind kind;
    enum shape shape; // FORMAT_START
    bool autosize, hide_header, repeat_header;
    unsigned wide_columns;  // FORMAT_START of the wide shape; 0: as many as fit
    struct column *columns; // FORMAT_START of the table shape
    size_t column_count, column_capacity;
    enum entry entry; // ENTRY
    bool out_of_band, wrap;
    struct field *fields; // ENTRY_TEXT and ENTRY_WIDE have one
    size_t field_count, field_capacity;
    struct mark *marks; // ENTRY_MARKUP, and the heading of GROUP_START (none: no heading)
    size_t mark_count, mark_capacity;
};

bool packet_new(struct interp *in, enum packet_kind kind, value *ret);
struct packet *packet_of(value v); // NULL: an ordinary object

// The texts and labels are kept.
bool packet_add_column(struct interp *in, struct packet *packet, value label, size_t width, enum align align);
bool packet_add_field(struct interp *in, struct packet *packet, value label, value text);
bool packet_add_mark(struct interp *in, struct packet *packet, enum mark_kind kind, unsigned indent,
                     value text);
bool packet_add_text(struct interp *in, struct packet *packet, const char *text); // MARK_TEXT of a constant

#endif
