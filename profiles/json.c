#include "profiles/json.h"

#include <string.h>

#include "base/utf8.h"

static void add_char(struct buf *out, uint32_t c)
{
    if (c == '"' || c == '\\')
        buf_printf(out, "\\%c", (char)c);
    else if (c < 0x20 || (c >= 0x7f && c < 0xa0)) // a terminal may show it
        buf_printf(out, "\\u%04x", (unsigned)c);
    else
        buf_add_codepoint(out, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
}

void json_string(struct buf *out, const char *text)
{
    size_t size = text ? strlen(text) : 0, used = 1;

    if (!text) {
        buf_add_text(out, "null");
        return;
    }
    buf_add_char(out, '"');
    for (size_t i = 0; i < size; i += used)
        add_char(out, utf8_decode(text + i, size - i, &used));
    buf_add_char(out, '"');
}

void json_next(struct buf *out)
{
    if (out->size && !strchr("{[:\n", out->data[out->size - 1]))
        buf_add_char(out, ',');
}

void json_key(struct buf *out, const char *name)
{
    json_next(out);
    json_string(out, name);
    buf_add_char(out, ':');
}

void json_field(struct buf *out, const char *name, const char *text)
{
    json_key(out, name);
    json_string(out, text);
}

void json_number(struct buf *out, const char *name, unsigned long long number)
{
    json_key(out, name);
    buf_printf(out, "%llu", number);
}

void json_bool(struct buf *out, const char *name, bool value)
{
    json_key(out, name);
    buf_add_text(out, value ? "true" : "false");
}
