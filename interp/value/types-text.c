// System.Text: StringBuilder and Encoding.
#include <string.h>

#include "base/encoding.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/format.h"
#include "interp/value/types-rows.h"

#define BUILDER(v) (AS(string_builder, v)->text)

static bool out_of_range(struct interp *in)
{
    return method_throw(in, &type_argument_range_exception,
                        "The position or the length is outside of the text.");
}

// What did not fit leaves the builder as it was, and usable.
static bool grown(struct interp *in, value self, bool ok)
{
    if (!ok)
        throw_full(in, &BUILDER(self));
    BUILDER(self).failed = BUILDER(self).over = false;
    return ok;
}
static struct buf *bounded(struct interp *in, value self)
{
    BUILDER(self).limit = in->string_limit;
    return &BUILDER(self);
}
static bool add(struct interp *in, value self, const char *text, size_t size)
{
    return grown(in, self, buf_add(bounded(in, self), text, size));
}
static bool add_value(struct interp *in, value self, value v)
{
    value text;
    if (v.kind == V_STRING)
        return add(in, self, value_text(v), v.string->size);
    if (value_is_null(v))
        return true;
    if (v.kind == V_ARRAY && v.array->element == CHR) {
        bool ok = true;
        for (size_t i = 0; ok && i < v.array->count; i++)
            ok = buf_add_codepoint(bounded(in, self), (uint32_t)v.array->items[i].i);
        return grown(in, self, ok);
    }
    if (!value_to_method_string(in, v, &text))
        return false;
    bool ok = add(in, self, value_text(text), text.string->size);
    return value_drop(text), ok;
}
// Every method that changes the builder gives it back.
#define SELF (*ret = value_keep(self), true)

METHOD(append)
{
    return UNUSED, add_value(in, self, args[0]) && SELF;
}
METHOD(append_line)
{
    return UNUSED, (!count || add_value(in, self, args[0])) && add(in, self, "\n", 1) && SELF;
}
METHOD(append_repeat)
{
    UNUSED;
    if (args[1].i < 0)
        return out_of_range(in);
    bool ok = true;
    for (int64_t i = 0; ok && i < args[1].i; i++)
        ok = buf_add_codepoint(bounded(in, self), (uint32_t)args[0].i);
    return grown(in, self, ok) && SELF;
}
static bool slice_of(struct interp *in, value text, int64_t from, int64_t count, value *ret)
{
    if (from < 0 || count < 0 || from + count > text.string->units)
        return out_of_range(in);
    return string_slice(in, text.string, (size_t)from, (size_t)count, ret);
}
METHOD(append_part)
{
    value part;
    UNUSED;
    if (!slice_of(in, args[0], args[1].i, args[2].i, &part))
        return false;
    bool ok = add_value(in, self, part);
    return value_drop(part), ok && SELF;
}
METHOD(append_format)
{
    value text;
    bool many = count == 2 && args[1].kind == V_ARRAY;
    const value *items = many ? args[1].array->items : args + 1;
    if (!value_format_composite(in, value_text(args[0]), args[0].string->size, items,
                                many ? args[1].array->count : count - 1, &text)) {
        value_set(&in->thrown, value_null);
        return method_throw(in, &type_format_exception,
                            "The text is not a format, or asks for an argument that is not there.");
    }
    bool ok = add_value(in, self, text);
    return value_drop(text), ok && SELF;
}
METHOD(append_join)
{
    UNUSED;
    for (size_t i = 0; i < args[1].array->count; i++)
        if ((i && !add_value(in, self, args[0])) || !add_value(in, self, args[1].array->items[i]))
            return false;
    return SELF;
}
bool string_builder_to_string(struct interp *in, value self, value *ret)
{
    return string_new(in, buf_text(&BUILDER(self)), BUILDER(self).size, ret);
}
METHOD(to_string)
{
    return UNUSED, string_builder_to_string(in, self, ret);
}
METHOD(to_string_part)
{
    value whole;
    UNUSED;
    if (!string_builder_to_string(in, self, &whole))
        return false;
    bool ok = slice_of(in, whole, args[0].i, args[1].i, ret);
    return value_drop(whole), ok;
}
static size_t units_of(value self)
{
    return utf8_units(buf_text(&BUILDER(self)), BUILDER(self).size);
}
static size_t byte_of(value self, size_t unit)
{
    if (utf8_is_ascii(buf_text(&BUILDER(self)), BUILDER(self).size))
        return unit;
    size_t byte = 0, used;
    while (unit && byte < BUILDER(self).size) {
        unit -= utf8_decode(BUILDER(self).data + byte, BUILDER(self).size - byte, &used) > 0xffff && unit > 1
                    ? 2
                    : 1;
        byte += used;
    }
    return byte;
}
static bool splice(struct interp *in, value self, size_t at, size_t drop, const char *text, size_t size)
{
    struct buf *own = bounded(in, self);
    if (!grown(in, self, buf_reserve(own, size)))
        return false;
    memmove(own->data + at + size, own->data + at + drop, own->size - at - drop);
    memcpy(own->data + at, text, size);
    own->size = own->size - drop + size;
    own->data[own->size] = 0;
    return true;
}
METHOD(insert)
{
    value text;
    UNUSED;
    if (args[0].i < 0 || (size_t)args[0].i > units_of(self))
        return out_of_range(in);
    if (!value_to_method_string(in, args[1], &text))
        return false;
    bool ok = splice(in, self, byte_of(self, (size_t)args[0].i), 0, value_text(text), text.string->size);
    return value_drop(text), ok && SELF;
}
METHOD(remove_part)
{
    UNUSED;
    int64_t from = args[0].i, length = args[1].i;
    if (from < 0 || length < 0 || (size_t)(from + length) > units_of(self))
        return out_of_range(in);
    size_t start = byte_of(self, (size_t)from);
    return splice(in, self, start, byte_of(self, (size_t)(from + length)) - start, "", 0) && SELF;
}
METHOD(replace)
{
    value old, by;
    UNUSED;
    if (!value_to_string(in, args[0], &old))
        return false;
    if (!old.string->size)
        return value_drop(old),
               method_throw(in, &type_argument_exception, "The text to replace must not be empty.");
    bool ok = value_to_string(in, args[1], &by);
    struct buf out = {.limit = in->string_limit};
    const char *at = buf_text(&BUILDER(self)), *end = at + BUILDER(self).size, *found;
    while (ok && (found = memmem(at, (size_t)(end - at), value_text(old), old.string->size))) {
        buf_add(&out, at, (size_t)(found - at));
        buf_add(&out, value_text(by), by.string->size);
        at = found + old.string->size;
    }
    if (ok)
        buf_add(&out, at, (size_t)(end - at));
    value_drop(old);
    if (ok)
        value_drop(by);
    if (ok && out.failed)
        ok = throw_full(in, &out);
    if (!ok)
        return buf_free(&out), false;
    buf_free(&BUILDER(self));
    BUILDER(self) = out;
    return SELF;
}
METHOD(clear)
{
    return UNUSED, buf_clear(&BUILDER(self)), SELF;
}
METHOD(nothing)
{
    return UNUSED, *ret = args[0], true;
}
static bool unit_at(struct interp *in, value self, int64_t at, value *ret)
{
    value whole;
    if (at < 0 || (size_t)at >= units_of(self))
        return method_throw(in, &type_index_range_exception, "There is no such character.");
    if (!string_builder_to_string(in, self, &whole))
        return false;
    string_unit(whole.string, (size_t)at, ret);
    return value_drop(whole), true;
}
METHOD(chars)
{
    return UNUSED, unit_at(in, self, args[0].i, ret);
}
METHOD(put_char)
{
    UNUSED;
    char text[4];
    if (args[0].i < 0 || (size_t)args[0].i >= units_of(self))
        return method_throw(in, &type_index_range_exception, "There is no such character.");
    size_t start = byte_of(self, (size_t)args[0].i), size = utf8_encode((uint32_t)args[1].i, text);
    return splice(in, self, start, byte_of(self, (size_t)args[0].i + 1) - start, text, size);
}
METHOD(equals)
{
    UNUSED;
    if (!value_is_type(args[0], &type_string_builder))
        return *ret = value_false, true;
    return *ret =
               value_bool(BUILDER(self).size == BUILDER(args[0]).size &&
                          !memcmp(buf_text(&BUILDER(self)), buf_text(&BUILDER(args[0])), BUILDER(self).size)),
           true;
}
void string_builder_release(struct object *object)
{
    buf_free(&((struct string_builder *)object)->text);
}
static bool length(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_int((int32_t)units_of(self)), true;
}
static bool set_length(struct interp *in, value self, value to)
{
    int64_t n;
    if (!value_to_long(in, to, &n))
        return false;
    if (n < 0)
        return out_of_range(in);
    size_t now = units_of(self);
    if ((size_t)n > now)
        return grown(in, self, buf_add_repeat(bounded(in, self), 0, (size_t)n - now));
    size_t at = byte_of(self, (size_t)n);
    return splice(in, self, at, BUILDER(self).size - at, "", 0);
}
static bool capacity(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_int(units_of(self) < 16 ? 16 : (int32_t)units_of(self)), true;
}
static bool max_capacity(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_int(INT32_MAX), true;
}
static bool ignore(struct interp *in, value self, value to)
{
    return (void)in, (void)self, (void)to, true;
}
const struct property string_builder_properties[] = {
    {"Capacity", capacity, ignore}, {"MaxCapacity", max_capacity, NULL}, {"Length", length, set_length}, {0}};

#define SB &type_string_builder
static const struct method builder_methods[] = {{"Append", append, SB, P(STR)},
                                                {"Append", append, SB, P(CHR)},
                                                {"Append", append, SB, P(CHARS)},
                                                {"Append", append, SB, P(OBJ)},
                                                {"Append", append_repeat, SB, P(CHR, I32)},
                                                {"Append", append_part, SB, P(STR, I32, I32)},
                                                {"AppendLine", append_line, SB},
                                                {"AppendLine", append_line, SB, P(STR)},
                                                {"AppendFormat", append_format, SB, P(STR, OBJ)},
                                                {"AppendFormat", append_format, SB, P(STR, OBJ, OBJ)},
                                                {"AppendFormat", append_format, SB, P(STR, OBJ, OBJ, OBJ)},
                                                {"AppendFormat", append_format, SB, P(STR, OBJS), true},
                                                {"AppendJoin", append_join, SB, P(STR, OBJS), true},
                                                {"AppendJoin", append_join, SB, P(CHR, OBJS), true},
                                                {"ToString", to_string, STR},
                                                {"ToString", to_string_part, STR, P(I32, I32)},
                                                {"Insert", insert, SB, P(I32, OBJ)},
                                                {"Remove", remove_part, SB, P(I32, I32)},
                                                {"Replace", replace, SB, P(STR, STR)},
                                                {"Replace", replace, SB, P(CHR, CHR)},
                                                {"Clear", clear, SB},
                                                {"EnsureCapacity", nothing, I32, P(I32)},
                                                {"Chars", chars, CHR, P(I32)},
                                                {"get_Chars", chars, CHR, P(I32)},
                                                {"set_Chars", put_char, VOID, P(I32, CHR)},
                                                {"Equals", equals, BOOLEAN, P(OBJ)},
                                                {0}};
METHOD(builder_new)
{
    for (size_t i = 0; i < count; i++)
        if (args[i].kind == V_I32 && (args[i].i < 0 || args[i].i == INT32_MAX))
            return method_throw(in, &type_argument_range_exception, "The capacity is none.");
    return object_new(in, &type_string_builder, ret) &&
           (!count || args[0].kind != V_STRING || add(in, *ret, value_text(args[0]), args[0].string->size)) &&
           (UNUSED, true);
}
static const struct method builder_constructors[] = {{"new", builder_new, SB},
                                                     {"new", builder_new, SB, P(I32)},
                                                     {"new", builder_new, SB, P(STR)},
                                                     {"new", builder_new, SB, P(STR, I32)},
                                                     {"new", builder_new, SB, P(I32, I32)},
                                                     {0}};
const struct type_members full_string_builder = {builder_methods, NULL, builder_constructors, NULL};

// --- Encodings: at[0] which; UTF-8 is the one with a byte order mark
// ---------------------------------------------------------------

static const struct {
    const char *name, *web;
    int32_t page;
} encodings[] = {[ENCODING_UTF8_BOM] = {"Unicode (UTF-8)", "utf-8", 65001},
                 [ENCODING_ASCII] = {"US-ASCII", "us-ascii", 20127},
                 [ENCODING_LATIN1] = {"Western European (ISO)", "iso-8859-1", 28591},
                 [ENCODING_UTF16] = {"Unicode", "utf-16", 1200},
                 [ENCODING_UTF16_BE] = {"Unicode (Big-Endian)", "utf-16BE", 1201},
                 [ENCODING_UTF32] = {"Unicode (UTF-32)", "utf-32", 12000}};
#define WHICH(v) ((enum encoding)AS(fields, v)->at[0].i)

static bool encoding_make(struct interp *in, enum encoding which, value *ret)
{
    if (!object_new(in, &type_encoding, ret))
        return false;
    AS(fields, *ret)->at[0] = value_int(which);
    return true;
}
#define ENCODING(name, which)                                                                                \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)self, encoding_make(in, which, ret);                                                    \
    }
ENCODING(encoding_utf8, ENCODING_UTF8_BOM)
ENCODING(encoding_ascii, ENCODING_ASCII) ENCODING(encoding_utf16, ENCODING_UTF16) ENCODING(encoding_big, ENCODING_UTF16_BE)
    ENCODING(encoding_latin1, ENCODING_LATIN1) ENCODING(encoding_utf32, ENCODING_UTF32) static const
    struct property encoding_static_properties[] = {
        {"UTF8", encoding_utf8, NULL},     {"ASCII", encoding_ascii, NULL},
        {"Unicode", encoding_utf16, NULL}, {"BigEndianUnicode", encoding_big, NULL},
        {"Latin1", encoding_latin1, NULL}, {"UTF32", encoding_utf32, NULL},
        {"Default", encoding_utf8, NULL},  {0}};

static bool bytes_of(struct interp *in, value self, value text, struct buf *out)
{
    if (value_is_null(text))
        return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    return encoding_add(WHICH(self), value_text(text), text.string->size, out) || throw_memory(in);
}
static bool text_of(struct interp *in, value v, value *ret)
{
    if (v.kind == V_STRING || value_is_null(v))
        return *ret = value_keep(v), true;
    struct buf out = BUF_INIT;
    for (size_t i = 0; v.kind == V_ARRAY && i < v.array->count; i++)
        buf_add_codepoint(&out, (uint32_t)v.array->items[i].i);
    return buf_take(in, &out, ret);
}
METHOD(get_bytes)
{
    struct buf bytes = BUF_INIT;
    value text;
    UNUSED;
    if (!text_of(in, args[0], &text))
        return false;
    bool ok = bytes_of(in, self, text, &bytes);
    value_drop(text);
    return ok ? bytes_take(in, &bytes, ret) : (buf_free(&bytes), false);
}
METHOD(byte_count)
{
    value bytes;
    if (!get_bytes(in, self, args, count, &bytes))
        return false;
    *ret = value_int((int32_t)bytes.array->count);
    return value_drop(bytes), true;
}
// Here, unlike in files, a byte that is not ASCII is a replacement character.
static bool decode(enum encoding encoding, const char *bytes, size_t size, struct buf *out)
{
    struct decoder decoder = {.encoding = encoding};
    if (encoding != ENCODING_ASCII)
        return decoder_add(&decoder, bytes, size, true, out);
    for (size_t i = 0; i < size; i++)
        buf_add_codepoint(out, bytes[i] & 0x80 ? 0xFFFD : (uint32_t)bytes[i]);
    return !out->failed;
}
METHOD(get_string)
{
    struct buf bytes = BUF_INIT, out = BUF_INIT;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The bytes must not be $null.");
    int64_t from = count > 1 ? args[1].i : 0, length_ = count > 1 ? args[2].i : (int64_t)args[0].array->count;
    if (from < 0 || length_ < 0 || (size_t)(from + length_) > args[0].array->count)
        return out_of_range(in);
    bool ok = bytes_add(in, &bytes, args[0].array->items + from, (size_t)length_);
    if (ok)
        decode(WHICH(self), buf_text(&bytes), bytes.size, &out);
    buf_free(&bytes);
    return ok && buf_take(in, &out, ret);
}
METHOD(char_count)
{
    value text;
    if (!get_string(in, self, args, count, &text))
        return false;
    *ret = value_int((int32_t)text.string->units);
    return value_drop(text), true;
}
METHOD(get_chars)
{
    value text;
    if (!get_string(in, self, args, count, &text))
        return false;
    bool ok = array_of(in, CHR, text.string->units, ret);
    if (ok)
        string_units(text.string, 0, text.string->units, ret->array->items);
    return value_drop(text), ok;
}
METHOD(preamble)
{
    struct buf out = BUF_INIT;
    UNUSED;
    encoding_add_mark(WHICH(self), &out);
    return bytes_take(in, &out, ret);
}
static const struct method encoding_methods[] = {{"GetBytes", get_bytes, BYTES, P(STR)},
                                                 {"GetBytes", get_bytes, BYTES, P(CHARS)},
                                                 {"GetByteCount", byte_count, I32, P(STR)},
                                                 {"GetString", get_string, STR, P(BYTES)},
                                                 {"GetString", get_string, STR, P(BYTES, I32, I32)},
                                                 {"GetCharCount", char_count, I32, P(BYTES)},
                                                 {"GetChars", get_chars, CHARS, P(BYTES)},
                                                 {"GetPreamble", preamble, BYTES},
                                                 {0}};
METHOD(get_encoding)
{
    UNUSED;
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
        if (encodings[i].web && (args[0].kind == V_STRING ? value_is_text(args[0], encodings[i].web)
                                                          : args[0].i == encodings[i].page))
            return encoding_make(in, (enum encoding)i, ret);
    return method_throw(in, &type_argument_exception, "There is no such encoding.");
}
static const struct method encoding_statics[] = {{"GetEncoding", get_encoding, &type_encoding, P(STR)},
                                                 {"GetEncoding", get_encoding, &type_encoding, P(I32)},
                                                 {0}};
static bool encoding_name(struct interp *in, value self, value *ret)
{
    return string_text(in, encodings[WHICH(self)].name, ret);
}
static bool encoding_web(struct interp *in, value self, value *ret)
{
    return string_text(in, encodings[WHICH(self)].web, ret);
}
static bool encoding_page(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_int(encodings[WHICH(self)].page), true;
}
const struct property encoding_properties[] = {
    {"BodyName", encoding_web, NULL},   {"EncodingName", encoding_name, NULL},
    {"HeaderName", encoding_web, NULL}, {"WebName", encoding_web, NULL},
    {"CodePage", encoding_page, NULL},  {0}};
const struct type_members full_encoding = {encoding_methods, encoding_statics, NULL,
                                           encoding_static_properties};
