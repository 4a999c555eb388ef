// interp/value/format.h: .NET format strings: "{0,-8:N2} items", and the formats of single values.
//
// Serves -f, Format-*'s FormatString and ToString(format). The culture is the invariant one. Unknown or unfit
// formats throw FormatError.
#ifndef INTERP_VALUE_FORMAT_H
#define INTERP_VALUE_FORMAT_H

#include "base/buf.h"
#include "interp/value/value.h"

// v.ToString(spec): numbers, dates, time spans, enums and guids by the spec; everything else as a string.
bool value_format_string(struct interp *in, value v, const char *spec, size_t size, value *ret);
// The composite format with its arguments.
bool value_format_composite(struct interp *in, const char *format, size_t size, const value *args,
                            size_t count, value *ret);

// Objects that only the whole language makes and that have formats of their own. False: not one of them.
bool format_object(value v, const char *spec, size_t size, struct buf *out, bool *ret_ok)
    __attribute__((weak));
bool complex_format(struct interp *in, value v, const char *spec, size_t size, struct buf *out, bool *ret_ok)
    __attribute__((weak));

#endif
