// base/log.h: the lines that jesh itself writes to standard error. Used by main and by the broker only:
// libraries return a struct err and never log.
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/buf.h"
#include "base/err.h"

// "jesh: FILE:LINE:COLUMN: TEXT (ID)" and a newline, in one write(2).
void log_error(const char *program, const struct err *err);
void log_line(const char *program, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Appends text with every control character (C0, DEL, C1) and every malformed byte made visible, so that no
// name, path or message can move the cursor, colour the screen or forge a line of a log. Backslash stays.
void log_add_safe(struct buf *out, const char *text, size_t size);

#endif
