#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill(struct err *err, int status, int errnum, const char *id, const char *format, va_list args)
{
    err->id = id;
    err->errnum = errnum;
    err->status = status;
    err->line = err->column = 0;
    err->file[0] = '\0';
    int used = vsnprintf(err->text, sizeof err->text, format, args);
    if (errnum && used >= 0 && (size_t)used < sizeof err->text)
        snprintf(err->text + used, sizeof err->text - (size_t)used, ": %s", strerror(errnum));
}

bool err_set(struct err *err, int status, const char *id, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (err)
        fill(err, status, 0, id, format, args);
    va_end(args);
    return false;
}

bool err_sys(struct err *err, int status, int errnum, const char *id, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (err)
        fill(err, status, errnum, id, format, args);
    va_end(args);
    return false;
}

bool err_at(struct err *err, const char *file, unsigned line, unsigned column)
{
    if (!err || err->file[0])
        return false;
    snprintf(err->file, sizeof err->file, "%s", file ? file : "");
    err->line = line;
    err->column = column;
    return false;
}

size_t err_format(const struct err *err, char *ret_text, size_t size)
{
    int used;
    if (err->file[0] && err->line)
        used = snprintf(ret_text, size, "%s:%u:%u: %s (%s)", err->file, err->line, err->column, err->text, err->id);
    else if (err->file[0])
        used = snprintf(ret_text, size, "%s: %s (%s)", err->file, err->text, err->id);
    else
        used = snprintf(ret_text, size, "%s (%s)", err->text, err->id);
    if (used < 0)
        return 0;
    return (size_t)used < size ? (size_t)used : size - 1;
}
