// interp/value/reflection.h: the members of types as objects. jesh-full alone.
#ifndef INTERP_REFLECTION_H
#define INTERP_REFLECTION_H

#include "interp/value/method.h"

enum { REFLECT_METHODS = 1, REFLECT_CONSTRUCTORS = 2, REFLECT_PROPERTIES = 4, REFLECT_ALL = 7 };

// The members of those kinds, inherited ones too, as a LIST of objects.
bool reflection_list(struct interp *in, const struct type *type, unsigned what, value *ret);
bool reflection_has(struct interp *in, value one, value name); // is called so, case and all
bool reflection_takes(value one, const struct array *types);   // has parameters of just those types
extern const struct method reflection_methods[];               // of [type]

#endif
