#include "base/log.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/utf8.h"

enum { LINE = ERR_TEXT + ERR_FILE + 128, PATIENCE_MS = 1000 };

static bool is_control(uint32_t codepoint)
{
    return codepoint < 0x20 || (codepoint >= 0x7f && codepoint < 0xa0);
}

// Marks that reorder a line on the screen (Unicode 15, Bidi_Control).
static bool is_reordering(uint32_t codepoint)
{
    return codepoint == 0x61c || codepoint == 0x200e || codepoint == 0x200f ||
           (codepoint >= 0x202a && codepoint <= 0x202e) || (codepoint >= 0x2066 && codepoint <= 0x2069);
}

void log_add_safe(struct buf *out, const char *text, size_t size)
{
    for (size_t at = 0, used; at < size; at += used) {
        uint32_t codepoint = utf8_decode(text + at, size - at, &used);
        bool malformed = codepoint == 0xfffd && used == 1;
        if (malformed || (codepoint < 0x100 && is_control(codepoint)))
            buf_printf(out, "\\x%02x", malformed ? (unsigned char)text[at] : codepoint);
        else if (is_reordering(codepoint))
            buf_printf(out, "\\u%04x", codepoint);
        else
            buf_add(out, text + at, used);
    }
}

static void write_line(const char *program, const char *text, size_t size)
{
    struct buf line = BUF_INIT;
    buf_printf(&line, "%s: ", program);
    log_add_safe(&line, text, size);
    buf_add_char(&line, '\n');
    // Nobody is left to be told when standard error cannot be written, and nobody waits for one that takes
    // nothing.
    struct pollfd ready = {.fd = STDERR_FILENO, .events = POLLOUT};
    if (poll(&ready, 1, PATIENCE_MS) != 0)
        (void)!fd_write_all(STDERR_FILENO, buf_text(&line), line.size);
    buf_free(&line);
}

void log_error(const char *program, const struct err *err)
{
    char text[LINE];
    write_line(program, text, err_format(err, text, sizeof text));
}

void log_line(const char *program, const char *format, ...)
{
    char text[LINE];
    va_list args;
    va_start(args, format);
    int size = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (size >= 0)
        write_line(program, text, strnlen(text, sizeof text));
}
