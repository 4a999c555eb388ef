// System.String.
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/format.h"
#include "interp/value/types-rows.h"

#define TEXT(v) value_text(v), (v).string->size
enum { ORDINAL_IGNORE_CASE = 5 };

static bool out_of_range(struct interp *in) { return method_throw(in, &type_argument_range_exception, "The position or the length is outside of the text."); }
static bool null_argument(struct interp *in) { return method_throw(in, &type_argument_null_exception, "The argument must not be $null."); }

// Odd numbers ignore case: CurrentCultureIgnoreCase, InvariantCultureIgnoreCase, OrdinalIgnoreCase.
static bool ignores_case(value comparison) { return comparison.kind == V_ENUM && comparison.i & 1; }

static value text_at(struct interp *in, const value *args, size_t count, size_t at) {
    (void)in;
    return at < count ? args[at] : value_null;
}

// --- Searching -----------------------------------------------------------------------------------------------------

static bool same_bytes(const char *a, const char *b, size_t size, bool ignore) {
    return ignore ? utf8_same_ignore_case(a, size, b, size) : !memcmp(a, b, size);
}

// Byte offset of the first occurrence at or after `from`, -1: none.
static ptrdiff_t find_text(const char *text, size_t size, const char *part, size_t part_size, size_t from, bool ignore) {
    if (!ignore && part_size) {
        const char *found = from <= size ? memmem(text + from, size - from, part, part_size) : NULL;
        return found ? found - text : -1;
    }
    for (size_t i = from; i + part_size <= size; i++)
        if (same_bytes(text + i, part, part_size, ignore)) return (ptrdiff_t)i;
    return -1;
}

static ptrdiff_t find_last(const char *text, size_t size, const char *part, size_t part_size, bool ignore) {
    for (size_t i = size - part_size + 1; part_size <= size && i-- > 0;)
        if (same_bytes(text + i, part, part_size, ignore)) return (ptrdiff_t)i;
    return -1;
}

static int32_t unit_of(const struct string *string, ptrdiff_t byte) {
    if (byte < 0 || string->ascii) return (int32_t)byte;
    return (int32_t)utf8_units(string->text, (size_t)byte);
}

static bool as_text(struct interp *in, value v, value *ret) { return value_is_null(v) ? null_argument(in) : value_to_string(in, v, ret); }

struct search { value text; int64_t from, count; bool ignore; };

// The arguments after the text: start, count, comparison, in this order and each of them optional.
static void read_search(const value *args, size_t count, struct search *ret) {
    for (size_t i = 1; i < count; i++) {
        if (args[i].kind == V_ENUM) ret->ignore = ignores_case(args[i]);
        else if (i == 1) ret->from = args[i].i;
        else ret->count = args[i].i;
    }
}

METHOD(index_of) {
    struct search search = {.from = 0, .count = -1};
    read_search(args, count, &search);
    const struct string *s = self.string;
    if (search.from < 0 || search.from > s->units) return out_of_range(in);
    if (search.count > (int64_t)s->units - search.from) return out_of_range(in);
    if (!as_text(in, args[0], &search.text)) return false;
    size_t end = search.count < 0 ? s->size : string_offset(s, (size_t)(search.from + search.count));
    *ret = value_int(unit_of(s, find_text(s->text, end, TEXT(search.text), string_offset(s, (size_t)search.from), search.ignore)));
    value_drop(search.text);
    return true;
}

METHOD(last_index_of) {
    const struct string *s = self.string;
    struct search search = {.from = s->units ? (int64_t)s->units - 1 : 0, .count = -1};
    read_search(args, count, &search);
    if (s->units && (search.from < 0 || search.from > s->units)) return out_of_range(in);
    if (!as_text(in, args[0], &search.text)) return false;
    size_t end = search.from + 1 >= s->units ? s->size : string_offset(s, (size_t)search.from + 1);
    size_t start = search.count < 0 || search.count > search.from ? 0 : string_offset(s, (size_t)(search.from + 1 - search.count));
    ptrdiff_t found = find_last(s->text, end, TEXT(search.text), search.ignore);
    *ret = value_int(found < (ptrdiff_t)start ? -1 : unit_of(s, found));
    value_drop(search.text);
    return true;
}

METHOD(contains) {
    value text;
    if (!as_text(in, args[0], &text)) return false;
    *ret = value_bool(find_text(TEXT(self), TEXT(text), 0, ignores_case(text_at(in, args, count, 1))) >= 0);
    return value_drop(text), true;
}

static bool at_edge(struct interp *in, value self, value part, bool end, bool ignore, value *ret) {
    value text;
    if (!as_text(in, part, &text)) return false;
    size_t size = self.string->size, part_size = text.string->size;
    *ret = value_bool(part_size <= size && same_bytes(value_text(self) + (end ? size - part_size : 0), value_text(text), part_size, ignore));
    return value_drop(text), true;
}
static bool ignore_argument(const value *args, size_t count) { return count > 1 && (args[1].kind == V_BOOL ? args[1].b : ignores_case(args[1])); }
METHOD(starts_with) { return at_edge(in, self, args[0], false, ignore_argument(args, count), ret); }
METHOD(ends_with) { return at_edge(in, self, args[0], true, ignore_argument(args, count), ret); }

static bool among(const struct array *chars, uint32_t c) {
    for (size_t i = 0; i < chars->count; i++)
        if (chars->items[i].i == c) return true;
    return false;
}

// The first or the last unit at or after `from` that is one of them, -1: none.
static int32_t unit_among(const struct string *string, int64_t from, const struct array *chars, bool last) {
    int32_t found = -1, unit = 0;
    size_t used;
    for (size_t i = 0; i < string->size && (last || found < 0); i += used) {
        uint32_t c = utf8_decode(string->text + i, string->size - i, &used);
        if (unit >= from && among(chars, c > 0xffff ? utf16_high(c) : c)) found = unit;
        if (c > 0xffff && ++unit >= from && (last || found < 0) && among(chars, utf16_low(c))) found = unit;
        unit++;
    }
    return found;
}

METHOD(index_of_any) {
    UNUSED;
    if (value_is_null(args[0])) return null_argument(in);
    return *ret = value_int(unit_among(self.string, count > 1 ? args[1].i : 0, args[0].array, false)), true;
}
METHOD(last_index_of_any) {
    return UNUSED, *ret = value_int(unit_among(self.string, 0, args[0].array, true)), true;
}

// --- Parts ---------------------------------------------------------------------------------------------------------

METHOD(substring) {
    int64_t from = args[0].i, units = self.string->units, length = count > 1 ? args[1].i : units - from;
    if (from < 0 || length < 0 || from > units || length > units - from) return out_of_range(in);
    if (length == units) return *ret = value_keep(self), true;
    return string_slice(in, self.string, (size_t)from, (size_t)length, ret);
}

// self with `drop` units at `at` replaced by text.
static bool splice(struct interp *in, const struct string *s, size_t at, size_t drop, const char *text, size_t size, value *ret) {
    struct buf out = BUF_INIT;
    size_t start = string_offset(s, at), end = string_offset(s, at + drop);
    buf_add(&out, s->text, start);
    buf_add(&out, text, size);
    buf_add(&out, s->text + end, s->size - end);
    return buf_take(in, &out, ret);
}
METHOD(insert) {
    UNUSED;
    if (value_is_null(args[1])) return null_argument(in);
    if (args[0].i < 0 || args[0].i > self.string->units) return out_of_range(in);
    return splice(in, self.string, (size_t)args[0].i, 0, TEXT(args[1]), ret);
}
METHOD(remove) {
    int64_t from = args[0].i, units = self.string->units, length = count > 1 ? args[1].i : units - from;
    if (from < 0 || length < 0 || from > units || length > units - from) return out_of_range(in);
    return splice(in, self.string, (size_t)from, (size_t)length, "", 0, ret);
}

static bool replace_text(struct interp *in, value self, value old, value by, bool ignore, value *ret) {
    struct buf out = {.limit = in->string_limit};
    size_t from = 0;
    ptrdiff_t found;
    while ((found = find_text(TEXT(self), TEXT(old), from, ignore)) >= 0 && !out.failed) {
        buf_add(&out, value_text(self) + from, (size_t)found - from);
        buf_add(&out, TEXT(by));
        from = (size_t)found + old.string->size;
    }
    buf_add(&out, value_text(self) + from, self.string->size - from);
    return buf_take(in, &out, ret);
}
METHOD(replace) {
    value old, by;
    if (value_is_null(args[0])) return null_argument(in);
    if (!value_to_string(in, args[0], &old)) return false;
    if (!old.string->size) return value_drop(old), method_throw(in, &type_argument_exception, "The text to replace must not be empty.");
    bool ok = value_to_string(in, args[1], &by);
    if (ok) {
        ok = replace_text(in, self, old, by, count > 2 && ignore_argument(args + 1, count - 1), ret);
        value_drop(by);
    }
    return value_drop(old), ok;
}

static bool is_blank(uint32_t c) {
    return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
           c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

enum { TRIM_START = 1, TRIM_END = 2 };
static bool trimmed(const struct array *chars, uint32_t c) { return chars && chars->count ? among(chars, c) : is_blank(c); }

static bool trim_text(struct interp *in, const char *text, size_t size, const struct array *chars, int sides, value *ret) {
    size_t start = 0, used;
    while (sides & TRIM_START && start < size && trimmed(chars, utf8_decode(text + start, size - start, &used))) start += used;
    while (sides & TRIM_END && size > start) {
        size_t at = size - 1;
        while (at > start && (text[at] & 0xc0) == 0x80) at--;
        if (!trimmed(chars, utf8_decode(text + at, size - at, &used))) break;
        size = at;
    }
    return string_new(in, text + start, size - start, ret);
}
static bool trim_sides(struct interp *in, value self, const value *args, size_t count, int sides, value *ret) {
    value one;
    if (!count || args[0].kind != V_CHAR) return trim_text(in, TEXT(self), count && args[0].kind == V_ARRAY ? args[0].array : NULL, sides, ret);
    one = args[0];
    struct array single = {.count = 1, .items = &one};
    return trim_text(in, TEXT(self), &single, sides, ret);
}
METHOD(trim) { return trim_sides(in, self, args, count, TRIM_START | TRIM_END, ret); }
METHOD(trim_start) { return trim_sides(in, self, args, count, TRIM_START, ret); }
METHOD(trim_end) { return trim_sides(in, self, args, count, TRIM_END, ret); }

static bool pad(struct interp *in, value self, const value *args, size_t count, bool left, value *ret) {
    int64_t width = args[0].i;
    if (width < 0) return out_of_range(in);
    struct buf out = {.limit = in->string_limit};
    if (!left) buf_add(&out, TEXT(self));
    for (int64_t i = self.string->units; i < width && !out.failed; i++) buf_add_codepoint(&out, count > 1 ? (uint32_t)args[1].i : ' ');
    if (left) buf_add(&out, TEXT(self));
    return buf_take(in, &out, ret);
}
METHOD(pad_left) { return pad(in, self, args, count, true, ret); }
METHOD(pad_right) { return pad(in, self, args, count, false, ret); }

static bool map_case(struct interp *in, value self, uint32_t (*map)(uint32_t), value *ret) {
    struct buf out = BUF_INIT;
    buf_reserve(&out, self.string->size);
    for (size_t i = 0, used; i < self.string->size; i += used) {
        uint32_t c = map(utf8_decode(value_text(self) + i, self.string->size - i, &used));
        if (c < 0x80) buf_add_char(&out, (char)c);
        else buf_add_codepoint(&out, c);
    }
    return buf_take(in, &out, ret);
}
METHOD(to_upper) { return UNUSED, map_case(in, self, utf8_upper, ret); }
METHOD(to_lower) { return UNUSED, map_case(in, self, utf8_lower, ret); }

// --- Splitting -----------------------------------------------------------------------------------------------------

struct pieces { struct interp *in; struct array *out; bool drop_empty, trim; };

static bool add_piece(struct pieces *pieces, const char *text, size_t size) {
    value piece;
    if (!(pieces->trim ? trim_text(pieces->in, text, size, NULL, TRIM_START | TRIM_END, &piece) : string_new(pieces->in, text, size, &piece))) return false;
    bool ok = (pieces->drop_empty && !piece.string->size) || list_add(pieces->in, pieces->out, piece);
    return value_drop(piece), ok;
}

// Bytes of the separator at `at`, 0: none there. Separators are characters or strings; none given: blanks.
static size_t separator_at(const value *separators, size_t count, const char *at, size_t left) {
    size_t used;
    uint32_t c = utf8_decode(at, left, &used);
    if (!count) return is_blank(c) ? used : 0;
    for (size_t i = 0; i < count; i++) {
        value separator = separators[i];
        if (separator.kind == V_CHAR && separator.i == c) return used;
        if (separator.kind == V_STRING && separator.string->size && separator.string->size <= left && !memcmp(at, TEXT(separator)))
            return separator.string->size;
    }
    return 0;
}

static bool split_by(struct pieces *pieces, value self, const value *separators, size_t count, int64_t most) {
    const char *text = value_text(self);
    size_t size = self.string->size, start = 0, used;
    for (size_t at = 0; at < size && (int64_t)pieces->out->count + 1 < most;) {
        size_t found = separator_at(separators, count, text + at, size - at);
        if (found && !add_piece(pieces, text + start, at - start)) return false;
        if (!found) utf8_decode(text + at, size - at, &used);
        at += found ? found : used;
        if (found) start = at;
    }
    // The last piece of a counted split loses leading separators where empty pieces are dropped.
    while (pieces->drop_empty && start < size && (used = separator_at(separators, count, text + start, size - start))) start += used;
    return most < 1 || add_piece(pieces, text + start, size - start);
}

METHOD(split) {
    value list;
    value separator = count && args[0].kind != V_I32 ? args[0] : value_null;
    int64_t most = INT32_MAX, options = 0;
    for (size_t i = 1; i < count; i++)
        if (args[i].kind == V_ENUM) options = args[i].i;
        else if (args[i].kind == V_I32) most = args[i].i;
    if (most < 0) return out_of_range(in);
    if (!list_new(in, NULL, &list)) return false;
    struct pieces pieces = {in, list.array, options & 1, options & 2};
    bool many = separator.kind == V_ARRAY, none = value_is_null(separator) || (separator.kind == V_STRING && !separator.string->size);
    bool ok = split_by(&pieces, self, many ? separator.array->items : &separator, many ? separator.array->count : !none, most);
    // An empty separator text separates nothing, other than no separator at all.
    if (ok) ok = array_of(in, STR, list.array->count, ret);
    for (size_t i = 0; ok && i < list.array->count; i++) ret->array->items[i] = value_keep(list.array->items[i]);
    return value_drop(list), ok;
}
METHOD(split_text) {
    if (args[0].kind == V_STRING && !args[0].string->size) {
        UNUSED;
        if (!array_of(in, STR, 1, ret)) return false;
        return ret->array->items[0] = value_keep(self), true;
    }
    return split(in, self, args, count, ret);
}

// --- The rest ------------------------------------------------------------------------------------------------------

METHOD(to_chars) {
    size_t from = count > 1 ? (size_t)args[0].i : 0, length = count > 1 ? (size_t)args[1].i : self.string->units;
    if (from + length > self.string->units) return out_of_range(in);
    if (!array_of(in, CHR, length, ret)) return false;
    return string_units(self.string, from, length, ret->array->items), true;
}
METHOD(chars) {
    UNUSED;
    if (args[0].i < 0 || args[0].i >= self.string->units) return method_throw(in, &type_index_range_exception, "There is no such character.");
    return string_unit(self.string, (size_t)args[0].i, ret), true;
}
static int order(value a, value b, bool ignore) {
    if (value_is_null(a) || value_is_null(b)) return value_is_null(b) - value_is_null(a);
    if (ignore) return utf8_compare_ignore_case(TEXT(a), TEXT(b));
    size_t size = a.string->size < b.string->size ? a.string->size : b.string->size, i = 0;
    while (i < size && value_text(a)[i] == value_text(b)[i]) i++;
    if (i == size) return (int)a.string->units - (int)b.string->units;
    return (unsigned char)value_text(a)[i] - (unsigned char)value_text(b)[i];
}
METHOD(compare_to) {
    value text;
    UNUSED;
    if (value_is_null(args[0])) return *ret = value_int(1), true;
    if (!value_to_string(in, args[0], &text)) return false;
    *ret = value_int(order(self, text, false));
    return value_drop(text), true;
}
METHOD(equals_text) { return UNUSED, *ret = value_bool(args[0].kind == V_STRING && !order(self, args[0], ignores_case(text_at(in, args, count, 1)))), true; }
METHOD(itself) { return UNUSED, *ret = value_keep(self), true; }
METHOD(enumerator) {
    UNUSED;
    return object_new(in, &type_char_enumerator, ret) && to_chars(in, self, NULL, 0, &AS(fields, *ret)->at[0]) && (AS(fields, *ret)->at[1] = value_int(-1), true);
}
METHOD(line_endings) {
    struct buf out = BUF_INIT;
    const char *text = value_text(self);
    for (size_t i = 0; i < self.string->size; i++) {
        bool feed = text[i] == '\n' || text[i] == '\f' || text[i] == '\r';
        if (text[i] == '\r' && text[i + 1] == '\n') i++;
        if (feed && count) buf_add(&out, TEXT(args[0]));
        else buf_add_char(&out, feed ? '\n' : text[i]);
    }
    return buf_take(in, &out, ret);
}
METHOD(is_normalized) { return UNUSED, *ret = value_true, true; }
METHOD(copy_to) {
    int64_t from = args[0].i, to = args[2].i, length = args[3].i;
    (void)count, (void)ret;
    if (from < 0 || to < 0 || length < 0 || from + length > self.string->units || (size_t)(to + length) > args[1].array->count) return out_of_range(in);
    return string_units(self.string, (size_t)from, (size_t)length, args[1].array->items + to), true;
}
METHOD(runes) {
    UNUSED;
    value list;
    if (!list_new(in, NULL, &list)) return false;
    bool ok = true;
    for (size_t i = 0, used; ok && i < self.string->size; i += used) {
        value rune;
        uint32_t c = utf8_decode(value_text(self) + i, self.string->size - i, &used);
        ok = custom_new(in, &rune) && member_add(in, rune, "Value", value_int((int32_t)c)) && list_add(in, list.array, rune);
        value_drop(rune);
    }
    if (ok) ok = array_from(in, list.array->items, list.array->count, ret);
    return value_drop(list), ok;
}

static const struct method string_methods[] = {
    {"Split", split, STRS, P(CHR)}, {"Split", split, STRS, P(CHARS), true}, {"Split", split, STRS, P(CHR, &type_string_split_options)},
    {"Split", split, STRS, P(CHR, I32)}, {"Split", split, STRS, P(CHR, I32, &type_string_split_options)}, {"Split", split, STRS, P(CHARS, I32)},
    {"Split", split, STRS, P(CHARS, &type_string_split_options)}, {"Split", split, STRS, P(CHARS, I32, &type_string_split_options)},
    {"Split", split_text, STRS, P(STR)}, {"Split", split_text, STRS, P(STR, &type_string_split_options)}, {"Split", split_text, STRS, P(STR, I32)},
    {"Split", split_text, STRS, P(STR, I32, &type_string_split_options)}, {"Split", split, STRS, P(STRS, &type_string_split_options)},
    {"Split", split, STRS, P(STRS, I32, &type_string_split_options)},
    {"Substring", substring, STR, P(I32)}, {"Substring", substring, STR, P(I32, I32)},
    {"Replace", replace, STR, P(STR, STR)}, {"Replace", replace, STR, P(CHR, CHR)}, {"Replace", replace, STR, P(STR, STR, COMPARISON)},
    {"Replace", replace, STR, P(STR, STR, BOOLEAN, CULTURE)},
    {"Trim", trim, STR}, {"Trim", trim, STR, P(CHR)}, {"Trim", trim, STR, P(CHARS), true}, {"TrimStart", trim_start, STR},
    {"TrimStart", trim_start, STR, P(CHR)}, {"TrimStart", trim_start, STR, P(CHARS), true}, {"TrimEnd", trim_end, STR},
    {"TrimEnd", trim_end, STR, P(CHR)}, {"TrimEnd", trim_end, STR, P(CHARS), true},
    {"PadLeft", pad_left, STR, P(I32)}, {"PadLeft", pad_left, STR, P(I32, CHR)}, {"PadRight", pad_right, STR, P(I32)}, {"PadRight", pad_right, STR, P(I32, CHR)},
    {"ToUpper", to_upper, STR}, {"ToUpper", to_upper, STR, P(CULTURE), .names = "culture"}, {"ToUpperInvariant", to_upper, STR},
    {"ToLower", to_lower, STR}, {"ToLower", to_lower, STR, P(CULTURE), .names = "culture"}, {"ToLowerInvariant", to_lower, STR},
    {"IndexOf", index_of, I32, P(CHR)}, {"IndexOf", index_of, I32, P(CHR, I32)}, {"IndexOf", index_of, I32, P(CHR, I32, I32)}, {"IndexOf", index_of, I32, P(CHR, COMPARISON)},
    {"IndexOf", index_of, I32, P(STR)}, {"IndexOf", index_of, I32, P(STR, I32)}, {"IndexOf", index_of, I32, P(STR, I32, I32)},
    {"IndexOf", index_of, I32, P(STR, COMPARISON)}, {"IndexOf", index_of, I32, P(STR, I32, COMPARISON)}, {"IndexOf", index_of, I32, P(STR, I32, I32, COMPARISON)},
    {"LastIndexOf", last_index_of, I32, P(CHR)}, {"LastIndexOf", last_index_of, I32, P(CHR, I32)}, {"LastIndexOf", last_index_of, I32, P(CHR, I32, I32)},
    {"LastIndexOf", last_index_of, I32, P(STR)}, {"LastIndexOf", last_index_of, I32, P(STR, I32)}, {"LastIndexOf", last_index_of, I32, P(STR, I32, I32)},
    {"LastIndexOf", last_index_of, I32, P(STR, COMPARISON)}, {"LastIndexOf", last_index_of, I32, P(STR, I32, COMPARISON)},
    {"IndexOfAny", index_of_any, I32, P(CHARS)}, {"IndexOfAny", index_of_any, I32, P(CHARS, I32)}, {"LastIndexOfAny", last_index_of_any, I32, P(CHARS)},
    {"Contains", contains, BOOLEAN, P(STR)}, {"Contains", contains, BOOLEAN, P(CHR)}, {"Contains", contains, BOOLEAN, P(STR, COMPARISON)}, {"Contains", contains, BOOLEAN, P(CHR, COMPARISON)},
    {"StartsWith", starts_with, BOOLEAN, P(STR)}, {"StartsWith", starts_with, BOOLEAN, P(CHR)}, {"StartsWith", starts_with, BOOLEAN, P(STR, COMPARISON)},
    {"StartsWith", starts_with, BOOLEAN, P(STR, BOOLEAN, CULTURE)}, {"EndsWith", ends_with, BOOLEAN, P(STR)}, {"EndsWith", ends_with, BOOLEAN, P(CHR)},
    {"EndsWith", ends_with, BOOLEAN, P(STR, COMPARISON)}, {"EndsWith", ends_with, BOOLEAN, P(STR, BOOLEAN, CULTURE)},
    {"Insert", insert, STR, P(I32, STR)}, {"Remove", remove, STR, P(I32)}, {"Remove", remove, STR, P(I32, I32)},
    {"ToCharArray", to_chars, CHARS}, {"ToCharArray", to_chars, CHARS, P(I32, I32)}, {"Chars", chars, CHR, P(I32)}, {"get_Chars", chars, CHR, P(I32)},
    {"CompareTo", compare_to, I32, P(OBJ)}, {"CompareTo", compare_to, I32, P(STR)},
    {"Equals", equals_text, BOOLEAN, P(OBJ)}, {"Equals", equals_text, BOOLEAN, P(STR)}, {"Equals", equals_text, BOOLEAN, P(STR, COMPARISON)},
    {"ToString", itself, STR}, {"ToString", itself, STR, P(PROVIDER)}, {"Clone", itself, OBJ}, {"Normalize", itself, STR}, {"IsNormalized", is_normalized, BOOLEAN},
    {"GetEnumerator", enumerator, &type_char_enumerator}, {"ReplaceLineEndings", line_endings, STR}, {"ReplaceLineEndings", line_endings, STR, P(STR)},
    {"CopyTo", copy_to, VOID, P(I32, CHARS, I32, I32)}, {"EnumerateRunes", runes, OBJ}, {0}};

// --- Static ones -----------------------------------------------------------------------------------------------------

static bool all_blank(value v) {
    for (size_t i = 0, used; i < v.string->size; i += used)
        if (!is_blank(utf8_decode(value_text(v) + i, v.string->size - i, &used))) return false;
    return true;
}
static bool is_empty(value v) { return value_is_null(v) || !v.string->size; }
METHOD(is_null_or_empty) { return UNUSED, *ret = value_bool(is_empty(args[0])), true; }
METHOD(is_null_or_blank) { return UNUSED, *ret = value_bool(is_empty(args[0]) || all_blank(args[0])), true; }

static bool join_items(struct interp *in, value separator, const value *items, size_t count, value *ret) {
    struct buf out = {.limit = in->string_limit};
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        value text;
        if (i && separator.kind == V_STRING) buf_add(&out, TEXT(separator));
        else if (i && separator.kind == V_CHAR) buf_add_codepoint(&out, (uint32_t)separator.i);
        if (value_is_null(items[i])) continue;
        ok = value_to_method_string(in, items[i], &text);
        if (!ok) break;
        buf_add(&out, TEXT(text));
        value_drop(text);
    }
    return ok ? buf_take(in, &out, ret) : (buf_free(&out), false);
}
// Of a copy, since a class's own ToString may change the list.
static bool join_list(struct interp *in, value separator, const struct array *list, value *ret) {
    value copy;
    if (!array_from(in, list->items, list->count, &copy)) return false;
    bool ok = join_items(in, separator, copy.array->items, copy.array->count, ret);
    return value_drop(copy), ok;
}
METHOD(join) {
    if (value_is_null(args[1])) return UNUSED, null_argument(in);
    return UNUSED, join_list(in, args[0], args[1].array, ret);
}
METHOD(join_sequence) {
    UNUSED;
    if (value_is_null(args[1])) return null_argument(in);
    const struct type *type = value_type(args[1]);
    bool typed = value_enumerable(args[1]) && (type->element || type_argument(type, 0)); // IEnumerable<T> is meant
    if (!typed) return join_items(in, args[0], &args[1], 1, ret);
    return join_list(in, args[0], args[1].array, ret);
}
METHOD(join_range) {
    UNUSED;
    int64_t from = args[2].i, length = args[3].i;
    if (from < 0 || length < 0 || (size_t)(from + length) > args[1].array->count) return out_of_range(in);
    return join_items(in, args[0], args[1].array->items + from, (size_t)length, ret);
}
METHOD(concat) {
    if (count == 1 && value_enumerable(args[0])) return join_list(in, value_null, args[0].array, ret);
    return UNUSED, join_items(in, value_null, args, count, ret);
}
METHOD(format) {
    size_t first = args[0].kind == V_STRING ? 0 : 1;
    if (value_is_null(args[first])) return null_argument(in);
    bool many = count == first + 2 && args[first + 1].kind == V_ARRAY;
    const value *items = many ? args[first + 1].array->items : args + first + 1;
    if (value_format_composite(in, TEXT(args[first]), items, many ? args[first + 1].array->count : count - first - 1, ret)) return true;
    value_set(&in->thrown, value_null);
    return UNUSED, method_throw(in, &type_format_exception, "The text is not a format, or asks for an argument that is not there.");
}
METHOD(compare) {
    UNUSED;
    bool ignore = count > 2 && (args[2].kind == V_BOOL ? args[2].b : ignores_case(args[2]));
    return *ret = value_int(order(args[0], args[1], ignore)), true;
}
METHOD(equals_pair) {
    UNUSED;
    return *ret = value_bool(!order(args[0], args[1], count > 2 && ignores_case(args[2]))), true;
}
METHOD(intern) { return UNUSED, *ret = value_keep(args[0]), true; }
static const struct method string_statics[] = {
    {"IsNullOrEmpty", is_null_or_empty, BOOLEAN, P(STR)}, {"IsNullOrWhiteSpace", is_null_or_blank, BOOLEAN, P(STR)},
    {"Join", join, STR, P(STR, STRS), true}, {"Join", join, STR, P(STR, OBJS), true}, {"Join", join, STR, P(CHR, STRS), true}, {"Join", join, STR, P(CHR, OBJS), true},
    {"Join", join_range, STR, P(STR, STRS, I32, I32)}, {"Join", join_sequence, STR, P(STR, SEQUENCE)},
    {"Concat", concat, STR, P(OBJ)}, {"Concat", concat, STR, P(OBJ, OBJ)}, {"Concat", concat, STR, P(OBJ, OBJ, OBJ)}, {"Concat", concat, STR, P(OBJS), true},
    {"Concat", concat, STR, P(STR, STR)}, {"Concat", concat, STR, P(STR, STR, STR)}, {"Concat", concat, STR, P(STR, STR, STR, STR)}, {"Concat", concat, STR, P(STRS), true},
    {"Format", format, STR, P(STR, OBJ)}, {"Format", format, STR, P(STR, OBJ, OBJ)}, {"Format", format, STR, P(STR, OBJ, OBJ, OBJ)}, {"Format", format, STR, P(STR, OBJS), true},
    {"Format", format, STR, P(PROVIDER, STR, OBJ)}, {"Format", format, STR, P(PROVIDER, STR, OBJ, OBJ)}, {"Format", format, STR, P(PROVIDER, STR, OBJS), true},
    {"Compare", compare, I32, P(STR, STR)}, {"Compare", compare, I32, P(STR, STR, BOOLEAN)}, {"Compare", compare, I32, P(STR, STR, COMPARISON)},
    {"Compare", compare, I32, P(STR, STR, BOOLEAN, CULTURE)}, {"CompareOrdinal", compare, I32, P(STR, STR)},
    {"Equals", equals_pair, BOOLEAN, P(STR, STR)}, {"Equals", equals_pair, BOOLEAN, P(STR, STR, COMPARISON)},
    {"Intern", intern, STR, P(STR)}, {"IsInterned", intern, STR, P(STR)}, {"Copy", intern, STR, P(STR), .names = "str"}, {0}};

METHOD(repeat_char) {
    UNUSED;
    struct buf out = {.limit = in->string_limit};
    if (args[1].i < 0) return out_of_range(in);
    for (int64_t i = 0; i < args[1].i && !out.failed; i++) buf_add_codepoint(&out, (uint32_t)args[0].i);
    return buf_take(in, &out, ret);
}
METHOD(from_chars) {
    struct buf out = BUF_INIT;
    const struct array *units = value_is_null(args[0]) ? &(struct array){.count = 0} : args[0].array;
    int64_t from = count > 1 ? args[1].i : 0, length = count > 1 ? args[2].i : (int64_t)units->count;
    (void)self;
    if (from < 0 || length < 0 || (size_t)(from + length) > units->count) return out_of_range(in);
    for (int64_t i = from; i < from + length; i++) {
        uint32_t c = (uint32_t)units->items[i].i, low = i + 1 < from + length ? (uint32_t)units->items[i + 1].i : 0;
        bool pair = utf16_is_pair(c, low);
        buf_add_codepoint(&out, pair ? utf16_join(c, low) : c);
        i += pair;
    }
    return buf_take(in, &out, ret);
}
METHOD(from_text) { return UNUSED, *ret = value_keep(args[0]), true; }
static const struct method string_constructors[] = {{"new", repeat_char, STR, P(CHR, I32)}, {"new", from_chars, STR, P(CHARS)}, {"new", from_chars, STR, P(CHARS, I32, I32)}, {"new", from_text, STR, P(STR)}, {0}};

static bool empty(struct interp *in, value self, value *ret) { return (void)self, string_text(in, "", ret); }
static const struct property string_static_properties[] = {{"Empty", empty, NULL}, {0}};
const struct type_members full_string = {string_methods, string_statics, string_constructors, string_static_properties};

// --- StringComparer: at[0] whether it ignores case --------------------------------------------------------------------

static bool comparer(struct interp *in, bool ignore, value *ret) {
    if (!object_new(in, &type_string_comparer, ret)) return false;
    return AS(fields, *ret)->at[0] = value_bool(ignore), true;
}
static bool comparer_ordinal(struct interp *in, value self, value *ret) { return (void)self, comparer(in, false, ret); }
static bool comparer_ignoring(struct interp *in, value self, value *ret) { return (void)self, comparer(in, true, ret); }
static const struct property comparer_properties[] = {
    {"Ordinal", comparer_ordinal, NULL}, {"OrdinalIgnoreCase", comparer_ignoring, NULL}, {"InvariantCulture", comparer_ordinal, NULL},
    {"InvariantCultureIgnoreCase", comparer_ignoring, NULL}, {"CurrentCulture", comparer_ordinal, NULL}, {"CurrentCultureIgnoreCase", comparer_ignoring, NULL}, {0}};
METHOD(comparer_equals) { return UNUSED, *ret = value_bool(!order(args[0], args[1], AS(fields, self)->at[0].b)), true; }
METHOD(comparer_compare) { return UNUSED, *ret = value_int(order(args[0], args[1], AS(fields, self)->at[0].b)), true; }
METHOD(comparer_hash) { return UNUSED, *ret = value_int((int32_t)value_hash(args[0])), true; }
static const struct method comparer_methods[] = {
    {"Equals", comparer_equals, BOOLEAN, P(STR, STR)}, {"Compare", comparer_compare, I32, P(STR, STR)}, {"GetHashCode", comparer_hash, I32, P(STR)}, {0}};
const struct type_members full_string_comparer = {comparer_methods, NULL, NULL, comparer_properties};
