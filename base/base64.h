// base/base64.h: RFC 4648 §4, padded.
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/buf.h"

bool base64_encode(const void *bytes, size_t size, struct buf *out);
// Appends the bytes. blanks: white space may stand anywhere. False: not base64; whether `out` could grow is asked
// of it.
bool base64_decode(const char *text, bool blanks, struct buf *out);

#endif
