// interp/value/member.h: members that an object was given at run time.
#ifndef INTERP_MEMBER_H
#define INTERP_MEMBER_H

#include "interp/value/value.h"

enum member_kind { MEMBER_NOTE, MEMBER_ALIAS, MEMBER_SCRIPT, MEMBER_SCRIPT_METHOD };

struct member {
    value name;   // STRING
    value val;    // NoteProperty: the value; AliasProperty: the other name; script kinds: the script block
    uint8_t kind; // enum member_kind
};

struct members {
    size_t count, capacity;
    struct member *items; // in the order added
    value type_names;     // LIST of STRING, the first ones of PSTypeNames; or $null
    struct members *next; // heap.c: waiting for release
};

// heap.c: a counted object of that kind with one reference, the rest zero. NULL: out of memory, thrown.
void *heap_new(struct interp *in, size_t size, enum value_kind kind, const struct type *type);

struct member *member_find(const struct members *members, const char *name, size_t size);
bool member_remove(value self, const char *name, size_t size);

#endif
