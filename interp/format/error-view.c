#include "interp/format/error-view.h"

#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/format/text.h"

#define RED "\x1b[31;1m"
#define CYAN "\x1b[36;1m"
#define RESET "\x1b[0m"

enum { TAB_CELLS = 4, GUTTER_CELLS = 7 }; // "   2 | "

struct place {                  // where an error stands; every value is owned
    value file, line, position; // STRINGs, or $null
    size_t column;              // 1-based UTF-16 units; 0: unknown
    size_t number;              // of the line
};

struct painter {
    struct interp *in;
    const struct error_style *style;
    struct buf *out;
};

static void paint(struct painter *p, const char *colour)
{
    if (p->style->colour)
        buf_add_text(p->out, colour);
}

// A property as text; $null where there is none, where it is empty, or where reading it fails.
static value text_member(struct interp *in, value self, const char *name)
{
    value found = value_null, text = value_null, thrown = value_keep(in->thrown);
    bool there = false;
    bool ok = !value_is_null(self) && member_get(in, self, name, strlen(name), &found, &there) && there &&
              !value_is_null(found) && value_to_string(in, found, &text);
    value_drop(found);
    value_set(&in->thrown, thrown); // looking at an error raises none
    value_drop(thrown);
    if (ok && text.kind == V_STRING && text.string->size)
        return text;
    value_drop(text);
    return value_null;
}

static value invocation_of(struct interp *in, const struct error_record *record)
{
    const value self = {.kind = V_ERROR, .error = (struct error_record *)record};
    value found = value_null, thrown = value_keep(in->thrown);
    bool there;
    member_get(in, self, "InvocationInfo", strlen("InvocationInfo"), &found, &there);
    value_set(&in->thrown, thrown);
    value_drop(thrown);
    return found;
}

static void find_place(struct interp *in, const struct error_record *record, struct place *ret)
{
    value invocation = invocation_of(in, record);
    *ret = (struct place){
        .file = text_member(in, invocation, "ScriptName"),
        .line = text_member(in, invocation, "Line"),
        .position = text_member(in, invocation, "PositionMessage"),
        .column = record->column,
        .number = record->line,
    };
    value_drop(invocation);
}

static void drop_place(struct place *place)
{
    value_drop(place->file);
    value_drop(place->line);
    value_drop(place->position);
}

static bool is_file_with_lines(value file)
{
    struct text name = text_of(file);
    return name.size && !(name.size > 5 && utf8_same_ignore_case(name.at + name.size - 5, 5, ".psm1", 5));
}

static bool shows_place(const struct error_record *record, const struct place *place)
{
    if (!text_of(place->line).size || !place->number)
        return false;
    return record->category == CAT_ParserError || is_file_with_lines(place->file) || place->number > 1;
}

static bool from_throw(struct interp *in, const struct error_record *record)
{
    value was = text_member(in, record->exception, "WasThrownFromThrowStatement");
    bool yes = value_is_text(was, "True");
    value_drop(was);
    return yes;
}

// Without a category worth naming: the kind of exception.
static void add_reason(struct painter *p, const struct error_record *record)
{
    const struct type *type = value_type(record->exception);
    const char *dot = type ? strrchr(type->name, '.') : NULL;
    buf_add_text(p->out, dot ? dot + 1 : type ? type->name : "Error");
}

static void add_name(struct painter *p, const struct error_record *record)
{
    struct text activity = text_of(record->activity);
    value invocation = invocation_of(p->in, record), command = text_member(p->in, invocation, "MyCommand");
    struct text name = text_of(command);
    if (from_throw(p->in, record))
        buf_add_text(p->out, "Exception");
    else if (name.size)
        buf_add(p->out, name.at, name.size);
    else if (activity.size)
        buf_add(p->out, activity.at, activity.size);
    else if (record->category != CAT_NotSpecified)
        buf_add_text(p->out, category_name(record->category));
    else
        add_reason(p, record);
    value_drop(command);
    value_drop(invocation);
}

// The source line as it is shown: without its newline, tabs as blanks.
static void expand_line(struct text line, struct buf *out)
{
    for (size_t i = 0; i < line.size && line.at[i] != '\n' && line.at[i] != '\r'; i++) {
        if (line.at[i] == '\t')
            buf_add_repeat(out, ' ', TAB_CELLS);
        else
            buf_add_char(out, line.at[i]);
    }
}

static size_t cells_before(struct text line, size_t column)
{
    size_t cells = 0, units = 0;
    for (size_t at = 0, used; at < line.size && units + 1 < column; at += used) {
        uint32_t codepoint = utf8_decode(line.at + at, line.size - at, &used);
        units += codepoint > 0xffff ? 2 : 1;
        cells += codepoint == '\t' ? TAB_CELLS : text_cells((struct text){line.at + at, used});
    }
    return cells;
}

static size_t underline_cells(const struct place *place)
{
    struct text position = text_of(place->position);
    size_t most = 0;
    for (size_t i = 0, run = 0; i < position.size; i++) {
        run = position.at[i] == '~' ? run + 1 : 0;
        most = run > most ? run : most;
    }
    return most ? most : 1;
}

static void add_source(struct painter *p, const struct place *place)
{
    struct buf line = BUF_INIT;
    size_t width = p->style->width ? p->style->width : 80,
           room = width > GUTTER_CELLS + 3 ? width - GUTTER_CELLS - 3 : 8;
    expand_line(text_of(place->line), &line);
    struct text shown = {buf_text(&line), line.size};
    bool cut = text_cells(shown) > room;
    paint(p, CYAN);
    buf_printf(p->out, "Line |\n%4zu | ", place->number);
    paint(p, RESET);
    buf_printf(p->out, " %.*s%s\n", (int)(cut ? text_head(shown, room - 1) : shown.size), shown.at,
               cut ? " " ELLIPSIS : "");
    paint(p, CYAN);
    buf_add_text(p->out, "     | ");
    paint(p, RED);
    buf_add_char(p->out, ' ');
    buf_add_repeat(p->out, ' ', cells_before(text_of(place->line), place->column));
    buf_add_repeat(p->out, '~', underline_cells(place));
    buf_add_char(p->out, '\n');
    paint(p, CYAN);
    buf_add_text(p->out, "     | ");
    paint(p, RED);
    buf_free(&line);
}

// Beside a script's lines a message is one paragraph behind the bar, broken between words.
static void add_paragraph(struct painter *p, struct text message)
{
    size_t width = p->style->width ? p->style->width : 80, column = GUTTER_CELLS;
    for (size_t at = 0; at < message.size;) {
        size_t end = at;
        while (end < message.size && !strchr(" \n\t\r", message.at[end]))
            end++;
        size_t cells = text_cells((struct text){message.at + at, end - at});
        if (column > GUTTER_CELLS && column + cells > width) {
            buf_add_text(p->out, "\n     | ");
            column = GUTTER_CELLS;
        }
        buf_add(p->out, message.at + at, end - at);
        if (end < message.size)
            buf_add_char(p->out, ' ');
        column += cells + 1;
        at = end + 1;
    }
    buf_add_char(p->out, '\n');
}

static void add_head(struct painter *p, const struct error_record *record, const struct place *place)
{
    struct text file = text_of(place->file);
    paint(p, RED);
    add_name(p, record);
    buf_add_text(p->out, ": ");
    if (!shows_place(record, place))
        return;
    if (file.size)
        buf_printf(p->out, "%.*s:%zu", (int)file.size, file.at, place->number);
    paint(p, RESET);
    buf_add_char(p->out, '\n');
    add_source(p, place);
}

static void add_advice(struct painter *p, const struct error_record *record)
{
    value self = {.kind = V_ERROR, .error = (struct error_record *)record}, details = value_null;
    bool found = false;
    if (!member_get(p->in, self, "ErrorDetails", strlen("ErrorDetails"), &details, &found))
        return;
    value advice = text_member(p->in, details, "RecommendedAction");
    struct text text = text_of(advice);
    if (text.size)
        buf_printf(p->out, "\n  Recommendation: %.*s", (int)text.size, text.at);
    value_drop(advice);
    value_drop(details);
}

bool error_view(struct interp *in, value record, const struct error_style *style, struct buf *out)
{
    struct painter painter = {in, style, out};
    struct place place;
    value words;
    if (!error_text(in, record.error, &words))
        return false;
    struct text message = text_of(words);
    find_place(in, record.error, &place);
    add_head(&painter, record.error, &place);
    if (shows_place(record.error, &place) &&
        (is_file_with_lines(place.file) || record.error->category == CAT_ParserError))
        add_paragraph(&painter, message);
    else
        buf_add(out, message.at, message.size);
    add_advice(&painter, record.error);
    paint(&painter, RESET);
    drop_place(&place);
    value_drop(words);
    return !out->failed || throw_full(in, out);
}
