// base/wildcard.h: PowerShell's wildcards: * any text, ? one character, [a-f0] one of a set, ` takes the next
// as it is.
#ifndef BASE_WILDCARD_H
#define BASE_WILDCARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

// The whole text against the whole pattern. A malformed pattern ("[a") matches nothing.
bool wildcard_match(const char *pattern, size_t pattern_size, const char *text, size_t text_size,
                    bool ignore_case);
bool wildcard_has(const char *pattern, size_t size);   // holds an unescaped * ? or [
bool wildcard_valid(const char *pattern, size_t size); // every [ has its ]
// Appends the text that an escaped pattern without wildcards stands for ("a`[b" is a[b), and the other way
// round.
bool wildcard_unescape(const char *pattern, size_t size, struct buf *out);
bool wildcard_escape(const char *text, size_t size, struct buf *out);

#endif
