// interp/value/cast.h: the parts of a cast (value_convert), and how one fails. Ids are PowerShell's.
#ifndef INTERP_CAST_H
#define INTERP_CAST_H

#include "interp/value/value.h"

bool cast_refuse(struct interp *in, const char *id, value v, const struct type *to); // always false
// Making an object from a table's entries: a question to the language mode, then to the type.
bool cast_refuse_bag(struct interp *in, value v, const struct type *to);
bool cast_is_bag(value v); // a dictionary or a custom object
// Where no rule exists: what .NET's own IConvertible is asked for fails under an id of its own.
bool cast_no_rule(struct interp *in, value v, const struct type *to);

bool cast_via_text(struct interp *in, value v, const struct type *to, value *ret); // of what it is as a text
bool cast_to_integer(struct interp *in, value v, const struct type *to, enum value_kind kind, value *ret);
bool cast_to_real(struct interp *in, value v, const struct type *to, value *ret);
bool cast_to_decimal(struct interp *in, value v, value *ret);
bool cast_to_bigint(struct interp *in, value v, value *ret);
bool cast_to_char(struct interp *in, value v, value *ret);

#endif
