#include "interp/cmdlets/csv-write.h"

#include <string.h>

#include "interp/eval/interp.h"

static bool add_column(struct csv_writer *w, const char *name, size_t size)
{
    value text;
    if (!string_new(w->in, name, size, &text))
        return false;
    bool ok = list_add(w->in, w->columns.array, text);
    value_drop(text);
    return ok;
}

static bool add_keys(struct csv_writer *w, const struct table *table)
{
    for (size_t i = 0; i < table->used; i++) {
        value key = table->slots[i].key, text;
        if (key.kind == V_VOID)
            continue;
        if (!value_to_string(w->in, key, &text))
            return false;
        bool ok = list_add(w->in, w->columns.array, text);
        value_drop(text);
        if (!ok)
            return false;
    }
    return true;
}

bool csv_columns(struct csv_writer *w, value object)
{
    struct member_walk walk;
    const char *name;
    size_t size;
    if (!list_new(w->in, NULL, &w->columns))
        return false;
    if (object.kind == V_TABLE)
        return add_keys(w, object.table);
    member_walk_start(w->in, &walk, object);
    while (member_walk_next(&walk, &name, &size))
        if (!add_column(w, name, size))
            return false;
    return true;
}

static bool is_quoted(const struct csv_writer *w, const char *column, const char *text, size_t size)
{
    for (size_t i = 0; w->quote_fields.kind == V_ARRAY && i < w->quote_fields.array->count; i++)
        if (value_is_text(w->quote_fields.array->items[i], column))
            return true;
    if (w->quote_fields.kind == V_ARRAY || w->quotes == CSV_NEVER)
        return false;
    return w->quotes == CSV_ALWAYS || memchr(text, '"', size) || memchr(text, '\n', size) ||
           memmem(text, size, w->delimiter, strlen(w->delimiter));
}

static void add_field(const struct csv_writer *w, const char *column, const char *text, size_t size,
                      struct buf *out)
{
    if (!is_quoted(w, column, text, size)) {
        buf_add(out, text, size);
        return;
    }
    buf_add_char(out, '"');
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, text[i]);
    }
    buf_add_char(out, '"');
}

bool csv_header(struct csv_writer *w, struct buf *out)
{
    for (size_t i = 0; i < w->columns.array->count; i++) {
        const struct string *name = w->columns.array->items[i].string;
        if (i > 0)
            buf_add_text(out, w->delimiter);
        add_field(w, name->text, name->text, name->size, out);
    }
    return !out->failed || throw_full(w->in, out);
}

static bool add_value(const struct csv_writer *w, const char *column, value v, struct buf *out)
{
    value text;
    if (value_is_null(v))
        return true;
    if (value_enumerable(v)) { // what an array holds has no place in a field
        add_field(w, column, value_type(v)->name, strlen(value_type(v)->name), out);
        return true;
    }
    if (!value_to_string(w->in, v, &text))
        return false;
    add_field(w, column, value_text(text), text.string->size, out);
    value_drop(text);
    return true;
}

bool csv_row(struct csv_writer *w, value object, struct buf *out)
{
    for (size_t i = 0; i < w->columns.array->count; i++) {
        const struct string *name = w->columns.array->items[i].string;
        value v;
        bool found;
        if (i > 0)
            buf_add_text(out, w->delimiter);
        if (!member_get(w->in, object, name->text, name->size, &v, &found))
            return false;
        bool ok = add_value(w, name->text, v, out);
        value_drop(v);
        if (!ok)
            return false;
    }
    return !out->failed || throw_full(w->in, out);
}
