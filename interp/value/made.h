// interp/value/made.h: types made at run time: generic ones with their arguments, arrays of arrays, arrays of
// rank > 1.
#ifndef INTERP_MADE_H
#define INTERP_MADE_H

#include "interp/value/value.h"

size_t type_rank(const struct type *type); // of an array type: 1, or the number of dimensions
void made_types_free(struct interp *in) __attribute__((weak)); // at the session's end

// Open generic types, as `System.Func`2`; NULL: none of that name and number.
const struct type *generic_definition(struct interp *in, const char *name, size_t size);
bool type_is_definition(const struct type *type) __attribute__((weak));
const struct type *generic_close(struct interp *in, const struct type *definition,
                                 const struct type *const *arguments, size_t count); // NULL: not so many
const struct type *generic_opened(struct interp *in,
                                  const struct type *made); // its definition; NULL: it is none
const struct type *type_accelerated(struct interp *in, const char *name,
                                    size_t size); // NULL: programs named none
const struct type *type_opaque(struct interp *in, const char *name, size_t size,
                               size_t arity); // known by name alone (opaque.def); NULL: not one of them
const struct type *made_interface(struct interp *in, const char *name); // one that has its name alone
bool tuple_is(value v) __attribute__((weak));

#endif
