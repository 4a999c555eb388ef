// interp/value/regex.h: regular expressions of .NET's language: PCRE2 without JIT, limited in steps.
#ifndef INTERP_REGEX_H
#define INTERP_REGEX_H

#include "base/buf.h"
#include "interp/value/regex-syntax.h"
#include "interp/value/value.h"

// The whole text against \A(?:pattern)\z ignoring the case of ASCII. A pattern that does not compile matches
// nothing; one that takes too many steps throws PatternLimit.
bool regex_matches_whole(struct interp *in, const char *pattern, const char *text, size_t size, bool *ret);

struct regex; // a compiled pattern, and its last match

// options: enum regex_option. text: the one that will be searched, NULL: anything. Compiled patterns are kept
// for the next one who asks. False: not a pattern; in->thrown is set only where memory is short.
bool regex_open(struct interp *in, const struct string *pattern, unsigned options, const struct string *text,
                struct regex **ret);
void regex_close(struct interp *in, struct regex *regex);
void regexes_free(struct interp *in); // the ones kept

// The first match at or after byte `from`. 1: found, 0: none, -1: thrown. With RightToLeft, the first that
// ends at or before it.
int regex_next(struct interp *in, struct regex *regex, const char *text, size_t size, size_t from);
void regex_keep_captures(struct regex *regex); // from now on: regex_capture answers

// Of the last match, in bytes. Groups are counted in the order of their numbers, 0 is the whole match.
size_t regex_groups(const struct regex *regex);
bool regex_group(const struct regex *regex, size_t n, size_t *ret_start,
                 size_t *ret_end); // false: took no part
int32_t regex_group_number(const struct regex *regex, size_t n);
bool regex_group_named(const struct regex *regex, size_t n); // not just a number
bool regex_group_name(struct interp *in, const struct regex *regex, size_t n, value *ret);
// What group n held before, newest first: *io_state begins as SIZE_MAX.
bool regex_capture(const struct regex *regex, size_t n, size_t *io_state, size_t *ret_start, size_t *ret_end);
// Where to look on after the last match: an empty one moves on by a character.
size_t regex_after(const struct regex *regex, const char *text, size_t size);
bool regex_runs_left(const struct regex *regex);

// A pattern of substitutions ($1 ${name} $& …) for the last match, appended.
void regex_substitute(const struct regex *regex, const char *text, size_t size, const char *by,
                      size_t by_size, struct buf *out);

// types-regex.c: each match replaced by what a script block makes of it ($_ is the match). Not in
// jesh-restricted.
bool regex_replace_by_block(struct interp *in, struct regex *regex, value text, value block, value *ret)
    __attribute__((weak));

#endif
