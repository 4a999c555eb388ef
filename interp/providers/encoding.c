#include "interp/providers/encoding.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct encoding_name {
    const char *name;
    int page;
    enum encoding encoding;
};
static const struct encoding_name names[] = {
    {"ansi", 0, ENCODING_UTF8}, // the code page of a Linux machine is UTF-8
    {"ascii", 20127, ENCODING_ASCII},
    {"bigendianunicode", 1201, ENCODING_UTF16_BE},
    {"bigendianutf32", 12001, ENCODING_UTF32_BE},
    {"iso-8859-1", 28591, ENCODING_LATIN1},
    {"latin1", -1, ENCODING_LATIN1},
    {"oem", -1, ENCODING_UTF8},
    {"unicode", 1200, ENCODING_UTF16},
    {"us-ascii", -1, ENCODING_ASCII},
    {"utf-16", -1, ENCODING_UTF16},
    {"utf-16be", -1, ENCODING_UTF16_BE},
    {"utf-16le", -1, ENCODING_UTF16},
    {"utf-32", -1, ENCODING_UTF32},
    {"utf-32be", -1, ENCODING_UTF32_BE},
    {"utf-8", 65001, ENCODING_UTF8},
    {"utf32", 12000, ENCODING_UTF32},
    {"utf8", -1, ENCODING_UTF8},
    {"utf8BOM", -1, ENCODING_UTF8_BOM},
    {"utf8NoBOM", -1, ENCODING_UTF8},
};

static bool same_page(const struct encoding_name *row, value v)
{
    return v.kind >= V_I8 && v.kind <= V_U64 && row->page == v.i;
}

static bool same_name(const struct encoding_name *row, value v)
{
    char page[16];
    if (v.kind != V_STRING)
        return false;
    const char *text = value_text(v);
    size_t size = strspn(text, "0123456789");
    if (size > 0 && size == strlen(text) && size < sizeof page)
        return row->page >= 0 && strtoul(text, NULL, 10) == (unsigned long)row->page;
    return strcasecmp(row->name, text) == 0;
}

bool encoding_from(value v, enum encoding *ret_encoding)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (same_page(&names[i], v) || same_name(&names[i], v))
            return *ret_encoding = names[i].encoding, true;
    return false;
}
