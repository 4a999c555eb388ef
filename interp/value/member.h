// interp/value/member.h: members that an object was given at run time.
#ifndef INTERP_MEMBER_H
#define INTERP_MEMBER_H

#include "interp/value/value.h"

enum member_kind {
    MEMBER_NOTE,
    MEMBER_VARIABLE,
    MEMBER_ALIAS,
    MEMBER_SCRIPT,
    MEMBER_SCRIPT_METHOD,
    MEMBER_PROPERTY_SET,
    MEMBER_MEMBER_SET,
};

struct member {
    value name;   // STRING
    value val;    // by kind: the value; the other name; the script block, a ScriptProperty's may be $null; an
                  // ARRAY of names; an object whose members are the set's; a PSVariable
    value second; // ScriptProperty: the block that sets it; AliasProperty: a TYPE to convert to; or $null
    uint8_t kind; // enum member_kind
    bool hidden;
};

struct member_index;
struct members {
    size_t count, capacity;
    struct member *items;    // in the order added
    struct member_index *index; // member-index.h: where they stand; NULL: few
    value type_names;        // LIST of STRING: PSTypeNames, or $null
    bool prefix;             // type_names are only those before the names of the .NET types
    struct members *next;    // heap.c: waiting for release
    struct promise *promise; // what value_members adds before anybody sees them; or NULL
    int64_t number;          // which object of the promise this is
};

// Members that many objects of one origin have, and that few are asked for: made when first looked at.
struct promise {
    struct object head; // an OBJECT
    bool (*fill)(struct interp *in, struct promise *promise, int64_t number, value self);
};

// heap.c: a counted object of that kind with one reference, the rest zero. NULL: out of memory, thrown.
void *heap_new(struct interp *in, size_t size, enum value_kind kind, const struct type *type);

// A property of a type, whoever defined it.
static inline bool property_is_writable(const struct property *property)
{
    return property->set || property->field;
}
bool property_read(struct interp *in, const struct property *property, value self, value *ret);
bool property_write(struct interp *in, const struct property *property, value self, value to);
struct member *member_find(const struct members *members, const char *name, size_t size);
bool member_remove(struct interp *in, value self, const char *name, size_t size);
// Adds it or replaces the one of that name; keeps its values.
bool member_put(struct interp *in, value self, const struct member *member);

bool member_promise(struct interp *in, value self, struct promise *promise, int64_t number); // keeps it

// What the object was given, NULL: nothing. A number or a date has members once value_box was asked for it:
// then an index into the session's boxes stands in the bits beside it, and every copy of the value shares
// them. Nobody counts references to a number, so what a box holds lives until the session ends.
struct members *value_members(const struct interp *in, value v);
// Makes *v, owned by the caller, a value that can have members of its own: a string becomes another string.
bool value_box(struct interp *in, value *v);
void boxes_free(struct interp *in);         // at the session's end
void members_free(struct members *members); // heap.c

// The object's own member of that name, else the one that Update-TypeData gave to its first type name that
// has one; NULL: none.
const struct member *member_lookup(struct interp *in, value self, const char *name, size_t size);
// Reads it on self. *ret_found false: an alias of nothing.
bool member_value(struct interp *in, value self, const struct member *member, value *ret, bool *ret_found);
bool member_assign(struct interp *in, value self, struct member *member, value to);
const struct property *property_find(const struct type *type, const char *name, size_t size);
// The live list of PSTypeNames.
bool member_type_names(struct interp *in, value self, value *ret);

// PSObject, PSBase, PSAdapted, PSExtended, PSTypeNames. False: *ret is untouched, none of them.
bool intrinsic_get(struct interp *in, value self, const char *name, size_t size, value *ret)
    __attribute__((weak));

#endif
