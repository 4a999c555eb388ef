// Strings by UTF-16 units, as .NET counts them.
#include "base/utf8.h"
#include "interp/value/objects.h"

bool buf_take(struct interp *in, struct buf *out, value *ret)
{
    bool ok = out->failed ? throw_memory(in) : string_new(in, buf_text(out), out->size, ret);
    buf_free(out);
    return ok;
}

bool bytes_take(struct interp *in, struct buf *bytes, value *ret)
{
    bool ok = bytes->failed ? throw_memory(in) : array_of(in, &type_byte, bytes->size, ret);
    for (size_t i = 0; ok && i < bytes->size; i++)
        ret->array->items[i] = (value){.kind = V_U8, .u = (unsigned char)bytes->data[i]};
    return buf_free(bytes), ok;
}

bool bytes_add(struct interp *in, struct buf *out, const value *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_add_char(out, (char)items[i].u);
    return !out->failed || throw_memory(in);
}

size_t string_offset(const struct string *string, size_t unit)
{
    if (string->ascii)
        return unit;
    size_t byte = 0;
    while (byte < string->size && unit) {
        size_t size;
        uint32_t c = utf8_decode(string->text + byte, string->size - byte, &size);
        size_t units = c > 0xffff ? 2 : 1;
        if (units > unit)
            break; // inside a pair: its beginning
        unit -= units;
        byte += size;
    }
    return byte;
}

static bool splits_pair(const struct string *string, size_t unit)
{
    if (!unit || unit >= string->units)
        return false;
    value v;
    string_unit(string, unit, &v);
    if (v.i < 0xDC00 || v.i > 0xDFFF)
        return false;
    string_unit(string, unit - 1, &v);
    return v.i >= 0xD800 && v.i < 0xDC00;
}

bool string_slice(struct interp *in, const struct string *string, size_t from, size_t count, value *ret)
{
    if (string->ascii)
        return string_new(in, string->text + from, count, ret);
    if (!splits_pair(string, from) && !splits_pair(string, from + count)) {
        size_t start = string_offset(string, from), end = string_offset(string, from + count);
        return string_new(in, string->text + start, end - start, ret);
    }
    struct buf out = BUF_INIT;
    for (size_t i = from; i < from + count; i++) {
        value unit;
        string_unit(string, i, &unit);
        bool high = unit.i >= 0xD800 && unit.i < 0xDC00 && i + 1 < from + count;
        value low = unit;
        if (high)
            string_unit(string, i + 1, &low);
        high = high && low.i >= 0xDC00 && low.i <= 0xDFFF;
        buf_add_codepoint(&out,
                          high ? 0x10000 + ((uint32_t)(unit.i - 0xD800) << 10) + (uint32_t)(low.i - 0xDC00)
                               : (uint32_t)unit.i);
        i += high;
    }
    return buf_take(in, &out, ret);
}
