// Strings by UTF-16 units, as .NET counts them.
#include "base/utf8.h"
#include "interp/value/objects.h"

bool buf_take(struct interp *in, struct buf *out, value *ret)
{
    bool ok = out->failed ? throw_full(in, out) : string_new(in, buf_text(out), out->size, ret);
    buf_free(out);
    return ok;
}

bool bytes_take(struct interp *in, struct buf *bytes, value *ret)
{
    bool ok = bytes->failed ? throw_full(in, bytes) : array_of(in, &type_byte, bytes->size, ret);
    for (size_t i = 0; ok && i < bytes->size; i++)
        ret->array->items[i] = (value){.kind = V_U8, .u = (unsigned char)bytes->data[i]};
    return buf_free(bytes), ok;
}

bool bytes_add(struct interp *in, struct buf *out, const value *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_add_char(out, (char)items[i].u);
    return !out->failed || throw_full(in, out);
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
    value around[2];
    string_units(string, unit - 1, 2, around);
    return utf16_is_pair((uint32_t)around[0].i, (uint32_t)around[1].i);
}

// Where a pair is cut, its half stands alone.
bool string_slice(struct interp *in, const struct string *string, size_t from, size_t count, value *ret)
{
    if (string->ascii)
        return string_new(in, string->text + from, count, ret);
    bool low = count && splits_pair(string, from), high = count && splits_pair(string, from + count);
    size_t start = string_offset(string, from + low), end = string_offset(string, from + count - high);
    if (!low && !high)
        return string_new(in, string->text + start, end - start, ret);
    struct buf out = BUF_INIT;
    value half;
    if (low) {
        string_unit(string, from, &half);
        buf_add_codepoint(&out, (uint32_t)half.i);
    }
    buf_add(&out, string->text + start, end - start);
    if (high) {
        string_unit(string, from + count - 1, &half);
        buf_add_codepoint(&out, (uint32_t)half.i);
    }
    return buf_take(in, &out, ret);
}
