#include "profiles/load.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

void loader_init(struct loader *loader, struct source *source, const struct data *table, struct err *err)
{
    *loader = (struct loader){.arena = &source->arena, .file = source->name, .table = table, .err = err};
    loader->last = &loader->first;
}

bool load_fail(struct loader *loader, const struct data *at, const char *id, const char *format, ...)
{
    char text[ERR_TEXT];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    err_set(loader->err, EXIT_SETUP, id, "%s", text);
    return err_at(loader->err, loader->file, at->line, at->column);
}

void *load_new(struct loader *loader, size_t count, size_t size)
{
    void *block = arena_new(loader->arena, count * size + 1);
    if (!block)
        err_set(loader->err, EXIT_SETUP, "OutOfMemory", "no memory left for this profile");
    return block;
}

bool load_note(struct loader *loader, const struct data_entry *entry, bool refuses, const char *id,
               const char *format, ...)
{
    char text[ERR_TEXT];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    struct load_note *note = load_new(loader, 1, sizeof *note);
    const char *copy = note ? arena_text(loader->arena, text, strlen(text)) : NULL;
    if (!copy)
        return note ? err_set(loader->err, EXIT_SETUP, "OutOfMemory", "no memory left for this profile")
                    : false;
    note->note = (struct profile_note){.id = id, .text = copy, .refuses = refuses};
    if (entry) {
        note->note.key = entry->key->kind == DATA_STRING ? entry->key->text.at : "";
        note->note.line = entry->key->line;
        note->note.column = entry->key->column;
    }
    *loader->last = note;
    loader->last = &note->next;
    loader->note_count++;
    return true;
}

bool load_notes_into(struct loader *loader, struct profile_note **ret_notes, size_t *ret_count)
{
    struct profile_note *notes = load_new(loader, loader->note_count, sizeof *notes);
    if (!notes)
        return false;
    size_t count = 0;
    for (const struct load_note *note = loader->first; note; note = note->next)
        notes[count++] = note->note;
    *ret_notes = notes;
    *ret_count = count;
    return true;
}

struct data_list data_list_of(const struct data *value)
{
    if (value->kind == DATA_ARRAY)
        return (struct data_list){.items = (const struct data *const *)value->array.items,
                                  .count = value->array.count};
    return (struct data_list){.single = value, .count = value->kind != DATA_NULL};
}

const struct data *data_list_at(const struct data_list *list, size_t i)
{
    return list->single ? list->single : list->items[i];
}

bool data_asks(const struct data *value)
{
    switch (value->kind) {
    case DATA_NULL:
        return false;
    case DATA_BOOL:
        return value->flag;
    case DATA_ARRAY:
        return value->array.count > 0;
    case DATA_TABLE:
        return value->table.count > 0;
    default:
        return true;
    }
}

static size_t number_text(const struct number *number, char *ret_text, size_t size)
{
    switch (number->type) {
    case NUM_U8:
    case NUM_U16:
    case NUM_U32:
    case NUM_U64:
        return (size_t)snprintf(ret_text, size, "%" PRIu64, number->u);
    case NUM_F64:
        return (size_t)snprintf(ret_text, size, "%.15g", number->f);
    case NUM_DECIMAL:
        return decimal_to_text(number->decimal, ret_text);
    case NUM_BIGINT:
        return (size_t)snprintf(ret_text, size, "%s%.*s", number->big.negative ? "-" : "",
                                (int)number->big.size, number->big.digits);
    default:
        return (size_t)snprintf(ret_text, size, "%" PRId64, number->i);
    }
}

const char *data_text_of(struct loader *loader, const struct data *value)
{
    char text[128];
    switch (value->kind) {
    case DATA_STRING:
        return value->text.at;
    case DATA_BOOL:
        return value->flag ? "True" : "False";
    case DATA_NUMBER:
        number_text(&value->number, text, sizeof text);
        return arena_text(loader->arena, text, strlen(text));
    default:
        return NULL;
    }
}

bool data_is_text(const struct data *value, const char *text)
{
    return value->kind == DATA_STRING &&
           utf8_same_ignore_case(value->text.at, value->text.size, text, strlen(text));
}

bool data_is_clean(const struct data *value)
{
    if (value->kind != DATA_STRING || value->text.size == 0)
        return false;
    for (size_t i = 0; i < value->text.size; i++)
        if ((unsigned char)value->text.at[i] < ' ' || value->text.at[i] == 0x7f)
            return false;
    return true;
}

struct hint data_hint(const struct data *written, struct names names)
{
    return written->kind == DATA_STRING ? nearest_hint(written->text.at, written->text.size, names)
                                        : (struct hint){""};
}
