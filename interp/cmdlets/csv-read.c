#include "interp/cmdlets/csv-read.h"

#include <string.h>

#include "base/mem.h"

void csv_free(struct csv_record *record)
{
    buf_free(&record->text);
    mem_free(record->fields, record->capacity * sizeof *record->fields);
    *record = (struct csv_record){0};
}

static bool add_field(struct csv_record *record, size_t from)
{
    if (record->count == record->capacity) {
        struct csv_field *fields = mem_grow(record->fields, &record->capacity, 16, sizeof *fields);
        if (!fields)
            return false;
        record->fields = fields;
    }
    record->fields[record->count++] = (struct csv_field){from, record->text.size - from};
    return buf_add_char(&record->text, '\0');
}

static bool at_line_end(const struct csv_reader *r)
{
    return r->at == r->end || *r->at == '\n' || *r->at == '\r';
}

static bool at_delimiter(const struct csv_reader *r)
{
    size_t size = strlen(r->delimiter);
    return (size_t)(r->end - r->at) >= size && memcmp(r->at, r->delimiter, size) == 0;
}

static void take_line_end(struct csv_reader *r)
{
    if (r->at < r->end && *r->at++ == '\r' && r->at < r->end && *r->at == '\n')
        r->at++;
}

static void read_plain(struct csv_reader *r, struct buf *text)
{
    while (!at_line_end(r) && !at_delimiter(r))
        buf_add_char(text, *r->at++);
}

static void read_quoted(struct csv_reader *r, struct buf *text)
{
    for (r->at++; r->at < r->end; r->at++) {
        if (*r->at == '"' && (r->at + 1 == r->end || r->at[1] != '"')) {
            r->at++;
            break;
        }
        r->at += *r->at == '"';
        buf_add_char(text, *r->at);
    }
    size_t quoted = text->size;
    read_plain(r, text); // what stands between the closing quote and the delimiter belongs to the field
    while (text->size > quoted && (text->data[text->size - 1] == ' ' || text->data[text->size - 1] == '\t'))
        text->data[--text->size] = '\0';
}

static bool is_blank(const struct csv_reader *r)
{
    return r->at < r->end && (*r->at == ' ' || *r->at == '\t') && !at_delimiter(r);
}

bool csv_next(struct csv_reader *r, struct csv_record *record, bool *ret_more)
{
    record->count = 0;
    buf_clear(&record->text);
    *ret_more = r->at < r->end;
    while (r->at < r->end) {
        size_t from = record->text.size;
        while (is_blank(r))
            r->at++;
        bool quoted = r->at < r->end && *r->at == '"' && !at_delimiter(r);
        if (quoted)
            read_quoted(r, &record->text);
        else
            read_plain(r, &record->text);
        bool more = at_delimiter(r) && r->at < r->end;
        if ((quoted || more || record->text.size > from || record->count == 0) && !add_field(record, from))
            return false;
        if (!more) {
            take_line_end(r);
            break;
        }
        r->at += strlen(r->delimiter);
    }
    return !record->text.failed;
}

bool csv_is_blank(const struct csv_record *record)
{
    return record->count == 0 || (record->count == 1 && record->fields[0].size == 0);
}
