// interp/value/secure.h: texts that are not shown.
#ifndef INTERP_SECURE_H
#define INTERP_SECURE_H

#include "interp/value/value.h"

bool secure_new(struct interp *in, value text, value *ret); // of a STRING
value secure_text(value secure);                            // borrowed

#endif
