// interp/cmdlets/select-object.h: the two halves of Select-Object.
#ifndef INTERP_CMDLETS_SELECT_OBJECT_H
#define INTERP_CMDLETS_SELECT_OBJECT_H

#include "interp/eval/interp.h"
#include "interp/format/expression.h"

enum {
    SELECT_PROPERTY,
    SELECT_INPUT,
    SELECT_EXCLUDE,
    SELECT_EXPAND,
    SELECT_UNIQUE,
    SELECT_CASE_INSENSITIVE,
    SELECT_LAST,
    SELECT_FIRST,
    SELECT_SKIP,
    SELECT_SKIP_LAST,
    SELECT_WAIT,
    SELECT_INDEX,
    SELECT_SKIP_INDEX
};

struct select_state {
    struct expressions by;
    size_t added;          // properties given to the object at hand
    int64_t seen, written; // objects
    value *ring;           // the last ones, for -Last and -SkipLast: oldest at `oldest`
    size_t ring_size, ring_count, oldest;
    value unique; // LIST of the objects written under -Unique
    value counts; // LIST: how many properties each was given
};

bool select_object(struct command *cmd, value v); // what is left of a picked object
bool select_write(struct command *cmd, value v);  // through -Unique

bool select_pick(struct command *cmd);
bool select_pick_end(struct command *cmd);
void select_clean(struct command *cmd);

#endif
