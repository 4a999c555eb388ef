// System.Version and System.Guid.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interp/value/types.h"

bool version_parse(const char *text, size_t size, int32_t ret_parts[4])
{
    int32_t parts[4] = {-1, -1, -1, -1};
    int count = 0;
    for (size_t at = 0; at <= size && count < 4; count++) {
        int64_t number = 0;
        size_t start = at;
        for (; at < size && text[at] >= '0' && text[at] <= '9' && number <= INT32_MAX; at++)
            number = number * 10 + text[at] - '0';
        if (at == start || number > INT32_MAX || (at < size && text[at] != '.'))
            return false;
        parts[count] = (int32_t)number;
        if (at++ == size)
            break;
        if (count == 3)
            return false;
    }
    if (parts[1] < 0)
        return false;
    memcpy(ret_parts, parts, sizeof parts);
    return true;
}

bool version_new(struct interp *in, value text, value *ret)
{
    int32_t parts[4];
    if (!version_parse(text.string->text, text.string->size, parts))
        return false;
    if (!object_new(in, &type_version, ret))
        return false;
    memcpy(((struct version *)ret->object)->parts, parts, sizeof parts);
    return true;
}

bool version_to_string(struct interp *in, value self, value *ret)
{
    const int32_t *parts = ((struct version *)self.object)->parts;
    char text[64];
    int size = 0;
    for (int i = 0; i < 4 && parts[i] >= 0; i++)
        size += sprintf(text + size, i ? ".%d" : "%d", parts[i]);
    return string_new(in, text, (size_t)size, ret);
}

int version_compare(value a, value b)
{
    const int32_t *x = ((struct version *)a.object)->parts, *y = ((struct version *)b.object)->parts;
    for (int i = 0; i < 4; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

bool version_equal(value a, value b)
{
    return !version_compare(a, b);
}

// Forms D (hyphens), N (bare), B (braces) and P (parentheses).
static bool guid_parse(const char *text, size_t size, uint8_t ret_bytes[16])
{
    if (size == 38 && ((*text == '{' && text[37] == '}') || (*text == '(' && text[37] == ')')))
        text++, size -= 2;
    if (size != 36 && size != 32)
        return false;
    int nibbles = 0;
    for (size_t i = 0; i < size; i++) {
        if (size == 36 && (i == 8 || i == 13 || i == 18 || i == 23)) {
            if (text[i] != '-')
                return false;
            continue;
        }
        const char *digit = memchr("0123456789abcdefABCDEF", text[i], 22);
        if (!digit || nibbles == 32)
            return false;
        int n = text[i] <= '9' ? text[i] - '0' : (text[i] | 32) - 'a' + 10;
        if (nibbles % 2)
            ret_bytes[nibbles / 2] |= (uint8_t)n;
        else
            ret_bytes[nibbles / 2] = (uint8_t)(n << 4);
        nibbles++;
    }
    return nibbles == 32;
}

bool guid_new(struct interp *in, value text, value *ret)
{
    uint8_t bytes[16];
    if (!guid_parse(text.string->text, text.string->size, bytes))
        return false;
    if (!object_new(in, &type_guid, ret))
        return false;
    memcpy(((struct guid *)ret->object)->bytes, bytes, 16);
    return true;
}

bool guid_to_string(struct interp *in, value self, value *ret)
{
    const uint8_t *bytes = ((struct guid *)self.object)->bytes;
    char text[40];
    int size = 0;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text[size++] = '-';
        size += sprintf(text + size, "%02x", bytes[i]);
    }
    return string_new(in, text, (size_t)size, ret);
}

bool guid_equal(value a, value b)
{
    return !memcmp(((struct guid *)a.object)->bytes, ((struct guid *)b.object)->bytes, 16);
}
