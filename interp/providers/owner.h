// interp/providers/owner.h: names of owners.
//
// Nothing inside reads the machine's accounts, and a user namespace of one id shows every other id as 65534:
// names come from the broker (OWNER in profiles/broker.def), many in one question, and the answers of one
// folder are kept. Where nobody answers, an owner is the number that the kernel shows.
#ifndef INTERP_OWNER_H
#define INTERP_OWNER_H

#include <stdbool.h>
#include <sys/stat.h>

#include "interp/value/value.h"

struct interp;

// `path` is absolute and has `stat`, of the item itself.
bool owner_user(struct interp *in, const char *path, const struct stat *stat, value *ret_name);
bool owner_group(struct interp *in, const char *path, const struct stat *stat, value *ret_name);

// Somebody lists a folder: the next questions are likely to be about these of its entries (array of STRING),
// in this order.
bool owner_expect(struct interp *in, const char *folder, value names);

void owner_forget(struct interp *in); // gives all back; in->drives must still be there

#endif
