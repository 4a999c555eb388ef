#include "interp/cmdlets/json-write.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/bigint.h"
#include "interp/value/enum.h"
#include "interp/value/number-text.h"
#include "interp/value/types.h"

static bool write_value(struct json_writer *w, value v, int depth);

// --- Texts
// ----------------------------------------------------------------------------------------------------------

static bool must_escape(const struct json_writer *w, uint32_t c)
{
    if (c < 0x20 || c == '"' || c == '\\' || c == 0x85 || c == 0x2028 || c == 0x2029)
        return true;
    if (c >= 0xD800 && c <= 0xDFFF)
        return true; // half of a pair cannot be written as UTF-8
    if (w->escape == JSON_ESCAPE_HTML)
        return c == '<' || c == '>' || c == '&' || c == '\'';
    return w->escape == JSON_ESCAPE_NON_ASCII && c >= 0x7F;
}

static void add_escaped(struct json_writer *w, uint32_t c)
{
    static const char letters[] = "bfnrt\"\\", meanings[] = "\b\f\n\r\t\"\\";
    const char *found = c && c < 0x80 ? strchr(meanings, (int)c) : NULL;
    if (found && !(c == '"' && w->escape == JSON_ESCAPE_HTML)) {
        buf_add_char(&w->out, '\\');
        buf_add_char(&w->out, letters[found - meanings]);
    } else if (c >= 0x10000) {
        buf_printf(&w->out, "\\u%04x\\u%04x", utf16_high(c), utf16_low(c));
    } else {
        buf_printf(&w->out, "\\u%04x", c);
    }
}

static bool write_text(struct json_writer *w, const char *text, size_t size)
{
    buf_add_char(&w->out, '"');
    for (size_t at = 0, used; at < size; at += used) {
        uint32_t c = utf8_decode(text + at, size - at, &used);
        if (must_escape(w, c))
            add_escaped(w, c);
        else
            buf_add(&w->out, text + at, used);
    }
    return buf_add_char(&w->out, '"') || throw_memory(w->in);
}

static bool write_as_text(struct json_writer *w, value v)
{
    value text;
    if (!value_to_string(w->in, v, &text))
        return false;
    bool ok = write_text(w, value_text(text), text.string->size);
    value_drop(text);
    return ok;
}

// --- Scalars
// --------------------------------------------------------------------------------------------------------

static bool write_double(struct json_writer *w, value v)
{
    char text[DOUBLE_TEXT];
    if (!isfinite(v.f))
        return write_as_text(w, v);
    double_text(v.f, v.kind == V_F32, true, text);
    buf_add_text(&w->out, text);
    if (!strpbrk(text, ".eE"))
        buf_add_text(&w->out, ".0");
    return true;
}

static bool write_decimal(struct json_writer *w, value v)
{
    char text[40];
    decimal_to_text(v.decimal->number, text);
    buf_add_text(&w->out, text);
    if (!strchr(text, '.'))
        buf_add_text(&w->out, ".0");
    return true;
}

static bool write_bigint(struct json_writer *w, value v)
{
    value text;
    if (!bigint_to_string(w->in, v, &text))
        return false;
    buf_add(&w->out, value_text(text), text.string->size);
    value_drop(text);
    return true;
}

static bool write_date(struct json_writer *w, value v)
{
    static const char format[] = "'\"'yyyy-MM-ddTHH:mm:ss.FFFFFFFK'\"'";
    date_format(v.i, (enum date_kind)v.aux, &w->in->zone, format, sizeof format - 1, &w->out);
    return true;
}

static bool write_scalar(struct json_writer *w, value v, bool *ret_done)
{
    *ret_done = true;
    switch (v.kind) {
    case V_NULL:
    case V_VOID:
        return buf_add_text(&w->out, "null");
    case V_BOOL:
    case V_SWITCH:
        return buf_add_text(&w->out, v.b ? "true" : "false");
    case V_I8:
    case V_I16:
    case V_I32:
    case V_I64:
        return buf_printf(&w->out, "%lld", (long long)v.i);
    case V_U8:
    case V_U16:
    case V_U32:
    case V_U64:
        return buf_printf(&w->out, "%llu", (unsigned long long)v.u);
    case V_F32:
    case V_F64:
        return write_double(w, v);
    case V_DECIMAL:
        return write_decimal(w, v);
    case V_BIGINT:
        return write_bigint(w, v);
    case V_DATETIME:
        return write_date(w, v);
    case V_STRING:
        return write_text(w, value_text(v), v.string->size);
    case V_CHAR:
    case V_TYPE:
        return write_as_text(w, v);
    case V_ENUM:
        return w->enums_as_text ? write_as_text(w, v) : buf_printf(&w->out, "%lld", (long long)v.i);
    default:
        *ret_done = false;
        return true;
    }
}

// --- Containers
// -----------------------------------------------------------------------------------------------------

static void new_line(struct json_writer *w, int depth)
{
    if (w->compress)
        return;
    buf_add_char(&w->out, '\n');
    buf_add_repeat(&w->out, ' ', 2 * (size_t)depth);
}

static bool write_key(struct json_writer *w, const char *name, size_t size, bool *first, int depth)
{
    if (!*first)
        buf_add_char(&w->out, ',');
    *first = false;
    new_line(w, depth + 1);
    bool ok = write_text(w, name, size);
    buf_add_text(&w->out, w->compress ? ":" : ": ");
    return ok;
}

static void close_with(struct json_writer *w, char bracket, bool empty, int depth)
{
    if (!empty)
        new_line(w, depth);
    buf_add_char(&w->out, bracket);
}

static bool write_array(struct json_writer *w, const struct array *array, int depth)
{
    buf_add_char(&w->out, '[');
    for (size_t i = 0; i < array->count; i++) {
        if (i > 0)
            buf_add_char(&w->out, ',');
        new_line(w, depth + 1);
        if (!write_value(w, array->items[i], depth + 1))
            return false;
    }
    close_with(w, ']', array->count == 0, depth);
    return true;
}

static bool write_member(struct json_writer *w, value self, const char *name, size_t size, bool *first,
                         int depth)
{
    value v;
    bool found;
    if (!member_get(w->in, self, name, size, &v, &found))
        return false;
    bool ok = write_key(w, name, size, first, depth) && write_value(w, v, depth + 1);
    value_drop(v);
    return ok;
}

static bool write_notes(struct json_writer *w, value self, bool *first, int depth) // instance members only
{
    struct member_walk walk;
    const char *name;
    size_t size;
    member_walk_start(w->in, &walk, self);
    while (member_walk_next(&walk, &name, &size) && walk.stage == 0)
        if (!write_member(w, self, name, size, first, depth))
            return false;
    return true;
}

static bool write_table(struct json_writer *w, value v, int depth)
{
    bool first = true;
    buf_add_char(&w->out, '{');
    for (size_t i = 0; i < v.table->used; i++) {
        const struct table_slot *slot = &v.table->slots[i];
        if (slot->key.kind == V_VOID)
            continue;
        if (slot->key.kind != V_STRING)
            return w->bad_key = value_type(slot->key)->name, false;
        if (!write_key(w, value_text(slot->key), slot->key.string->size, &first, depth) ||
            !write_value(w, slot->val, depth + 1))
            return false;
    }
    if (!write_notes(w, v, &first, depth))
        return false;
    close_with(w, '}', first, depth);
    return true;
}

static bool write_object(struct json_writer *w, value v, int depth)
{
    struct member_walk walk;
    const char *name;
    size_t size;
    bool first = true;
    buf_add_char(&w->out, '{');
    member_walk_start(w->in, &walk, v);
    while (member_walk_next(&walk, &name, &size))
        if (!write_member(w, v, name, size, &first, depth))
            return false;
    close_with(w, '}', first, depth);
    return true;
}

// .NET gives the parts of a time span in an order of its own, not the one that lists show.
static bool write_span(struct json_writer *w, value v, int depth)
{
    static const struct {
        const char *name;
        int64_t unit, of;
    } parts[] = {
        {"Ticks", 1, 0},
        {"Days", TICKS_PER_DAY, 0},
        {"Hours", TICKS_PER_HOUR, 24},
        {"Milliseconds", TICKS_PER_MILLISECOND, 1000},
        {"Microseconds", 10, 1000},
        {"Nanoseconds", 0, 10},
        {"Minutes", TICKS_PER_MINUTE, 60},
        {"Seconds", TICKS_PER_SECOND, 60},
    };
    static const struct {
        const char *name;
        double unit;
    } totals[] = {
        {"TotalDays", TICKS_PER_DAY},
        {"TotalHours", TICKS_PER_HOUR},
        {"TotalMilliseconds", TICKS_PER_MILLISECOND},
        {"TotalMicroseconds", 10},
        {"TotalNanoseconds", 0.01},
        {"TotalMinutes", TICKS_PER_MINUTE},
        {"TotalSeconds", TICKS_PER_SECOND},
    };
    bool first = true, ok = true;
    buf_add_char(&w->out, '{');
    for (size_t i = 0; ok && i < sizeof parts / sizeof *parts; i++) {
        int64_t n = parts[i].unit ? v.i / parts[i].unit : v.i % 10 * 100;
        ok = write_key(w, parts[i].name, strlen(parts[i].name), &first, depth);
        buf_printf(&w->out, "%lld", (long long)(parts[i].unit && parts[i].of ? n % parts[i].of : n));
    }
    for (size_t i = 0; ok && i < sizeof totals / sizeof *totals; i++)
        ok = write_key(w, totals[i].name, strlen(totals[i].name), &first, depth) &&
             write_double(
                 w, value_double(totals[i].unit < 1 ? (double)v.i * 100 : (double)v.i / totals[i].unit));
    close_with(w, '}', false, depth);
    return ok;
}

static bool write_guid(struct json_writer *w, value v, int depth) // as an object with its one script property
{
    bool first = true;
    buf_add_char(&w->out, '{');
    if (!write_key(w, "value", 5, &first, depth) || !write_as_text(w, v) ||
        !write_key(w, "Guid", 4, &first, depth) || !write_as_text(w, v))
        return false;
    close_with(w, '}', false, depth);
    return true;
}

static bool write_container(struct json_writer *w, value v, int depth)
{
    if (value_enumerable(v))
        return write_array(w, v.array, depth);
    if (v.kind == V_TABLE)
        return write_table(w, v, depth);
    if (v.kind == V_TIMESPAN)
        return write_span(w, v, depth);
    return value_type(v) == &type_guid ? write_guid(w, v, depth) : write_object(w, v, depth);
}

static bool write_value(struct json_writer *w, value v, int depth)
{
    bool done;
    if (!write_scalar(w, v, &done) && !w->out.failed)
        return false;
    if (w->out.failed)
        return throw_memory(w->in);
    if (done)
        return true;
    if (value_type(v) == &type_uri || value_type(v) == &type_dbnull)
        return value_type(v) == &type_uri ? write_as_text(w, v)
                                          : buf_add_text(&w->out, "null") || throw_memory(w->in);
    if (depth <= w->max_depth)
        return write_container(w, v, depth);
    w->truncated = true;
    return write_as_text(w, v);
}

bool json_write(struct json_writer *writer, value v)
{
    writer->out.limit = writer->in->string_limit;
    return write_value(writer, v, 0) && (!writer->out.failed || throw_full(writer->in, &writer->out));
}
