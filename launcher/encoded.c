#include "launcher/encoded.h"

#include "base/base64.h"

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
    bool ok = base64_decode(base64, false, &bytes) && !bytes.failed && bytes.size % 2 == 0 &&
              add_units(&bytes, out);
    buf_free(&bytes);
    return ok;
}
