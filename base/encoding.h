// base/encoding.h: text outside of jesh: its bytes, byte order marks, and UTF-8 inside.
#ifndef BASE_ENCODING_H
#define BASE_ENCODING_H

#include "base/buf.h"

enum encoding {
    ENCODING_UTF8,
    ENCODING_UTF8_BOM,
    ENCODING_ASCII,
    ENCODING_LATIN1,
    ENCODING_UTF16,
    ENCODING_UTF16_BE,
    ENCODING_UTF32,
    ENCODING_UTF32_BE
};

// What a file's first bytes say; *ret_size the bytes of the mark, 0 and false where there is none.
bool encoding_mark(const char *bytes, size_t size, enum encoding *ret_encoding, size_t *ret_size);
bool encoding_add_mark(enum encoding encoding, struct buf *out);
bool encoding_add(enum encoding encoding, const char *text, size_t size, struct buf *out); // UTF-8 to bytes

// Bytes to UTF-8, as they arrive. What cannot be decoded becomes U+FFFD ("?" in ASCII).
struct decoder {
    enum encoding encoding;
    unsigned char held[8]; // of a character that has not arrived whole
    size_t held_size;
    uint32_t high; // first half of a surrogate pair
};
bool decoder_add(struct decoder *decoder, const char *bytes, size_t size, bool last, struct buf *out);

#endif
