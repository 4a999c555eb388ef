#include "base/utf8.h"

#include <string.h>

#define REPLACEMENT 0xFFFDu

struct case_row {
    uint32_t first, last;
    int32_t stride, delta;
};

static const struct case_row upper_rows[] = {
#define UPPER(first, last, stride, delta) {first, last, stride, delta},
#define LOWER(first, last, stride, delta)
#include "base/casing.def"
#undef UPPER
#undef LOWER
};

static const struct case_row lower_rows[] = {
#define UPPER(first, last, stride, delta)
#define LOWER(first, last, stride, delta) {first, last, stride, delta},
#include "base/casing.def"
#undef UPPER
#undef LOWER
};

static bool is_continuation(const char *text, size_t size, size_t at)
{
    return at < size && ((unsigned char)text[at] & 0xC0) == 0x80;
}

// The number of bytes that the lead byte promises, 0 when it cannot lead.
static size_t sequence_size(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

static uint32_t malformed(size_t *ret_size)
{
    *ret_size = 1;
    return REPLACEMENT;
}

uint32_t utf8_decode(const char *text, size_t size, size_t *ret_size)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)text[0];
    size_t need = sequence_size(lead);
    if (need == 1) {
        *ret_size = 1;
        return lead;
    }
    if (!need)
        return malformed(ret_size);
    uint32_t codepoint = lead & (0xFFu >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if (!is_continuation(text, size, i))
            return malformed(ret_size);
        codepoint = codepoint << 6 | ((unsigned char)text[i] & 0x3F);
    }
    if (codepoint < smallest[need] || codepoint > 0x10FFFF)
        return malformed(ret_size);
    *ret_size = need;
    return codepoint;
}

size_t utf8_encode(uint32_t codepoint, char ret_bytes[4])
{
    if (codepoint < 0x80) {
        ret_bytes[0] = (char)codepoint;
        return 1;
    }
    size_t size = codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        ret_bytes[i] = (char)(0x80 | (codepoint & 0x3F));
        codepoint >>= 6;
    }
    ret_bytes[0] = (char)((0xF00u >> size & 0xFF) | codepoint);
    return size;
}

size_t utf8_units(const char *text, size_t size)
{
    size_t units = 0, used;
    for (size_t at = 0; at < size; at += used) {
        if ((unsigned char)text[at] < 0x80) {
            used = 1;
            units++;
            continue;
        }
        units += utf8_decode(text + at, size - at, &used) > 0xFFFF ? 2 : 1;
    }
    return units;
}

bool utf8_is_ascii(const char *text, size_t size)
{
    size_t i = 0;
    uint64_t eight;
    for (; i + sizeof eight <= size; i += sizeof eight) {
        memcpy(&eight, text + i, sizeof eight);
        if (eight & 0x8080808080808080u)
            return false;
    }
    for (; i < size; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

// A replacement character that is written out has three bytes; a malformed byte has one.
bool utf8_is_valid(const char *text, size_t size)
{
    size_t used = 1;
    if (utf8_is_ascii(text, size))
        return true;
    for (size_t at = 0; at < size; at += used) {
        uint32_t codepoint = utf8_decode(text + at, size - at, &used);
        if ((codepoint == REPLACEMENT && used == 1) || (codepoint >= 0xD800 && codepoint <= 0xDFFF))
            return false;
    }
    return true;
}

static uint32_t map_case(const struct case_row *rows, size_t count, uint32_t codepoint)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rows[middle].last < codepoint)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == count || codepoint < rows[low].first ||
        (codepoint - rows[low].first) % (uint32_t)rows[low].stride)
        return codepoint;
    return (uint32_t)((int32_t)codepoint + rows[low].delta);
}

uint32_t utf8_upper(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint >= 'a' && codepoint <= 'z' ? codepoint - 32 : codepoint;
    return map_case(upper_rows, sizeof upper_rows / sizeof *upper_rows, codepoint);
}

uint32_t utf8_lower(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint >= 'A' && codepoint <= 'Z' ? codepoint + 32 : codepoint;
    return map_case(lower_rows, sizeof lower_rows / sizeof *lower_rows, codepoint);
}

// UTF-16 sorts surrogate pairs below U+E000, code points do not.
static uint32_t utf16_order(uint32_t codepoint)
{
    if (codepoint > 0xFFFF)
        return codepoint - 0x10000 + 0xE000;
    return codepoint >= 0xE000 ? codepoint + 0x110000 : codepoint;
}

static uint32_t next_upper(const char *text, size_t size, size_t *at)
{
    unsigned char c = (unsigned char)text[*at];
    if (c < 0x80) {
        (*at)++;
        return c >= 'a' && c <= 'z' ? c - 32u : c;
    }
    size_t used;
    uint32_t codepoint = utf8_decode(text + *at, size - *at, &used);
    *at += used;
    return utf8_upper(codepoint);
}

int utf8_compare_ignore_case(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t i = 0, j = 0;
    while (i < a_size && j < b_size) {
        uint32_t x = next_upper(a, a_size, &i), y = next_upper(b, b_size, &j);
        if (x != y)
            return utf16_order(x) < utf16_order(y) ? -1 : 1;
    }
    return i < a_size ? 1 : j < b_size ? -1 : 0;
}

// As long as both are ASCII, letters differ in one bit.
static bool same_letter(unsigned char a, unsigned char b)
{
    return a == b || ((a ^ b) == 0x20 && (unsigned char)((a | 0x20) - 'a') < 26);
}

bool utf8_same_ignore_case(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t i = 0, both = a_size < b_size ? a_size : b_size;
    while (i < both && !((a[i] | b[i]) & 0x80)) {
        if (!same_letter((unsigned char)a[i], (unsigned char)b[i]))
            return false;
        i++;
    }
    if (i == both)
        return a_size == b_size;
    return utf8_compare_ignore_case(a + i, a_size - i, b + i, b_size - i) == 0;
}
