// interp/value/regex-object.h: what the Regex type needs of regex.c.
#ifndef INTERP_REGEX_OBJECT_H
#define INTERP_REGEX_OBJECT_H

#include "interp/value/value.h"

struct regex_run; // a compiled pattern with a text
// options: .NET's RegexOptions. False: thrown (RegexParseException), or out of memory.
bool regex_open(struct interp *in, const char *pattern, size_t size, int64_t options, struct regex_run **ret);
void regex_close(struct regex_run *run);
// The first match at or after byte `from`. 1: found, 0: none, -1: thrown.
int regex_next(struct interp *in, struct regex_run *run, const char *text, size_t size, size_t from);
size_t regex_groups(const struct regex_run *run); // the whole match included
bool regex_group(const struct regex_run *run, size_t n, size_t *ret_start,
                 size_t *ret_end);                                   // false: took no part
const char *regex_group_name(const struct regex_run *run, size_t n); // NULL: only a number
void regex_substitute(const struct regex_run *run, const char *text, size_t size, const char *by,
                      size_t by_size, struct buf *out);

#endif
