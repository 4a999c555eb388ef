#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

bool string_new(struct interp *in, const char *text, size_t size, value *ret)
{
    if (size > in->string_limit)
        return throw_error(in, "StringLimit", CAT_LimitsExceeded, value_null,
                           "A string of %zu bytes is longer than this session allows.", size);
    struct string *string = heap_new(in, sizeof *string + size + 1, V_STRING, &type_string);
    if (!string)
        return false;
    memcpy(string->text, text, size);
    string->size = (uint32_t)size;
    string->ascii = utf8_is_ascii(text, size);
    string->units = string->ascii ? string->size : (uint32_t)utf8_units(text, size);
    *ret = (value){.kind = V_STRING, .string = string};
    return true;
}

bool string_text(struct interp *in, const char *text, value *ret)
{
    return string_new(in, text, strlen(text), ret);
}

value string_static(struct interp *in, const char *text)
{
    value v = value_null;
    string_text(in, text, &v);
    return v;
}

bool string_printf(struct interp *in, value *ret, const char *format, ...)
{
    struct buf out = BUF_INIT;
    va_list args;
    va_start(args, format);
    buf_vprintf(&out, format, args);
    va_end(args);
    bool ok = out.failed ? throw_full(in, &out) : string_new(in, buf_text(&out), out.size, ret);
    buf_free(&out);
    return ok;
}

bool value_is_text(value v, const char *text)
{
    return v.kind == V_STRING && utf8_same_ignore_case(v.string->text, v.string->size, text, strlen(text));
}

void string_unit(const struct string *string, size_t at, value *ret)
{
    *ret = (value){.kind = V_CHAR, .i = (unsigned char)string->text[string->ascii ? at : 0]};
    if (!string->ascii)
        string_units(string, at, 1, ret);
}

void string_units(const struct string *string, size_t from, size_t count, value *ret)
{
    size_t end = from + count, unit = 0, used;
    for (size_t byte = 0; unit < end && byte < string->size; byte += used) {
        uint32_t c = utf8_decode(string->text + byte, string->size - byte, &used);
        bool pair = c > 0xffff;
        if (unit >= from)
            *ret++ = (value){.kind = V_CHAR, .i = pair ? utf16_high(c) : c};
        if (pair && ++unit >= from && unit < end)
            *ret++ = (value){.kind = V_CHAR, .i = utf16_low(c)};
        unit++;
    }
}
