#include "ctl/json.h"

#include <string.h>

#include "base/utf8.h"

static void add_char(struct buf *out, uint32_t c)
{
    if (c == '"' || c == '\\')
        buf_printf(out, "\\%c", (int)c);
    else if (c == '\n')
        buf_add_text(out, "\\n");
    else if (c == '\t')
        buf_add_text(out, "\\t");
    else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0xd800 && c < 0xe000))
        buf_printf(out, "\\u%04x", c);
    else
        buf_add_codepoint(out, c);
}

void json_add_text(struct buf *out, const char *text)
{
    if (!text) {
        buf_add_text(out, "null");
        return;
    }
    buf_add_char(out, '"');
    for (size_t left = strlen(text), size; left; left -= size, text += size)
        add_char(out, utf8_decode(text, left, &size));
    buf_add_char(out, '"');
}

static void add_name(struct buf *out, const char *name)
{
    json_add_text(out, name);
    buf_add_char(out, ':');
}

void json_add_member(struct buf *out, const char *name, const char *text)
{
    add_name(out, name);
    json_add_text(out, text);
    buf_add_char(out, ',');
}

void json_add_number(struct buf *out, const char *name, long long number)
{
    add_name(out, name);
    buf_printf(out, "%lld,", number);
}

void json_add_flag(struct buf *out, const char *name, bool flag)
{
    add_name(out, name);
    buf_add_text(out, flag ? "true," : "false,");
}

void json_end(struct buf *out, char bracket)
{
    if (out->size && out->data[out->size - 1] == ',')
        out->data[--out->size] = '\0';
    buf_add_char(out, bracket);
}
