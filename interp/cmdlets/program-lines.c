// Bytes of a program as lines of text. What is not UTF-8 becomes U+FFFD where strings are made of it.
#include "interp/cmdlets/program.h"

bool lines_next(struct lines *lines, const char *bytes, size_t size, size_t *io_at, struct buf *ret_line)
{
    while (*io_at < size) {
        char c = bytes[(*io_at)++];
        bool again = c == '\n' && lines->after_return;
        lines->after_return = c == '\r';
        if (again)
            continue;
        if (c != '\n' && c != '\r') {
            buf_add_char(&lines->rest, c);
            continue;
        }
        *ret_line = lines->rest;
        lines->rest = (struct buf)BUF_INIT;
        return true;
    }
    return false;
}
