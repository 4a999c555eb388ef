// interp/eval/block-members.h: the callable members of script blocks.
#ifndef INTERP_BLOCK_MEMBERS_H
#define INTERP_BLOCK_MEMBERS_H

#include "interp/value/method.h"

extern const struct type_members full_scriptblock;

void block_wrap_thrown(struct interp *in);

#endif
