#include "launcher/encoded.h"

#include "base/base64.h"
#include "base/encoding.h"

bool encoded_decode(const char *base64, struct buf *out)
{
    struct buf bytes = BUF_INIT;
    struct decoder decoder = {.encoding = ENCODING_UTF16};
    bool ok = base64_decode(base64, false, &bytes) && !bytes.failed && bytes.size % 2 == 0 &&
              decoder_add(&decoder, buf_text(&bytes), bytes.size, true, out);
    buf_free(&bytes);
    return ok;
}
