#include "launcher/encoded.h"

#include <string.h>

static int digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

// Four characters are up to three bytes. False: not base64.
static bool decode_group(const char *group, bool last, struct buf *out)
{
    unsigned bits = 0;
    size_t padding = last ? (group[3] == '=') + (group[3] == '=' && group[2] == '=') : 0;
    for (size_t i = 0; i < 4; i++) {
        int value = i < 4 - padding ? digit(group[i]) : 0;
        if (value < 0)
            return false;
        bits = bits << 6 | (unsigned)value;
    }
    char bytes[3] = {(char)(bits >> 16), (char)(bits >> 8), (char)bits};
    return buf_add(out, bytes, 3 - padding);
}

static bool decode_bytes(const char *base64, struct buf *out)
{
    size_t size = strlen(base64);
    bool ok = size % 4 == 0;
    for (size_t i = 0; ok && i < size; i += 4)
        ok = decode_group(base64 + i, i + 4 == size, out);
    return ok && out->size % 2 == 0;
}

static unsigned unit_at(const struct buf *bytes, size_t at)
{
    return (unsigned char)bytes->data[at] | (unsigned)(unsigned char)bytes->data[at + 1] << 8;
}

static bool add_units(const struct buf *bytes, struct buf *out)
{
    for (size_t at = 0; at < bytes->size; at += 2) {
        unsigned unit = unit_at(bytes, at), next = at + 2 < bytes->size ? unit_at(bytes, at + 2) : 0;
        bool pair = unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000;
        bool lone = !pair && unit >= 0xd800 && unit < 0xe000;
        if (!buf_add_codepoint(out, pair   ? 0x10000 + ((unit - 0xd800) << 10) + next - 0xdc00
                                    : lone ? 0xfffd
                                           : unit))
            return false;
        at += pair ? 2 : 0;
    }
    return true;
}

bool encoded_decode(const char *base64, struct buf *out)
{
    struct buf bytes = BUF_INIT;
    bool ok = decode_bytes(base64, &bytes) && add_units(&bytes, out);
    buf_free(&bytes);
    return ok;
}
