// launcher/encoded.h: the argument of -EncodedCommand.
#ifndef LAUNCHER_ENCODED_H
#define LAUNCHER_ENCODED_H

#include <stdbool.h>

#include "base/buf.h"

// Appends, as UTF-8, the UTF-16LE text that base64 (RFC 4648 §4, padded) holds. False: it holds none.
bool encoded_decode(const char *base64, struct buf *out);

#endif
