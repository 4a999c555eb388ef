// interp/value/type-definitions.h: the signatures of .NET types' methods, those too that jesh does not have.
#ifndef INTERP_TYPE_DEFINITIONS_H
#define INTERP_TYPE_DEFINITIONS_H

#include "interp/value/value.h"

enum definition_kind { DEFINED_M, DEFINED_S, DEFINED_C, DEFINED_I, DEFINED_P };

bool type_is_defined(const struct type *type)
    __attribute__((weak)); // its methods are listed here, all of them
// One definition a line, as a STRING[]. *ret_found false: nothing is known of that one.
bool type_definition(struct interp *in, const struct type *type, enum definition_kind kind, const char *name,
                     value *ret, bool *ret_found) __attribute__((weak));
// The names of one kind, n from 0; NULL after the last.
const char *type_defined_name(const struct type *type, enum definition_kind kind, size_t n)
    __attribute__((weak));

#endif
