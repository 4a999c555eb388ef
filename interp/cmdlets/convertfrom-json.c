#include <ctype.h>

#include "interp/cmdlets/json-read.h"
#include "interp/eval/interp.h"
#include "interp/value/clock.h"

enum { INPUT_OBJECT, AS_HASHTABLE, DEPTH, NO_ENUMERATE, DATE_KIND };

static const struct param params[] = {
    {"InputObject", "string", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_ALLOW_EMPTY, 0},
    {"AsHashtable", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Depth", "int", NULL, PARAM_NAMED, 0, 0, .min = 1, .max = 2147483647},
    {"NoEnumerate", "switch", NULL, PARAM_NAMED, 0, 0},
    {"DateKind", "Microsoft.PowerShell.Commands.JsonDateKind", NULL, PARAM_NAMED, 0, 0},
    {0},
};

struct state {
    value lines;
}; // LIST of STRING

static bool begin(struct command *cmd)
{
    if (!date_offset_new && cmd_bound(cmd, DATE_KIND) && cmd->arg[DATE_KIND].i == JSON_DATE_OFFSET)
        return cmd_throw(cmd, "NotSupported", CAT_NotImplemented, value_null,
                         "There are no DateTimeOffset values here; use -DateKind String, Utc or Local.");
    return list_new(cmd->in, NULL, &((struct state *)cmd->state)->lines);
}

static bool process(struct command *cmd)
{
    return list_add(cmd->in, ((struct state *)cmd->state)->lines.array, cmd->arg[INPUT_OBJECT]);
}

static unsigned line_of(const struct json_reader *reader)
{
    unsigned line = 1;
    for (const char *at = reader->start; at < reader->at; at++)
        line += *at == '\n';
    return line;
}

static bool tell(struct command *cmd, const struct json_reader *reader)
{
    switch (reader->fault) {
    case JSON_THROWN:
        return false;
    case JSON_EMPTY_KEY:
        return cmd_throw(cmd, "EmptyKeyInJsonString", CAT_InvalidOperation, value_null,
                         "A property without a name needs -AsHashtable.");
    case JSON_KEYS_BY_CASE:
        return cmd_throw(cmd, "KeysWithDifferentCasingInJsonString", CAT_InvalidOperation, value_null,
                         "Properties that differ by letter case only need -AsHashtable.");
    case JSON_DEPTH:
        return cmd_throw(cmd, "System.ArgumentException", CAT_NotSpecified, value_null,
                         "The JSON is nested deeper than -Depth %d.", reader->max_depth);
    default:
        return cmd_throw(cmd, "System.ArgumentException", CAT_NotSpecified, value_null,
                         "This is not JSON: line %u, expected %s.", line_of(reader), reader->problem);
    }
}

static struct json_reader reader_of(struct command *cmd, const char *text, size_t size)
{
    return (struct json_reader){
        .in = cmd->in,
        .start = text,
        .at = text,
        .end = text + size,
        .max_depth = cmd_bound(cmd, DEPTH) ? (int)cmd->arg[DEPTH].i : 1024,
        .tables = cmd_switch(cmd, AS_HASHTABLE),
        .dates = cmd_bound(cmd, DATE_KIND) ? (enum json_dates)cmd->arg[DATE_KIND].i : JSON_DATE_DEFAULT,
    };
}

static bool blank(const char *text, size_t size)
{
    while (size > 0 && isspace((unsigned char)text[size - 1]))
        size--;
    return size == 0;
}

static bool write_read(struct command *cmd, value v)
{
    bool go_on = cmd_switch(cmd, NO_ENUMERATE) ? cmd_write(cmd, v) : cmd_write_each(cmd, v);
    value_drop(v);
    return go_on;
}

static bool convert(struct command *cmd, const char *text, size_t size)
{
    struct json_reader reader = reader_of(cmd, text, size);
    value v;
    if (blank(text, size))
        return true;
    return json_read(&reader, &v) ? write_read(cmd, v) : tell(cmd, &reader);
}

static bool convert_joined(struct command *cmd, const struct array *lines)
{
    struct buf all = {.limit = cmd->in->string_limit};
    for (size_t i = 0; i < lines->count; i++) {
        if (i > 0)
            buf_add_char(&all, '\n');
        buf_add(&all, value_text(lines->items[i]), lines->items[i].string->size);
    }
    bool go_on = all.failed ? throw_full(cmd->in, &all) : convert(cmd, buf_text(&all), all.size);
    buf_free(&all);
    return go_on;
}

// Several strings are texts of their own where the first is one, else the lines of a single text.
static bool first_is_whole(struct command *cmd, value line, bool *ret_whole)
{
    struct json_reader reader = reader_of(cmd, value_text(line), line.string->size);
    value v;
    *ret_whole = json_read(&reader, &v);
    if (*ret_whole)
        value_drop(v);
    return *ret_whole || reader.fault != JSON_THROWN;
}

static bool end(struct command *cmd)
{
    const struct array *lines = ((struct state *)cmd->state)->lines.array;
    bool whole;
    if (lines->count == 0)
        return true;
    if (lines->count == 1)
        return convert(cmd, value_text(lines->items[0]), lines->items[0].string->size);
    if (!first_is_whole(cmd, lines->items[0], &whole))
        return false;
    if (!whole)
        return convert_joined(cmd, lines);
    for (size_t i = 0; i < lines->count; i++)
        if (!convert(cmd, value_text(lines->items[i]), lines->items[i].string->size))
            return false;
    return true;
}

static void clean(struct command *cmd)
{
    value_drop(((struct state *)cmd->state)->lines);
}

const struct cmdlet cmdlet_convertfrom_json = {
    .params = params,
    .state_size = sizeof(struct state),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = clean,
};
