// base/wire.h: framed messages on a stream socket: 32-bit length (little endian) of what follows, 16-bit
// kind, payload.
//
// The reader is told the largest length it may accept before it reads a byte of it, never allocates more than
// that, and treats every violation as the end of the connection. No descriptors travel either way.
#ifndef BASE_WIRE_H
#define BASE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct wire {
    int fd;
    struct buf in; // bytes read
    size_t taken;  // of these, bytes of the message handed out last
};

struct wire_message {
    uint16_t kind;
    const char *payload; // inside wire->in, valid until the next call
    size_t size;
};

enum { WIRE_HEADER = 6 };

// Largest payload that a kind may carry; SIZE_MAX: unknown kind, refuse.
typedef size_t wire_limit(uint16_t kind);

bool wire_send(struct wire *wire, uint16_t kind, const void *payload, size_t size,
               struct err *err); // whole, blocking
// Waits for one whole message. False with id WireClosed at a clean end, WireMalformed, or WireError.
bool wire_receive(struct wire *wire, wire_limit *limit, struct wire_message *ret, struct err *err);
// Takes a message out of what is already buffered. *ret_ready false: more bytes are needed.
bool wire_take(struct wire *wire, wire_limit *limit, struct wire_message *ret, bool *ret_ready,
               struct err *err);
bool wire_fill(struct wire *wire, bool *ret_end, struct err *err); // one read(2) into the buffer
void wire_free(struct wire *wire);                                 // closes the descriptor too
// Appends a whole frame to a buffer; false when it does not fit.
bool wire_frame(struct buf *out, uint16_t kind, const void *payload, size_t size);

// Bounded encoding of payloads: little-endian integers and length-prefixed text.
void wire_put_u32(struct buf *out, uint32_t v);
void wire_put_u64(struct buf *out, uint64_t v);
void wire_put_text(struct buf *out, const char *text, size_t size); // NULL text: recorded as absent
struct wire_reader {
    const unsigned char *at, *end;
    bool failed;
};
struct wire_reader wire_reader_of(const void *payload, size_t size);
uint32_t wire_get_u32(struct wire_reader *reader);
uint64_t wire_get_u64(struct wire_reader *reader);
const char *wire_get_text(struct wire_reader *reader,
                          size_t *ret_size); // points into the payload; NULL: absent

#endif
