#include "base/wire.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"

enum { FILL = 65536, ABSENT = UINT32_MAX };

static uint32_t load_u32(const unsigned char *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static void store_u32(unsigned char *at, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(v >> 8 * i);
}

bool wire_frame(struct buf *out, uint16_t kind, const void *payload, size_t size)
{
    unsigned char header[WIRE_HEADER];
    if (size > UINT32_MAX - 2)
        return false;
    store_u32(header, (uint32_t)size + 2);
    header[4] = (unsigned char)kind;
    header[5] = (unsigned char)(kind >> 8);
    return buf_reserve(out, sizeof header + size) && buf_add(out, header, sizeof header) &&
           buf_add(out, payload, size);
}

bool wire_send(struct wire *wire, uint16_t kind, const void *payload, size_t size, struct err *err)
{
    struct buf frame = BUF_INIT;
    bool ok = wire_frame(&frame, kind, payload, size);
    if (!ok)
        err_set(err, EXIT_SETUP, "OutOfMemory", "a message of %zu bytes does not fit into memory", size);
    else if (!(ok = fd_write_all(wire->fd, frame.data, frame.size)))
        err_sys(err, EXIT_SETUP, errno, "WireError", "a message cannot be sent");
    buf_free(&frame);
    return ok;
}

static bool malformed(struct err *err, uint16_t kind, uint32_t size)
{
    return err_set(err, EXIT_SETUP, "WireMalformed",
                   "a message of kind %u and %u bytes is not part of the protocol", kind, size);
}

bool wire_take(struct wire *wire, wire_limit *limit, struct wire_message *ret, bool *ret_ready,
               struct err *err)
{
    buf_drop_front(&wire->in, wire->taken);
    wire->taken = 0;
    *ret_ready = false;
    if (wire->in.size < WIRE_HEADER)
        return true;
    const unsigned char *head = (const unsigned char *)wire->in.data;
    uint32_t size = load_u32(head);
    uint16_t kind = (uint16_t)(head[4] | head[5] << 8);
    size_t most = limit(kind);
    if (size < 2 || most == SIZE_MAX || size - 2 > most)
        return malformed(err, kind, size);
    size_t whole = (size_t)size + WIRE_HEADER - 2;
    if (wire->in.size < whole)
        return true;
    *ret = (struct wire_message){kind, wire->in.data + WIRE_HEADER, size - 2};
    wire->taken = whole;
    *ret_ready = true;
    return true;
}

bool wire_fill(struct wire *wire, bool *ret_end, struct err *err)
{
    if (!buf_reserve(&wire->in, FILL))
        return err_set(err, EXIT_SETUP, "OutOfMemory", "no memory is left for a message");
    ssize_t got = read(wire->fd, wire->in.data + wire->in.size, FILL);
    *ret_end = got == 0;
    if (got < 0 && errno == ECONNRESET)
        *ret_end = true; // the other side died with bytes of ours unread: an end like any other
    else if (got < 0 && errno != EINTR && errno != EAGAIN)
        return err_sys(err, EXIT_SETUP, errno, "WireError", "the session's socket cannot be read");
    if (got > 0)
        wire->in.size += (size_t)got;
    wire->in.data[wire->in.size] = '\0';
    return true;
}

bool wire_receive(struct wire *wire, wire_limit *limit, struct wire_message *ret, struct err *err)
{
    for (;;) {
        bool ready, end;
        if (!wire_take(wire, limit, ret, &ready, err))
            return false;
        if (ready)
            return true;
        if (!wire_fill(wire, &end, err))
            return false;
        if (end)
            return wire->in.size
                       ? err_set(err, EXIT_SETUP, "WireMalformed", "the last message is cut short")
                       : err_set(err, EXIT_SETUP, "WireClosed", "the other side has closed the socket");
    }
}

void wire_free(struct wire *wire)
{
    buf_free(&wire->in);
    fd_close(&wire->fd);
}

void wire_put_u32(struct buf *out, uint32_t v)
{
    unsigned char bytes[4];
    store_u32(bytes, v);
    buf_add(out, bytes, sizeof bytes);
}

void wire_put_u64(struct buf *out, uint64_t v)
{
    wire_put_u32(out, (uint32_t)v);
    wire_put_u32(out, (uint32_t)(v >> 32));
}

void wire_put_text(struct buf *out, const char *text, size_t size)
{
    if (size >= ABSENT)
        out->failed = true;
    wire_put_u32(out, text ? (uint32_t)size : ABSENT);
    if (text)
        buf_add(out, text, size);
}

struct wire_reader wire_reader_of(const void *payload, size_t size)
{
    const unsigned char *at = payload;
    return (struct wire_reader){at, at + size, false};
}

static const unsigned char *advance(struct wire_reader *reader, size_t size)
{
    if (reader->failed || (size_t)(reader->end - reader->at) < size) {
        reader->failed = true;
        return NULL;
    }
    const unsigned char *at = reader->at;
    reader->at += size;
    return at;
}

uint32_t wire_get_u32(struct wire_reader *reader)
{
    const unsigned char *at = advance(reader, 4);
    return at ? load_u32(at) : 0;
}

uint64_t wire_get_u64(struct wire_reader *reader)
{
    uint32_t low = wire_get_u32(reader);
    return low | (uint64_t)wire_get_u32(reader) << 32;
}

const char *wire_get_text(struct wire_reader *reader, size_t *ret_size)
{
    uint32_t size = wire_get_u32(reader);
    *ret_size = 0;
    if (size == ABSENT || reader->failed)
        return NULL;
    const unsigned char *at = advance(reader, size);
    *ret_size = at ? size : 0;
    return (const char *)at;
}
