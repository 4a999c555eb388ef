// interp/cmdlets/json-write.h: values as JSON, as ConvertTo-Json writes them.
#ifndef CMDLETS_JSON_WRITE_H
#define CMDLETS_JSON_WRITE_H

#include "base/buf.h"
#include "interp/value/value.h"

enum json_escape { JSON_ESCAPE_DEFAULT, JSON_ESCAPE_NON_ASCII, JSON_ESCAPE_HTML };

struct json_writer {
    struct interp *in;
    struct buf out;
    int max_depth; // containers deeper than this become strings
    bool compress, enums_as_text;
    enum json_escape escape;
    bool truncated; // afterwards: something was deeper
    const char
        *bad_key; // afterwards, on failure without an error thrown: the type of a key that is no string
};

bool json_write(struct json_writer *writer, value v); // appends to out; free it with buf_free

#endif
