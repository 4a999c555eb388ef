// interp/value/shared-name.h: names that recur (of members) as one string each.
#ifndef INTERP_SHARED_NAME_H
#define INTERP_SHARED_NAME_H

#include "interp/value/value.h"

// A string with that text; one that was handed out lately, where there is one.
bool name_shared(struct interp *in, const char *text, size_t size, value *ret);
void shared_names_free(struct interp *in);

#endif
