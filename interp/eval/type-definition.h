// interp/eval/type-definition.h: types that texts define. Weak: jesh-restricted has none.
#ifndef INTERP_TYPE_DEFINITION_H
#define INTERP_TYPE_DEFINITION_H

#include "interp/eval/interp.h"
#include "interp/value/method.h"

bool types_define(struct interp *in, const struct source *source)
    __attribute__((weak)); // those of a text; throws
// "Color" or "Color[]"; NULL: no text defined one of that name. They live as long as the session.
const struct type *defined_type(struct interp *in, const char *name, size_t size) __attribute__((weak));

static inline const struct type *type_named(struct interp *in, const char *name, size_t size)
{
    const struct type *type = defined_type ? defined_type(in, name, size) : NULL;
    return type ? type : (type_find_in ? type_find_in(in, name, size) : type_find(name, size));
}

#endif
