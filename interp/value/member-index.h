// interp/value/member-index.h: the members of an object with many of them, found by their names' hashes.
#ifndef INTERP_MEMBER_INDEX_H
#define INTERP_MEMBER_INDEX_H

#include "interp/value/member.h"

// The last member was appended. Without memory for an index there is none, and members are searched in turn.
void member_index_add(struct members *members);
void member_index_drop(struct members *members); // before one is taken away
// Of members that have an index; NULL: none of that name.
struct member *member_index_find(const struct members *members, const char *name, size_t size);

#endif
