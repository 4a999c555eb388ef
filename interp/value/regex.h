// interp/value/regex.h: regular expressions: PCRE2 without JIT, standing in for .NET's, limited in steps.
#ifndef INTERP_REGEX_H
#define INTERP_REGEX_H

#include "interp/value/value.h"

// The whole text against \A(?:pattern)\z ignoring the case of ASCII. A pattern that does not compile matches
// nothing; one that takes too many steps throws PatternLimit.
bool regex_matches_whole(struct interp *in, const char *pattern, const char *text, size_t size, bool *ret);
void regex_cache_free(struct interp *in); // compiled patterns, at the session's end

#endif
