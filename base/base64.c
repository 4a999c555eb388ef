#include "base/base64.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool base64_encode(const void *bytes, size_t size, struct buf *out)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < size; i += 3) {
        size_t left = size - i;
        unsigned bits = (unsigned)at[i] << 16 | (left > 1 ? at[i + 1] << 8 : 0) | (left > 2 ? at[i + 2] : 0);
        for (size_t k = 0; k < 4; k++)
            buf_add_char(out, k <= left ? digits[bits >> (18 - 6 * k) & 63] : '=');
    }
    return !out->failed;
}

bool base64_decode(const char *text, bool blanks, struct buf *out)
{
    unsigned bits = 0;
    size_t count = 0, padding = 0;
    for (; *text; text++) {
        if (blanks && strchr(" \t\r\n", *text))
            continue;
        const char *digit = *text == '=' ? digits : strchr(digits, *text);
        padding += *text == '=';
        if (!digit || padding > 2 || (padding && *text != '='))
            return false;
        bits = bits << 6 | (unsigned)(digit - digits);
        if (++count % 4)
            continue;
        char bytes[3] = {(char)(bits >> 16), (char)(bits >> 8), (char)bits};
        buf_add(out, bytes, 3 - padding);
    }
    return count % 4 == 0;
}
