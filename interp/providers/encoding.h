// interp/providers/encoding.h: PowerShell's -Encoding.
#ifndef INTERP_ENCODING_H
#define INTERP_ENCODING_H

#include "base/encoding.h"
#include "interp/value/value.h"

// A name ("utf8BOM", "unicode", "iso-8859-1"), or a code page number. False: neither; nothing is reported.
bool encoding_from(value v, enum encoding *ret_encoding);

#endif
