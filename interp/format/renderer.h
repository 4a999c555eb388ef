// interp/format/renderer.h: packets (and objects not formatted yet) to lines: what every Out-* command does.
#ifndef INTERP_FORMAT_RENDERER_H
#define INTERP_FORMAT_RENDERER_H

#include <time.h>

#include "interp/format/formatter.h"
#include "interp/format/writer.h"

enum render_state { RENDER_RESET, RENDER_DOCUMENT, RENDER_GROUP };

struct renderer {
    struct interp *in;
    struct line_sink sink;
    enum render_state state;
    struct formatter implicit; // format-default, for objects that come as they are
    bool has_implicit;
    // Rows that wait until column widths are known: 300 ms of a group, or all of it with -AutoSize.
    bool caching, holding, whole_group;
    struct timespec since;
    value *held;
    size_t held_count, held_capacity;
    value start;    // FORMAT_START of the open document
    size_t *widths; // from the held rows; NULL: as declared
    size_t width_count;
    struct table_writer table; // of the open group: table and wide shapes
    size_t rows;               // written in this group since the header
    value *wide;               // STRINGs of the unfinished row
    size_t wide_count, wide_columns;
    bool grouped; // a group of this document was written
};

void renderer_init(struct renderer *renderer, struct interp *in, struct line_sink sink);
bool renderer_add(struct renderer *renderer, value v); // an object or a packet; $null is skipped
bool renderer_end(struct renderer *renderer);          // closes what is open
void renderer_free(struct renderer *renderer);         // always, also after a failure

#endif
