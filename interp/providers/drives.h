// interp/providers/drives.h: what the provider layer keeps for a session (struct interp's `drives`).
#ifndef INTERP_DRIVES_H
#define INTERP_DRIVES_H

#include "interp/providers/path.h"

struct drives {
    struct drive *first, *current;
    struct drive *removed; // a command under way may still walk one: they go at the end
    value environment; // TABLE, keys by case
    value stacks;      // TABLE of stack name → LIST of PathInfo, the newest last
    value stack_name;  // STRING: the stack used where none is named
    struct owners *owners; // owner.c: names of owners already asked for, or NULL
};

bool location_publish(struct interp *in); // sets $PWD

#endif
