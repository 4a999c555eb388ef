#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/format/expression.h"

enum {
    INPUT_OBJECT,
    PROPERTY,
    BODY,
    HEAD,
    TITLE,
    AS,
    CSS_URI,
    FRAGMENT,
    POST_CONTENT,
    PRE_CONTENT,
    META,
    CHARSET,
    TRANSITIONAL
};
enum { PAGE = 1, PIECE = 2 };

static const char *const sets[] = {"Page", "Fragment", NULL};
static const struct param params[] = {
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"Property", "object[]", NULL, 0, PARAM_ALLOW_NULL},
    {"Body", "string[]", NULL, 3, 0, PAGE},
    {"Head", "string[]", NULL, 1, 0, PAGE},
    {"Title", "string", NULL, 2, PARAM_NOT_NULL_OR_EMPTY, PAGE},
    {"As", "string", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, 0, "Table|List"},
    {"CssUri", "uri", "cu uri", PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, PAGE},
    {"Fragment", "switch", NULL, PARAM_NAMED, 0, PIECE},
    {"PostContent", "string[]", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY},
    {"PreContent", "string[]", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY},
    {"Meta", "hashtable", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, PAGE},
    {"Charset", "string", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, PAGE,
     .pattern = "^[A-Za-z0-9]\\w+\\S+[A-Za-z0-9]$"},
    {"Transitional", "switch", NULL, PARAM_NAMED, 0, PAGE},
    {0},
};

struct column {
    const struct expression *by;
    value name;
};
struct columns {
    struct column *items;
    size_t count, capacity;
};
struct state {
    struct expressions by;
    struct columns columns; // of a table, once its head is written
    bool any;
};

static bool line(struct command *cmd, const char *text)
{
    value v;
    return string_text(cmd->in, text, &v) && cmd_take(cmd, v);
}

static bool take_line(struct command *cmd, struct buf *text)
{
    value v;
    bool ok = !text->failed ? string_new(cmd->in, buf_text(text), text->size, &v) : throw_full(cmd->in, text);
    buf_free(text);
    return ok && cmd_take(cmd, v);
}

static bool lines(struct command *cmd, unsigned param)
{
    return !cmd_bound(cmd, param) || cmd_write_each(cmd, cmd->arg[param]);
}

// --- The page

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (!strcasecmp(name, *names))
            return true;
    return false;
}

static bool meta_line(struct command *cmd, const char *name, const char *content)
{
    static const char *const headers[] = {"content-type", "default-style", "x-ua-compatible", NULL},
                             *const usual[] = {"application-name", "author",   "description", "generator",
                                               "keywords",         "viewport", NULL};
    bool header = is_one_of(name, headers);
    struct buf text = BUF_INIT;
    value warning;
    if (!header && !is_one_of(name, usual)) {
        if (!string_printf(cmd->in, &warning, "'%s' is no property of -Meta that is known.", name))
            return false;
        bool ok = cmd_stream(cmd, STREAM_WARNING, warning);
        value_drop(warning);
        if (!ok)
            return false;
    }
    buf_printf(&text, "<meta %s=\"%s\" content=\"%s\">", header ? "http-equiv" : "name", name, content);
    return take_line(cmd, &text);
}

static bool metas(struct command *cmd)
{
    const struct table *table = cmd->arg[META].table;
    const struct table_slot *slot;
    bool ok = true;
    for (size_t i = 0; ok && (slot = table_nth(table, (int64_t)i)); i++) {
        value name, content;
        if (!value_to_string(cmd->in, slot->key, &name))
            return false;
        if ((ok = value_to_string(cmd->in, slot->val, &content)))
            ok = meta_line(cmd, value_text(name), value_text(content)), value_drop(content);
        value_drop(name);
    }
    return ok;
}

static bool title(struct command *cmd)
{
    struct buf text = BUF_INIT;
    buf_printf(&text, "<title>%s</title>",
               cmd_bound(cmd, TITLE) ? value_text(cmd->arg[TITLE]) : "HTML TABLE");
    return take_line(cmd, &text);
}

static bool style_sheet(struct command *cmd)
{
    struct buf text = BUF_INIT;
    buf_printf(&text, "<link rel=\"stylesheet\" type=\"text/css\" href=\"");
    bool ok = value_add_string(cmd->in, &text, cmd->arg[CSS_URI]);
    buf_printf(&text, "\" />");
    return take_line(cmd, &text) && ok;
}

static bool charset(struct command *cmd)
{
    struct buf text = BUF_INIT;
    buf_printf(&text, "<meta charset=\"%s\">", value_text(cmd->arg[CHARSET]));
    return take_line(cmd, &text);
}

static bool doctype(struct command *cmd)
{
    bool loose = cmd_switch(cmd, TRANSITIONAL);
    struct buf text = BUF_INIT;
    buf_printf(&text,
               "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 %s//EN\"  "
               "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-%s.dtd\">",
               loose ? "Transitional" : "Strict", loose ? "transitional" : "strict");
    return take_line(cmd, &text);
}

static bool page(struct command *cmd)
{
    return doctype(cmd) && line(cmd, "<html xmlns=\"http://www.w3.org/1999/xhtml\">") &&
           line(cmd, "<head>") && (!cmd_bound(cmd, CHARSET) || charset(cmd)) &&
           (!cmd_bound(cmd, META) || metas(cmd)) && (cmd_bound(cmd, HEAD) ? lines(cmd, HEAD) : title(cmd)) &&
           (!cmd_bound(cmd, CSS_URI) || style_sheet(cmd)) && line(cmd, "</head><body>") && lines(cmd, BODY);
}

static bool begin(struct command *cmd)
{
    struct state *state = cmd->state;
    value all = string_static(cmd->in, "*");
    bool own = cmd_bound(cmd, PROPERTY) && !value_is_null(cmd->arg[PROPERTY]);
    bool ok = expressions_read(cmd, own ? cmd->arg[PROPERTY] : all,
                               KEYS(EXPRESSION) | KEYS(LABEL) | KEYS(SPAN) | KEYS(SIDE), &state->by);
    value_drop(all);
    return ok && (cmd_switch(cmd, FRAGMENT) || page(cmd)) && lines(cmd, PRE_CONTENT) && line(cmd, "<table>");
}

// --- Objects

// What has a meaning in HTML, and what lies beyond ASCII in Latin-1 or outside of the first plane.
static void add_encoded(struct buf *out, const char *text, size_t size)
{
    for (size_t at = 0, step; at < size; at += step) {
        uint32_t c = utf8_decode(text + at, size - at, &step);
        const char *name = c == '<'   ? "&lt;"
                           : c == '>' ? "&gt;"
                           : c == '&' ? "&amp;"
                           : c == '"' ? "&quot;"
                                      : NULL;
        if (name)
            buf_printf(out, "%s", name);
        else if (c == '\'' || (c >= 160 && c < 256) || c > 0xFFFF)
            buf_printf(out, "&#%u;", (unsigned)c);
        else
            buf_add(out, text + at, step);
    }
}

static bool add_value(struct command *cmd, const struct column *column, value object, struct buf *out)
{
    value v, text;
    bool found;
    if (!expression_get(cmd->in, column->by, column->name, object, &v, &found) &&
        !expression_forgiven(cmd, column->by, &v))
        return false;
    bool ok = value_is_null(v) ? string_text(cmd->in, "", &text) : value_to_method_string(cmd->in, v, &text);
    value_drop(v);
    if (!ok)
        return false;
    add_encoded(out, value_text(text), text.string->size);
    return value_drop(text), true;
}

static void columns_free(struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        value_drop(columns->items[i].name);
    mem_free(columns->items, columns->capacity * sizeof *columns->items);
    *columns = (struct columns){0};
}

static bool add_column(struct columns *columns, const struct expression *by, value name)
{
    if (columns->count == columns->capacity) {
        struct column *grown = mem_grow(columns->items, &columns->capacity, 8, sizeof *grown);
        if (!grown)
            return false;
        columns->items = grown;
    }
    columns->items[columns->count++] = (struct column){by, value_keep(name)};
    return true;
}

static bool resolve(struct command *cmd, value object, struct columns *ret)
{
    struct state *state = cmd->state;
    for (size_t i = 0; i < state->by.count; i++) {
        const struct expression *by = &state->by.items[i];
        value names;
        if (!expression_names(cmd->in, by, object, &names))
            return false;
        bool ok = true;
        for (size_t n = 0; ok && n < names.array->count; n++)
            ok = add_column(ret, by, names.array->items[n]) || throw_memory(cmd->in);
        value_drop(names);
        if (!ok)
            return false;
    }
    return true;
}

static const char *label(const struct column *column)
{
    return value_text(column->by->label.kind == V_STRING ? column->by->label : column->name);
}

static bool add_mark(struct command *cmd, const char *name, value v, struct buf *out)
{
    if (value_is_null(v))
        return true;
    buf_printf(out, " %s = \"", name);
    bool ok = value_add_string(cmd->in, out, v);
    buf_printf(out, "\"");
    return ok;
}

static bool column_group(struct command *cmd, const struct columns *columns)
{
    struct buf text = BUF_INIT;
    bool ok = true;
    buf_printf(&text, "<colgroup>");
    for (size_t i = 0; ok && i < columns->count; i++) {
        const struct expression *by = columns->items[i].by;
        buf_printf(&text, "<col");
        ok = add_mark(cmd, "width", by->span, &text) && add_mark(cmd, "align", by->side, &text);
        buf_printf(&text, "/>");
    }
    buf_printf(&text, "</colgroup>");
    return ok ? take_line(cmd, &text) : (buf_free(&text), false);
}

static bool head_row(struct command *cmd, const struct columns *columns)
{
    struct buf text = BUF_INIT;
    buf_printf(&text, "<tr>");
    for (size_t i = 0; i < columns->count; i++)
        buf_printf(&text, "<th>%s</th>", label(&columns->items[i]));
    buf_printf(&text, "</tr>");
    return take_line(cmd, &text);
}

// The first object that has any of the properties says which ones the columns are.
static bool table_row(struct command *cmd, value object)
{
    struct state *state = cmd->state;
    struct columns *columns = &state->columns;
    struct buf text = BUF_INIT;
    bool ok = true;
    if (!columns->count) {
        if (!resolve(cmd, object, columns))
            return false;
        if (!columns->count)
            return true;
        if (!column_group(cmd, columns) || !head_row(cmd, columns))
            return false;
    }
    buf_printf(&text, "<tr>");
    for (size_t i = 0; ok && i < columns->count; i++) {
        buf_printf(&text, "<td>");
        ok = add_value(cmd, &columns->items[i], object, &text);
        buf_printf(&text, "</td>");
    }
    buf_printf(&text, "</tr>");
    return ok ? take_line(cmd, &text) : (buf_free(&text), false);
}

static bool list_line(struct command *cmd, const struct column *column, value object)
{
    struct buf text = BUF_INIT;
    buf_printf(&text, "<tr><td>%s:</td><td>", label(column));
    bool ok = add_value(cmd, column, object, &text);
    buf_printf(&text, "</td></tr>");
    return ok ? take_line(cmd, &text) : (buf_free(&text), false);
}

static bool list_of(struct command *cmd, value object)
{
    struct state *state = cmd->state;
    struct columns columns = {0};
    bool rule = state->any, ok = resolve(cmd, object, &columns);
    state->any = true;
    if (ok && rule && columns.count)
        ok = line(cmd, "<tr><td><hr></td></tr>");
    for (size_t i = 0; ok && i < columns.count; i++)
        ok = list_line(cmd, &columns.items[i], object);
    return columns_free(&columns), ok;
}

static bool process(struct command *cmd)
{
    value object = cmd->arg[INPUT_OBJECT];
    if (!cmd_bound(cmd, INPUT_OBJECT) || value_is_null(object))
        return true;
    bool list = cmd_bound(cmd, AS) && value_is_text(cmd->arg[AS], "List");
    return list ? list_of(cmd, object) : table_row(cmd, object);
}

static bool end(struct command *cmd)
{
    return line(cmd, "</table>") && lines(cmd, POST_CONTENT) &&
           (cmd_switch(cmd, FRAGMENT) || line(cmd, "</body></html>"));
}

static void clean(struct command *cmd)
{
    struct state *state = cmd->state;
    columns_free(&state->columns);
    expressions_free(&state->by);
}

const struct cmdlet cmdlet_convertto_html = {.params = params,
                                             .sets = sets,
                                             .state_size = sizeof(struct state),
                                             .begin = begin,
                                             .process = process,
                                             .end = end,
                                             .clean = clean};
