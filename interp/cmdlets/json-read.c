#include "interp/cmdlets/json-read.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/objects.h"
#include "interp/value/bigint.h"
#include "interp/value/clock.h"

static bool read_value(struct json_reader *r, int depth, value *ret);

static bool fail(struct json_reader *r, enum json_fault fault, const char *problem)
{
    r->fault = fault;
    r->problem = problem;
    return false;
}

static bool thrown(struct json_reader *r, bool ok)
{
    return ok || fail(r, JSON_THROWN, "");
}

// --- Between the values
// ---------------------------------------------------------------------------------------------

static bool skip_comment(struct json_reader *r)
{
    const char *close;
    if (r->end - r->at < 2)
        return fail(r, JSON_SYNTAX, "a value");
    if (r->at[1] == '/') {
        close = memchr(r->at, '\n', (size_t)(r->end - r->at));
        return r->at = close ? close : r->end, true;
    }
    close = r->at[1] == '*' ? memmem(r->at + 2, (size_t)(r->end - r->at) - 2, "*/", 2) : NULL;
    if (!close)
        return fail(r, JSON_SYNTAX, "the end of a comment");
    return r->at = close + 2, true;
}

static bool skip(struct json_reader *r)
{
    while (r->at < r->end) {
        if (*r->at == '/') {
            if (!skip_comment(r))
                return false;
        } else if (isspace((unsigned char)*r->at)) {
            r->at++;
        } else {
            break;
        }
    }
    return true;
}

static bool at_char(const struct json_reader *r, char c)
{
    return r->at < r->end && *r->at == c;
}

static bool take(struct json_reader *r, char c)
{
    if (!at_char(r, c))
        return false;
    r->at++;
    return true;
}

// --- Strings
// --------------------------------------------------------------------------------------------------------

static bool read_hex(struct json_reader *r, uint32_t *ret)
{
    uint32_t code = 0;
    if (r->end - r->at < 4)
        return fail(r, JSON_SYNTAX, "four hexadecimal digits");
    for (int i = 0; i < 4; i++, r->at++) {
        if (!isxdigit((unsigned char)*r->at))
            return fail(r, JSON_SYNTAX, "four hexadecimal digits");
        code =
            code * 16 + (uint32_t)(isdigit((unsigned char)*r->at) ? *r->at - '0' : (*r->at | 32) - 'a' + 10);
    }
    *ret = code;
    return true;
}

static bool read_unicode(struct json_reader *r, struct buf *out)
{
    uint32_t code, low;
    if (!read_hex(r, &code))
        return false;
    const char *after = r->at;
    if (code >= 0xD800 && code <= 0xDBFF && r->end - r->at >= 6 && r->at[0] == '\\' && r->at[1] == 'u') {
        r->at += 2;
        if (!read_hex(r, &low))
            return false;
        if (utf16_is_pair(code, low))
            code = utf16_join(code, low);
        else
            r->at = after;
    }
    buf_add_codepoint(out, code);
    return true;
}

static bool read_escape(struct json_reader *r, struct buf *out)
{
    static const char letters[] = "bfnrt\"'\\/", meanings[] = "\b\f\n\r\t\"'\\/";
    if (r->at == r->end)
        return fail(r, JSON_SYNTAX, "the end of a string");
    char c = *r->at++;
    if (c == 'u')
        return read_unicode(r, out);
    const char *found = c ? strchr(letters, c) : NULL;
    if (!found)
        return fail(r, JSON_SYNTAX, "an escape that JSON knows");
    buf_add_char(out, meanings[found - letters]);
    return true;
}

static bool read_quoted(struct json_reader *r, struct buf *out)
{
    char quote = *r->at++;
    for (;;) {
        const char *from = r->at;
        while (r->at < r->end && *r->at != quote && *r->at != '\\')
            r->at++;
        buf_add(out, from, (size_t)(r->at - from));
        if (r->at == r->end)
            return fail(r, JSON_SYNTAX, "the end of a string");
        if (*r->at++ == quote)
            return out->failed ? thrown(r, throw_memory(r->in)) : true;
        if (!read_escape(r, out))
            return false;
    }
}

// --- Dates
// ----------------------------------------------------------------------------------------------------------

static value date_of(const struct json_reader *r, int64_t ticks, enum date_kind kind)
{
    return (value){.kind = V_DATETIME,
                   .aux = kind,
                   .i = kind == DATE_LOCAL ? date_to_local(ticks, DATE_UTC, &r->in->zone) : ticks};
}

// What has no offset of its own stands in local time.
static bool with_offset(const struct json_reader *r, const struct date_text *date, value *ret)
{
    int64_t east = date->has_offset ? date->offset * TICKS_PER_MINUTE
                                    : zone_offset_local(&r->in->zone, date->ticks) * TICKS_PER_SECOND;
    if (date_offset_new && date_offset_new(r->in, date->ticks, east, ret))
        return true;
    return value_set(&r->in->thrown, value_null), false;
}

static bool iso_date(const struct json_reader *r, const struct buf *text, value *ret)
{
    struct date_text date;
    if (!date_read_iso(text->data, text->size, &date))
        return false;
    bool zulu = date.has_offset && text->data[text->size - 1] == 'Z';
    int64_t utc = date.ticks - date.offset * TICKS_PER_MINUTE;
    if (utc < 0 || utc > DATE_MAX_TICKS)
        return false;
    if (r->dates == JSON_DATE_OFFSET)
        return with_offset(r, &date, ret);
    if (r->dates == JSON_DATE_UTC)
        *ret = date_of(r, utc, DATE_UTC);
    else if (!date.has_offset)
        *ret = (value){.kind = V_DATETIME,
                       .aux = r->dates == JSON_DATE_LOCAL ? DATE_LOCAL : DATE_UNSPECIFIED,
                       .i = date.ticks};
    else
        *ret = date_of(r, utc, zulu && r->dates == JSON_DATE_DEFAULT ? DATE_UTC : DATE_LOCAL);
    return true;
}

static bool microsoft_date(const struct json_reader *r, const struct buf *text,
                           value *ret) // /Date(1704067200000)/
{
    char *end;
    if (text->size < 9 || memcmp(text->data, "/Date(", 6) != 0 ||
        memcmp(text->data + text->size - 2, ")/", 2) != 0)
        return false;
    errno = 0;
    long long milliseconds = strtoll(text->data + 6, &end, 10);
    bool offset = *end == '+' || *end == '-';
    if (errno || end == text->data + 6 || (*end != ')' && !offset) || llabs(milliseconds) > 300000000000000)
        return false;
    int64_t ticks = UNIX_EPOCH_TICKS + milliseconds * TICKS_PER_MILLISECOND;
    if (ticks < 0 || ticks > DATE_MAX_TICKS)
        return false;
    if (r->dates == JSON_DATE_OFFSET && date_offset_new)
        return date_offset_new(r->in, ticks, 0, ret);
    *ret = date_of(r, ticks, offset || r->dates == JSON_DATE_LOCAL ? DATE_LOCAL : DATE_UTC);
    return true;
}

static bool read_string(struct json_reader *r, value *ret)
{
    struct buf text = BUF_INIT;
    bool ok = read_quoted(r, &text);
    if (ok && r->dates != JSON_DATE_STRING && text.size >= 9 &&
        (iso_date(r, &text, ret) || microsoft_date(r, &text, ret)))
        return buf_free(&text), true;
    ok = ok && thrown(r, string_new(r->in, buf_text(&text), text.size, ret));
    buf_free(&text);
    return ok;
}

// --- Numbers and words
// ----------------------------------------------------------------------------------------------

static bool is_number_char(char c)
{
    return isxdigit((unsigned char)c) || (c && strchr("+-.xX", c));
}

static bool radix_number(struct json_reader *r, const char *digits, int base, bool negative, value *ret)
{
    char *end;
    errno = 0;
    unsigned long long n = strtoull(digits, &end, base);
    if (errno || *end || end == digits || *digits == '-' || *digits == '+')
        return fail(r, JSON_SYNTAX, "a number");
    *ret = value_long(negative ? -(int64_t)n : (int64_t)n);
    return true;
}

static bool whole_number(struct json_reader *r, const char *text, bool negative, value *ret)
{
    char *end;
    const char *digits = text + negative;
    errno = 0;
    long long n = strtoll(text, &end, 10);
    if (*end || end == text)
        return fail(r, JSON_SYNTAX, "a number");
    if (!errno)
        return *ret = value_long(n), true;
    return thrown(r, bigint_from_text(r->in, digits, strlen(digits), negative, ret));
}

static bool real_number(struct json_reader *r, const char *text, value *ret)
{
    char *end;
    if (strpbrk(text, "xXpP"))
        return fail(r, JSON_SYNTAX, "a number");
    double n = strtod(text, &end);
    if (*end || end == text)
        return fail(r, JSON_SYNTAX, "a number");
    *ret = value_double(n);
    return true;
}

static bool convert_number(struct json_reader *r, const char *text, value *ret)
{
    bool negative = *text == '-';
    const char *digits = text + negative;
    if (digits[0] == '0' && (digits[1] | 32) == 'x')
        return radix_number(r, digits + 2, 16, negative, ret);
    if (strpbrk(digits, ".eE"))
        return real_number(r, text, ret);
    if (digits[0] == '0' && digits[1])
        return radix_number(r, digits + 1, 8, negative, ret);
    return whole_number(r, text, negative, ret);
}

static bool read_number(struct json_reader *r, value *ret)
{
    const char *from = r->at;
    while (r->at < r->end && is_number_char(*r->at))
        r->at++;
    struct buf text = BUF_INIT;
    if (!buf_add(&text, from, (size_t)(r->at - from)))
        return buf_free(&text), thrown(r, throw_memory(r->in));
    bool ok = convert_number(r, buf_text(&text), ret);
    buf_free(&text);
    return ok;
}

static bool take_word(struct json_reader *r, const char *word)
{
    size_t size = strlen(word);
    if ((size_t)(r->end - r->at) < size || memcmp(r->at, word, size) != 0)
        return false;
    const char *after = r->at + size;
    if (after < r->end && (isalnum((unsigned char)*after) || *after == '_' || *after == '$'))
        return false;
    r->at = after;
    return true;
}

static bool read_word(struct json_reader *r, value *ret)
{
    const struct {
        const char *word;
        value v;
    } words[] = {
        {"true", value_true},
        {"false", value_false},
        {"null", value_null},
        {"undefined", value_null},
        {"NaN", value_double(NAN)},
        {"Infinity", value_double(INFINITY)},
        {"-Infinity", value_double(-INFINITY)},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (take_word(r, words[i].word))
            return *ret = words[i].v, true;
    if (is_number_char(*r->at) && !(isalpha((unsigned char)*r->at)))
        return read_number(r, ret);
    return fail(r, JSON_SYNTAX, "a value");
}

// --- Arrays and objects
// ---------------------------------------------------------------------------------------------

static bool read_items(struct json_reader *r, int depth, struct array *list)
{
    value item;
    while (skip(r) && !take(r, ']')) {
        if (r->in->interrupted)
            return fail(r, JSON_THROWN, "");
        if (r->at == r->end)
            return fail(r, JSON_SYNTAX, "]");
        if (!read_value(r, depth + 1, &item))
            return false;
        bool kept = list_add(r->in, list, item);
        value_drop(item);
        if (!thrown(r, kept) || !skip(r))
            return false;
        if (!take(r, ',') && !at_char(r, ']'))
            return fail(r, JSON_SYNTAX, "a comma or ]");
    }
    return r->fault == JSON_FINE;
}

static bool read_array(struct json_reader *r, int depth, value *ret)
{
    value list;
    r->at++;
    if (!thrown(r, list_new(r->in, NULL, &list)))
        return false;
    bool ok = read_items(r, depth, list.array) &&
              thrown(r, array_from(r->in, list.array->items, list.array->count, ret));
    value_drop(list);
    return ok;
}

static bool read_key(struct json_reader *r, struct buf *key)
{
    if (at_char(r, '"') || at_char(r, '\''))
        return read_quoted(r, key);
    while (r->at < r->end &&
           (isalnum((unsigned char)*r->at) || *r->at == '_' || *r->at == '$' || (*r->at & 0x80)))
        buf_add_char(key, *r->at++);
    return key->size > 0 || fail(r, JSON_SYNTAX, "the name of a property");
}

// Properties of objects ignore letter case, so two that differ by case only cannot stand side by side.
static bool put_member(struct json_reader *r, value object, const char *name, value v)
{
    struct member_walk walk;
    const char *other;
    size_t size;
    if (!*name)
        return fail(r, JSON_EMPTY_KEY, "");
    member_walk_start(r->in, &walk, object);
    while (member_walk_next(&walk, &other, &size))
        if (utf8_same_ignore_case(other, size, name, strlen(name)) && strncmp(other, name, size) != 0)
            return fail(r, JSON_KEYS_BY_CASE, "");
    return thrown(r, member_add(r->in, object, name, v));
}

static bool put(struct json_reader *r, value object, const char *name, size_t size, value v)
{
    value key;
    if (!r->tables)
        return put_member(r, object, name, v);
    if (!thrown(r, string_new(r->in, name, size, &key)))
        return false;
    bool ok = table_set(r->in, object.table, key, v);
    value_drop(key);
    return thrown(r, ok);
}

static bool read_member(struct json_reader *r, int depth, value object)
{
    struct buf key = BUF_INIT;
    value v;
    bool ok = read_key(r, &key) && skip(r) && (take(r, ':') || fail(r, JSON_SYNTAX, "a colon")) &&
              read_value(r, depth + 1, &v);
    if (ok) {
        ok = put(r, object, buf_text(&key), key.size, v);
        value_drop(v);
    }
    buf_free(&key);
    return ok;
}

static bool read_members(struct json_reader *r, int depth, value object)
{
    while (skip(r) && !take(r, '}')) {
        if (r->in->interrupted)
            return fail(r, JSON_THROWN, "");
        if (r->at == r->end)
            return fail(r, JSON_SYNTAX, "}");
        if (!read_member(r, depth, object) || !skip(r))
            return false;
        if (!take(r, ',') && !at_char(r, '}'))
            return fail(r, JSON_SYNTAX, "a comma or }");
    }
    return r->fault == JSON_FINE;
}

#pragma weak type_ordered_hashtable
static bool new_table(struct interp *in, value *ret)
{
    if (!table_new(in, false, ret))
        return false;
    if (&type_ordered_hashtable)
        ret->object->type = &type_ordered_hashtable;
    return true;
}

static bool read_object(struct json_reader *r, int depth, value *ret)
{
    value object;
    r->at++;
    if (!thrown(r, r->tables ? new_table(r->in, &object) : custom_new(r->in, &object)))
        return false;
    if (r->tables)
        object.table->case_sensitive = true;
    if (!read_members(r, depth, object))
        return value_drop(object), false;
    *ret = object;
    return true;
}

static bool read_value(struct json_reader *r, int depth, value *ret)
{
    if (!skip(r))
        return false;
    if (r->at == r->end)
        return fail(r, JSON_SYNTAX, "a value");
    if ((*r->at == '{' || *r->at == '[') && (depth >= r->max_depth || depth >= JSON_DEEPEST))
        return fail(r, JSON_DEPTH, "");
    switch (*r->at) {
    case '{':
        return read_object(r, depth, ret);
    case '[':
        return read_array(r, depth, ret);
    case '"':
    case '\'':
        return read_string(r, ret);
    default:
        return read_word(r, ret);
    }
}

bool json_read(struct json_reader *reader, value *ret)
{
    value v;
    if (!read_value(reader, 0, &v))
        return false;
    if (!skip(reader) || (reader->at < reader->end && !fail(reader, JSON_SYNTAX, "the end of the text")))
        return value_drop(v), false;
    *ret = v;
    return true;
}
