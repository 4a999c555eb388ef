// interp/cmdlets/entries.h: objects with the values they are sorted, grouped and compared by.
#ifndef INTERP_CMDLETS_ENTRIES_H
#define INTERP_CMDLETS_ENTRIES_H

#include "interp/eval/command.h"
#include "interp/format/expression.h"

struct entry {
    value object, *keys;
}; // a key V_VOID: the object has no such property

struct entries {
    struct entry *items;
    size_t count, capacity;
    size_t keys; // of each; 0: the object itself
};

// Orders any two values, never fails: where they do not compare they are ordered by their text. Objects
// without a value of their own (PSCustomObject) are equal.
int objects_compare(struct interp *in, value a, value b, bool case_sensitive);

// Adds an object with the values of the expressions.
bool entries_add(struct command *cmd, struct entries *entries, const struct expressions *by, value object);
void entries_free(struct entries *entries);

struct entry_order {
    struct interp *in;
    const struct expressions *by;
    bool case_sensitive, descending;
};
int entry_compare(const struct entry_order *order, size_t keys, const struct entry *a, const struct entry *b);
bool entries_sort(struct entries *entries, const struct entry_order *order); // stable

#endif
