// interp/value/uri.h: addresses of resources. Parts are kept escaped, as .NET's AbsoluteUri joins them.
#ifndef INTERP_URI_H
#define INTERP_URI_H

#include "interp/value/objects.h"

enum uri_part {
    URI_ORIGINAL,
    URI_SCHEME, // $null: the address is a relative one, and nothing but its text is known
    URI_USER,
    URI_HOST,
    URI_PORT, // int; -1: none
    URI_PATH,
    URI_QUERY,    // with its ?
    URI_FRAGMENT, // with its #
};
enum uri_kind { URI_ANY_KIND, URI_ABSOLUTE, URI_RELATIVE };
#define URI_PART(v, part) AS(fields, v)->at[part]
#define URI_TEXT(v, part) value_text(URI_PART(v, part))

bool uri_new(struct interp *in, value text, enum uri_kind kind, value *ret); // false: thrown
// An address whose text is $null, or not of that kind: false, nothing thrown.
bool uri_read(struct interp *in, value text, enum uri_kind kind, value *ret);
bool uri_is_absolute(value self);
int uri_default_port(const char *scheme); // -1: none
bool uri_is_scheme(const char *text, size_t size);
bool uri_is_hierarchical(const char *scheme); // one whose path dots and backslashes are understood in

// Bytes other than letters, digits and those of keep become %XX; so does % where it begins no escape.
void uri_escape(struct buf *out, const char *text, size_t size, const char *keep, bool escapes);
// %XX become what they stand for, but for those in leave and for what is no text then.
void uri_unescape(struct buf *out, const char *text, size_t size, const char *leave);
void uri_flatten(struct buf *path); // . and .. are resolved

#endif
