// base/buf.h: a growable byte buffer with a limit.
//
// A buffer that could not grow, or would pass its limit, becomes `failed` and stays as it was; every later
// append is refused. So a caller may append many times and ask once.
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
    char *data; // NUL-terminated whenever size > 0 or after buf_text
    size_t size;
    size_t capacity;
    size_t limit; // bytes; 0: only the session's budget limits it
    bool failed;
    bool over; // because of the limit
};

#define BUF_INIT                                                                                             \
    {                                                                                                        \
        0                                                                                                    \
    }

void buf_free(struct buf *buf); // the buffer is then empty and usable again
void buf_clear(struct buf *buf);
bool buf_reserve(struct buf *buf, size_t more); // room for `more` bytes and a NUL
bool buf_add(struct buf *buf, const void *bytes, size_t size);
bool buf_add_text(struct buf *buf, const char *text);
bool buf_add_char(struct buf *buf, char c);
bool buf_add_repeat(struct buf *buf, char c, size_t count);
bool buf_add_codepoint(struct buf *buf, uint32_t codepoint); // as UTF-8
bool buf_add_integer(struct buf *buf, int64_t number);       // as "%lld"
bool buf_add_natural(struct buf *buf, uint64_t number);      // as "%llu"
bool buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool buf_vprintf(struct buf *buf, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
void buf_drop_front(struct buf *buf, size_t size);
const char *buf_text(struct buf *buf); // never NULL, even when empty or failed

#endif
