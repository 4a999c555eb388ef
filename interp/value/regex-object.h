// interp/value/regex-object.h: the objects of System.Text.RegularExpressions.
//
// A Regex holds at[0] its pattern and at[1] its options. Captures, groups and matches hold the text, and
// where in it they lie in UTF-16 units; a group also its name, whether it took part and its captures; a match
// its groups, the Regex, and the byte where the next one is looked for (-1: nowhere).
#ifndef INTERP_REGEX_OBJECT_H
#define INTERP_REGEX_OBJECT_H

#include "interp/value/objects.h"
#include "interp/value/regex.h"

enum { OF_TEXT, OF_START, OF_LENGTH, OF_GROUPS, OF_REGEX, OF_NEXT, OF_NAME, OF_SUCCESS };
enum { OF_CAPTURES = OF_GROUPS }; // of a group that is no match
#define FIELDS(v) AS(fields, v)->at

// Counts units on from where it stood, so that many matches of one text cost one walk over it.
struct unit_cursor {
    value text;
    size_t byte, unit;
};

// The last match of `run` as an object; cursor NULL: a new one.
bool match_make(struct interp *in, struct regex *run, value regex, value text, struct unit_cursor *cursor,
                value *ret);
bool match_failed(struct interp *in, value regex, value text, value *ret);

// Compiles a Regex's pattern for a text ($null: any). False: thrown.
bool regex_run(struct interp *in, value regex, value text, struct regex **ret);
bool regex_match_from(struct interp *in, value regex, value text, size_t from, value *ret);

#endif
