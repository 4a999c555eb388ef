#include "base/encoding.h"

#include <string.h>

#include "base/utf8.h"

enum { REPLACEMENT = 0xFFFD };

struct mark {
    const char *bytes;
    size_t size;
    enum encoding encoding;
};
static const struct mark marks[] = {
    // longer ones first: UTF-32's begins as UTF-16's
    {"\xFF\xFE\0\0", 4, ENCODING_UTF32},    {"\0\0\xFE\xFF", 4, ENCODING_UTF32_BE},
    {"\xEF\xBB\xBF", 3, ENCODING_UTF8_BOM}, {"\xFF\xFE", 2, ENCODING_UTF16},
    {"\xFE\xFF", 2, ENCODING_UTF16_BE},
};

bool encoding_mark(const char *bytes, size_t size, enum encoding *ret_encoding, size_t *ret_size)
{
    *ret_size = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (size >= marks[i].size && memcmp(bytes, marks[i].bytes, marks[i].size) == 0) {
            *ret_encoding = marks[i].encoding;
            *ret_size = marks[i].size;
            return true;
        }
    return false;
}

bool encoding_add_mark(enum encoding encoding, struct buf *out)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].encoding == encoding)
            return buf_add(out, marks[i].bytes, marks[i].size);
    return true;
}

// --- Writing
// ------------------------------------------------------------------------------------------------------

static bool add_unit(struct buf *out, uint32_t unit, size_t size, bool big)
{
    char bytes[4];
    for (size_t i = 0; i < size; i++)
        bytes[big ? size - 1 - i : i] = (char)(unit >> (8 * i));
    return buf_add(out, bytes, size);
}

static bool add_utf16(struct buf *out, uint32_t c, bool big)
{
    if (c < 0x10000)
        return add_unit(out, c, 2, big);
    return add_unit(out, utf16_high(c), 2, big) && add_unit(out, utf16_low(c), 2, big);
}

static bool add_codepoint(enum encoding encoding, uint32_t c, struct buf *out)
{
    bool lone = c >= 0xD800 && c <= 0xDFFF; // half of a pair has no encoding
    switch (encoding) {
    case ENCODING_ASCII:
        return buf_add_char(out, c < 0x80 ? (char)c : '?');
    case ENCODING_LATIN1:
        return buf_add_char(out, c < 0x100 ? (char)c : '?');
    case ENCODING_UTF16:
    case ENCODING_UTF16_BE:
        return add_utf16(out, lone ? REPLACEMENT : c, encoding == ENCODING_UTF16_BE);
    case ENCODING_UTF32:
    case ENCODING_UTF32_BE:
        return add_unit(out, lone ? REPLACEMENT : c, 4, encoding == ENCODING_UTF32_BE);
    default:
        return buf_add_codepoint(out, lone ? REPLACEMENT : c);
    }
}

bool encoding_add(enum encoding encoding, const char *text, size_t size, struct buf *out)
{
    if ((encoding == ENCODING_UTF8 || encoding == ENCODING_UTF8_BOM) && utf8_is_valid(text, size))
        return buf_add(out, text, size);
    for (size_t at = 0, used; at < size; at += used)
        add_codepoint(encoding, utf8_decode(text + at, size - at, &used), out);
    return !out->failed;
}

// --- Reading
// ------------------------------------------------------------------------------------------------------

static size_t unit_size(enum encoding encoding)
{
    switch (encoding) {
    case ENCODING_UTF16:
    case ENCODING_UTF16_BE:
        return 2;
    case ENCODING_UTF32:
    case ENCODING_UTF32_BE:
        return 4;
    default:
        return 1;
    }
}

static uint32_t read_unit(const unsigned char *bytes, size_t size, bool big)
{
    uint32_t unit = 0;
    for (size_t i = 0; i < size; i++)
        unit |= (uint32_t)bytes[big ? size - 1 - i : i] << (8 * i);
    return unit;
}

static void add_utf16_unit(struct decoder *d, uint32_t unit, struct buf *out)
{
    bool low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (d->high && low) {
        buf_add_codepoint(out, utf16_join(d->high, unit));
        d->high = 0;
        return;
    }
    if (d->high)
        buf_add_codepoint(out, REPLACEMENT);
    d->high = unit >= 0xD800 && unit <= 0xDBFF ? unit : 0;
    if (!d->high)
        buf_add_codepoint(out, low ? REPLACEMENT : unit);
}

static void add_wide(struct decoder *d, const unsigned char *bytes, struct buf *out)
{
    bool big = d->encoding == ENCODING_UTF16_BE || d->encoding == ENCODING_UTF32_BE;
    size_t size = unit_size(d->encoding);
    uint32_t unit = read_unit(bytes, size, big);
    if (size == 2)
        add_utf16_unit(d, unit, out);
    else
        buf_add_codepoint(out, unit > 0x10FFFF || (unit >= 0xD800 && unit <= 0xDFFF) ? REPLACEMENT : unit);
}

static bool decode_wide(struct decoder *d, const char *bytes, size_t size, bool last, struct buf *out)
{
    size_t unit = unit_size(d->encoding);
    for (size_t i = 0; i < size; i++) {
        d->held[d->held_size++] = (unsigned char)bytes[i];
        if (d->held_size == unit) {
            add_wide(d, d->held, out);
            d->held_size = 0;
        }
    }
    if (last && d->high)
        buf_add_codepoint(out, REPLACEMENT);
    if (last && d->held_size)
        buf_add_codepoint(out, REPLACEMENT);
    return !out->failed;
}

// Bytes that a UTF-8 sequence with this first byte has.
static size_t sequence_size(unsigned char first)
{
    return first < 0xC2 || first > 0xF4 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
}

static size_t add_sequence(const char *bytes, size_t size, struct buf *out)
{
    size_t used;
    uint32_t c = utf8_decode(bytes, size, &used);
    if (c >= 0xD800 && c <= 0xDFFF)
        c = REPLACEMENT;
    buf_add_codepoint(out, c);
    return used;
}

static size_t plain_run(const char *bytes, size_t size)
{
    size_t n = 0;
    while (n < size && (unsigned char)bytes[n] < 0x80)
        n++;
    return n;
}

static bool decode_utf8(struct decoder *d, const char *bytes, size_t size, bool last, struct buf *out)
{
    size_t at = 0;
    while (d->held_size && at < size && d->held_size < sequence_size(d->held[0]))
        d->held[d->held_size++] = (unsigned char)bytes[at++];
    if (d->held_size && (last || d->held_size == sequence_size(d->held[0]))) {
        for (size_t i = 0; i < d->held_size;)
            i += add_sequence((const char *)d->held + i, d->held_size - i, out);
        d->held_size = 0;
    }
    while (at < size) {
        size_t run = plain_run(bytes + at, size - at);
        buf_add(out, bytes + at, run);
        at += run;
        if (at == size)
            break;
        if (!last && size - at < sequence_size((unsigned char)bytes[at])) {
            memcpy(d->held, bytes + at, d->held_size = size - at);
            break;
        }
        at += add_sequence(bytes + at, size - at, out);
    }
    return !out->failed;
}

static bool decode_bytes(enum encoding encoding, const char *bytes, size_t size, struct buf *out)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        buf_add_codepoint(out, encoding == ENCODING_ASCII && c >= 0x80 ? '?' : c);
    }
    return !out->failed;
}

bool decoder_add(struct decoder *decoder, const char *bytes, size_t size, bool last, struct buf *out)
{
    switch (decoder->encoding) {
    case ENCODING_UTF8:
    case ENCODING_UTF8_BOM:
        return decode_utf8(decoder, bytes, size, last, out);
    case ENCODING_ASCII:
    case ENCODING_LATIN1:
        return decode_bytes(decoder->encoding, bytes, size, out);
    default:
        return decode_wide(decoder, bytes, size, last, out);
    }
}
