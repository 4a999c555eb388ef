// interp/cmdlets/json-read.h: JSON as ConvertFrom-Json takes it: also comments, single quotes, names without
// quotes, commas before a closing bracket, 0x10, 010 (octal), .5, NaN and Infinity.
#ifndef CMDLETS_JSON_READ_H
#define CMDLETS_JSON_READ_H

#include "interp/value/value.h"

enum json_dates { JSON_DATE_DEFAULT, JSON_DATE_LOCAL, JSON_DATE_UTC, JSON_DATE_OFFSET, JSON_DATE_STRING };
enum json_fault { JSON_FINE, JSON_SYNTAX, JSON_DEPTH, JSON_EMPTY_KEY, JSON_KEYS_BY_CASE, JSON_THROWN };

struct json_reader {
    struct interp *in;
    const char *start, *at, *end;
    int max_depth;
    bool tables; // objects become case-sensitive dictionaries
    enum json_dates dates;
    enum json_fault fault; // afterwards: why it failed; THROWN: in->thrown says so
    const char *problem;   // afterwards: what was expected
};

enum { JSON_DEEPEST = 4096 }; // whatever -Depth says: reading goes down by calls

bool json_read(struct json_reader *reader, value *ret); // the whole text; `at` is where a failure was found

#endif
