// interp/value/line.h: queues and stacks. jesh-full alone.
#ifndef INTERP_LINE_H
#define INTERP_LINE_H

#include "interp/value/objects.h"

struct line {
    struct array list; // its items begin behind the room
    size_t room;       // free places in front of them in the same block
};
void line_release(struct object *object);
extern const struct property line_properties[], concurrent_line_properties[];

#endif
