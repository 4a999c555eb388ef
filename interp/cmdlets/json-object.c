// Microsoft.PowerShell.Commands.JsonObject: what ConvertFrom-Json does, for programs. jesh-full alone.
#include <ctype.h>

#include "interp/cmdlets/json-read.h"
#include "interp/value/error.h"
#include "interp/value/types-rows.h"

enum { USUAL_DEPTH = 1024 };

static bool blank(const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    return !*text;
}

// Names that an object cannot have are told by the record; the rest is thrown.
static bool fault(struct interp *in, const struct json_reader *reader, value *ret_record)
{
    switch (reader->fault) {
    case JSON_THROWN:
        return false;
    case JSON_EMPTY_KEY:
        return error_new(in, "EmptyKeyInJsonString", CAT_InvalidOperation, value_null, ret_record,
                         "A property without a name needs a table.");
    case JSON_KEYS_BY_CASE:
        return error_new(in, "KeysWithDifferentCasingInJsonString", CAT_InvalidOperation, value_null,
                         ret_record, "Properties that differ by letter case only need a table.");
    default:
        return method_throw(in, &type_argument_exception, "This is not JSON, or nested too deep.");
    }
}

// text [, whether tables [, depth]], record
METHOD(convert)
{
    value record = value_null;
    UNUSED;
    *ret = value_null;
    if (args[0].kind == V_STRING && !blank(value_text(args[0]))) {
        struct json_reader reader = {.in = in,
                                     .start = value_text(args[0]),
                                     .at = value_text(args[0]),
                                     .end = value_text(args[0]) + args[0].string->size,
                                     .max_depth =
                                         count > 3 && !value_is_null(args[2]) ? (int)args[2].i : USUAL_DEPTH,
                                     .tables = count > 2 && value_truth(args[1])};
        if (!json_read(&reader, ret) && !fault(in, &reader, &record))
            return false;
    }
    bool ok = reference_set(in, args[count - 1], record);
    value_drop(record);
    if (!ok)
        value_drop(*ret);
    return ok;
}

static const struct method statics[] = {
    {"ConvertFromJson", convert, OBJ, P(STR, REF), .names = "input error"},
    {"ConvertFromJson", convert, OBJ, P(STR, BOOLEAN, REF), .names = "input returnHashtable error"},
    {"ConvertFromJson", convert, OBJ, P(STR, BOOLEAN, OBJ, REF),
     .names = "input returnHashtable maxDepth error"},
    {0}};
const struct type_members full_json_object = {.statics = statics};
