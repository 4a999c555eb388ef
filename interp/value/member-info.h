// interp/value/member-info.h: members as objects: PSNoteProperty and its kin, and the collections that
// .PSObject gives of them. jesh-full alone.
#ifndef INTERP_MEMBER_INFO_H
#define INTERP_MEMBER_INFO_H

#include "interp/value/member.h"
#include "interp/value/objects.h"

struct member_info {
    struct object head;
    value target;         // whose member it is; $null: not yet anyone's
    struct member member; // as it was when the object was made; that of a type's own property has a name only
    bool own;             // of a type's table: no member of the object
    bool instance;        // the object's own, not its type's
};

// The member of that name of target, as an object; false with nothing thrown: there is none.
bool member_info_find(struct interp *in, value target, const char *name, size_t size, value *ret);
bool member_info_new(struct interp *in, value target, const struct member *member, bool instance, value *ret);
bool member_info_of_property(struct interp *in, value target, const char *name, size_t size, value *ret);
bool is_member_info(value v) __attribute__((weak));
const char *member_type_text(value info) __attribute__((weak)); // "NoteProperty"
uint32_t member_type_bits(value info);                          // PSMemberTypes
// What Get-Member calls its definition.
bool member_info_text(struct interp *in, value self, value *ret) __attribute__((weak));
bool method_static_text(struct interp *in, value method, value *ret) __attribute__((weak));
bool constructors_text(struct interp *in, const struct type *type, value *ret) __attribute__((weak));
bool member_info_put(struct interp *in, value target, value info); // makes it one of target's members

enum { INFO_PROPERTIES = 1, INFO_METHODS = 2, INFO_SETS = 4, INFO_ALL = 7, INFO_HIDDEN = 8 };
// Everything of those kinds, in PowerShell's order: a LIST.
bool member_infos(struct interp *in, value target, unsigned kinds, value *ret) __attribute__((weak));

#endif
