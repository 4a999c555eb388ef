#include "base/buf.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

void buf_free(struct buf *buf)
{
    mem_free(buf->data, buf->capacity);
    buf->data = NULL;
    buf->size = buf->capacity = 0;
    buf->failed = buf->over = false;
}

void buf_clear(struct buf *buf)
{
    buf->size = 0;
    buf->failed = buf->over = false;
    if (buf->data)
        buf->data[0] = '\0';
}

bool buf_reserve(struct buf *buf, size_t more)
{
    size_t need;
    if (buf->failed)
        return false;
    if (__builtin_add_overflow(buf->size, more, &need) || need == SIZE_MAX || (buf->limit && need > buf->limit)) {
        buf->failed = buf->over = true;
        return false;
    }
    if (need + 1 <= buf->capacity)
        return true;
    size_t capacity = buf->capacity < 64 ? 64 : buf->capacity + buf->capacity / 2;
    if (capacity < need + 1)
        capacity = need + 1;
    char *data = mem_resize(buf->data, buf->capacity, capacity);
    if (!data) {
        buf->failed = true;
        return false;
    }
    buf->data = data;
    buf->capacity = capacity;
    return true;
}

bool buf_add(struct buf *buf, const void *bytes, size_t size)
{
    if (!buf_reserve(buf, size))
        return false;
    if (size)
        memcpy(buf->data + buf->size, bytes, size);
    buf->size += size;
    buf->data[buf->size] = '\0';
    return true;
}

bool buf_add_text(struct buf *buf, const char *text)
{
    return buf_add(buf, text, strlen(text));
}

bool buf_add_char(struct buf *buf, char c)
{
    return buf_add(buf, &c, 1);
}

bool buf_add_repeat(struct buf *buf, char c, size_t count)
{
    if (!buf_reserve(buf, count))
        return false;
    memset(buf->data + buf->size, c, count);
    buf->size += count;
    buf->data[buf->size] = '\0';
    return true;
}

bool buf_add_codepoint(struct buf *buf, uint32_t codepoint)
{
    char bytes[4];
    return buf_add(buf, bytes, utf8_encode(codepoint, bytes));
}

enum { MOST_DIGITS = 20 };

static bool add_digits(struct buf *buf, uint64_t number, bool minus)
{
    char digits[MOST_DIGITS + 1], *at = digits + sizeof digits;
    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    if (minus)
        *--at = '-';
    return buf_add(buf, at, (size_t)(digits + sizeof digits - at));
}

bool buf_add_integer(struct buf *buf, int64_t number)
{
    return add_digits(buf, number < 0 ? -(uint64_t)number : (uint64_t)number, number < 0);
}

bool buf_add_natural(struct buf *buf, uint64_t number)
{
    return add_digits(buf, number, false);
}

bool buf_vprintf(struct buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, args);
    bool ok = size >= 0 && buf_reserve(buf, (size_t)size);
    if (ok) {
        vsnprintf(buf->data + buf->size, (size_t)size + 1, format, again);
        buf->size += (size_t)size;
    }
    va_end(again);
    return ok;
}

bool buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    bool ok = buf_vprintf(buf, format, args);
    va_end(args);
    return ok;
}

void buf_drop_front(struct buf *buf, size_t size)
{
    if (!buf->data)
        return;
    if (size > buf->size)
        size = buf->size;
    memmove(buf->data, buf->data + size, buf->size - size);
    buf->size -= size;
    buf->data[buf->size] = '\0';
}

const char *buf_text(struct buf *buf)
{
    return buf->data && buf->size ? buf->data : "";
}
