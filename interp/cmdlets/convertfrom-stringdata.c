#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"

enum { STRING_DATA, DELIMITER };

static const struct param params[] = {
    {"StringData", "string", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_ALLOW_EMPTY, 0},
    {"Delimiter", "char", NULL, 1, 0, 0},
    {0},
};

struct piece {
    const char *text;
    size_t size;
};

static struct piece trim(struct piece p)
{
    while (p.size && strchr(" \t\r\v\f", *p.text) && *p.text)
        p.text++, p.size--;
    while (p.size && strchr(" \t\r\v\f", p.text[p.size - 1]) && p.text[p.size - 1])
        p.size--;
    return p;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static size_t add_hex(const char *text, size_t size, size_t most, struct buf *out)
{
    uint32_t code = 0;
    size_t used = 0;
    for (; used < most && used < size && hex_digit(text[used]) >= 0; used++)
        code = code * 16 + (uint32_t)hex_digit(text[used]);
    if (used)
        buf_add_codepoint(out, code);
    return used;
}

// The escapes of .NET's Regex.Unescape.
static size_t add_escape(const char *text, size_t size, struct buf *out) // after the backslash
{
    static const char letters[] = "abefnrtv", meanings[] = "\a\b\x1b\f\n\r\t\v";
    const char *found = *text ? strchr(letters, *text) : NULL;
    if (found)
        return buf_add_char(out, meanings[found - letters]), 1;
    if (*text == 'x' || *text == 'u')
        return 1 + add_hex(text + 1, size - 1, *text == 'x' ? 2 : 4, out);
    return buf_add_char(out, *text), 1;
}

static bool unescape(struct interp *in, struct piece p, value *ret)
{
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < p.size;) {
        if (p.text[i] == '\\' && i + 1 < p.size)
            i += 1 + add_escape(p.text + i + 1, p.size - i - 1, &out);
        else
            buf_add_char(&out, p.text[i++]);
    }
    bool ok = out.failed ? throw_full(in, &out) : string_new(in, buf_text(&out), out.size, ret);
    buf_free(&out);
    return ok;
}

static bool put(struct command *cmd, struct table *table, struct piece name, struct piece text)
{
    value key, val;
    if (!string_new(cmd->in, name.text, name.size, &key))
        return false;
    bool ok = true;
    if (table_get(table, key))
        ok = cmd_throw(cmd, "DataItemAlreadyDefined", CAT_InvalidOperation, value_null,
                       "'%s' is given twice.", value_text(key));
    else if ((ok = unescape(cmd->in, text, &val))) {
        ok = table_set(cmd->in, table, key, val);
        value_drop(val);
    }
    value_drop(key);
    return ok;
}

static bool put_line(struct command *cmd, struct table *table, struct piece line, const char *mark,
                     size_t mark_size)
{
    line = trim(line);
    if (line.size == 0 || *line.text == '#')
        return true;
    const char *at = memmem(line.text, line.size, mark, mark_size);
    if (!at || at == line.text)
        return cmd_throw(cmd, "InvalidDataLine", CAT_InvalidOperation, value_null,
                         "'%.*s' is not name%svalue.", (int)line.size, line.text, mark);
    struct piece name = {line.text, (size_t)(at - line.text)};
    struct piece text = {at + mark_size, line.size - name.size - mark_size};
    return put(cmd, table, trim(name), trim(text));
}

static bool process(struct command *cmd)
{
    const struct string *data = cmd->arg[STRING_DATA].string;
    char mark[5] = "=";
    size_t mark_size = 1;
    value table;
    if (cmd_bound(cmd, DELIMITER)) {
        mark_size = utf8_encode((uint32_t)cmd->arg[DELIMITER].i, mark);
        mark[mark_size] = '\0';
    }
    if (data->size == 0)
        return table_new(cmd->in, false, &table) && cmd_take(cmd, table);
    if (!table_new(cmd->in, false, &table))
        return false;
    for (size_t at = 0; at <= data->size;) {
        const char *end = memchr(data->text + at, '\n', data->size - at);
        size_t size = end ? (size_t)(end - data->text) - at : data->size - at;
        if (!put_line(cmd, table.table, (struct piece){data->text + at, size}, mark, mark_size))
            return value_drop(table), false;
        at += size + 1;
    }
    return cmd_take(cmd, table);
}

const struct cmdlet cmdlet_convertfrom_stringdata = {.params = params, .process = process};
