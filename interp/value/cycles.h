// interp/value/cycles.h: objects that hold each other in a circle, which counting alone never frees.
//
// Every object that can hold others stands in one list. What all of them hold of each other is taken off
// their counts; whoever has something left is held from outside (by a frame, a variable, C code), and what
// cannot be reached from there is garbage. An object whose children are not known (a type without `each`) is
// taken for an outside holder, so the answer errs on the side of keeping.
#ifndef INTERP_CYCLES_H
#define INTERP_CYCLES_H

#include "interp/value/value.h"

// Blocks of heap_new for kinds that hold others.
void *cycles_new(size_t size); // zeroed; NULL: out of memory
void cycles_free(void *object, size_t size);

struct visitor {
    void (*see)(struct visitor *visitor, struct object *child);
};
static inline void visit_value(struct visitor *visitor, value v)
{
    if (value_is_heap(v) && v.object)
        visitor->see(visitor, v.object);
}
void visit_children(struct object *object, struct visitor *visitor); // heap.c
void object_teardown(struct object *object);                         // heap.c: its last step, now

// Frees the garbage; how many objects that were. In builds with sanitizers a count that is less than what the
// others hold aborts: somebody dropped what he did not have. Not to be called while an object is being
// released.
size_t cycles_collect(void);

// At the end, when nobody is left to hold anything: an object that is still there was kept once too often. In
// builds with sanitizers each is named on standard error; how many there are.
size_t cycles_left(void);

#endif
