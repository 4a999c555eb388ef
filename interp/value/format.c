// interp/value/format.c: format strings: which value takes which format, and composite texts.
#include "interp/value/format.h"
#include "interp/value/class.h"

#include <ctype.h>
#include <string.h>

#include "base/datetime.h"
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/error.h"
#include "interp/value/number-format.h"
#include "interp/value/types.h"

static bool bad_format(struct interp *in, const char *spec, size_t size)
{
    return throw_error(in, "FormatError", CAT_InvalidOperation, value_null,
                       "'%.*s' is not a format for this value.", (int)size, spec);
}

static bool add_string(struct interp *in, value v, struct buf *out)
{
    value text;
    if (!value_to_method_string(in, v, &text))
        return false;
    buf_add(out, text.string->text, text.string->size);
    value_drop(text);
    return true;
}

// G and F: the names; D: the number; X: as hexadecimal.
static bool add_enum(struct interp *in, value v, const char *spec, size_t size, struct buf *out)
{
    char letter = size == 1 ? (char)toupper((unsigned char)spec[0]) : size == 0 ? 'G' : 0;
    switch (letter) {
    case 'G':
    case 'F':
        return add_string(in, v, out);
    case 'D':
        return buf_printf(out, "%lld", (long long)v.i);
    case 'X':
        return buf_printf(out, "%08llX", (unsigned long long)(uint32_t)v.i);
    default:
        return false;
    }
}

static bool add_guid_numbers(const uint8_t *b, struct buf *out)
{
    buf_printf(out, "{0x%02x%02x%02x%02x,0x%02x%02x,0x%02x%02x,{", b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]);
    for (int i = 8; i < 16; i++)
        buf_printf(out, "%s0x%02x", i > 8 ? "," : "", b[i]);
    return buf_add_text(out, "}}");
}

static bool add_guid(value v, const char *spec, size_t size, struct buf *out)
{
    const uint8_t *b = ((struct guid *)v.object)->bytes;
    char letter = size == 1 ? (char)toupper((unsigned char)spec[0]) : size == 0 ? 'D' : 0;
    if (letter == 'X')
        return add_guid_numbers(b, out);
    if (!letter || !strchr("DNBP", letter))
        return false;
    if (letter == 'B' || letter == 'P')
        buf_add_char(out, letter == 'B' ? '{' : '(');
    for (int i = 0; i < 16; i++) {
        if (letter != 'N' && (i == 4 || i == 6 || i == 8 || i == 10))
            buf_add_char(out, '-');
        buf_printf(out, "%02x", b[i]);
    }
    if (letter == 'B' || letter == 'P')
        buf_add_char(out, letter == 'B' ? '}' : ')');
    return true;
}

// An IFormattable by its format, everything else by its ToString.
static bool add_class(struct interp *in, value v, const char *spec, size_t size, struct buf *out)
{
    value text = value_null;
    bool ok = class_format(in, v, spec, size, &text);
    if (!ok && (!value_is_null(in->thrown) || !class_text(in, v, &text)))
        return false;
    ok = value_add_string(in, out, text);
    return value_drop(text), ok;
}

static bool add_formatted(struct interp *in, value v, const char *spec, size_t size, struct buf *out)
{
    bool ok;
    if (value_is_null(v))
        return true;
    if (value_is_number(v))
        return number_format(in, v, spec, size, out);
    switch (v.kind) {
    case V_DATETIME:
        return date_format(v.i, v.aux, &in->zone, spec, size, out);
    case V_TIMESPAN:
        return span_format(v.i, spec, size, out);
    case V_ENUM:
        return add_enum(in, v, spec, size, out);
    case V_OBJECT:
        if (class_is_of(v))
            return add_class(in, v, spec, size, out);
        if (format_object && format_object(v, spec, size, out, &ok))
            return ok;
        if (complex_format && complex_format(in, v, spec, size, out, &ok))
            return ok;
        if (v.object->type == &type_custom)
            return value_add_string(in, out, v); // its members, which its own ToString leaves out
        return v.object->type == &type_guid ? add_guid(v, spec, size, out) : add_string(in, v, out);
    default:
        return add_string(in, v, out);
    }
}

static bool add_value(struct interp *in, value v, const char *spec, size_t size, struct buf *out)
{
    if (add_formatted(in, v, spec, size, out))
        return true;
    if (!value_is_null(in->thrown))
        return false;
    return out->failed ? throw_full(in, out) : bad_format(in, spec, size);
}

bool value_format_string(struct interp *in, value v, const char *spec, size_t size, value *ret)
{
    struct buf out = {.limit = in->string_limit};
    bool ok = add_value(in, v, spec, size, &out);
    if (ok && out.failed)
        ok = throw_full(in, &out);
    ok = ok && string_new(in, buf_text(&out), out.size, ret);
    buf_free(&out);
    return ok;
}

// One {index,alignment:format}.
struct hole {
    size_t index;
    long alignment;
    const char *spec;
    size_t size;
};

static bool read_number(const char **at, const char *end, long *ret)
{
    bool any = false;
    for (*ret = 0; *at < end && isdigit((unsigned char)**at); ++*at) {
        if (*ret > 1000000)
            return false;
        *ret = *ret * 10 + (**at - '0');
        any = true;
    }
    return any;
}

static void skip_blanks(const char **at, const char *end)
{
    while (*at < end && **at == ' ')
        ++*at;
}

// at stands after the opening brace; *ret_next after the closing one.
static bool read_hole(const char *at, const char *end, struct hole *ret, const char **ret_next)
{
    long index;
    *ret = (struct hole){0};
    if (!read_number(&at, end, &index))
        return false;
    ret->index = (size_t)index;
    skip_blanks(&at, end);
    if (at < end && *at == ',') {
        at++;
        skip_blanks(&at, end);
        bool left = at < end && *at == '-';
        at += left;
        if (!read_number(&at, end, &ret->alignment))
            return false;
        if (left)
            ret->alignment = -ret->alignment;
        skip_blanks(&at, end);
    }
    if (at < end && *at == ':') {
        ret->spec = ++at;
        while (at < end && *at != '}' && *at != '{')
            at++;
        ret->size = (size_t)(at - ret->spec);
    }
    *ret_next = at + 1;
    return at < end && *at == '}';
}

static bool add_hole(struct interp *in, const struct hole *hole, value v, struct buf *out)
{
    value text;
    if (!value_format_string(in, v, hole->spec ? hole->spec : "", hole->size, &text))
        return false;
    size_t width = (size_t)(hole->alignment < 0 ? -hole->alignment : hole->alignment);
    size_t pad = text.string->units < width ? width - text.string->units : 0;
    if (hole->alignment > 0)
        buf_add_repeat(out, ' ', pad);
    buf_add(out, text.string->text, text.string->size);
    if (hole->alignment < 0)
        buf_add_repeat(out, ' ', pad);
    value_drop(text);
    return true;
}

static bool add_composite(struct interp *in, const char *format, size_t size, const value *args, size_t count,
                          struct buf *out)
{
    for (const char *at = format, *end = format + size; at < end;) {
        struct hole hole;
        char c = *at++;
        bool brace = c == '{' || c == '}';
        if (brace && at < end && *at == c)
            at++;
        else if (c == '}')
            return bad_format(in, format, size);
        else if (c == '{') {
            if (!read_hole(at, end, &hole, &at) || hole.index >= count)
                return bad_format(in, format, size);
            if (!add_hole(in, &hole, args[hole.index], out))
                return false;
            continue;
        }
        buf_add_char(out, c);
    }
    return true;
}

bool value_format_composite(struct interp *in, const char *format, size_t size, const value *args,
                            size_t count, value *ret)
{
    struct buf out = {.limit = in->string_limit};
    bool ok = add_composite(in, format, size, args, count, &out);
    if (ok && out.failed)
        ok = throw_full(in, &out);
    ok = ok && string_new(in, buf_text(&out), out.size, ret);
    buf_free(&out);
    return ok;
}
