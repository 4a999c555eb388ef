// profiles/json.h: writing JSON into a buffer. One value after another; commas are set by whoever writes.
#ifndef PROFILES_JSON_H
#define PROFILES_JSON_H

#include <stdbool.h>

#include "base/buf.h"

// A string in quotes, with everything escaped that JSON demands or a terminal obeys; NULL: null. Bytes that are not UTF-8 become U+FFFD.
void json_string(struct buf *out, const char *text);
// "NAME":, after a comma unless it is the first in its object.
void json_key(struct buf *out, const char *name);
// A comma, unless the buffer is empty or ends with { [ : or a newline.
void json_next(struct buf *out);
void json_field(struct buf *out, const char *name, const char *text);
void json_number(struct buf *out, const char *name, unsigned long long number);
void json_bool(struct buf *out, const char *name, bool value);

#endif
